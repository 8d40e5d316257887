"""Searches: asked for, begun, told how far they are, ended, stopped, given up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.facts import TransactionNow
from onroll.office.kernel.locks import alone
from onroll.office.linkage.actions.candidates import Found, keep
from onroll.office.linkage.models import Run, Source
from onroll.office.linkage.policy import runs as policy
from onroll.office.linkage.queries import runs as queries

ASKED = verb("linkage.run_asked", "asked for a search of the lists as at {as_at}", "as_at", "seed")
BEGUN = verb("linkage.run_begun", "a search as at {as_at} began", "as_at")
DONE = verb(
    "linkage.run_done",
    "a search compared {records} records of {lists} lists and listed {listed} children; the "
    "{records} records are forgotten",
    "records", "lists", "listed", "asked_again", "remembered", "followed", "replaced",
)  # fmt: skip
STOPPED = verb("linkage.run_stopped", "stopped the search as at {as_at}", "as_at")
GIVEN_UP = verb(
    "linkage.run_failed", "the search as at {as_at} failed and kept nothing", "as_at", "fault"
)

State = Run.State
DIED = (
    "The process that searched ended before it was done, for example because the server was "
    "restarted or ran out of memory. Nothing was kept. Search again."
)


class TakenBack(Refused):
    """A list that a search used does not stand any more; the text says which and what to do."""


def ask(*, as_at: date, by: Actor, on: date, seed: int = 1) -> Run:
    """Ask for a search as at a day; a process of its own does it when none is going."""
    policy.can_run(by).require()
    if as_at > on:
        raise Faulty(("as_at", "The day of the search must be today or in the past"))
    if lacks := queries.lists_on(as_at).lacks:
        raise Faulty(("", lacks))
    with transaction.atomic():
        # One waits at a time: a second press of the button finds the first one's search.
        going = Run.objects.select_for_update().filter(state__in=[State.WAITING, State.WORKING])
        if going.exists():
            raise Refused("A search is going on. Wait until it is done, or stop it.")
        run = Run.objects.create(as_at=as_at, seed=seed, asked_by_id=by.pk)
        record(ASKED, by=by, subject=run, as_at=as_at, seed=seed)
    return run


def begin(*, run: Run, sources: Sequence[Mapping[str, Any]], by: Actor) -> Run:
    """Begin a search that waits; whoever begins it second is refused."""
    policy.can_do(by).require()
    with transaction.atomic():
        claimed = Run.objects.filter(pk=run.pk, state=State.WAITING).update(
            state=State.WORKING,
            started_at=TransactionNow(),
            sources=[dict(source) for source in sources],
            stage="Reading the lists",
        )
        if not claimed:
            raise Refused("This search does not wait to be begun.")
        record(BEGUN, by=by, subject=run, as_at=run.as_at)
    run.refresh_from_db()
    return run


def tell_progress(run: Run, stage: str, done: float) -> bool:
    """Write down how far a search is; return whether it is to go on."""
    per_cent = max(0, min(100, round(100 * done)))
    told = Run.objects.filter(pk=run.pk, state=State.WORKING, stop_asked_at__isnull=True).update(
        stage=stage[:200], progress=per_cent
    )
    return bool(told)


def finish(
    *,
    run: Run,
    found: Sequence[Found],
    records: int,
    model: Mapping[str, Any] | None,
    machine: Mapping[str, Any],
    by: Actor,
    on: date,
) -> Run:
    """Keep whom a search found and forget the rest: one act, or nothing of it.

    Raises TakenBack, and keeps nothing, where a list that it used does not stand any more.
    """
    policy.can_do(by).require()
    with transaction.atomic():
        held = Run.objects.select_for_update().get(pk=run.pk)
        if held.state != State.WORKING or held.stop_asked_at is not None:
            raise Refused("This search was stopped.")
        _refuse_taken_back(held)
        kept = keep(held, found, on)
        held.state, held.progress, held.stage = State.DONE, 100, "Done"
        held.finished_at = TransactionNow()
        held.model = dict(model) if model is not None else None
        held.machine = dict(machine)
        held.counts = {"records": records, **kept.counts}
        held.save(
            update_fields=["state", "progress", "stage", "finished_at", "model", "machine",
                           "counts"]
        )  # fmt: skip
        told: dict[str, Any] = {"lists": len(held.sources), "records": records, **kept.counts}
        record(DONE, by=by, subject=held, **told)
    held.refresh_from_db()
    return held


def _refuse_taken_back(run: Run) -> None:
    """Nobody takes back a list, destroys or retires it from here until the act is done."""
    keys = [used["key"] for used in run.sources]
    list(Source.objects.select_for_update().filter(key__in=keys).order_by("pk").values_list("pk"))
    used = [load for one in run.sources if (load := one.get("load"))]
    if gone := queries.gone_among(used):
        raise TakenBack(f"{' '.join(gone)} Search again.")


def stop(*, run: Run, by: Actor, on: date) -> Run:
    """Stop a search: at once while it waits, at its next step while it works."""
    with transaction.atomic():
        held = Run.objects.select_for_update().get(pk=run.pk)
        policy.can_stop(by, held).require()
        held.stop_asked_at = TransactionNow()
        if held.state == State.WAITING:
            held.state, held.finished_at = State.STOPPED, TransactionNow()
            held.message = "It was stopped before it began."
        held.save(update_fields=["stop_asked_at", "state", "finished_at", "message"])
        record(STOPPED, by=by, subject=held, as_at=held.as_at)
    held.refresh_from_db()
    return held


def give_up(*, run: Run, message: str, fault: str, by: Actor) -> Run:
    """Say that a search ended without an answer: stopped where that was asked, else failed.

    Nothing of it is kept. Does nothing for a search that is over.
    """
    policy.can_do(by).require()
    with transaction.atomic():
        held = Run.objects.select_for_update().get(pk=run.pk)
        if held.is_going:
            was_stopped = held.stop_asked_at is not None
            held.state = State.STOPPED if was_stopped else State.FAILED
            held.message = "It was stopped. Nothing was kept." if was_stopped else message
            held.finished_at = TransactionNow()
            held.save(update_fields=["state", "message", "finished_at"])
            record(GIVEN_UP, by=by, subject=held, as_at=held.as_at, fault=fault[:100])
    held.refresh_from_db()
    return held


def settle(*, by: Actor, begun: int | None = None) -> int:
    """Mark the searches whose process is no more; nothing while one searches.

    `begun` is the key of one whose process has ended: if it waits still, it never began.
    """
    policy.can_do(by).require()
    with alone(queries.LOCK) as nobody_searches:
        if not nobody_searches:
            return 0
        dead = Run.objects.filter(Q(state=State.WORKING) | Q(state=State.WAITING, pk=begun))
        for run in dead:
            give_up(run=run, message=DIED, fault="died", by=by)
        return len(dead)
