"""Tells the terms of a school from its weeks: autumn, spring, summer.

Where nobody gives term dates the weeks themselves show them: autumn ends with the calendar year,
and summer begins after the longest gap of March and April, which is the Easter holiday. A school
whose marks end before that gap has no summer yet.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from onroll.statute.ages import AUGUST

AUTUMN, SPRING, SUMMER = "Autumn", "Spring", "Summer"
TERMS = (AUTUMN, SPRING, SUMMER)
# The Easter holiday begins between these days of a year, whenever Easter is.
_FROM, _TO = (3, 10), (4, 30)
_A_GAP = timedelta(weeks=2)


def terms_of(mondays: Sequence[date]) -> list[tuple[int, str]]:
    """Return for each school week the school year in which it lies, and its term.

    `mondays` are in order. A school year is named by the calendar year in which it began.
    """
    gaps = [
        (after - before, after)
        for before, after in pairwise(mondays)
        if after - before >= _A_GAP and _is_at_easter(before)
    ]
    longest: dict[int, tuple[timedelta, date]] = {}
    for length, after in gaps:
        longest[after.year] = max(longest.get(after.year, (timedelta(), after)), (length, after))
    return [_term_of(monday, longest) for monday in mondays]


def _is_at_easter(before: date) -> bool:
    """Whether a gap after this week may be the Easter holiday."""
    return date(before.year, *_FROM) <= before <= date(before.year, *_TO)


def _term_of(monday: date, easter: dict[int, tuple[timedelta, date]]) -> tuple[int, str]:
    # The week in which the calendar year begins belongs to spring: schools open again in it.
    friday = monday + timedelta(days=4)
    if friday.month >= AUGUST:
        return friday.year, AUTUMN
    if friday.year in easter and monday >= easter[friday.year][1]:
        return friday.year - 1, SUMMER
    return friday.year - 1, SPRING
