"""Reads one file, CSV or Parquet, as a table of strings; what cannot be read is a fault."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from onroll.matching.columns import as_text, look_of
from onroll.statute.reading import Reader

# No list of children has as many; a sheet saved with every empty column has.
_MOST_COLUMNS = 500
_MOST_OF_A_HEADER = 1 << 20
_BLOCK = 8 << 20
# More sentences of one kind about one file help nobody.
MOST_ROWS_NAMED = 5
_A_DATE = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}")


def read_table(path: Path, file: str, reader: Reader) -> pa.Table | None:
    """Return a file's table with every column a string, or note why it cannot be read."""
    ending = path.suffix.lower()
    if path.exists() and not path.is_file():
        reader.fault(file, "is no file.", "Name a CSV or Parquet file.")
        return None
    try:
        if ending == ".csv":
            return _csv(path, file, reader)
        if ending in (".parquet", ".pq"):
            return _parquet(path, file, reader)
    except OSError as error:
        # Arrow's own faults of input and output are OSErrors too, without a reason by number.
        reason = error.strerror or str(error).partition("\n")[0]
        reader.fault(file, f"cannot be read ({reason}).", "Check its name and that it is whole.")
        return None
    reader.fault(file, "is neither CSV nor Parquet.", "Save it as CSV UTF-8.")
    return None


def _parquet(path: Path, file: str, reader: Reader) -> pa.Table | None:
    try:
        with pyarrow.parquet.ParquetFile(path) as opened:
            names = opened.schema_arrow.names
            if len(set(names)) < len(names):
                twice = next(name for name in names if names.count(name) > 1)
                reader.fault(f"{file}: {twice}", "heads two columns.", "Rename one of them.")
                return None
            if len(opened.schema_arrow) > _MOST_COLUMNS:
                _too_wide(file, reader)
                return None
            table = opened.read()
        return pa.table({name: _plain(table[name]) for name in table.column_names})
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        reason = str(error).partition("\n")[0]
        reader.fault(file, f"is not Parquet that can be read ({reason}).", "Export it again.")
        return None


def _plain(column: Any) -> Any:
    """Return a column as text; null throughout where it holds what is none, as a photograph.

    Raises ArrowInvalid for text that is not UTF-8, which would else be found in a search.
    """
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    try:
        found = as_text(column)
        found.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        if is_text:
            raise
        return pa.nulls(len(column), pa.string())
    return found


def _csv(path: Path, file: str, reader: Reader) -> pa.Table | None:
    with path.open("rb") as opened:
        start = opened.read(_MOST_OF_A_HEADER)
    first = start.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    if start.strip() and not first.strip():
        reader.fault(file, "begins with an empty line.", "Put the names of the columns first.")
        return None
    if not start.strip():
        reader.fault(file, "is empty.", "Export it again, or leave the source out.")
        return None
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        reader.fault(file, "is UTF-16, not UTF-8.", "Save it as CSV UTF-8.")
        return None
    if b"\x00" in start:
        reader.fault(file, "is not text.", "Save it as CSV UTF-8.")
        return None
    if b"\n" not in start and b"\r" in start.rstrip():
        says = "has lines that end as on an old Macintosh."
        reader.fault(file, says, "Save it again as CSV UTF-8.")
        return None
    delimiter = max(b",;\t|", key=lambda mark: first.count(bytes([mark])))
    if first.count(bytes([delimiter])) >= _MOST_COLUMNS:
        _too_wide(file, reader)
        return None
    if not first.count(bytes([delimiter])):
        delimiter = ord(",")
    if not _is_utf8(path, file, reader):
        return None
    try:
        header, lines = _header(start, chr(delimiter))
    except csv.Error:
        says = "has a first row that is no header."
        reader.fault(file, says, "Save it again as CSV UTF-8.")
        return None
    if first.lower().startswith(b"sep="):
        reader.fault(file, "begins with a line for Excel (sep=).", "Delete that line.")
        return None
    if looks := _a_record(header):
        says = f"begins with what looks like a record ({looks})."
        reader.fault(file, says, "Put the names of the columns in the first row.")
        return None
    return _parsed(path, file, _Shape(chr(delimiter), header, lines), reader)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What separates cells, the first row's cells, and how many lines that row takes."""

    delimiter: str
    header: list[str]
    lines: int

    @property
    def names(self) -> list[str]:
        """The names of columns, without the nameless at the end."""
        names = [name.strip() for name in self.header]
        while names and not names[-1]:
            names.pop()
        return names


def _header(start: bytes, delimiter: str) -> tuple[list[str], int]:
    text = start.decode("utf-8-sig", errors="replace")
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return next(found, []), found.line_num


def _a_record(header: Sequence[str]) -> str:
    """Return how a first row looks that holds a date, and so is no header; "" where it is one."""
    if not any(_A_DATE.fullmatch(cell.strip()) for cell in header):
        return ""
    return ", ".join(look_of(cell.strip()) for cell in header[:MOST_ROWS_NAMED])


def _parsed(path: Path, file: str, shape: _Shape, reader: Reader) -> pa.Table | None:
    """Return a table of the header's columns; one without a name and without a value is none."""
    names = shape.names
    if twice := [name for name, n in Counter(names).items() if name and n > 1]:
        reader.fault(f"{file}: {twice[0]}", "heads two columns.", "Rename one of them.")
        return None
    try:
        table, odd = _rows(path, shape, len(shape.header))
        is_every_row = len(odd.cells) == 1 and not len(table)
        if is_every_row and min(odd.cells) >= len(names):
            # Every row ends in more commas than the header does, or in fewer.
            table, odd = _rows(path, shape, min(odd.cells))
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        if "Empty CSV" in str(error) or "Could not skip" in str(error):
            return pa.table({name: pa.array([], pa.string()) for name in names if name})
        reason = str(error).partition("\n")[0]
        reader.fault(file, f"is not a table ({reason}).", "Save it again as CSV.")
        return None
    except _CellsBeyondTheHeader as beyond:
        says = f"has values in column {beyond}, which the first row gives no name."
        remedy = "Name every column in the first row, and delete any line above the names."
        reader.fault(file, says, remedy)
        return None
    if odd.cells and is_every_row:
        says = f"has {min(odd.cells)} cells in each row and {len(names)} names in the header."
        reader.fault(file, says, "Put quotes around a name that holds a comma.")
        return None
    for number, cells in odd.first:
        at = f"row {number}" if number is not None else "a row"
        says = f"{at} has {cells} cells where the header has {len(shape.header)}."
        remedy = (
            "Put quotes around text that holds a comma."
            if cells > len(shape.header)
            else "Delete totals and notes at the foot, or fill the row."
        )
        reader.fault(file, says, remedy)
    if (more := odd.cells.total() - len(odd.first)) > 0:
        reader.fault(file, f"has {more:,} more such rows.", "Save it again as CSV.")
    return None if odd.cells else table


class _CellsBeyondTheHeader(Exception):
    """Rows hold values where the header has no column."""


@dataclass(frozen=True, slots=True)
class _Odd:
    """Rows of another number of cells than the header: the first, and how many of each number."""

    first: list[tuple[int | None, int]] = field(default_factory=list[tuple[int | None, int]])
    cells: Counter[int] = field(default_factory=Counter[int])

    def __call__(self, row: Any) -> str:
        self.cells[row.actual_columns] += 1
        if len(self.first) < MOST_ROWS_NAMED:
            self.first.append((row.number, row.actual_columns))
        return "skip"


def _rows(path: Path, shape: _Shape, cells: int) -> tuple[pa.Table, _Odd]:
    """Return the columns that have a name, and the rows of another number of cells.

    Raises _CellsBeyondTheHeader where rows of so many cells hold what the header does not name.
    """
    odd, names = _Odd(), shape.names
    # A mark that no header holds stands for a name, so that two columns without one differ.
    every = [name or f"\x1f{n}" for n, name in enumerate(names)]
    every += [f"\x1f{n}" for n in range(len(every), cells)]
    table = pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(
            column_names=every, skip_rows=shape.lines, block_size=_BLOCK, use_threads=False
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=shape.delimiter, newlines_in_values=True, invalid_row_handler=odd
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in every},
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=True,
        ),
    )
    for n, name in enumerate(every, start=1):
        if name.startswith("\x1f") and table[name].null_count < len(table):
            raise _CellsBeyondTheHeader(n)
    return table.select([name for name in names if name]), odd


def _is_utf8(path: Path, file: str, reader: Reader) -> bool:
    """Note the first rows that are not UTF-8: a file put together from two programs."""
    wrong, row = 0, 0
    rows: list[int] = []
    with path.open("rb") as opened:
        for row, line in enumerate(opened, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                wrong += 1
                if len(rows) < 3:
                    rows.append(row)
    if not wrong:
        return True
    named = ", ".join(str(n) for n in rows)
    mixed = "every row" if wrong >= row - 1 else f"{wrong} of {row:,} rows (the first: {named})"
    reader.fault(file, f"is not UTF-8 in {mixed}.", "Save the whole file as CSV UTF-8.")
    return False


def _too_wide(file: str, reader: Reader) -> None:
    says = f"has more than {_MOST_COLUMNS} columns."
    reader.fault(file, says, "Keep the columns that describe a child.")
