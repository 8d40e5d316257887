"""Recording, correcting and ending education otherwise, plans and part-time timetables."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import Fact
from onroll.office.people.actions.changes import facts_changed
from onroll.office.people.actions.keeping import restated, stated
from onroll.office.provision import policy
from onroll.office.provision.actions.judgements import (
    faults_of_judged_days,
    follow,
    withdrawn,
)
from onroll.office.provision.models import HomeEducation, PartTimeTimetable, Plan, Provision
from onroll.office.provision.queries import REASONS, judgements_of
from onroll.office.schools.queries import placed_facts
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.people.models import Child
    from onroll.office.schools.models import School

RECORDED = verb("provision.recorded", "recorded {what} from {starts_on}", "what", "starts_on")
CORRECTED = verb("provision.corrected", "corrected {what} ({changed})", "what", "changed")
WITHDRAWN = verb("provision.withdrawn", "withdrew, as recorded in error: {what}", "what")
ENDED = verb("provision.ended", "ended {what} on {on}", "what", "on")

WORDS: Mapping[type[Fact], str] = {
    HomeEducation: "home education",
    Provision: "education otherwise than at school",
    Plan: "an EHC plan",
    PartTimeTimetable: "a part-time timetable",
}
MOST_HOURS = Decimal(50)
F_ = TypeVar("F_", bound=Fact)


def record_home_education(
    *,
    child: "Child",
    starts_on: date,
    by: Actor,
    suitability: str = HomeEducation.Suitability.NOT_ASSESSED,
    reason: str = "",
    came_to_know: str = "",
    previous_setting: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> HomeEducation:
    """Record that a parent educates the child at home."""
    return _record(
        HomeEducation,
        by=by,
        child=child,
        starts_on=starts_on,
        ends_on=ends_on,
        suitability=suitability,
        reason=reason,
        came_to_know=came_to_know,
        previous_setting=previous_setting,
        source=source,
    )


def record_provision(
    *,
    child: "Child",
    what: str,
    starts_on: date,
    by: Actor,
    provider: str = "",
    school: "School | None" = None,
    is_suitable: bool = True,
    is_interim: bool = False,
    hours_a_week: Decimal | None = None,
    arranged_by: str = "",
    review_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> Provision:
    """Record education arranged otherwise: alternative, hospital, tuition, section 19, EOTAS."""
    return _record(
        Provision,
        by=by,
        child=child,
        what=what,
        starts_on=starts_on,
        ends_on=ends_on,
        provider=provider or (school.name if school else ""),
        school=school,
        is_suitable=is_suitable,
        is_interim=is_interim,
        hours_a_week=hours_a_week,
        arranged_by=arranged_by,
        review_on=review_on,
        source=source,
    )


def record_plan(
    *,
    child: "Child",
    starts_on: date,
    by: Actor,
    primary_need: str = "",
    named_school: "School | None" = None,
    awaiting_place: bool = False,
    coordinator: str = "",
    next_review_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> Plan:
    """Record an education, health and care plan."""
    return _record(
        Plan,
        by=by,
        child=child,
        starts_on=starts_on,
        ends_on=ends_on,
        primary_need=primary_need,
        named_school=named_school,
        awaiting_place=awaiting_place,
        coordinator=coordinator,
        next_review_on=next_review_on,
        source=source,
    )


def record_part_time(
    *,
    child: "Child",
    school: "School",
    hours_a_week: Decimal,
    starts_on: date,
    by: Actor,
    reason: str = "",
    parent_agreed_on: date | None = None,
    review_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> PartTimeTimetable:
    """Record fewer hours agreed between school and parent for a time (SI 2024/208, reg 11(6))."""
    return _record(
        PartTimeTimetable,
        by=by,
        child=child,
        school=school,
        hours_a_week=hours_a_week,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        parent_agreed_on=parent_agreed_on,
        review_on=review_on,
        source=source,
    )


def correct(*, fact: F_, by: Actor, **changes: Any) -> F_:
    """Replace what was recorded; the former version stays known. Raises Stale."""
    policy.can_record(by).require()
    values = {f.name: getattr(fact, f.attname) for f in fact._meta.concrete_fields}
    child = fact.child  # type: ignore[attr-defined]
    _refuse_faults(type(fact), child, {**values, **changes}, but=fact.pk)
    if isinstance(fact, HomeEducation | Provision):
        days = {"starts_on": fact.starts_on, "ends_on": fact.ends_on, **changes}
        if faults := faults_of_judged_days(fact, days["starts_on"], days["ends_on"]):
            raise Faulty(*faults)
    with transaction.atomic():
        # By column: what a row is copied from holds the keys of other rows, not the rows.
        columns = {fact._meta.get_field(name).attname: _key(v) for name, v in changes.items()}  # type: ignore[union-attr]
        if isinstance(fact, HomeEducation | Provision):
            follow(fact, columns, by=by)
        corrected = restated(fact, by, **columns)
        assert corrected is not None
        record(
            CORRECTED,
            by=by,
            subject=corrected,
            children=[child.pk],
            what=WORDS[type(fact)],
            changed=sorted(changes),
        )
        facts_changed([child.pk])
    return corrected


def end(*, fact: F_, on: date, by: Actor) -> F_:
    """Record that it held until that day, the day included. Raises Stale."""
    policy.can_record(by).require()
    if on < fact.starts_on:
        raise Faulty(("on", f"It began on {written(fact.starts_on)}: enter a later date."))
    if fact.ends_on is not None:
        raise Faulty(("on", f"It ended on {written(fact.ends_on)} already."))
    if isinstance(fact, HomeEducation | Provision):
        for _, says in faults_of_judged_days(fact, fact.starts_on, on):
            raise Faulty(("on", says))
    with transaction.atomic():
        ended = restated(fact, by, ends_on=on)
        assert ended is not None
        children = [fact.child_id]  # type: ignore[attr-defined]
        record(ENDED, by=by, subject=ended, children=children, what=WORDS[type(fact)], on=on)
        facts_changed(children)
    return ended


def withdraw(*, fact: Fact, by: Actor) -> None:
    """Stop believing something that was recorded in error, and what was judged of it."""
    policy.can_record(by).require()
    with transaction.atomic():
        if isinstance(fact, HomeEducation | Provision):
            withdrawn(judgements_of(fact, by=None), by=by)
        restated(fact, by, is_replaced=False)
        children = [fact.child_id]  # type: ignore[attr-defined]
        record(WITHDRAWN, by=by, subject=fact, children=children, what=WORDS[type(fact)])
        facts_changed(children)


def _record(model: type[F_], *, by: Actor, child: "Child", **values: Any) -> F_:
    policy.can_record(by).require()
    with transaction.atomic():
        _refuse_faults(model, child, values)
        fact = stated(model, by, child=child, **values)
        record(
            RECORDED,
            by=by,
            subject=fact,
            children=[child.pk],
            what=WORDS[model],
            starts_on=values["starts_on"],
        )
        facts_changed([child.pk])
    return fact


def _refuse_faults(
    model: type[Fact], child: "Child", values: Mapping[str, Any], *, but: int | None = None
) -> None:
    faults = [*_faults_of_dates(child, values), *_faults_of_values(model, values)]
    if not faults:
        faults += _faults_of_overlap(model, child, values, but)
    if faults:
        raise Faulty(*faults)


def _faults_of_dates(child: "Child", values: Mapping[str, Any]) -> list[tuple[str, str]]:
    starts_on, ends_on = values["starts_on"], values.get("ends_on")
    faults = []
    if child.born_on is not None and starts_on < child.born_on:
        faults.append(("starts_on", f"The child was born on {written(child.born_on)}."))
    if child.died_on is not None and starts_on > child.died_on:
        faults.append(("starts_on", f"The child died on {written(child.died_on)}."))
    if ends_on is not None and ends_on < starts_on:
        faults.append(("ends_on", f"The last day is before the first, {written(starts_on)}."))
    for field in ("review_on", "next_review_on"):
        if (day := values.get(field)) is not None and day < starts_on:
            faults.append((field, "The review cannot be before it begins."))
    return faults


def _faults_of_values(model: type[Fact], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    faults = []
    if model is Provision and values["what"] not in Provision.What.values:
        faults.append(("what", "Select what is provided."))
    if model is HomeEducation:
        if values["suitability"] not in HomeEducation.Suitability.values:
            faults.append(("suitability", "Select whether it is suitable."))
        if values["reason"] and values["reason"] not in dict(REASONS):
            faults.append(("reason", "Select one of the national reasons."))
    hours = values.get("hours_a_week")
    if hours is not None and not 0 < hours <= MOST_HOURS:
        faults.append(("hours_a_week", "Enter the hours in a week, above 0 and up to 50."))
    if model is PartTimeTimetable and hours is None:
        faults.append(("hours_a_week", "Enter how many hours a week the child attends."))
    return faults


_KEYS: Mapping[type[Fact], tuple[str, ...]] = {
    HomeEducation: (),
    Provision: ("what", "provider"),
    Plan: (),
    PartTimeTimetable: ("school",),
}


def _faults_of_overlap(
    model: type[Fact], child: "Child", values: Mapping[str, Any], but: int | None
) -> list[tuple[str, str]]:
    starts_on, ends_on = values["starts_on"], values.get("ends_on")
    for row in placed_facts(model, child.pk, by=None):
        is_same = all(_key(getattr(row, k)) == _key(values[k]) for k in _KEYS[model])
        is_apart = (ends_on is not None and ends_on < row.starts_on) or (
            row.ends_on is not None and row.ends_on < starts_on
        )
        if row.pk != but and is_same and not is_apart:
            until = f"to {written(row.ends_on)}" if row.ends_on else "and holds still"
            return [
                (
                    "starts_on",
                    f"The same is recorded from {written(row.starts_on)} {until}. End or correct "
                    "that first.",
                )
            ]
    return []


def _key(value: Any) -> Any:
    return getattr(value, "pk", value)
