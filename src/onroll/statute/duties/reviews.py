"""Independent review panels."""

from dataclasses import replace

from onroll.statute.commencement import EXCLUSIONS_2012
from onroll.statute.counting import Reading, Unit
from onroll.statute.duty import Duty, Limit
from onroll.statute.sources import Confidence

_APPLY = Duty(
    id="IRP_APPLY",
    title="Last day on which a parent may apply for an independent review",
    is_deadline=False,
    started_by="board.decision_given_on",
    stopped_by=("review.applied_on",),
    limit=Limit(15, Unit.SCHOOL_DAY),
    who="parent",
    cites="SI 2012/1033 Sch 1 para 2",
    confidence=Confidence.VERIFIED,
    since=EXCLUSIONS_2012,
    note="Begins again when an Equality Act claim is finally decided.",
)

REVIEWS = (
    _APPLY,
    replace(
        _APPLY,
        title="Last day to apply for a review after a claim under the Equality Act",
        started_by="equality_claim.decided_on",
        note="The time begins again when the claim is finally decided.",
    ),
    Duty(
        id="IRP_HEAR",
        title="Hold the review hearing",
        started_by="review.applied_on",
        stopped_by=("review.held_on",),
        limit=Limit(15, Unit.SCHOOL_DAY),
        who="authority or academy trust",
        cites="SI 2012/1033 Sch 1 paras 1, 10",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="An adjournment may run past the limit.",
    ),
    Duty(
        id="IRP_PAPERS",
        title="Send the papers to the parties",
        started_by="review.hearing_on",
        stopped_by=("review.papers_sent_on",),
        limit=Limit(5, Unit.SCHOOL_DAY, Reading.BEFORE),
        who="clerk",
        cites="SI 2012/1033 Sch 1 para 4(3)",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
    ),
    Duty(
        id="IRP_TRAIN",
        title="Last day on which the training of a panel member or clerk is recent enough",
        is_deadline=False,
        started_by="panel_member.trained_on",
        limit=Limit(2 * 12, Unit.MONTH),
        who="authority or academy trust",
        cites="SI 2012/1033 Sch 1 para 5",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="Trained within the two years before the hearing.",
    ),
    Duty(
        id="IRP_DECISION",
        title="Give notice of the panel's decision",
        started_by="review.concluded_on",
        stopped_by=("review.decision_given_on",),
        limit_says="without delay",
        who="review panel",
        cites="SI 2012/1033 Sch 1 para 19",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="The Regulations name no number of days for the notice.",
    ),
    Duty(
        id="IRP_RECONSIDER",
        title="Meet again to reconsider the exclusion",
        started_by="review.decision_given_on",
        stopped_by=("board.met_on",),
        limit=Limit(10, Unit.SCHOOL_DAY),
        who="governing board",
        cites="SI 2012/1033 regs 8(1), 26(1)",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
    ),
)
