"""Answers for the oracle: what is said about one clock, what stops it and how it stands."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.statute.oracle_days import Counted

Facts = dict[str, Any]

# Whether somebody is late when the day has passed, or whether it is only a day that comes.
BY_THEN, MAY_PASS = "deadline", "no deadline"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says about one clock."""

    id: str
    started_by: str
    started_on: date
    n: int
    is_deadline: bool = True
    due: date | None = None
    counted: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()
    stopped_on: date | None = None
    status: str | None = None
    needs: str | None = None


def days_of(facts: Facts, key: str) -> list[date]:
    """Return the days of a fact that is one day or a list of days, the earliest first."""
    given = facts.get(key)
    if given is None:
        return []
    return sorted(given) if isinstance(given, list) else [given]


def first_stop(
    facts: Facts, keys: tuple[str, ...], earliest: date, latest: date | None
) -> date | None:
    """Return the first day of any of these facts from the earliest day to the latest."""
    found = None
    for key in keys:
        for day in days_of(facts, key):
            is_in_time = day >= earliest and (latest is None or day <= latest)
            if is_in_time and (found is None or day < found):
                found = day
    return found


def earlier(*days: date | None) -> date | None:
    """Return the earliest of the days that are given at all."""
    given = [day for day in days if day is not None]
    return min(given) if given else None


def status_of(due: date | None, stopped_on: date | None, on: date | None) -> str | None:
    """Return how a clock stands; nothing, where nobody asked for a day and nothing stopped it."""
    if on is None and stopped_on is None:
        return None
    if due is None:
        return "not_counted"
    if stopped_on is not None:
        return "met" if stopped_on <= due else "late"
    assert on is not None
    return "running" if on <= due else "overdue"


def answered(blank: Answer, count: Counted, passing: str, on: date | None) -> Answer:
    """Return an answer with its count and its standing filled in."""
    return replace(
        blank,
        is_deadline=passing == BY_THEN,
        due=count.due,
        counted=count.counted,
        skipped=count.skipped,
        needs=f"term dates needed from {count.lacks}" if count.lacks else None,
        status=status_of(count.due, blank.stopped_on, on),
    )
