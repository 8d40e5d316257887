"""Alike cases are given one likely cause, worked out from the lists alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from onroll.matching.causes import CAUSES, Teller
from onroll.matching.sources import COLUMNS, Source

ON = date(2026, 10, 1)
IN_YEAR_5 = date(2016, 11, 4)
IN_YEAR_11 = date(2010, 11, 4)
NO_ROWS = pa.table({name: pa.array([], pa.string()) for name in COLUMNS})
ROLLS = Source("rolls", "education", date(2026, 9, 20), NO_ROWS)
GP = Source("gp", "residence", date(2026, 6, 1), NO_ROWS)
ADMISSIONS = Source("admissions", "residence", date(2026, 9, 1), NO_ROWS)
BIRTHS = Source("births", "residence", date(2016, 12, 1), NO_ROWS)
SOURCES = (ROLLS, GP, ADMISSIONS, BIRTHS)


@dataclass
class Searched:
    """A search that ended: each record's list, person and postcode district."""

    records: Any
    source: Any
    person: Any
    educates: Any


def searched(rows: Sequence[tuple[Source, int, str]]) -> Searched:
    numbers = np.array([SOURCES.index(source) for source, _, _ in rows])
    records = pa.table(
        {
            "record_id": [f"r{n}" for n in range(len(rows))],
            "pc_district": [district for _, _, district in rows],
            "is_nobody": [False] * len(rows),
            "in_age": [True] * len(rows),
        }
    )
    educates = np.array([source.is_education for source, _, _ in rows])
    return Searched(records, numbers, np.array([person for _, person, _ in rows]), educates)


def cause(
    on_lists: Sequence[Source],
    *,
    probability: float = 0.95,
    born_on: date | None = IN_YEAR_5,
    others_there: bool = False,
    lives_here: float = 0.9,
) -> str:
    teller = Teller(searched([(source, 0, "ZZ1") for source in on_lists]), SOURCES, ON)
    return teller.cause_of(
        range(len(on_lists)), probability, born_on,
        others_there=others_there, lives_here=lives_here,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on_lists", "more", "expected"),
    [
        ([GP, ADMISSIONS], {}, "never_seen"),
        ([GP], {}, "never_seen"),
        ([GP], {"probability": 0.6}, "weak_link"),
        ([BIRTHS], {}, "stale_source"),
        ([BIRTHS, GP], {}, "never_seen"),
        ([GP], {"others_there": True}, "moved_away"),
        ([GP], {"lives_here": 0.05}, "moved_away"),
        ([GP], {"born_on": IN_YEAR_11}, "expected_leaver"),
        ([GP], {"born_on": None}, "never_seen"),
        ([ADMISSIONS], {}, "newly_arrived"),
        ([ADMISSIONS, GP], {}, "never_seen"),
    ],
)
def test_one_cause_is_given(
    on_lists: Sequence[Source], more: Mapping[str, Any], expected: str
) -> None:
    assert cause(on_lists, **more) == expected
    assert expected in CAUSES


def test_a_list_may_stay_fresh_longer_than_another() -> None:
    kept_up = Source("births", "residence", BIRTHS.as_at, NO_ROWS, stale_after_days=5000)
    teller = Teller(searched([(BIRTHS, 0, "ZZ1")]), (ROLLS, GP, ADMISSIONS, kept_up), ON)

    found = teller.cause_of([0], 0.95, IN_YEAR_5, others_there=False, lives_here=0.9)

    assert found == "never_seen"


def test_a_district_unlike_the_others_is_named_for_the_schools_across_the_border() -> None:
    """Forty children of each district; a quarter of those in ZZ9 are on no education list."""
    rows = []
    for n in range(40):
        rows += [(GP, n, "ZZ1"), (ROLLS, n, "ZZ1"), (GP, 100 + n, "ZZ9")]
        rows += [(ROLLS, 100 + n, "ZZ9")] if n % 4 else []
    for n in range(400):
        rows += [(GP, 1000 + n, "ZZ2"), (ROLLS, 1000 + n, "ZZ2")]
    teller = Teller(searched(rows), SOURCES, ON)

    def told(district: str) -> str:
        uid = next(n for n, (source, _, at) in enumerate(rows) if at == district and source is GP)
        return teller.cause_of([uid], 0.95, IN_YEAR_5, others_there=False, lives_here=0.9)

    assert told("ZZ9") == "independent_or_cross_border"
    assert told("ZZ2") == "never_seen"
