"""The oracle's reading of a pupil's marks.

Marks are rows of a day, its morning code and its afternoon code; a session without a mark is None
or empty. Readings that the law leaves open and that are taken as given:

1. A day of absence counts only when both its sessions carry a code that counts.
2. `#`, a planned closure, is passed over. So are D, K, V, P, W and B in the ten days of the
   attendance return, and Y4, an unexpected closure, in the fifteen days of sickness in a row.
3. A school day on which a session has no mark breaks a run. A mark on a day on which the school
   did not meet is a slip and says nothing.
4. A clock's last day is the day on which the number was reached. Each run reaches it once; the
   ten sessions of the penalty notice test are told once.
5. Absence before 19 August 2024 is no part of the penalty notice test. A run that began before
   then was counted under the old law and starts no clock of the new.
6. A return stops a clock only from the day on which the number was reached or may have been.
7. Where a day is needed that the calendar does not reach, nothing is guessed: no mark there
   counts, and none breaks a run.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from tests.statute.oracle_answers import BY_THEN, MAY_PASS, Answer, Facts, answered, first_stop
from tests.statute.oracle_days import (
    ONE_DAY,
    Calendar,
    Counted,
    count_on,
    is_covered,
    is_school_day,
    monday_of,
    school_year_of,
)
from tests.statute.oracle_rows import AFTER, ATTENDANCE_2024, SCHOOL

KEY = "absence.codes"
WITHOUT_LEAVE = {"G", "N", "O", "U"}
UNEXPLAINED = {"G", "N", "O"}
SICK = {"I"}
PLANNED_CLOSURE = {"#"}
EDUCATED_ELSEWHERE = {"D", "K", "V", "P", "W", "B"}
UNEXPECTED_CLOSURE = {"Y4"}

Marks = dict[date, tuple[str | None, str | None]]


def absences(facts: Facts, calendar: Calendar, on: date | None) -> list[Answer]:
    """Answer every clock that marks start."""
    marks: Marks = {day: (am or None, pm or None) for day, am, pm in facts.get(KEY, ())}
    if not marks:
        return []
    ignored = PLANNED_CLOSURE | EDUCATED_ELSEWHERE
    found = [
        *runs("REG_ATT_RETURN", 10, WITHOUT_LEAVE, ignored, marks, calendar),
        *runs("REG_DEL_UNEXPL", 20, UNEXPLAINED, PLANNED_CLOSURE, marks, calendar),
        *runs("REG_SICK_CONSEC", 15, SICK, PLANNED_CLOSURE | UNEXPECTED_CLOSURE, marks, calendar),
        *sickness_in_the_year(marks, calendar),
        *reasons_not_found(marks, calendar),
        *ten_sessions(marks, calendar),
    ]
    answers = []
    for id_, n, started_on, count in found:
        stops = STOPS.get(id_, ())
        reached_on = count.due or count.lacks or started_on
        stopped_on = first_stop(facts, stops, reached_on, on)
        blank = Answer(id_, KEY, started_on, n, stopped_on=stopped_on)
        if started_on >= ATTENDANCE_2024:
            passing = MAY_PASS if id_ in NOBODY_IS_LATE else BY_THEN
            answers.append(answered(blank, count, passing, on))
    return answers


# A return goes at the intervals agreed; a penalty is to be considered; a deletion is allowed.
NOBODY_IS_LATE = {"REG_ATT_RETURN", "REG_DEL_UNEXPL", "PN_SESSIONS"}

STOPS = {
    "REG_ATT_RETURN": ("return.sent_on",),
    "REG_SICK_CONSEC": ("return.sent_on",),
    "REG_SICK_TOTAL": ("return.sent_on",),
}

Found = tuple[str, int, date, Counted]


def what_a_day_is(
    day: date, marks: Marks, wanted: set[str], passed: set[str], calendar: Calendar
) -> str:
    """Return whether a day is absent, breaks the run, passes it by, or cannot be told."""
    if not is_covered(day, calendar):
        return "cannot be told"
    if not is_school_day(day, calendar):
        return "passes"
    given = marks.get(day, (None, None))
    if any(code is not None and code not in wanted and code not in passed for code in given):
        return "breaks"
    if None in given:
        return "breaks"
    if all(code in wanted for code in given):
        return "absent"
    return "passes"


def runs(
    id_: str, number: int, wanted: set[str], passed: set[str], marks: Marks, calendar: Calendar
) -> Iterable[Found]:
    """Walk from the first mark to the last, and tell of each run that reaches the number."""
    n = 0
    counted: list[date] = []
    skipped: list[date] = []
    is_told = False  # this run has been told of already, with its day or as not to be told
    day, last = min(marks), max(marks)
    while day <= last:
        is_what = what_a_day_is(day, marks, wanted, passed, calendar)
        if is_what == "breaks":
            counted, skipped, is_told = [], [], False
        elif is_what == "absent":
            counted.append(day)
        elif is_what == "passes" and counted:
            skipped.append(day)
        if len(counted) == number and not is_told:
            n, is_told = n + 1, True
            yield id_, n, counted[0], Counted(day, tuple(counted), tuple(skipped))
        is_absent_here = day in marks and all(code in wanted for code in marks[day])
        if is_what == "cannot be told" and not is_told and (counted or is_absent_here):
            n, is_told = n + 1, True
            yield id_, n, counted[0] if counted else day, Counted(None, lacks=day)
        day += ONE_DAY


def sickness_in_the_year(marks: Marks, calendar: Calendar) -> Iterable[Found]:
    """Tell of the fifteenth day of sickness of each school year."""
    n = 0
    for year in sorted({school_year_of(day) for day in marks}):
        sick: list[date] = []
        for day in sorted(marks):
            is_of_the_year = school_year_of(day) == year
            if not is_of_the_year or not all(code in SICK for code in marks[day]):
                continue
            if not is_covered(day, calendar):
                n += 1
                yield "REG_SICK_TOTAL", n, min([*sick, day]), Counted(None, lacks=day)
                break
            if is_school_day(day, calendar):
                sick.append(day)
            if len(sick) == 15:
                n += 1
                yield "REG_SICK_TOTAL", n, sick[0], Counted(day, tuple(sick))
                break


def reasons_not_found(marks: Marks, calendar: Calendar) -> Iterable[Found]:
    """Tell of each day with a code N the fifth school day after it."""
    days = [day for day in sorted(marks) if "N" in marks[day]]
    for n, day in enumerate(days, 1):
        yield "REG_N_TO_O", n, day, count_on(day, 5, SCHOOL, AFTER, calendar)


def ten_sessions(marks: Marks, calendar: Calendar) -> Iterable[Found]:
    """Tell of the first day on which ten school weeks held ten sessions without leave."""
    missed: list[date] = []  # one entry for each session
    for day in sorted(marks):
        sessions = sum(code in WITHOUT_LEAVE for code in marks[day])
        if day < ATTENDANCE_2024 or not sessions:
            continue
        if not is_covered(day, calendar):
            yield "PN_SESSIONS", 1, min([*missed, day]), Counted(None, lacks=day)
            return
        if not is_school_day(day, calendar):
            continue
        missed += [day] * sessions
        first = ten_school_weeks_back(day, calendar)
        inside = [other for other in missed if other >= first]
        if len(inside) >= 10:
            yield "PN_SESSIONS", 1, inside[0], Counted(day, tuple(sorted(set(inside))))
            return


def ten_school_weeks_back(day: date, calendar: Calendar) -> date:
    """Return the Monday of the tenth school week, the week of this day being the first.

    A school week is a Monday to Sunday in which the school meets at least once; other weeks are
    passed by. Where the calendar begins later, its first week is returned.
    """
    monday = monday_of(day)
    found = 0
    while is_covered(monday, calendar) or is_covered(monday + timedelta(days=6), calendar):
        week = [monday + timedelta(days=d) for d in range(7)]
        if any(is_covered(d, calendar) and is_school_day(d, calendar) for d in week):
            found += 1
        if found == 10:
            return monday
        monday -= timedelta(days=7)
    return monday + timedelta(days=7)
