"""Children who miss education and have no case: who looks into one, and who is set aside.

Neither takes a child off the list for good: both run out after four weeks at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from onroll.office.casework.models import Attention, Case
from onroll.office.casework.models.work import LONGEST
from onroll.office.casework.policy import cases as policy
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people.actions.keeping import hold
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.people.models import Child

TAKEN = verb(
    "children.looked_into", "looks into the child, who has no case, until {until}", "until", "on"
)
RELEASED = verb("children.let_go", "no longer looks into the child, who has no case", "on")
SET_ASIDE = verb(
    "children.set_aside",
    "set the child, who has no case, aside until {back_on}",
    "back_on", "on",
)  # fmt: skip
BROUGHT_BACK = verb(
    "children.brought_back", "brought the child back to the list of those without a case", "on"
)


@dataclass(frozen=True, slots=True)
class Took:
    """Whom somebody now looks into, and who was in a colleague's hands already."""

    taken: Sequence[Attention]
    held: Sequence[Attention]


@transaction.atomic
def take(*, children: Sequence["Child"], by: Actor, on: date, over: bool = False) -> Took:
    """Say that one looks into these children; those in a colleague's hands stay there.

    With `over` they are taken from the colleague, whose name stays in the record.
    """
    policy.can_look_into(by).require()
    taken, held = [], []
    for child in sorted(children, key=lambda child: child.pk):
        _require_no_case(child)
        now = _now(child, Attention.What.TAKEN, on)
        if now is not None and (now.who_id == by.pk or not over):
            held.append(now)
            continue
        if now is not None:
            _stop(now, by, on)
        until = on + LONGEST - timedelta(days=1)
        made = facts.state(
            Attention, by=by, child=child, what=Attention.What.TAKEN, who_id=by.pk,
            starts_on=on, ends_on=until,
        )  # fmt: skip
        record(TAKEN, by=by, children=[child.pk], subject=made, until=until, on=on)
        taken.append(made)
    return Took(taken, held)


@transaction.atomic
def release(*, child: "Child", by: Actor, on: date) -> None:
    """Let go of a child whom somebody looks into: the child stands with nobody again."""
    policy.can_look_into(by).require()
    now = _now(child, Attention.What.TAKEN, on)
    if now is None:
        raise Faulty(("child", "Nobody looks into this child."))
    _stop(now, by, on)
    record(RELEASED, by=by, children=[child.pk], subject=now, on=on)


@transaction.atomic
def set_aside(*, child: "Child", why: str, back_on: date, by: Actor, on: date) -> Attention:
    """Set a child aside until the day on which the child comes back to the list."""
    policy.can_look_into(by).require()
    if not why.strip():
        raise Faulty(("why", "Say why nothing is to be done now."))
    if not on < back_on <= on + LONGEST:
        last = written(on + LONGEST)
        raise Faulty(
            ("back_on", f"The child comes back after today and no later than {last}: nobody is "
             f"set aside for longer than {LONGEST.days} days.")
        )  # fmt: skip
    _require_no_case(child)
    now = _now(child, Attention.What.SET_ASIDE, on)
    if now is not None:
        _stop(now, by, on)
    made = facts.state(
        Attention, by=by, child=child, what=Attention.What.SET_ASIDE, who_id=by.pk,
        why=why.strip(), starts_on=on, ends_on=back_on - timedelta(days=1),
    )  # fmt: skip
    record(SET_ASIDE, by=by, children=[child.pk], subject=made, back_on=back_on, on=on)
    return made


@transaction.atomic
def bring_back(*, child: "Child", by: Actor, on: date) -> None:
    """Bring a child that was set aside back to the list at once."""
    policy.can_look_into(by).require()
    now = _now(child, Attention.What.SET_ASIDE, on)
    if now is None:
        raise Faulty(("child", "This child is not set aside."))
    _stop(now, by, on)
    record(BROUGHT_BACK, by=by, children=[child.pk], subject=now, on=on)


def _require_no_case(child: "Child") -> None:
    hold(child.pk)  # the second of two who take a child at once sees the first
    if Case.objects.filter(child=child, closed_on=None).exists():
        raise Faulty(("child", f"{child} has an open case now: work on that."))


def _now(child: "Child", what: Attention.What, on: date) -> Attention | None:
    found: Attention | None = (
        Attention.objects.on(on).filter(child=child, what=what).select_related("who").first()
    )
    return found


def _stop(held: Attention, by: Actor, on: date) -> None:
    """End what holds on the day before; what began on the day itself is not believed any more."""
    if held.starts_on == on:
        facts.supersede(held, by=by, replace=False)
    else:
        facts.end(held, on=on - timedelta(days=1), by=by)
