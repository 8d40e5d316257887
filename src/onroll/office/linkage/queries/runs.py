"""Reads of searches: for the screens, and for the process that does the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import BooleanField, ExpressionWrapper, Q

from onroll.matching.answers import Answered, corrected
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.linkage.models import Answer, PopulationLoad, Run
from onroll.office.linkage.queries.sources import (
    CurrentList,
    SourceLine,
    current_lists,
    source_lines,
    standing_lists,
)

# These tell nothing of whether an education list had the child.
_SAY_NEITHER = (Answer.Reason.AGE, Answer.Reason.KNOWN, Answer.Reason.DIED, Answer.Reason.OTHER)
ShowsWhat = Literal["education", "residence"]

# Held by the process that searches for as long as it lives: a lock that is free says that none
# does, however the last one ended.
LOCK = 5_143_004
STATE_COLOURS = {"waiting": "grey", "working": "blue", "done": "green", "stopped": "orange",
                 "failed": "red"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that a search on a day would use, and what it lacks."""

    usable: tuple[CurrentList, ...]
    stale: tuple[CurrentList, ...]
    lacks: str  # what is missing and what to do; "" when a search can begin

    @property
    def unchecked(self) -> tuple[CurrentList, ...]:
        """Those of whose lawful basis nobody has ticked that it was checked."""
        return tuple(one for one in self.usable if not one.is_basis_checked)


def lists_on(on: date) -> Lists:
    """Return the lists that a search as at a day would use."""
    found = tuple(current_lists(on))
    has = {one.evidence for one in found}
    lacks = ""
    if "education" not in has:
        lacks = (
            "There is no list of children who are being educated: everybody would seem missing. "
            "Send in a list of a source that shows education, such as the school census."
        )
    elif "residence" not in has:
        lacks = (
            "There is no list of who lives here: nobody could be found. Send in a list of a "
            "source that shows residence, such as births or the GP register."
        )
    used = {one.key for one in found}
    later = [
        source.name
        for source, load in standing_lists()
        if load is not None and load.as_at > on and source.evidence == "education"
        and source.key not in used
    ]  # fmt: skip
    if later and not lacks:
        lacks = (
            f"The list in use of {', '.join(later)} is of a later day: its children would all "
            "seem missing. Search as at that day or later."
        )
    stale = tuple(one for one in found if one.freshness.key in ("stale", "expired"))
    return Lists(found, stale, lacks)


def gone_among(loads: Iterable[int]) -> list[str]:
    """Return for each of these lists that does not stand any more what became of it."""
    used = PopulationLoad.objects.filter(pk__in=list(loads)).select_related("source", "load")
    kept = used.defer("hashes", "load__original", "load__undo").annotate(
        has_original=ExpressionWrapper(Q(load__original__isnull=False), BooleanField())
    )
    return [
        f"The list {one.source} as at {one.as_at.day} {one.as_at:%B %Y} was {became} while the "
        "search ran."
        for one in kept.order_by("source__name")
        if (became := _became(one))
    ]


def _became(load: PopulationLoad) -> str:
    if load.load.state != "applied":
        return "taken back"
    if not getattr(load, "has_original", False):
        return "destroyed"
    return "retired" if load.source.retired_at is not None else ""


def source_lines_of(actor: Actor, on: date) -> list[SourceLine]:
    """Return each source with how old its list is, for those who load lists."""
    return source_lines(actor, on)


def run_for(actor: Actor, pk: int) -> Run:
    """Return one search. Raises Unknown."""
    run = Run.objects.visible_to(actor).select_related("asked_by").filter(pk=pk).first()
    if run is None:
        raise Unknown(f"no search {pk}")
    return run


def runs_of(actor: Actor) -> list[Run]:
    """Return the searches, newest first."""
    found = Run.objects.visible_to(actor).select_related("asked_by").defer("model")
    return list(found.order_by("-pk")[:500])


def last_done() -> Run | None:
    """Return the last search that ended well."""
    return Run.objects.filter(state=Run.State.DONE).order_by("-finished_at", "-pk").first()


def going() -> Run | None:
    """Return the search that waits or works."""
    found = Run.objects.filter(state__in=[Run.State.WAITING, Run.State.WORKING])
    return found.order_by("pk").first()


def next_waiting() -> int | None:
    """Return the key of the search to be started."""
    found = Run.objects.filter(state=Run.State.WAITING).order_by("pk")
    return found.values_list("pk", flat=True).first()


def waiting(pk: int) -> Run | None:
    """Return one search if it waits to be started."""
    return Run.objects.filter(pk=pk, state=Run.State.WAITING).first()


def works() -> bool:
    """Return whether the database has a search that works, alive or not."""
    return Run.objects.filter(state=Run.State.WORKING).exists()


def is_to_stop(pk: int) -> bool:
    """Return whether somebody asked for a search to be stopped, or it is over."""
    return not Run.objects.filter(
        pk=pk, state__in=[Run.State.WAITING, Run.State.WORKING], stop_asked_at__isnull=True
    ).exists()


def model_to_begin_from() -> dict[str, object] | None:
    """Return what the last search learnt of how the lists differ, and what answers have since.

    Whoever was answered to be at an independent school or gone was in no education list, as the
    search said; whoever was on a roll under other details was. The other answers say neither.
    """
    last = last_done()
    if last is None or not last.model:
        return None
    return corrected(last.model, answered(last))


def answered(run: Run) -> list[Answered]:
    """Return what answers say of how sure a search was, as it told it."""
    given = Answer.objects.as_known().filter(candidate__run=run, what=Answer.What.NOT_MISSING)
    return [
        Answered(one.candidate.probability, was_unseen=one.reason != Answer.Reason.ON_A_ROLL)
        for one in given.exclude(reason__in=_SAY_NEITHER).select_related("candidate")
    ]
