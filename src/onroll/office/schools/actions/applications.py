"""The road onto a roll: in-year applications, and places offered and answered."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people.actions.changes import facts_changed
from onroll.office.people.actions.keeping import explain, restated, stated
from onroll.office.schools import policy
from onroll.office.schools.actions.roll import enrol
from onroll.office.schools.models import Enrolment, InYearApplication, Offer, School
from onroll.office.schools.queries.roll import placed_facts

if TYPE_CHECKING:
    from onroll.office.people.models import Child

APPLIED = verb("places.applied", "recorded an in-year application of {on}", "on", "preference")
TOLD = verb(
    "places.outcome_told", "recorded the outcome of an application: {outcome}", "outcome", "on"
)
OFFERED = verb("places.offered", "recorded the offer of a place on {on}", "on")
ANSWERED = verb("places.answered", "recorded the answer to an offer: {answer}", "answer", "on")

OVERLAPS = "Another application for it holds on some of these days: record its outcome first."
explain("one_application_for_a_school_at_a_time", "school", OVERLAPS)
explain("one_application_without_a_school_at_a_time", "school", OVERLAPS)
explain(
    "one_offer_of_a_school_at_a_time",
    "school",
    "Another offer of a place there holds on some of these days: record its answer first.",
)


def record_application(
    *,
    child: "Child",
    school: School | None,
    applied_on: date,
    by: Actor,
    preference: int = 1,
    source: str = "",
) -> InYearApplication:
    """Record that a parent applied for a place in the year; it holds until the outcome is told."""
    policy.can_change_roll(by).require()
    _not_before_birth(child, applied_on, "applied_on")
    open_for_it = [
        a
        for a in placed_facts(InYearApplication, child.pk, by=None, on=applied_on)
        if a.school_id == (school.pk if school else None)
    ]
    if open_for_it:
        made_on, told_on = open_for_it[0].starts_on, open_for_it[0].outcome_told_on
        so_far = f"was answered on {_day(told_on)}" if told_on else "is still open"
        raise Faulty(("school", f"An application of {_day(made_on)} for it {so_far}."))
    with transaction.atomic():
        application = stated(
            InYearApplication,
            by,
            child=child,
            school=school,
            starts_on=applied_on,
            preference=preference,
            source=source,
        )
        record(
            APPLIED,
            by=by,
            subject=application,
            children=[child.pk],
            on=applied_on,
            preference=preference,
        )
        facts_changed([child.pk])
    return application


def tell_outcome(
    *, application: InYearApplication, outcome: str, on: date, by: Actor
) -> InYearApplication:
    """Record what a parent was told about an application, which ends with it."""
    policy.can_change_roll(by).require()
    if outcome not in InYearApplication.Outcome.values:
        raise Faulty(("outcome", "Select the outcome."))
    if on < application.starts_on:
        raise Faulty(("on", f"The application was made on {_day(application.starts_on)}."))
    if application.outcome:
        raise Faulty(("outcome", f"The outcome was told already: {application.outcome}."))
    with transaction.atomic():
        told = restated(application, by, outcome=outcome, outcome_told_on=on, ends_on=on)
        assert told is not None
        record(TOLD, by=by, subject=told, children=[told.child_id], outcome=outcome, on=on)
        facts_changed([told.child_id])
    return told


def record_offer(
    *,
    child: "Child",
    school: School,
    offered_on: date,
    by: Actor,
    expected_start_on: date | None = None,
    source: str = "",
) -> Offer:
    """Record that a place is offered; it holds until it is taken up, declined or withdrawn."""
    policy.can_change_roll(by).require()
    _not_before_birth(child, offered_on, "offered_on")
    if expected_start_on is not None and expected_start_on < offered_on:
        raise Faulty(("expected_start_on", "The start cannot be before the offer."))
    for offer in placed_facts(Offer, child.pk, by=None):
        if offer.school_id == school.pk and (offer.ends_on is None or offer.ends_on >= offered_on):
            raise Faulty(
                ("school", f"A place there was offered on {_day(offer.starts_on)} and is open.")
            )
    with transaction.atomic():
        offer = stated(
            Offer,
            by,
            child=child,
            school=school,
            starts_on=offered_on,
            expected_start_on=expected_start_on,
            source=source,
        )
        for application in placed_facts(InYearApplication, child.pk, by=None, on=offered_on):
            if application.school_id == school.pk and not application.outcome:
                tell_outcome(
                    application=application,
                    outcome=InYearApplication.Outcome.OFFERED,
                    on=offered_on,
                    by=by,
                )
        record(OFFERED, by=by, subject=offer, children=[child.pk], on=offered_on)
        facts_changed([child.pk])
    return offer


def answer_offer(
    *,
    offer: Offer,
    answer: str,
    on: date,
    by: Actor,
    starts_on: date | None = None,
) -> Offer:
    """Record the answer to an offer.

    Declined and withdrawn end it. Accepted, it holds until the child starts, and the place is
    expected from `starts_on`, else from the start that the offer named.
    """
    policy.can_change_roll(by).require()
    if answer not in Offer.Answer.values:
        raise Faulty(("answer", "Select the answer."))
    if offer.ends_on is not None:
        raise Faulty(("answer", "This offer has ended."))
    if on < offer.starts_on:
        raise Faulty(("on", f"The place was offered on {_day(offer.starts_on)}."))
    is_accepted = answer == Offer.Answer.ACCEPTED
    expected = starts_on or offer.expected_start_on
    if is_accepted and expected is None:
        raise Faulty(("starts_on", "Enter the day on which the child is expected to start."))
    with transaction.atomic():
        answered = restated(
            offer,
            by,
            answer=answer,
            answered_on=on,
            expected_start_on=expected,
            ends_on=None if is_accepted else on,
        )
        assert answered is not None
        if is_accepted and expected is not None and not _has_entry(offer, expected):
            enrol(
                child=offer.child,
                school=offer.school,
                starts_on=expected,
                is_expected=True,
                on=on,
                by=by,
                source="Offer accepted",
            )
        record(ANSWERED, by=by, subject=answered, children=[offer.child_id], answer=answer, on=on)
        facts_changed([offer.child_id])
    return answered


def _has_entry(offer: Offer, on: date) -> bool:
    entries = placed_facts(Enrolment, offer.child_id, by=None, on=on)
    return any(entry.school_id == offer.school_id for entry in entries)


def _not_before_birth(child: "Child", on: date, field: str) -> None:
    if child.born_on is not None and on < child.born_on:
        raise Faulty((field, f"The child was born on {_day(child.born_on)}."))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
