"""Every count of days in the program is made here and nowhere else.

Four ways of counting exist and are never mixed: the school days of one school's calendar, working
days, calendar days, and school weeks. (Months and terms are not counted in days at all: the day
with the same number, or the end of the term, is taken.) The law words a count in one of four
ways, and so does this module:

    calendar.school_days(6, after=excluded_on)            # the day after is day 1
    calendar.calendar_days(15, beginning_with=served_on)  # the day itself is day 1
    calendar.school_days(5, before=hearing_on)            # counted back, hearing day left out
    calendar.school_weeks(10, ending_with=absent_on)      # counted back, that week included

Each answers with a `Count`, which knows the day reached and can show its working. A calendar says
how far it reaches; a count that would go beyond raises `OutsideCalendar` and never guesses.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Unpack

from onroll.statute.ages import year_group_name
from onroll.statute.counting import (
    Anchor,
    Count,
    OutsideCalendar,
    Reading,
    Unit,
    first_day,
    monday_of,
    months_after,
    months_beginning_with,
    reading_of,
)

_DAY = timedelta(days=1)
WEEKEND = ("Saturday", "Sunday")


class DayKind(StrEnum):
    """Why a weekday inside a term is not a school day."""

    INSET = "inset"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    BANK = "bank"
    OTHER = "other"

    @property
    def says(self) -> str:
        """The reason as a person reads it."""
        return {
            DayKind.INSET: "INSET day",
            DayKind.HOLIDAY: "school holiday",
            DayKind.CLOSURE: "school closed",
            DayKind.BANK: "bank holiday",
            DayKind.OTHER: "not a school day in this calendar",
        }[self]


class Session(StrEnum):
    """Half a school day."""

    AM = "am"
    PM = "pm"


@dataclass(frozen=True, slots=True)
class Term:
    """A term, first and last day included; half-term holidays are `NotSchool` or separate terms.

    `year_group` is set on a term that only one year group keeps.
    """

    first: date
    last: date
    year_group: int | None = None


@dataclass(frozen=True, slots=True)
class NotSchool:
    """A day on which the school does not meet although it lies within a term.

    `session` is set where it meets for the other one: that day stays a school day, for a school
    day holds at least one session. `year_group` is set where only that one stays away: the school
    meets, and the day is out only in `SchoolCalendar.for_year_group`.
    """

    on: date
    kind: DayKind = DayKind.OTHER
    session: Session | None = None
    year_group: int | None = None


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The days of one school, or of an authority's schools, as far as they are known.

    `covers` is the first and last day for which the calendar is complete, both included; None for
    a calendar about which nothing is known, with which only calendar days and months can be
    counted. Bank holidays map each date to its name. `name` and `version` tell the calendar from
    others; `editions` says in words which term dates hold in which stretch of days, so that every
    clock can show by which it was counted.
    """

    covers: tuple[date, date] | None
    terms: tuple[Term, ...] = ()
    not_school: tuple[NotSchool, ...] = ()
    bank_holidays: Mapping[date, str] = field(default_factory=dict)
    name: str = ""
    version: str = ""
    editions: tuple[tuple[date, date, str], ...] = ()
    _closed: Mapping[date, Mapping[Session, str]] = field(init=False, repr=False, compare=False)
    _reasons: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _school_days: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _places: Mapping[date, int] = field(init=False, repr=False, compare=False)
    _working_days: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _school_weeks: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        closed = _closed_sessions(self.not_school)
        reasons = {on: shut[Session.AM] for on, shut in closed.items() if len(shut) == len(Session)}
        reasons |= {day: f"bank holiday: {name}" for day, name in self.bank_holidays.items()}
        known = _days_between(*self.covers) if self.covers else ()
        in_term = {day for term in self.terms for day in _days_between(term.first, term.last)}
        weekdays = [day for day in known if day.weekday() < 5]
        school_days = tuple(day for day in weekdays if day in in_term and day not in reasons)
        # A frozen value may fill its own indexes once, here.
        fill = object.__setattr__
        fill(self, "_closed", closed)
        fill(self, "_reasons", reasons)
        fill(self, "_school_days", school_days)
        fill(self, "_places", {day: place for place, day in enumerate(school_days)})
        fill(self, "_working_days", tuple(d for d in weekdays if d not in self.bank_holidays))
        fill(self, "_school_weeks", tuple(sorted({monday_of(day) for day in school_days})))

    def for_year_group(self, year: int) -> "SchoolCalendar":
        """The calendar of one year group: its own terms and days off beside everybody's.

        For possible sessions. A clock that the law counts in school days of the school goes by
        the school's own calendar, on which the day counts if anybody meets. Raises ValueError
        where there is no such year group.
        """
        group = year_group_name(year)
        return replace(
            self,
            terms=tuple(
                replace(t, year_group=None) for t in self.terms if t.year_group in (None, year)
            ),
            not_school=tuple(
                replace(off, year_group=None)
                for off in self.not_school
                if off.year_group in (None, year)
            ),
            name=f"{self.name}, {group}" if self.name else group,
        )

    def for_school(
        self,
        name: str,
        *,
        terms: Iterable[Term] = (),
        not_school: Iterable[NotSchool] = (),
        meets_on: Iterable[date] = (),
        version: str = "",
    ) -> "SchoolCalendar":
        """A school's own calendar, where this one is its authority's.

        Its own `terms` take the place of all the authority's, if it gives any. Its INSET days and
        closures are added, and days on which it meets although the authority's schools do not are
        taken out. What it says nothing of is inherited.
        """
        meets = frozenset(meets_on)
        kept = tuple(off for off in self.not_school if off.on not in meets)
        return replace(
            self,
            terms=tuple(terms) or self.terms,
            not_school=(*kept, *not_school),
            name=name,
            version=version,
            editions=(),
        )

    @property
    def school_terms(self) -> tuple[Term, ...]:
        """The terms of the whole school, without those that one year group keeps for itself."""
        return tuple(term for term in self.terms if term.year_group is None)

    def editions_between(self, first: date, last: date) -> str:
        """Which term dates hold from one day to another, in words; the name where nobody said."""
        used = [says for starts, ends, says in self.editions if starts <= last and first <= ends]
        return ", ".join(dict.fromkeys(used)) or self.name

    def reaches(self, day: date) -> bool:
        """Whether the calendar is complete on this day."""
        return self.covers is not None and self.covers[0] <= day <= self.covers[1]

    def is_school_day(self, day: date) -> bool:
        """Whether the school meets. Raises OutsideCalendar."""
        return not self.why_not(day, Unit.SCHOOL_DAY)

    @property
    def school_days_known(self) -> int:
        """How many school days the calendar holds."""
        return len(self._school_days)

    def place_of(self, day: date) -> int | None:
        """The place of a day among the school days, from 0; None if it is none.

        Two days between which no school day lies have places one apart. Raises OutsideCalendar.
        """
        self._must_reach(day)
        return self._places.get(day)

    def ends_before(self, day: date) -> bool:
        """Whether the calendar is known to its end before a day."""
        return self.covers is not None and self.covers[1] < day

    def needed_after(self, day: date) -> date:
        """The first day after one that the calendar holds of which it says nothing."""
        assert self.reaches(day)
        assert self.covers is not None
        return self.covers[1] + _DAY

    def is_working_day(self, day: date) -> bool:
        """Whether the day is a working day. Raises OutsideCalendar."""
        return not self.why_not(day, Unit.WORKING_DAY)

    def has_half(self, day: date) -> bool:
        """Whether one session of a day is not held, so that the other is all there is of it."""
        return len(self._closed.get(day, ())) == 1

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """The sessions for which the school meets on a day. Raises OutsideCalendar."""
        if not self.is_school_day(day):
            return ()
        return tuple(session for session in Session if session not in self._closed.get(day, {}))

    def why_not(self, day: date, unit: Unit) -> str:
        """Why the day, or for weeks the week of it, is not counted; empty when it is.

        Raises OutsideCalendar.
        """
        if unit is Unit.SCHOOL_WEEK:
            return "" if self._is_school_week(monday_of(day)) else "no school day in this week"
        if unit not in (Unit.SCHOOL_DAY, Unit.WORKING_DAY):
            return ""
        self._must_reach(day)
        if day.weekday() >= 5:
            return WEEKEND[day.weekday() - 5]
        if unit is Unit.WORKING_DAY:
            return self._reasons[day] if day in self.bank_holidays else ""
        if day in self._places:
            return ""
        return self._reasons.get(day, "outside term")

    def unexpected_closures(self, first: date, last: date) -> tuple[date, ...]:
        """The days between, both included, that would be school days but for a closure."""
        closed = {off.on for off in self.not_school if off.kind is DayKind.CLOSURE}
        shut = sorted(day for day in closed if first <= day <= last and not self.is_school_day(day))
        if not shut:
            return ()
        counted = self.with_closures_counted()
        return tuple(day for day in shut if counted.is_school_day(day))

    def with_closures_counted(self) -> "SchoolCalendar":
        """The same calendar, unexpected closures taken for school days."""
        kept = tuple(off for off in self.not_school if off.kind is not DayKind.CLOSURE)
        return replace(self, not_school=kept)

    def school_days(self, n: int, **named: Unpack[Anchor]) -> Count:
        """Count `n` school days from the one day named. Raises OutsideCalendar."""
        return self.count(n, Unit.SCHOOL_DAY, *reading_of(named))

    def working_days(self, n: int, **named: Unpack[Anchor]) -> Count:
        """Count `n` working days from the one day named. Raises OutsideCalendar."""
        return self.count(n, Unit.WORKING_DAY, *reading_of(named))

    def calendar_days(self, n: int, **named: Unpack[Anchor]) -> Count:
        """Count `n` calendar days from the one day named."""
        return self.count(n, Unit.CALENDAR_DAY, *reading_of(named))

    def school_weeks(self, n: int, **named: Unpack[Anchor]) -> Count:
        """Count `n` school weeks from the week of the one day named. Raises OutsideCalendar."""
        return self.count(n, Unit.SCHOOL_WEEK, *reading_of(named))

    def months(self, n: int, **named: Unpack[Anchor]) -> Count:
        """Go `n` months forward, after the day named or beginning with it."""
        return self.count(n, Unit.MONTH, *reading_of(named))

    def count(self, n: int, unit: Unit, reading: Reading, day: date) -> Count:
        """Count `n` of `unit` as `reading` says from `day`.

        Raises OutsideCalendar when the calendar does not reach, ValueError when `n` is not
        positive, when months are counted back, or terms in any way but AFTER.
        """
        if n < 1:
            raise ValueError(f"A count needs at least one {unit}, not {n}.")
        if unit is Unit.MONTH:
            due = _months(n, reading, day)
        elif unit is Unit.TERM:
            due = self._nth_term(n, reading, day)
        elif unit is Unit.CALENDAR_DAY:
            step = -_DAY if reading.is_backward else _DAY
            due = first_day(unit, reading, day) + (n - 1) * step
        else:
            due = self._nth(n, unit, reading, first_day(unit, reading, day))
        return Count(n, unit, reading, day, due, self)

    def school_days_between(self, first: date, last: date) -> tuple[date, ...]:
        """The school days from `first` to `last`, both included. Raises OutsideCalendar."""
        return self._slice(self._school_days, first, last)

    def working_days_between(self, first: date, last: date) -> tuple[date, ...]:
        """The working days from `first` to `last`, both included. Raises OutsideCalendar."""
        return self._slice(self._working_days, first, last)

    def school_weeks_between(self, first: date, last: date) -> tuple[date, ...]:
        """The Mondays of the school weeks from the week of `first` to that of `last`.

        Raises OutsideCalendar.
        """
        for day in (first, last):
            self._is_school_week(monday_of(day))
        at = bisect_left(self._school_weeks, monday_of(first))
        return self._school_weeks[at : bisect_right(self._school_weeks, monday_of(last))]

    def terms_between(self, first: date, last: date) -> tuple[date, ...]:
        """The first days of the terms that begin from `first` to `last`, both included."""
        begins = {term.first for term in self.school_terms}
        return tuple(day for day in sorted(begins) if first <= day <= last)

    def _slice(self, days: Sequence[date], first: date, last: date) -> tuple[date, ...]:
        if last < first:
            return ()
        self._must_reach(first)
        if self.covers is not None and last > self.covers[1]:
            raise OutsideCalendar(self.covers[1] + _DAY)
        return tuple(days[bisect_left(days, first) : bisect_right(days, last)])

    def _nth(self, n: int, unit: Unit, reading: Reading, first: date) -> date:
        if unit is Unit.SCHOOL_WEEK:
            return self._nth_week(n, reading, monday_of(first))
        self._must_reach(first)
        days = self._school_days if unit is Unit.SCHOOL_DAY else self._working_days
        at = _index(days, first, n, backward=reading.is_backward)
        return days[at] if 0 <= at < len(days) else self._beyond(reading)

    def _nth_week(self, n: int, reading: Reading, monday: date) -> date:
        self._is_school_week(monday)
        at = _index(self._school_weeks, monday, n, backward=reading.is_backward)
        if not 0 <= at < len(self._school_weeks):
            return self._beyond(reading)
        week = self._school_weeks[at]
        return week if reading.is_backward else week + 6 * _DAY

    def _nth_term(self, n: int, reading: Reading, day: date) -> date:
        if reading is not Reading.AFTER:
            raise ValueError("Terms are counted only from the one after.")
        self._must_reach(day + _DAY)
        # A term that begins beyond may not be the next one: another may lie between.
        later = sorted(
            (t.first, t.last) for t in self.school_terms if day < t.first and self.reaches(t.first)
        )
        return later[n - 1][1] if n <= len(later) else self._beyond(reading)

    def _is_school_week(self, monday: date) -> bool:
        at = bisect_left(self._school_weeks, monday)
        if at < len(self._school_weeks) and self._school_weeks[at] == monday:
            return True
        # A week without a known school day is a holiday week only if all of it is known.
        for day in (monday, monday + 6 * _DAY):
            self._must_reach(day)
        return False

    def _must_reach(self, day: date) -> None:
        if not self.reaches(day):
            raise OutsideCalendar(day)

    def _beyond(self, reading: Reading) -> date:
        assert self.covers is not None  # _must_reach has been asked
        first, last = self.covers
        raise OutsideCalendar(first - _DAY if reading.is_backward else last + _DAY)


def _closed_sessions(not_school: Iterable[NotSchool]) -> dict[date, dict[Session, str]]:
    """Which sessions the whole school does not hold, by day, and why."""
    closed: dict[date, dict[Session, str]] = {}
    for off in not_school:
        if off.year_group is None:
            for session in Session if off.session is None else (off.session,):
                closed.setdefault(off.on, {})[session] = off.kind.says
    return closed


def _months(n: int, reading: Reading, day: date) -> date:
    if reading is Reading.AFTER:
        return months_after(day, n)
    if reading is Reading.BEGINNING_WITH:
        return months_beginning_with(day, n)
    raise ValueError("Months are not counted back.")


def _index(days: Sequence[date], first: date, n: int, *, backward: bool) -> int:
    return bisect_right(days, first) - n if backward else bisect_left(days, first) + n - 1


def _days_between(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + i * _DAY for i in range((last - first).days + 1))
