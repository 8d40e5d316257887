"""Every key of a fact, what it means in words, and how its value is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How the value of a fact is written."""

    DATES = "a date, or a list of dates"
    DAYS = "a number of days, or a list of them"
    MARKS = "a list of [date, morning code, afternoon code]"
    SUSPENSIONS = 'a list of {"first_day", "last_day", "half_days"}'
    PENALTY_NOTICES = 'a list of {"issued_on", "offence_from", "withdrawn", "acquitted"}'


@dataclass(frozen=True, slots=True)
class FactKey:
    """The name of a fact, what it is in words, and the shape of its value."""

    key: str
    title: str
    shape: Shape = Shape.DATES

    @classmethod
    def of_pack(cls, key: str) -> "FactKey":
        """The fact that a pack's own duty uses: a date, named as its key reads."""
        return cls(key, key.replace(".", " ").replace("_", " "))


def fact(key: str) -> FactKey:
    """The fact of a key, whether of this table or of a pack."""
    return FACT_KEYS.get(key) or FactKey.of_pack(key)


_STARTS = (
    FactKey("permanent_exclusion.on", "the day of a permanent exclusion"),
    FactKey("suspension.first_day", "the first school day of a suspension"),
    FactKey("suspension.school_days", "how many school days a suspension lasts", Shape.DAYS),
    FactKey("board.told_on", "the day on which the governing board was told"),
    FactKey("board.decision_given_on", "the day on which the board's decision was given"),
    FactKey("review.applied_on", "the day on which a review was applied for"),
    FactKey("review.hearing_on", "the day of the review hearing"),
    FactKey("review.decision_given_on", "the day on which the panel's decision was given"),
    FactKey("roll.entered_on", "the day on which a name was entered in the admission register"),
    FactKey("roll.deleted_on", "the day on which a name was deleted from the admission register"),
    FactKey("roll.left_on", "the day on which a pupil ceased to be registered"),
    FactKey("absence.codes", "the marks of days of absence", Shape.MARKS),
    FactKey(
        "absence.supposed_from", "the first day of an absence that is supposed to be unexplained"
    ),
    FactKey("suspensions", "every suspension of the school year", Shape.SUSPENSIONS),
    FactKey(
        "penalty_notices",
        "penalty notices issued to one parent for one child",
        Shape.PENALTY_NOTICES,
    ),
    FactKey("leave.ended_on", "the last day of a leave of absence"),
    FactKey("sao_notice.served_on", "the day on which a notice to satisfy was served"),
    FactKey("sao_choice.served_on", "the day on which a notice naming a school was served"),
    FactKey("sao_school_notice.received_on", "the day on which a school received notice"),
    FactKey("penalty_notice.received_on", "the day on which a penalty notice was received"),
    FactKey("notice_to_improve.started_on", "the first day of a notice to improve"),
    FactKey("in_year.applied_on", "the day of an in-year application"),
    FactKey("fair_access.agreed_on", "the day on which fair access was agreed to apply"),
    FactKey("health_absence.expected_from", "the first day of an absence for health"),
    FactKey("eotas_budget.started_on", "the first day of a personal budget"),
    FactKey("offsite.starts_on", "the first day of an off-site direction"),
    FactKey("letter.posted_on", "the day on which a first-class letter was posted"),
    FactKey("foi.received_on", "the day on which a freedom of information request came"),
    FactKey("foi.answered_on", "the day on which the requester received the answer"),
    FactKey("sar.received_on", "the day on which a subject access request came"),
    FactKey("child_aware.missing_on", "the day on which a school knew that a child is missing"),
    FactKey("register_entry.made_on", "the day of an entry in one of the registers"),
    FactKey("register.backed_up_on", "the day of a back-up copy of the registers"),
    FactKey("exclusion.decided_on", "the day on which a head teacher decided to exclude"),
    FactKey("exclusion.first_day", "the first day of an exclusion"),
    FactKey("exclusion_provision.starts_on", "the first day of education arranged meanwhile"),
    FactKey("equality_claim.decided_on", "the day on which a discrimination claim was decided"),
    FactKey("review.concluded_on", "the day on which a review hearing ended"),
    FactKey("panel_member.trained_on", "the day on which a panel member or clerk was last trained"),
    FactKey("offsite.reviewed_on", "the day of the last review of an off-site direction"),
    FactKey("school_age.ends_on", "the last day of a child's compulsory school age"),
    FactKey("out_of_education.from", "the first day out of education without a school place"),
    FactKey("child_plan.ended_on", "the last day of a child in need or child protection plan"),
    FactKey("supervision_order.made_on", "the day of an education supervision order"),
    FactKey("supervision_order.extended_from", "the first day of an extension of such an order"),
    FactKey(
        "supervision_order.direction_given_on",
        "the day on which a court directed the authority to apply for such an order",
    ),
    FactKey("referral.received_on", "the day on which the authority received a referral"),
    FactKey("referral.urgent_on", "the day on which the authority received an urgent referral"),
    FactKey("case.opened_on", "the day on which a case was opened"),
)

_STOPS = (
    FactKey("provision.started_on", "the day on which education started"),
    FactKey("board.met_on", "the day on which the governing board met"),
    FactKey("review.held_on", "the day on which the review was held"),
    FactKey("foi.sent_on", "the day on which the answer was sent"),
    FactKey("foi.review_asked_on", "the day on which a review of the answer was asked for"),
    FactKey("sar.sent_on", "the day on which the copy was sent"),
    FactKey("penalty_notice.paid_on", "the day on which a penalty notice was paid"),
    FactKey("return.sent_on", "the day on which a school's return was sent"),
    FactKey("place.allocated_on", "the day on which a school place was allocated"),
    FactKey("in_year.outcome_on", "the day on which the parent was told the outcome in writing"),
    FactKey("transfer_file.sent_on", "the day on which the common transfer file was sent"),
    FactKey("sao_notice.answered_on", "the day on which the parent answered the notice"),
    FactKey("sao_choice.answered_on", "the day on which the parent chose a school"),
    FactKey("exclusion.parent_told_on", "the day on which the parent was told of an exclusion"),
    FactKey("exclusion.authority_told_on", "the day on which the authority was told of it"),
    FactKey(
        "exclusion.social_worker_told_on",
        "the day on which the social worker and the virtual school head were told of it",
    ),
    FactKey("exclusion.notice_given_on", "the day on which the parent had that notice"),
    FactKey(
        "exclusion_provision.details_given_on",
        "the day on which the parent had the details of the education arranged",
    ),
    FactKey("review.papers_sent_on", "the day on which the papers of a review were sent"),
    FactKey("offsite.notice_given_on", "the day on which the parent had notice of a direction"),
    FactKey("supervision_order.reasons_given_on", "the day on which the court had the reasons"),
    FactKey("sar.clarification_asked_on", "the day on which the authority asked what it needs"),
    FactKey("sar.clarification_given_on", "the day on which it was told what it needs"),
    FactKey("sar.extended_on", "the day on which the person was told that it takes longer"),
    FactKey("referral.acknowledged_on", "the day on which a referral was acknowledged"),
    FactKey("case.first_action_on", "the day of the first action on a case"),
    FactKey(
        "joint_enquiry.agreed_on",
        "the day on which school and authority had both made reasonable efforts to find a pupil",
    ),
)

FACT_KEYS: Mapping[str, FactKey] = {fact.key: fact for fact in (*_STARTS, *_STOPS)}
