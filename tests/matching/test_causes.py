"""Alike cases are given one likely cause, worked out from the lists alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
        ([ADMISSIONS, GP], {}, "never_seen"),
    ],
)
def test_one_cause_is_given(
    on_lists: Sequence[Source], more: Mapping[str, Any], expected: str
) -> None:
    assert cause(on_lists, **more) == expected
    assert expected in CAUSES


def newly(
    sources: Sequence[Source], on_lists: Sequence[int], residents: Sequence[Sequence[int]]
) -> bool:
    """Whether somebody on these lists, by their numbers, has newly come among these residents."""
    rows = [(n, 0) for n in on_lists]
    rows += [(n, person) for person, lists in enumerate(residents, 1) for n in (0, *lists)]
    number = np.array([n for n, _ in rows])
    records = pa.table(
        {
            "record_id": [f"r{n}" for n in range(len(rows))],
            "pc_district": ["ZZ1"] * len(rows),
            "is_nobody": [False] * len(rows),
            "in_age": [True] * len(rows),
        }
    )
    person = np.array([one for _, one in rows])
    found = Searched(records, number, person, number == 0)
    uids = range(len(on_lists))
    given = Teller(found, sources, ON).cause_of(
        uids, 0.95, IN_YEAR_5, others_there=False, lives_here=0.9
    )
    return given == "newly_arrived"


LAST_YEARS = Source("gp last year", "residence", date(2025, 9, 1), NO_ROWS)
THIS_YEARS = Source("gp this year", "residence", date(2026, 9, 1), NO_ROWS)
SMALL = Source("benefits", "residence", date(2026, 9, 28), NO_ROWS)
BOTH_YEARS = [[1, 2]] * 58 + [[1]] * 2


def test_whoever_an_older_list_lacks_has_newly_come_where_it_has_nearly_every_resident() -> None:
    years = (ROLLS, THIS_YEARS, LAST_YEARS)

    assert newly(years, [1], BOTH_YEARS)
    assert not newly(years, [2], BOTH_YEARS)
    assert not newly(years, [1, 2], BOTH_YEARS)


def test_that_a_list_of_some_lacks_somebody_tells_of_no_arrival() -> None:
    half_born_here = [[1, 2]] * 30 + [[1]] * 30

    assert not newly((ROLLS, THIS_YEARS, BIRTHS), [1], half_born_here)


def test_a_small_newer_list_takes_nobody_from_the_newly_arrived() -> None:
    some_get_benefits = [[*lists, 3] if n < 5 else lists for n, lists in enumerate(BOTH_YEARS)]

    assert newly((ROLLS, THIS_YEARS, LAST_YEARS, SMALL), [1], some_get_benefits)
    assert newly((ROLLS, THIS_YEARS, LAST_YEARS, SMALL), [1, 3], some_get_benefits)


def test_whom_a_newer_list_of_nearly_everybody_lacks_has_not_newly_come() -> None:
    thrice = [[1, 2, 3]] * 60
    newest = Source("gp in autumn", "residence", date(2026, 9, 29), NO_ROWS)

    assert not newly((ROLLS, THIS_YEARS, LAST_YEARS, newest), [1], thrice)


def test_a_list_that_came_before_tells_itself_whom_it_had_not() -> None:
    came = replace(THIS_YEARS, newcomers=frozenset({"r0"}))
    stayed = replace(THIS_YEARS, newcomers=frozenset({"r7"}))

    assert newly((ROLLS, came), [1], [])
    assert not newly((ROLLS, stayed, LAST_YEARS), [1], BOTH_YEARS)
    assert not newly((ROLLS, came, LAST_YEARS), [1, 2], BOTH_YEARS)


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
