"""The lines of the law for the oracle: what starts each plain clock, how it counts, what stops it.

Typed in by hand from the law, section by section. A date since which a line is law is given where
the law gives one; LONG_AGO says that none was found. "MAY_PASS" marks days on which nobody is
late: a right that ends, a time that must run, a day from which something follows.
"""

from dataclasses import dataclass
from datetime import date

from tests.statute.oracle_answers import BY_THEN, MAY_PASS

SCHOOL, WORKING, EVERY = "school day", "working day", "calendar day"
AFTER, BEGINNING, BEFORE = "AFTER", "BEGINNING", "BEFORE"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the law: what starts, how it is counted, what stops it."""

    key: str
    id: str
    number: int
    unit: str  # a kind of day, "month", or "none" where the law has no number of days
    reading: str
    since: date
    stops: tuple[str, ...] = ()
    passing: str = BY_THEN


LONG_AGO = date(1900, 1, 1)
ATTENDANCE_2024 = date(2024, 8, 19)
EXCLUSIONS_2012 = date(2012, 9, 1)
DAY_SIX = date(2007, 9, 1)
EVERY_EXCLUSION = date(2022, 9, 1)
ADMISSIONS_2021 = date(2021, 9, 1)

# Law, sections 2 and 3: registers and returns.
REGISTERS = [
    Row("roll.entered_on", "REG_NEW_PUPIL", 5, EVERY, AFTER, ATTENDANCE_2024, ("return.sent_on",)),
    Row("roll.deleted_on", "REG_DELETE_RETURN", 0, "none", AFTER, ATTENDANCE_2024,
        ("return.sent_on",)),
    Row("roll.left_on", "CTF_SEND", 15, SCHOOL, AFTER, LONG_AGO, ("transfer_file.sent_on",)),
    Row("leave.ended_on", "REG_DEL_LEAVE", 10, SCHOOL, AFTER, ATTENDANCE_2024,
        ("joint_enquiry.agreed_on",), MAY_PASS),
    Row("absence.supposed_from", "REG_DEL_SUPPOSED", 20, SCHOOL, BEGINNING, ATTENDANCE_2024,
        ("joint_enquiry.agreed_on",), MAY_PASS),
    Row("register_entry.made_on", "REG_KEEP", 72, "month", AFTER, ATTENDANCE_2024, (), MAY_PASS),
    Row("register.backed_up_on", "REG_BACKUP", 1, "month", AFTER, ATTENDANCE_2024,
        ("register.backed_up_on",)),
]  # fmt: skip

# Law, section 4: notices and orders.
NOTICES = [
    Row("penalty_notice.received_on", "PN_EARLY_PAY", 21, EVERY, BEGINNING, ATTENDANCE_2024,
        ("penalty_notice.paid_on",), MAY_PASS),
    Row("penalty_notice.received_on", "PN_FINAL_PAY", 28, EVERY, BEGINNING, date(2013, 9, 1),
        ("penalty_notice.paid_on",)),
    Row("notice_to_improve.started_on", "NTI_MIN", 21, EVERY, BEGINNING, ATTENDANCE_2024, (),
        MAY_PASS),
    Row("notice_to_improve.started_on", "NTI_MAX", 42, EVERY, BEGINNING, ATTENDANCE_2024, (),
        MAY_PASS),
    Row("sao_notice.served_on", "SAO_NOTICE", 15, EVERY, BEGINNING, date(1996, 11, 1),
        ("sao_notice.answered_on",), MAY_PASS),
    Row("sao_choice.served_on", "SAO_CHOICE", 15, EVERY, BEGINNING, date(1996, 11, 1),
        ("sao_choice.answered_on",), MAY_PASS),
    Row("sao_school_notice.received_on", "SAO_SCHOOL_OBJ", 15, EVERY, BEGINNING,
        date(1996, 11, 1), (), MAY_PASS),
    Row("supervision_order.made_on", "ESO_LENGTH", 12, "month", BEGINNING, LONG_AGO, (), MAY_PASS),
    Row("supervision_order.extended_from", "ESO_EXT", 36, "month", BEGINNING, LONG_AGO, (),
        MAY_PASS),
    Row("supervision_order.direction_given_on", "ESO_REASONS", 56, EVERY, BEGINNING, LONG_AGO,
        ("supervision_order.reasons_given_on",)),
]  # fmt: skip

# Law, section 5: suspensions, permanent exclusions, governors, review panels.
EXCLUSIONS = [
    Row("permanent_exclusion.on", "DAY6_PEX", 6, SCHOOL, AFTER, DAY_SIX,
        ("provision.started_on",)),
    Row("permanent_exclusion.on", "PEX_FUND_DATE", 6, SCHOOL, AFTER, EXCLUSIONS_2012, (),
        MAY_PASS),
    Row("exclusion.decided_on", "EX_NOTIFY_PARENT", 0, "none", AFTER, EXCLUSIONS_2012,
        ("exclusion.parent_told_on",)),
    Row("exclusion.decided_on", "EX_NOTIFY_LA_ALL", 0, "none", AFTER, EVERY_EXCLUSION,
        ("exclusion.authority_told_on",)),
    Row("exclusion.decided_on", "EX_NOTIFY_SW_VSH", 0, "none", AFTER, EVERY_EXCLUSION,
        ("exclusion.social_worker_told_on",)),
    Row("exclusion.first_day", "EX_S104_NOTICE", 1, EVERY, BEGINNING, EXCLUSIONS_2012,
        ("exclusion.notice_given_on",)),
    Row("exclusion.first_day", "EX_PUBLIC_PLACE", 5, SCHOOL, BEGINNING, DAY_SIX, (), MAY_PASS),
    Row("exclusion_provision.starts_on", "EX_PROV_DETAIL", 2, EVERY, BEFORE, EXCLUSIONS_2012,
        ("exclusion_provision.details_given_on",)),
    Row("board.decision_given_on", "IRP_APPLY", 15, SCHOOL, AFTER, EXCLUSIONS_2012,
        ("review.applied_on",), MAY_PASS),
    Row("equality_claim.decided_on", "IRP_APPLY", 15, SCHOOL, AFTER, EXCLUSIONS_2012,
        ("review.applied_on",), MAY_PASS),
    Row("review.applied_on", "IRP_HEAR", 15, SCHOOL, AFTER, EXCLUSIONS_2012,
        ("review.held_on",)),
    Row("review.hearing_on", "IRP_PAPERS", 5, SCHOOL, BEFORE, EXCLUSIONS_2012,
        ("review.papers_sent_on",)),
    Row("review.concluded_on", "IRP_DECISION", 0, "none", AFTER, EXCLUSIONS_2012,
        ("review.decision_given_on",)),
    Row("review.decision_given_on", "IRP_RECONSIDER", 10, SCHOOL, AFTER, EXCLUSIONS_2012,
        ("board.met_on",)),
    Row("panel_member.trained_on", "IRP_TRAIN", 24, "month", AFTER, EXCLUSIONS_2012, (),
        MAY_PASS),
    Row("letter.posted_on", "POST_DEEMED", 2, WORKING, AFTER, EXCLUSIONS_2012, (), MAY_PASS),
    Row("offsite.starts_on", "OFFSITE_NOTICE", 2, SCHOOL, BEFORE, LONG_AGO,
        ("offsite.notice_given_on",)),
    Row("offsite.reviewed_on", "OFFSITE_REVIEW", 70, EVERY, AFTER, date(2013, 1, 1), (), MAY_PASS),
]  # fmt: skip

# The case of the board, and the number of school days in which it must meet (none: no number).
BOARD = {
    "permanent": ("GB_PEX", 15),
    "over_15": ("GB_OVER15", 15),
    "exam": ("GB_EXAM", 15),
    "6_to_15_representations": ("GB_6_15_REPS", 50),
    "up_to_5_representations": ("GB_LE5_REPS", 0),
}

# Law, section 7: in-year places, fair access, health, the end of compulsory school age.
PLACES = [
    Row("in_year.applied_on", "INYEAR_OUTCOME", 15, SCHOOL, AFTER, ADMISSIONS_2021,
        ("in_year.outcome_on", "place.allocated_on")),
    Row("in_year.applied_on", "INYEAR_AIM", 10, SCHOOL, AFTER, ADMISSIONS_2021,
        ("in_year.outcome_on", "place.allocated_on"), MAY_PASS),
    Row("fair_access.agreed_on", "FAP_ALLOC", 20, SCHOOL, AFTER, ADMISSIONS_2021,
        ("place.allocated_on",)),
    Row("out_of_education.from", "FAP_OUT", 28, EVERY, BEGINNING, ADMISSIONS_2021, (), MAY_PASS),
    Row("child_plan.ended_on", "FAP_CINCP", 12, "month", AFTER, ADMISSIONS_2021, (), MAY_PASS),
    Row("health_absence.expected_from", "S19_HEALTH", 15, SCHOOL, BEGINNING, LONG_AGO,
        ("provision.started_on",)),
    Row("school_age.ends_on", "S19_EXIT", 42, EVERY, BEFORE, LONG_AGO, (), MAY_PASS),
]  # fmt: skip

# Law, section 8.3: freedom of information. Subject access is in `oracle_totals`.
INFORMATION = [
    Row("foi.received_on", "FOI", 20, WORKING, AFTER, date(2005, 1, 1), ("foi.sent_on",)),
]

# What Coventry does by its own word, answered beside the national law.
PRACTICE = [
    Row("foi.answered_on", "FOI_REVIEW_ASK", 40, EVERY, AFTER, LONG_AGO, ("foi.review_asked_on",),
        MAY_PASS),
    Row("exclusion.decided_on", "EQA_CLAIM", 6, "month", BEGINNING, LONG_AGO, (), MAY_PASS),
    Row("eotas_budget.started_on", "EOTAS_PB_REVIEW", 3, "month", AFTER, LONG_AGO,
        ("eotas_budget.reviewed_on",)),
    Row("eotas_budget.reviewed_on", "EOTAS_PB_REVIEW", 12, "month", AFTER, LONG_AGO,
        ("eotas_budget.reviewed_on",)),
    Row("support_meeting.held_on", "TSM_CADENCE", 1, "next term", AFTER, LONG_AGO,
        ("support_meeting.held_on",)),
]  # fmt: skip

# What other authorities' packs add to the national law.
PACKS = {
    "national": [],
    "coventry": [],  # its own word is in PRACTICE
    "leeds": [
        Row("child_aware.missing_on", "CME_LEEDS_REFER", 28, EVERY, AFTER, date(2024, 11, 1),
            ("referral.received_on",)),
    ],
    "gloucestershire": [
        Row("child_aware.missing_on", "CME_GLOS_VISIT", 5, SCHOOL, BEGINNING, LONG_AGO,
            ("home.visited_on",)),
        Row("child_aware.missing_on", "CME_GLOS_REFER", 10, SCHOOL, BEGINNING, LONG_AGO,
            ("referral.received_on",)),
    ],
    # Not in force anywhere: a preview of the Act of 2026.
    "act_2026": [
        Row("cnis.registered_on", "CNIS_HOME", 15, EVERY, AFTER, LONG_AGO,
            ("cnis.home_considered_on",)),
        Row("cnis.asked_on", "CNIS_PARENT_INFO", 15, EVERY, AFTER, LONG_AGO,
            ("cnis.information_given_on",)),
        Row("cnis.provider_asked_on", "CNIS_PROVIDER_UPD", 3, "month", AFTER, LONG_AGO, (),
            MAY_PASS),
        Row("address.moved_in_on", "CNIS_PREV_ADDR", 12, "month", AFTER, LONG_AGO, (), MAY_PASS),
        Row("child_protection_plan.ended_on", "CNIS_CP_LOOKBACK", 60, "month", AFTER, LONG_AGO,
            (), MAY_PASS),
        Row("preliminary_notice.served_on", "SAO_NEW_PRELIM", 0, "none", AFTER, LONG_AGO),
    ],
}  # fmt: skip
REPLACED = {"act_2026": "SAO_NOTICE"}

NATIONAL = [*REGISTERS, *NOTICES, *EXCLUSIONS, *PLACES, *INFORMATION]
