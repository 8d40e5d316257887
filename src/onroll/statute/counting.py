"""How days, weeks, months and terms are counted: the units, the readings and one finished count.

Never mixed: a count has one unit and one reading, and says both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypedDict

from onroll.statute.writing import written

_DAY = timedelta(days=1)


class OutsideCalendar(LookupError):
    """The answer needs days that the calendar lacks; `needed_from` is the first of them."""

    def __init__(self, needed_from: date) -> None:
        self.needed_from = needed_from
        super().__init__(f"term dates needed from {needed_from.isoformat()}")


class Unit(StrEnum):
    """What is counted."""

    SCHOOL_DAY = "school day"
    """A weekday inside a term on which this school meets (Education Act 1996, section 579)."""
    WORKING_DAY = "working day"
    """A weekday that is not a bank holiday, Christmas Day or Good Friday."""
    CALENDAR_DAY = "calendar day"
    """Every day."""
    SCHOOL_WEEK = "school week"
    """Monday to Sunday with at least one school day (SI 2024/210)."""
    MONTH = "month"
    """To the day with the same number, or the last of a shorter month."""
    TERM = "term"
    """A term as this calendar writes it, to its last day."""


class Reading(StrEnum):
    """How the words of the law place the first day of a count."""

    AFTER = "counted from the day after, which is day 1"
    BEGINNING_WITH = "counted from the day itself, which is day 1"
    BEFORE = "counted back from the day before, which is day 1"
    ENDING_WITH = "counted back from the day itself, which is day 1"

    @property
    def is_backward(self) -> bool:
        """Whether the count goes towards the past."""
        return self in (Reading.BEFORE, Reading.ENDING_WITH)

    @property
    def counts_the_day_itself(self) -> bool:
        """Whether the day that is named is day 1."""
        return self in (Reading.BEGINNING_WITH, Reading.ENDING_WITH)


class Anchor(TypedDict, total=False):
    """The one day from which a count goes, under the word that says how; exactly one is given."""

    after: date
    beginning_with: date
    before: date
    ending_with: date


def in_words(n: int, unit: Unit, reading: Reading | None = None) -> str:
    """A count in words: 6 school days, counted from the day after, which is day 1."""
    counted = f"{n} {unit}{'' if n == 1 else 's'}"
    return counted if reading is None else f"{counted}, {reading}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day, or a week by its Monday, that a count passed over, and why."""

    on: date
    why: str


class Days(Protocol):
    """What a count must ask of a calendar to show its working."""

    def why_not(self, day: date, unit: Unit) -> str:
        """Why the day is not counted; empty when it is."""

    def unexpected_closures(self, first: date, last: date) -> tuple[date, ...]:
        """The days between on which the school shut although it was to meet."""

    def with_closures_counted(self) -> "Days":
        """The same calendar, its unexpected closures taken for school days."""

    def count(self, n: int, unit: Unit, reading: Reading, day: date) -> "Count":
        """Count from a day. Raises OutsideCalendar."""

    def terms_between(self, first: date, last: date) -> tuple[date, ...]:
        """The first days of the terms that begin between two days, both included."""


@dataclass(frozen=True, slots=True)
class Count:
    """One count of days: `n` of `unit`, read as `reading` from `day`, and the day reached.

    `due` is the n-th day; for school weeks it is the Sunday of the last week, or going back the
    Monday of the earliest; for terms the last day of the last. `counted` and `skipped` are worked
    out when they are asked for, in order of date; weeks appear by their Mondays, terms by their
    first days.
    """

    n: int
    unit: Unit
    reading: Reading
    day: date
    due: date
    calendar: Days = field(repr=False, compare=False)

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that were counted."""
        if self.unit is Unit.TERM:
            return self.calendar.terms_between(self.day + _DAY, self.due)
        return tuple(day for day, why in self._days() if not why)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The days that were passed over, each with the reason."""
        if self.unit is Unit.TERM:
            return ()
        return tuple(Skipped(day, why) for day, why in self._days() if why)

    @property
    def says(self) -> str:
        """The count in words."""
        return in_words(self.n, self.unit, self.reading)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the law leaves open about this count, with the day that the other reading gives.

        Whether a day on which the school shut unexpectedly is a school day is not settled: its
        sessions were due and were cancelled (SI 2024/208, regulation 10(10)).
        """
        if self.unit is not Unit.SCHOOL_DAY:
            return ()
        first, last = self._stretch()
        shut = self.calendar.unexpected_closures(first, last)
        if not shut:
            return ()
        other = self.calendar.with_closures_counted()
        due = other.count(self.n, self.unit, self.reading, self.day).due
        days = ", ".join(written(day) for day in shut)
        return (
            f"The school shut unexpectedly on {days}. Whether the law counts such a day as a "
            f"school day is not settled; it is passed over here. If it counts, the day is "
            f"{written(due)}.",
        )

    def _stretch(self) -> tuple[date, date]:
        first, last = sorted((first_day(self.unit, self.reading, self.day), self.due))
        return first, last

    def _days(self) -> Iterable[tuple[date, str]]:
        first, last = self._stretch()
        step = 7 if self.unit is Unit.SCHOOL_WEEK else 1
        start = monday_of(first) if step == 7 else first
        for i in range(0, (last - start).days + 1, step):
            day = start + i * _DAY
            yield day, self.calendar.why_not(day, self.unit)


def days_since(day: date, on: date) -> int:
    """How many calendar days have passed on `on` since `day`; negative before it."""
    return (on - day).days


def first_day(unit: Unit, reading: Reading, day: date) -> date:
    """The day, or a day of the week, that is number 1 of a count if it is counted at all."""
    if reading.counts_the_day_itself:
        return day
    length = 7 if unit is Unit.SCHOOL_WEEK else 1
    return day - length * _DAY if reading.is_backward else day + length * _DAY


def reading_of(named: Anchor) -> tuple[Reading, date]:
    """The reading under whose name one day was given. Raises TypeError unless exactly one was."""
    readings = {
        Reading.AFTER: named.get("after"),
        Reading.BEGINNING_WITH: named.get("beginning_with"),
        Reading.BEFORE: named.get("before"),
        Reading.ENDING_WITH: named.get("ending_with"),
    }
    given = [(reading, day) for reading, day in readings.items() if day is not None]
    if len(given) != 1 or len(named) != 1:
        raise TypeError("Name exactly one day: after, beginning_with, before or ending_with.")
    return given[0]


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - day.weekday() * _DAY


def months_after(day: date, n: int) -> date:
    """The day `n` months on with the same number, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - _DAY).day))


def months_beginning_with(day: date, n: int) -> date:
    """The last day of `n` months of which `day` is the first.

    It is the day before the one with the same number, or where the month has none its last day.
    """
    same = months_after(day, n)
    return same - _DAY if same.day == day.day else same
