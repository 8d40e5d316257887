"""Many records of missing education at once, for a synthetic authority and for an old system.

Rows hold the fields of the table and are written without the questions that a person is asked:
whoever calls has checked them, and the database's constraints hold.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from onroll.office.casework.policy import bulk as policy
from onroll.office.cme.models import (
    Absence,
    Enquiry,
    Episode,
    HomeEducationAcceptance,
    JointEnquiry,
    MissingEducation,
    Placement,
    TransitionStep,
)
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact
from onroll.office.kernel.tables import own_tables

LOADED = verb("cme.loaded", "loaded {count} rows of {table}", "table", "count")
UNLOADED = verb("cme.unloaded", "took back {count} rows of {tables}", "tables", "count")

A_BATCH = 2_000
Rows = Sequence[Mapping[str, Any]]


def load_missing(rows: Rows, *, by: Actor) -> list[int]:
    """Record what is special about cases of missing education; each row has `case_id`."""
    return _load(MissingEducation, rows, by=by)


def load_episodes(rows: Rows, *, by: Actor) -> list[int]:
    """Record the times that children missed education; each row has `case_id` and `starts_on`."""
    return _load(Episode, rows, by=by)


def load_absences(rows: Rows, *, by: Actor) -> list[int]:
    """Record absences from a roll; each row has `case_id`, `ground` and its first day."""
    return _load(Absence, rows, by=by)


def load_joint_enquiries(rows: Rows, *, by: Actor) -> list[int]:
    """Record joint enquiries of schools and the authority; each row has `case_id`."""
    return _load(JointEnquiry, rows, by=by)


def load_home_education_accepted(rows: Rows, *, by: Actor) -> list[int]:
    """Record acceptances of home education; each row has `case_id` and `accepted_by`."""
    return _load(HomeEducationAcceptance, rows, by=by)


def load_places(rows: Rows, *, by: Actor) -> list[int]:
    """Record places secured; each row has `case_id` and `starts_on`, the day it was secured."""
    return _load(Placement, rows, by=by)


def load_enquiries(rows: Rows, *, by: Actor) -> list[int]:
    """Record enquiries with their answers; each row has `case_id` and `template_id`."""
    return _load(Enquiry, rows, by=by)


def load_steps(rows: Rows, *, by: Actor) -> list[int]:
    """Record steps of plans for going back to school."""
    return _load(TransitionStep, rows, by=by)


def unload(*, made: Mapping[str, Sequence[int]], by: Actor) -> None:
    """Take back rows that a load made, by table. Whoever calls has asked what stands on them."""
    policy.can_load(by).require()
    with transaction.atomic():
        for model, keys in own_tables("cme", made):
            model._base_manager.filter(pk__in=keys).delete()
        count = sum(len(keys) for keys in made.values())
        record(UNLOADED, by=by, tables=sorted(made), count=count)


def _row(model: type[models.Model], row: Mapping[str, Any], by: Actor) -> models.Model:
    return model(**{"recorded_by_id": by.pk, **row} if issubclass(model, Fact) else row)


def _load(model: type[models.Model], rows: Rows, *, by: Actor) -> list[int]:
    policy.can_load(by).require()
    with transaction.atomic():
        made = model._default_manager.bulk_create(
            [_row(model, row, by) for row in rows], batch_size=A_BATCH
        )
        record(LOADED, by=by, table=model._meta.label, count=len(made))
    return [row.pk for row in made]
