"""A spreadsheet on its way in: refused with its faults named, corrected, applied, undone."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.office import Visitor, a_name

HEADING = 1  # the row of the sheet that names its columns
ADVICE = "Send in the mended file"


def _template(officer: Visitor, form: str) -> list[str]:
    """Download the template as anybody would, and return the names of its columns."""
    name = "Download the template for Excel" if form == "xlsx" else "as CSV"
    with officer.page.expect_download() as coming:
        officer.page.get_by_role("link", name=name).click()
    path = Path(coming.value.path())
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
        return [str(cell.value) for cell in next(sheet.iter_rows()) if cell.value]
    return next(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def _written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        book.save(path)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_spreadsheet_with_two_faulty_rows_is_refused_corrected_and_applied(
    visitor: Callable[..., Visitor], tmp_path: Path, form: str
) -> None:
    officer = visitor("coordinator")
    officer.go("/files/", "files").press("Send in a file")
    officer.look("files choose").follow("CME referrals").look("files upload")
    columns = _template(officer, form)
    family = a_name("Wren")
    rows = [_row(columns, family, number) for number in range(1, 11)]
    birth, school = columns.index("Date of birth"), columns.index("School")
    right = rows[2][birth], rows[6][school]
    rows[2][birth], rows[6][school] = "31/02/2015", "School that never was"

    _send(officer, _written(tmp_path / f"leavers.{form}", [columns, *rows]))
    officer.reads("The file was refused and nothing was changed", "School that never was")
    officer.look(f"file refused {form}")
    named = [
        [cell.strip() for cell in row.split("\t")][:2]
        for row in officer.page.locator("#faults tbody tr").all_inner_texts()
    ]
    assert named == [[str(HEADING + 3), "Date of birth"], [str(HEADING + 7), "School"]]
    assert not _waiting(officer, family)

    officer.page.go_back()
    rows[2][birth], rows[6][school] = right
    officer.press(ADVICE)
    _send(officer, _written(tmp_path / f"corrected.{form}", [columns, *rows]))
    officer.reads("The file is in order", "New referrals").look(f"file in order {form}")
    officer.press("Apply the file").reads("all 10 rows").look(f"file applied {form}")
    file = officer.page.url
    assert len(_waiting(officer, family)) == len(rows)
    officer.look(f"triage after file {form}")

    officer.page.goto(file)
    officer.press("Undo").look(f"file undo {form}").press("Undo the file")
    officer.reads("was taken back").look(f"file undone {form}")
    assert not _waiting(officer, family)
    officer.is_content()


def _row(columns: list[str], family: str, number: int) -> list[str]:
    says = {
        "Given names": f"Child{'abcdefghij'[number - 1]}",
        "Family name": family,
        "Date of birth": f"{number:02}/03/2016",
        "School": "Barley Hill School",
        "Became aware": "02/11/2026",
        "Why": "Not seen since half-term",
    }
    return [says.get(column, "") for column in columns]


def _send(officer: Visitor, path: Path) -> None:
    officer.page.get_by_label("The file").set_input_files(path)
    officer.press("Check the file")


def _waiting(officer: Visitor, family: str) -> list[str]:
    """Return the referrals of a family that wait in triage, on whatever page of the list."""
    officer.page.goto("/triage/")
    found: list[str] = []
    while True:
        names = officer.page.locator("main .onroll-name").all_inner_texts()
        found += [name for name in names if family in name]
        onward = officer.page.get_by_role("link", name="Next")
        if not onward.count():
            return found
        onward.first.click()
