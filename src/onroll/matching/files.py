"""Reads one file, CSV or Parquet, as a table of strings; what cannot be read is a fault."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from onroll.matching.columns import as_text
from onroll.statute.reading import Reader

# No list of children has as many; a sheet saved with every empty column has.
_MOST_COLUMNS = 500
_MOST_OF_A_HEADER = 1 << 20
_BLOCK = 8 << 20
# More sentences of one kind about one file help nobody.
_MOST_ROWS_NAMED = 5


def read_table(path: Path, file: str, reader: Reader) -> pa.Table | None:
    """Return a file's table with every column a string, or note why it cannot be read."""
    ending = path.suffix.lower()
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
        # A list or a structure in a cell is no name, number or date; nothing here reads it.
        plain = [name for name in table.column_names if not pa.types.is_nested(table[name].type)]
        found = pa.table([as_text(table[name]) for name in plain], names=plain)
        found.validate(full=True)  # text that is not UTF-8 is found here and not in a search
        return found
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        reason = str(error).partition("\n")[0]
        reader.fault(file, f"is not Parquet that can be read ({reason}).", "Export it again.")
        return None


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
        header = _header(first, chr(delimiter))
    except csv.Error:
        says = "has a first row that is no header."
        reader.fault(file, says, "Save it again as CSV UTF-8.")
        return None
    return _parsed(path, file, chr(delimiter), header, reader)


def _header(first: bytes, delimiter: str) -> list[str]:
    text = first.decode("utf-8", errors="replace")
    return next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


def _parsed(
    path: Path, file: str, delimiter: str, header: list[str], reader: Reader
) -> pa.Table | None:
    """Return a table of the header's columns; one without a name and without a value is none."""
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if twice := [name for name, n in Counter(names).items() if name and n > 1]:
        reader.fault(f"{file}: {twice[0]}", "heads two columns.", "Rename one of them.")
        return None
    try:
        table, odd = _rows(path, delimiter, names, len(header))
        cells = {row.actual_columns for row in odd}
        is_every_row = len(cells) == 1 and not len(table)
        if is_every_row and min(cells) >= len(names):
            # Every row ends in more commas than the header does, or in fewer.
            table, odd = _rows(path, delimiter, names, min(cells))
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        if "Empty CSV" in str(error):
            return pa.table({name: pa.array([], pa.string()) for name in names})
        reason = str(error).partition("\n")[0]
        reader.fault(file, f"is not a table ({reason}).", "Save it again as CSV.")
        return None
    except _CellsBeyondTheHeader as beyond:
        says = f"has {beyond} cells in a row where the header has {len(names)}."
        reader.fault(file, says, "Give every column a name in the first row.")
        return None
    if odd and is_every_row:
        says = f"has {min(cells)} cells in each row and {len(names)} names in the header."
        reader.fault(file, says, "Put quotes around a name that holds a comma.")
        return None
    for row in odd[:_MOST_ROWS_NAMED]:
        at = f"row {row.number}" if row.number is not None else "a row"
        says = f"{at} has {row.actual_columns} cells where the header has {len(header)}."
        reader.fault(file, says, "Put quotes around text that holds a comma.")
    if len(odd) > _MOST_ROWS_NAMED:
        says = f"has {len(odd) - _MOST_ROWS_NAMED} more such rows."
        reader.fault(file, says, "Save it again as CSV.")
    return None if odd else table


class _CellsBeyondTheHeader(Exception):
    """Rows hold values where the header has no column."""


def _rows(path: Path, delimiter: str, names: list[str], cells: int) -> tuple[pa.Table, list[Any]]:
    """Return the columns that have a name, and the rows of another number of cells.

    Raises _CellsBeyondTheHeader where rows of so many cells hold more than the header names.
    """
    odd: list[Any] = []

    def stray(row: Any) -> str:
        odd.append(row)
        return "skip"

    # A mark that no header holds stands for a name, so that two columns without one differ.
    every = [name or f"\x1f{n}" for n, name in enumerate(names)]
    every += [f"\x1f{n}" for n in range(len(every), cells)]
    table = pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(
            column_names=every, skip_rows=1, block_size=_BLOCK, use_threads=False
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=stray
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in every},
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=True,
        ),
    )
    for n, name in enumerate(every[len(names) :], start=len(names) + 1):
        if table[name].null_count < len(table):
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
