"""An oracle for the statutory clocks: the law counted by hand, one day at a time.

It was written from the law and from what `onroll clocks` promises to read and print, not from the
library, and shares no code and no table with it. Where it and the library differ, one of the two
misreads the law. The oracle takes these readings as given, because the law leaves them open or
the program has announced them:

1. Every day stepped upon must lie in the calendar, weekends too, where the count is one of school
   days or working days.
2. A clock keeps the rule that was law on the day on which it started; an event before a rule
   began starts no clock of that rule, but is numbered.
3. What is dated after the day asked about has not happened yet: a stop, a pause, an extension.
4. Two half days of a suspension count as one day; the calendar cannot say which days they were,
   so the whole days come first.
5. A board counts from the first day on which it was told, on or after the first excluded day.

The readings about marks are in `oracle_absences`, those about totals in `oracle_totals`.
"""

from datetime import date

from tests.statute.oracle_absences import absences
from tests.statute.oracle_answers import (
    Answer,
    Facts,
    answered,
    days_of,
    earlier,
    first_stop,
)
from tests.statute.oracle_days import (
    ONE_DAY,
    Calendar,
    Counted,
    count_back,
    count_months,
    count_on,
    is_covered,
)
from tests.statute.oracle_rows import (
    AFTER,
    BEFORE,
    BEGINNING,
    BOARD,
    DAY_SIX,
    EXCLUSIONS_2012,
    NATIONAL,
    PACKS,
    PRACTICE,
    REPLACED,
    SCHOOL,
    Row,
)
from tests.statute.oracle_totals import penalty_notices, subject_access, suspensions

DONE_BEFORE_OR_ON_THE_DAY = "EX_S104_NOTICE"


def count_row(row: Row, start: date, calendar: Calendar) -> Counted:
    """Count one clock."""
    if row.unit == "none":
        return Counted(None)
    if row.unit == "next term":
        return to_the_end_of_next_term(start, calendar)
    if row.unit == "month":
        return count_months(start, row.number, row.reading)
    if row.reading == BEFORE:
        return count_back(start, row.number, row.unit, calendar)
    return count_on(start, row.number, row.unit, row.reading, calendar)


def to_the_end_of_next_term(start: date, calendar: Calendar) -> Counted:
    """Walk to the first term that begins after this day; its last day is what is asked.

    What is counted is one term, which is written by its first day. A term that begins inside what
    the calendar covers is known to its end.
    """
    day = start
    while True:
        day += ONE_DAY
        if not is_covered(day, calendar):
            return Counted(None, lacks=day)
        for first, last in calendar["terms"]:
            if first == day:
                return Counted(last, (first,))


def plain(row: Row, facts: Facts, calendar: Calendar, on: date | None) -> list[Answer]:
    """Answer one line of the law for each of its events."""
    answers = []
    before: date | None = None
    for n, start in enumerate(days_of(facts, row.key), 1):
        if row.reading == BEFORE:
            # What must be done beforehand is looked for between the last such day and this one.
            earliest = before + ONE_DAY if before else date.min
            stopped_on = first_stop(facts, row.stops, earliest, earlier(start, on))
            if stopped_on is None and start == days_of(facts, row.key)[-1]:
                # Done after the last such day, it is done late.
                stopped_on = first_stop(facts, row.stops, start, on)
        elif row.id == DONE_BEFORE_OR_ON_THE_DAY:
            # A notice of the first excluded day is often given when it is decided, before it.
            earliest = before + ONE_DAY if before else date.min
            stopped_on = first_stop(facts, row.stops, earliest, on)
        else:
            is_itself = row.key in row.stops
            earliest = start + ONE_DAY if is_itself else start
            stopped_on = first_stop(facts, row.stops, earliest, on)
        before = start
        if start >= row.since:
            blank = Answer(row.id, row.key, start, n, stopped_on=stopped_on)
            answers.append(answered(blank, count_row(row, start, calendar), row.passing, on))
    return answers


def board(facts: Facts, attributes: Facts, calendar: Calendar, on: date | None) -> list[Answer]:
    """Answer when a board that was told must meet, by its case."""
    if not days_of(facts, "board.told_on"):
        return []
    id_, number = BOARD[attributes["board_case"]]
    unit = SCHOOL if number else "none"
    row = Row("board.told_on", id_, number, unit, AFTER, EXCLUSIONS_2012, ("board.met_on",))
    return plain(row, facts, calendar, on)


def sixth_day_of_suspension(facts: Facts, calendar: Calendar, on: date | None) -> list[Answer]:
    """Answer the sixth school day of a suspension of more than five; its first day is day 1."""
    if facts.get("suspension.school_days", 0) <= 5:
        return []
    row = Row("suspension.first_day", "DAY6_SUSP", 6, SCHOOL, BEGINNING, DAY_SIX,
              ("provision.started_on",))  # fmt: skip
    return plain(row, facts, calendar, on)


def answers(
    facts: Facts,
    attributes: Facts,
    calendar: Calendar,
    *,
    on: date | None = None,
    pack: str = "national",
    with_practice: bool = True,
) -> list[Answer]:
    """Answer every clock that these facts start."""
    rows = [row for row in NATIONAL if row.id != REPLACED.get(pack)]
    rows += PACKS[pack]
    if with_practice:
        rows += PRACTICE
    found: list[Answer] = []
    for row in rows:
        found += plain(row, facts, calendar, on)
    found += board(facts, attributes, calendar, on)
    found += sixth_day_of_suspension(facts, calendar, on)
    found += suspensions(facts, attributes, calendar, on)
    found += absences(facts, calendar, on)
    found += penalty_notices(facts, attributes, calendar, on)
    found += subject_access(facts, on)
    return found
