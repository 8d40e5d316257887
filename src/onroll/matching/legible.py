"""What could be read of each list, and what an analyst should look at before believing a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.births import orders, writes_month_first
from onroll.matching.columns import coded, looks_of
from onroll.matching.sources import COLUMNS, Source
from onroll.statute.writing import written

# What each column of a list becomes when it can be read.
_READ_AS: Mapping[str, str] = {
    "upn": "upn",
    "nhs_number": "nhs",
    "given_name": "fn",
    "family_name": "sn",
    "born_on": "dob",
    "sex": "sex",
    "house": "house",
    "postcode": "pc",
}
# Fewer values than this share go wrong in any list.
_WORTH_TELLING = 0.01
# Further apart a list is of other children than the search.
_FAR_APART_DAYS = 3 * 366
_LATER_DAYS = 31
# In so many rows a column of which every value is one has been filled down, or is another column.
_MANY = 20
_EACH_THEIR_OWN = ("given_name", "family_name", "born_on", "postcode", "upn", "nhs_number")
_A_FEW = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: how many rows fill it, and in how many it could not be used.

    `looks` is how most of those look, with 9 for a digit and a for a letter, so that it names
    nobody.
    """

    name: str
    header: str
    filled: int
    unread: int
    looks: str = ""


def columns(source: Source, records: pa.Table) -> tuple[Column, ...]:
    """Return the columns that a list fills; `records` are its rows as they are compared."""
    found = []
    for name in COLUMNS[1:]:
        values = source.table[name]
        filled = len(values) - values.null_count
        if not filled:
            continue
        unread = 0
        looks = ""
        if name in _READ_AS:
            is_lost = pc.and_(pc.is_valid(values), pc.is_null(records[_READ_AS[name]]))
            lost = values.filter(is_lost)
            unread, looks = len(lost), looks_of(lost)
        found.append(Column(name, source.headers.get(name, name), filled, unread, looks))
    return tuple(found)


def warnings(source: Source, records: pa.Table, on: date) -> tuple[str, ...]:
    """Return what to look at in one list before a search of it is believed."""
    return (*_of_days(source, on), *_of_columns(source, records), *_of_rows(source, records))


def _of_days(source: Source, on: date) -> Sequence[str]:
    later = (source.as_at - on).days
    if -_FAR_APART_DAYS <= later <= _LATER_DAYS:
        return []
    how = "later" if later > 0 else "earlier"
    return [
        f"{source.name}: it is as at {written(source.as_at)}, {abs(later):,} days {how} than the "
        f"day searched, {written(on)}. Check both dates."
    ]


def _of_columns(source: Source, records: pa.Table) -> Sequence[str]:
    says = [
        f"{source.name}: {one.unread:,} of {one.filled:,} values of {_called(one)} could not be "
        f"used and count as missing. Most of them look like {one.looks}."
        for one in columns(source, records)
        if one.unread >= max(1, _WORTH_TELLING * one.filled)
    ]
    says += [
        f"{source.name}: {_called_of(source, name)} {what} in each of its {len(records):,} rows. "
        "Check which column it is."
        for name in _EACH_THEIR_OWN
        if name in source.headers and (what := _same_throughout(source.table[name]))
    ]
    day_first, month_first = orders(coded(source.table["born_on"]).dictionary.to_pylist())
    if writes_month_first(day_first, month_first):
        says.append(
            f"{source.name}: its dates of birth put the month first, as in 12/31/2015, and were "
            "read so. Check that this is right."
        )
    elif month_first >= max(_A_FEW, _WORTH_TELLING * day_first):
        says.append(
            f"{source.name}: {month_first:,} different dates of birth can only be read with the "
            f"month first and {day_first:,} only with the day first. Those that can be read both "
            "ways were read with the day first. Export the column as 2015-05-04."
        )
    return says


def _same_throughout(column: Any) -> str:
    """Return what a column of many rows is throughout, where it is one thing; "" where not."""
    if len(column) < _MANY:
        return ""
    if column.null_count == len(column):
        return "is empty"
    return "is the same" if len(pc.unique(column)) == 1 else ""


def _of_rows(source: Source, records: pa.Table) -> Sequence[str]:
    nobody = pc.sum(records["is_nobody"]).as_py() or 0
    says = []
    if nobody:
        says.append(
            f"{source.name}: {nobody:,} of {len(records):,} rows hold no given name, date of birth "
            "or number. They may show who lives at a house, describe no one child and are not "
            "listed."
        )
    return says


def _called(column: Column) -> str:
    return column.name if column.header == column.name else f"{column.header} ({column.name})"


def _called_of(source: Source, name: str) -> str:
    return _called(Column(name, source.headers.get(name, name), 0, 0))
