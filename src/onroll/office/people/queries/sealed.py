"""Sealed facts: who may open them, and how a row in there becomes a fact again.

Row security hides the table from every transaction that was not opened for somebody cleared, so
that a question that forgets to come through here finds nothing.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import Field

from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import (
    Carer,
    CarerAddress,
    Child,
    ChildAddress,
    ChildLocality,
    ContactPoint,
    Professional,
    Relationship,
    SealedFact,
    Sealing,
    Whereabouts,
    Withdrawal,
)

F_ = TypeVar("F_", bound=Fact)

# The tables whose rows reveal a place or a way to one, with the way from a row to its child;
# "" where a row belongs to a carer only. Packages above add theirs.
_PLACED: dict[str, str] = {
    ChildAddress._meta.label: "child",
    ChildLocality._meta.label: "child",
    CarerAddress._meta.label: "",
    ContactPoint._meta.label: "child",
    Professional._meta.label: "child",
    Whereabouts._meta.label: "child",
    Withdrawal._meta.label: "child",
}


def sealable(label: str, *, child: str = "child") -> None:
    """Register a table whose rows move among sealed facts when their child is sealed.

    Called from AppConfig.ready() of the package that owns it, for example
    `sealable("schools.Enrolment")`; `child` is the way from a row to the child, as a look-up
    ("application__child"). That package writes with `people.actions.keeping.stated` and
    `restated` and reads with `facts_of`, and its plain queries find nothing of a sealed child.
    """
    _PLACED[label] = child


def sealables() -> dict[str, str]:
    """Return every table that can be sealed, with the way from a row to its child."""
    return dict(_PLACED)


def is_sealable(model: type[models.Model]) -> bool:
    """Return whether rows of a table move when their child is sealed."""
    return model._meta.label in _PLACED


@contextmanager
def cleared(actor: Actor) -> Iterator[None]:
    """Open sealed facts for as long as the block lasts, if this person may read them.

    For anybody else nothing is opened, and every question in the block finds nothing sealed.
    """
    if not actor.may("sealed.read"):
        yield
        return
    with opened():
        yield


@contextmanager
def opened() -> Iterator[None]:
    """Open sealed facts for the program itself: to seal, to lift, to compare in secret.

    Nothing read in the block may reach a person who is not cleared.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('onroll.cleared', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("select set_config('onroll.cleared', 'yes', true)")
        yield
        # Reached only without an error: after one, the savepoint takes the setting back itself.
        cursor.execute("select set_config('onroll.cleared', %s, true)", [before])


def is_sealed(child: int) -> bool:
    """Return whether a child's whereabouts are sealed at this moment."""
    return Sealing.objects.as_known().filter(child=child, lifted_on=None).exists()


def sealed_children() -> set[int]:
    """Return every child whose whereabouts are sealed: for rules, never for a screen."""
    return set(Sealing.objects.as_known().filter(lifted_on=None).values_list("child_id", flat=True))


def kept_from(actor: Actor) -> set[int]:
    """Return the children who do not exist for somebody because they are sealed."""
    return set() if actor.may("sealed.read") else sealed_children()


def sealing_of(child: Child, *, by: Actor) -> Sealing | None:
    """Return the seal on a child, for somebody who may know of it."""
    if not by.may("sealed.read"):
        return None
    return (
        Sealing.objects.as_known()
        .filter(child=child, lifted_on=None)
        .select_related("recorded_by", "lift_asked_by")
        .first()
    )


def all_sealed(*, by: Actor) -> list[Sealing]:
    """Return every seal that holds, newest first, for somebody cleared; else nothing."""
    if not by.may("sealed.read"):
        return []
    return list(
        Sealing.objects.as_known()
        .filter(lifted_on=None)
        .select_related("child", "recorded_by", "lift_asked_by")
        .order_by("-recorded_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class OpenBeside:
    """Where a carer of a sealed child is, as somebody wrote it who does not know of that child."""

    child: Child
    carer: Carer
    what: str
    recorded_by: str
    recorded_at: datetime


def open_beside_sealed(*, by: Actor) -> list[OpenBeside]:
    """Return what lies open of carers with whom a sealed child lives, newest first.

    For somebody cleared, who decides whether the brother or sister must be sealed too; for anybody
    else nothing.
    """
    if not by.may("sealed.read"):
        return []
    beside = (
        Relationship.objects.as_known()
        .filter(child__in=sealed_children())
        .exclude(lives_with=False)
        .select_related("child", "carer")
        .order_by("child_id", "carer_id")
    )
    of_carer = {row.carer_id: row for row in beside}
    found = [
        OpenBeside(
            child=of_carer[fact.carer_id].child,
            carer=of_carer[fact.carer_id].carer,
            what=what,
            recorded_by=str(fact.recorded_by or "OnRoll"),
            recorded_at=fact.recorded_at,
        )
        for model, what in ((CarerAddress, "An address"), (ContactPoint, "A contact point"))
        for fact in model.objects.as_known()
        .filter(carer__in=list(of_carer))
        .select_related("recorded_by")
    ]
    return sorted(found, key=lambda row: row.recorded_at, reverse=True)


def packed(row: models.Model) -> str:
    """Return a whole row, encrypted, to be kept as a sealed fact."""
    values = {f.attname: _as_json(getattr(row, f.attname)) for f in row._meta.concrete_fields}
    return encryption.encrypt(json.dumps(values, sort_keys=True).encode()).decode()


def _as_json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)


def unpacked(model: type[models.Model], payload: str) -> Any:
    """Return the row that was packed, as an instance that is in no table."""
    values = json.loads(encryption.decrypt(payload.encode()))
    fields: dict[str, Field[Any, Any]] = {f.attname: f for f in model._meta.concrete_fields}
    row = model(**{name: _as_field(fields[name], value) for name, value in values.items()})
    row._state.adding = False
    return row


def _as_field(field: "Field[Any, Any]", value: Any) -> Any:
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    return None if value is None else target.to_python(value)


def sealed_rows(model: type[F_], *, children: Iterable[int]) -> list[F_]:
    """Return the sealed facts of one kind of some children. The caller has opened the seal."""
    found = SealedFact.objects.filter(table=model._meta.label, child__in=list(children))
    return [unpacked(model, kept.payload) for kept in found.order_by("row")]


def sealed_row(model: type[F_], pk: int) -> F_ | None:
    """Return one sealed fact by its key. The caller has opened the seal."""
    kept = SealedFact.objects.filter(table=model._meta.label, row=pk).first()
    return unpacked(model, kept.payload) if kept else None


def believed(rows: Iterable[F_], known_at: datetime | None) -> list[F_]:
    """Return those rows that are believed now, or were believed at an instant."""
    if known_at is None:
        return [r for r in rows if r.superseded_at is None]
    return [
        r
        for r in rows
        if r.recorded_at <= known_at and (r.superseded_at is None or r.superseded_at > known_at)
    ]


def facts_of(
    model: type[F_],
    *,
    by: Actor,
    child: int | None = None,
    carer: int | None = None,
    on: date | None = None,
    known_at: datetime | None = None,
    is_every_belief: bool = False,
) -> list[F_]:
    """Return the facts of one kind about a child, or about a carer, wherever they are kept.

    The one way to read a fact that can be sealed. `on` of None means every day;
    `is_every_belief` adds what has been superseded, for a history.
    """
    owner = {"child": child} if child is not None else {"carer": carer}
    rows: list[F_] = list(model.objects.filter(**owner).select_related("recorded_by"))
    if is_sealable(model) and by.may("sealed.read"):
        rows += _sealed_of(model, by=by, child=child, carer=carer)
    if not is_every_belief:
        rows = believed(rows, known_at)
    if on is not None:
        rows = [r for r in rows if r.holds_on(on)]
    return sorted(rows, key=lambda r: (r.starts_on, r.pk), reverse=True)


def _sealed_of(model: type[F_], *, by: Actor, child: int | None, carer: int | None) -> list[F_]:
    if child is not None:
        kept_under = {child}
    else:
        # A carer's facts are kept under whichever of their children was sealed first.
        kept_under = set(
            Relationship.objects.filter(carer=carer).values_list("child_id", flat=True)
        )
    with cleared(by):
        rows = sealed_rows(model, children=kept_under)
    if child is not None:
        return [r for r in rows if getattr(r, "child_id", None) == child]
    return [r for r in rows if getattr(r, "carer_id", None) == carer]
