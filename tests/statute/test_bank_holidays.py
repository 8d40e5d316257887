"""Bank holidays, against an independent package and the proclamations."""

from datetime import date

import holidays
import pytest

from onroll.statute.bank_holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    Nation,
    bank_holidays,
    easter_sunday,
)

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


def listed_elsewhere(*parts: str) -> set[date]:
    days: set[date] = set()
    for part in parts:
        days |= set(holidays.country_holidays("GB", subdiv=part, years=YEARS))
    return {day for day in days if day.weekday() < 5}


def test_england_agrees_with_an_independent_list() -> None:
    assert set(bank_holidays()) == listed_elsewhere("ENG")


def test_the_united_kingdom_agrees_with_an_independent_list() -> None:
    everywhere = listed_elsewhere("ENG", "WLS", "SCT", "NIR")

    assert set(bank_holidays(nation=Nation.UNITED_KINGDOM)) == everywhere


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28"),
        (2027, "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28"),
        (2028, "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26"),
    ],
)
def test_a_year_of_england_in_full(year: int, days: str) -> None:
    expected = [date(year, *map(int, day.split("-"))) for day in days.split()]

    assert list(bank_holidays(year, year)) == expected


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (date(2020, 5, 8), True),
        (date(2020, 5, 4), False),
        (date(2022, 6, 2), True),
        (date(2022, 6, 3), True),
        (date(2022, 5, 30), False),
        (date(2022, 9, 19), True),
        (date(2023, 5, 8), True),
        (date(2023, 5, 1), True),
    ],
)
def test_a_proclamation_wins_over_the_rule(day: date, is_holiday: bool) -> None:
    assert (day in bank_holidays(day.year, day.year)) is is_holiday


def test_a_day_proclaimed_since_can_be_added() -> None:
    days = bank_holidays(2030, 2030, extra={date(2030, 6, 7): "Some jubilee"})

    assert days[date(2030, 6, 7)] == "Some jubilee"
    assert list(days) == sorted(days)
    assert date(2030, 6, 7) not in bank_holidays(2030, 2030)


def test_years_that_nobody_listed_are_refused() -> None:
    with pytest.raises(ValueError, match="2020 to 2035"):
        bank_holidays(2019, 2020)
    with pytest.raises(ValueError, match="2020 to 2035"):
        bank_holidays(2030, 2036)


@pytest.mark.parametrize(
    "easter", [date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2038, 4, 25)]
)
def test_easter(easter: date) -> None:
    assert easter_sunday(easter.year) == easter
