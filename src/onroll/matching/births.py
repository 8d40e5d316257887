"""Dates of birth as a list writes them, read by what its whole column shows."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from onroll.matching import normalise
from onroll.matching.columns import coded
from onroll.statute.days import is_within_reach

# A time of day, with what programs write after it: "T00:00:00.000Z", " 12:00 AM", " 00:00:00+01".
_TIME = re.compile(
    r"[T\s]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?:[ap]m|z|utc|[+-][0-9]{2}(?::?[0-9]{2})?)?$",
    re.IGNORECASE,
)
_LONGEST_DATE = 40
_THREE_NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})")
# A spreadsheet's number of a day, from 1954 to 2036.
_DAY_NUMBER = re.compile(r"[2-4][0-9]{4}(?:\.0+)?")
_DAY_0 = date(1899, 12, 30)
_LAST_MONTH = 12
# A column writes the month first where so many times more of its dates can only be read so.
_FAR_MORE = 10


def births(column: Any) -> Any:
    """Return a column of typed dates as days (date32), null where none can be read.

    A time of day is left off, and a spreadsheet's number of a day is the day. 3/4/2015 is 3 April
    unless the column as a whole writes the month first.
    """
    values = coded(column)
    typed = values.dictionary.to_pylist()
    is_month_first = writes_month_first(*orders(typed))
    days = [birth(one, is_month_first=is_month_first) for one in typed]
    return pa.array(days, pa.date32()).take(values.indices)


def orders(typed: Iterable[str | None]) -> tuple[int, int]:
    """Return how many dates can only be read with the day first, and with the month first."""
    told = [order_of(one) for one in typed]
    return told.count("dmy"), told.count("mdy")


def order_of(typed: str | None) -> str:
    """Return how a date in numbers can only be read, dmy or mdy; "either"; "" for another date."""
    text = _TIME.sub("", typed) if typed and len(typed) <= _LONGEST_DATE else ""
    found = _THREE_NUMBERS.fullmatch(text)
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > _LAST_MONTH >= second:
        return "dmy"
    if second > _LAST_MONTH >= first:
        return "mdy"
    return "either" if first != second and max(first, second) <= _LAST_MONTH else ""


def writes_month_first(day_first: int, month_first: int) -> bool:
    """Whether a column puts the month before the day, as American programs do."""
    return month_first > 0 and month_first >= _FAR_MORE * day_first


def birth(typed: str, *, is_month_first: bool) -> date | None:
    """Return a usable date of birth: a real day of this century or the last."""
    if len(typed) > _LONGEST_DATE:
        return None
    if _DAY_NUMBER.fullmatch(typed):
        return _DAY_0 + timedelta(days=int(float(typed)))
    text = _TIME.sub("", typed)
    if is_month_first and (found := _THREE_NUMBERS.fullmatch(text)):
        month, day, year = found.groups()
        text = f"{day}/{month}/{year}"
    try:
        meant: tuple[date, ...] = (date.fromisoformat(text),)
    except ValueError:
        meant = normalise.dates_meant(text)
    return meant[0] if meant and is_within_reach(meant[0]) else None
