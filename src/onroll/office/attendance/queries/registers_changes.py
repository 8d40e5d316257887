"""What a file of registers would change among the marks that are kept, as it may be told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from onroll.marks.store import Differences, Store
from onroll.office.attendance.queries.marks import key_of
from onroll.office.attendance.queries.registers_rows import Sifted, Taken
from onroll.statute.ages import year_of_school_day

# Per cent of the marks that are there already, and of the rows of the file.
SHARE_CHANGED = SHARE_REFUSED = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What a file does to one school: counts of marks that may be told, sealed children's not."""

    taken: Taken
    says: Differences


def changes(store: Store, taken: Sequence[Taken], sealed: frozenset[str]) -> list[Change]:
    """Return what putting these marks would do."""
    return [Change(one, _told(store, one, sealed)) for one in taken]


def _told(store: Store, one: Taken, sealed: frozenset[str]) -> Differences:
    found = store.compare(one.table)
    hidden = _of_sealed(store, one, sealed) if sealed else Differences("")
    return replace(
        found,
        added=found.added - hidden.added,
        changed=found.changed - hidden.changed,
        dropped=found.dropped - hidden.dropped,
        same=found.same - hidden.same,
    )


def _of_sealed(store: Store, one: Taken, sealed: frozenset[str]) -> Differences:
    """Count for the sealed alone what a comparison counts: few rows, told to nobody."""
    names = pa.array(sorted(sealed), pa.string())
    days = pa.array(one.days, pa.date32())
    before: dict[tuple[str, date, str], tuple[str, str]] = {}
    for year in sorted({year_of_school_day(on) for on in one.days}):
        table = store.read(key_of(one.school), year)
        before |= _marks(table.filter(pc.is_in(table["on"], value_set=days)), names)
    after = _marks(one.table, names)
    both = before.keys() & after.keys()
    same = sum(before[key] == after[key] for key in both)
    return Differences(
        "",
        added=len(after.keys() - both),
        changed=len(both) - same,
        dropped=len(before.keys() - both),
        same=same,
    )


def _marks(table: pa.Table, names: pa.Array) -> dict[tuple[str, date, str], tuple[str, str]]:
    own = table.filter(pc.is_in(table["pupil_id"], value_set=names)).to_pylist()
    return {
        (row["pupil_id"], row["on"], row["session"]): (row["code"], row["year_group"] or "")
        for row in own
    }


def odd_about(sifted: Sifted, found: Sequence[Change]) -> list[tuple[str, str]]:
    """Return why a file is not put among the marks unasked, with what to do about it."""
    odd = []
    dropped = sum(one.says.dropped for one in found)
    changed = sum(one.says.changed for one in found)
    there = dropped + changed + sum(one.says.same for one in found)
    if (dropped + changed) * 100 > SHARE_CHANGED * there:
        odd.append(
            (
                f"It changes {changed:,} and drops {dropped:,} of {there:,} marks that are there "
                f"already, more than {SHARE_CHANGED}%.",
                "A file replaces whole days of a school. Look whether it has every pupil of those "
                "days, and whether it is newer than what is there.",
            )
        )
    if len(sifted.refused) * 100 > SHARE_REFUSED * sifted.rows:
        odd.append(
            (
                f"{len(sifted.refused):,} of {sifted.rows:,} rows are refused, more than "
                f"{SHARE_REFUSED}%.",
                "Look at the refused rows: a column may have been read as something else, or the "
                "MIS has codes of its own.",
            )
        )
    return odd
