"""A date of birth is read as its column writes dates, and one that cannot be read is none."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.births import births, orders, writes_month_first

DAY = date(2015, 5, 4)


def read(*typed: str | None) -> list[date | None]:
    return births(pa.chunked_array([pa.array(typed, pa.string())])).to_pylist()


@pytest.mark.parametrize(
    "typed",
    [
        "2015-05-04",
        "20150504",
        "4/5/2015",
        "04-05-2015",
        "4 May 2015",
        "04/05/15",
        "2015-05-04 00:00:00",
        "2015-05-04T00:00:00.000",
        "04/05/2015 00:00",
        "04/05/2015 12:00:00 AM",
        "2015-05-04 00:00:00+00",
        "2015-05-04T00:00:00+01:00",
        "2015-05-04 00:00:00 UTC",
        "2015-05-04T00:00:00,000",
        "42128",
        "42128.0",
    ],
)
def test_one_day_is_read_however_a_program_writes_it(typed: str) -> None:
    assert read(typed) == [DAY]


@pytest.mark.parametrize(
    "typed",
    [
        "2015",
        "05/2015",
        "00/05/2015",
        "unknown",
        "99999",
        "31/02/2015",
        "1015-05-04",
        "12",
        "2015-05-04" + " " * 40_000 + "x",
    ],
)
def test_what_is_no_day_is_none_and_no_guess(typed: str) -> None:
    assert read(typed) == [None]


def test_a_column_with_the_month_first_is_read_so_throughout() -> None:
    assert read("12/31/2014", "05/04/2015", "4/5/15 0:00", None) == [
        date(2014, 12, 31),
        date(2015, 5, 4),
        date(2015, 4, 5),
        None,
    ]


def test_one_american_date_among_many_of_ours_turns_nothing_round() -> None:
    ours = [f"{day}/05/2015" for day in range(13, 30)]

    assert read(*ours, "12/31/2014", "04/05/2015")[-2:] == [date(2014, 12, 31), DAY]


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), min_size=1, max_size=40))
def test_days_come_back_as_written_with_the_day_first(days: list[date]) -> None:
    typed = [f"{day:%d/%m/%Y}" for day in days]

    assert not writes_month_first(*orders(typed))
    assert read(*typed) == days


@given(st.dates(date(1969, 1, 1), date(2036, 1, 1)))
def test_a_spreadsheets_number_is_its_day(day: date) -> None:
    assert read(str((day - date(1899, 12, 30)) // timedelta(days=1))) == [day]


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), min_size=1, max_size=40))
def test_days_come_back_as_written_with_the_month_first(days: list[date]) -> None:
    decides = date(2015, 12, 31)

    assert read(*[f"{day:%m/%d/%Y}" for day in [decides, *days]]) == [decides, *days]
