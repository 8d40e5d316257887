"""What held of a case and when: its states, key workers and teams, and the bodies that held it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from onroll.office.casework import kinds
from onroll.office.casework.models import Allocation, Case, CaseState, Responsibility
from onroll.office.kernel.facts import Fact

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Held(Generic[F]):
    """One change as it was made: by whom and when it was first recorded, how long it held.

    As a fact, a day keeps the last of its changes; here those that another one of the same day
    replaced stand too, with that day as their end.
    """

    fact: F
    ends_on: date | None
    by: str
    at: datetime


def states(cases: Iterable[int]) -> Iterator[Held[CaseState]]:
    """Yield every state that these cases were in."""
    return _held(CaseState, cases, "state", "reason")


def allocations(cases: Iterable[int]) -> Iterator[Held[Allocation]]:
    """Yield every key worker and team that these cases had."""
    return _held(Allocation, cases, "owner_id", "team_id", related=("owner", "team"))


def responsibilities(cases: Iterable[int]) -> Iterator[Held[Responsibility]]:
    """Yield every body that held these cases."""
    return _held(Responsibility, cases, "body", "name", "school_id", related=("school",))


def _held(
    model: type[F], cases: Iterable[int], *fields: str, related: tuple[str, ...] = ()
) -> Iterator[Held[F]]:
    found = model.objects.filter(case__in=list(cases)).select_related("recorded_by", *related)
    versions: dict[tuple[Any, ...], list[F]] = {}
    for fact in found.order_by("recorded_at", "pk"):
        key = (fact.case_id, fact.starts_on, *(getattr(fact, name) for name in fields))
        versions.setdefault(key, []).append(fact)
    for told in versions.values():
        first, last = told[0], told[-1]
        is_believed = last.superseded_at is None
        yield Held(
            fact=last,
            ends_on=last.ends_on if is_believed else last.starts_on,
            by=str(first.recorded_by or "OnRoll"),
            at=first.recorded_at,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a case's history: what held, from when to when, and why."""

    starts_on: date
    ends_on: date | None
    what: str
    why: str
    by: str


def history(case: Case) -> dict[str, list[Turn]]:
    """Return states, key workers and teams, and bodies that held the case, newest first."""
    return {
        "States": _turns(
            states([case.pk]),
            lambda f: (kinds.state_title(case.kind, f.state),
                       kinds.outcome_title(case.kind, f.reason)),
        ),
        "Key worker and team": _turns(
            allocations([case.pk]),
            lambda f: (f"{f.owner or 'Nobody yet'}, {f.team or 'no team'}", f.why),
        ),
        "Who holds the case": _turns(
            responsibilities([case.pk]),
            lambda f: (f"{f.get_body_display()}{f': {f.name}' if f.name else ''}", f.why),
        ),
    }  # fmt: skip


def _turns(held: Iterable[Held[Any]], words: Callable[[Any], tuple[str, str]]) -> list[Turn]:
    newest = sorted(held, key=lambda one: (one.fact.starts_on, one.at, one.fact.pk), reverse=True)
    return [Turn(one.fact.starts_on, one.ends_on, *words(one.fact), one.by) for one in newest]
