"""Penalty notices as far as they went: what one costs, until when, what becomes of it unpaid."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onroll.statute.duties.penalties import MOST_NOTICES, PENALTIES, why_not_counted
from onroll.statute.facts import PenaltyNotice
from onroll.statute.numbers import NUMBERS
from onroll.statute.sources import Confidence

_RULES = "SI 2007/1867, amended by SI 2024/210"
_DAYS_OF: Final = {duty.id: duty.limit.n for duty in PENALTIES if duty.limit is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """A penalty notice to this parent for this child, as far as it went.

    `notice` counts against the two that are allowed; `offence_to` is the last day of its absence.
    """

    notice: PenaltyNotice
    offence_to: date
    received_on: date | None = None
    paid_on: date | None = None

    @property
    def payable_until(self) -> date | None:
        """The last day on which it may be paid; None while nobody knows that it was received."""
        if self.received_on is None:
            return None
        return self.received_on + timedelta(days=_DAYS_OF["PN_FINAL_PAY"] - 1)


@dataclass(frozen=True, slots=True)
class Price:
    """What a penalty notice costs, in pounds: `lower` until its day, where there is a lower rate.

    Days are those of a notice received on the day of which it was asked.
    """

    full: int
    until: date
    lower: int | None = None
    lower_until: date | None = None
    cites: str = f"{_RULES} reg 4"
    confidence: Confidence = Confidence.VERIFIED


def price(penalties: tuple[Penalty, ...], *, issued_on: date, received_on: date) -> Price:
    """Return what the next penalty notice to a parent for a child costs, and until when.

    Raises ValueError where two in three years stand in the way of another.
    """
    before = len(counted(penalties, issued_on))
    if before >= MOST_NOTICES:
        raise ValueError("There may be no third penalty notice in three years.")
    until = received_on + timedelta(days=_DAYS_OF["PN_FINAL_PAY"] - 1)
    if before:
        return Price(NUMBERS["PN_SECOND"].whole, until)
    early = received_on + timedelta(days=_DAYS_OF["PN_EARLY_PAY"] - 1)
    return Price(NUMBERS["PN_FIRST_HIGH"].whole, until, NUMBERS["PN_FIRST_LOW"].whole, early)


def must_withdraw(penalty: Penalty, *, on: date, is_prosecuted: bool) -> bool:
    """Whether an unpaid notice must be withdrawn: the days to pay are over and nobody prosecutes.

    `is_prosecuted`: proceedings have begun, or are contemplated (SI 2007/1867, regulation 8).
    """
    until = penalty.payable_until
    is_over = until is not None and on > until
    stands = penalty.paid_on is None and not penalty.notice.withdrawn
    return is_over and stands and not is_prosecuted


def counted(penalties: tuple[Penalty, ...], on: date) -> list[PenaltyNotice]:
    """Return the notices that count against the two allowed, the oldest first."""
    found = (one.notice for one in penalties)
    standing = [notice for notice in found if not why_not_counted(notice, on)]
    return sorted(standing, key=lambda notice: notice.issued_on)
