"""Who has what to do: worklists, My work, caseloads, children whom nobody has seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Least
from django.urls import reverse

from onroll.office.casework import kinds
from onroll.office.casework.kinds import Step
from onroll.office.casework.models import (
    Case,
    CaseState,
    Contact,
    Deadline,
    Note,
    Task,
)
from onroll.office.casework.queries.clocks import badge, in_a_list, titles
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries.localities import children_in
from onroll.office.web.components import ClockFace
from onroll.statute.counting import days_since
from onroll.statute.duty import is_overdue

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a worklist is narrowed to; everything empty shows every open case one may know of."""

    kind: str = ""
    state: str = ""
    owner: str = ""  # "me", "none", or the key of a colleague
    team: str = ""
    due: str = ""  # "overdue" or "week"
    urgent: bool = False
    not_seen: int = 0  # days
    quiet: int = 0  # days without action
    locality: str = ""  # the key of one
    closed: bool = False
    text: str = ""  # a name or a case's reference
    sort: str = "due"


SORTS = {
    "due": "due_on",
    "child": "child__family_name",
    "opened": "opened_on",
    "state": "state",
    "owner": "owner__name",
    "seen": "seen_on",
    "acted": "acted_on",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list."""

    case: Case
    kind: str
    state: str
    days: int
    clock: ClockFace | None
    seen_on: date | None
    acted_on: date | None
    step: Step | None
    covers: str = ""


def _first(found: QuerySet[Any], how: Any, key: str = "case") -> Subquery:
    return Subquery(found.values(key).annotate(found=how).values("found"))


def annotated(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Add `due_on`, `seen_on` and `acted_on`: what is next, when the child was last seen or
    spoken to on any case, when anything was last done."""
    mine = OuterRef("pk")
    seen = Contact.objects.filter(
        Q(child_seen=True) | Q(child_spoken_to=True), case__child=OuterRef("child_id")
    ).order_by()
    acts = [
        _first(Contact.objects.filter(case=mine).order_by(), Max("on")),
        _first(Note.objects.filter(case=mine).order_by(), Max("on")),
        _first(Task.objects.filter(case=mine).order_by(), Max("done_on")),
        _first(CaseState.objects.as_known().filter(case=mine).order_by(), Max("starts_on")),
        *(
            _first(apps.get_model(model).objects.filter(case=mine).order_by(), Max(day))
            for kind in kinds.all_kinds()
            for model, day, _ in kind.acts
        ),
    ]
    deadline = Deadline.objects.filter(
        case=mine, stopped_on=None, is_deadline=True, due_on__isnull=False
    ).order_by()
    task = Task.objects.filter(case=mine, done_on=None).order_by()
    return cases.annotate(
        # PostgreSQL's LEAST and GREATEST pass over nulls: one date is enough.
        due_on=Least(_first(deadline, Min("due_on")), _first(task, Min("due_on"))),
        seen_on=_first(seen, Max("on"), key="case__child"),
        acted_on=Greatest("opened_on", *acts),
    )


def worklist(actor: Actor, on: date, filters: Filters) -> QuerySet[Case]:
    """Return the cases that a list shows, sorted; take a page of it and ask `rows` for that."""
    # Annotated columns are unknown to the type of the model.
    cases: QuerySet[Any] = Case.objects.visible_to(actor).select_related("child", "owner", "team")
    cases = cases.exclude(closed_on=None) if filters.closed else cases.filter(closed_on=None)
    exact = {"kind": filters.kind, "state": filters.state, "team": filters.team}
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    if filters.owner == "me":
        cases = cases.filter(owner__in=actor.stands_for)
    elif filters.owner == "none":
        cases = cases.filter(owner=None)
    elif filters.owner:
        cases = cases.filter(owner=int(filters.owner))
    if filters.locality:
        counted = Child.objects.filter(children_in(int(filters.locality), on))
        cases = cases.filter(child__in=counted.values("pk"))
    if filters.urgent:
        cases = cases.filter(is_urgent=True)
    if filters.text:
        named = Q(child__family_name__icontains=filters.text)
        named |= Q(child__given_names__icontains=filters.text)
        cases = cases.filter(named | Q(ref__iexact=filters.text))
    cases = annotated(cases)
    if filters.due:
        until = on - timedelta(days=1) if filters.due == "overdue" else on + SOON
        cases = cases.filter(due_on__lte=until)
    if filters.not_seen:
        long_ago = on - timedelta(days=filters.not_seen)
        cases = cases.filter(Q(seen_on=None) | Q(seen_on__lte=long_ago))
    if filters.quiet:
        cases = cases.filter(acted_on__lte=on - timedelta(days=filters.quiet))
    return cases.order_by(*_order(filters.sort))


def worklist_of(actor: Actor, on: date, refs: Iterable[str]) -> QuerySet[Case]:
    """Return the open cases with these references, as a list shows them."""
    return worklist(actor, on, Filters()).filter(ref__in=list(refs))


def _order(sort: str) -> list[Any]:
    column = SORTS.get(sort.removeprefix("-"), "due_on")
    by = F(column)
    if sort.startswith("-"):
        first = by.desc(nulls_last=True)
    elif column == "seen_on":
        first = by.asc(nulls_first=True)  # never seen stands before seen long ago
    else:
        first = by.asc(nulls_last=True)
    return [first, F("is_urgent").desc(), "opened_on", "pk"]


def kept_due(cases: Iterable[int]) -> dict[int, date]:
    """Return what falls due next on each open case today, as the cache of clocks has it."""
    found: QuerySet[Any] = annotated(Case.objects.filter(pk__in=list(cases)))
    return dict(found.filter(due_on__isnull=False).values_list("pk", "due_on"))


def rows(cases: Iterable[Case], actor: Actor, on: date) -> list[Row]:
    """Return a page of cases as lines of a list, with the most pressing clock of each."""
    listed = list(cases)
    pressing = _pressing(listed)
    return [
        Row(
            case=case,
            kind=kinds.title_of(case.kind),
            state=kinds.state_title(case.kind, case.state),
            days=days_since(case.opened_on, case.closed_on or on),
            clock=_clock(case, pressing, on),
            seen_on=getattr(case, "seen_on", None),
            acted_on=getattr(case, "acted_on", None),
            step=kinds.get(case.kind).next_step(case) if case.is_open else None,
            covers=covers(case, actor),
        )
        for case in listed
    ]


def _clock(
    case: Case, pressing: dict[tuple[int | None, date | None], str], on: date
) -> ClockFace | None:
    due_on: date | None = getattr(case, "due_on", None)
    if not case.is_open:
        return None
    if due_on is None:
        needs = pressing.get((case.pk, None))
        return badge(None, on, needs=needs[:1].upper() + needs[1:]) if needs else None
    return badge(due_on, on, pressing.get((case.pk, due_on), ""))


def _pressing(cases: Sequence[Case]) -> dict[tuple[int | None, date | None], str]:
    """Return what falls due on each day of these cases, in two questions for all of them.

    Under no day stands what a clock needs before it can be counted.
    """
    said: dict[tuple[int | None, date | None], str] = {}
    tasks = Task.objects.filter(case__in=cases, done_on=None)
    for task in tasks.order_by("pk"):
        said[task.case_id, task.due_on] = task.what
    called = titles()
    deadlines = Deadline.objects.filter(case__in=cases, stopped_on=None, is_deadline=True)
    for deadline in deadlines.order_by("pk"):
        title = in_a_list(deadline, called)
        said[deadline.case_id, deadline.due_on] = title if deadline.due_on else deadline.needs
    return said


def covers(case: Case, actor: Actor) -> str:
    """Return whose case it is when this person only covers for them."""
    is_covered = case.owner_id != actor.pk and case.owner_id in actor.covering
    return case.owner.name if is_covered and case.owner else ""


@dataclass(frozen=True, slots=True)
class Load:
    """One colleague's caseload."""

    owner: int | None
    name: str
    is_away: bool = False  # the account is closed: nobody does this work
    open: int = 0
    urgent: int = 0
    overdue: int = 0
    not_seen: int = 0
    quiet: int = 0
    longest: int = 0


def caseloads(actor: Actor, on: date, *, seen_within: int, quiet_after: int) -> list[Load]:
    """Return the open cases of each key worker that this person oversees; nobody's come first.

    The limits are days: the authority's own are `accounts.queries.rules.rules_on`.
    """
    cases = annotated(Case.objects.visible_to(actor).filter(closed_on=None)).values_list(
        "owner", "owner__name", "is_urgent", "due_on", "seen_on", "acted_on", "opened_on",
        "owner__is_active",
    )  # fmt: skip
    away: set[int | None] = set()
    loads: dict[int | None, list[int]] = {}
    names: dict[int | None, str] = {None: "Nobody yet"}
    for owner, name, is_urgent, due_on, seen_on, acted_on, opened_on, is_active in cases:
        if is_active is False:
            away.add(owner)
        names.setdefault(owner, name)
        load = loads.setdefault(owner, [0] * 6)
        load[0] += 1
        load[1] += is_urgent
        load[2] += is_overdue(due_on, on)
        load[3] += seen_on is None or days_since(seen_on, on) >= seen_within
        load[4] += days_since(acted_on, on) >= quiet_after
        load[5] = max(load[5], days_since(opened_on, on))
    found = [Load(owner, names[owner], owner in away, *load) for owner, load in loads.items()]
    return sorted(
        found,
        key=lambda load: (load.owner is not None and not load.is_away, -load.open, load.name),
    )


def work_of(user: int) -> tuple[int, str, str] | None:
    """Return how many open cases somebody is the key worker of, and where they are given away."""
    count = Case.objects.filter(owner=user, closed_on=None).count()
    if not count:
        return None
    what = "open case" if count == 1 else "open cases"
    return count, what, f"{reverse('casework:reassign')}?owner={user}"


def not_seen(actor: Actor, on: date, days: int) -> QuerySet[Case]:
    """Return the open cases of children whom nobody has seen or spoken to for so many
    days or more."""
    return worklist(actor, on, Filters(not_seen=days, sort="seen"))


def cohort_of_cases(actor: Actor, on: date, filters: Filters) -> list[int]:
    """Return the children of a list of cases, each once, in the order of the list."""
    found = worklist(actor, on, filters).values_list("child_id", flat=True)
    return list(dict.fromkeys(found))


def cohort_of_refs(actor: Actor, refs: Iterable[str]) -> list[int]:
    """Return the children of these cases, open or closed, that this person may know of."""
    found = Case.objects.visible_to(actor).filter(ref__in=list(refs))
    ordered = found.order_by("child__family_name", "child__given_names", "pk")
    return list(dict.fromkeys(ordered.values_list("child_id", flat=True)))


def cases_to_reassign(actor: Actor, refs: Iterable[str]) -> list[Case]:
    """Return the open cases with these references that this person may know of."""
    found = Case.objects.visible_to(actor).filter(ref__in=list(refs), closed_on=None)
    return list(found.select_related("child", "owner", "team").order_by("pk"))
