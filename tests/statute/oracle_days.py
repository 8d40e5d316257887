"""Days for the oracle: what a day is, and counting days one at a time.

A calendar here is plain data, as an authority would type it:

    {"covers": (first, last), "terms": [(first, last), ...], "not_school": [days],
     "bank_holidays": [days]}

Nothing here is clever and nothing is shared with the library: every question is answered by
looking at the lists, and every count by stepping from one day to the next.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Calendar = dict[str, Any]

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Counted:
    """How a count came out: the last day, the days that counted and those that did not.

    `lacks` is the first day that was needed and that the calendar does not reach; then there is
    no last day.
    """

    due: date | None
    counted: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()
    lacks: date | None = None


def is_covered(day: date, calendar: Calendar) -> bool:
    """Return whether the calendar says anything about this day."""
    first, last = calendar["covers"]
    return bool(first <= day <= last)


def is_weekend(day: date) -> bool:
    """Return whether this is a Saturday or a Sunday."""
    return WEEKDAYS[day.weekday()] in ("Saturday", "Sunday")


def term_of(day: date, calendar: Calendar) -> tuple[date, date] | None:
    """Return the calendar's term that holds this day, if one does."""
    for first, last in calendar["terms"]:
        if first <= day <= last:
            return (first, last)
    return None


def is_school_day(day: date, calendar: Calendar) -> bool:
    """Return whether the school meets: a weekday in a term, not taken out, no bank holiday."""
    return (
        not is_weekend(day)
        and term_of(day, calendar) is not None
        and day not in calendar["not_school"]
        and day not in calendar["bank_holidays"]
    )


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Return whether offices work: a weekday that is no bank holiday."""
    return not is_weekend(day) and day not in calendar["bank_holidays"]


def why_not(day: date, unit: str, calendar: Calendar) -> set[str]:
    """Return every true reason for which a day does not count; none of them is the best one."""
    reasons = set()
    if is_weekend(day):
        reasons.add(WEEKDAYS[day.weekday()])
    if day in calendar["bank_holidays"]:
        reasons.add("bank holiday")
    if unit == "school day":
        if term_of(day, calendar) is None:
            reasons.add("outside term")
        if day in calendar["not_school"]:
            reasons.add("not a school day")
    return reasons


def counts(day: date, unit: str, calendar: Calendar) -> bool:
    """Return whether this day is one of the days that the law counts."""
    if unit == "school day":
        return is_school_day(day, calendar)
    if unit == "working day":
        return is_working_day(day, calendar)
    return True  # a calendar day: every day


def needs_calendar(unit: str) -> bool:
    """Return whether days of this kind can be told only by a calendar."""
    return unit in ("school day", "working day")


def count_on(start: date, number: int, unit: str, reading: str, calendar: Calendar) -> Counted:
    """Count days onwards. AFTER: the next day is day 1. BEGINNING: the day itself may be."""
    day = start if reading == "BEGINNING" else start + ONE_DAY
    counted: list[date] = []
    skipped: list[date] = []
    while True:
        if needs_calendar(unit) and not is_covered(day, calendar):
            return Counted(None, lacks=day)
        if counts(day, unit, calendar):
            counted.append(day)
        else:
            skipped.append(day)
        if len(counted) == number:
            return Counted(day, tuple(counted), tuple(skipped))
        day += ONE_DAY


def count_back(end: date, number: int, unit: str, calendar: Calendar) -> Counted:
    """Count days backwards from a named day, which is not counted: the day before is day 1."""
    day = end - ONE_DAY
    counted: list[date] = []
    skipped: list[date] = []
    while True:
        if needs_calendar(unit) and not is_covered(day, calendar):
            return Counted(None, lacks=day)
        if counts(day, unit, calendar):
            counted.append(day)
        else:
            skipped.append(day)
        if len(counted) == number:
            return Counted(day, tuple(sorted(counted)), tuple(sorted(skipped)))
        day -= ONE_DAY


def is_last_of_month(day: date) -> bool:
    """Return whether the next day is in another month."""
    return (day + ONE_DAY).month != day.month


def ends_months(day: date, start: date, months: int, reading: str) -> bool:
    """Return whether this day ends a time of so many months from a start.

    AFTER a day: the day of the same number, or the last day of a shorter month. BEGINNING WITH a
    day: the day before the day of the same number, or the last day of a shorter month.
    """
    same_number = day if reading == "AFTER" else day + ONE_DAY
    is_in_its_month = months_between(start, same_number) == months
    if is_in_its_month and same_number.day == start.day:
        return True
    return months_between(start, day) == months and is_last_of_month(day) and day.day < start.day


def months_between(start: date, day: date) -> int:
    """Return how many months on the month of a day is."""
    return (day.year - start.year) * 12 + day.month - start.month


def count_months(start: date, months: int, reading: str) -> Counted:
    """Walk day by day until so many months have passed."""
    day = start if reading == "BEGINNING" else start + ONE_DAY
    walked = [day]
    # Long before its end a time of months cannot end, and the question need not be asked.
    while months_between(start, day) < months - 1 or not ends_months(day, start, months, reading):
        day += ONE_DAY
        walked.append(day)
    return Counted(day, tuple(walked))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday by the almanac's rule (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    leap = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * leap) // 451
    month, day = divmod(h + leap - 7 * m + 114, 31)
    return date(year, month, day + 1)


def easter_monday(year: int) -> date:
    """Return Easter Monday."""
    return easter_sunday(year) + ONE_DAY


def school_year_of(day: date) -> int:
    """Return the year in which the school year of a day began.

    It begins with the first term after July. Terms do not straddle the end of July, so for a day
    on which the school meets the first of August divides as well.
    """
    return day.year if day.month >= 8 else day.year - 1


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    while WEEKDAYS[day.weekday()] != "Monday":
        day -= ONE_DAY
    return day
