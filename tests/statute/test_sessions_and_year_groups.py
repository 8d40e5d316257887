"""Half days, year groups, a school's own days beside its authority's, and all that from a file."""

from dataclasses import replace
from datetime import date

import pytest

from onroll.statute.calendar_file import read_calendar
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Session, Term
from onroll.statute.counting import OutsideCalendar, Unit
from onroll.statute.duties import clocks
from onroll.statute.reading import FaultyInput
from tests.statute.year_2026 import YEAR_2026

TUESDAY = date(2026, 3, 10)
BOILER = NotSchool(TUESDAY, DayKind.CLOSURE, Session.AM)
BOTH = (Session.AM, Session.PM)


def with_days_off(*days: NotSchool) -> SchoolCalendar:
    return replace(YEAR_2026, not_school=(*YEAR_2026.not_school, *days))


def test_a_day_with_one_session_is_a_school_day() -> None:
    calendar = with_days_off(BOILER)

    assert calendar.sessions_on(TUESDAY) == (Session.PM,)
    assert calendar.is_school_day(TUESDAY)
    assert calendar.school_days(1, after=date(2026, 3, 9)).due == TUESDAY


def test_a_day_that_loses_both_sessions_one_by_one_is_none() -> None:
    calendar = with_days_off(BOILER, NotSchool(TUESDAY, DayKind.INSET, Session.PM))

    assert calendar.sessions_on(TUESDAY) == ()
    assert calendar.why_not(TUESDAY, Unit.SCHOOL_DAY) == "school closed"
    assert calendar.school_days(1, after=date(2026, 3, 9)).due == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("day", "sessions"),
    [
        (date(2026, 3, 9), BOTH),
        (date(2026, 3, 6), ()),  # INSET
        (date(2026, 3, 7), ()),  # Saturday
        (date(2026, 2, 16), ()),  # half term
        (date(2026, 5, 4), ()),  # a bank holiday
        (date(2026, 4, 8), ()),  # Easter holiday
    ],
)
def test_the_sessions_of_a_day(day: date, sessions: tuple[Session, ...]) -> None:
    assert YEAR_2026.sessions_on(day) == sessions


def test_nobody_says_how_many_sessions_an_unknown_day_has() -> None:
    with pytest.raises(OutsideCalendar, match="needed from 2026-09-01"):
        YEAR_2026.sessions_on(date(2026, 9, 1))


def test_a_day_off_for_one_year_group_is_a_school_day_of_the_school() -> None:
    calendar = with_days_off(NotSchool(TUESDAY, DayKind.OTHER, year_group=11))
    # Year 11 has one possible day less than Year 10 in the week of 9 March.
    week = (date(2026, 3, 9), date(2026, 3, 13))

    assert calendar.is_school_day(TUESDAY)
    assert calendar.sessions_on(TUESDAY) == BOTH
    assert len(calendar.for_year_group(11).school_days_between(*week)) == 4
    assert len(calendar.for_year_group(10).school_days_between(*week)) == 5
    assert clocks({"permanent_exclusion.on": "2026-03-02"}, {}, calendar)[0].due == date(
        2026, 3, 11
    )


def test_half_a_day_off_for_one_year_group_takes_one_of_its_sessions() -> None:
    calendar = with_days_off(NotSchool(TUESDAY, session=Session.PM, year_group=7))

    assert calendar.sessions_on(TUESDAY) == BOTH
    assert calendar.for_year_group(7).sessions_on(TUESDAY) == (Session.AM,)
    assert calendar.for_year_group(8).sessions_on(TUESDAY) == BOTH


def test_a_day_off_for_everybody_is_one_for_each_year_group() -> None:
    assert not YEAR_2026.for_year_group(7).is_school_day(date(2026, 3, 6))


def test_a_year_group_that_begins_earlier_has_days_that_others_lack() -> None:
    friday = date(2026, 1, 2)
    calendar = replace(YEAR_2026, terms=(*YEAR_2026.terms, Term(friday, friday, year_group=7)))

    assert calendar.is_school_day(friday)  # somebody meets
    assert calendar.for_year_group(7).is_school_day(friday)
    assert calendar.for_year_group(8).why_not(friday, Unit.SCHOOL_DAY) == "outside term"
    assert calendar.for_year_group(8).is_school_day(date(2026, 1, 5))


@pytest.mark.parametrize(
    ("name", "year", "says"),
    [
        ("Ashcombe, 2026", 7, "Ashcombe, 2026, Year 7"),
        ("", 11, "Year 11"),
        ("Ashcombe, 2026", 0, "Ashcombe, 2026, Reception"),
    ],
)
def test_the_calendar_of_a_year_group_says_whose_it_is(name: str, year: int, says: str) -> None:
    assert replace(YEAR_2026, name=name).for_year_group(year).name == says


def test_a_school_adds_its_own_days_to_its_authoritys() -> None:
    school = YEAR_2026.for_school(
        "Ashcombe Primary", not_school=[NotSchool(TUESDAY, DayKind.INSET)], version="2"
    )

    assert school.why_not(TUESDAY, Unit.SCHOOL_DAY) == "INSET day"
    assert not school.is_school_day(date(2026, 3, 6))  # the authority's INSET day, inherited
    assert not school.is_school_day(date(2026, 2, 16))
    assert school.terms == YEAR_2026.terms
    assert (school.name, school.version) == ("Ashcombe Primary", "2")
    assert YEAR_2026.is_school_day(TUESDAY)


def test_a_school_meets_where_its_authoritys_schools_do_not() -> None:
    inset = date(2026, 3, 6)

    school = YEAR_2026.for_school("Ashcombe Primary", meets_on=[inset])

    assert school.is_school_day(inset)
    assert not school.is_school_day(date(2026, 2, 16))
    # 3, 4, 5, 6, 9, 10: a day earlier than in the authority's calendar.
    assert school.school_days(6, after=date(2026, 3, 2)).due == TUESDAY


def test_a_schools_own_terms_take_the_place_of_all_its_authoritys() -> None:
    own = Term(date(2026, 1, 12), date(2026, 4, 1))

    school = YEAR_2026.for_school("Ashcombe Free School", terms=[own])

    assert school.terms == (own,)
    assert not school.is_school_day(date(2026, 1, 5))
    assert school.is_school_day(date(2026, 3, 30))
    assert not school.is_school_day(date(2026, 4, 20))


def test_a_schools_clock_names_the_schools_calendar_and_not_its_authoritys_editions() -> None:
    covers = (date(2026, 1, 1), date(2026, 8, 31), "spring 2026, edition 3")
    authority = replace(YEAR_2026, editions=(covers,))
    facts = {"permanent_exclusion.on": "2026-03-02"}

    school = authority.for_school("Ashcombe Primary")

    assert clocks(facts, {}, authority)[0].counted_by == "spring 2026, edition 3"
    assert clocks(facts, {}, school)[0].counted_by == "Ashcombe Primary"


FILE = {
    "name": "Ashcombe Primary",
    "version": "2026-2",
    "covers": ["2026-01-01", "2026-08-31"],
    "terms": [["2026-01-05", "2026-03-27"]],
    "not_school": [
        {"on": "2026-03-10", "kind": "closure", "session": "am"},
        {"on": "2026-03-11", "year_group": 6},
        {"on": "2026-03-12"},
    ],
}


def test_half_days_and_year_groups_are_read_from_a_file() -> None:
    calendar = read_calendar(FILE)

    assert calendar.not_school == (
        NotSchool(TUESDAY, DayKind.CLOSURE, Session.AM),
        NotSchool(date(2026, 3, 11), DayKind.OTHER, None, 6),
        NotSchool(date(2026, 3, 12)),
    )
    assert calendar.sessions_on(TUESDAY) == (Session.PM,)
    assert calendar.is_school_day(date(2026, 3, 11))
    assert not calendar.for_year_group(6).is_school_day(date(2026, 3, 11))
    assert calendar.why_not(date(2026, 3, 12), Unit.SCHOOL_DAY) == (
        "not a school day in this calendar"
    )
    assert (calendar.name, calendar.version) == ("Ashcombe Primary", "2026-2")


@pytest.mark.parametrize(
    ("off", "where", "says"),
    [
        ({"on": "2026-03-10", "session": "noon"}, "session", "'noon' is not allowed here"),
        ({"on": "2026-03-10", "session": True}, "session", "True is not allowed here"),
        ({"on": "2026-03-10", "year_group": "six"}, "year_group", "is not a whole number"),
        ({"on": "2026-03-10", "year_group": -1}, "year_group", "is not a whole number"),
        ({"on": "2026-03-10", "year": 6}, "year", "is not a key that is known here"),
        ({"on": "10 March", "kind": "inset"}, "on", "is not a date"),
        ({"kind": "inset"}, "on", "null is not a date"),
        ({"on": "2026-03-10", "kind": "snow"}, "kind", "'snow' is not allowed here"),
    ],
)
def test_a_day_off_at_fault_is_named(off: object, where: str, says: str) -> None:
    with pytest.raises(FaultyInput) as raised:
        read_calendar(FILE | {"not_school": ["2026-03-09", off]})

    (fault,) = raised.value.faults
    assert fault.where == f"not_school[1].{where}"
    assert says in fault.problem
    assert fault.remedy


def test_every_fault_of_a_file_is_named_at_once() -> None:
    with pytest.raises(FaultyInput) as raised:
        read_calendar(
            {"covers": "2026", "terms": "spring", "not_school": ["soon"], "bank_holidays": 4}
        )

    assert [fault.where for fault in raised.value.faults] == [
        "covers",
        "terms",
        "not_school[0]",
        "bank_holidays",
    ]
