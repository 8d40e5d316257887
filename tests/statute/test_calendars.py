"""Counting days, against stepping from day to day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.calendar_file import read_calendar
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Term
from onroll.statute.counting import OutsideCalendar, Reading, Skipped, Unit
from onroll.statute.reading import FaultyInput
from tests.statute.year_2026 import YEAR_2026

DAY = timedelta(days=1)
FIRST = date(2024, 9, 1)


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """A calendar of up to 90 days with two terms and holes in them."""
    length = draw(st.integers(10, 90))
    days = st.integers(0, length).map(lambda i: FIRST + i * DAY)
    terms = draw(st.lists(st.tuples(days, days), min_size=1, max_size=2))
    return SchoolCalendar(
        covers=(FIRST, FIRST + length * DAY),
        terms=tuple(Term(min(pair), max(pair)) for pair in terms),
        not_school=tuple(NotSchool(day) for day in draw(st.lists(days, max_size=12))),
        bank_holidays=dict.fromkeys(draw(st.lists(days, max_size=4)), "a holiday"),
    )


def meets(calendar: SchoolCalendar, day: date) -> bool:
    """Whether the school meets, from the contract's words and none of the calendar's code."""
    return (
        day.weekday() < 5
        and any(term.first <= day <= term.last for term in calendar.terms)
        and day not in [off.on for off in calendar.not_school]
        and day not in calendar.bank_holidays
    )


def works(calendar: SchoolCalendar, day: date) -> bool:
    return day.weekday() < 5 and day not in calendar.bank_holidays


ORACLES: dict[Unit, Callable[[SchoolCalendar, date], bool]] = {
    Unit.SCHOOL_DAY: meets,
    Unit.WORKING_DAY: works,
}


def stepped(
    calendar: SchoolCalendar, n: int, unit: Unit, reading: Reading, day: date
) -> date | None:
    """The day reached by looking at one day after another; None beyond the calendar."""
    step = -DAY if reading in (Reading.BEFORE, Reading.ENDING_WITH) else DAY
    if reading in (Reading.AFTER, Reading.BEFORE):
        day += step
    assert calendar.covers is not None
    while calendar.covers[0] <= day <= calendar.covers[1]:
        n -= ORACLES[unit](calendar, day)
        if n == 0:
            return day
        day += step
    return None


@given(
    calendars(),
    st.integers(1, 30),
    st.sampled_from(list(ORACLES)),
    st.sampled_from(list(Reading)),
    st.integers(-3, 93),
)
def test_every_count_agrees_with_stepping_from_day_to_day(
    calendar: SchoolCalendar, n: int, unit: Unit, reading: Reading, offset: int
) -> None:
    day = FIRST + offset * DAY
    expected = stepped(calendar, n, unit, reading, day)

    if expected is None:
        with pytest.raises(OutsideCalendar):
            calendar.count(n, unit, reading, day)
        return
    count = calendar.count(n, unit, reading, day)

    assert count.due == expected
    assert len(count.counted) == n
    assert all(ORACLES[unit](calendar, counted) for counted in count.counted)
    assert not any(ORACLES[unit](calendar, skip.on) for skip in count.skipped)
    every = sorted([*count.counted, *(skip.on for skip in count.skipped)])
    first = day if reading.counts_the_day_itself else day + (-DAY if reading.is_backward else DAY)
    assert every == list(_span(min(first, expected), max(first, expected)))
    assert all(skip.why for skip in count.skipped)


def _span(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


@given(calendars(), st.integers(1, 8), st.sampled_from(list(Reading)), st.integers(14, 60))
def test_school_weeks_agree_with_stepping_from_week_to_week(
    calendar: SchoolCalendar, n: int, reading: Reading, offset: int
) -> None:
    day = FIRST + offset * DAY
    monday = day - day.weekday() * DAY
    step = -7 * DAY if reading.is_backward else 7 * DAY
    if not reading.counts_the_day_itself:
        monday += step
    assert calendar.covers is not None
    first, last = calendar.covers
    left, expected = n, None
    while True:
        week = list(_span(monday, monday + 6 * DAY))
        if any(meets(calendar, d) and first <= d <= last for d in week):
            left -= 1
        elif week[0] < first or week[-1] > last:
            break
        if left == 0:
            expected = monday if reading.is_backward else week[-1]
            break
        monday += step

    if expected is None:
        with pytest.raises(OutsideCalendar):
            calendar.count(n, Unit.SCHOOL_WEEK, reading, day)
    else:
        assert calendar.count(n, Unit.SCHOOL_WEEK, reading, day).due == expected


@given(st.integers(1, 400), st.sampled_from(list(Reading)), st.dates(date(2000, 1, 1)))
def test_calendar_days_need_no_calendar(n: int, reading: Reading, day: date) -> None:
    if day.year > 9990:
        return
    count = SchoolCalendar(covers=None).count(n, Unit.CALENDAR_DAY, reading, day)

    away = n - 1 if reading.counts_the_day_itself else n
    assert count.due == day + (-away if reading.is_backward else away) * DAY
    assert len(count.counted) == n
    assert count.skipped == ()


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_a_month_ends_on_the_same_day_or_the_last_of_a_shorter_month(day: date, n: int) -> None:
    due = SchoolCalendar(covers=None).months(n, after=day).due

    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == n
    assert due.day == day.day or (due.day < day.day and (due + DAY).day == 1)


def test_the_working_says_why_each_day_was_skipped() -> None:
    count = YEAR_2026.school_days(3, after=date(2026, 4, 30))

    assert count.due == date(2026, 5, 6)
    assert count.counted == (date(2026, 5, 1), date(2026, 5, 5), date(2026, 5, 6))
    assert count.skipped == (
        Skipped(date(2026, 5, 2), "Saturday"),
        Skipped(date(2026, 5, 3), "Sunday"),
        Skipped(date(2026, 5, 4), "bank holiday: Early May bank holiday"),
    )
    assert count.says == "3 school days, counted from the day after, which is day 1"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 6), "INSET day"),
        (date(2026, 2, 16), "school holiday"),
        (date(2026, 4, 8), "outside term"),
        (date(2026, 5, 4), "bank holiday: Early May bank holiday"),
        (date(2026, 3, 7), "Saturday"),
        (date(2026, 3, 9), ""),
    ],
)
def test_a_day_that_is_not_a_school_day_says_why(day: date, why: str) -> None:
    assert YEAR_2026.why_not(day, Unit.SCHOOL_DAY) == why


def test_an_inset_day_is_a_working_day() -> None:
    assert YEAR_2026.is_working_day(date(2026, 3, 6))
    assert not YEAR_2026.is_school_day(date(2026, 3, 6))


def test_a_penalty_window_of_ten_school_weeks_skips_holiday_weeks() -> None:
    count = YEAR_2026.school_weeks(10, ending_with=date(2026, 4, 15))

    assert count.due == date(2026, 1, 19)
    assert [skip.on for skip in count.skipped] == [
        date(2026, 2, 16),
        date(2026, 3, 30),
        date(2026, 4, 6),
    ]


@pytest.mark.parametrize(
    ("ask", "needed"),
    [
        (lambda c: c.school_days(30, after=date(2026, 7, 1)), date(2026, 9, 1)),
        (lambda c: c.school_days(1, after=date(2026, 10, 5)), date(2026, 10, 6)),
        (lambda c: c.school_days(1, before=date(2026, 1, 5)), date(2025, 12, 31)),
        (lambda c: c.working_days(1, beginning_with=date(2026, 9, 3)), date(2026, 9, 3)),
        (lambda c: c.is_school_day(date(2026, 9, 1)), date(2026, 9, 1)),
        (lambda c: c.school_days_between(date(2026, 8, 1), date(2026, 9, 9)), date(2026, 9, 1)),
        (lambda c: c.school_weeks(5, after=date(2026, 7, 1)), date(2026, 9, 1)),
    ],
)
def test_beyond_the_calendar_the_first_day_needed_is_named(
    ask: Callable[[SchoolCalendar], object], needed: date
) -> None:
    with pytest.raises(OutsideCalendar) as raised:
        ask(YEAR_2026)

    assert raised.value.needed_from == needed
    assert str(raised.value) == f"term dates needed from {needed.isoformat()}"


def test_days_between_include_both_ends() -> None:
    days = YEAR_2026.school_days_between(date(2026, 3, 5), date(2026, 3, 9))

    assert days == (date(2026, 3, 5), date(2026, 3, 9))
    assert len(YEAR_2026.working_days_between(date(2026, 3, 5), date(2026, 3, 9))) == 3
    assert YEAR_2026.school_days_between(date(2026, 3, 9), date(2026, 3, 5)) == ()


def test_a_count_names_exactly_one_day() -> None:
    with pytest.raises(TypeError, match="exactly one day"):
        YEAR_2026.school_days(1)
    with pytest.raises(TypeError, match="exactly one day"):
        YEAR_2026.school_days(1, after=date(2026, 3, 2), before=date(2026, 3, 9))
    with pytest.raises(ValueError, match="at least one"):
        YEAR_2026.school_days(0, after=date(2026, 3, 2))
    with pytest.raises(ValueError, match="Months"):
        YEAR_2026.count(1, Unit.MONTH, Reading.BEFORE, date(2026, 3, 2))


def test_a_calendar_is_read_from_json() -> None:
    calendar = read_calendar(
        {
            "covers": ["2026-01-01", "2026-08-31"],
            "terms": [["2026-01-05", "2026-03-27"]],
            "not_school": ["2026-02-16", {"on": "2026-03-06", "kind": "inset"}],
            "bank_holidays": ["2026-04-03", "2026-06-15"],
        }
    )

    assert calendar.not_school == (
        NotSchool(date(2026, 2, 16)),
        NotSchool(date(2026, 3, 6), DayKind.INSET),
    )
    assert calendar.bank_holidays[date(2026, 4, 3)] == "Good Friday"
    assert calendar.why_not(date(2026, 6, 15), Unit.WORKING_DAY).startswith("bank holiday")
    assert calendar.why_not(date(2026, 2, 16), Unit.SCHOOL_DAY)


def test_a_calendar_at_fault_names_every_fault() -> None:
    with pytest.raises(FaultyInput) as raised:
        read_calendar(
            {
                "covers": ["2026-08-31", "2026-01-01"],
                "terms": [["2026-01-05"], ["2026-02-30", "2026-03-01"]],
                "not_school": [{"on": "2026-03-06", "kind": "insert"}],
                "bank_holidays": ["3 April 2026"],
                "not_scool": [],
            }
        )

    faults = [str(fault) for fault in raised.value.faults]
    assert [fault.where for fault in raised.value.faults] == [
        "not_scool",
        "covers",
        "terms[0]",
        "terms[1][0]",
        "not_school[0].kind",
        "bank_holidays[0]",
    ]
    assert "Did you mean not_school?" in faults[0]
    assert "there is no such day as 2026-02-30" in faults[3]
    assert "Write it as 2026-03-05." in faults[5]


@pytest.mark.parametrize("given_json", [[], "x", {}, None, {"covers": None}, {"covers": "all"}])
def test_what_is_no_calendar_is_refused(given_json: object) -> None:
    with pytest.raises(FaultyInput):
        read_calendar(given_json)
