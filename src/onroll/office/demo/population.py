"""Lists of Ashcombe's children as their keepers have them, with the slips of people who type.

Five lists that can be searched for children on no education list. They hold the children of the
office, and some whom nobody has told it of: newcomers, families who moved away, pupils of schools
across the border. And a few children are recorded twice, so that there is something to join.
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from onroll.matching.normalise import short_forms
from onroll.matching.sources import COLUMNS
from onroll.office.demo.lives import InventedChild, Place
from onroll.office.demo.town import COMMUNITIES
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.linkage.actions import sources, sources_loads
from onroll.office.people import actions as people

_BASIS = "Education Act 1996, section 436A. Ashcombe and its agreements do not exist."
_UNTOLD_FROM = 10_000_000  # their keys, beyond every child's of the office
_TWICE_FROM = 20_000_000  # those of second records
# Of a thousand children, so many whom nobody told of: never in school, gone, across the border.
_UNTOLD = (("newcomer", 7), ("gone", 40), ("across", 12))


@dataclass(frozen=True, slots=True)
class ListOf:
    """One list: its name and kind, who keeps it, how old it is, how often an entry has a slip."""

    name: str
    kind: str
    supplier: str
    days_old: int
    slips: float


CENSUS = ListOf("School census", "census", "Schools, by the autumn census", 50, 0.02)
INDEPENDENT = ListOf("Independent schools", "independent", "Independent schools", 60, 0.03)
GP = ListOf("GP registrations", "health", "Integrated care board", 30, 0.05)
BIRTHS = ListOf("Births", "births", "Registrar of births", 80, 0.03)
ADMISSIONS = ListOf("Admission applications", "admissions", "Admissions team", 40, 0.04)
LISTS = (CENSUS, INDEPENDENT, GP, BIRTHS, ADMISSIONS)


def files(invented: Sequence[InventedChild], *, seed: int, today: date) -> dict[ListOf, str]:
    """Return each list as the text of a CSV file."""
    chance = random.Random(f"lists of ashcombe {seed}")  # noqa: S311 (a demonstration)
    rows: dict[ListOf, list[dict[str, str]]] = {one: [] for one in LISTS}
    for child in [*invented, *_untold(chance, invented)]:
        for one in _lists_of(chance, child, today):
            number = f"{one.kind[0].upper()}{len(rows[one]) + 1:06d}"
            rows[one].append({"record_id": number, **_entry(chance, child, one)})
    return {one: _as_csv(chance, entries) for one, entries in rows.items()}


def load(
    invented: Sequence[InventedChild], *, seed: int, today: date, analyst: Actor, manager: Actor
) -> None:
    """Add the five sources and send in the list of each."""
    for one, text in files(invented, seed=seed, today=today).items():
        source = sources.add(
            name=one.name,
            kind=one.kind,
            supplier=one.supplier,
            lawful_basis=_BASIS,
            is_basis_checked=True,
            by=manager,
            on=today,
        )
        sources_loads.send_in(
            source=source,
            filename=f"{source.key}.csv",
            content=text.encode(),
            as_at=today - timedelta(days=one.days_old),
            by=analyst,
            on=today,
        )
    _record_twice(twice(invented, seed=seed), today)


def twice(invented: Sequence[InventedChild], *, seed: int) -> list[InventedChild]:
    """Return second records of three children in school, each written down with another slip."""
    chance = random.Random(f"twice in ashcombe {seed}")  # noqa: S311 (a demonstration)
    settled = [
        child
        for child in invented
        if child.schooling and child.schooling[-1].last is None and not child.stories
        and not child.is_sealed and not child.flags and child.home_educated_from is None
    ]  # fmt: skip
    slips = (
        (lambda c: bool(short_forms(c.given_names.partition(" ")[0])), _called_short),
        (lambda c: len(c.family_name) > 4, partial(_misheard, chance)),
        (lambda c: c.born_on.day <= 12 and c.born_on.day != c.born_on.month, _born_changed_over),
    )
    found: list[InventedChild] = []
    for can, slip in slips:
        taken = {one.key for one in found}
        if may := [c for c in settled if can(c) and c.key + _TWICE_FROM not in taken]:
            child = chance.choice(may)
            found.append(
                replace(slip(child), key=child.key + _TWICE_FROM, upn="", nhs="", schooling=[])
            )
    return found


def _called_short(child: InventedChild) -> InventedChild:
    given = child.given_names.partition(" ")[0]
    return replace(child, given_names=sorted(short_forms(given))[0].title(), known_as="")


def _misheard(chance: random.Random, child: InventedChild) -> InventedChild:
    return replace(child, family_name=_mistyped(chance, child.family_name))


def _born_changed_over(child: InventedChild) -> InventedChild:
    born = child.born_on
    return replace(child, born_on=date(born.year, born.day, born.month))


def _record_twice(records: Sequence[InventedChild], today: date) -> None:
    made = people.load_children(
        [
            people.ChildRow(
                key=str(child.key),
                given_names=child.given_names,
                family_name=child.family_name,
                born_on=child.born_on,
                sex=child.sex,
                known_from=child.born_on,
                source="A referral by telephone",
            )
            for child in records
        ],
        by=PROGRAM,
        on=today,
    )
    homes = [
        {
            "child_id": made[str(child.key)], "use": "home", "line_1": child.home.line_1,
            "town": child.home.town, "postcode": child.home.postcode,
            "starts_on": today - timedelta(days=20), "source": "A referral by telephone",
        }
        for child in records
    ]  # fmt: skip
    people.load_addresses(homes, by=PROGRAM)


def _untold(chance: random.Random, invented: Sequence[InventedChild]) -> Iterator[InventedChild]:
    """Invent children whom nobody told the office of, each in the house of somebody's neighbour."""
    for kind, share in _UNTOLD:
        for n in range(max(3, len(invented) * share // 1000)):
            like = chance.choice(invented)
            community = chance.choices(COMMUNITIES, [c.share for c in COMMUNITIES])[0]
            names = community.girls if like.sex == "F" else community.boys
            yield replace(
                like,
                key=_UNTOLD_FROM + len(_UNTOLD) * n + [k for k, _ in _UNTOLD].index(kind),
                given_names=chance.choice(names),
                family_name=chance.choice(community.families),
                known_as="",
                former_family_name="",
                born_on=like.born_on - timedelta(days=chance.randint(1, 27)),
                home=replace(like.home, line_1=_next_door(chance, like.home)),
                upn="",
                nhs="",
                earlier=None,
                is_sealed=False,
                schooling=[],
                stories=[],
                home_educated_from=None,
                flags=(kind,),
            )


def _next_door(chance: random.Random, home: Place) -> str:
    return f"{chance.randint(181, 260)} {home.line_1.partition(' ')[2]}"


def _lists_of(chance: random.Random, child: InventedChild, today: date) -> Iterator[ListOf]:
    kind = child.flags[0] if child.flags and child.key >= _UNTOLD_FROM else ""
    on_roll = any(
        one.first <= today and (one.last is None or one.last >= today) and not one.is_expected
        for one in child.schooling
    )
    if on_roll:
        yield CENSUS
    elif child.home_educated_from is None and not child.stories and not kind:
        # Nobody asks after them in the office, and an independent school has them.
        yield INDEPENDENT
    if (kind != "gone" and chance.random() < 0.95) or chance.random() < 0.15:
        yield GP
    if kind != "newcomer" and chance.random() < 0.72:
        yield BIRTHS
    if kind != "gone" and chance.random() < 0.66:
        yield ADMISSIONS


def _entry(chance: random.Random, child: InventedChild, one: ListOf) -> dict[str, str]:
    """Return what one list has of a child, written as its keeper writes."""

    def slips() -> bool:
        return chance.random() < one.slips

    given, _, middle = child.given_names.partition(" ")
    family = child.former_family_name if child.former_family_name and one is BIRTHS else ""
    family = family or child.family_name
    if one is GP and chance.random() < 0.12:
        given = sorted(short_forms(given) or {given})[0].title()
    if slips():
        given = _mistyped(chance, given)
    if slips():
        family = _mistyped(chance, family)
    if slips():
        given, family = family, given
    born = child.born_on
    if slips() and born.day <= 12:
        born = date(born.year, born.day, born.month)
    home = child.earlier if one is BIRTHS and child.earlier else child.home
    house, _, street = home.line_1.partition(" ")
    return {
        "upn": child.upn if one is CENSUS or (one is ADMISSIONS and chance.random() < 0.5) else "",
        "nhs_number": child.nhs if one in (GP, BIRTHS) and not slips() else "",
        "given_name": given,
        "middle_names": "" if one is GP else middle,
        "family_name": family.upper() if one is GP else family,
        "born_on": "" if slips() and one is ADMISSIONS else born.isoformat(),
        "sex": child.sex,
        "house": house,
        "street": street.replace("Street", "St") if one is ADMISSIONS else street,
        "postcode": home.postcode.replace(" ", "") if one is GP else home.postcode,
    }


def _mistyped(chance: random.Random, word: str) -> str:
    if len(word) < 3:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )


def _as_csv(chance: random.Random, rows: list[dict[str, str]]) -> str:
    chance.shuffle(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
