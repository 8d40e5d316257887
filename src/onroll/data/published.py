"""Published figures of absence and exclusions, as DfE gives them for every authority and region.

Values are kept as they were published; "-" says that there is none, and never means nought.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from onroll.data import find

ENGLAND: Final = "970"
NEIGHBOURS_EDITION: Final = "2025-05"
# DfE's numbers of regions in that tool, by the names that the list of authorities has.
_REGIONS: Final = MappingProxyType(
    {
        "North East": "980",
        "North West": "981",
        "Yorkshire and the Humber": "982",
        "Yorkshire and The Humber": "982",
        "East Midlands": "983",
        "West Midlands": "984",
        "East of England": "985",
        "London": "986",
        "Inner London": "986",
        "Outer London": "986",
        "South East": "989",
        "South West": "990",
    }
)


@dataclass(frozen=True, slots=True)
class Published:
    """One measure of one area in one school year, in percent; `value` is None where none is given.

    `area` is authority, region, national or neighbours; `year` is written 2023/24.
    """

    key: str
    title: str
    year: str
    area: str
    area_name: str
    value: Decimal | None


@cache
def _values() -> dict[tuple[str, str, str], str]:
    return {
        (row["measure_key"], row["year"], row["area_number"]): row["value"]
        for row in _rows("published_absence_exclusions.csv")
    }


@cache
def _titles() -> dict[str, str]:
    return {
        row["Measure_short"]: row["Chart_title"]
        for row in _rows("published_absence_exclusions_measures.csv")
    }


@cache
def _neighbours(code: str) -> tuple[str, ...]:
    return tuple(
        row["neighbour_code"]
        for row in _rows("statistical_neighbours.csv")
        if row["edition"] == NEIGHBOURS_EDITION and row["la_code"] == code
    )


def _rows(name: str) -> Sequence[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@cache
def absence_years(key: str) -> tuple[str, ...]:
    """Return the school years for which a measure of absence is published, the latest first.

    The tool names a year of absence by the calendar year in which it ends.
    """
    ends = sorted({year for measure, year, _ in _values() if measure == key}, reverse=True)
    return tuple(f"{int(end) - 1}/{end[2:]}" for end in ends if end.isdigit())


def absence(key: str, code: str, year: str) -> tuple[Published, ...]:
    """Return a measure of absence for an authority, its region, England and its neighbours.

    `code` is the authority's three digits, `year` is written 2023/24. The neighbours' value is the
    mean of the ten nearest statistical neighbours that have one, rounded half up to two places.
    """
    end = f"20{year[-2:]}"
    authority = find(code)
    areas = [("authority", code, authority.name if authority else code)]
    if authority is not None and authority.region in _REGIONS:
        areas.append(("region", _REGIONS[authority.region], authority.region))
    areas.append(("national", ENGLAND, "England"))
    title = _titles().get(key, key)
    found = [
        Published(key, title, year, area, name, _value(key, end, number))
        for area, number, name in areas
    ]
    near = [value for one in _neighbours(code) if (value := _value(key, end, one)) is not None]
    mean = (sum(near, Decimal()) / len(near)).quantize(Decimal("0.01"), ROUND_HALF_UP)\
        if near else None  # fmt: skip
    name = f"Mean of {len(near)} statistical neighbours"
    return (*found, Published(key, title, year, "neighbours", name, mean))


def _value(key: str, end: str, number: str) -> Decimal | None:
    said = _values().get((key, end, number), "-")
    return None if said in ("-", "") else Decimal(said)
