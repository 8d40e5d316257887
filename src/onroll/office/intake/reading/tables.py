"""Spreadsheets as sent in: CSV and XLSX to rows of text, and nothing else let through.

Every cell comes out as text, dates as 2026-03-05, so that both formats are checked by one set of
rules. Rows keep the number that the spreadsheet shows. What cannot be read raises Unreadable with
one sentence that says what to do.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from onroll.office.intake.reading.workbooks import Unreadable, checked_workbook
from onroll.office.web.forms import megabytes

MOST_ROWS = 50_000
MOST_COLUMNS = 200
_MOST_LINES_NAMED = 5

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number in the spreadsheet, and its cells by column name."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and rows. `strays` are cells beyond the last named column, by row."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    strays: tuple[int, ...] = ()
    encoding: str = ""


def read(*, filename: str, content: bytes, limit: int) -> Table:
    """Return the table in a CSV or XLSX file. Raises Unreadable."""
    if not content:
        raise Unreadable("The file is empty. Choose the file that holds the rows.")
    if len(content) > limit:
        raise Unreadable(
            f"The file is {megabytes(len(content))} and the most that is taken is "
            f"{megabytes(limit)}. Split it, or leave out columns that are not asked for."
        )
    ending = filename.lower().rsplit(".", 1)[-1] if "." in filename else ""
    if ending in {"xlsm", "xlsb", "xltm", "xls", "ods"}:
        raise Unreadable(_ENDINGS[ending])
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        if ending != "xlsx":
            raise Unreadable(
                "The file is a workbook or an archive but its name does not end in .xlsx. "
                "Save it in Excel as an Excel Workbook (.xlsx) or as CSV UTF-8."
            )
        return _table(workbook_rows(content), encoding="xlsx")
    if ending == "xlsx":
        raise Unreadable(
            "The name ends in .xlsx but the file is not a workbook. Open it in Excel, save it "
            "again as an Excel Workbook (.xlsx) and send that."
        )
    if ending not in {"csv", "txt", "tsv"}:
        raise Unreadable("Send a file whose name ends in .csv or .xlsx.")
    text, encoding = decoded(content)
    return _table(csv_rows(text), encoding=encoding)


_ENDINGS = {
    "xlsm": "The workbook can hold macros (.xlsm), which are never opened here. In Excel choose "
    "Save As and Excel Workbook (.xlsx), and send that.",
    "xltm": "The file is a template with macros (.xltm), which are never opened here. In Excel "
    "choose Save As and Excel Workbook (.xlsx), and send that.",
    "xlsb": "The workbook is in the binary format (.xlsb), which is not read here. In Excel choose "
    "Save As and Excel Workbook (.xlsx), and send that.",
    "xls": "The workbook is in the format of Excel 97 to 2003 (.xls), which is not read here. In "
    "Excel choose Save As and Excel Workbook (.xlsx), and send that.",
    "ods": "The file is an OpenDocument spreadsheet (.ods), which is not read here. Save it as "
    "Excel Workbook (.xlsx) or as CSV UTF-8, and send that.",
}


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a CSV file and its encoding: UTF-8, or else Windows-1252.

    A file in which some lines are one and some the other was glued together from two; guessing
    would garble names, so it is refused and the first such line named.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            "The file is in UTF-16 (Excel calls it Unicode Text). In Excel choose Save As and "
            "CSV UTF-8, and send that."
        )
    if (at := content.find(b"\x00")) >= 0:
        line = content.count(b"\n", 0, at) + 1
        raise Unreadable(
            "The file is not text in one encoding: it holds zero bytes, as UTF-16 does, from line "
            f"{line:,} on. Save it again in Excel as CSV UTF-8."
        )
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixed(content)
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"Line {line} has a letter that is neither UTF-8 nor Windows-1252, so names could "
            "come out wrong. In Excel choose Save As and CSV UTF-8, and send that."
        ) from None


def _refuse_mixed(content: bytes) -> None:
    seen_utf8, others = 0, []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            seen_utf8 = seen_utf8 or number
        except UnicodeDecodeError:
            others.append(number)
    if seen_utf8 and others:
        named = ", ".join(f"{number:,}" for number in others[:_MOST_LINES_NAMED])
        more = len(others) - _MOST_LINES_NAMED
        raise Unreadable(
            f"The file mixes two encodings: line {seen_utf8:,} is UTF-8 and "
            f"{'line' if len(others) == 1 else 'lines'} {named}"
            f"{f' and {more:,} more' if more > 0 else ''} "
            f"{'is' if len(others) == 1 else 'are'} not, so names would come out wrong. In Excel "
            "choose Save As and CSV UTF-8, check the accents, and send that."
        )


def delimiter_of(first_line: str) -> str:
    """Return what separates the cells, judged by the header outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", first_line)
    counts = {mark: bare.count(mark) for mark in (",", ";", "\t")}
    return max(counts, key=lambda mark: counts[mark])


def csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each row of a CSV file with its number, the header included. Raises Unreadable."""
    found = re.search(r"\S[^\r\n]*", text)
    first = found[0] if found else ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(first), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        what = (
            "a cell that is longer than any cell should be"
            if "limit" in str(error)
            else "a quotation mark that is not closed"
        )
        raise Unreadable(
            f"Row {number + 1} has {what}. Mend it in the spreadsheet and save it again."
        ) from None


def workbook_rows(
    content: bytes, *, most_rows: int = MOST_ROWS
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each row of the first sheet that is shown. Raises Unreadable."""
    mended = checked_workbook(content, most_rows=most_rows, most_columns=MOST_COLUMNS)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(mended)) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible is SheetVisibleEnum.Visible
            ]
            if not names:
                raise Unreadable("The workbook shows no sheet. Unhide the sheet with the rows.")
            rows = workbook.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise Unreadable(
            "The workbook cannot be read. Open it in Excel, save it again as an Excel Workbook "
            "(.xlsx) and send that."
        ) from error
    for number, cells in enumerate(rows, start=1):
        yield number, [as_text(cell) for cell in cells]


def as_text(cell: Cell) -> str:
    """Return a workbook's cell as one would type it: whole numbers without a point, ISO dates."""
    match cell:
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time.min:
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def _table(rows: Iterator[tuple[int, Sequence[str]]], *, encoding: str) -> Table:
    header, below = headed(rows)
    lines: list[Line] = []
    strays: list[int] = []
    for number, cells, is_stray in below:
        if len(lines) == MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Split it into parts.")
        if is_stray:
            strays.append(number)
        lines.append(Line(number, dict(zip(header, cells, strict=True))))
    return Table(header, tuple(lines), tuple(strays), encoding)


def headed(
    rows: Iterator[tuple[int, Sequence[str]]],
) -> tuple[tuple[str, ...], Iterator[tuple[int, list[str], bool]]]:
    """Return the header of a table, and the rows below it that are not empty.

    A row is its number, a cell for each column, and whether it has cells beyond the last one.
    Raises Unreadable where there is no header.
    """
    stripped = ((n, [cell.strip() for cell in cells]) for n, cells in rows)
    filled = ((n, cells) for n, cells in stripped if any(cells))
    first = next(filled, None)
    if first is None:
        raise Unreadable("The file is empty: it has no header and no rows.")
    header = header_of(first[1])
    width = len(header)
    below = (
        (n, cells[:width] + [""] * (width - len(cells)), any(cells[width:])) for n, cells in filled
    )
    return header, below


def header_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns, each once and none empty. Raises Unreadable."""
    named = list(cells)
    while named and not named[-1]:
        named.pop()
    if len(named) > MOST_COLUMNS:
        raise Unreadable(f"The file has {len(named)} columns; the most is {MOST_COLUMNS}.")
    if gaps := [i for i, name in enumerate(named) if not name]:
        raise Unreadable(
            f"Column {column_letters(gaps[0])} has no name in the header row. Name every column, "
            "or delete it."
        )
    twice = [name for name, n in Counter(folded(name) for name in named).items() if n > 1]
    if twice:
        shown = next(name for name in named if folded(name) == twice[0])
        raise Unreadable(
            f"The header names the column “{shown}” more than once, so it is not clear which to "
            "read. Delete or rename one of them."
        )
    return tuple(named)


def folded(name: str) -> str:
    """Return a column's name for comparison: capitals, spacing and a trailing star ignored."""
    return " ".join(name.replace("_", " ").casefold().split()).rstrip("* ")


def column_letters(index: int) -> str:
    """Return the letters that a spreadsheet shows over a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
