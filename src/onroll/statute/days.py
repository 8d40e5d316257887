"""Days as they are written: which can be, and which lie too far away to be meant."""

from datetime import date

# Arithmetic on days must never reach the ends of the calendar, and no fact here lies beyond.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
TOO_FAR = f"lies outside the years {EARLIEST.year} to {LATEST.year}."


def real_day(year: int, month: int, day: int) -> date:
    """Return the day of these three numbers. Raises ValueError if there is none.

    Python itself raises OverflowError for a number beyond a machine's word; that too is no day.
    """
    try:
        return date(year, month, day)
    except OverflowError:
        raise ValueError("there is no such day") from None


def is_within_reach(day: date) -> bool:
    """Say whether a day lies within the years that are dealt with here."""
    return EARLIEST <= day <= LATEST


def iso_day(typed: str) -> date:
    """Return the day written 2026-03-05. Raises ValueError if it is none or out of reach."""
    day = date.fromisoformat(typed)
    if not is_within_reach(day):
        raise ValueError(f"{typed} {TOO_FAR}")
    return day
