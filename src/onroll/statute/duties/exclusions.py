"""Who is told of an exclusion, sixth-day education, and governing boards."""

from collections.abc import Callable, Iterable

from onroll.statute.commencement import (
    EXCLUSION_NOTICES_2022,
    EXCLUSIONS_2012,
    SIXTH_DAY_2007,
)
from onroll.statute.counting import Reading, Unit
from onroll.statute.duties import suspensions
from onroll.statute.duty import Circumstances, Duty, Event, Limit
from onroll.statute.reading import Fault, FaultyInput
from onroll.statute.sources import Confidence

BOARD_CASE = "board_case"


def longer_than_five_days(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on the first day of each suspension of more than five school days.

    Raises FaultyInput where the lengths given are not one for each suspension.
    """
    firsts = given.facts.dates(duty.started_by)
    lengths = given.facts.days("suspension.school_days")
    if len(lengths) == 1:
        lengths *= len(firsts)
    if len(lengths) != len(firsts):
        raise FaultyInput(
            [
                Fault(
                    "facts.suspension.school_days",
                    f"says how long {len(lengths)} of {len(firsts)} suspensions are.",
                    "Give one number for all, or one for each first day in the same order.",
                )
            ]
        )
    for n, (first, length) in enumerate(sorted(zip(firsts, lengths, strict=True)), start=1):
        if length > 5:
            yield duty.event_on(n, first, given.calendar)


# The title, number and source of each meeting that totals of a term can ask for.
_OVER_15 = (
    "Meet to consider a suspension that takes the term's total over 15 school days",
    15,
    "SI 2012/1033 reg 6(7)(a)(ii)",
)
_6_TO_15 = (
    "Meet to consider representations about more than 5 and up to 15 days in the term",
    50,
    "SI 2012/1033 reg 6(7)(b)",
)


def _board(duty_id: str, case: str, title: str, n: int, cites: str, note: str = "") -> Duty:
    return Duty(
        id=duty_id,
        title=title,
        started_by="board.told_on",
        stopped_by=("board.met_on",),
        only_if=(BOARD_CASE, case),
        limit=Limit(n, Unit.SCHOOL_DAY),
        who="governing board",
        cites=cites,
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note=note or "The duty to meet survives a missed deadline.",
    )


def _totalled(
    duty_id: str,
    events: Callable[[Duty, Circumstances], Iterable[Event]],
    title: str,
    n: int,
    cites: str,
    note: str = "",
) -> Duty:
    says = "Counted from board.told_on, on or after the first day of the suspension."
    return Duty(
        id=duty_id,
        title=title,
        started_by="suspensions",
        stopped_by=("board.met_on",),
        limit=Limit(n, Unit.SCHOOL_DAY),
        events=events,
        who="governing board",
        cites=f"{cites}; reg 2 for the term",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note=f"{note} {says}".strip(),
    )


_WHO = (
    "For a pupil of compulsory school age; not in Year 11 once every examination entered for has "
    "been taken or missed, and not beyond the hours to which a plan limits education."
)

EXCLUSIONS = (
    Duty(
        id="EX_NOTIFY_PARENT",
        title="Tell the parent the period and the reasons, then give written notice",
        started_by="exclusion.decided_on",
        stopped_by=("exclusion.parent_told_on",),
        limit_says="without delay",
        who="head teacher",
        cites="SI 2012/1033 reg 5",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="The pupil, where the pupil is 18.",
    ),
    Duty(
        id="EX_NOTIFY_LA_ALL",
        title="Tell the authority of every exclusion, however short",
        started_by="exclusion.decided_on",
        stopped_by=("exclusion.authority_told_on",),
        limit_says="without delay",
        who="head teacher",
        cites="SI 2012/1033 reg 5, amended by SI 2022/788",
        confidence=Confidence.VERIFIED,
        since=EXCLUSION_NOTICES_2022,
        note="Of a permanent exclusion also the authority where the pupil lives.",
    ),
    Duty(
        id="EX_NOTIFY_SW_VSH",
        title="Tell the social worker and the virtual school head, if the pupil has them",
        started_by="exclusion.decided_on",
        stopped_by=("exclusion.social_worker_told_on",),
        limit_says="without delay",
        who="head teacher",
        cites="SI 2012/1033 reg 5, amended by SI 2022/788",
        confidence=Confidence.VERIFIED,
        since=EXCLUSION_NOTICES_2022,
    ),
    Duty(
        id="EX_S104_NOTICE",
        title="Give the parent the notice about days not to be in a public place and provision",
        started_by="exclusion.first_day",
        stopped_by=("exclusion.notice_given_on",),
        may_be_early=True,
        limit=Limit(1, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH),
        who="head teacher",
        cites="SI 2007/1870 reg 6, amended by SI 2012/1033 Sch 2 para 8",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="By the end of the afternoon session of the first excluded day.",
    ),
    Duty(
        id="EX_PUBLIC_PLACE",
        title="Last of the first five school days: keep the child out of public places until then",
        is_deadline=False,
        started_by="exclusion.first_day",
        limit=Limit(5, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        who="parent",
        cites="Education and Inspections Act 2006 s.103, as explained by BEA Service",
        confidence=Confidence.SECONDARY,
        since=SIXTH_DAY_2007,
        note="In school hours, without reasonable justification.",
    ),
    Duty(
        id="EX_PROV_DETAIL",
        title="Give the parent the details of the education arranged",
        started_by="exclusion_provision.starts_on",
        stopped_by=("exclusion_provision.details_given_on",),
        limit=Limit(2, Unit.CALENDAR_DAY, Reading.BEFORE),
        who="head teacher",
        cites="SI 2007/1870 reg 6(3)",
        confidence=Confidence.DERIVED,
        since=EXCLUSIONS_2012,
        note=(
            "Forty-eight hours before it starts, counted here as two days: give them before the "
            "same hour two days earlier. A parent may agree to less where it starts early."
        ),
    ),
    Duty(
        id="DAY6_PEX",
        title="Suitable full-time education from the sixth school day after the exclusion",
        started_by="permanent_exclusion.on",
        stopped_by=("provision.started_on",),
        limit=Limit(6, Unit.SCHOOL_DAY),
        who="authority",
        cites="SI 2007/1870 reg 4",
        confidence=Confidence.VERIFIED,
        since=SIXTH_DAY_2007,
        note=f"{_WHO} For a permanent exclusion the authority arranges it.",
    ),
    Duty(
        id="PEX_FUND_DATE",
        title="Funding follows the pupil from this day",
        is_deadline=False,
        started_by="permanent_exclusion.on",
        limit=Limit(6, Unit.SCHOOL_DAY),
        who="authority",
        cites="SI 2012/1033 Sch 2 para 9",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="The amount follows the finance regulations of the year.",
    ),
    Duty(
        id="DAY6_SUSP",
        title="Suitable full-time education from the sixth school day of the suspension",
        started_by="suspension.first_day",
        stopped_by=("provision.started_on",),
        limit=Limit(6, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        events=longer_than_five_days,
        who="governing board or academy trust",
        cites="SI 2007/1870 reg 3",
        confidence=Confidence.VERIFIED,
        since=SIXTH_DAY_2007,
        note=f"{_WHO} For a pupil referral unit the authority arranges it.",
    ),
    _board(
        "GB_PEX",
        "permanent",
        "Meet to consider a permanent exclusion",
        15,
        "SI 2012/1033 reg 6(7)(a)(i)",
    ),
    _board("GB_OVER15", "over_15", *_OVER_15),
    _totalled("GB_OVER15", suspensions.more_than_fifteen, *_OVER_15),
    _board(
        "GB_EXAM",
        "exam",
        "Meet to consider an exclusion that loses a public examination or national test",
        15,
        "SI 2012/1033 reg 6(7)(a)(iii), (8)",
        "And before the examination, if that is reasonably practicable.",
    ),
    _board("GB_6_15_REPS", "6_to_15_representations", *_6_TO_15),
    _totalled(
        "GB_6_15_REPS",
        suspensions.more_than_five,
        *_6_TO_15,
        "Only where a parent makes representations.",
    ),
    Duty(
        id="GB_LE5_REPS",
        title="Consider representations about five school days or fewer in the term",
        started_by="board.told_on",
        stopped_by=("board.met_on",),
        only_if=(BOARD_CASE, "up_to_5_representations"),
        limit_says="no number of days: the board must consider them",
        who="governing board",
        cites="SI 2012/1033 reg 6(9)",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="The board need not meet, and cannot direct that the pupil is reinstated.",
    ),
    Duty(
        id="EX_CAP",
        title="The last school day for which the pupil may be suspended in the school year",
        is_deadline=False,
        started_by="suspensions",
        limit_says="45 school days of suspension in a school year",
        limit=Limit(suspensions.CAP, Unit.SCHOOL_DAY),
        events=suspensions.cap_of_the_year,
        who="head teacher",
        cites="SI 2012/1033 reg 4",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note=(
            "A suspension at lunchtime counts as half a school day. The school year is taken to "
            "begin with the first term after July."
        ),
    ),
)
