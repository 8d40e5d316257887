"""Lengths of absence that the law names, found in the marks of a register.

Only days on which the school meets are looked at, and a day of absence is a whole one: both of
its sessions are marked and both marks say so. A school day on which a session has no mark ends an
absence that must be unbroken, because nobody can say that the pupil was absent then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from onroll.statute.ages import year_of_school_day
from onroll.statute.calendars import SchoolCalendar, Session
from onroll.statute.commencement import PENALTIES_2024
from onroll.statute.counting import OutsideCalendar
from onroll.statute.facts import DayMarks
from onroll.statute.numbers import NUMBERS

# Planned closures are not sessions at all, whatever is being looked for.
CLOSED = frozenset({"#"})

# SI 2024/208, regulation 13(8): sessions elsewhere neither count nor break the ten days.
ELSEWHERE = frozenset({"D", "K", "V", "P", "W", "B"})

RETURN_CODES = frozenset({"G", "N", "O", "U"})  # regulation 13(7)(b)
BESIDE_RETURN = CLOSED | ELSEWHERE
DELETION_CODES = frozenset({"G", "N", "O"})  # regulation 9(1)(i)
SICKNESS_CODES = frozenset({"I"})
BESIDE_SICKNESS = CLOSED | {"Y4"}  # an unexpected closure is no break
PENALTY_CODES = frozenset({"G", "N", "O", "U"})  # SI 2024/210

PENALTY_SESSIONS, PENALTY_WEEKS = 10, NUMBERS["PN_WINDOW"].whole


@dataclass(slots=True)
class Absence:
    """The school days of an absence, and from when days are needed if the calendar lacks some."""

    days: list[date] = field(default_factory=list)
    needs_from: date | None = None


def unbroken(
    marks: tuple[DayMarks, ...],
    calendar: SchoolCalendar,
    codes: frozenset[str],
    n: int,
    *,
    ignoring: frozenset[str] = CLOSED,
) -> Iterator[Absence]:
    """Find each run of `n` school days on which both sessions are marked with one of `codes`.

    Each run is told once, with its first `n` days. A session marked with a code of `ignoring`
    neither counts nor breaks: its day is passed over unless the other session breaks the run. A
    run that goes on beyond the calendar before it is long enough says from when days are needed;
    beyond the calendar no mark counts, and none breaks.
    """
    run: list[date] = []
    is_told = False
    expected: int | None = None  # the place of the school day that would go on without a gap
    passed = codes | ignoring
    for day in marks:
        try:
            place = calendar.place_of(day.on)
        except OutsideCalendar as outside:
            is_after = calendar.ends_before(day.on)
            if is_after and expected is not None and expected < calendar.school_days_known:
                run, is_told = [], False
            if not is_told and (run or _is_all(day, codes, calendar)):
                is_told = True
                needs_from = calendar.needed_after(run[-1]) if run else outside.needed_from
                yield Absence(run or [day.on], needs_from)
            # Before the calendar the first school day goes on; after it none is left to miss.
            expected = calendar.school_days_known if is_after else 0
            continue
        if place is None:
            continue
        if expected is not None and place != expected:
            run, is_told = [], False
        expected = place + 1
        if _is_all(day, codes, calendar):
            run.append(day.on)
            if len(run) == n and not is_told:
                is_told = True
                yield Absence(list(run))
        elif not _is_all(day, passed, calendar):
            run, is_told = [], False


def _is_all(day: DayMarks, codes: frozenset[str], calendar: SchoolCalendar) -> bool:
    """Whether every session that was held is marked with one of these codes."""
    if not calendar.has_half(day.on):
        return day.is_all(codes)
    return all(mark in codes for mark in _held(day, calendar))


def _held(day: DayMarks, calendar: SchoolCalendar) -> tuple[str | None, ...]:
    """The marks of the sessions that were held; None for one that has no mark."""
    if not calendar.has_half(day.on) or not calendar.reaches(day.on):
        return day.am, day.pm
    held = calendar.sessions_on(day.on)
    return tuple(day.am if one is Session.AM else day.pm for one in held)


def sickness_by_year(marks: tuple[DayMarks, ...], calendar: SchoolCalendar) -> Iterator[Absence]:
    """The whole school days of sickness in each school year, together an absence of that year.

    Half days are left out, for the Regulations count school days: a day counts when both its
    sessions are marked as sickness. A year in which a day of sickness lies beyond the calendar
    ends there and says from when days are needed.
    """
    sick = [day.on for day in marks if _is_all(day, SICKNESS_CODES, calendar)]
    for _, days in groupby(sick, key=year_of_school_day):
        year = Absence()
        for day in days:
            try:
                if calendar.is_school_day(day):
                    year.days.append(day)
            except OutsideCalendar as outside:
                year.days = year.days or [day]
                year.needs_from = outside.needed_from
                break
        yield year


def penalty_sessions(marks: tuple[DayMarks, ...], calendar: SchoolCalendar) -> Absence | None:
    """The first ten sessions that meet the penalty notice threshold, as an absence; None if none.

    Ten sessions of G, N, O or U within ten consecutive school weeks, none before 19 August 2024
    (SI 2024/210, regulation 5). A date appears twice where both its sessions count. Where such a
    session lies beyond the calendar before ten are found, the absence says from when days are
    needed.
    """
    sessions: list[date] = []
    for day in marks:
        missed = [mark for mark in _held(day, calendar) if mark in PENALTY_CODES]
        if not missed or day.on < PENALTIES_2024:
            continue
        try:
            if not calendar.is_school_day(day.on):
                continue
        except OutsideCalendar as outside:
            return Absence(sessions or [day.on], needs_from=outside.needed_from)
        for _ in missed:
            sessions.append(day.on)
            window = sessions[-PENALTY_SESSIONS:]
            weeks = calendar.school_weeks_between(window[0], window[-1])
            if len(window) == PENALTY_SESSIONS and len(weeks) <= PENALTY_WEEKS:
                return Absence(window)
    return None
