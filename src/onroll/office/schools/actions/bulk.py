"""Many facts at once, for a synthetic authority and for coming off an old system.

Rows hold the fields of the fact (`child_id`, `school_id`, `starts_on` …), may hold `recorded_at`
and `superseded_at` for history known before, and are written without the questions that a person
is asked: whoever calls has checked them, and the database's constraints hold. Children whose
whereabouts are sealed do not come this way.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import Fact
from onroll.office.people import actions as people
from onroll.office.people.queries import sealed_children
from onroll.office.schools import policy
from onroll.office.schools.actions.roll import access_subject
from onroll.office.schools.models import (
    Enrolment,
    InYearApplication,
    Offer,
    SchoolContact,
    SchoolLocality,
    Vacancy,
)

LOADED = verb("schools.loaded", "loaded {count} rows of {table}", "table", "count")
A_BATCH = 2_000
Rows = Sequence[Mapping[str, Any]]
F_ = TypeVar("F_", bound=Fact)


def load_enrolments(rows: Rows, *, by: Actor) -> list[int]:
    """Record entries on rolls, and let each school know of its pupils; return their keys."""
    with transaction.atomic():
        made = _load(Enrolment, rows, by=by, of_children=True)
        people.load_access(
            (
                {
                    "child_id": e.child_id,
                    "holder_kind": "school",
                    "holder": e.school_id,
                    "because": "enrolment",
                    "subject": access_subject(e.child_id, e.school_id),
                    "starts_on": e.starts_on,
                    "ends_on": e.ends_on,
                }
                for e in made
                if e.superseded_at is None
            ),
            by=by,
        )
    return [e.pk for e in made]


def load_applications(rows: Rows, *, by: Actor) -> list[int]:
    """Record in-year applications; return their keys."""
    return [row.pk for row in _load(InYearApplication, rows, by=by, of_children=True)]


def load_offers(rows: Rows, *, by: Actor) -> list[int]:
    """Record offers of places; return their keys."""
    return [row.pk for row in _load(Offer, rows, by=by, of_children=True)]


def load_contacts(rows: Rows, *, by: Actor) -> list[int]:
    """Record schools' contacts; return their keys."""
    return [row.pk for row in _load(SchoolContact, rows, by=by)]


def load_localities(rows: Rows, *, by: Actor) -> list[int]:
    """Put schools into localities; return the keys."""
    return [row.pk for row in _load(SchoolLocality, rows, by=by)]


def load_vacancies(rows: Rows, *, by: Actor) -> list[int]:
    """Record places free; return the keys."""
    return [row.pk for row in _load(Vacancy, rows, by=by)]


def _load(model: type[F_], rows: Rows, *, by: Actor, of_children: bool = False) -> list[F_]:
    (policy.can_load_register(by) | policy.can_edit(by)).require()
    sealed = sealed_children() if of_children else set()
    if any(row["child_id"] in sealed for row in rows if of_children):
        raise Faulty(("rows", "A row is about a child who is entered one at a time only."))
    with transaction.atomic():
        made = model.objects.bulk_create(
            [model(**{"recorded_by_id": by.pk, **row}) for row in rows], batch_size=A_BATCH
        )
        children = sorted({row["child_id"] for row in rows}) if of_children else ()
        record(LOADED, by=by, children=children, table=model._meta.label, count=len(made))
        people.facts_changed(children)
    return made
