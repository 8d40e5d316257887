"""School attendance orders under the law in force, and education supervision orders."""

from onroll.statute.commencement import EDUCATION_ACT_1996
from onroll.statute.counting import Reading, Unit
from onroll.statute.duty import Duty, Limit
from onroll.statute.sources import Confidence

_SINCE_1996 = "That the section began on 1 November 1996 is known from practice only."
_FIRST_DAY = "That the day of the order is the first of them is known from practice only."

ORDERS = (
    Duty(
        id="SAO_NOTICE",
        title="Last day of the least time a parent has to satisfy the authority",
        is_deadline=False,
        started_by="sao_notice.served_on",
        stopped_by=("sao_notice.answered_on",),
        limit=Limit(15, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="parent",
        cites="Education Act 1996 s.437(1)-(2)",
        confidence=Confidence.VERIFIED,
        since=EDUCATION_ACT_1996,
        note=f"The notice may allow longer, never less. {_SINCE_1996}",
    ),
    Duty(
        id="SAO_CHOICE",
        title="Last day on which a parent may choose a school or apply for another",
        is_deadline=False,
        started_by="sao_choice.served_on",
        stopped_by=("sao_choice.answered_on",),
        limit=Limit(15, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="parent",
        cites="Education Act 1996 s.438(2)-(3)",
        confidence=Confidence.VERIFIED,
        since=EDUCATION_ACT_1996,
        note=f"Not for a child with an education, health and care plan. {_SINCE_1996}",
    ),
    Duty(
        id="SAO_SCHOOL_OBJ",
        title="Last day on which a school or its authority may ask for a direction",
        is_deadline=False,
        started_by="sao_school_notice.received_on",
        limit=Limit(15, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="school or authority",
        cites="Education Act 1996 s.439(6)-(7)",
        confidence=Confidence.VERIFIED,
        since=EDUCATION_ACT_1996,
        note=_SINCE_1996,
    ),
    Duty(
        id="ESO_LENGTH",
        title="Last day of an education supervision order, unless it is extended",
        is_deadline=False,
        started_by="supervision_order.made_on",
        limit=Limit(12, Unit.MONTH, Reading.BEGINNING_WITH),
        who="authority",
        cites="Children Act 1989 Sch 3 Part III, as explained by an authority's procedures",
        confidence=Confidence.SECONDARY,
        note=f"Up to one year. {_FIRST_DAY}",
    ),
    Duty(
        id="ESO_EXT",
        title="Last day to which one extension of an education supervision order may run",
        is_deadline=False,
        started_by="supervision_order.extended_from",
        limit=Limit(36, Unit.MONTH, Reading.BEGINNING_WITH),
        who="authority",
        cites="Children Act 1989 Sch 3 Part III, as explained by an authority's procedures",
        confidence=Confidence.SECONDARY,
        note="Up to three years, and not beyond compulsory school age.",
    ),
    Duty(
        id="ESO_REASONS",
        title="Tell the court why no education supervision order is applied for",
        started_by="supervision_order.direction_given_on",
        stopped_by=("supervision_order.reasons_given_on",),
        limit=Limit(56, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="authority",
        cites="Education Act 1996 s.447(4)",
        confidence=Confidence.DERIVED,
        since=EDUCATION_ACT_1996,
        note=(
            "Eight weeks, unless the court says otherwise. That the day of the direction is the "
            f"first of them is known from practice only. {_SINCE_1996}"
        ),
    ),
)
