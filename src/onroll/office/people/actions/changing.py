"""Correcting, withdrawing and ending facts. What was believed before stays readable."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, Faulty
from onroll.office.kernel.facts import Fact
from onroll.office.people import policy
from onroll.office.people.actions.derived import refreshed
from onroll.office.people.actions.facts import (
    WORDS,
    check_place,
    checked_identifier,
    placed,
    refuse_before_birth,
)
from onroll.office.people.actions.keeping import restated, stated
from onroll.office.people.actions.particulars import faults_of_year_taught, last_day_of_year
from onroll.office.people.models import (
    CarerAddress,
    Child,
    ChildAddress,
    Flag,
    Identifier,
    Whereabouts,
    Withdrawal,
    YearTaught,
)
from onroll.office.people.models.flags import flag_kind

CORRECTED = verb("children.fact_corrected", "corrected: {what}", "what")
WITHDRAWN = verb("children.fact_withdrawn", "withdrew, as recorded in error: {what}", "what")
ENDED = verb("children.fact_ended", "ended: {what} on {ends_on}", "what", "ends_on")

F_ = TypeVar("F_", bound=Fact)


def _may_change(fact: Fact, by: Actor) -> Decision:
    return (
        policy.can_flag(by, flag_kind(fact.flag)) if isinstance(fact, Flag) else policy.can_edit(by)
    )


@transaction.atomic
def correct(*, fact: F_, child: Child, because: str, by: Actor, on: date, **changes: Any) -> F_:
    """Stop believing a fact and record it as it was, with the reason. Both stay readable."""
    _may_change(fact, by).require()
    if not because.strip():
        raise Faulty(("because", "Say why it is corrected."))
    if isinstance(fact, Identifier) and "value" in changes:
        checked = checked_identifier(changes.get("scheme", fact.scheme), changes["value"])
        if checked.errors:
            raise Faulty(*(("value", says) for says in checked.errors))
        changes["value"] = checked.value
    if isinstance(fact, Flag) and "flag" in changes:
        policy.can_flag(by, flag_kind(changes["flag"])).require()
    if isinstance(fact, ChildAddress | CarerAddress):
        parts = ("line_1", "line_2", "town", "postcode")
        changes |= placed(*(changes.get(part, getattr(fact, part)) for part in parts))
    check_place(
        **{
            name: changes[name]
            for name in ("la_code", "country")
            if name in changes and changes[name] != getattr(fact, name)
        }
    )
    if isinstance(fact, YearTaught):
        starts_on = changes.get("starts_on", fact.starts_on)
        ends_on = changes.get("ends_on", fact.ends_on) or last_day_of_year(starts_on)
        if faults := faults_of_year_taught(starts_on, ends_on):
            raise Faulty(*faults)
        changes["ends_on"] = ends_on
    if isinstance(fact, ChildAddress | Flag | Whereabouts) and "starts_on" in changes:
        refuse_before_birth(child, changes["starts_on"])
    corrected = restated(fact, by, **{**changes, "source": because.strip()})
    assert corrected is not None
    what = WORDS[fact._meta.label]
    record(CORRECTED, by=by, children=[child.pk], subject=corrected, what=what)
    refreshed(corrected, child.pk, on)
    return corrected


@transaction.atomic
def withdraw(*, fact: Fact, child: Child, because: str, by: Actor, on: date) -> None:
    """Stop believing a fact that was recorded in error. It stays in the history with the reason."""
    _may_change(fact, by).require()
    if not because.strip():
        raise Faulty(("because", "Say why it is withdrawn."))
    restated(fact, by, is_replaced=False)
    stated(
        Withdrawal,
        by,
        child=child,
        table=fact._meta.label,
        row=fact.pk,
        because=because.strip(),
        starts_on=on,
    )
    what = WORDS[fact._meta.label]
    record(WITHDRAWN, by=by, children=[child.pk], subject=fact, what=what)
    refreshed(fact, child.pk, on)


@transaction.atomic
def end_fact(*, fact: F_, child: Child, ends_on: date, by: Actor, on: date, source: str = "") -> F_:
    """Record that a fact held until that day, the day included."""
    _may_change(fact, by).require()
    changes: dict[str, Any] = {"ends_on": ends_on}
    if source:
        changes["source"] = source
    ended = restated(fact, by, **changes)
    assert ended is not None
    what = WORDS[fact._meta.label]
    record(ENDED, by=by, children=[child.pk], subject=ended, what=what, ends_on=ends_on)
    refreshed(ended, child.pk, on)
    return ended


def end_flag(*, child: Child, flag: str, ends_on: date, by: Actor, on: date) -> Flag:
    """End a flag that is raised today. Raises Faulty when it is not."""
    raised = Flag.objects.as_known().filter(child=child, flag=flag, ends_on__isnull=True).first()
    if raised is None:
        raise Faulty(("flag", "This flag is not raised."))
    ended: Flag = end_fact(fact=raised, child=child, ends_on=ends_on, by=by, on=on)
    return ended
