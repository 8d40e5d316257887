"""Registers as schools print them, a column a session."""

from collections.abc import Sequence
from datetime import date

import pytest

from onroll.marks.wide import day_in, marks_of, sessions_of

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


def read(*rows: Sequence[str]) -> set[tuple[int, date, str, str]]:
    return {(mark.row, mark.on, mark.session, mark.code) for mark in marks_of(rows).marks}


@pytest.mark.parametrize(
    ("heading", "on"),
    [
        ("05/01/2026 AM", MONDAY),
        ("5.1.26", MONDAY),
        ("2026-01-05", MONDAY),
        ("2026-01-05T00:00:00", MONDAY),
        ("Mon 5 Jan 2026 PM", MONDAY),
        ("Monday 5th January 26", MONDAY),
        ("UPN", None),
        ("31/02/2026", None),
        ("5 Jam 2026", None),
        ("05/01/1026", None),
    ],
)
def test_a_heading_carries_its_date(heading: str, on: date | None) -> None:
    assert day_in(heading) == on


def test_a_column_a_session() -> None:
    rows = [
        ["UPN", "Year", "05/01/2026 AM", "05/01/2026 PM", "Total"],
        ["A", "7", "/", "I", "1"],
        ["B", "7", "-", ""],
    ]

    assert sessions_of(rows)[1] == 1
    assert read(*rows) == {(1, MONDAY, "AM", "/"), (1, MONDAY, "PM", "I")}


def test_am_and_pm_in_a_row_of_their_own_below_a_title_and_dates_that_go_on() -> None:
    rows = [
        ["Ashcombe Primary: register from 05/01/2026"],
        [],
        ["UPN", "Mon 05/01/2026", "", "Tue 06/01/2026", "", "Possible"],
        ["", "AM", "PM", "AM", "PM", ""],
        ["A", "/", "\\", "C1", "#", "4"],
    ]

    assert sessions_of(rows)[1] == 4
    assert read(*rows) == {
        (4, MONDAY, "AM", "/"),
        (4, MONDAY, "PM", "\\"),
        (4, TUESDAY, "AM", "C1"),
        (4, TUESDAY, "PM", "#"),
    }


def test_a_column_a_day_with_both_marks_in_one_cell() -> None:
    rows = [
        ["UPN", "05/01/2026", "06/01/2026"],
        ["A", "/\\", "C1J1"],
        ["B", "Y 1".replace(" ", "") + "-", "i I"],
        ["C", "", "--"],
    ]

    assert read(*rows) == {
        (1, MONDAY, "AM", "/"),
        (1, MONDAY, "PM", "\\"),
        (1, TUESDAY, "AM", "C1"),
        (1, TUESDAY, "PM", "J1"),
        (2, MONDAY, "AM", "Y1"),
        (2, TUESDAY, "AM", "I"),
        (2, TUESDAY, "PM", "I"),
    }


def test_a_cell_that_cannot_be_read_is_named_and_the_others_count() -> None:
    rows = [["UPN", "05/01/2026", "06/01/2026"], ["A", "/?", "/\\"], ["B", "I", "II"]]

    sheet = marks_of(rows)

    assert [(row, column) for row, column, _ in sheet.faults] == [(1, 1), (2, 1)]
    assert "holds no marks" in sheet.faults[0][2]
    assert "holds 1 marks" in sheet.faults[1][2]
    assert len(sheet.marks) == 4


def test_a_sheet_without_dates_is_no_wide_register() -> None:
    assert sessions_of([["UPN", "Name"], ["A", "B"]]) == ({}, 0)
