"""Notices to improve and penalty notices, and how many one parent may be given for one child."""

from collections.abc import Iterable
from datetime import date

from onroll.statute.ages import birthday
from onroll.statute.commencement import (
    ATTENDANCE_GUIDANCE_2024,
    PENALTIES_2024,
    PENALTY_PAYMENT_2013,
)
from onroll.statute.counting import Reading, Skipped, Unit
from onroll.statute.duties.absences import penalty_threshold
from onroll.statute.duty import Circumstances, Duty, Event, Limit, Tally
from onroll.statute.facts import PenaltyNotice
from onroll.statute.numbers import NUMBERS
from onroll.statute.sources import Confidence
from onroll.statute.writing import written

PROPOSED_ON = "proposed_on"
# SI 2007/1867, regulation 12A
MOST_NOTICES, LOOKBACK_YEARS = 2, NUMBERS["PN_LOOKBACK"].whole


def no_third_notice(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on the older of the two notices that stand in the way of one proposed now.

    Only while they do: where fewer than two count, another may be issued and nothing starts.
    """
    proposed_on = given.attributes[PROPOSED_ON]
    assert isinstance(proposed_on, date)  # read with the other attributes
    known = [(n, why_not_counted(n, proposed_on)) for n in given.facts.penalty_notices]
    counted = [notice.issued_on for notice, why in known if not why]
    if len(counted) < MOST_NOTICES:
        return
    older = counted[-MOST_NOTICES]
    says = (
        f"{len(counted)} notices in the three years ending on {written(proposed_on)}, "
        "which is as many as there may be"
    )
    passed_over = tuple(Skipped(notice.issued_on, why) for notice, why in known if why)
    yield Event(1, older, Tally(free_again(older), tuple(counted), passed_over, says))


def why_not_counted(notice: PenaltyNotice, proposed_on: date) -> str:
    """Why an earlier notice does not stand in the way of one proposed; empty when it does."""
    if notice.withdrawn:
        return "withdrawn"
    if notice.acquitted:
        return "acquitted of the offence"
    if notice.offence_from < PENALTIES_2024:
        return f"for absence before {written(PENALTIES_2024)}"
    if notice.issued_on > proposed_on:
        return "issued after the day proposed"
    return "" if proposed_on < free_again(notice.issued_on) else "more than three years before"


def free_again(issued_on: date) -> date:
    """The first day on which the three years before no longer hold a notice."""
    return birthday(issued_on, LOOKBACK_YEARS)


PENALTIES = (
    Duty(
        id="PN_SESSIONS",
        title="Consider a penalty notice: ten sessions without leave in ten school weeks",
        is_deadline=False,
        started_by="absence.codes",
        limit_says="10 sessions within any 10 school weeks",
        limit=Limit(10, Unit.SCHOOL_WEEK, Reading.ENDING_WITH),
        events=penalty_threshold,
        who="school and authority",
        cites="SI 2007/1867 reg 9A, inserted by SI 2024/210 reg 5",
        confidence=Confidence.VERIFIED,
        since=PENALTIES_2024,
        note="A duty to consider, from the day of the tenth session; the law names no last day.",
    ),
    Duty(
        id="NTI_MIN",
        title="Shortest improvement period under a notice to improve",
        is_deadline=False,
        started_by="notice_to_improve.started_on",
        limit=Limit(21, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="school or authority",
        cites="Working together to improve school attendance, chapter 6",
        confidence=Confidence.DERIVED,
        since=ATTENDANCE_GUIDANCE_2024,
        note="Three weeks, of which the first day of the notice is day 1.",
    ),
    Duty(
        id="NTI_MAX",
        title="Longest improvement period under a notice to improve",
        is_deadline=False,
        started_by="notice_to_improve.started_on",
        limit=Limit(42, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="school or authority",
        cites="Working together to improve school attendance, chapter 6",
        confidence=Confidence.DERIVED,
        since=ATTENDANCE_GUIDANCE_2024,
        note="Six weeks, of which the first day of the notice is day 1.",
    ),
    Duty(
        id="PN_EARLY_PAY",
        title="Last day to pay a first penalty notice at the lower rate",
        is_deadline=False,
        started_by="penalty_notice.received_on",
        stopped_by=("penalty_notice.paid_on",),
        limit=Limit(21, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="parent",
        cites="SI 2024/210 reg 4",
        confidence=Confidence.VERIFIED,
        since=PENALTIES_2024,
        note="A second notice within three years has no lower rate.",
    ),
    Duty(
        id="PN_FINAL_PAY",
        title="Last day to pay a penalty notice",
        started_by="penalty_notice.received_on",
        stopped_by=("penalty_notice.paid_on",),
        limit=Limit(28, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="parent",
        cites="SI 2007/1867 as amended by SI 2013/757",
        confidence=Confidence.SECONDARY,
        since=PENALTY_PAYMENT_2013,
        note="The number is read from authorities' pages; the amending text was not at hand.",
    ),
    Duty(
        id="PN_MAX",
        title="Two penalty notices in three years: no third before this day",
        is_deadline=False,
        started_by="penalty_notices",
        limit_says="two notices in the three years ending on the day of issue",
        limit=Limit(LOOKBACK_YEARS * 12, Unit.MONTH),
        events=no_third_notice,
        who="authority",
        cites="SI 2007/1867 reg 12A, inserted by SI 2024/210 reg 6; SI 2024/717 regs 3-4",
        confidence=Confidence.VERIFIED,
        since=PENALTIES_2024,
        note=(
            "For one parent and one child. Notices withdrawn, of which the parent was acquitted, "
            "or for absence before 19 August 2024 do not count. The local code of conduct says "
            "what is done instead."
        ),
    ),
)
