"""School places: in-year applications and fair access."""

from onroll.statute.commencement import ADMISSIONS_CODE_2021
from onroll.statute.counting import Reading, Unit
from onroll.statute.duty import Duty, Limit
from onroll.statute.sources import Confidence

PLACES = (
    Duty(
        id="INYEAR_OUTCOME",
        title="Tell the parent in writing the outcome of the in-year application",
        started_by="in_year.applied_on",
        stopped_by=("in_year.outcome_on", "place.allocated_on"),
        limit=Limit(15, Unit.SCHOOL_DAY),
        who="admission authority",
        cites="School Admissions Code 2021, in-year admissions",
        confidence=Confidence.SECONDARY,
        since=ADMISSIONS_CODE_2021,
    ),
    Duty(
        id="INYEAR_AIM",
        title="Aim to have told the parent the outcome of the in-year application",
        is_deadline=False,
        started_by="in_year.applied_on",
        stopped_by=("in_year.outcome_on", "place.allocated_on"),
        limit=Limit(10, Unit.SCHOOL_DAY),
        who="admission authority",
        cites="School Admissions Code 2021, in-year admissions",
        confidence=Confidence.SECONDARY,
        since=ADMISSIONS_CODE_2021,
        note="An aim, not a limit.",
    ),
    Duty(
        id="FAP_ALLOC",
        title="Allocate a school place under the fair access protocol",
        started_by="fair_access.agreed_on",
        stopped_by=("place.allocated_on",),
        limit=Limit(20, Unit.SCHOOL_DAY),
        who="authority and fair access panel",
        cites="School Admissions Code 2021, fair access protocols",
        confidence=Confidence.SECONDARY,
        since=ADMISSIONS_CODE_2021,
    ),
    Duty(
        id="FAP_OUT",
        title="Four weeks out of education are complete: a ground for fair access",
        is_deadline=False,
        started_by="out_of_education.from",
        limit=Limit(28, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="authority",
        cites="School Admissions Code 2021 para 3.17(l)",
        confidence=Confidence.DERIVED,
        since=ADMISSIONS_CODE_2021,
        note=(
            "Where no place is to be had at a reasonable distance, and none that was suitable has "
            "been declined. The first day out is taken for day 1."
        ),
    ),
    Duty(
        id="FAP_CINCP",
        title="Last day on which the plan that ended is a ground for fair access",
        is_deadline=False,
        started_by="child_plan.ended_on",
        limit=Limit(12, Unit.MONTH),
        who="authority",
        cites="School Admissions Code 2021 para 3.17(a)",
        confidence=Confidence.SECONDARY,
        since=ADMISSIONS_CODE_2021,
        note="A child in need plan or a child protection plan, ended within twelve months.",
    ),
)
