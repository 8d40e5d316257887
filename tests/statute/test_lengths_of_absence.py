"""Absences that reach beyond the calendar, before it, or across the turn of a school year."""

from datetime import date, timedelta

from onroll.statute.calendars import SchoolCalendar
from onroll.statute.duties import Clock, clocks
from tests.statute.year_2026 import YEAR_2026


def rows(first: date, codes: str, calendar: SchoolCalendar = YEAR_2026) -> list[list[str]]:
    """A row for each school day from a first, both sessions marked with the next code."""
    days = calendar.school_days(len(codes), beginning_with=first).counted
    return [[day.isoformat(), code, code] for day, code in zip(days, codes, strict=True)]


def of(duty: str, marks: list[list[str]]) -> list[tuple[date, date | None, str | None]]:
    """When each clock of a duty began, when it is due, and what it needs."""
    found: tuple[Clock, ...] = clocks({"absence.codes": marks}, {}, YEAR_2026)
    return [(c.started_on, c.due, c.needs) for c in found if c.id == duty]


def sick(first: date, days: int) -> list[list[str]]:
    return rows(first, "I" * days)


def test_sickness_that_goes_on_beyond_the_calendar_says_which_days_lack() -> None:
    marks = [*sick(date(2026, 7, 6), 12), ["2026-09-02", "I", "I"], ["2026-09-03", "I", "I"]]

    assert of("REG_SICK_CONSEC", marks) == [
        (date(2026, 7, 6), None, "term dates needed from 2026-09-01")
    ]


def test_sickness_in_a_year_that_nobody_has_entered_is_not_added_up_by_guessing() -> None:
    assert of("REG_SICK_TOTAL", [["2026-09-02", "I", "I"]]) == [
        (date(2026, 9, 2), None, "term dates needed from 2026-09-02")
    ]
    # Being there, or ill by half, asks nothing.
    assert of("REG_SICK_TOTAL", [["2026-09-02", "/", "\\"], ["2026-09-03", "I", "/"]]) == []


def test_sickness_added_up_before_the_calendar_ends_is_due_whatever_comes_after() -> None:
    # 5 to 23 January: fifteen school days.
    marks = [*sick(date(2026, 1, 5), 15), ["2026-09-02", "I", "I"]]

    assert of("REG_SICK_TOTAL", marks)[0] == (date(2026, 1, 5), date(2026, 1, 23), None)


def test_a_day_on_which_the_school_does_not_meet_is_none_of_sickness() -> None:
    # Fifteen rows, of which Friday 6 March is an INSET day and Saturday 7 March no school day.
    marks = [*sick(date(2026, 2, 10), 13), ["2026-03-06", "I", "I"], ["2026-03-07", "I", "I"]]

    assert of("REG_SICK_TOTAL", marks) == []
    # The thirteen, to 5 March, and then 9 and 10 March.
    more = [["2026-03-09", "I", "I"], ["2026-03-10", "I", "I"]]
    assert of("REG_SICK_TOTAL", [*marks, *more]) == [(date(2026, 2, 10), date(2026, 3, 10), None)]


def test_nobody_says_when_a_run_is_ten_days_long_that_began_before_the_calendar() -> None:
    # The calendar begins on 1 January; the spring term on the 5th.
    before = ["2025-12-19", "O", "O"]
    lacks = (date(2025, 12, 19), None, "term dates needed from 2025-12-19")

    assert of("REG_ATT_RETURN", [before, *rows(date(2026, 1, 5), "O" * 10)]) == [lacks]
    # A day of presence between is a break: ten days to the 19th, and each is told.
    assert of("REG_ATT_RETURN", [before, *rows(date(2026, 1, 5), "/" + "O" * 10)]) == [
        lacks,
        (date(2026, 1, 6), date(2026, 1, 19), None),
    ]
    # So is one before the calendar.
    present = ["2025-12-19", "/", "\\"]
    assert of("REG_ATT_RETURN", [present, *rows(date(2026, 1, 5), "O" * 10)]) == [
        (date(2026, 1, 5), date(2026, 1, 16), None)
    ]


def test_a_school_day_without_a_row_at_the_edge_of_the_calendar_is_a_break() -> None:
    # Nothing is known of 5 January, the first school day: the ten days are those from the 6th.
    early = [["2025-12-19", "O", "O"], *rows(date(2026, 1, 6), "O" * 10)]
    # Nor of 16 to 21 July, the last: the absence of September is another.
    late = [*rows(date(2026, 7, 13), "OOO"), ["2026-09-02", "O", "O"]]

    assert of("REG_ATT_RETURN", early)[1:] == [(date(2026, 1, 6), date(2026, 1, 19), None)]
    assert of("REG_ATT_RETURN", late) == [
        (date(2026, 9, 2), None, "term dates needed from 2026-09-02")
    ]


def test_a_run_after_one_that_was_too_short_is_a_run_of_its_own() -> None:
    marks = rows(date(2026, 3, 2), "OOO/" + "O" * 10)

    # 2, 3, 4 March absent, 5 present, 6 INSET: from 9 March ten days to 20 March.
    assert of("REG_ATT_RETURN", marks) == [(date(2026, 3, 9), date(2026, 3, 20), None)]


def absent(first: date, days: int) -> list[list[str]]:
    """Rows of days without leave, whether the calendar knows them or not."""
    found = [first + timedelta(days=i) for i in range(days)]
    return [[day.isoformat(), "O", "O"] for day in found]


def test_ten_sessions_beyond_the_calendar_are_not_counted_by_guessing() -> None:
    first = date(2026, 9, 7)
    present = ["2026-01-06", "/", "\\"]

    lacks = [(first, None, "term dates needed from 2026-09-07")]
    assert of("PN_SESSIONS", absent(first, 5)) == lacks
    # It begins with an absence, not with the first row of the register.
    assert of("PN_SESSIONS", [present, *absent(first, 5)]) == lacks


def test_a_day_of_presence_beyond_the_calendar_asks_nothing() -> None:
    marks = [*absent(date(2026, 1, 5), 4), ["2026-09-07", "/", "\\"]]

    assert of("PN_SESSIONS", marks) == []


def test_ten_sessions_stay_reached_whatever_lies_beyond_the_calendar() -> None:
    # Five whole days, 5 to 9 January.
    marks = [*absent(date(2026, 1, 5), 5), *absent(date(2026, 9, 7), 1)]

    assert of("PN_SESSIONS", marks) == [(date(2026, 1, 5), date(2026, 1, 9), None)]


def test_sessions_on_a_day_on_which_the_school_does_not_meet_are_none() -> None:
    # Eight sessions, and two on the INSET day of 6 March; the next two are on 9 March.
    marks = [*absent(date(2026, 1, 5), 4), *absent(date(2026, 3, 6), 1)]

    assert of("PN_SESSIONS", marks) == []
    assert of("PN_SESSIONS", [*marks, *absent(date(2026, 3, 9), 1)]) == [
        (date(2026, 1, 5), date(2026, 3, 9), None)
    ]
