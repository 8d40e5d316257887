"""My work: what waits for one person, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from onroll.office.casework import kinds
from onroll.office.casework.kinds import Item, Step
from onroll.office.casework.models import Allocation, Case, Contact, Deadline, Referral, Task
from onroll.office.casework.queries.at_risk import AtRisk, at_risk
from onroll.office.casework.queries.clocks import badge, in_a_list, titles
from onroll.office.casework.queries.unfollowed import narrowed, unfollowed
from onroll.office.casework.queries.worklist import SOON, annotated, covers
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.web.components import ClockFace
from onroll.statute.duty import is_overdue
from onroll.statute.writing import written

NEW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of My work."""

    child: Child | None
    case: Case | None
    what: str
    clock: ClockFace | None
    step: Step | None
    covers: str = ""
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class MyWork:
    """What waits for one person, in the order in which it presses."""

    overdue: list[ToDo] = field(default_factory=list)
    due: list[ToDo] = field(default_factory=list)
    new: list[ToDo] = field(default_factory=list)
    waiting: list[ToDo] = field(default_factory=list)
    watching: list[ToDo] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    referrals_waiting: int = 0
    at_risk: list[AtRisk] = field(default_factory=list)
    open_cases: int = 0
    unallocated: int = 0
    unfollowed: int | None = None  # None for those who do not look after the whole area

    @property
    def lines(self) -> list[ToDo]:
        """Every line of this person's own work."""
        return [*self.overdue, *self.due, *self.new, *self.waiting, *self.watching]

    def section(self, name: str) -> list[ToDo]:
        """Return the lines of one section, by its name."""
        sections = {
            "overdue": self.overdue, "due": self.due, "new": self.new,
            "waiting": self.waiting, "watching": self.watching,
        }  # fmt: skip
        return sections[name]

    @property
    def own(self) -> "MyWork":
        """The same without the work of those whom this person covers."""

        def kept(lines: list[ToDo]) -> list[ToDo]:
            return [line for line in lines if not line.covers]

        return replace(
            self, overdue=kept(self.overdue), due=kept(self.due), new=kept(self.new),
            waiting=kept(self.waiting), watching=kept(self.watching),
        )  # fmt: skip

    @staticmethod
    def children_of(lines: Sequence[ToDo]) -> set[int]:
        """Return the children whom these lines show."""
        return {line.child.pk for line in lines if line.child is not None}


def my_work(actor: Actor, on: date) -> MyWork:
    """Return what one person has to do, with the work of those whom they cover."""
    mine = Case.objects.visible_to(actor).filter(owner__in=actor.stands_for, closed_on=None)
    mine = mine.select_related("child", "owner", "team")
    found = MyWork(open_cases=mine.count(), unallocated=_unallocated(actor))
    lines = [*_deadlines(mine, actor, on), *_tasks(actor, on), *_items(mine, actor, on, found)]
    for line in sorted(lines, key=lambda x: (x.clock.due_on if x.clock else date.max) or date.max):
        is_late = line.clock is not None and line.clock.state == "overdue"
        (found.overdue if is_late else found.due).append(line)
    found.new.extend(_new(mine, actor, on))
    if actor.may("referrals.triage"):
        waiting = Referral.objects.to_decide_by(actor).filter(state__in=("new", "asked"))
        listed = waiting.order_by("-significant_harm", "-risk_score", "received_on")[:6]
        found.referrals.extend(listed)
        found.at_risk.extend(at_risk(actor, on))
        return replace(
            found,
            referrals_waiting=waiting.count(),
            unfollowed=len(narrowed(unfollowed(actor, on))) if actor.may("children.find") else None,
        )
    return found


def _unallocated(actor: Actor) -> int:
    return (
        Case.objects.visible_to(actor)
        .filter(team__in=actor.teams, owner=None, closed_on=None)
        .count()
    )


def _deadlines(mine: QuerySet[Case], actor: Actor, on: date) -> list[ToDo]:
    called = titles()
    found = Deadline.objects.filter(
        case__in=mine, stopped_on=None, is_deadline=True, due_on__lte=on + SOON
    )
    return [
        ToDo(
            child=d.case.child, case=d.case, what=in_a_list(d, called),
            clock=badge(d.due_on, on, called.get(d.duty, d.duty)),
            step=kinds.get(d.case.kind).next_step(d.case), covers=covers(d.case, actor),
            is_urgent=d.case.is_urgent,
        )
        for d in found.select_related("case__child", "case__owner").order_by("due_on", "pk")
    ]  # fmt: skip


def _tasks(actor: Actor, on: date) -> list[ToDo]:
    found = Task.objects.filter(
        owner__in=actor.stands_for, done_on=None, due_on__lte=on + SOON
    ).filter(Q(case=None) | Q(case__in=Case.objects.visible_to(actor)))
    return [
        ToDo(
            child=t.case.child if t.case else None, case=t.case, what=t.what,
            clock=badge(t.due_on, on, "Task"),
            step=Step("Finish the task", reverse("casework:task_finish", args=[t.case.ref, t.pk]))
            if t.case else None,
            covers=t.owner.name if t.owner and t.owner_id != actor.pk else "",
            is_urgent=bool(t.case and t.case.is_urgent),
        )
        for t in found.select_related("case__child", "case__owner", "owner").order_by("due_on")
    ]  # fmt: skip


def _items(mine: QuerySet[Case], actor: Actor, on: date, found: MyWork) -> list[ToDo]:
    """Sort what kinds say waits: what is past its day is overdue, the rest waits or is watched."""
    late: list[ToDo] = []
    for kind in kinds.all_kinds():
        for item in kind.work(mine.filter(kind=kind.key), on):
            line = _line(item, actor, on)
            if is_overdue(item.due_on, on):
                late.append(line)
            elif item.section == "watching":
                found.watching.append(line)
            else:
                found.waiting.append(line)
    return late


def _line(item: Item, actor: Actor, on: date) -> ToDo:
    before = "No answer yet: " if item.section == "waiting" else ""
    return ToDo(
        child=item.case.child, case=item.case, what=f"{before}{item.what}",
        clock=badge(item.due_on, on, item.what) if item.due_on else None, step=item.step,
        covers=covers(item.case, actor), is_urgent=item.case.is_urgent,
    )  # fmt: skip


def _new(mine: QuerySet[Case], actor: Actor, on: date) -> list[ToDo]:
    """Cases given to somebody this week on which they have done nothing yet."""
    given = Allocation.objects.on(on).filter(
        case__in=mine, owner__in=actor.stands_for, starts_on__gte=on - NEW
    )
    since = dict(given.values_list("case", "starts_on"))
    cases = annotated(mine.filter(pk__in=since)).order_by("-is_urgent", "opened_on", "pk")
    touched = set(
        Contact.objects.filter(case__in=since, recorded_by__in=actor.stands_for)
        .values_list("case", flat=True)
        .distinct()
    )
    return [
        ToDo(
            child=case.child, case=case, what=f"Given to you on {written(since[case.pk])}",
            clock=badge(case.due_on, on) if case.due_on else None,
            step=kinds.get(case.kind).next_step(case), covers=covers(case, actor),
            is_urgent=case.is_urgent,
        )
        for case in cases
        if case.pk not in touched
    ]  # fmt: skip
