"""Reads of files as received, for the screens; and the registry of loaders for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onroll.office.intake import kinds
from onroll.office.intake.kinds import Loader
from onroll.office.intake.models import Load
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown

STATES = tuple(Load.State.choices)
STATE_COLOURS = {
    "waiting": "yellow", "held": "orange", "refused": "red", "checked": "yellow",
    "applied": "green", "undone": "grey",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the list shows it."""

    pk: int
    filename: str
    title: str
    state: str
    state_says: str
    colour: str
    rows: int
    faults: int
    received_at: datetime
    received_by: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file with everything that its page shows."""

    line: FileLine
    load: Load
    faults: Sequence[dict[str, object]]
    warnings: Sequence[dict[str, object]]
    differences: Sequence[tuple[str, object]]
    no_undo: str
    shown_at: str = ""  # the address where such a file is shown, when it is not this one


def loaders_for(actor: Actor) -> tuple[Loader, ...]:
    """Return the kinds of file that this person may send in."""
    return tuple(x for x in kinds.all_loaders() if actor.may(x.permission))


def loader_for(actor: Actor, key: str) -> Loader:
    """Return one kind of file. Raises Unknown when there is none, or not for this person."""
    loader = kinds.get(key)
    if loader is None or not actor.may(loader.permission):
        raise Unknown(f"no files of kind {key!r}")
    return loader


def files(actor: Actor, *, loader: str = "", state: str = "") -> list[FileLine]:
    """Return the files that this person sent in, or all of the kinds that they apply, newest
    first."""
    allowed = [x.key for x in loaders_for(actor)]
    found = Load.objects.visible_to(actor).filter(loader__in=allowed)
    found = found.select_related("received_by")
    if loader:
        found = found.filter(loader=loader)
    if state:
        found = found.filter(state=state)
    return [_line(load) for load in found.defer("original", "undo").order_by("-pk")[:500]]


def load_for(actor: Actor, pk: int) -> Load:
    """Return one file. Raises Unknown."""
    load = Load.objects.visible_to(actor).filter(pk=pk).select_related("received_by").first()
    if load is None or load.loader not in {x.key for x in loaders_for(actor)}:
        raise Unknown(f"no file {pk}")
    return load


def result(actor: Actor, pk: int) -> FileResult:
    """Return one file as its page shows it. Raises Unknown."""
    load = load_for(actor, pk)
    loader = kinds.get(load.loader)
    found = load.differences or {}
    return FileResult(
        line=_line(load),
        load=load,
        faults=load.faults,
        warnings=found.get("warnings", []),
        differences=tuple(found.get("counts", {}).items()),
        no_undo=loader.no_undo if loader else "",
        shown_at=loader.shown_at if loader else "",
    )


def original(load: Load) -> bytes:
    """Return a file as it was received. Raises Unknown when it is no longer kept."""
    if load.original is None:
        raise Unknown(f"the original of file {load.pk} is no longer kept")
    return encryption.decrypt(bytes(load.original))


def _line(load: Load) -> FileLine:
    loader = kinds.get(load.loader)
    return FileLine(
        pk=load.pk,
        filename=load.filename,
        title=loader.title if loader else load.loader,
        state=load.state,
        state_says=load.get_state_display(),
        colour=STATE_COLOURS[load.state],
        rows=load.rows,
        faults=len(load.faults),
        received_at=load.received_at,
        received_by=load.received_by.name if load.received_by else "OnRoll",
    )
