"""Lists of very many rows, read by columns: CSV, XLSX and Parquet into one table of text.

What `tables` reads row by row for a file of casework is read here column by column, for a list of
everybody in the area. The same look is taken first: size, encoding, macros, the width of the sheet.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from onroll.matching.columns import as_text, silent
from onroll.office.intake.reading.tables import (
    MOST_COLUMNS,
    csv_rows,
    decoded,
    delimiter_of,
    headed,
    header_of,
    read,
    workbook_rows,
)
from onroll.office.intake.reading.workbooks import Unreadable
from onroll.office.web.forms import megabytes

ENDINGS = (".csv", ".xlsx", ".parquet", ".txt", ".tsv")
MOST_BYTES = 100 * 1024 * 1024
MOST_LISTED = 1_500_000
MOST_IN_A_WORKBOOK = 150_000
_A_LONG_WORKBOOK = 1 << 20
_MOST_OF_A_HEADER = 1 << 20
_MOST_OF_PARQUET = 2 << 30
_AT_A_TIME = 50_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A file's columns as text, null where a cell is empty, and the number of each row in it."""

    header: tuple[str, ...]
    table: pa.Table
    numbers: pa.Array
    strays: tuple[int, ...] = ()  # rows with cells beyond the last named column
    encoding: str = ""


def read_list(*, filename: str, content: bytes) -> Listing:
    """Return the rows of a list by columns. Raises Unreadable with one sentence."""
    if not content:
        raise Unreadable("The file is empty. Choose the file that holds the list.")
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"The file is {megabytes(len(content))} and the most that is taken is "
            f"{megabytes(MOST_BYTES)}. Leave out columns that are not asked for, or send Parquet."
        )
    ending = filename.lower().rsplit(".", 1)[-1] if "." in filename else ""
    if ending in {"parquet", "pq"} or content.startswith(b"PAR1"):
        return _parquet(content)
    if ending in {"csv", "txt", "tsv"} and not content.startswith((b"PK", b"\xd0\xcf")):
        _refuse_wide(content)
        text, encoding = decoded(content)
        return _by_columns(csv_rows(text), encoding)
    if ending == "xlsx" and content.startswith(b"PK"):
        return _by_columns(_sheet_rows(content), "xlsx")
    # Whatever else it is, the reader of small files knows what to say.
    read(filename=filename, content=content, limit=MOST_BYTES)
    raise Unreadable("Send a file whose name ends in .csv, .xlsx or .parquet.")


def _refuse_wide(content: bytes) -> None:
    """Refuse a sheet of very many columns by its first line, before room is made for it."""
    first = content[:_MOST_OF_A_HEADER].lstrip(b"\r\n").partition(b"\n")[0]
    text = first.decode("utf-8", errors="replace")
    found = text.count(delimiter_of(text)) + 1
    # A quoted name may hold the separator, so a little more than the most is let through to it.
    if found > 2 * MOST_COLUMNS:
        least = "more than " if len(first) == _MOST_OF_A_HEADER else ""
        raise Unreadable(
            f"The file has {least}{found:,} columns; the most is {MOST_COLUMNS}. Keep the columns "
            "that describe a child (names, date of birth, numbers, address) and save it again."
        )
    if len(first) == _MOST_OF_A_HEADER:
        raise Unreadable(
            "The first line of the file does not end, so it is no table. Export it again as CSV."
        )


def _sheet_rows(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        yield from workbook_rows(content, most_rows=MOST_IN_A_WORKBOOK)
    except Unreadable as error:
        if len(content) < _A_LONG_WORKBOOK:
            raise
        says = f"{error} Or save the sheet as CSV UTF-8, which may hold a longer list."
        raise Unreadable(says) from error


def _by_columns(rows: Iterator[tuple[int, Sequence[str]]], encoding: str) -> Listing:
    header, below = headed(rows)
    parts: list[pa.RecordBatch] = []
    waiting: list[list[str]] = []
    numbers: list[int] = []
    strays: list[int] = []
    for number, cells, is_stray in below:
        if is_stray:
            strays.append(number)
        waiting.append(cells)
        numbers.append(number)
        if len(numbers) > MOST_LISTED:
            _refuse_long()
        if len(waiting) == _AT_A_TIME:
            parts.append(_batch(header, waiting))
            waiting = []
    if waiting:
        parts.append(_batch(header, waiting))
    schema = pa.schema([(name, pa.string()) for name in header])
    table = pa.Table.from_batches(parts, schema)
    return Listing(header, table, pa.array(numbers, pa.int64()), tuple(strays), encoding)


def _batch(header: Sequence[str], rows: list[list[str]]) -> pa.RecordBatch:
    columns = [
        pa.array([cell or None for cell in column], pa.string())
        for column in zip(*rows, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=list(header))


def _parquet(content: bytes) -> Listing:
    try:
        with pyarrow.parquet.ParquetFile(io.BytesIO(content)) as opened:
            held = opened.metadata
            if held.num_columns > MOST_COLUMNS:
                raise Unreadable(
                    f"The file has {held.num_columns:,} columns; the most is {MOST_COLUMNS}. Keep "
                    "the columns that describe a child and save it again."
                )
            if held.num_rows > MOST_LISTED:
                _refuse_long()
            groups = range(held.num_row_groups)
            if sum(held.row_group(i).total_byte_size for i in groups) > _MOST_OF_PARQUET:
                raise Unreadable(
                    "The file unpacks to more than 2 GB. Keep the columns that describe a child."
                )
            table = opened.read()
        header = header_of([name.strip() for name in table.column_names])
        columns = [_text(column) for column in table.columns]
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise Unreadable(
            f"The file is not Parquet that can be read here ({reason}). Export it again, with "
            "plain columns of text, numbers and dates."
        ) from error
    text = pa.table(columns, names=list(header))
    return Listing(header, text, pa.array(range(2, len(text) + 2), pa.int64()), (), "Parquet")


def _text(column: Any) -> Any:
    # A mark that no database keeps and that nobody typed.
    return silent(pc.replace_substring(as_text(column), "\x00", ""))


def _refuse_long() -> None:
    raise Unreadable(
        f"The list has more than {MOST_LISTED:,} rows, which is more than the children of any "
        "authority. Leave out adults, or split it into one source a district."
    )
