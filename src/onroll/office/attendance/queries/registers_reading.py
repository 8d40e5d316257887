"""A file of registers as it lies: long or wide, its columns, and its cells as the counting wants.

A long file has a row a mark, or a row a day with the codes of its two sessions; a wide one has a
row a pupil and a column a session or a day. Lines above the header are passed over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from onroll.marks.alphabet import Booleans, day_number
from onroll.marks.files import Column as Cells
from onroll.marks.files import Piece, coded
from onroll.marks.register import SESSIONS
from onroll.marks.wide import Sheet, day_in, marks_of, sessions_of
from onroll.office.attendance.queries.registers_columns import (
    Column,
    by_name,
    guessed,
    header_print,
    some,
)
from onroll.office.intake.reading import Unreadable
from onroll.office.intake.reading.lists import (
    ENDINGS,
    MOST_BYTES,
    MOST_IN_A_WORKBOOK,
    MOST_LISTED,
    read_list,
)
from onroll.office.intake.reading.tables import (
    column_letters,
    csv_rows,
    decoded,
    headed,
    workbook_rows,
)
from onroll.office.web.forms import megabytes

_LOOKED_AT = 10
_MOST_COLUMNS = 800
_NAMED = 2  # headings by which a row is known for the header
_SESSION = re.compile(r"(?:a\.?m\.?|p\.?m\.?|morning|afternoon|a|p|1|2)(?: ?(?:session|reg))?")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")
_IN_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_NO_MARK = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's columns (of a wide one those that are no sessions) and its rows below the header."""

    header: tuple[str, ...]
    cells: Mapping[str, Sequence[str]]
    numbers: Sequence[int]  # of each row, as a spreadsheet shows it
    sheet: Sheet | None = None  # the marks of a wide register
    headings: Mapping[int, str] = field(default_factory=dict)  # what heads each session's column

    @property
    def is_wide(self) -> bool:
        return self.sheet is not None

    @property
    def print(self) -> str:
        return header_print(self.header, is_wide=self.is_wide)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns with a few cells and what each seems to be."""
        looked = {name: some(self.cells[name]) for name in self.header}
        return guessed(self.header, looked, is_wide=self.is_wide)


def opened(*, filename: str, content: bytes) -> Opened:
    """Open a file of registers. Raises Unreadable with one sentence."""
    if not content:
        raise Unreadable("The file is empty. Choose the file that holds the registers.")
    ending = filename.lower().rsplit(".", 1)[-1] if "." in filename else ""
    if len(content) <= MOST_BYTES and ending in {"csv", "txt", "tsv"} and content[:2] != b"PK":
        text, _ = decoded(content)
        return _of_rows(list(csv_rows(text)))
    if len(content) <= MOST_BYTES and ending == "xlsx" and content[:2] == b"PK":
        return _of_rows(list(workbook_rows(content, most_rows=MOST_IN_A_WORKBOOK)))
    listing = read_list(filename=filename, content=content)
    cells = {name: _filled(listing.table[name].to_pylist()) for name in listing.header}
    return Opened(listing.header, cells, listing.numbers.to_pylist())


def _filled(cells: Sequence[str | None]) -> list[str]:
    return [(cell or "").strip() for cell in cells]


def _of_rows(numbered: list[tuple[int, Sequence[str]]]) -> Opened:
    if len(numbered) > MOST_LISTED:
        raise Unreadable(
            f"The file has more than {MOST_LISTED:,} rows. Send a term at a time, or Parquet."
        )
    above = [_stripped(cells) for _, cells in numbered[:_LOOKED_AT]]
    if any(len(row) > _MOST_COLUMNS for row in above):
        raise Unreadable(f"The file has more than {_MOST_COLUMNS} columns. Send a year at most.")
    starts = _header_of_long(above)
    if starts is None:
        sessions, begins = sessions_of(above, search=_LOOKED_AT)
        if sessions and (len(sessions) > 1 or begins == 1):
            rows = [_stripped(cells) for _, cells in numbered]
            return _wide(rows, [number for number, _ in numbered], begins)
    header, below = headed(iter(numbered[starts or 0 :]))
    kept = list(below)
    if strays := [number for number, _, is_stray in kept if is_stray]:
        raise Unreadable(
            f"Row {strays[0]} has cells beyond the last named column, so the columns may have "
            "moved. Name every column, or delete what stands beyond them."
        )
    columns = list(zip(*(cells for _, cells, _ in kept), strict=True)) or [()] * len(header)
    return Opened(header, dict(zip(header, columns, strict=True)), [n for n, _, _ in kept])


def _stripped(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _header_of_long(above: Sequence[Sequence[str]]) -> int | None:
    """Return which row is the header of a long file: one that names a date and no day."""
    for n, row in enumerate(above):
        meant = set(by_name([cell for cell in row if cell]).values())
        if "on" in meant and len(meant) >= _NAMED and not any(map(day_in, row)):
            return n
    return None


def _wide(rows: Sequence[Sequence[str]], numbers: Sequence[int], begins: int) -> Opened:
    sheet = marks_of(rows)
    width = max(len(row) for row in rows)
    places: dict[str, int] = {}
    for column in range(width):
        if column in sheet.sessions:
            continue
        name = _name_of(rows[:begins], column)
        if not name and not any(column < len(row) and row[column] for row in rows[begins:]):
            continue
        named = name or f"Column {column_letters(column)}"
        places[f"{named} ({column_letters(column)})" if named in places else named] = column
    cells = {
        name: [row[column] if column < len(row) else "" for row in rows[begins:]]
        for name, column in places.items()
    }
    headings = {
        column: f"{session.on:%d/%m/%Y} {session.session}".strip()
        for column, session in sheet.sessions.items()
    }
    return Opened(tuple(places), cells, numbers[begins:], sheet, headings)


def _name_of(above: Sequence[Sequence[str]], column: int) -> str:
    """Return what heads a column: the lowest cell above the pupils that says anything."""
    found = (row[column] for row in reversed(above) if column < len(row) and row[column])
    return next(found, "")


def date_order(values: Sequence[str]) -> str:
    """Say which comes first in a column of dates: dmy, mdy, or "" where the column does not show.

    Day first is usual; the month comes first only where no date has a day that comes first.
    """
    shows = {"dmy": False, "mdy": False}
    for value in dict.fromkeys(values):
        found = _IN_NUMBERS.fullmatch(_TIME.sub("", value.strip()))
        if found:
            shows["dmy"] |= int(found[1]) > 12
            shows["mdy"] |= int(found[2]) > 12
    if shows["dmy"] == shows["mdy"]:
        return "dmy" if shows["dmy"] else ""
    return "dmy" if shows["dmy"] else "mdy"


def pieces(
    opened: Opened, columns: Mapping[str, str], order: str, school: str
) -> tuple[Piece, list[tuple[int, str, str]], int]:
    """Return a file's marks, its cells that cannot be read (row, column, why), and empty marks.

    `columns` leads from the file's names to ours; `school` is the only one in the file, or "".
    """
    named = {ours: theirs for theirs, ours in columns.items() if ours}
    if opened.sheet is not None:
        return _of_wide(opened, opened.sheet, named, school)
    rows = np.array(opened.numbers, dtype=np.int64)
    halves = [(key, session) for key, session in zip(("am", "pm"), SESSIONS, strict=True)
              if key in named]  # fmt: skip
    texts: dict[str, list[str]] = {
        ours: list(opened.cells[named[ours]])
        for ours in ("pupil_id", "school", "on", "session", "code", "year_group")
        if ours in named
    }
    if halves:
        texts["code"] = [code for key, _ in halves for code in opened.cells[named[key]]]
        texts["session"] = [session for _, session in halves for _ in opened.numbers]
        for ours in texts.keys() - {"code", "session"}:
            texts[ours] *= len(halves)
        rows = np.tile(rows, len(halves))
    # A session that is not marked yet is no fault and no mark.
    is_marked = np.array([code.strip() not in _NO_MARK for code in texts["code"]], dtype=np.bool_)
    cells = {ours: _coded(values, is_marked) for ours, values in texts.items()}
    rows = rows[is_marked]
    cells["on"] = _said_as(cells["on"], lambda text: _iso(text, order))
    cells["session"] = _said_as(cells["session"], _session)
    if school:
        cells["school"] = _one(school, len(rows))
    return Piece("", rows, cells), [], int(np.count_nonzero(~is_marked))


def _of_wide(
    opened: Opened, sheet: Sheet, named: Mapping[str, str], school: str
) -> tuple[Piece, list[tuple[int, str, str]], int]:
    at = [mark.row - sheet.first_row for mark in sheet.marks]
    rows = np.array(opened.numbers, dtype=np.int64)[at] if at else np.zeros(0, dtype=np.int64)
    every = np.ones(len(at), dtype=np.bool_)
    cells = {
        ours: _coded([opened.cells[named[ours]][n] for n in at], every)
        for ours in ("pupil_id", "school", "year_group")
        if ours in named
    }
    days = np.array([day_number(mark.on) for mark in sheet.marks], dtype=np.int32)
    cells["on"] = Cells(days, None)
    cells["session"] = _coded([mark.session for mark in sheet.marks], every)
    cells["code"] = _coded([mark.code for mark in sheet.marks], every)
    if school:
        cells["school"] = _one(school, len(at))
    faults = [
        (opened.numbers[row - sheet.first_row], opened.headings[column], says)
        for row, column, says in sheet.faults
    ]
    return Piece("", rows, cells), faults, 0


def _coded(values: Sequence[str], kept: Booleans) -> Cells:
    array = pa.array([value or None for value in values], pa.string())
    if not kept.all():
        array = array.filter(pa.array(kept))
    return coded(pa.chunked_array([array]))


def _said_as(cells: Cells, says: object) -> Cells:
    assert callable(says)
    return Cells(cells.places, [says(text or "") for text in cells.texts or ()])


def _one(text: str, rows: int) -> Cells:
    return Cells(np.zeros(rows, dtype=np.int32), [text])


def _iso(text: str, order: str) -> str:
    """Return a date as 2026-03-05; what is no date stays as it was typed, to be refused so."""
    bare = _TIME.sub("", text.strip())
    if order == "mdy" and (found := _IN_NUMBERS.fullmatch(bare)):
        bare = f"{found[2]}/{found[1]}/{found[3]}"
    day = day_in(bare)
    return day.isoformat() if day is not None else text


def _session(text: str) -> str:
    bare = text.strip().lower()
    if not _SESSION.fullmatch(bare):
        return text
    return SESSIONS[bare[0] in "p2" or bare.startswith("aft")]


__all__ = ["ENDINGS", "MOST_BYTES", "Opened", "date_order", "megabytes", "opened", "pieces"]
