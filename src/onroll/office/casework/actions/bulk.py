"""Many cases with their history at once, for a synthetic authority and for an old system.

Rows hold the fields of the table (`case_id`, `starts_on` …), may hold `recorded_at` for what was
known before this program ran, and are written without the questions that a person is asked:
whoever calls has checked them, and the database's constraints hold.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models, transaction

from onroll.office.casework.actions import deadlines
from onroll.office.casework.actions.cases import LONG_ENOUGH, access_subject, holders
from onroll.office.casework.models import (
    Allocation,
    Case,
    CaseState,
    CaseUrgency,
    Consideration,
    Contact,
    Note,
    Referral,
    Responsibility,
    Task,
)
from onroll.office.casework.policy import bulk as policy
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact
from onroll.office.kernel.references import new_receipt, new_reference
from onroll.office.kernel.tables import own_tables
from onroll.office.people import actions as people
from onroll.office.people.queries import sealed_children

LOADED = verb("cases.loaded", "loaded {count} rows of {table}", "table", "count")
UNLOADED = verb("cases.unloaded", "took back {count} rows of {tables}", "tables", "count")
REBUILT = verb("cases.deadlines_rebuilt", "worked out the clocks of {count} cases", "count")

A_BATCH = 2_000
Rows = Sequence[Mapping[str, Any]]
M = TypeVar("M", bound=models.Model)


def load_referrals(rows: Rows, *, by: Actor) -> list[int]:
    """Record referrals; `ref`, `submission` and `digest` are made where a row has none."""
    sealed = sealed_children()
    filled = [
        {
            "ref": new_receipt(),
            "submission": uuid.uuid4(),
            "digest": _digest(row),
            "is_sealed": row.get("child_id") in sealed,
            **row,
        }
        for row in rows
    ]
    return _load(Referral, filled, by=by)


def load_considerations(rows: Rows, *, by: Actor) -> list[int]:
    """Record what was concluded on safeguarding; each row has `referral_id` or `case_id`."""
    return _load(Consideration, rows, by=by)


def load_cases(rows: Rows, *, by: Actor) -> list[int]:
    """Record cover sheets; return their keys. Nobody is let know of a child by it.

    A row has `kind`, `child_id`, `state`, `notified_on`, `opened_on`, and `closed_on` with
    `outcome` for one that is closed. Its states and allocations are loaded after it: an allocation
    lets a key worker and a team know of the child. So is since when one was urgent.
    """
    sealed = sealed_children()
    filled = [
        {"ref": new_reference(LONG_ENOUGH), "is_sealed": row["child_id"] in sealed, **row}
        for row in rows
    ]
    return _load(Case, filled, by=by)


def load_states(rows: Rows, *, by: Actor) -> list[int]:
    """Record the states that cases were in, from which day to which."""
    return _load(CaseState, rows, by=by)


def load_urgencies(rows: Rows, *, by: Actor) -> list[int]:
    """Record from which day to which cases were urgent."""
    return _load(CaseUrgency, rows, by=by)


def load_allocations(rows: Rows, *, by: Actor) -> list[int]:
    """Record who worked on cases, in which team, and let them know of the child that long.

    What they may know ends with the allocation, and when the case closed: as when it is done by
    hand, so that moving, closing and reopening a loaded case ends it too.
    """
    with transaction.atomic():
        made = _load(Allocation, rows, by=by)
        turns = Allocation.objects.as_known().filter(pk__in=made).select_related("case")
        people.load_access(
            [grant for turn in turns.order_by("pk") for grant in _grants(turn)], by=by
        )
    return made


def _grants(turn: Allocation) -> Iterator[dict[str, Any]]:
    """Return what a turn lets a key worker and a team know of, until when."""
    ends = [day for day in (turn.ends_on, turn.case.closed_on) if day is not None]
    ends_on = min(ends, default=None)
    if ends_on is not None and ends_on < turn.starts_on:
        return
    for holder_kind, holder in holders(turn):
        yield {
            "child_id": turn.case.child_id,
            "holder_kind": holder_kind,
            "holder": holder,
            "because": "case",
            "subject": access_subject(turn),
            "starts_on": turn.starts_on,
            "ends_on": ends_on,
        }


def load_responsibilities(rows: Rows, *, by: Actor) -> list[int]:
    """Record which body held cases."""
    return _load(Responsibility, rows, by=by)


def load_contacts(rows: Rows, *, by: Actor) -> list[int]:
    """Record contacts made or tried; `recorded_by_id` where the person is known."""
    return _load(Contact, rows, by=by)


def load_notes(rows: Rows, *, by: Actor) -> list[int]:
    """Record notes; `recorded_by_id` where the person is known."""
    return _load(Note, rows, by=by)


def load_tasks(rows: Rows, *, by: Actor) -> list[int]:
    """Record tasks, done and undone."""
    return _load(Task, rows, by=by)


def rebuild_deadlines(cases: Iterable[int], *, by: Actor) -> int:
    """Work out the clocks of those of the cases that are open; return how many there are."""
    policy.can_load(by).require()
    is_open = list(Case.objects.filter(pk__in=list(cases), closed_on=None).order_by("pk"))
    with transaction.atomic():
        for case in is_open:
            deadlines.rebuild(case)
        record(REBUILT, by=by, count=len(is_open))
    return len(is_open)


def unload(*, made: Mapping[str, Sequence[int]], by: Actor) -> None:
    """Take back rows that a load made, by table. Whoever calls has asked what stands on them."""
    policy.can_load(by).require()
    with transaction.atomic():
        for model, keys in own_tables("casework", made):
            model._base_manager.filter(pk__in=keys).delete()
        count = sum(len(keys) for keys in made.values())
        record(UNLOADED, by=by, tables=sorted(made), count=count)


def _load(model: type[M], rows: Rows, *, by: Actor) -> list[int]:
    policy.can_load(by).require()
    recorded = {"recorded_by_id": by.pk} if issubclass(model, Fact) else {}
    with transaction.atomic():
        made = model._default_manager.bulk_create(
            [model(**{**recorded, **row}) for row in rows], batch_size=A_BATCH
        )
        record(LOADED, by=by, table=model._meta.label, count=len(made))
    return [row.pk for row in made]


def _digest(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(row, default=str, sort_keys=True).encode()).hexdigest()
