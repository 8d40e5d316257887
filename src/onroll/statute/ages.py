"""Compulsory school age, school years and year groups, from a date of birth."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

AUGUST = 8
RECEPTION, YEAR_11, YEAR_13 = 0, 11, 13

# SI 1998/1607, article 2: the days on which compulsory school age can begin, as (month, day).
PRESCRIBED_DAYS = ((3, 31), (8, 31), (12, 31))

# A child who turns 16 after the leaving date and before the next school year begins stops at that
# leaving date (Education Act 1996, section 8(3)). The school year begins with the first term after
# July, a different day in each school; 31 August is the convention for where it turns.
YEAR_TURNS_AFTER = (8, 31)


class Phase(StrEnum):
    """The stage of schooling of a year group."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    POST_16 = "post_16"


@dataclass(frozen=True, slots=True)
class SchoolAge:
    """The days on which one child is of compulsory school age, first and last included."""

    starts_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        """Whether the child is of compulsory school age on this day."""
        return self.starts_on <= day <= self.ends_on

    def is_under(self, day: date) -> bool:
        """Whether the child is still under compulsory school age."""
        return day < self.starts_on

    def is_over(self, day: date) -> bool:
        """Whether the child is over compulsory school age."""
        return day > self.ends_on


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year by the convention 1 September to 31 August."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """The year as people write it, such as 2025/26."""
        return f"{self.first.year}/{self.last.year % 100:02d}"


def birthday(born_on: date, age: int) -> date:
    """The day on which a person reaches an age; born on 29 February, 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def age_on(born_on: date, on: date) -> int:
    """Age in whole years on a day; negative before birth."""
    age = on.year - born_on.year
    return age if on >= birthday(born_on, age) else age - 1


def school_leaving_date(year: int) -> date:
    """The last Friday in June (SI 1997/1970, article 2)."""
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def compulsory_school_age(
    born_on: date, *, year_turns_after: tuple[int, int] = YEAR_TURNS_AFTER
) -> SchoolAge:
    """The days on which a child is of compulsory school age (Education Act 1996, section 8).

    It begins on the first prescribed day on or after the fifth birthday, and ends at the end of
    the school leaving date of the school year in which the child turns 16. `year_turns_after` is
    the last day (month, day) of a school year; a sixteenth birthday after it belongs to the next.
    """
    fifth = birthday(born_on, 5)
    prescribed = (date(fifth.year, month, day) for month, day in PRESCRIBED_DAYS)
    sixteenth = birthday(born_on, 16)
    is_next_year = (sixteenth.month, sixteenth.day) > year_turns_after
    return SchoolAge(
        starts_on=min(day for day in prescribed if day >= fifth),
        ends_on=school_leaving_date(sixteenth.year + is_next_year),
    )


def is_of_compulsory_school_age(born_on: date, on: date) -> bool:
    """Whether a child is of compulsory school age on a day."""
    return compulsory_school_age(born_on).holds_on(on)


def births_of_school_age(
    on: date, *, year_turns_after: tuple[int, int] = YEAR_TURNS_AFTER
) -> tuple[date, date]:
    """The first and the last day of birth of those of compulsory school age on a day.

    It is `compulsory_school_age` asked the other way round, for lists: whoever is born from the
    one to the other, both included, is of compulsory school age, and nobody else.
    """
    leaves = on.year if on <= school_leaving_date(on.year) else on.year + 1
    oldest = date(leaves - 17, *year_turns_after) + timedelta(days=1)
    prescribed = (
        date(year, month, day) for year in (on.year - 1, on.year) for month, day in PRESCRIBED_DAYS
    )
    began = max(day for day in prescribed if day <= on)
    return oldest, began.replace(year=began.year - 5)


def school_year(on: date) -> SchoolYear:
    """The school year in which a day falls."""
    starts = on.year if on.month >= 9 else on.year - 1
    return SchoolYear(date(starts, 9, 1), date(starts + 1, 8, 31))


def year_of_school_day(on: date) -> int:
    """The calendar year in which the school year of a school day began.

    A school year begins with the first term after July (SI 1999/3181, regulation 2): a day of term
    in August belongs to the year that it opens, whatever the convention of 1 September says.
    """
    return on.year if on.month >= AUGUST else on.year - 1


def year_group(born_on: date, on: date, *, override: int | None = None) -> int | None:
    """The year group of a child on a day: 0 is Reception, 13 the last; None outside those.

    It follows from the age on the 31 August before the school year. `override` is the year group
    in which a child is in fact taught, for those educated out of their cohort, and wins.
    """
    if override is not None:
        return override
    years = age_on(born_on, school_year(on).first - timedelta(days=1)) - 4
    return years if RECEPTION <= years <= YEAR_13 else None


def year_group_name(year: int) -> str:
    """The name of a year group: Reception, Year 3. Raises ValueError outside 0 to 13."""
    if not RECEPTION <= year <= YEAR_13:
        raise ValueError(f"There is no year group {year}. Use 0 for Reception, up to 13.")
    return "Reception" if year == RECEPTION else f"Year {year}"


def phase_of(year: int) -> Phase:
    """The phase of a year group: primary to Year 6, secondary to Year 11."""
    if year <= 6:
        return Phase.PRIMARY
    return Phase.SECONDARY if year <= YEAR_11 else Phase.POST_16
