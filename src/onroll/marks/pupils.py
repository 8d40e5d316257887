"""Reads what is known of pupils beside their marks: the columns by which to break down."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from onroll.statute.reading import Fault, FaultyInput, Reader, shown

# A column of names, birth dates or postcodes makes no groups.
MOST_VALUES = 1_000
_MOST_FAULTS = 5
NOT_GIVEN = "not given"


def read_pupils(path: Path) -> dict[str, dict[str, str]]:
    """Return for each column the value of each pupil that has one. Raises FaultyInput."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return _read(opened, path.name)
    except OSError as error:
        fault = Fault("--pupils", f"{path} cannot be read ({error.strerror}).", "Check its name.")
    except UnicodeDecodeError:
        fault = Fault("--pupils", f"{path} is not UTF-8 text.", "Save it as CSV UTF-8.")
    except csv.Error as error:
        fault = Fault("--pupils", f"{path} is no CSV ({error}).", "Save it as CSV UTF-8.")
    raise FaultyInput([fault])


def _read(lines: Iterable[str], file: str) -> dict[str, dict[str, str]]:
    rows, reader = csv.reader(lines), Reader()
    names = [name.strip() for name in next(rows, [])]
    _check(names, file, reader)
    reader.finish()
    at = [name.lower() for name in names].index("pupil_id")
    found: dict[str, dict[str, str]] = {
        name: {} for n, name in enumerate(names) if name and n != at
    }
    first_row: dict[str, int] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        where = f"{file}: row {rows.line_num}"
        if len(row) != len(names):
            reader.fault(where, f"has {len(row)} cells, not {len(names)}.", "Correct it.")
        elif not (pupil := row[at].strip()):
            reader.fault(where, "has no pupil_id.", "Give it, or leave the row out.")
        elif pupil in first_row:
            says = f"says something of pupil {shown(pupil)} again, after row {first_row[pupil]}."
            reader.fault(where, says, "Keep one row a pupil.")
        else:
            first_row[pupil] = rows.line_num
            for name, cell in zip(names, row, strict=True):
                if name in found and cell.strip():
                    found[name][pupil] = cell.strip()
        if len(reader.faults) >= _MOST_FAULTS:
            break
    reader.finish()
    return found


def _check(names: list[str], file: str, reader: Reader) -> None:
    lower = [name.lower() for name in names]
    if "pupil_id" not in lower:
        reader.fault(f"{file}: pupil_id", "is not among the columns.", "Add it, named like this.")
    for name in {name for name in lower if name and lower.count(name) > 1}:
        reader.fault(f"{file}: {name}", "heads two columns.", "Rename one of them.")


def groups(
    given: Mapping[str, Mapping[str, str]],
) -> tuple[dict[str, Mapping[str, str]], list[str]]:
    """Return the columns that make groups, and the names of those that have too many values."""
    many = [name for name, values in given.items() if len(set(values.values())) > MOST_VALUES]
    return {name: values for name, values in given.items() if name not in many}, many
