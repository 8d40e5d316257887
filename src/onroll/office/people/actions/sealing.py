"""Sealing a child's whereabouts, and lifting a seal.

Sealing moves every fact that reveals a place out of its table into SealedFact, whole and
encrypted, and takes away all by which the child could be found. Lifting puts every row back as it
was, and takes two people. The journal says that it happened and nothing else.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import policy
from onroll.office.people.actions.keeping import clashes
from onroll.office.people.actions.terms import beside, forget_terms, rebuild_terms
from onroll.office.people.models import (
    Access,
    Carer,
    CarerAddress,
    Child,
    ContactPoint,
    Relationship,
    SealedFact,
    Sealing,
)
from onroll.office.people.queries.identity import records_of
from onroll.office.people.queries.sealed import (
    is_sealed,
    opened,
    packed,
    sealables,
    sealed_children,
    unpacked,
)

SEALED = verb("children.sealed", "sealed the child’s whereabouts")
LIFT_ASKED = verb("children.lift_asked", "asked to lift the seal")
LIFTED = verb("children.seal_lifted", "lifted the seal")
HELD = verb("children.held_back", "held the record back for those who keep sealed records")

HELD_BACK = (
    "Held back when it was added: it may be a child whose whereabouts are already sealed. "
    "Compare the two, then join them or lift this seal."
)
JOINED_TO_SEALED = "One child with another record, the whereabouts in which are sealed."

Listener = Callable[[int, bool], None]

_listeners: list[Listener] = []


def when_sealed(listener: Listener) -> None:
    """Register what a package above does in the same transaction: `listener(child_id, is_sealed)`.

    For a column that repeats the seal, such as that of a case or a referral.
    """
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def seal(*, child: Child, reason: str, by: Actor, on: date) -> Sealing:
    """Seal a child's whereabouts from this moment on, on every record of the child."""
    policy.can_seal(by).require()
    if not reason.strip():
        raise Faulty(("reason", "Say why the whereabouts are sealed."))
    hold_identities()
    sealing = _seal(child, reason.strip(), by, on)
    record(SEALED, by=by, children=[child.pk])
    seal_all_of(child, by=by, on=on)
    return sealing


def hold_identities() -> None:
    """Let nobody else join, take apart, seal or lift until the transaction ends.

    Each of them reads which records are of one child and then writes to all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('people.identity'))")


def seal_all_of(child: Child, *, by: Actor, on: date) -> None:
    """Seal every record of a child of whom one is sealed: protections take the maximum.

    Raising one takes one person, who has decided; the caller holds identities.
    """
    sealed = sealed_children()
    records = Child.objects.in_bulk(records_of(child.pk))
    if not sealed.intersection(records):
        return
    for pk in sorted(records.keys() - sealed):
        _seal(records[pk], JOINED_TO_SEALED, by, on)
        record(SEALED, by=by, children=[pk])


def hold_back(child: Child, on: date) -> None:
    """Seal a record that may be the twin of a sealed child, until somebody has compared them."""
    _seal(child, HELD_BACK, PROGRAM, on)
    record(HELD, by=PROGRAM, children=[child.pk])


def _seal(child: Child, reason: str, by: Actor, on: date) -> Sealing:
    # One at a time for one child: whoever waits here finds the child sealed.
    Child.objects.select_for_update().get(pk=child.pk)
    if is_sealed(child.pk):
        raise Faulty(("reason", "The whereabouts of this child are already sealed."))
    sealing = facts.state(Sealing, by=by, child=child, reason=reason, starts_on=on)
    with opened():
        for label, way in sealables().items():
            if way:
                model = apps.get_model(label)
                _move(model._base_manager.filter(**{way: child.pk}), child.pk)
        # That a school may know of the child tells where the child is or was.
        known = Access._base_manager.filter(child=child, holder_kind=Access.Holder.SCHOOL)
        _move(known, child.pk)
        living = Relationship.objects.as_known().filter(child=child).exclude(lives_with=False)
        carers = list(living.values_list("carer", flat=True))
        for carer in carers:
            _move_carer(carer, child.pk)
    forget_terms(child.pk)
    # A number that is sealed now must not go on finding another child of the same carer.
    rebuild_terms(beside(carers) - {child.pk})
    for listener in _listeners:
        listener(child.pk, True)
    return sealing


def seal_carer_with(child: Child, carer: Carer) -> None:
    """Move a carer's places among sealed facts, where the child beside them is sealed."""
    if is_sealed(child.pk):
        with opened():
            _move_carer(carer.pk, child.pk)
        rebuild_terms(beside([carer.pk]) - {child.pk})


def _move_carer(carer: int, child: int) -> None:
    for model in (CarerAddress, ContactPoint):
        _move(model._base_manager.filter(carer=carer), child)


def _move(rows: "models.QuerySet[Any]", child: int) -> None:
    moving = list(rows.select_for_update())
    SealedFact.objects.bulk_create(
        [
            SealedFact(child_id=child, table=row._meta.label, row=row.pk, payload=packed(row))
            for row in moving
        ]
    )
    if moving:
        rows.model._base_manager.filter(pk__in=[row.pk for row in moving]).delete()


@transaction.atomic
def ask_to_lift(*, sealing: Sealing, by: Actor) -> Sealing:
    """Be the first of the two people who lift a seal."""
    policy.can_ask_to_lift(by, sealing).require()
    asked = facts.supersede(sealing, by=by, lift_asked_by_id=by.pk)
    assert asked is not None
    record(LIFT_ASKED, by=by, children=[sealing.child_id])
    return asked


@transaction.atomic
def lift_seal(*, sealing: Sealing, by: Actor, on: date) -> Child:
    """Be the second of the two, and put every fact back as it was, on every record of the child."""
    policy.can_lift(by, sealing).require()
    hold_identities()
    records = records_of(sealing.child_id)
    children = Child.objects.select_for_update().filter(pk__in=records).order_by("pk").in_bulk()
    held = [sealing, *Sealing.objects.as_known().filter(
        child__in=records, lifted_on=None
    ).exclude(pk=sealing.pk)]  # fmt: skip
    two: dict[str, Any] = {"lift_asked_by_id": sealing.lift_asked_by_id, "lifted_by_id": by.pk}
    for each in held:
        facts.end(each, on=max(on, each.starts_on), by=by, lifted_on=on, **two)
    for each in held:
        _reopened(children[each.child_id], by)
    return children[sealing.child_id]


def _reopened(child: Child, by: Actor) -> None:
    with opened():
        _put_back(SealedFact.objects.filter(child=child).order_by("table", "row"), by)
    for listener in _listeners:
        listener(child.pk, False)
    carers = Relationship.objects.as_known().filter(child=child).values_list("carer", flat=True)
    rebuild_terms({child.pk} | beside(carers))
    record(LIFTED, by=by, children=[child.pk])


def _make_room(returning: "list[Any]", by: Actor) -> None:
    """Let the later account stand where a carer's address was written in the open meanwhile.

    The other is believed no longer; both stay in the history.
    """
    for row in returning:
        if row.superseded_at is not None:
            continue
        open_rows = list(CarerAddress.objects.as_known().filter(carer=row.carer_id))
        for other, _ in clashes(row, open_rows):
            if other.recorded_at > row.recorded_at:
                row.superseded_at = other.recorded_at
                break
            facts.supersede(other, by=by, replace=False)


def _put_back(kept: Iterable[SealedFact], by: Actor) -> None:
    still_sealed = sealed_children()
    returning: dict[type[models.Model], list[models.Model]] = {}
    done = []
    for sealed in kept:
        model = apps.get_model(sealed.table)
        row = unpacked(model, sealed.payload)
        carer = getattr(row, "carer_id", None)
        other = _other_sealed_child(carer, still_sealed) if carer else None
        if other is not None:
            # The carer lives with another sealed child too: the place stays sealed with that one.
            SealedFact.objects.filter(pk=sealed.pk).update(child_id=other)
            continue
        returning.setdefault(model, []).append(row)
        done.append(sealed.pk)
    for model, rows in returning.items():
        if model is CarerAddress:
            _make_room(rows, by)
        model._base_manager.bulk_create(rows)
    SealedFact.objects.filter(pk__in=done).delete()


def _other_sealed_child(carer: int, sealed: set[int]) -> int | None:
    beside = (
        Relationship.objects.as_known()
        .filter(carer=carer, child__in=sealed)
        .exclude(lives_with=False)
        .order_by("child")
    )
    return beside.values_list("child", flat=True).first()
