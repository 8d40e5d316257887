"""The clocks of a case, worked out from its facts, and how they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from onroll.office.accounts.queries import rules
from onroll.office.casework import kinds
from onroll.office.casework.models import (
    Case,
    CaseState,
    Contact,
    Deadline,
    Letter,
    Referral,
)
from onroll.office.schools.queries import calendar_for, calendars_on
from onroll.office.web.clocks import clock_face, due_state
from onroll.office.web.components import ClockFace
from onroll.statute import packs
from onroll.statute.calendars import SchoolCalendar
from onroll.statute.duties import clocks as clocks_of
from onroll.statute.duties import duties
from onroll.statute.duty import Clock, due_in_words

SOON = timedelta(days=7)

# What a stored clock says until it is worked out again.
AGAIN = "being worked out again"
ACKNOWLEDGEMENT = "referral_received"  # the template of the letter that acknowledges a referral


def pack(on: date | None = None, known_at: datetime | None = None) -> packs.Pack:
    """Return the rules of this authority on a day, without one those that it has now.

    The nation's where it has not chosen any, and where the chosen pack is not there: then every
    page says so, and `onroll doctor`.
    """
    return rules.pack_on(on, known_at).pack


def facts_of(case: Case) -> dict[str, Any]:
    """Return every fact of a case that clocks read: casework's, then the kind's own."""
    return facts_of_many([case])[case.pk]


def facts_of_many(cases: Iterable[Case]) -> dict[int, dict[str, Any]]:
    """Return `facts_of` of many cases, in as many questions as of one for kinds that can."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case)
    found = _shared_facts([case for alike in by_kind.values() for case in alike])
    for kind, alike in by_kind.items():
        for pk, own in kinds.get(kind).facts_of(alike).items():
            shared = found[pk]
            for key, value in own.items():
                if key == "case.first_action_on" and value and shared.get(key):
                    shared[key] = min(value, shared[key])
                elif value is not None:
                    shared[key] = value
    return found


def _shared_facts(cases: Sequence[Case]) -> dict[int, dict[str, Any]]:
    """Return what cases of any kind start and stop clocks by."""
    starts = {case.pk: kinds.get(case.kind).workflow.start for case in cases}
    acted = list(Contact.objects.filter(case__in=starts).values_list("case_id", "on"))
    moved = CaseState.objects.as_known().filter(case__in=starts)
    for pk, state, on in moved.values_list("case_id", "state", "starts_on"):
        if state != starts[pk]:
            acted.append((pk, on))
    first_acts: dict[int, date] = {}
    for pk, on in acted:
        first_acts[pk] = min(on, first_acts.get(pk, on))
    acknowledged = _acknowledged(starts)
    found: dict[int, dict[str, Any]] = {}
    for case in cases:
        found[case.pk] = {
            "referral.received_on": case.notified_on,
            "referral.acknowledged_on": acknowledged[case.pk],
            "case.opened_on": case.opened_on,
            "case.first_action_on": first_acts.get(case.pk),
        }
        if case.is_urgent:
            found[case.pk]["referral.urgent_on"] = case.notified_on
    return found


def _acknowledged(cases: Iterable[int]) -> dict[int, list[date]]:
    """Return when those who told us of each case learnt that we have it.

    A referral typed up by staff gives its receipt to nobody outside: only a letter tells the
    referrer. Every other route hands out the receipt when the referral is received.
    """
    found: dict[int, list[date]] = {pk: [] for pk in cases}
    told = Referral.objects.filter(case__in=found).order_by("case", "received_on", "pk")
    first = told.distinct("case").values_list("case_id", "route", "received_on")
    for pk, route, received_on in first:
        if route != Referral.Route.STAFF:
            found[pk].append(received_on)
    if waiting := [pk for pk, days in found.items() if not days]:
        letters = Letter.objects.filter(
            case__in=waiting, template__key=ACKNOWLEDGEMENT, state=Letter.State.ISSUED
        )
        for pk, issued_on in letters.values_list("case_id", "issued_on"):
            if issued_on is not None:
                found[pk].append(issued_on)
    return found


def clocks(case: Case, on: date | None = None) -> tuple[Clock, ...]:
    """Return the clocks of a case as they stand at the end of a day; as recorded without one.

    Those of the kind's own duties and of the authority's rules, the most pressing first.
    """
    calendar = calendar_for(school_id=kinds.get(case.kind).school(case), on=case.notified_on)
    return _counted(case, facts_of(case), on, pack(), calendar)


def clocks_of_many(cases: Iterable[Case], on: date | None = None) -> dict[int, tuple[Clock, ...]]:
    """Return `clocks` of many cases, in as many questions as of one."""
    return clocks_under(cases, on, [pack()])[0]


def clocks_under(
    cases: Iterable[Case], on: date | None, local_rules: Iterable[packs.Pack]
) -> list[dict[int, tuple[Clock, ...]]]:
    """Return the clocks of many cases, once for each of several rules.

    What is recorded is read once, so that the answers differ by the rules alone.
    """
    listed = list(cases)
    facts = facts_of_many(listed)
    schools: dict[int, int | None] = {}
    for kind in kinds.all_kinds():
        schools |= kind.schools_of([case for case in listed if case.kind == kind.key])
    counted_by = {case.pk: (schools[case.pk], case.notified_on) for case in listed}
    calendars = calendars_on(counted_by.values())
    return [
        {
            case.pk: _counted(case, facts[case.pk], on, local, calendars[counted_by[case.pk]])
            for case in listed
        }
        for local in local_rules
    ]


def _counted(
    case: Case,
    facts: Mapping[str, Any],
    on: date | None,
    local: packs.Pack,
    calendar: SchoolCalendar,
) -> tuple[Clock, ...]:
    kind = kinds.get(case.kind)
    known = {fact for duty in duties(local) for fact in duty.keys}
    found = clocks_of(
        {key: value for key, value in facts.items() if key in known}, {}, calendar, on, local
    )
    ours = (clock for clock in found if clock.is_local or clock.id in kind.duties)
    return tuple(sorted(ours, key=lambda c: (c.stopped_on is not None, c.due or date.max)))


def titles() -> dict[str, str]:
    """Return what each duty is called, by its id, for lists of many deadlines."""
    return {duty.id: duty.title for duty in duties(pack())}


def face(clock: Clock, on: date) -> ClockFace:
    """Return a clock as a page shows it, with its working."""
    started = STARTS.get(clock.started_by, "")
    return clock_face(clock, today=on, started=started, soon_in_days=SOON.days)


STARTS = {
    "referral.received_on": "the authority was told",
    "referral.urgent_on": "the authority was told, as urgent",
    "case.opened_on": "the case was opened",
    "leave.ended_on": "leave of absence ended",
    "absence.supposed_from": "the absence, supposed to be unexplained, began",
    "in_year.applied_on": "an in-year application was made",
}


def badge(due_on: date | None, on: date, title: str = "", needs: str = "") -> ClockFace:
    """Return the day of a deadline or a task as a badge for a list, without working."""
    if due_on is None:
        return ClockFace(title=title, state="unknown", says=needs or "Term dates needed")
    state = due_state(due_on, on, soon_in_days=SOON.days)
    return ClockFace(title=title, state=state, says=due_in_words(due_on, on), due_on=due_on)


def in_a_list(deadline: Deadline, called: Mapping[str, str]) -> str:
    """Return what a stored clock is called in a list, and whether its day may change yet."""
    title = called.get(deadline.duty, deadline.duty)
    return f"{title} ({AGAIN})" if deadline.needs == AGAIN else title


def cached(case: Case) -> list[Deadline]:
    """Return the cached clocks of a case, for comparing with a rebuild."""
    return list(Deadline.objects.filter(case=case).order_by("duty", "started_by", "n"))
