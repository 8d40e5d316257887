"""A list's own columns read as ours: what each means, its dates, names and addresses.

What a list does not say is null. Nothing is corrected here: `matching` normalises, so that what
was written stays to be shown beside what it was compared as.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.births import birth, order_of, writes_month_first
from onroll.matching.normalise import postcodes_in
from onroll.matching.sources import COLUMNS
from onroll.office.intake.reading.lists import Listing

FULL_NAME, ADDRESS_LINE = "full_name", "address_line"
# What somebody can be known by; a row with none of them is nobody.
KNOWN_BY = ("upn", "nhs_number", "given_name", "family_name", FULL_NAME)

_HOUSE = re.compile(
    r"((?:(?:flat|apartment|apt|unit|room)\s+\w+[\s,]+)?\d+\s?[A-Za-z]?(?:\s?[-/]\s?\d+[A-Za-z]?)?)"
    r"[\s,]+(\D.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of a list in the columns that a search compares, with what could not be read."""

    table: pa.Table  # COLUMNS as strings
    numbers: pa.Array  # the row of each record in the file
    unread_dates: tuple[int, ...]  # rows whose date of birth is no date
    nobody: tuple[int, ...]  # rows left out: no name and no number


def read_date(text: str, order: str) -> str | None:
    """Return a date as 2014-03-05, or None when the text is no date that can be meant."""
    found = birth(text.strip(), is_month_first=order == "mdy")
    return found.isoformat() if found else None


@dataclass(frozen=True, slots=True)
class DateOrders:
    """Which orders of day and month the values show: any of them, both at once, or neither."""

    day_first: tuple[int, ...] = ()  # indices of values that can only be day first
    month_first: tuple[int, ...] = ()
    either: int = 0  # values that could be both
    is_month_first: bool = False  # as `matching` reads the whole column
    is_day_first: bool = False

    @property
    def says(self) -> str:
        """ymd, dmy or mdy where the values show it; "both" or "doubtful" where they do not."""
        if self.is_month_first or self.is_day_first:
            return "mdy" if self.is_month_first else "dmy"
        if self.day_first or self.month_first:
            return "both"
        return "doubtful" if self.either else "ymd"


def date_orders(values: Sequence[str | None]) -> DateOrders:
    """Look at dates written in numbers for which of them is the day, by the rule of a search."""
    told = {value: order_of(value) for value in set(values)}
    found: dict[str, list[int]] = {"dmy": [], "mdy": [], "either": [], "": []}
    for index, value in enumerate(values):
        found[told[value]].append(index)
    kinds = list(told.values())
    day_first, month_first = kinds.count("dmy"), kinds.count("mdy")
    return DateOrders(
        tuple(found["dmy"]),
        tuple(found["mdy"]),
        len(found["either"]),
        is_month_first=writes_month_first(day_first, month_first),
        is_day_first=writes_month_first(month_first, day_first),
    )


def split_name(text: str) -> tuple[str | None, str | None, str | None]:
    """Return given name, middle names and family name of a name written in one column."""
    family, comma, given = text.partition(",")
    if comma:
        words = given.split()
        family = family.strip()
    else:
        words = text.split()
        family = words.pop() if len(words) > 1 else ""
    first = words[0] if words else ""
    return first or None, " ".join(words[1:]) or None, family or None


def split_address(text: str) -> tuple[str | None, str | None]:
    """Return the house and the street of an address written in one line."""
    found = _HOUSE.fullmatch(text.strip())
    if found:
        return found[1].strip(" ,"), found[2].strip(" ,")
    house, comma, street = text.partition(",")
    if comma and street.strip():
        return house.strip() or None, street.strip()
    return None, text.strip() or None


def split_line(text: str) -> tuple[str | None, str | None, str | None]:
    """Return house, street and postcode of an address in one line; the postcode where it has one.

    The last is taken: what else looks like one before it is part of the street.
    """
    rest, found = postcodes_in(text)
    house, street = split_address(rest.strip(" ,") if found else text)
    return house, street, found[-1] if found else None


def rows_of(listing: Listing, columns: Mapping[str, str], date_order: str) -> Read:
    """Return a list's rows under what its columns mean. `columns` leads from theirs to ours."""
    empty = pa.nulls(len(listing.table), pa.string())
    given = {ours: listing.table[theirs].combine_chunks() for theirs, ours in columns.items()}
    ours: dict[str, Any] = {name: given.get(name, empty) for name in COLUMNS}
    for whole, split, names in _WHOLES:
        for part, name in enumerate(names) if whole in given else ():
            ours[name] = pc.coalesce(ours[name], _each(given[whole], partial(_part, split, part)))
    if "record_id" not in given:
        ours["record_id"] = listing.numbers.cast(pa.string())
    written = ours["born_on"]
    ours["born_on"] = _each(written, partial(read_date, order=date_order))
    known = [pc.is_valid(ours[name]) for name in COLUMNS if name in KNOWN_BY]
    somebody = known[0]
    for one in known[1:]:
        somebody = pc.or_(somebody, one)
    unread = pc.and_(pc.is_valid(written), pc.is_null(ours["born_on"]))
    table = pa.table([ours[name] for name in COLUMNS], names=list(COLUMNS))
    return Read(
        table=table.filter(somebody),
        numbers=listing.numbers.filter(somebody),
        unread_dates=tuple(listing.numbers.filter(unread).to_pylist()),
        nobody=tuple(listing.numbers.filter(pc.invert(somebody)).to_pylist()),
    )


def _part(split: Callable[[str], tuple[str | None, ...]], part: int, text: str) -> str | None:
    return split(text)[part]


# One column of theirs that is several of ours.
_WHOLES: tuple[tuple[str, Callable[[str], tuple[str | None, ...]], tuple[str, ...]], ...] = (
    (FULL_NAME, split_name, ("given_name", "middle_names", "family_name")),
    (ADDRESS_LINE, split_line, ("house", "street", "postcode")),
)


def _each(column: Any, change: Callable[[str], str | None]) -> Any:
    """Return the column with every different value changed once."""
    coded = column.dictionary_encode()
    changed = pa.array([change(value) for value in coded.dictionary.to_pylist()], pa.string())
    return changed.take(coded.indices)
