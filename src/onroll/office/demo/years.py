"""Ashcombe's school years: invented term dates in the shape that English ones have."""

from datetime import date, timedelta

from onroll.office.schools.actions import DayOff, TermDates
from onroll.statute.bank_holidays import bank_holidays

MONDAY, FRIDAY = 0, 4


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def terms(year: int) -> list[TermDates]:
    """Return the six half-terms of the school year that starts in this September."""
    easter_monday = next(
        on for on, name in bank_holidays(year + 1, year + 1).items() if "Easter Monday" in name
    )
    autumn_half = _next(date(year, 10, 22), MONDAY)
    spring_half = _next(date(year + 1, 2, 12), MONDAY)
    summer_half = _next(date(year + 1, 5, 25), MONDAY)
    before_easter = easter_monday - timedelta(days=10)
    after_easter = easter_monday + timedelta(days=7 if easter_monday.day < 15 else 1)
    christmas = _next(date(year, 12, 15), FRIDAY)
    end_of_year = _next(date(year + 1, 7, 17), FRIDAY)
    three_days = timedelta(days=3)
    a_week = timedelta(days=7)
    spans = (
        ("Autumn 1", date(year, 9, 3), autumn_half - three_days),
        ("Autumn 2", autumn_half + a_week, christmas),
        ("Spring 1", _next(date(year + 1, 1, 4), MONDAY), spring_half - three_days),
        ("Spring 2", spring_half + a_week, _next(before_easter, FRIDAY)),
        ("Summer 1", after_easter, summer_half - three_days),
        ("Summer 2", summer_half + a_week, end_of_year),
    )
    return [TermDates(first=first, last=last, name=name) for name, first, last in spans]


def inset_days(year: int) -> list[DayOff]:
    """Return the five days on which staff train and children stay at home."""
    first, second, third, _, fifth, last = terms(year)
    days = (first.first, second.first, third.first, fifth.first, last.last)
    holidays = bank_holidays(year, year + 1)
    return [DayOff(on=on, why="inset") for on in days if on.weekday() < 5 and on not in holidays]
