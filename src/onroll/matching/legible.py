"""What could be read of each list, and what an analyst should look at before believing a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.births import writes_month_first
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
# A list's day and the day of the search are of one school year, or the search is of the past.
_FAR_APART_DAYS = 3 * 366
_LATER_DAYS = 31


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


def names_nobody(records: pa.Table) -> Any:
    """Return which records hold neither a name nor a number of a person (true or false)."""
    found = pc.is_null(records["fn"])
    for name in ("sn", "upn", "nhs"):
        found = pc.and_(found, pc.is_null(records[name]))
    return found


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
    if writes_month_first(coded(source.table["born_on"]).dictionary.to_pylist()):
        says.append(
            f"{source.name}: its dates of birth put the month first, as in 12/31/2015, and were "
            "read so. Check that this is right."
        )
    return says


def _of_rows(source: Source, records: pa.Table) -> Sequence[str]:
    nobody = pc.sum(names_nobody(records)).as_py() or 0
    says = []
    if nobody:
        says.append(
            f"{source.name}: {nobody:,} of {len(records):,} rows hold no name and no number of a "
            "person. They are compared with nobody and not listed."
        )
    if pc.any(pc.match_substring(source.table["record_id"], " ")).as_py():
        says.append(
            f"{source.name}: some of its record ids hold spaces, so that record_ids in missing.csv "
            "cannot be taken apart at every space. people.csv has one id a row."
        )
    return says


def _called(column: Column) -> str:
    return column.name if column.header == column.name else f"{column.header} ({column.name})"
