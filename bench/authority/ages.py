"""Compulsory school age in England: Education Act 1996 section 8, worked out by days."""

from datetime import date, timedelta

PRESCRIBED_DAYS = ((3, 31), (8, 31), (12, 31))


def birthday(born_on: date, age: int) -> date:
    """The day on which the age is reached; somebody born on 29 February has it on 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def begins_on(born_on: date) -> date:
    """The prescribed day on, or next after, the fifth birthday."""
    fifth = birthday(born_on, 5)
    return next(
        day
        for year in (fifth.year, fifth.year + 1)
        for month, of_month in PRESCRIBED_DAYS
        if (day := date(year, month, of_month)) >= fifth
    )


def ends_on(born_on: date) -> date:
    """The last Friday in June of the school year in which the child turns 16."""
    sixteenth = birthday(born_on, 16)
    year = sixteenth.year + (sixteenth.month >= 9)
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def is_of_school_age(born_on: date, on: date) -> bool:
    """Whether a child born on the one day is of compulsory school age on the other."""
    return begins_on(born_on) <= on <= ends_on(born_on)


def school_year_start(on: date) -> date:
    """The 1 September on or before a day."""
    return date(on.year if on.month >= 9 else on.year - 1, 9, 1)
