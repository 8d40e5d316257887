"""Marks put straight into the store, for tests of what is seen of them."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from onroll.marks.store import LAYOUT
from onroll.office.attendance.queries.marks import store
from onroll.office.people.models import Child
from onroll.office.schools.models import School

# Four full school weeks and one day before TODAY, a Thursday.
DAYS = [
    on
    for n in range(30)
    if (on := date(2026, 2, 2) + timedelta(days=n)).weekday() < 5
]  # fmt: skip
LOADED = datetime(2026, 3, 4, 18, tzinfo=UTC)


def put(
    school: School,
    codes: Mapping[str, Sequence[str]],
    *,
    days: Sequence[date] = DAYS,
    at: datetime = LOADED,
    year_group: str = "8",
) -> None:
    """Put marks of pupils, by reference: for each day the codes of both sessions."""
    rows = [
        {"pupil_id": ref, "school": str(school.urn), "on": on, "session": session, "code": code,
         "year_group": year_group}
        for ref, of_days in codes.items()
        for on, both in zip(days, of_days, strict=False)
        for session, code in zip(("AM", "PM"), both.split(), strict=True)
    ]  # fmt: skip
    store().put(pa.Table.from_pylist(rows, schema=LAYOUT), recorded_at=at)


def there(days: int = len(DAYS)) -> list[str]:
    """Present every day."""
    return ["/ \\"] * days


def away(code: str, days: int, of: int = len(DAYS)) -> list[str]:
    """Present, and then absent for the last days."""
    return ["/ \\"] * (of - days) + [f"{code} {code}"] * days


def by_chance(seed: int, refs: Sequence[str]) -> dict[str, list[str]]:
    """Marks of every kind for some pupils."""
    chance = random.Random(seed)
    usual = ["/"] * 12 + list("LIMOGNUXYBVKDE#".replace("Y", ""))
    return {ref: [f"{chance.choice(usual)} {chance.choice(usual)}" for _ in DAYS] for ref in refs}


def refs(children: Sequence[Child]) -> list[str]:
    """The references of some children."""
    return [child.ref for child in children]
