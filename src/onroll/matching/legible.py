"""What could be read of each list, and what an analyst should look at before believing a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.births import orders, writes_month_first
from onroll.matching.columns import coded, looks_of
from onroll.matching.comparisons import FIELDS, number_of
from onroll.matching.people import ONE_PERSON, People
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
_NEEDED = ("given_name", "family_name", "born_on")
_EACH_THEIR_OWN = (*_NEEDED, "postcode", "upn", "nhs_number")
_A_FEW = 3
# Lists of so many should be alike in these shares.
_HUNDREDS, _HARDLY, _MOST = 100, 0.6, 0.7
# What tells that a column holds something else: its level for most of those on two lists.
_DISAGREEMENTS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "given": [("given_name", "swapped", "is changed over with the family name")],
    "born": [("born_on", "different", "differs")],
    "sex": [("sex", "different", "differs")],
}


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


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one list in a search.

    `counts`: records with a date of birth (`dated`), of compulsory school age (`in_age`), of
    somebody on an education list (`in_education`), and of both.
    """

    columns: tuple[Column, ...]
    counts: Mapping[str, int]
    warnings: tuple[str, ...]


def read_of(people: People, sources: Sequence[Source], on: date) -> tuple[Read, ...]:
    """Return what became of each list of a search."""
    educated = np.isin(people.person, people.person[people.educates])
    in_age = people.records["in_age"].to_numpy()
    is_dated = pc.is_valid(people.records["dob"]).to_numpy()
    counts = [
        {
            "dated": int(is_dated[of_it].sum()),
            "in_age": int(in_age[of_it].sum()),
            "in_education": int(educated[of_it].sum()),
            "in_age_and_education": int((in_age & educated)[of_it].sum()),
        }
        for n in range(len(sources))
        for of_it in [people.source == n]
    ]
    is_everybody = all(
        told["in_age"] == told["in_age_and_education"]
        for told, source in zip(counts, sources, strict=True)
        if not source.is_education
    )
    found = []
    at = 0
    for n, (source, told) in enumerate(zip(sources, counts, strict=True)):
        records = people.records.slice(at, len(source.table))
        at += len(source.table)
        read = columns(source, records)
        warnings = (
            *_of_days(source, on),
            *_of_columns(source, read),
            *_of_rows(source, records, on),
            *_of_links(people, n, source),
            *_of_shares(source, told, is_everybody=is_everybody),
        )
        found.append(Read(read, told, warnings))
    return tuple(found)


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


def _of_days(source: Source, on: date) -> Sequence[str]:
    later = (source.as_at - on).days
    if -_FAR_APART_DAYS <= later <= _LATER_DAYS:
        return []
    how = "later" if later > 0 else "earlier"
    return [
        f"{source.name}: it is as at {written(source.as_at)}, {abs(later):,} days {how} than the "
        f"day searched, {written(on)}. Check both dates."
    ]


def _of_columns(source: Source, read: Sequence[Column]) -> Sequence[str]:
    says = [
        f"{source.name}: {one.unread:,} of {one.filled:,} values of {_called(one)} could not be "
        f"used and count as missing. Most of them look like {one.looks}."
        for one in read
        if one.unread >= max(1, _WORTH_TELLING * one.filled)
    ]
    says += [
        f"{source.name}: {_called_of(source, name)} {what} in every row. Check which column it is."
        for name in _EACH_THEIR_OWN
        if name in source.headers and (what := _same_throughout(name, source.table[name]))
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


def _same_throughout(name: str, column: Any) -> str:
    """Return what a column of many rows is throughout, where it is one thing; "" where not."""
    if len(column) < _MANY or (column.null_count == len(column) and name not in _NEEDED):
        return ""
    if column.null_count == len(column):
        return "is empty"
    return "is the same" if len(pc.unique(column)) == 1 else ""


def _of_rows(source: Source, records: pa.Table, on: date) -> Sequence[str]:
    nobody = pc.sum(records["is_nobody"]).as_py() or 0
    says = []
    if nobody:
        says.append(
            f"{source.name}: {nobody:,} of {len(records):,} rows hold no given name, date of birth "
            "or number. They may show who lives at a house, describe no one child and are not "
            "listed."
        )
    last = pa.scalar(max(source.as_at, on), pa.date32())
    if unborn := pc.sum(pc.greater(records["dob"], last)).as_py():
        says.append(
            f"{source.name}: {unborn:,} dates of birth are later than the list and the search."
        )
    return says


def _of_links(people: People, n: int, source: Source) -> Sequence[str]:
    """Return in what a list and others disagree about those who are surely on both."""
    left, right = people.source[people.left] == n, people.source[people.right] == n
    sure = (left ^ right) & (people.weight >= ONE_PERSON)
    if not sure.any():
        return [
            f"{source.name}: no record of it is of anybody on another list. Check that it is of "
            "this authority and that its columns are mapped rightly."
        ]
    says = []
    for place, field in enumerate(FIELDS):
        for column, level, what in _DISAGREEMENTS.get(field.key, ()):
            levels = people.levels[sure, place]
            told = levels[levels >= 0]
            share = float((told == number_of(field, level)).mean()) if len(told) >= _MANY else 0.0
            if share > _MOST:
                says.append(
                    f"{source.name}: {_called_of(source, column)} {what} for {share:.0%} of those "
                    "who are on another list as well. Check which column it is."
                )
    return says


def _of_shares(source: Source, told: Mapping[str, int], *, is_everybody: bool) -> Sequence[str]:
    """Return what is unlike other lists in how many are of school age, and in education."""
    dated, in_age = told["dated"], told["in_age"]
    if source.is_education:
        if dated >= _HUNDREDS and in_age < _HARDLY * dated:
            return [
                f"{source.name}: {in_age / dated:.0%} of its records are of compulsory school "
                "age, though it is evidence of education. Check that it holds only those who are "
                "being educated."
            ]
        return []
    share = told["in_age_and_education"] / max(1, in_age)
    if in_age >= _HUNDREDS and is_everybody:
        return [
            f"{source.name}: everybody of compulsory school age is on an education list, which "
            "hardly happens. Check that no education list holds all children."
        ]
    if in_age >= _HUNDREDS and share < _HARDLY:
        return [
            f"{source.name}: {share:.0%} of those of compulsory school age are on an education "
            "list; of lists of residents it is usually nine in ten. Check that no education list "
            "is missing or cut short, and that this one is of this area."
        ]
    return []


def _called(column: Column) -> str:
    return column.name if column.header == column.name else f"{column.header} ({column.name})"


def _called_of(source: Source, name: str) -> str:
    return _called(Column(name, source.headers.get(name, name), 0, 0))
