"""The stories as rows: referrals, cases, states, enquiries, contacts, conclusions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from onroll.office.casework.actions import bulk
from onroll.office.casework.queries.answers import ReferralAnswers
from onroll.office.casework.queries.lateness import referral_limit
from onroll.office.cme.actions import bulk as cme
from onroll.office.cme.queries import local_reasons, templates
from onroll.office.demo.arrivals import arrive
from onroll.office.demo.lives import InventedChild, Story
from onroll.office.demo.organisation import DOMAIN
from onroll.office.demo.records import SOURCE, known_at
from onroll.office.kernel.actor import PROGRAM
from onroll.office.people import actions as people
from onroll.office.provision import actions as provision
from onroll.office.provision.queries import KINDS

OFFICERS = ("officer", "officer2", "officer3", "officer4", "officer5")
Told = tuple[InventedChild, Story]
STATE_OF_PLACE = {"abroad": "abroad", "elsewhere": "elsewhere"}


def load(
    invented: Sequence[InventedChild],
    *,
    children: Mapping[int, int],
    schools: Mapping[int, int],
    users: Mapping[str, int],
    teams: Mapping[str, int],
    today: date,
) -> None:
    """Write every story; those nobody has looked at yet arrive as referrals by the usual route."""
    told = [(child, story) for child in invented for story in child.stories]
    told.sort(key=lambda pair: (pair[1].told_on, pair[0].key))
    opened = [(child, story) for child, story in told if story.triaged_on]
    load = _Load(children, schools, users, teams, today)
    keys = bulk.load_cases([load.case(*pair) for pair in opened], by=PROGRAM)
    with_keys = list(zip(keys, opened, strict=True))
    bulk.load_states(
        [row for key, pair in with_keys for row in load.states(key, *pair)], by=PROGRAM
    )
    bulk.load_allocations([load.allocation(key, *pair) for key, pair in with_keys], by=PROGRAM)
    bulk.load_urgencies(
        [load.urgency(key, *pair) for key, pair in with_keys if pair[1].significant_harm],
        by=PROGRAM,
    )
    bulk.load_responsibilities(
        [load.responsibility(key, *pair) for key, pair in with_keys], by=PROGRAM
    )
    made = bulk.load_referrals([load.referral(key, *pair) for key, pair in with_keys], by=PROGRAM)
    bulk.load_considerations(
        [load.consideration(r, pair[1]) for r, (_, pair) in zip(made, with_keys, strict=True)],
        by=PROGRAM,
    )
    cme.load_missing([load.missing(key, *pair) for key, pair in with_keys], by=PROGRAM)
    cme.load_episodes(
        [row for key, pair in with_keys for row in load.episodes(key, *pair)], by=PROGRAM
    )
    cme.load_places([row for key, pair in with_keys for row in load.places(key, *pair)], by=PROGRAM)
    cme.load_enquiries(
        [row for key, pair in with_keys for row in load.enquiries(key, *pair)], by=PROGRAM
    )
    bulk.load_contacts(
        [row for key, pair in with_keys for row in load.contacts(key, *pair)], by=PROGRAM
    )
    bulk.load_notes([row for key, pair in with_keys for row in load.notes(key, *pair)], by=PROGRAM)
    bulk.load_tasks([row for key, pair in with_keys for row in load.tasks(key, *pair)], by=PROGRAM)
    people.load_whereabouts([row for pair in opened for row in load.whereabouts(*pair)], by=PROGRAM)
    for kind, outcome in (
        ("home-education", "home_educated"),
        ("provision", "alternative_provision"),
    ):
        rows = [load.education(*pair) for pair in opened if pair[1].outcome == outcome]
        provision.load(KINDS[kind], rows, by=PROGRAM)
    bulk.rebuild_deadlines(keys, by=PROGRAM)
    for child, story in told:
        if not story.triaged_on:
            arrive(child, story, schools=schools)


def _that_evening(on: date | None) -> datetime:
    assert on is not None
    return known_at(on)


class _Load:
    """The keys that rows point at."""

    def __init__(
        self,
        children: Mapping[int, int],
        schools: Mapping[int, int],
        users: Mapping[str, int],
        teams: Mapping[str, int],
        today: date,
    ) -> None:
        self.children, self.schools, self.teams, self.today = children, schools, teams, today
        self.officers = [users[f"{name}@{DOMAIN}"] for name in OFFICERS]
        self.coordinator = users[f"coordinator@{DOMAIN}"]
        self.templates = {template.key: template.pk for template in templates()}
        self.limits: dict[date, date | None] = {}
        self.local_reasons = {reason.key: reason.pk for reason in local_reasons()}

    def officer(self, story: Story) -> int:
        return self.officers[story.officer]

    def case(self, child: InventedChild, story: Story) -> dict[str, Any]:
        assert story.triaged_on is not None
        return {
            "kind": "cme",
            "child_id": self.children[child.key],
            "state": self._state(story),
            "owner_id": self.officer(story),
            "team_id": self.teams["cme"],
            "is_urgent": story.significant_harm,
            "notified_on": story.told_on,
            "opened_on": story.triaged_on,
            "closed_on": story.closed_on,
            "outcome": story.outcome,
        }

    def urgency(self, case: int, child: InventedChild, story: Story) -> dict[str, Any]:
        assert story.triaged_on is not None
        return {
            "case_id": case,
            "starts_on": story.triaged_on,
            "recorded_at": known_at(story.triaged_on),
            "source": SOURCE,
        }

    def _state(self, story: Story) -> str:
        return self._moves(story)[-1][0]

    def _moves(self, story: Story) -> list[tuple[str, date]]:
        assert story.triaged_on is not None
        moves = [("identified", story.triaged_on)]
        if story.first_action_on and story.first_action_on <= self.today:
            moves.append(("tracing", story.first_action_on))
        if story.located_on:
            moves.append((STATE_OF_PLACE.get(story.plot.whereabouts, "located"), story.located_on))
        if story.secured_on:
            moves.append(("securing", story.secured_on - timedelta(days=1)))
            moves.append(("watching", story.secured_on))
        if story.closed_on:
            moves.append(("closed", story.closed_on))
        latest = story.triaged_on
        in_order = []
        for state, on in moves:
            latest = max(latest, on)
            in_order.append((state, latest))
        return in_order

    def states(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        moves = self._moves(story)
        for n, (state, since) in enumerate(moves):
            until = moves[n + 1][1] - timedelta(days=1) if n + 1 < len(moves) else None
            if until is not None and until < since:
                continue  # two moves in a day: the later stands
            yield {
                "case_id": case,
                "state": state,
                "is_open": state != "closed",
                "reason": story.outcome if state == "closed" else "",
                "starts_on": since,
                "ends_on": until,
                "recorded_at": known_at(since),
                "source": SOURCE,
            }

    def allocation(self, case: int, child: InventedChild, story: Story) -> dict[str, Any]:
        return {
            "case_id": case,
            "owner_id": self.officer(story),
            "team_id": self.teams["cme"],
            "starts_on": story.triaged_on,
            "recorded_at": _that_evening(story.triaged_on),
        }

    def responsibility(self, case: int, child: InventedChild, story: Story) -> dict[str, Any]:
        return {
            "case_id": case,
            "body": "authority",
            "starts_on": story.triaged_on,
            "recorded_at": _that_evening(story.triaged_on),
        }

    def referral(self, case: int, child: InventedChild, story: Story) -> dict[str, Any]:
        assert story.triaged_on is not None
        return {
            "route": story.route,
            "source": story.source,
            "form": "referral",
            "state": "accepted",
            "received_at": known_at(story.told_on),
            "received_on": story.told_on,
            "given_names": child.given_names,
            "family_name": child.family_name,
            "born_on": child.born_on,
            "sex": child.sex,
            "upn": child.upn,
            "school_id": self.schools[story.last_school.urn],
            "last_attended_on": story.last_attended_on,
            "aware_on": story.aware_on,
            "reason": story.plot.says,
            "factors": list(story.factors),
            "significant_harm": story.significant_harm,
            "completeness": 60 + (child.key * 7) % 40,
            "days_late": self._days_late(story),
            "risk_score": 4 + 3 * len(story.factors) + 20 * story.significant_harm,
            "risk_rule": "demonstration",
            "child_id": self.children[child.key],
            "case_id": case,
            "decided_by_id": self.coordinator,
            "decided_on": story.triaged_on,
            "decision_reason": "Not on a roll and no education known.",
        }

    def _days_late(self, story: Story) -> int | None:
        """Count as the authority's limit for schools does, by its own calendar."""
        if story.source != "school":
            return None
        if story.aware_on not in self.limits:
            told = ReferralAnswers(source="school", aware_on=story.aware_on)
            limit = referral_limit(told, received_on=story.aware_on)
            self.limits[story.aware_on] = limit.due if limit else None
        due = self.limits[story.aware_on]
        return max(0, (story.told_on - due).days) if due else None

    def consideration(self, referral: int, story: Story) -> dict[str, Any]:
        is_worrying = bool({"harm", "cse", "cce", "fgm", "trafficking"} & set(story.factors))
        return {
            "referral_id": referral,
            "conclusion": "consulted" if is_worrying or story.significant_harm else "no_concern",
            "because": "What the referral says was talked over with the duty social worker."
            if is_worrying
            else "Nothing in the referral or in what is known here gives rise to concern.",
            "on": story.triaged_on,
            "by_id": self.coordinator,
        }

    def missing(self, case: int, child: InventedChild, story: Story) -> dict[str, Any]:
        return {
            "case_id": case,
            "identified_on": story.told_on,
            "identified_by": "other_authority" if story.source == "other_authority" else "referral",
            "last_attended_on": story.last_attended_on,
            "last_school_id": self.schools[story.last_school.urn],
        }

    def episodes(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        """Return the time missing as it was known at first, and as it was once it had ended."""
        told = {
            "case_id": case,
            "reason": story.plot.reason,
            "local_reason_id": self.local_reasons.get(story.plot.local),
            "starts_on": story.told_on,
            "source": SOURCE,
        }
        closed_on = story.closed_on
        yield {
            **told,
            "recorded_at": known_at(story.told_on),
            "superseded_at": known_at(closed_on) if closed_on else None,
        }
        if closed_on is not None:
            yield {
                **told,
                "ends_on": max(closed_on - timedelta(days=1), story.told_on),
                "recorded_at": known_at(closed_on),
            }

    def places(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        if story.secured_on is None:
            return
        is_started = story.outcome == "on_roll"
        yield {
            "case_id": case,
            "school_id": self.schools[story.new_school.urn] if story.new_school else None,
            "starts_on": story.secured_on,
            "secured_by": "School admissions",
            "expected_on": story.starts_on,
            "confirmed_on": story.closed_on if is_started else None,
            "confirmed_by": "School office" if is_started else "",
            "recorded_at": known_at(story.secured_on),
            "source": SOURCE,
        }

    def enquiries(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        for step in story.steps:
            if step.what == "enquiry":
                yield {
                    "case_id": case,
                    "template_id": self.templates[step.template],
                    "asked_on": step.on,
                    "asked_by_id": self.officer(story),
                    "expected_by": step.on + timedelta(days=10),
                    "answered_on": step.answered_on,
                    "answered_at": known_at(step.answered_on) if step.answered_on else None,
                    "result": step.result,
                    "strength": step.strength,
                    "account": step.text,
                    "country": step.country,
                    "la_code": step.la_code,
                    "recorded_at": known_at(step.on),
                }

    def contacts(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        for step in story.steps:
            if step.what in {"call", "visit"}:
                is_visit = step.what == "visit"
                yield {
                    "case_id": case,
                    "on": step.on,
                    "channel": "visit" if is_visit else "telephone",
                    "with_whom": "child" if step.child_seen else "carer",
                    "name": f"{child.carers[0].given_names} {child.carers[0].family_name}",
                    "result": step.result,
                    "is_planned": not is_visit,
                    "child_seen": step.child_seen,
                    "child_spoken_to": step.child_seen,
                    "childs_voice": step.voice,
                    "account": step.text,
                    "recorded_at": known_at(step.on),
                    "recorded_by_id": self.officer(story),
                }

    def notes(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        for step in story.steps:
            if step.what == "note":
                yield {
                    "case_id": case,
                    "text": step.text,
                    "on": step.on,
                    "recorded_at": known_at(step.on),
                    "recorded_by_id": self.officer(story),
                }

    def tasks(self, case: int, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        if story.closed_on or child.key % 2:
            return
        due = self.today + timedelta(days=(child.key * 11) % 24 - 8)
        made_on = min(due, self.today) - timedelta(days=7)
        yield {
            "case_id": case,
            "what": ("Ring the family again", "Chase admissions", "Visit at another time of day")[
                child.key % 3
            ],
            "due_on": due,
            "owner_id": self.officer(story),
            "made_on": made_on,
            "recorded_at": known_at(made_on),
            "made_by_id": self.officer(story),
        }

    def whereabouts(self, child: InventedChild, story: Story) -> Iterator[dict[str, Any]]:
        if story.located_on is None:
            return
        believed = {"abroad": "abroad", "elsewhere": "elsewhere", "unknown": "unknown"}
        conclusion = believed.get(story.plot.whereabouts, "here")
        if story.closed_on:
            gone = {"left_country": "abroad", "left_area": "elsewhere"}
            conclusion = gone.get(story.outcome, "here")
        yield {
            "child_id": self.children[child.key],
            "conclusion": conclusion,
            "strength": "confirmed" if story.closed_on else "believed",
            "country": story.country if conclusion == "abroad" else "",
            "la_code": story.la_code if conclusion == "elsewhere" else "",
            "evidence": "From the enquiries on the case.",
            "starts_on": story.closed_on or story.located_on,
            "recorded_at": known_at(story.closed_on or story.located_on),
            "source": SOURCE,
        }

    def education(self, child: InventedChild, story: Story) -> dict[str, Any]:
        """Return the education with which a case ended, other than a school's roll."""
        told = {
            "child_id": self.children[child.key],
            "starts_on": story.closed_on,
            "source": SOURCE,
        }
        if story.outcome == "home_educated":
            return {**told, "suitability": ("suitable", "not_assessed")[child.key % 2]}
        return {
            **told,
            "what": "alternative_provision",
            "provider": "Ashcombe Learning Trust",
            "hours_a_week": 25,
            "arranged_by": "Ashcombe Council",
        }
