"""Spreadsheets that go out: templates, and lists of faults. Values only, never a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from onroll.office.intake.kinds import Column, Loader
from onroll.office.web.sheets import csv_file, inert

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template_csv(loader: Loader) -> bytes:
    """Return the template of a kind of file: its header and one synthetic example."""
    return csv_file(_template(loader))


def template_xlsx(loader: Loader) -> bytes:
    """Return the template as a workbook, with a sheet of notes on every column."""
    book = Workbook()
    book.properties.creator = "OnRoll"
    book.properties.created = book.properties.modified = datetime(2024, 1, 1)  # noqa: DTZ001
    sheet = book.active
    sheet.title = "Rows"
    for row in _template(loader):
        sheet.append([inert(cell) for cell in row])
    notes = book.create_sheet("Notes")
    for row in (
        [loader.title],
        [loader.says],
        ["Fill in the sheet “Rows”, one row each, under its header. Leave the header as it is."],
        ["The example row is left out when the file is read."],
        [],
        ["Column", "Must be filled in", "What to write", "Example"],
        *([c.name, "Yes" if c.required else "No", c.help, c.example] for c in loader.columns),
    ):
        notes.append([inert(cell) for cell in row])
    _dress(sheet, loader.columns)
    for letter, width in zip("ABCD", (34, 18, 70, 30), strict=True):
        notes.column_dimensions[letter].width = width
    for cell in (notes["A1"], *notes[6]):
        cell.font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def faults_csv(faults: Iterable[dict[str, object]]) -> bytes:
    """Return the faults of a file as CSV, one a row."""
    listed = ([f["row"] or "", f["column"], f["says"]] for f in faults)
    return csv_file([["Row", "Column", "What is wrong"], *listed])


def _template(loader: Loader) -> list[list[str]]:
    return [[c.name for c in loader.columns], [c.example for c in loader.columns]]


def _dress(sheet: object, columns: Sequence[Column]) -> None:
    sheet.freeze_panes = "A2"  # type: ignore[attr-defined]
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(row=1, column=index)  # type: ignore[attr-defined]
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = max(14, min(40, len(column.name) + 2, 40), min(40, len(column.example) + 2))
        sheet.column_dimensions[cell.column_letter].width = width  # type: ignore[attr-defined]
