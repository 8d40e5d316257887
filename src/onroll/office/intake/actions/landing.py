"""A list lands here and is read by the package that takes it, which says what came of it.

The file stays intake's: kept encrypted for its window, in one state at a time, every step an event.
What the rows mean, and whether they may be believed, is for the package that asked for them.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from onroll.office.intake import kinds, policy
from onroll.office.intake.actions.files import (
    APPLIED,
    LIST_FORGOTTEN,
    MOST_FAULTS,
    REFUSED,
    UNDONE,
    as_json,
    claim,
    one_at_a_time,
)
from onroll.office.intake.kinds import Checked, Fault, Loader
from onroll.office.intake.models import Load
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.facts import TransactionNow

LANDED = verb("intake.landed", "sent in a list ({loader})", "loader", "digest", "about")
HELD = verb("intake.held", "a list was held ({loader}, {rows} rows)", "loader", "digest", "rows")

State = Load.State
_OPEN = (State.WAITING, State.HELD)


def land(
    *,
    loader: str,
    filename: str,
    content: bytes,
    about: str,
    keep_until: date,
    by: Actor,
    on: date,
) -> Load:
    """Take in a list and keep it, encrypted, until that day. Nothing in it is judged yet."""
    taken = kinds.get(loader)
    if taken is None:
        raise Refused("Files of this kind are not taken here.")
    policy.can_load(by, taken).require()
    if keep_until < on:
        raise Faulty(("", "The list would have to be destroyed before it is read."))
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        one_at_a_time(digest)
        _refuse_twin(taken, digest, about)
        load = Load.objects.create(
            loader=taken.key,
            about=about,
            state=State.WAITING,
            filename=filename[-200:],
            digest=digest,
            size=len(content),
            original=encryption.encrypt(content),
            keep_until=keep_until,
            received_by_id=by.pk,
        )
        record(LANDED, by=by, subject=load, loader=taken.key, digest=digest, about=about)
    return load


def hold(*, load: Load, rows: int, checked: Checked, by: Actor, on: date) -> Load:
    """Keep a list from being used until somebody has looked at what is odd about it."""
    _loader(load, by)
    with transaction.atomic():
        claim(load, *_OPEN)
        _note(load, State.HELD, rows, checked)
        load.save(update_fields=["state", "rows", "faults", "differences"])
        record(HELD, by=by, subject=load, loader=load.loader, digest=load.digest, rows=rows)
    return load


def accept(
    *,
    load: Load,
    by: Actor,
    on: date,
    rows: int | None = None,
    checked: Checked | None = None,
) -> Load:
    """Let a list be used: one that was held as it was found then, another with what is found."""
    _loader(load, by)
    with transaction.atomic():
        claim(load, *_OPEN)
        if load.original is None:
            raise Refused("The list is no longer kept: send it in again.")
        if checked is not None and rows is not None:
            _note(load, State.APPLIED, rows, checked)
        load.state = State.APPLIED
        load.applied_at = TransactionNow()
        load.save(update_fields=["state", "rows", "faults", "differences", "applied_at"])
        record(
            APPLIED,
            by=by,
            subject=load,
            loader=load.loader,
            digest=load.digest,
            rows=load.rows,
            made=0,
        )
    load.refresh_from_db()
    return load


def refuse(*, load: Load, faults: Sequence[Fault], rows: int, by: Actor, on: date) -> Load:
    """Refuse a list whole, with what is wrong; its content is destroyed at once."""
    _loader(load, by)
    with transaction.atomic():
        claim(load, *_OPEN)
        load.state = State.REFUSED
        load.rows = rows
        load.faults = as_json(faults[:MOST_FAULTS])
        load.differences = {**load.differences, "all_faults": len(faults)}
        load.original = None
        load.save(update_fields=["state", "rows", "faults", "differences", "original"])
        record(
            REFUSED,
            by=by,
            subject=load,
            loader=load.loader,
            digest=load.digest,
            rows=rows,
            faults=len(faults),
        )
    return load


def take_back(*, load: Load, by: Actor, on: date) -> Load:
    """Let a list be used no longer; its content is destroyed at once."""
    _loader(load, by)
    with transaction.atomic():
        claim(load, State.APPLIED)
        load.state = State.UNDONE
        load.undone_at = TransactionNow()
        load.original = None
        load.save(update_fields=["state", "undone_at", "original"])
        record(UNDONE, by=by, subject=load, loader=load.loader, digest=load.digest, made=0)
    load.refresh_from_db()
    return load


def forget(*, load: Load, by: Actor, on: date) -> bool:
    """Destroy a list before its window has passed. Returns whether it was still kept."""
    _loader(load, by)
    with transaction.atomic():
        kept = Load.objects.select_for_update().filter(pk=load.pk, original__isnull=False)
        if not kept.exists():
            return False
        kept.update(original=None)
        load.original = None
        record(
            LIST_FORGOTTEN,
            by=by,
            subject=load,
            loader=load.loader,
            digest=load.digest,
            rows=load.rows,
        )
    return True


def _loader(load: Load, by: Actor) -> Loader:
    loader = kinds.get(load.loader)
    if loader is None:
        raise Refused("Files of this kind are no longer taken.")
    if not by.is_program:
        policy.can_load(by, loader).require()
    return loader


def _note(load: Load, state: str, rows: int, checked: Checked) -> None:
    load.state = state
    load.rows = rows
    load.faults = []
    load.differences = {
        "counts": dict(checked.differences),
        "warnings": as_json(checked.warnings[:MOST_FAULTS]),
        "all_faults": 0,
    }


def _refuse_twin(loader: Loader, digest: str, about: str) -> None:
    twin = (
        Load.objects.filter(
            loader=loader.key,
            about=about,
            digest=digest,
            state__in=[*_OPEN, State.APPLIED],
            original__isnull=False,
        )
        .order_by("-pk")
        .only("filename", "state")
        .first()
    )
    if twin is not None:
        raise Faulty(
            (
                "file",
                f"This very file was sent in before ({twin.get_state_display().lower()}). "
                "Export the list again, or go to that load and use it",
            )
        )
