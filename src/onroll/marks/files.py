"""Opens a folder of CSV and Parquet files as pieces, each column as numbers and what they mean."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from onroll.marks.alphabet import Numbers, day_number
from onroll.statute.days import EARLIEST, LATEST
from onroll.statute.reading import Reader

COLUMNS = ("pupil_id", "school", "on", "session", "code", "year_group")
_ENDINGS = {".csv": "csv", ".parquet": "parquet", ".pq": "parquet"}
# A sheet saved with every empty column has more; a register of marks never does.
_MOST_COLUMNS = 500
_A_LINE = 1 << 20
NO_DAY = int(np.iinfo(np.int32).min)
_FIRST, _LAST = day_number(EARLIEST), day_number(LATEST)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a piece: for each row a place in `texts`, -1 where the cell is empty.

    `texts` is None for a column of days, whose `places` are days since 1970, NO_DAY where empty.
    """

    places: Numbers
    texts: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one file that follow one another.

    `rows` numbers them as a spreadsheet does (the header of a CSV is row 1; a row of Parquet
    counts from 1); `lame` are rows that have too many cells or too few.
    """

    file: str
    rows: Numbers
    columns: Mapping[str, Column]
    lame: Sequence[int] = ()


class Opens(Protocol):
    """Opens a piece when called, here or on another machine that sees the folder."""

    @property
    def file(self) -> str:
        """What the file is called."""

    @property
    def school(self) -> str | None:
        """The only school in the piece, where that is known before it is opened."""

    def __call__(self) -> Piece: ...


def by_school(opens: Sequence[Opens]) -> list[list[Opens]]:
    """Put pieces together so that no school is in two groups, each group in the order given.

    A piece whose schools are not known may hold any: then all pieces are one group.
    """
    groups: dict[str, list[Opens]] = {}
    for one in opens:
        if one.school is None:
            return [list(opens)]
        groups.setdefault(one.school, []).append(one)
    return list(groups.values())


def pieces(folder: Path, reader: Reader) -> list[Opens]:
    """Return what opens each piece of each file, in the order of their names.

    Faults of whole files (a column that is missing, text that is not UTF-8) are noted.
    """
    if not folder.is_dir():
        reader.fault("--marks", f"{folder} is no folder.", "Name the folder that holds the files.")
        return []
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS and p.is_file())
    if not paths:
        remedy = "Put CSV or Parquet files there."
        reader.fault("--marks", f"{folder} holds no CSV and no Parquet file.", remedy)
    found: list[Opens] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            opened = _parquet if _ENDINGS[path.suffix.lower()] == "parquet" else _csv
            found += opened(path, name, reader)
        except OSError as error:
            reason = error.strerror or str(error).partition("\n")[0]
            reader.fault(name, f"cannot be read ({reason}).", "Check that the file is whole.")
        except pa.ArrowException as error:
            reason = str(error).partition("\n")[0]
            reader.fault(name, f"cannot be read ({reason}).", "Export it again.")
    return found


def _named(names: Sequence[str], file: str, reader: Reader) -> dict[str, str]:
    """Return for each column of ours what the file calls it; faults where one is missing."""
    theirs = [name.strip().lower() for name in names]
    if len(names) > _MOST_COLUMNS:
        reader.fault(file, f"has {len(names):,} columns.", "Export only the columns of --help.")
        return {}
    for ours in COLUMNS:
        if theirs.count(ours) > 1:
            reader.fault(f"{file}: {ours}", "heads two columns.", "Rename one of them.")
    missing = [ours for ours in COLUMNS[:-1] if ours not in theirs]
    for ours in missing:
        reader.fault(f"{file}: {ours}", "is not among the columns.", "Add it, named like this.")
    if missing:
        return {}
    return {ours: names[theirs.index(ours)] for ours in COLUMNS if ours in theirs}


# Parquet


@dataclass(frozen=True, slots=True)
class _RowGroup:
    path: Path
    file: str
    named: Mapping[str, str]
    number: int
    first_row: int
    school: str | None

    def __call__(self) -> Piece:
        names = list(self.named.values())
        # A file is opened once for each piece: two threads may not share one.
        with pyarrow.parquet.ParquetFile(self.path, read_dictionary=names) as opened:
            table = opened.read_row_group(self.number, columns=names, use_threads=False)
        rows = np.arange(self.first_row, self.first_row + table.num_rows, dtype=np.int64)
        columns = {ours: coded(table[name]) for ours, name in self.named.items()}
        return Piece(self.file, rows, columns)


def _parquet(path: Path, file: str, reader: Reader) -> list[Opens]:
    with pyarrow.parquet.ParquetFile(path) as opened:
        named = _named(opened.schema_arrow.names, file, reader)
        for ours, theirs in named.items():
            if pa.types.is_nested(opened.schema_arrow.field(theirs).type):
                reader.fault(f"{file}: {ours}", "holds lists.", "Give one value a row.")
        groups = [opened.metadata.row_group(n) for n in range(opened.num_row_groups)]
    found: list[Opens] = []
    first_row = 1
    for number, group in enumerate(groups if named else ()):
        if group.num_rows:
            school = _only_school(group, named["school"])
            found.append(_RowGroup(path, file, named, number, first_row, school))
        first_row += group.num_rows
    return found


def _only_school(group: Any, name: str) -> str | None:
    """Return the school of every row of a group, if what the file says of it leaves but one."""
    columns = [group.column(n) for n in range(group.num_columns)]
    said = [column.statistics for column in columns if column.path_in_schema == name]
    if len(said) != 1 or said[0] is None or not said[0].has_min_max or said[0].null_count != 0:
        return None
    return _text(said[0].min).strip() if said[0].min == said[0].max else None


def coded(column: pa.ChunkedArray) -> Column:
    """Return a column by its different values, written as text."""
    if pa.types.is_date32(column.type):
        days = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        numbers = days.cast(pa.int32()).fill_null(NO_DAY).to_numpy()
        if len(numbers) and (numbers.min() < _FIRST or numbers.max() > _LAST):
            numbers = np.where((numbers < _FIRST) | (numbers > _LAST), NO_DAY, numbers)
        return Column(numbers, None)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    column = column.unify_dictionaries()
    values = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    places = values.indices
    if places.null_count:
        places = places.fill_null(-1)
    texts = values.dictionary.to_pylist()
    if not pa.types.is_string(values.dictionary.type):
        texts = [_text(value) for value in texts]
    return Column(places.to_numpy(zero_copy_only=False), texts)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value.isoformat() if isinstance(value, date) else str(value)


# CSV


def _csv(path: Path, file: str, reader: Reader) -> list[Opens]:
    with path.open("rb") as opened:
        start = opened.read(_A_LINE)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start:
        reader.fault(file, "is not UTF-8 text.", "Save it as CSV UTF-8.")
        return []
    first = start.removeprefix(b"\xef\xbb\xbf").splitlines()[:1] or [b""]
    try:
        header = first[0].decode()
    except UnicodeDecodeError:
        reader.fault(file, "is not UTF-8 text.", "Save it as CSV UTF-8.")
        return []
    if not header.strip():
        remedy = "Put the names of the columns into the first row."
        reader.fault(
            file, "is empty." if not start.strip() else "begins with an empty row.", remedy
        )
        return []
    mark = max(",;\t|", key=header.count)
    names = next(csv.reader(io.StringIO(header), delimiter=mark))
    named = _named(names, file, reader)
    return [_Sheet(path, file, mark, named)] if named else []


@dataclass(frozen=True, slots=True)
class _Sheet:
    path: Path
    file: str
    mark: str
    named: Mapping[str, str]
    school: None = None

    def __call__(self) -> Piece:
        return _csv_piece(self.path, self.file, self.mark, self.named)


def _csv_piece(path: Path, file: str, mark: str, named: Mapping[str, str]) -> Piece:
    lame: list[int] = []

    def beside(row: Any) -> str:
        lame.append(row.number or 0)
        return "skip"

    def read(*, use_threads: bool) -> pa.Table:
        return pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(use_threads=use_threads, block_size=8 << 20),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=mark, invalid_row_handler=beside, ignore_empty_lines=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=list(named.values()),
                column_types=dict.fromkeys(named.values(), pa.dictionary(pa.int32(), pa.string())),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )

    table = read(use_threads=True)
    if lame:
        # Only a single thread knows the number of a row, and the others count on past it.
        lame.clear()
        table = read(use_threads=False)
    rows = np.arange(2, 2 + table.num_rows + len(lame), dtype=np.int64)
    rows = rows[~np.isin(rows, np.array(lame, dtype=np.int64))]
    columns = {ours: coded(table[name]) for ours, name in named.items()}
    return Piece(file, rows, columns, lame)
