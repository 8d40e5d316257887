"""What is wrong with the rows of a list, told by the row as a spreadsheet numbers it."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.births import births
from onroll.matching.columns import looks_of
from onroll.matching.files import MOST_ROWS_NAMED
from onroll.statute.reading import Reader

# A list this long with one date of birth in it has a column filled down, not a class of twins.
ALL_BORN_ON_ONE_DAY = 20
# So many of one list are never of one name and one day of birth, but a filler can be.
_MOST_OF_ONE_NAME = 500


def check_rows(table: pa.Table, file: str, reader: Reader) -> Any:
    """Note what is wrong with the rows; return which of them hold anything (true or false)."""
    ids = table["record_id"]
    is_filled = pc.is_valid(ids)
    for name in table.column_names:
        is_filled = pc.or_(is_filled, pc.is_valid(table[name]))
    if not pc.any(is_filled).as_py():
        reader.fault(file, "has a header and no rows.", "Export it again, or leave the source out.")
        return is_filled
    for row in _rows_where(without := pc.and_(pc.is_null(ids), is_filled)):
        remedy = "Number the records, or delete the row if it is none."
        reader.fault(f"{file}: row {row}: record_id", "is empty.", remedy)
    _and_more(without, file, "is empty", reader)
    counts = pc.value_counts(ids.drop_null())
    twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
    for value in twice.to_pylist()[:MOST_ROWS_NAMED]:
        rows = list(_rows_where(pc.equal(ids, value), most=MOST_ROWS_NAMED))
        named = " and ".join(str(row) for row in rows)
        reader.fault(f"{file}: rows {named}: record_id", "is the same.", "Give each its own.")
    if len(twice) > MOST_ROWS_NAMED:
        rest = len(twice) - MOST_ROWS_NAMED
        reader.fault(f"{file}: record_id", f"repeats {rest} more ids.", "Give each its own.")
    odd = pc.match_substring_regex(ids, r"^[=+@]|^-.*[^0-9.]|[\x00-\x1f]")
    for row in _rows_where(odd):
        says = "begins with a sign that a spreadsheet runs, or holds a line break."
        reader.fault(f"{file}: row {row}: record_id", says, "Number the records.")
    _and_more(odd, file, "begins with such a sign", reader)
    _check_crowds(table, file, reader)
    _check_births(table["born_on"].drop_null(), file, reader)
    return is_filled


def _check_births(born: Any, file: str, reader: Reader) -> None:
    """Note a column of which every date is one, or none is a date."""
    if len(born) >= ALL_BORN_ON_ONE_DAY and len(pc.unique(born)) == 1:
        remedy = "Export the column again, or leave it out."
        reader.fault(f"{file}: born_on", f"is {born[0]} in every row.", remedy)
    elif len(born) >= ALL_BORN_ON_ONE_DAY and births(born).null_count == len(born):
        says = f"holds no date that can be read: they look like {looks_of(born)}."
        reader.fault(f"{file}: born_on", says, "Export it as 2015-05-04, or map another column.")


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


def _and_more(mask: Any, file: str, what: str, reader: Reader) -> None:
    if (more := (pc.sum(mask).as_py() or 0) - MOST_ROWS_NAMED) > 0:
        reader.fault(f"{file}: record_id", f"{what} in {more:,} more rows.", "Number the records.")


def _rows_where(mask: Any, most: int = MOST_ROWS_NAMED) -> Iterator[int]:
    """Number rows as a spreadsheet does: the header is row 1."""
    found = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    yield from (index + 2 for index in found[:most])
