"""The invented as rows: schools, children, carers, addresses, rolls."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from onroll.office.accounts.queries.actors import signed_in
from onroll.office.demo.lives import InventedCarer, InventedChild, Place, Schooling
from onroll.office.demo.town import AUTHORITY, InventedSchool, schools
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.queries import child_by_key
from onroll.office.provision import actions as provision
from onroll.office.provision.queries import KINDS
from onroll.office.schools import actions as school_actions

COUNCIL = "01632 960155"
A_WEEK = timedelta(days=7)
LONG_AGO = date(2015, 9, 1)
SOURCE = "Demonstration"

_FREE_MEALS = 260  # of a thousand families

_LEADS = (
    ("attendance_lead", "Senior leader for attendance", 0.9),
    ("safeguarding_lead", "Designated safeguarding lead", 0.95),
    ("authority_contact", "C. Barraclough", 0.85),
)
_NAMES = ("A. Whalley", "B. Higson", "F. Iqbal", "J. Parkin", "K. Duda", "N. Reid", "S. Grewal")


def school_row(school: InventedSchool, today: date) -> dict[str, Any]:
    """Return one invented school as the register would hold it."""
    return {
        "urn": school.urn,
        "la_code": AUTHORITY["la_code"],
        "estab": school.estab,
        "name": school.name,
        "type_code": school.type_code,
        "type_name": school.type_name,
        "type_group": school.type_group,
        "status": "Open",
        "phase": school.phase,
        "low_age": school.low_age,
        "high_age": school.high_age,
        "gender": "Mixed",
        "capacity": school.capacity,
        "address": school.street,
        "town": "Ashcombe",
        "postcode": school.postcode,
        "telephone": school.telephone,
        "opened_on": LONG_AGO,
        "last_seen_in_extract_on": today,
    }


def contact_rows(keys: Mapping[int, int]) -> list[dict[str, Any]]:
    """Return the named contacts of the schools; a few are missing, as in life."""
    chance = random.Random("contacts")  # noqa: S311
    return [
        {
            "school_id": keys[school.urn],
            "role": role,
            "name": name if role == "authority_contact" else chance.choice(_NAMES),
            "telephone": COUNCIL if role == "authority_contact" else school.telephone,
            "email": f"{role}@school{school.urn}.example",
            "starts_on": date(2024, 9, 1),
            "source": SOURCE,
        }
        for school in schools()
        for role, name, share in _LEADS
        if chance.random() < share
    ]


def known_at(on: date) -> datetime:
    """Return the instant at which something of a day was written down: that evening."""
    return datetime.combine(on, time(17, 30), tzinfo=UTC)


def load(
    invented: Sequence[InventedChild], *, schools: Mapping[int, int], today: date
) -> dict[int, int]:
    """Write the children and everything known of them but their cases; return their keys."""
    made = people.load_children(
        [_child(child) for child in invented], by=PROGRAM, on=today, at=known_at(LONG_AGO)
    )
    keys = {int(key): pk for key, pk in made.items()}
    carers = {carer.key: carer for child in invented for carer in child.carers}
    carer_keys = people.load_carers([_carer(carer) for carer in carers.values()], by=PROGRAM)
    ties = list(_relationships(invented, keys, carer_keys))
    people.load_relationships(ties, by=PROGRAM, rebuilds_terms=False)
    points = list(_contact_points(carers.values(), carer_keys))
    people.load_contact_points(points, by=PROGRAM, rebuilds_terms=False)
    people.load_addresses(list(_addresses(invented, keys)), by=PROGRAM, rebuilds_terms=False)
    people.load_carer_addresses(list(_carer_addresses(invented, carer_keys)), by=PROGRAM)
    people.load_identifiers(list(_numbers(invented, keys)), by=PROGRAM, rebuilds_terms=False)
    people.rebuild_terms(keys.values())
    people.load_flags(list(_flags(invented, keys, today)), by=PROGRAM)
    school_actions.load_enrolments(list(_enrolments(invented, keys, schools, today)), by=PROGRAM)
    provision.load(KINDS["home-education"], list(_home_educated(invented, keys)), by=PROGRAM)
    provision.load_judgements(list(_judgements(invented, keys, today)), by=PROGRAM)
    provision.load(KINDS["plan"], list(_plans(invented, keys, schools, today)), by=PROGRAM)
    return keys


def seal(
    invented: Sequence[InventedChild],
    *,
    children: Mapping[int, int],
    by: Mapping[str, int],
    today: date,
) -> None:
    """Seal the whereabouts of some children, by the officer whose task that is."""
    officer = officer_called("governance", by, today)
    for child in invented:
        if child.is_sealed:
            people.seal(
                child=child_by_key(officer, children[child.key]),
                reason="At risk from a former partner of the parent",
                by=officer,
                on=today,
            )


def officer_called(mailbox: str, users: Mapping[str, int], today: date) -> Actor:
    """Return the actor of one of the invented officers."""
    key = next(pk for email, pk in users.items() if email.startswith(f"{mailbox}@"))
    found = signed_in(key, today)
    assert found is not None
    return found.actor


def has_free_meals(child: InventedChild) -> bool:
    """Return whether a child has free school meals: a quarter of them, brothers and sisters too."""
    return child.carers[0].key * 7919 % 1000 < _FREE_MEALS


def _child(child: InventedChild) -> people.ChildRow:
    former: tuple[tuple[str, str, str, date, date | None], ...] = ()
    if child.former_family_name:
        changed = min(child.born_on + timedelta(days=1500), date(2024, 1, 1))
        changed = max(changed, child.born_on + timedelta(days=30))
        former = (("former", child.given_names, child.former_family_name, child.born_on, changed),)
    return people.ChildRow(
        key=str(child.key),
        given_names=child.given_names,
        family_name=child.family_name,
        born_on=child.born_on,
        birth_date_is="estimated" if child.key % 211 == 0 else "exact",
        known_from=child.born_on,
        sex=child.sex,
        known_as=child.known_as,
        ethnicity=child.community.ethnicity,
        free_school_meals=has_free_meals(child),
        first_language=child.community.language,
        needs_interpreter=child.community.language != "English" and child.key % 5 == 0,
        upn=child.upn,
        source=SOURCE,
        other_names=former,
    )


def _carer(carer: InventedCarer) -> people.CarerRow:
    return people.CarerRow(
        key=str(carer.key),
        family_name=carer.family_name,
        given_names=carer.given_names,
        title=carer.title,
        first_language=carer.language,
        needs_interpreter=carer.language != "English" and carer.key % 4 == 0,
    )


def _relationships(
    invented: Sequence[InventedChild], keys: Mapping[int, int], carers: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for child in invented:
        for n, carer in enumerate(child.carers, start=1):
            is_parent = carer.kind in {"mother", "father"}
            yield {
                "child_id": keys[child.key],
                "carer_id": carers[str(carer.key)],
                "kind": carer.kind,
                "parental_responsibility": "yes" if is_parent else "unknown",
                "lives_with": carer.lives_with,
                "contact": "yes" if carer.lives_with else "unknown",
                "priority": n,
                "starts_on": child.born_on,
                "source": SOURCE,
            }


def _contact_points(
    carers: Iterable[InventedCarer], keys: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for carer in carers:
        points = [("mobile", carer.mobile), ("email", carer.email)]
        for kind, value in points:
            if value:
                yield {
                    "carer_id": keys[str(carer.key)],
                    "kind": kind,
                    "value": value,
                    "safe": "yes" if carer.lives_with else "unknown",
                    "starts_on": LONG_AGO,
                    "source": SOURCE,
                }


def _addresses(
    invented: Sequence[InventedChild], keys: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    for child in invented:
        places: list[tuple[Place, date, date | None]] = [(child.home, child.since, None)]
        if child.earlier and child.since > child.born_on:
            places.append((child.earlier, child.born_on, child.since - timedelta(days=1)))
        for place, first, last in places:
            yield {
                "child_id": keys[child.key],
                "use": "home",
                "line_1": place.line_1,
                "town": place.town,
                "postcode": place.postcode,
                "la_code": AUTHORITY["la_code"],
                "starts_on": first,
                "ends_on": last,
                "source": SOURCE,
            }


def _carer_addresses(
    invented: Sequence[InventedChild], carers: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    done: set[int] = set()
    for child in invented:
        for carer in child.carers:
            if carer.lives_with and carer.key not in done:
                done.add(carer.key)
                yield {
                    "carer_id": carers[str(carer.key)],
                    "line_1": child.home.line_1,
                    "town": child.home.town,
                    "postcode": child.home.postcode,
                    "safe": "yes",
                    "starts_on": child.since,
                    "source": SOURCE,
                }


def _numbers(
    invented: Sequence[InventedChild], keys: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    for child in invented:
        if child.nhs:
            yield {
                "child_id": keys[child.key],
                "scheme": "nhs",
                "value": child.nhs,
                "starts_on": child.born_on,
                "source": SOURCE,
            }


def _flags(
    invented: Sequence[InventedChild], keys: Mapping[int, int], today: date
) -> Iterator[dict[str, Any]]:
    for child in invented:
        for flag in child.flags:
            since = max(child.born_on, today - timedelta(days=60 + (child.key * 37) % 900))
            yield {
                "child_id": keys[child.key],
                "flag": flag,
                "starts_on": since,
                "recorded_at": known_at(since),
                "source": SOURCE,
            }


def _enrolments(
    invented: Sequence[InventedChild],
    keys: Mapping[int, int],
    schools: Mapping[int, int],
    today: date,
) -> Iterator[dict[str, Any]]:
    for child in invented:
        schooling = child.schooling
        for n, entry in enumerate(schooling):
            last = entry.last
            if child.home_educated_from and last is None:
                last = child.home_educated_from
                entry = Schooling(entry.school, entry.first, last, ground="f")
            if n + 1 < len(schooling) and last and last >= schooling[n + 1].first:
                last = schooling[n + 1].first - timedelta(days=1)
            if last and last < entry.first:
                continue
            began = {
                "child_id": keys[child.key],
                "school_id": schools[entry.school],
                "starts_on": entry.first,
                "is_expected": entry.is_expected,
                "first_attended_on": None if entry.is_expected else entry.first,
                "source": SOURCE,
            }
            told_on = max(min(last, today - A_WEEK), entry.first) if last else None
            # Until a school told of the end, the child was believed to be on its roll still.
            yield {
                **began,
                "recorded_at": known_at(entry.first),
                "superseded_at": known_at(told_on) if told_on else None,
            }
            if last and told_on:
                yield {
                    **began,
                    "ends_on": last,
                    "last_attended_on": min(last, today),
                    "deletion_ground": entry.ground,
                    "departure": entry.departure,
                    "destination": entry.destination,
                    "recorded_at": known_at(told_on),
                }


def _home_educated(
    invented: Sequence[InventedChild], keys: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    for child in invented:
        if child.home_educated_from:
            yield {
                "child_id": keys[child.key],
                "suitability": ("suitable", "not_assessed", "suitable")[child.key % 3],
                "reason": "lifestyle",
                "came_to_know": "The school's return",
                "starts_on": child.home_educated_from + timedelta(days=1),
                "source": SOURCE,
            }


_EVIDENCE = "Visit to the home; a month's work in English, mathematics and science"
_TOO_SHORT = "Lessons on two mornings a week and nothing set between them"
# When, in days from the start, an education at home was looked at, and whether it was full-time:
# the first one only at the second look, the second one never. Of the rest every third was judged.
_LOOKS: Mapping[int, Sequence[tuple[int, bool]]] = {0: ((10, False), (24, True)), 1: ((24, False),)}


def _judgements(
    invented: Sequence[InventedChild], keys: Mapping[int, int], today: date
) -> Iterator[dict[str, Any]]:
    at_home = [(c, c.home_educated_from) for c in invented if c.home_educated_from]
    for n, (child, since) in enumerate(at_home):
        for days, is_full_time in _LOOKS.get(n, () if n % 3 else ((24, True),)):
            judged_on = min(since + timedelta(days=days), today)
            for criterion in ("efficient", "full_time", "suitable"):
                is_met = is_full_time or criterion != "full_time"
                aspects = ("age", "ability", "aptitude") if criterion == "suitable" else ()
                yield {
                    "child_id": keys[child.key],
                    "what": "home_education",
                    "criterion": criterion,
                    "is_met": is_met,
                    **{f"is_suited_to_{aspect}": True for aspect in aspects},
                    "reasons": "" if is_met else _TOO_SHORT,
                    "evidence": _EVIDENCE,
                    "judged_by": "Ellen Varley",
                    "starts_on": judged_on,
                    "recorded_at": known_at(judged_on),
                    "source": SOURCE,
                }


def _plans(
    invented: Sequence[InventedChild],
    keys: Mapping[int, int],
    schools: Mapping[int, int],
    today: date,
) -> Iterator[dict[str, Any]]:
    for child in invented:
        if child.has_plan:
            is_missing = any(not story.closed_on for story in child.stories)
            current = [s for s in child.schooling if s.last is None and not s.is_expected]
            yield {
                "child_id": keys[child.key],
                "primary_need": ("ASD", "SEMH", "SLCN", "MLD")[child.key % 4],
                "named_school_id": schools[current[-1].school] if current else None,
                "awaiting_place": is_missing,
                "coordinator": "Ellen Varley",
                "next_review_on": today + timedelta(days=(child.key * 13) % 330),
                "starts_on": max(child.born_on, today - timedelta(days=700)),
                "source": SOURCE,
            }
