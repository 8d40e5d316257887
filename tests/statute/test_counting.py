"""Months that begin with a day, terms, and what the law leaves open about a count."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Session
from onroll.statute.counting import (
    Count,
    OutsideCalendar,
    Reading,
    Unit,
    days_since,
    monday_of,
)
from onroll.statute.duties import clocks
from onroll.statute.working import in_text
from tests.statute.year_2026 import YEAR_2026

A_DAY = timedelta(days=1)
NO_CALENDAR = SchoolCalendar(covers=None)


@pytest.mark.parametrize(
    ("first", "n", "last"),
    [
        (date(2026, 3, 1), 1, date(2026, 3, 31)),  # a calendar month
        (date(2026, 3, 15), 1, date(2026, 4, 14)),  # the day before the 15th
        (date(2026, 2, 28), 12, date(2027, 2, 27)),
        (date(2026, 9, 1), 36, date(2029, 8, 31)),  # three school years
        (date(2025, 12, 31), 1, date(2026, 1, 30)),  # over the turn of the year
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # February has no 31st: its last day
        (date(2026, 1, 29), 1, date(2026, 2, 28)),  # nor a 29th in 2026
        (date(2028, 1, 29), 1, date(2028, 2, 28)),  # a leap year has one: the day before it
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
    ],
)
def test_months_beginning_with_a_day_end_the_day_before_its_number(
    first: date, n: int, last: date
) -> None:
    count = NO_CALENDAR.months(n, beginning_with=first)

    assert count.due == last
    assert (count.counted[0], count.counted[-1]) == (first, last)
    assert count.skipped == ()


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_that_begin_the_day_after_others_end_leave_no_day_out(day: date, n: int) -> None:
    if day.day > 28:
        return
    first = NO_CALENDAR.months(n, beginning_with=day).due
    both = NO_CALENDAR.months(2 * n, beginning_with=day).due

    assert NO_CALENDAR.months(n, beginning_with=first + A_DAY).due == both
    assert NO_CALENDAR.months(n, after=day).due == first + A_DAY


def count_terms(n: int, day: date, calendar: SchoolCalendar = YEAR_2026) -> Count:
    return calendar.count(n, Unit.TERM, Reading.AFTER, day)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 1, 1), date(2026, 3, 27)),  # before the spring term
        (date(2026, 1, 5), date(2026, 7, 21)),  # its first day is in it: the next is the summer
        (date(2026, 3, 27), date(2026, 7, 21)),
        (date(2026, 4, 8), date(2026, 7, 21)),  # in the Easter holiday
    ],
)
def test_a_term_is_the_next_that_begins_to_its_last_day(day: date, last: date) -> None:
    assert count_terms(1, day).due == last


def test_the_working_of_terms_names_their_first_days() -> None:
    shuffled = replace(YEAR_2026, terms=YEAR_2026.terms[::-1])

    count = count_terms(2, date(2026, 1, 2), shuffled)

    assert count.due == date(2026, 7, 21)
    assert count.counted == (date(2026, 1, 5), date(2026, 4, 13))
    assert count.skipped == ()
    assert count.says == "2 terms, counted from the day after, which is day 1"
    assert count.doubts == ()


def test_a_term_that_nobody_has_entered_is_not_guessed() -> None:
    with pytest.raises(OutsideCalendar) as after_the_last:
        count_terms(1, date(2026, 4, 13))
    with pytest.raises(OutsideCalendar) as unknown:
        count_terms(1, date(2026, 4, 13), NO_CALENDAR)

    assert after_the_last.value.needed_from == date(2026, 9, 1)
    assert unknown.value.needed_from == date(2026, 4, 14)


@pytest.mark.parametrize("reading", [r for r in Reading if r is not Reading.AFTER])
def test_terms_are_counted_only_from_the_next(reading: Reading) -> None:
    with pytest.raises(ValueError, match="only from the one after"):
        YEAR_2026.count(1, Unit.TERM, reading, date(2026, 2, 2))


def shut(*days: NotSchool) -> SchoolCalendar:
    return replace(YEAR_2026, not_school=(*YEAR_2026.not_school, *days))


MONDAY = date(2026, 3, 2)
SNOW = NotSchool(date(2026, 3, 10), DayKind.CLOSURE)  # the Tuesday after


def test_a_day_on_which_the_school_shut_is_passed_over_and_the_other_reading_is_given() -> None:
    # After Monday 2 March: 3, 4, 5, (6 INSET), 9, (10 shut), 11, 12. If 10 counts: the 11th.
    count = shut(SNOW).school_days(6, after=date(2026, 3, 2))

    assert count.due == date(2026, 3, 12)
    assert count.doubts == (
        "The school shut unexpectedly on 10 March 2026. Whether the law counts such a day as a "
        "school day is not settled; it is passed over here. If it counts, the day is "
        "11 March 2026.",
    )


def test_counted_back_a_closure_moves_the_day_the_other_way() -> None:
    # Before Monday 16 March: 13, 12, 11, (10 shut), 9, (6 INSET), 5. If 10 counts: the 9th.
    count = shut(SNOW).school_days(5, before=date(2026, 3, 16))

    assert count.due == date(2026, 3, 5)
    assert count.doubts[0].endswith("If it counts, the day is 9 March 2026.")


def test_several_closures_are_all_named_in_order_of_date() -> None:
    later = NotSchool(date(2026, 3, 12), DayKind.CLOSURE)

    # 3, 4, 5, 9, (10), 11, (12), 13: the sixth is the 13th, or the 11th if both count.
    count = shut(later, SNOW).school_days(6, after=date(2026, 3, 2))

    assert count.due == date(2026, 3, 13)
    assert "shut unexpectedly on 10 March 2026, 12 March 2026." in count.doubts[0]
    assert count.doubts[0].endswith("the day is 11 March 2026.")


@pytest.mark.parametrize(
    ("off", "ask"),
    [
        # An INSET day was never to be a school day.
        (NotSchool(date(2026, 3, 10), DayKind.INSET), lambda c: c.school_days(6, after=MONDAY)),
        # It met in the afternoon: a school day all the same.
        (replace(SNOW, session=Session.AM), lambda c: c.school_days(6, after=MONDAY)),
        # After the last day, on the day left out, and in a half term.
        (NotSchool(date(2026, 3, 12), DayKind.CLOSURE), lambda c: c.school_days(6, after=MONDAY)),
        (NotSchool(MONDAY, DayKind.CLOSURE), lambda c: c.school_days(6, after=MONDAY)),
        (NotSchool(date(2026, 2, 17), DayKind.CLOSURE),
         lambda c: c.school_days(6, after=date(2026, 2, 12))),
        # Working days and plain days do not ask whether the school met.
        (SNOW, lambda c: c.working_days(10, after=MONDAY)),
        (SNOW, lambda c: c.calendar_days(10, after=MONDAY)),
    ],
)  # fmt: skip
def test_nothing_is_in_doubt_where_no_closure_moves_the_day(
    off: NotSchool, ask: Callable[[SchoolCalendar], Count]
) -> None:
    assert ask(shut(off)).doubts == ()


def test_a_clock_tells_of_the_doubt_wherever_it_is_shown() -> None:
    facts = {"permanent_exclusion.on": "2026-03-02"}

    clock = clocks(facts, {}, shut(SNOW))[0]

    assert clock.doubts == shut(SNOW).school_days(6, after=MONDAY).doubts
    assert clock.as_json()["doubts"] == list(clock.doubts)
    assert f"  Note:     {clock.doubts[0]}" in in_text(clock)


def test_a_calendar_names_its_unexpected_closures_and_can_do_without() -> None:
    calendar = shut(SNOW, NotSchool(date(2026, 2, 17), DayKind.CLOSURE))

    found = calendar.unexpected_closures(date(2026, 1, 5), date(2026, 7, 21))

    assert found == (date(2026, 3, 10),)  # the other was a holiday anyway
    assert calendar.unexpected_closures(date(2026, 3, 11), date(2026, 7, 21)) == ()
    assert calendar.with_closures_counted().is_school_day(date(2026, 3, 10))
    assert not calendar.with_closures_counted().is_school_day(date(2026, 3, 6))


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (YEAR_2026.school_days(1, before=date(2026, 3, 10)),
         "1 school day, counted back from the day before, which is day 1"),
        (YEAR_2026.school_weeks(2, ending_with=date(2026, 3, 10)),
         "2 school weeks, counted back from the day itself, which is day 1"),
        (NO_CALENDAR.months(1, after=date(2026, 3, 10)),
         "1 month, counted from the day after, which is day 1"),
        (NO_CALENDAR.calendar_days(15, beginning_with=date(2026, 3, 10)),
         "15 calendar days, counted from the day itself, which is day 1"),
    ],
)  # fmt: skip
def test_every_count_says_its_unit_and_its_reading(count: Count, says: str) -> None:
    assert count.says == says


def test_days_since_and_the_monday_of_a_week() -> None:
    assert days_since(date(2026, 3, 2), date(2026, 3, 12)) == 10
    assert days_since(date(2026, 3, 12), date(2026, 3, 2)) == -10
    assert monday_of(date(2026, 3, 8)) == date(2026, 3, 2)
    assert monday_of(date(2026, 3, 9)) == date(2026, 3, 9)
