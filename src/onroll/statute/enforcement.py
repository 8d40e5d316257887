"""Which legal step about a child's attendance is open on a day, and why another is not.

One parent and one child at a time, because notices and proceedings are. A step has bars, which the
law or the guidance sets, and cautions, which a person weighs; while a bar stands it is not open.
Nothing here says that a step should be taken: support comes first, and somebody decides.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from onroll.statute.commencement import PENALTIES_2024
from onroll.statute.duties.penalties import MOST_NOTICES, free_again
from onroll.statute.penalty_notices import Penalty, counted
from onroll.statute.reasons import Reason
from onroll.statute.sources import Confidence
from onroll.statute.writing import listed, written

_ACT = "Education Act 1996"
_PENALTY_RULES = "SI 2007/1867, amended by SI 2024/210"
_GUIDANCE = "Working together to improve school attendance, chapter 6"


class Step(StrEnum):
    """A legal step, in the order in which they are usually thought of."""

    CONTRACT = "attendance_contract"
    IMPROVEMENT = "notice_to_improve"
    PENALTY = "penalty_notice"
    SUPERVISION = "education_supervision_order"
    PROSECUTION = "prosecution"
    KNOWING = "prosecution_knowing"
    PARENTING = "parenting_order"
    PUBLIC_PLACE = "public_place_notice"

    @property
    def says(self) -> str:
        """The step in words."""
        return _WORDS[self]

    @property
    def cites(self) -> str:
        """Where the power to take it stands."""
        return _POWERS[self]


_WORDS: Final[Mapping[Step, str]] = {
    Step.CONTRACT: "Attendance contract",
    Step.IMPROVEMENT: "Notice to improve",
    Step.PENALTY: "Penalty notice",
    Step.SUPERVISION: "Education supervision order",
    Step.PROSECUTION: "Prosecution for failing to secure regular attendance",
    Step.KNOWING: "Prosecution for knowingly failing to secure regular attendance",
    Step.PARENTING: "Parenting order",
    Step.PUBLIC_PLACE: "Penalty notice for an excluded child in a public place",
}
_POWERS: Final[Mapping[Step, str]] = {
    Step.CONTRACT: "Anti-social Behaviour Act 2003 s.19",
    Step.IMPROVEMENT: _GUIDANCE,
    Step.PENALTY: f"{_ACT} s.444A; {_PENALTY_RULES}",
    Step.SUPERVISION: "Children Act 1989 s.36",
    Step.PROSECUTION: f"{_ACT} s.444(1)",
    Step.KNOWING: f"{_ACT} s.444(1A)",
    Step.PARENTING: "Crime and Disorder Act 1998 s.8",
    Step.PUBLIC_PLACE: "Education and Inspections Act 2006 ss.103, 105",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """A notice to improve; `is_improved` is None until somebody has judged."""

    starts_on: date
    ends_on: date
    is_improved: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known on a day of one parent, one child and the absence in question.

    Raises ValueError for an absence without one of its ends, or that ends before it begins.

    `absence_from` and `absence_to` bound the sessions missed without leave that a step would be
    about, `missed` counts them (G, N, O and U). `is_pupil`: registered at a school, or given a
    place in other provision of which the parent was told in writing (section 444ZA).
    `excluded_days` are the first five school days of an exclusion of which the parent was told
    what the law asks (section 104 of the Act of 2006).
    """

    on: date
    is_of_school_age: bool = True
    is_pupil: bool = True
    is_in_care: bool = False
    absence_from: date | None = None
    absence_to: date | None = None
    missed: int = 0
    threshold_met_on: date | None = None
    support_offered_on: date | None = None
    improvement: Improvement | None = None
    why_no_improvement: str = ""
    penalties: tuple[Penalty, ...] = ()
    supervision_considered_on: date | None = None
    supervision_reasons: str = ""
    are_defences_considered: bool = False
    defence: str = ""
    knew: str = ""
    convicted_on: date | None = None
    found_in_public_on: date | None = None
    excluded_days: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if (self.absence_from is None) is not (self.absence_to is None):
            raise ValueError("An absence has a first and a last day, or neither.")
        if self.absence_from and self.absence_to and self.absence_to < self.absence_from:
            raise ValueError("The absence ends before it begins.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A step on a day: open when nothing bars it; cautions are for whoever decides."""

    step: Step
    bars: tuple[Reason, ...]
    cautions: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Whether the step may be taken."""
        return not self.bars


def offers(given: Situation) -> tuple[Offer, ...]:
    """Return every step with what bars it and what to weigh, in the order of `Step`."""
    return tuple(
        Offer(step, tuple(bars(given)), tuple(cautions(given)))
        for step, (bars, cautions) in _RULES.items()
    )


# What bars a step


def _bars_any(given: Situation) -> Iterator[Reason]:
    if not given.is_of_school_age:
        yield Reason("The child is not of compulsory school age on this day.", f"{_ACT} s.8")
    if not given.is_pupil:
        yield Reason(
            "The child is on no school roll, and the parent was told in writing of no other place.",
            f"{_ACT} ss.444, 444ZA",
        )


def _bars_absence(given: Situation) -> Iterator[Reason]:
    yield from _bars_any(given)
    if not given.missed or given.absence_from is None:
        yield Reason("No session was missed without leave.", f"{_ACT} s.444(1)")


def _bars_improvement(given: Situation) -> Iterator[Reason]:
    yield from _bars_absence(given)
    if given.threshold_met_on is None:
        yield Reason(
            "Ten sessions without leave in ten school weeks have not been reached.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip
    if given.support_offered_on is None:
        yield Reason(
            "No support has been offered yet: the notice is the last chance after it.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip
    running = given.improvement
    if running is not None and given.on <= running.ends_on:
        yield Reason(
            f"A notice to improve runs until {written(running.ends_on)}.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip


def _bars_penalty(given: Situation) -> Iterator[Reason]:
    yield from _bars_absence(given)
    if given.absence_to is not None and given.absence_to < PENALTIES_2024:
        yield Reason(
            f"The absence lies before {written(PENALTIES_2024)}, when the framework began.",
            "SI 2024/210 reg 5",
        )
    before = counted(given.penalties, given.on)
    if len(before) >= MOST_NOTICES:
        issued = listed([written(notice.issued_on) for notice in before])
        again = free_again(before[-MOST_NOTICES].issued_on)
        yield Reason(
            f"Notices were issued on {issued}: a third in three years is not allowed before "
            f"{written(again)}. The code of conduct says what is done instead.",
            f"{_PENALTY_RULES} reg 12A",
        )


def _bars_supervision(given: Situation) -> Iterator[Reason]:
    if not given.is_of_school_age:
        yield Reason("The child is not of compulsory school age on this day.", f"{_ACT} s.8")
    if given.is_in_care:
        yield Reason("The child is in the care of an authority.", "Children Act 1989 s.36")


def _bars_prosecution(given: Situation) -> Iterator[Reason]:
    yield from _bars_absence(given)
    if given.supervision_considered_on is None or not given.supervision_reasons:
        yield Reason(
            "An education supervision order must be considered first, with the reasons.",
            f"{_ACT} s.447(1)",
        )
    for one in given.penalties:
        if one.notice.withdrawn or not _is_about(one, given):
            continue
        if one.paid_on is not None:
            yield Reason(
                f"The penalty notice of {written(one.notice.issued_on)} for this absence was paid: "
                "no conviction may follow.",
                f"{_ACT} s.444A", Confidence.RECALLED,
            )  # fmt: skip
        elif one.payable_until is None:
            yield Reason(
                f"The penalty notice of {written(one.notice.issued_on)} for this absence may still "
                "be paid: nobody has recorded when it was received.",
                f"{_ACT} s.444A", Confidence.RECALLED,
            )  # fmt: skip
        elif given.on <= one.payable_until:
            yield Reason(
                f"The penalty notice of {written(one.notice.issued_on)} for this absence may be "
                f"paid until {written(one.payable_until)}.",
                f"{_ACT} s.444A", Confidence.RECALLED,
            )  # fmt: skip
    if given.defence:
        yield Reason(f"A defence stands: {given.defence}", f"{_ACT} s.444")


def _is_about(one: Penalty, given: Situation) -> bool:
    if given.absence_from is None or given.absence_to is None:
        return False
    return one.notice.offence_from <= given.absence_to and given.absence_from <= one.offence_to


def _bars_knowing(given: Situation) -> Iterator[Reason]:
    yield from _bars_prosecution(given)
    if not given.knew:
        yield Reason(
            "Nothing shows that the parent knew of the absence and failed to act.",
            f"{_ACT} s.444(1A)",
        )


def _bars_parenting(given: Situation) -> Iterator[Reason]:
    if given.convicted_on is None:
        yield Reason(
            "The parent has not been convicted. A court may also make an order on application.",
            "Crime and Disorder Act 1998 s.8; Anti-social Behaviour Act 2003 s.20",
            Confidence.RECALLED,
        )


def _bars_public_place(given: Situation) -> Iterator[Reason]:
    if not given.is_of_school_age:
        yield Reason("The child is not of compulsory school age on this day.", f"{_ACT} s.8")
    if given.found_in_public_on is None:
        yield Reason(
            "The child was not found in a public place in school hours.",
            "Education and Inspections Act 2006 s.103",
        )
    elif given.found_in_public_on not in given.excluded_days:
        yield Reason(
            f"{written(given.found_in_public_on)} is none of the first five school days of an "
            "exclusion of which the parent was told what the law asks.",
            "Education and Inspections Act 2006 ss.103, 104",
        )


# What somebody weighs


def _no_cautions(_: Situation) -> Iterator[Reason]:
    return iter(())


def _of_contract(_: Situation) -> Iterator[Reason]:
    yield Reason(
        "A contract is agreed freely and is no penalty. A refusal may be shown to a court.",
        _POWERS[Step.CONTRACT], Confidence.RECALLED,
    )  # fmt: skip


def _of_support(given: Situation) -> Iterator[Reason]:
    if given.support_offered_on is None:
        yield Reason(
            "No support has been offered: say why it would not fit.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip


def _of_penalty(given: Situation) -> Iterator[Reason]:
    yield from _of_support(given)
    if given.threshold_met_on is None:
        yield Reason(
            "Ten sessions in ten school weeks have not been reached: a notice needs reasons.",
            f"{_PENALTY_RULES} reg 9A",
        )
    notice = given.improvement
    if notice is None and not given.why_no_improvement:
        yield Reason(
            "There was no notice to improve, and nobody said why it would not fit.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip
    elif notice is not None and given.on <= notice.ends_on:
        yield Reason(
            f"A notice to improve runs until {written(notice.ends_on)}: before that a penalty "
            "needs the grounds that the notice gave for one.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip
    elif notice is not None and notice.is_improved is None:
        yield Reason(
            f"Nobody has judged what came of the notice to improve that ended on "
            f"{written(notice.ends_on)}.",
            _GUIDANCE, Confidence.SECONDARY,
        )  # fmt: skip
    elif notice is not None and notice.is_improved:
        yield Reason(
            "Attendance improved as the notice to improve asked.", _GUIDANCE, Confidence.SECONDARY
        )


def _of_supervision(given: Situation) -> Iterator[Reason]:
    yield from _of_support(given)
    yield Reason(
        "Consult children's services before applying.", "Children Act 1989 s.36",
        Confidence.RECALLED,
    )  # fmt: skip


def _of_prosecution(given: Situation) -> Iterator[Reason]:
    yield from _of_support(given)
    if not given.are_defences_considered:
        yield Reason(
            "The defences have not been gone through: sickness or unavoidable cause, leave, a "
            "religious day, transport that the authority owed, a trade that moves.",
            f"{_ACT} s.444",
        )


_Rule = Callable[[Situation], Iterator[Reason]]
_RULES: Final[Mapping[Step, tuple[_Rule, _Rule]]] = {
    Step.CONTRACT: (_bars_absence, _of_contract),
    Step.IMPROVEMENT: (_bars_improvement, _no_cautions),
    Step.PENALTY: (_bars_penalty, _of_penalty),
    Step.SUPERVISION: (_bars_supervision, _of_supervision),
    Step.PROSECUTION: (_bars_prosecution, _of_prosecution),
    Step.KNOWING: (_bars_knowing, _of_prosecution),
    Step.PARENTING: (_bars_parenting, _no_cautions),
    Step.PUBLIC_PLACE: (_bars_public_place, _no_cautions),
}
