"""What other local rules would change on open cases and in whom the authority counts.

Nothing is written. Totals are of what counts for the reader, as in a report; what is listed is
what the reader may open. Whoever is sealed is in neither, unless the reader is cleared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from onroll.office.accounts.queries import rules
from onroll.office.casework import kinds
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import facts_of
from onroll.office.casework.queries.clocks import clocks_under
from onroll.office.casework.queries.other_rules import (
    Change,
    What,
    compared,
    limits_crossed,
    newly_counted,
)
from onroll.office.casework.queries.worklist import annotated
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries import children as people
from onroll.office.people.queries import identity
from onroll.office.people.queries.sealed import kept_from, sealed_children
from onroll.office.provision import queries as provision
from onroll.office.schools.models import Enrolment
from onroll.statute import classify
from onroll.statute.differences import Difference, differences
from onroll.statute.packs import Pack
from onroll.statute.spans import What as Recorded

Spans = Mapping[int, Iterable[Mapping[str, Any]]]

WHEREABOUTS = "whereabouts_unknown"
PART_TIME = "part_time_timetable"
# What must be recorded of a child without a case for a ground to count, and who tells it; for a
# ground that is not here every child is asked about. A part-time timetable stands in the roll.
RESTS_ON: Mapping[str, tuple[str, Callable[[set[int]], Spans]]] = {
    "irregular_attendance": (
        Recorded.IRREGULAR_ATTENDANCE, lambda children: kinds.spans_of(children=children),
    ),
    WHEREABOUTS: (Recorded.WHEREABOUTS_UNKNOWN, people.spans_of),
    "home_education_not_assessed": (Recorded.HOME_EDUCATION, provision.spans_of),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that would be otherwise: of a clock by its title, else of the child or the case."""

    says: str
    clock: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """An open case, or a child without one, with everything that would be otherwise."""

    child: Child
    case: Case | None
    told: Sequence[Said]

    @property
    def is_late(self) -> bool:
        """Whether something would be overdue that is not now."""
        return any(said.is_late for said in self.told)


@dataclass(slots=True)
class Line:
    """What becomes of one clock, over all cases."""

    title: str
    begins: int = 0
    ends: int = 0
    moves: int = 0
    late: int = 0

    def add(self, change: Change) -> None:
        """Count one change of this clock."""
        self.begins += change.what is What.BEGINS
        self.ends += change.what is What.ENDS
        self.moves += change.what not in (What.BEGINS, What.ENDS)
        self.late += change.is_late


@dataclass(frozen=True, slots=True)
class Children:
    """How many children, and how many of them have no open case."""

    all: int
    without_a_case: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the rules would change: how much of it in all, and what the reader may open."""

    differ: Sequence[Difference]  # the packs themselves
    looked_at: int  # open cases
    changed: int  # of those
    late: int  # cases with something overdue that is not now
    done: int  # clocks that are stopped already and would come, go, or have had another day
    lines: Sequence[Line]
    more: Children  # who would be counted as missing education
    fewer: Children  # who no longer would
    listed: Sequence[Affected]
    unlisted: int  # cases and children that count for the reader, who may not open them

    @property
    def is_nothing(self) -> bool:
        """Whether no open case and no child would be affected."""
        return not (self.changed or self.more.all or self.fewer.all)


def address_of(proposed: rules.Proposed) -> str:
    """Return where it is shown what rules would change: an address to keep and to load again."""
    asked = {
        "pack": proposed.pack,
        "from": proposed.starts_on.isoformat(),
        "seen": proposed.seen_within,
        "quiet": proposed.quiet_after,
    }
    return f"{reverse('casework:rules_preview')}?{urlencode(asked)}"


def preview(
    actor: Actor, proposed: rules.Proposed, on: date, *, before: Pack, after: Pack
) -> Preview:
    """Return what rules would change if they held on a day, as things are recorded now."""
    now = rules.rules_on()
    limits = ((now.seen_within, now.quiet_after), (proposed.seen_within, proposed.quiet_after))
    cases = _cases(actor, with_acts=limits[0] != limits[1])
    grounds = _grounds(before, after)
    of_cases = {case.child_id: case.child for case in cases} if grounds else {}
    others = _children_without_a_case(actor, grounds, on) if grounds else {}
    counted = _counted(of_cases | others, on, before, after)
    old, new = clocks_under(cases, on, [before, after])
    lines: dict[str, Line] = {}
    found, done = [], 0
    for case in cases:
        clocks = compared(old[case.pk], new[case.pk], on)
        done += clocks.done
        for change in clocks.changes:
            lines.setdefault(change.duty, Line(change.title)).add(change)
        told = [Said(change.says, change.title, change.is_late) for change in clocks.changes]
        if limits[0] != limits[1]:
            told += [Said(says) for says in _crossed(case, on, *limits)]
        if case.child_id in counted:
            told.append(Said(counted[case.child_id].says))
        if told:
            found.append(Affected(case.child, case, told))
    beside = [
        Affected(others[pk], None, [Said(one.says)]) for pk, one in counted.items() if pk in others
    ]
    listed = _openable(actor, [*found, *beside])
    return Preview(
        differ=differences(before, after),
        looked_at=len(cases),
        changed=len(found),
        late=sum(one.is_late for one in found),
        done=done,
        lines=sorted(lines.values(), key=lambda line: line.title),
        more=_numbers(counted, others, is_more=True),
        fewer=_numbers(counted, others, is_more=False),
        listed=sorted(listed, key=_order),
        unlisted=len(found) + len(beside) - len(listed),
    )


def _order(one: Affected) -> tuple[bool, bool, bool, str, str]:
    """What would be overdue comes first, then other clocks; children without a case last."""
    has_clocks = any(said.clock for said in one.told)
    child = one.child
    return not one.is_late, one.case is None, not has_clocks, child.family_name, child.given_names


def _cases(actor: Actor, *, with_acts: bool) -> list[Case]:
    cases: QuerySet[Case] = Case.objects.counted_for(actor).filter(closed_on=None)
    if with_acts:
        cases = annotated(cases)
    return list(cases.select_related("child").order_by("pk"))


def _crossed(case: Any, on: date, before: tuple[int, int], after: tuple[int, int]) -> Sequence[str]:
    # The columns are annotated: the type of the model does not know them.
    return limits_crossed(case.seen_on, case.acted_on, on, before, after)


def _openable(actor: Actor, found: Iterable[Affected]) -> list[Affected]:
    """Return those cases and children that the reader may open."""
    affected = list(found)
    asked = [one.child.pk for one in affected if one.case is None]
    cases = set(Case.objects.visible_to(actor).filter(closed_on=None).values_list("pk", flat=True))
    known = Child.objects.visible_to(actor).filter(pk__in=asked)
    children = set(known.values_list("pk", flat=True)) if asked else set()
    return [
        one
        for one in affected
        if (one.case.pk in cases if one.case is not None else one.child.pk in children)
    ]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A child in whom the authority's own count would differ."""

    says: str
    is_more: bool


def _counted(
    children: Mapping[int, Child], on: date, before: Pack, after: Pack
) -> dict[int, _Counted]:
    """Return in whom of these children the authority's own count would differ."""
    found = {}
    for pk, facts in facts_of(children.values(), on).items() if children else ():
        was, now = (classify.standing(facts, on, pack) for pack in (before, after))
        if says := newly_counted(was, now):
            found[pk] = _Counted(says, is_more=now.local_cme)
    return found


def _numbers(
    counted: Mapping[int, _Counted], others: Mapping[int, Child], *, is_more: bool
) -> Children:
    children = [pk for pk, one in counted.items() if one.is_more is is_more]
    return Children(len(children), sum(pk in others for pk in children))


def _grounds(before: Pack, after: Pack) -> frozenset[str]:
    """Return the grounds on which only one of two packs counts a child, or at another time."""
    found = set(before.also_counts) ^ set(after.also_counts)
    if before.whereabouts_unknown_days != after.whereabouts_unknown_days:
        found |= {WHEREABOUTS} & {*before.also_counts, *after.also_counts}
    return frozenset(found)


def _children_without_a_case(actor: Actor, grounds: frozenset[str], on: date) -> dict[int, Child]:
    """Return the children who may be counted otherwise and have no open case.

    Who is left out cannot be: nothing on which these grounds rest is recorded of them.
    `tests/casework/test_rules_preview.py` holds that against asking about every child.
    """
    if actor.may("reports.run"):
        known = Child.objects.filter(erased_at=None).exclude(pk__in=kept_from(actor))
    else:
        known = Child.objects.visible_to(actor)
    followed = Case.objects.filter(closed_on=None).values("child")
    known = known.exclude(pk__in=followed).exclude(pk__in=identity.in_use_of(followed, on))
    known = known.exclude(pk__in=identity.folded(on))
    if grounds <= RESTS_ON.keys() | {PART_TIME}:
        asked = set(known.values_list("pk", flat=True))
        several = set(identity.in_use(on).values_list("child", flat=True))
        wanted = _with_grounds(asked, grounds, on) | several
        known = Child.objects.filter(pk__in=asked & wanted)
    return known.in_bulk()


def _with_grounds(children: set[int], grounds: frozenset[str], on: date) -> set[int]:
    found: set[int] = set()
    for what, tell in (RESTS_ON[ground] for ground in grounds if ground in RESTS_ON):
        told = tell(children)
        found |= {pk for pk, spans in told.items() if any(one["what"] == what for one in spans)}
    if PART_TIME in grounds:
        # What a sealed child's roll says is not in this table.
        rolls = Enrolment.objects.on(on).filter(is_part_time=True)
        found |= set(rolls.values_list("child_id", flat=True)) | sealed_children()
    return found
