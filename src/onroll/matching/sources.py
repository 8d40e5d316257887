"""The lists that a search compares: what each is evidence of, as at when, and its rows.

A list is read whole and every fault in it is told at once. What a list does not say is empty
(null), never "".
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.checks import check_rows
from onroll.matching.columns import silent
from onroll.matching.files import read_table
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

_KEYS = frozenset({"file", "name", "evidence", "as_at", "columns"})
# Which lists a person is on is kept as the bits of one number.
MOST_SOURCES = 60
# More names of columns in one sentence help nobody.
_MOST_COLUMNS_NAMED = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One list: `table` has the columns of COLUMNS as strings, null where a record is silent.

    `record_id` is filled and unique. `evidence` says what being on the list shows: that a child is
    being educated, or that a child lives here. `as_at` is the day for which the list was true;
    after `stale_after_days` it says little about who lives here now. `headers` says what the list
    itself calls a column, and `unused` which of its columns are not read. `newcomers` are the ids
    of those whom an earlier load of the list had not; None where there is none to compare with.
    """

    name: str
    evidence: Evidence
    as_at: date
    table: pa.Table
    file: str = ""
    stale_after_days: int = 365
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    unused: tuple[str, ...] = ()
    newcomers: frozenset[str] | None = None

    @property
    def is_education(self) -> bool:
        """Whether being on this list shows that a child is being educated."""
        return self.evidence == "education"


def read_folder(folder: Path) -> tuple[Source, ...]:
    """Read the lists that `sources.toml` in a folder names.

    Raises FaultyInput with everything that is wrong, in every file.
    """
    if folder.name == LISTING and folder.is_file():
        folder = folder.parent
    given = _listing(folder)
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
        _one_list_twice(found, reader)
    reader.finish()
    return tuple(found)


def _listing(folder: Path) -> dict[str, Any]:
    listing = folder / LISTING
    text = ""
    try:
        text = listing.read_text("utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError:
        problem, remedy = "is not there.", "Write it as `onroll find-missing --help` shows."
        if not folder.is_dir():
            problem = "is not there: there is no such folder."
        elif hidden := [at.name for at in folder.glob(f"{LISTING}.*")]:
            problem, remedy = f"is not there; {hidden[0]} is.", "Take the second ending off it."
    except OSError as error:
        problem, remedy = f"cannot be read ({error.strerror}).", "Check the folder."
    except UnicodeDecodeError:
        problem, remedy = "is not UTF-8.", "Save it as plain text in UTF-8."
    except (ValueError, RecursionError) as error:  # also a number of ten thousand digits
        problem, remedy = f"is not TOML ({error}).", _remedy_of_toml(text, str(error))
    raise FaultyInput([Fault(str(listing), problem, remedy)]) from None


def _remedy_of_toml(text: str, error: str) -> str:
    if "\u201c" in text or "\u201d" in text:
        return 'Write straight quotes (").'
    if re.search(r"as_at\s*=\s*[0-9]{1,2}[/.-]", text):
        return "Write days as 2026-09-15."
    if "[[sources]]" in text:
        return "Write [[source]]."
    if "\\" in error or "\\" in text:
        return "Write paths with / instead of \\."
    if "twice" in error or "overwrite" in error:
        return "Give each [[source]] its own [source.columns], and no key twice."
    return "Correct it there."


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
    meant = _meant(table.column_names, {**common, **own}, file, reader)
    if meant is None:
        return None
    empty = pa.nulls(len(table), pa.string())
    arrays = [silent(table[meant[ours]]) if ours in meant else empty for ours in COLUMNS]
    rows = pa.table(arrays, names=list(COLUMNS))
    rows = rows.filter(pc.invert(_is_header(rows, meant)))
    rows = rows.filter(check_rows(rows, file, reader))
    if len(reader.faults) > before or name is None or as_at is None:
        return None
    unused = tuple(name for name in table.column_names if name not in meant.values())
    return Source(name, cast(Evidence, evidence), as_at, rows, file, headers=meant, unused=unused)


def _is_header(rows: pa.Table, meant: Mapping[str, str]) -> Any:
    """Return which rows repeat the names of the columns, as files put together do."""
    found = pc.fill_null(pc.equal(rows["record_id"], meant["record_id"]), False)
    for ours in ("given_name", "family_name", "born_on", "upn", "nhs_number"):
        if ours in meant:
            found = pc.and_(found, pc.fill_null(pc.equal(rows[ours], meant[ours]), False))
    return found


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


def _meant(
    header: Sequence[str], renames: Mapping[str, str], file: str, reader: Reader
) -> dict[str, str] | None:
    """Return which column of a file is which of COLUMNS; renames may be written either way."""
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
    return {ours: theirs[0] for ours, theirs in meant.items()}


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


def _one_list_twice(sources: Sequence[Source], reader: Reader) -> None:
    """Note two lists of the same children: a copy under another name, or a wrong export."""
    who = [name for name in COLUMNS if name != "record_id"]
    for n, source in enumerate(sources):
        for earlier in sources[:n]:
            if source.table.select(who).equals(earlier.table.select(who)):
                says = f"holds the same rows as {earlier.file}."
                reader.fault(source.file, says, "Export it again, or leave one of them out.")
