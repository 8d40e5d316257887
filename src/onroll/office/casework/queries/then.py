"""What cases were on a day, as known then or now, for answers that must not change with them."""

from collections.abc import Collection, Iterable
from copy import copy
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Max, Min, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from onroll.office.casework import kinds
from onroll.office.casework.models import (
    Allocation,
    Case,
    CaseState,
    CaseUrgency,
    Consideration,
    Contact,
    Note,
    Task,
)
from onroll.office.casework.queries.clocks import clocks_of_many


def open_on(cases: QuerySet[Case], *, on: date, known_at: datetime | None = None) -> list[Case]:
    """Return those of the cases that were open at the end of a day, in order of opening.

    Each is the cover sheet as it was then: its state, key worker, team and urgency. It is a copy
    to be read and not to be saved.
    """
    states = (
        CaseState.objects.on(on, known_at)
        .filter(is_open=True, case__in=cases)
        .select_related("case__child")
        .order_by("case__opened_on", "case__ref")
    )
    found = list(states)
    keys = [state.case_id for state in found]
    turns = {
        turn.case_id: turn
        for turn in Allocation.objects.on(on, known_at)
        .filter(case__in=keys)
        .select_related("owner", "team")
    }
    urgent = set(
        CaseUrgency.objects.on(on, known_at).filter(case__in=keys).values_list("case_id", flat=True)
    )
    return [
        _as_it_was(state, turns.get(state.case_id), is_urgent=state.case_id in urgent)
        for state in found
    ]


def _as_it_was(state: CaseState, turn: Allocation | None, *, is_urgent: bool) -> Case:
    cover = copy(state.case)
    cover.state, cover.is_urgent = state.state, is_urgent
    cover.closed_on, cover.outcome = None, ""
    cover.owner = turn.owner if turn else None
    cover.team = turn.team if turn else None
    return cover


def last_acted(
    cases: Collection[Case], *, on: date, known_at: datetime | None = None
) -> dict[int, date]:
    """Return the last day, by then, on which anything was done on each case."""
    keys = [case.pk for case in cases]
    moved = CaseState.objects.as_known(known_at).filter(case__in=keys, starts_on__lte=on)
    days = [*moved.values_list("case_id").annotate(last=Max("starts_on"))]
    acts: list[tuple[type[Model], str, str]] = [
        (Contact, "on", "recorded_at"),
        (Note, "on", "recorded_at"),
        (Task, "done_on", "settled_at"),
    ]
    acts += [
        (apps.get_model(label), day, since)
        for kind in kinds.all_kinds()
        for label, day, since in kind.acts
    ]
    for model, day, since in acts:
        done = _known(model._default_manager.filter(case__in=keys), since, known_at)
        done = done.filter(**{f"{day}__lte": on})
        days += done.order_by().values_list("case_id").annotate(last=Max(day))
    latest = {case.pk: case.opened_on for case in cases}
    for key, last in days:
        latest[key] = max(latest[key], last)
    return latest


def _known(rows: QuerySet[Any], since: str, known_at: datetime | None) -> QuerySet[Any]:
    if known_at is None:
        return rows
    instant = Coalesce(F(since), F("recorded_at")) if since != "recorded_at" else F(since)
    known: QuerySet[Any] = rows.alias(known_since=instant).filter(known_since__lte=known_at)
    return known


def last_seen(
    children: Iterable[int], *, on: date, known_at: datetime | None = None
) -> dict[int, date]:
    """Return the last day, by then, on which somebody saw or spoke to each child, on any case."""
    seen = Contact.objects.filter(
        Q(child_seen=True) | Q(child_spoken_to=True), case__child__in=list(children), on__lte=on
    )
    seen = _known(seen, "recorded_at", known_at)
    return dict(seen.order_by().values_list("case__child").annotate(last=Max("on")))


def next_due(cases: Collection[Case], *, on: date) -> dict[int, date]:
    """Return what fell due next on each case at the end of a day, as we believe now.

    It is worked out from the facts of that day, and not read from what is kept of today. What was
    due as known at an earlier instant cannot be told: term dates and rules are kept as they are.
    """
    waiting = Task.objects.filter(
        Q(done_on=None) | Q(done_on__gt=on), case__in=[case.pk for case in cases], made_on__lte=on
    )
    due = dict(waiting.order_by().values_list("case_id").annotate(first=Min("due_on")))
    for pk, found in clocks_of_many(cases, on).items():
        days = [
            clock.due
            for clock in found
            if clock.due is not None
            and clock.stopped_on is None
            and clock.started_on <= on
            and clock.duty.is_deadline
        ]
        if days:
            due[pk] = min(*days, due.get(pk, date.max))
    return due


def considered(cases: Collection[Case], *, on: date, known_at: datetime | None = None) -> set[int]:
    """Return those of the cases on which, by then, anybody had considered safeguarding.

    At triage counts, from the day on which the referral was joined to the case.
    """
    keys = [case.pk for case in cases]
    made = _known(Consideration.objects.filter(on__lte=on), "recorded_at", known_at)
    own = made.filter(case__in=keys).values_list("case_id", flat=True)
    joined = made.filter(referral__case__in=keys, referral__decided_on__lte=on)
    return {*own, *joined.values_list("referral__case_id", flat=True)}
