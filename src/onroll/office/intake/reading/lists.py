"""Lists of very many rows, read by columns: CSV, XLSX and Parquet into one table of text.

What `tables` reads row by row for a file of casework is read here column by column, for a list of
everybody in the area. The same look is taken first: size, encoding, macros, the width of the sheet.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
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
# Parquet holds one long value of a million rows in a few bytes.
MOST_OF_PARQUET = 512 << 20
_WIDEST = 64  # bytes of a value of one length, such as a decimal
_AT_A_TIME = 50_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A file's columns as text, null where a cell is empty, and the number of each row in it."""

    header: tuple[str, ...]
    table: pa.Table
    numbers: pa.Array
    strays: tuple[int, ...] = ()  # rows with cells beyond the last named column
    encoding: str = ""


def read_list(*, filename: str, content: bytes, most: int | None = None) -> Listing:
    """Return the rows of a list by columns, the first `most` of them. Raises Unreadable with one
    sentence."""
    if not content:
        raise Unreadable("The file is empty. Choose the file that holds the list.")
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"The file is {megabytes(len(content))} and the most that is taken is "
            f"{megabytes(MOST_BYTES)}. Leave out columns that are not asked for, or send Parquet."
        )
    ending = filename.lower().rsplit(".", 1)[-1] if "." in filename else ""
    if ending in {"parquet", "pq"} or content.startswith(b"PAR1"):
        return _parquet(content, most)
    if ending in {"csv", "txt", "tsv"} and not content.startswith((b"PK", b"\xd0\xcf")):
        _refuse_wide(content)
        text, encoding = decoded(content)
        return _by_columns(csv_rows(text), encoding, most)
    if ending == "xlsx" and content.startswith(b"PK"):
        return _by_columns(_sheet_rows(content), "xlsx", most)
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


def _by_columns(
    rows: Iterator[tuple[int, Sequence[str]]], encoding: str, most: int | None
) -> Listing:
    header, below = headed(rows)
    parts: list[pa.RecordBatch] = []
    waiting: list[list[str]] = []
    numbers: list[int] = []
    strays: list[int] = []
    for number, cells, is_stray in islice(below, most):
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


def _parquet(content: bytes, most: int | None) -> Listing:
    try:
        with pyarrow.parquet.ParquetFile(io.BytesIO(content)) as opened:
            _refuse_large(opened.metadata)
            schema = opened.schema_arrow
            _refuse_odd(schema)
        header = header_of([name.strip() for name in schema.names])
        # Text is kept as numbers of its values, so that one long value in a million rows is one.
        texts = [field.name for field in schema if _is_text(field.type)]
        with pyarrow.parquet.ParquetFile(io.BytesIO(content), read_dictionary=texts) as opened:
            columns = _unpacked_columns(opened, schema.names, most)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise Unreadable(
            f"The file is not Parquet that can be read here ({reason}). {_PLAIN}"
        ) from error
    text = pa.table(columns, names=list(header))
    return Listing(header, text, pa.array(range(2, len(text) + 2), pa.int64()), (), "Parquet")


_PLAIN = "Export it again, with plain columns of text, numbers and dates."


def _refuse_large(told: Any) -> None:
    """Refuse what says of itself, before anything is unpacked, that it is too large."""
    if told.num_columns > MOST_COLUMNS:
        raise Unreadable(
            f"The file has {told.num_columns:,} columns; the most is {MOST_COLUMNS}. Keep the "
            "columns that describe a child and save it again."
        )
    if told.num_rows > MOST_LISTED:
        _refuse_long()
    groups = range(told.num_row_groups)
    if sum(told.row_group(i).total_byte_size for i in groups) > MOST_OF_PARQUET:
        _refuse_unpacked()


def _refuse_odd(schema: pa.Schema) -> None:
    """Refuse columns of which one row can hold any number of values, or a value any length."""
    for field in schema:
        kind = field.type
        is_wide = pa.types.is_fixed_size_binary(kind) and kind.byte_width > _WIDEST
        if pa.types.is_nested(kind) or is_wide:
            raise Unreadable(f"The column “{field.name[:40]}” holds more than one value. {_PLAIN}")


def _unpacked_columns(opened: Any, names: Sequence[str], most: int | None) -> list[Any]:
    """Return the columns as text, read piece by piece: what the file says of its size may be wrong.

    Raises Unreadable as soon as they are longer or larger than any list.
    """
    columns, size = [], 0
    for name in names:
        pieces, rows = [], 0
        batches = opened.iter_batches(most or _AT_A_TIME, columns=[name], use_threads=False)
        for batch in islice(batches, 1 if most else None):
            piece = batch.column(name)
            rows += len(piece)
            size += _size_of(piece)
            if rows > MOST_LISTED:
                _refuse_long()
            if size > MOST_OF_PARQUET:
                _refuse_unpacked()
            pieces.append(piece)
        kind = pieces[0].type if pieces else pa.string()
        columns.append(_text(pa.chunked_array(pieces, kind)))
    return columns


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_binary(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_large_binary(kind)
    )


def _size_of(piece: Any) -> int:
    """Return how many bytes a piece of a column takes once each row has its value."""
    if pa.types.is_dictionary(piece.type) and _is_text(piece.type.value_type):
        lengths = pc.binary_length(piece.dictionary).take(piece.indices)
        return int(pc.sum(lengths).as_py() or 0) + len(piece)
    return int(piece.nbytes)


def _refuse_unpacked() -> None:
    raise Unreadable(
        f"The file unpacks to more than {megabytes(MOST_OF_PARQUET)}. Keep the columns that "
        "describe a child (names, date of birth, numbers, address) and save it again."
    )


def _text(column: Any) -> Any:
    # A mark that no database keeps and that nobody typed.
    return silent(pc.replace_substring(as_text(column), "\x00", ""))


def _refuse_long() -> None:
    raise Unreadable(
        f"The list has more than {MOST_LISTED:,} rows, which is more than the children of any "
        "authority. Leave out adults, or split it into one source a district."
    )
