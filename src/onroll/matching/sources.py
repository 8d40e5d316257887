"""The lists that a search compares: what each is evidence of, as at when, and its rows.

A list is read whole and every fault in it is told at once. What a list does not say is empty
(null), never "".
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.files import read_table, silent
from onroll.statute.reading import Fault, FaultyInput, Reader

Evidence = Literal["education", "residence"]

COLUMNS = (
    "record_id",
    "upn",
    "nhs_number",
    "given_name",
    "middle_names",
    "family_name",
    "born_on",
    "sex",
    "house",
    "street",
    "postcode",
)
LISTING = "sources.toml"

# A list this long with one date of birth in it has a column filled down, not a class of twins.
_ALL_BORN_ON_ONE_DAY = 20
_KEYS = frozenset({"file", "name", "evidence", "as_at", "columns"})
# Which lists a person is on is kept as the bits of one number.
MOST_SOURCES = 60
# So many of one list are never of one name and one day of birth, but a filler can be.
_MOST_OF_ONE_NAME = 500
# More sentences of one kind about one file help nobody.
_MOST_ROWS_NAMED = 5
_MOST_COLUMNS_NAMED = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One list: `table` has the columns of COLUMNS as strings, null where a record is silent.

    `record_id` is filled and unique. `evidence` says what being on the list shows: that a child is
    being educated, or that a child lives here. `as_at` is the day for which the list was true.
    """

    name: str
    evidence: Evidence
    as_at: date
    table: pa.Table
    file: str = ""

    @property
    def is_education(self) -> bool:
        """Whether being on this list shows that a child is being educated."""
        return self.evidence == "education"


def read_folder(folder: Path) -> tuple[Source, ...]:
    """Read the lists that `sources.toml` in a folder names.

    Raises FaultyInput with everything that is wrong, in every file.
    """
    listing = folder / LISTING
    try:
        with listing.open("rb") as opened:
            given = tomllib.load(opened)
    except FileNotFoundError:
        problem = "is not there." if folder.is_dir() else "is not there: there is no such folder."
        fault = Fault(str(listing), problem, "Write it as `onroll find-missing --help` shows.")
        raise FaultyInput([fault]) from None
    except OSError as error:
        fault = Fault(str(listing), f"cannot be read ({error.strerror}).", "Check the folder.")
        raise FaultyInput([fault]) from None
    except (ValueError, RecursionError) as error:  # also a number of ten thousand digits
        fault = Fault(str(listing), f"is not TOML ({error}).", "Correct it there.")
        raise FaultyInput([fault]) from None
    reader = Reader()
    entries = given.get("source")
    if not isinstance(entries, list) or not entries:
        reader.fault(LISTING, "names no source.", "Add a [[source]] for each file.")
        reader.finish()
    if len(cast(list[object], entries)) > MOST_SOURCES:
        says = f"names {len(cast(list[object], entries))} sources; at most {MOST_SOURCES} are read."
        reader.fault(LISTING, says, "Put lists of one kind into one file.")
        reader.finish()
    common = _renames(given.get("columns"), "columns", reader)
    for one, other in common.items():
        if one not in COLUMNS and other not in COLUMNS:
            remedy = f"The columns are {', '.join(COLUMNS)}."
            reader.fault(f"{LISTING}: columns: {one}", "leads to no column that is read.", remedy)
    sources = [
        _source(folder, entry, n, common, reader)
        for n, entry in enumerate(cast(list[object], entries), start=1)
    ]
    _repeats(cast(list[object], entries), reader)
    found = [source for source in sources if source is not None]
    if not reader.faults:
        _both_kinds(found, reader)
    reader.finish()
    return tuple(found)


def _source(
    folder: Path, entry: object, n: int, common: Mapping[str, str], reader: Reader
) -> Source | None:
    where = f"{LISTING}: source {n}"
    if not isinstance(entry, dict):
        reader.fault(where, "is not a table.", "Begin it with [[source]].")
        return None
    before = len(reader.faults)
    file, name = _text(entry, "file", where, reader), _text(entry, "name", where, reader)
    if name:
        where = f"{LISTING}: {name}"
    evidence = entry.get("evidence")
    if evidence not in ("education", "residence"):
        says = "is missing" if evidence is None else "is neither"
        reader.fault(f"{where}: evidence", f"{says}.", 'Write "education" or "residence".')
    as_at = None
    if "as_at" in entry:
        as_at = reader.a_date(entry["as_at"], f"{where}: as_at")
    else:
        reader.fault(f"{where}: as_at", "is missing.", "Write the day for which the list was true.")
    for key in sorted(entry.keys() - _KEYS):
        remedy = f"The keys are {', '.join(sorted(_KEYS))}."
        reader.fault(f"{where}: {key}", "is no key of a source.", remedy)
    own = _renames(entry.get("columns"), f"{where}: columns", reader)
    if file is None or Path(file).is_absolute() or ".." in Path(file).parts:
        if file is not None:
            reader.fault(f"{where}: file", f"{file} lies outside the folder.", "Put it inside.")
        return None
    table = read_table(folder / file, file, reader)
    if table is None:
        return None
    _check_renames(own, table.column_names, file, reader)
    table = _named(table, {**common, **own}, file, reader)
    if table is None or len(reader.faults) > before or name is None or as_at is None:
        return None
    _check_rows(table, file, reader)
    return Source(name, cast(Evidence, evidence), as_at, table, file)


def _text(entry: Mapping[str, object], key: str, where: str, reader: Reader) -> str | None:
    value = entry.get(key)
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value.strip()
    reader.fault(f"{where}: {key}", "is missing, or no plain text.", f'Write {key} = "…".')
    return None


def _renames(given: object, where: str, reader: Reader) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(v, str) for v in given.values()):
        reader.fault(where, "is not a table of names.", 'Write, for example, dob = "born_on".')
        return {}
    return dict(given)


def _check_renames(
    renames: Mapping[str, str], header: Sequence[str], file: str, reader: Reader
) -> None:
    """Note each rename of one file that leads from nowhere, or to nothing that is read."""
    for one, other in renames.items():
        if one not in COLUMNS and other not in COLUMNS:
            remedy = f"The columns are {', '.join(COLUMNS)}."
            says = f"leads to {other}, which is no column that is read."
            reader.fault(f"{file}: columns: {one}", says, remedy)
            continue
        theirs = one if other in COLUMNS else other
        if theirs not in header and not (one in COLUMNS and other in header):
            says = f"{theirs} is no column of this file."
            remedy = f"It has {', '.join(header[:_MOST_COLUMNS_NAMED])}."
            reader.fault(f"{file}: columns", says, remedy)


def _named(
    table: pa.Table, renames: Mapping[str, str], file: str, reader: Reader
) -> pa.Table | None:
    """Return the table with the contract's columns only; renames may be written either way."""
    header = table.column_names
    meant: dict[str, list[str]] = {}
    taken: set[str] = set()
    for one, other in renames.items():
        if other in COLUMNS and one in header:
            theirs, ours = one, other
        elif one in COLUMNS and other in header:
            theirs, ours = other, one
        else:
            continue  # of its own a file is told above; one for all files need not be in each
        meant.setdefault(ours, []).append(theirs)
        taken.add(theirs)
    for name in header:
        plain = name.strip().lower()
        if plain in COLUMNS and name not in taken:
            meant.setdefault(plain, []).append(name)
    twice = [(ours, theirs) for ours, theirs in meant.items() if len(theirs) > 1]
    for ours, columns in twice:
        reader.fault(
            f"{file}: {ours}", f"is mapped twice ({', '.join(columns)}).", "Keep one of them."
        )
    counted = Counter(header)
    for name in sorted(name for name, n in counted.items() if n > 1):
        reader.fault(f"{file}: {name}", "heads two columns.", "Rename one of them.")
    if "record_id" not in meant:
        says = (
            f"There is {', '.join(header[:_MOST_COLUMNS_NAMED])}."
            if header
            else "There is no header."
        )
        remedy = 'Add one, or write [source.columns] with "your column" = "record_id".'
        reader.fault(f"{file}: record_id", f"is not among the columns. {says}", remedy)
    if twice or "record_id" not in meant or any(n > 1 for n in counted.values()):
        return None
    if len(meant) == 1:
        reader.fault(file, "has record ids and nothing by which to know anybody.", "Add columns.")
        return None
    empty = pa.nulls(len(table), pa.string())
    arrays = [table[meant[ours][0]] if ours in meant else empty for ours in COLUMNS]
    return pa.table([silent(array) for array in arrays], names=list(COLUMNS))


def _check_rows(table: pa.Table, file: str, reader: Reader) -> None:
    if not len(table):
        reader.fault(file, "has a header and no rows.", "Export it again, or leave the source out.")
        return
    ids = table["record_id"]
    for row in _rows_where(pc.is_null(ids)):
        reader.fault(f"{file}: row {row}: record_id", "is empty.", "Number the records.")
    counts = pc.value_counts(ids.drop_null())
    twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
    for value in twice.to_pylist()[:_MOST_ROWS_NAMED]:
        rows = list(_rows_where(pc.equal(ids, value), most=_MOST_ROWS_NAMED))
        named = " and ".join(str(row) for row in rows)
        reader.fault(
            f"{file}: rows {named}: record_id", f"is {value} each time.", "Give each its own."
        )
    if len(twice) > _MOST_ROWS_NAMED:
        rest = len(twice) - _MOST_ROWS_NAMED
        reader.fault(f"{file}: record_id", f"repeats {rest} more ids.", "Give each its own.")
    odd = pc.match_substring_regex(ids, r"^[=+@]|[\x00-\x1f]")
    for row in _rows_where(odd):
        says = "begins with a sign that a spreadsheet runs, or holds a line break."
        reader.fault(f"{file}: row {row}: record_id", says, "Number the records.")
    _check_crowds(table, file, reader)
    born = table["born_on"].drop_null()
    if len(born) >= _ALL_BORN_ON_ONE_DAY and len(pc.unique(born)) == 1:
        remedy = "Export the column again, or leave it out."
        reader.fault(f"{file}: born_on", f"is {born[0]} in every row.", remedy)


def _check_crowds(table: pa.Table, file: str, reader: Reader) -> None:
    """Note a name and date of birth that stand in hundreds of records: a filler, not children."""
    who = ["given_name", "family_name", "born_on"]
    counted = table.group_by(who).aggregate([([], "count_all")])
    crowded = counted.filter(
        pc.and_(
            pc.greater(counted["count_all"], _MOST_OF_ONE_NAME),
            pc.or_(pc.is_valid(counted["given_name"]), pc.is_valid(counted["family_name"])),
        )
    )
    if len(crowded):
        says = f"One name and date of birth stand in {pc.max(crowded['count_all']).as_py():,} rows."
        reader.fault(file, says, "Leave the rows out that name nobody.")


def _rows_where(mask: Any, most: int = _MOST_ROWS_NAMED) -> Iterator[int]:
    """Number rows as a spreadsheet does: the header is row 1."""
    found = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    yield from (index + 2 for index in found[:most])


def _repeats(entries: Sequence[object], reader: Reader) -> None:
    for key in ("name", "file"):
        given = [entry.get(key) for entry in entries if isinstance(entry, dict)]
        for value, n in Counter(str(v).strip() for v in given if v).items():
            if n > 1:
                remedy = "Give each its own." if key == "name" else "Name each file once."
                reader.fault(f"{LISTING}: {key}", f"{value} stands {n} times.", remedy)


def _both_kinds(sources: Sequence[Source], reader: Reader) -> None:
    kinds = {source.evidence for source in sources}
    if "education" not in kinds:
        says = "names no list of children who are being educated: everybody would be missing."
        reader.fault(LISTING, says, 'Add one with evidence = "education".')
    if "residence" not in kinds:
        says = "names no list of children who live here: nobody could be missing."
        reader.fault(LISTING, says, 'Add one with evidence = "residence".')
