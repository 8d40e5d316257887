"""The record behind a new case, from what the referral said."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from onroll.office.cme import queries
from onroll.office.cme.models import Absence, Enquiry, Episode, Ground, MissingEducation
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import state

if TYPE_CHECKING:
    from onroll.office.casework.models import Case, Referral

BEGUN = verb("cme.begun", "began the record of missing education", "identified_by", "missing_from")

STARTING_REASONS = {
    queries.Departure.AREA: "believed_moved_to_authority",
    queries.Departure.COUNTRY: "believed_moved_to_country",
}

# How a referral words what an enquiry brought, and how the ledger does.
TOLD = {
    "nothing": Enquiry.Result.NOT_KNOWN,
    "no_answer": Enquiry.Result.NO_ANSWER,
    "lead": Enquiry.Result.LEAD,
    "located": Enquiry.Result.LOCATED,
}
FOUND = (Enquiry.Result.LEAD, Enquiry.Result.LOCATED)


def begin(*, case: "Case", referral: "Referral | None", by: Actor, on: date) -> None:
    """Make the record of a new case, from what the referral said."""
    values: dict[str, object] = {
        "identified_on": case.notified_on,
        "identified_by": _identified_by(case, referral),
    }
    episode: dict[str, Any] = {"starts_on": case.notified_on}
    if referral is not None:
        values |= _sheet(referral)
        episode |= _missed(referral, case)
    begun = MissingEducation.objects.create(case=case, **values)
    for ground, first in _away(referral, case).items():
        state(Absence, by=by, case=case, ground=ground, starts_on=first)
    since = state(Episode, by=by, case=case, **episode).starts_on
    record(
        BEGUN, by=by, subject=case, children=[case.child_id], identified_by=begun.identified_by,
        missing_from=since,
    )  # fmt: skip
    if referral is not None:
        _school_enquiries(case, referral, by=by)


def _identified_by(case: "Case", referral: "Referral | None") -> str:
    how = MissingEducation.Identified
    if referral is None:
        return how.MIGRATED if case.origin else how.CASEWORK
    return {
        queries.Route.AUTHORITY: how.OTHER_AUTHORITY,
        queries.Route.PROGRAM: how.LINKAGE,
    }.get(queries.Route(referral.route), how.REFERRAL)


def _sheet(referral: "Referral") -> dict[str, object]:
    return {"last_school": referral.school, "last_attended_on": referral.last_attended_on}


def _away(referral: "Referral | None", case: "Case") -> dict[Ground, date]:
    """Return the absence from which a deletion clock of regulation 9(1)(h) or (i) runs.

    Still on a roll, the child is not missing in law until the name is deleted.
    """
    next_day = _next_day(referral, case) if referral is not None else None
    if referral is None or next_day is None or referral.on_roll_now != "yes":
        return {}
    is_leave = referral.departure == queries.Departure.TEMPORARY
    if is_leave and referral.return_expected_on:
        return {Ground.H: referral.return_expected_on}
    return {Ground.I: next_day}


def _missed(referral: "Referral", case: "Case") -> dict[str, Any]:
    values: dict[str, Any] = {}
    if referral.new_to_country:
        values["reason"] = "moved_in_from_country"
    elif reason := STARTING_REASONS.get(queries.Departure(referral.departure)):
        values["reason"] = reason
    next_day = _next_day(referral, case)
    if next_day is not None and referral.on_roll_now != "yes":
        values["starts_on"] = next_day
    return values


def _next_day(referral: "Referral", case: "Case") -> date | None:
    """Return the day after the last attendance, where that was before we were told."""
    last = referral.last_attended_on
    return last + timedelta(days=1) if last is not None and last < case.notified_on else None


def _school_enquiries(case: "Case", referral: "Referral", *, by: Actor) -> None:
    """Enter in the ledger the enquiries that the referrer said were made."""
    known = {template.key: template for template in queries.templates()}
    for told in referral.enquiries_made:
        template = known.get(told["enquiry"])
        if template is None:
            continue
        result = TOLD.get(told["result"], Enquiry.Result.NOT_KNOWN)
        Enquiry.objects.create(
            case=case, template=template, asked_of=template.asked_of, made_by_school=True,
            asked_on=referral.received_on, asked_by_id=by.pk, answered_on=referral.received_on,
            answered_by_id=by.pk, result=result, account="As told in the referral.",
            # What the referrer was told is hearsay until somebody else confirms it.
            strength=Enquiry.Strength.HEARSAY if result in FOUND else Enquiry.Strength.NONE,
        )  # fmt: skip
