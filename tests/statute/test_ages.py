"""Compulsory school age and year groups, case by case and against the words of the Act."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.ages import (
    Phase,
    age_on,
    birthday,
    births_of_school_age,
    compulsory_school_age,
    is_of_compulsory_school_age,
    phase_of,
    school_leaving_date,
    school_year,
    year_group,
    year_group_name,
)

BORN = st.dates(date(1995, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("born_on", "starts_on", "law"),
    [
        (date(2021, 8, 31), date(2026, 8, 31), "five on the prescribed day itself"),
        (date(2021, 9, 1), date(2026, 12, 31), "the day after"),
        (date(2021, 12, 31), date(2026, 12, 31), "five on 31 December"),
        (date(2022, 1, 1), date(2027, 3, 31), "five on 1 January"),
        (date(2022, 3, 31), date(2027, 3, 31), "five on 31 March"),
        (date(2022, 4, 1), date(2027, 8, 31), "the day after"),
        (date(2020, 2, 29), date(2025, 3, 31), "born on a leap day"),
    ],
)
def test_school_age_begins_on_a_prescribed_day(born_on: date, starts_on: date, law: str) -> None:
    assert compulsory_school_age(born_on).starts_on == starts_on, law


@pytest.mark.parametrize(
    ("born_on", "ends_on", "law"),
    [
        (date(2009, 9, 1), date(2026, 6, 26), "the oldest of the year"),
        (date(2010, 6, 26), date(2026, 6, 26), "sixteen on the leaving date"),
        (date(2010, 6, 27), date(2026, 6, 26), "sixteen the day after: leaves at fifteen"),
        (date(2010, 8, 31), date(2026, 6, 26), "the youngest of the year"),
        (date(2010, 9, 1), date(2027, 6, 25), "the next year"),
        (date(2012, 2, 29), date(2028, 6, 30), "born on a leap day"),
    ],
)
def test_school_age_ends_on_a_leaving_date(born_on: date, ends_on: date, law: str) -> None:
    assert compulsory_school_age(born_on).ends_on == ends_on, law


def test_where_the_school_year_turns_can_be_set() -> None:
    born_on = date(2010, 9, 1)

    assert compulsory_school_age(born_on).ends_on == date(2027, 6, 25)
    later = compulsory_school_age(born_on, year_turns_after=(9, 2))
    assert later.ends_on == date(2026, 6, 26)


@pytest.mark.parametrize(
    "leaving", [date(2025, 6, 27), date(2026, 6, 26), date(2027, 6, 25), date(2028, 6, 30)]
)
def test_the_leaving_date_is_the_last_friday_in_june(leaving: date) -> None:
    assert school_leaving_date(leaving.year) == leaving


@given(BORN)
def test_school_age_agrees_with_stepping_from_day_to_day(born_on: date) -> None:
    day = birthday(born_on, 5)
    while (day.month, day.day) not in [(8, 31), (12, 31), (3, 31)]:
        day += timedelta(days=1)
    leaving = [d for y in range(2000, 2060) if (d := school_leaving_date(y))]
    sixteen = birthday(born_on, 16)
    its_year = [d for d in leaving if school_year(d) == school_year(sixteen)]

    age = compulsory_school_age(born_on)

    assert age.starts_on == day
    assert [age.ends_on] == its_year
    assert is_of_compulsory_school_age(born_on, age.starts_on)
    assert is_of_compulsory_school_age(born_on, age.ends_on)
    assert age.is_under(age.starts_on - timedelta(days=1))
    assert age.is_over(age.ends_on + timedelta(days=1))


@given(BORN, st.integers(0, 6000))
def test_age_is_the_number_of_birthdays_reached(born_on: date, days: int) -> None:
    on = born_on + timedelta(days=days)

    assert age_on(born_on, on) == sum(birthday(born_on, n) <= on for n in range(1, 30))


@pytest.mark.parametrize(
    ("born_on", "on", "year"),
    [
        (date(2021, 8, 31), date(2025, 9, 1), 0),
        (date(2021, 9, 1), date(2025, 9, 1), None),
        (date(2021, 9, 1), date(2026, 9, 1), 0),
        (date(2015, 5, 4), date(2026, 3, 5), 6),
        (date(2015, 5, 4), date(2026, 8, 31), 6),
        (date(2015, 5, 4), date(2026, 9, 1), 7),
        (date(2010, 3, 1), date(2026, 3, 5), 11),
        (date(2008, 3, 1), date(2026, 3, 5), 13),
        (date(2007, 3, 1), date(2026, 3, 5), None),
        (date(2012, 2, 29), date(2026, 3, 5), 9),
    ],
)
def test_year_group(born_on: date, on: date, year: int | None) -> None:
    assert year_group(born_on, on) == year


def test_a_recorded_year_group_wins() -> None:
    assert year_group(date(2015, 5, 4), date(2026, 3, 5), override=5) == 5
    assert year_group(date(2015, 5, 4), date(2026, 3, 5), override=0) == 0


def test_year_groups_have_names_and_phases() -> None:
    assert [year_group_name(n) for n in (0, 3, 11)] == ["Reception", "Year 3", "Year 11"]
    assert [phase_of(n) for n in (0, 6, 7, 11, 12)] == [
        Phase.PRIMARY, Phase.PRIMARY, Phase.SECONDARY, Phase.SECONDARY, Phase.POST_16,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no year group 14"):
        year_group_name(14)


def test_a_school_year_has_the_name_people_write() -> None:
    assert school_year(date(2025, 9, 1)).name == "2025/26"
    assert school_year(date(2026, 8, 31)).name == "2025/26"
    assert school_year(date(1999, 10, 1)).name == "1999/00"


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(-400, 5200))
def test_births_of_school_age_are_school_age_asked_the_other_way_round(on: date, n: int) -> None:
    oldest, youngest = births_of_school_age(on)
    born_on = youngest - timedelta(days=n)

    assert is_of_compulsory_school_age(born_on, on) == (oldest <= born_on <= youngest)
