"""Registers as systems of schools write them: other headings, other dates, other shapes."""

import io
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest

from onroll.office.attendance.actions import registers
from onroll.office.attendance.models import RegisterColumns, RegisterFile
from onroll.office.attendance.queries import registers as queries
from onroll.office.attendance.queries.registers_columns import by_name
from onroll.office.attendance.queries.registers_reading import date_order, opened
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.schools.models import School
from tests import actors
from tests.actors import TODAY
from tests.attendance.registers import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    applied,
    day_of_marks,
    marks,
    pupil,
    sent,
)
from tests.linkage.lists import csv_of, upn

pytestmark = pytest.mark.django_db
ODD = ("Nummer", "Where", "When", "Half", "What")
SAID = {"Nummer": "pupil_id", "Where": "school", "When": "on", "Half": "session", "What": "code"}


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        (["UPN", "Date", "Session", "Mark"], ["pupil_id", "on", "session", "code"]),
        (["Pupil UPN", "DfE number", "Mark date", "AM/PM", "Attendance Code", "NC Year"],
         ["pupil_id", "school", "on", "session", "code", "year_group"]),
        (["pupil_id", "school", "on", "session", "code", "year_group"],
         ["pupil_id", "school", "on", "session", "code", "year_group"]),
        (["UPN", "Date", "AM", "PM"], ["pupil_id", "on", "am", "pm"]),
        (["UPN", "Date", "AM mark", "PM mark"], ["pupil_id", "on", "am", "pm"]),
    ],
)  # fmt: skip
def test_usual_headings_are_known(header: list[str], meant: list[str]) -> None:
    assert list(by_name(header).values()) == meant


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["01/02/2026", "13/02/2026"], "dmy"),
        (["01/02/2026", "02/13/2026"], "mdy"),
        (["01/02/2026"], ""),
        (["2026-02-13"], ""),
        (["13/02/2026", "02/13/2026"], "dmy"),
    ],
)
def test_a_column_decides_how_its_dates_are_read(values: list[str], order: str) -> None:
    assert date_order(values) == order


def test_dates_with_the_month_first_are_read_so_where_the_column_shows_it(
    officer: Actor, oak: School
) -> None:
    a = pupil(1, oak)
    rows = [(upn(1), oak.laestab, day, "AM", "/") for day in ("02/13/2026", "03/02/2026")]

    applied(sent(rows, officer), officer)

    assert set(marks(oak)) == {(a.ref, date(2026, 2, 13)), (a.ref, MONDAY)}


def test_columns_that_are_not_clear_are_asked_once_and_remembered(
    officer: Actor, oak: School
) -> None:
    pupil(1, oak)
    first = sent(day_of_marks([1], oak), officer, header=ODD)
    assert queries.state_of(first) == "waiting"
    found, order, _ = queries.columns_of(first, officer)
    assert {column.name: column.guess for column in found}["Nummer"] == "pupil_id", "by its look"
    assert order == "dmy"

    registers.name_columns(file=first, columns=SAID, date_order="dmy", by=officer, on=TODAY)

    assert (queries.state_of(first), first.added) == ("ready", 2)
    second = sent(day_of_marks([1], oak, TUESDAY), officer, header=ODD)
    assert (queries.state_of(second), second.added) == ("ready", 2)
    again = registers.send_in(
        filename="c.csv", content=csv_of(day_of_marks([1], oak, WEDNESDAY), ODD), school=None,
        by=officer, on=TODAY, ask=True,
    )  # fmt: skip
    assert queries.state_of(again) == "waiting"


def test_dates_written_otherwise_than_in_the_last_file_are_asked_about(
    officer: Actor, oak: School
) -> None:
    pupil(1, oak)
    days = day_of_marks([1], oak, date(2026, 2, 13))
    first = sent(days, officer, header=ODD)
    registers.name_columns(file=first, columns=SAID, date_order="dmy", by=officer, on=TODAY)

    turned = [(who, where, "02/13/2026", *rest) for who, where, _, *rest in days]
    second = sent(turned, officer, header=ODD)

    assert queries.state_of(second) == "waiting"
    assert queries.columns_of(second, officer)[1] == "mdy", "what the dates show"


def test_what_is_lacking_of_the_columns_is_said(officer: Actor, oak: School) -> None:
    file = sent(day_of_marks([1], oak), officer, header=ODD)

    with pytest.raises(Faulty) as faulty:
        registers.name_columns(
            file=file,
            columns={"Nummer": "pupil_id", "When": "on", "Half": "on"},
            date_order="dmy",
            by=officer,
            on=TODAY,
        )

    says = " ".join(text for _, text in faulty.value.faults)
    for what in ("names the school", "holds the session", "holds the code", "cannot both be Date"):
        assert what in says
    assert not RegisterColumns.objects.exists()


def test_examples_are_shown_to_whoever_sent_the_file_in_and_to_no_colleague(
    officer: Actor, oak: School
) -> None:
    file = sent(day_of_marks([1], oak), officer, header=ODD)
    mina = actors.person("Mina", "team_manager")

    own, _, _ = queries.columns_of(file, officer)
    theirs, _, _ = queries.columns_of(file, mina)

    assert own[0].examples == (upn(1),)
    assert all(column.examples == () for column in theirs)


def test_a_row_a_day_with_the_codes_of_both_sessions_is_read(officer: Actor, oak: School) -> None:
    a = pupil(1, oak)
    rows = [(upn(1), "02/03/2026", "/", "I"), (upn(1), "03/03/2026", "L", "")]

    file = sent(rows, officer, header=("UPN", "Date", "AM", "PM"), school=oak)
    applied(file, officer)

    assert marks(oak) == {(a.ref, MONDAY): "/I", (a.ref, TUESDAY): "L"}
    assert file.refused == 0
    assert "1 sessions have no mark" in file.load.differences["warnings"][0]["says"]


def test_sessions_and_codes_are_read_however_they_are_typed(officer: Actor, oak: School) -> None:
    a = pupil(1, oak)
    rows = [
        (upn(1).lower(), "900001", "2026-03-02 00:00:00", "Morning", "c1"),
        (upn(1), "oak academy", "2 Mar 2026", "pm", "i"),
    ]

    applied(sent(rows, officer), officer)

    assert marks(oak) == {(a.ref, MONDAY): "C1I"}


def test_a_wide_register_is_read_with_the_lines_above_it(officer: Actor, oak: School) -> None:
    a, b = pupil(1, oak), pupil(2, oak)
    content = csv_of(
        [
            ("Printed 5 March", "", "", "", "", ""),
            ("UPN", "Year", "02/03/2026", "", "03/03/2026", ""),
            ("", "", "AM", "PM", "AM", "PM"),
            (upn(1), "7", "/", "\\", "I", "I"),
            (upn(2), "8", "L", "-", "XX1", ""),
        ],
        ("Register of 7A", "", "", "", "", ""),
    )

    file = registers.send_in(filename="wide.csv", content=content, school=oak, by=officer, on=TODAY)
    assert file.is_wide
    row, _, says = queries.findings_of(file).refused[0]
    assert (row, file.refused) == (6, 1)
    applied(file, officer, reason="One mark is mended by hand")

    assert marks(oak) == {
        (a.ref, MONDAY): "/\\", (a.ref, TUESDAY): "II", (b.ref, MONDAY): "L",
    }  # fmt: skip
    assert "XX1" in says


def test_a_wide_register_of_whole_days_tells_a_bad_cell_by_row_and_day(
    officer: Actor, oak: School
) -> None:
    for n in range(1, 12):
        pupil(n, oak)
    rows = [(upn(n), "/\\", "II") for n in range(1, 11)] + [(upn(11), "/?", "/\\")]
    content = csv_of(rows, ("UPN", "Mon 02/03/2026", "Tue 03/03/2026"))

    file = registers.send_in(filename="w.csv", content=content, school=oak, by=officer, on=TODAY)

    assert file.added == 42
    assert queries.findings_of(file).refused == [
        (12, "02/03/2026", "'/?' holds no marks of a day, such as /\\ or II")
    ]


def test_a_workbook_and_parquet_are_read_as_csv_is(officer: Actor, oak: School) -> None:
    a = pupil(1, oak)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["UPN", "School", "Date", "Session", "Mark"])
    sheet.append([upn(1), oak.urn, MONDAY, "AM", "/"])
    kept = io.BytesIO()
    book.save(kept)
    table = pa.table(
        {
            "upn": [upn(1)], "urn": [oak.urn], "date": [TUESDAY], "session": ["PM"],
            "code": pa.array(["N"]).dictionary_encode(),
        }
    )  # fmt: skip
    columns = io.BytesIO()
    pyarrow.parquet.write_table(table, columns)

    for name, content in (("a.xlsx", kept.getvalue()), ("a.parquet", columns.getvalue())):
        file = registers.send_in(filename=name, content=content, school=None, by=officer, on=TODAY)
        applied(file, officer)

    assert marks(oak) == {(a.ref, MONDAY): "/", (a.ref, TUESDAY): "N"}


def test_an_unreadable_file_is_refused_with_what_to_do(officer: Actor, oak: School) -> None:
    file = registers.send_in(
        filename="a.xlsx", content=b"PK\x03\x04broken", school=oak, by=officer, on=TODAY
    )

    assert file.load.state == "refused"
    assert file.load.faults[0]["says"]
    assert RegisterFile.objects.get().added == 0


def test_the_days_in_the_rows_of_a_long_file_are_no_headings() -> None:
    content = csv_of([("A", "02/03/2026", "AM", "/")], ("UPN", "Date", "Session", "Code"))

    found = opened(filename="a.csv", content=content)

    assert not found.is_wide
    assert list(found.numbers) == [2]
