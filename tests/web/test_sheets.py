"""Tables that leave: what a spreadsheet would run is made harmless, all else comes back."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.office.web.sheets import csv_file, csv_text, inert

SIGNS = "=+-@\t\r\n\x00＝＋－＠﹦﹢﹣﹫"
BEFORE = ["", " ", "   ", "\u00a0", "\u3000", "\u200b", "\ufeff", " \t "]
TABLES = st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
@pytest.mark.parametrize("before", BEFORE, ids=ascii)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(before: str, sign: str) -> None:
    assert inert(f"{before}{sign}1") == f"'{before}{sign}1"


@pytest.mark.parametrize("text", ["", "O'Neill", "12 High Street", "a=b", "1-2", "Zoë", "  two"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


@given(TABLES)
def test_every_table_comes_back_as_it_went_but_for_the_apostrophes(rows: list[list[str]]) -> None:
    told = io.StringIO(csv_file(rows).decode("utf-8-sig"), newline="")

    assert list(csv.reader(told)) == [[inert(text) for text in row] for row in rows]


def test_days_numbers_and_nothing_are_written_plainly() -> None:
    row = [date(2026, 3, 5), -3, 2.5, Decimal("-1"), None]

    assert csv_text([row]) == "2026-03-05,-3,2.5,-1,\r\n"


def test_accents_are_right_in_the_file() -> None:
    assert csv_file([["Zoë"]]) == b"\xef\xbb\xbfZo\xc3\xab\r\n"
