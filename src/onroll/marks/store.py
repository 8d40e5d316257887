"""Keeps the marks of an authority: one Parquet file for each school and school year.

`current/school_year=2025/school=3314001.parquet` is in the neutral layout, with `recorded_at`, so
that whatever reads marks reads it too. What a later load replaces goes whole days at a time to the
same name below `earlier/`, with `superseded_at`: a register can be asked for as it was known at
any instant. The place is a folder, or an object store by its address (`s3://…`).

One process at a time may change one school's files; whoever calls sees to that. A file is written
beside its place and then moved there.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs
import pyarrow.parquet

from onroll.marks.alphabet import Numbers, day_of
from onroll.marks.gathering import register_of
from onroll.marks.register import Register
from onroll.statute.ages import AUGUST

_INSTANT = pa.timestamp("us", tz="UTC")
LAYOUT = pa.schema(
    [
        # Nothing is null: a third of the time of decoding would go into asking for it.
        pa.field("pupil_id", pa.string(), nullable=False),
        pa.field("school", pa.string(), nullable=False),
        pa.field("on", pa.date32(), nullable=False),
        pa.field("session", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("year_group", pa.string(), nullable=False),
    ]
)
_CURRENT = LAYOUT.append(pa.field("recorded_at", _INSTANT, nullable=False))
_EARLIER = _CURRENT.append(pa.field("superseded_at", _INSTANT, nullable=False))
_TEXTS = [field.name for field in LAYOUT if pa.types.is_string(field.type)]


@dataclass(frozen=True, slots=True)
class Differences:
    """What a load does to one school's marks, in sessions; `days` are the days that it changes."""

    school: str
    added: int = 0
    changed: int = 0
    dropped: int = 0
    same: int = 0
    days: Sequence[date] = ()

    def __add__(self, other: "Differences") -> "Differences":
        return Differences(
            self.school,
            self.added + other.added,
            self.changed + other.changed,
            self.dropped + other.dropped,
            self.same + other.same,
            (*self.days, *other.days),
        )


class Store:
    """The marks below one place. Tables that go in are LAYOUT, of one school, a mark a session."""

    def __init__(self, place: str | Path) -> None:
        address = str(place)
        if "://" in address:
            self._files, self._root = pyarrow.fs.FileSystem.from_uri(address)
        else:
            self._files, self._root = pyarrow.fs.LocalFileSystem(), str(Path(address).resolve())

    def schools(self, year: int) -> list[str]:
        """Return the schools that have marks in a school year, by the year in which it began."""
        return sorted(self.versions(year))

    def years(self) -> list[int]:
        """Return the school years that have marks, the latest first."""
        chosen = pyarrow.fs.FileSelector(f"{self._root}/current", allow_not_found=True)
        names = [info.base_name for info in self._files.get_file_info(chosen)]
        found = [name.removeprefix("school_year=") for name in names if "=" in name]
        return sorted((int(year) for year in found), reverse=True)

    def versions(self, year: int) -> dict[str, tuple[int, int]]:
        """Return for each school with marks in a year what changes whenever its file does.

        That is when it was written, in nanoseconds, and its size: one listing, no file opened.
        """
        chosen = pyarrow.fs.FileSelector(self.folder(year), allow_not_found=True)
        return {
            _school_of(info.base_name): (info.mtime_ns, info.size)
            for info in self._files.get_file_info(chosen)
            if _is_of_school(info.base_name)
        }

    def folder(self, year: int) -> str:
        """Return the folder of one school year's marks, for whatever reads the neutral layout."""
        return f"{self._root}/current/school_year={year}"

    def read(self, school: str, year: int, *, known_at: datetime | None = None) -> pa.Table:
        """Return a school's marks of a school year, as known now or at an instant; may be empty."""
        current = self._read("current", school, year, _CURRENT)
        if known_at is None:
            return current.select(LAYOUT.names).cast(LAYOUT)
        at = pa.scalar(known_at, _INSTANT)
        earlier = self._read("earlier", school, year, _EARLIER)
        held = earlier.filter(
            pc.and_(
                pc.less_equal(earlier["recorded_at"], at), pc.greater(earlier["superseded_at"], at)
            )
        )
        known = current.filter(pc.less_equal(current["recorded_at"], at))
        # A load that was cut off between its two files left a day in both of them.
        held = held.filter(pc.invert(pc.is_in(held["on"], value_set=pc.unique(known["on"]))))
        both = pa.concat_tables([known.select(LAYOUT.names), held.select(LAYOUT.names)])
        return _in_order(both).cast(LAYOUT)

    def register(self, school: str, year: int) -> Register | None:
        """Return a school's register of a school year as known now; None without a mark."""
        path = self._path("current", school, year)
        if self._files.get_file_info(path).type is pyarrow.fs.FileType.NotFound:
            return None
        texts = [name for name in LAYOUT.names if name != "on"]
        with self._files.open_input_file(path) as opened:
            # Texts stay the numbers that they are in the file: three times as fast.
            found = pyarrow.parquet.ParquetFile(opened, read_dictionary=texts)
            return register_of(found.read(columns=LAYOUT.names))

    def compare(self, new: pa.Table) -> Differences:
        """Return what `put` would do, and do nothing."""
        return self._each_year(new, None)

    def put(self, new: pa.Table, *, recorded_at: datetime) -> Differences:
        """Replace the days that a table has with what it says of them.

        A day that says the same as before is left alone, so a file may be loaded twice.
        """
        return self._each_year(new, recorded_at)

    def take_back(self, school: str, *, recorded_at: datetime, taken_back_at: datetime) -> int:
        """Undo what one load of a school put there; returns how many days are as before it.

        Days that a later load replaced in turn are left as they are.
        """
        undone = 0
        for year in self._years(school):
            current = self._read("current", school, year, _CURRENT)
            instant = pa.scalar(recorded_at, _INSTANT)
            theirs = current.filter(pc.equal(current["recorded_at"], instant))
            if not theirs.num_rows:
                continue
            days = pc.unique(theirs["on"])
            earlier = self._read("earlier", school, year, _EARLIER)
            before = earlier.filter(
                pc.and_(
                    pc.equal(earlier["superseded_at"], instant),
                    pc.is_in(earlier["on"], value_set=days),
                )
            )
            others = current.filter(pc.not_equal(current["recorded_at"], instant))
            now = pa.scalar(taken_back_at, _INSTANT)
            back = before.drop_columns(["superseded_at", "recorded_at"])
            self._write("earlier", school, year, pa.concat_tables([earlier, _ended(theirs, now)]))
            self._write("current", school, year, pa.concat_tables([others, _since(back, now)]))
            undone += len(days)
        return undone

    def erase(self, pupils: Collection[str]) -> int:
        """Erase every mark of some pupils, earlier ones included; returns how many there were."""
        erased, gone = 0, pa.array(sorted(pupils), pa.string())
        for part, schema in (("current", _CURRENT), ("earlier", _EARLIER)):
            for school, year in self._all(part):
                table = self._read(part, school, year, schema)
                kept = table.filter(pc.invert(pc.is_in(table["pupil_id"], value_set=gone)))
                if kept.num_rows < table.num_rows:
                    erased += table.num_rows - kept.num_rows
                    self._write(part, school, year, kept)
        return erased

    def _each_year(self, new: pa.Table, recorded_at: datetime | None) -> Differences:
        school = new["school"][0].as_py()
        found = Differences(school)
        # A school year begins in August, whatever its first day of term.
        years = pc.subtract(
            pc.year(new["on"]), pc.less(pc.month(new["on"]), AUGUST).cast(pa.int64())
        )
        for year in sorted(pc.unique(years).to_pylist()):
            own = new.filter(pc.equal(years, year)).select(LAYOUT.names)
            group = LAYOUT.get_field_index("year_group")
            own = own.set_column(group, LAYOUT.field(group), pc.fill_null(own[group], ""))
            own = _in_order(own.cast(_coded(LAYOUT)))
            current = self._read("current", school, year, _CURRENT)
            says, is_changed = _compared(school, current, own)
            found += says
            if recorded_at is not None and says.days:
                self._replace(school, year, current, own, is_changed, recorded_at)
        return found

    def _replace(
        self,
        school: str,
        year: int,
        current: pa.Table,
        new: pa.Table,
        days: pa.Array,
        recorded_at: datetime,
    ) -> None:
        instant = pa.scalar(recorded_at, _INSTANT)
        is_old = pc.is_in(current["on"], value_set=days)
        gone = current.filter(is_old)
        if gone.num_rows:
            earlier = self._read("earlier", school, year, _EARLIER)
            self._write("earlier", school, year, pa.concat_tables([earlier, _ended(gone, instant)]))
        come = _since(new.filter(pc.is_in(new["on"], value_set=days)), instant)
        stays = current.filter(pc.invert(is_old))
        self._write("current", school, year, pa.concat_tables([stays, come]))

    # Files

    def _path(self, part: str, school: str, year: int) -> str:
        return f"{self._root}/{part}/school_year={year}/school={quote(school, safe='')}.parquet"

    def _years(self, school: str) -> list[int]:
        return sorted({year for name, year in self._all("current") if name == school})

    def _all(self, part: str) -> Iterator[tuple[str, int]]:
        chosen = pyarrow.fs.FileSelector(f"{self._root}/{part}", allow_not_found=True)
        for info in sorted(self._files.get_file_info(chosen), key=lambda one: one.path):
            year = int(info.base_name.removeprefix("school_year="))
            files = self._files.get_file_info(pyarrow.fs.FileSelector(info.path))
            for name in sorted(
                one.base_name for one in files if one.base_name.endswith(".parquet")
            ):
                yield _school_of(name), year

    def _read(self, part: str, school: str, year: int, schema: pa.Schema) -> pa.Table:
        path = self._path(part, school, year)
        if self._files.get_file_info(path).type is pyarrow.fs.FileType.NotFound:
            return _coded(schema).empty_table()
        with self._files.open_input_file(path) as opened:
            found = pyarrow.parquet.ParquetFile(opened, read_dictionary=_TEXTS).read()
        return found.cast(_coded(schema))

    def _write(self, part: str, school: str, year: int, table: pa.Table) -> None:
        path = self._path(part, school, year)
        if not table.num_rows:
            self._files.delete_file(path)
            return
        self._files.create_dir(path.rpartition("/")[0], recursive=True)
        beside = f"{path}.part"
        with self._files.open_output_stream(beside) as opened:
            pyarrow.parquet.write_table(_in_order(table), opened, compression="zstd")
        self._files.move(beside, path)


def _is_of_school(name: str) -> bool:
    return name.startswith("school=") and name.endswith(".parquet")


def _school_of(name: str) -> str:
    return unquote(name.removeprefix("school=").removesuffix(".parquet"))


def _coded(schema: pa.Schema) -> pa.Schema:
    """Return the same columns with texts as numbers of a list: as they are kept and moved."""
    kept = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([f.with_type(kept) if f.name in _TEXTS else f for f in schema])


def _in_order(table: pa.Table) -> pa.Table:
    """Return the rows by pupil, day and session; most are so already, and numbers sort faster."""
    table = table.unify_dictionaries().combine_chunks()
    if not table.num_rows:
        return table
    pupils = table["pupil_id"].chunk(0)
    rank = pc.rank(pupils.dictionary).to_numpy()
    sessions = table["session"].chunk(0)
    is_afternoon = np.array([text == "PM" for text in sessions.dictionary.to_pylist()])
    afternoon = is_afternoon[sessions.indices.to_numpy()]
    days = table["on"].cast(pa.int32()).to_numpy().astype(np.int64)
    keys = (rank[pupils.indices.to_numpy()].astype(np.int64) << 20) + (days << 1) + afternoon
    if (np.diff(keys) >= 0).all():
        return table
    return table.take(pa.array(np.argsort(keys, kind="stable")))


def _since(table: pa.Table, instant: pa.Scalar) -> pa.Table:
    return table.append_column(_CURRENT.field("recorded_at"), pa.repeat(instant, table.num_rows))


def _ended(table: pa.Table, instant: pa.Scalar) -> pa.Table:
    return table.append_column(_EARLIER.field("superseded_at"), pa.repeat(instant, table.num_rows))


def _compared(school: str, old: pa.Table, new: pa.Table) -> tuple[Differences, pa.Array]:
    """Return how a school's new marks differ from the old ones of their days, and which days do."""
    of_days = old.filter(pc.is_in(old["on"], value_set=pc.unique(new["on"])))
    pupils, codes, groups = (
        _numbered(of_days[name], new[name]) for name in ("pupil_id", "code", "year_group")
    )
    sessions = _numbered(of_days["session"], new["session"])
    days = [table["on"].cast(pa.int32()).to_numpy() for table in (of_days, new)]
    # One number for each session of each pupil: no register has as many pupils as the room left.
    keys = [
        (pupils[n].astype(np.int64) << 20) + (days[n].astype(np.int64) << 1) + sessions[n]
        for n in (0, 1)
    ]
    order = np.argsort(keys[0])
    place = np.searchsorted(keys[0], keys[1], sorter=order)
    place = order[np.minimum(place, max(len(order) - 1, 0))] if len(order) else place
    is_known = keys[0][place] == keys[1] if len(order) else np.zeros(len(place), dtype=np.bool_)
    is_same = is_known.copy()
    if len(order):
        is_same &= (codes[0][place] == codes[1]) & (groups[0][place] == groups[1])
    is_dropped = ~np.isin(keys[0], keys[1])
    changed = np.unique(np.append(days[1][~is_same], days[0][is_dropped])).astype(np.int32)
    says = Differences(
        school,
        added=int(np.count_nonzero(~is_known)),
        changed=int(np.count_nonzero(is_known & ~is_same)),
        dropped=int(np.count_nonzero(is_dropped)),
        same=int(np.count_nonzero(is_same)),
        days=tuple(day_of(n) for n in changed),
    )
    return says, pa.array(changed, pa.int32()).cast(pa.date32())


def _numbered(old: pa.ChunkedArray, new: pa.ChunkedArray) -> tuple[Numbers, Numbers]:
    """Return both columns as numbers of the same different texts."""
    both = pa.chunked_array([*old.chunks, *new.chunks], old.type).unify_dictionaries()
    numbers = both.combine_chunks().indices.to_numpy()
    return numbers[: len(old)], numbers[len(old) :]
