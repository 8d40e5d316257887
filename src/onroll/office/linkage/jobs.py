"""A search of the lists, done in a process of its own: the only one that holds the population."""

import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import structlog

from onroll.matching.candidates import Candidate
from onroll.matching.find import Found as Searched
from onroll.matching.find import find_missing
from onroll.matching.model import VERSION
from onroll.matching.sources import Source
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.locks import alone
from onroll.office.linkage.actions import runs as actions
from onroll.office.linkage.actions.candidates import Found
from onroll.office.linkage.queries import runs as queries
from onroll.office.linkage.queries.candidates import Evidence
from onroll.office.linkage.queries.newcomers import newcomers
from onroll.office.linkage.queries.own_records import KEY as OWN
from onroll.office.linkage.queries.own_records import own_records
from onroll.office.linkage.queries.sources import CurrentList
from onroll.statute.reading import FaultyInput

if TYPE_CHECKING:
    from onroll.office.linkage.models import Run

log = structlog.get_logger(__name__)

Row = Mapping[str, str | None]

_GONE = (
    "A list that the search needs was taken back or destroyed while it began. Nothing was kept. "
    "Send the list in again under Sources, then search again."
)
_TOO_LARGE = (
    "The lists need more memory than this server has. Nothing was kept. Ask whoever runs the "
    "server for more memory, or retire a source that adds little, then search again."
)
_FAULT = (
    "The search ended with a fault of the program. Nothing was kept. Search again; if it fails "
    "again, send whoever runs the server the number of this search: the server’s log names the "
    "fault under it."
)


class _Stopped(Exception):
    """Somebody asked for the search to be stopped."""


class _Lacking(Exception):
    """There are no longer the lists that a search needs; the text says which."""


def search(pk: int, *, on: date) -> bool:
    """Do the search that waits under this key; return whether it was done.

    Nothing is done while another search works, and nothing for one that does not wait. However it
    ends, the row says how, and what was read is gone with this process.
    """
    with alone(queries.LOCK) as is_alone:
        if not is_alone:
            return False
        run = queries.waiting(pk)
        if run is None:
            return False
        lists = queries.lists_on(run.as_at)
        own = own_records(run.as_at)
        told = [_told_of(one) for one in lists.usable]
        if own is not None:
            told.append(_told_of_own(own))
        run = actions.begin(run=run, sources=told, by=PROGRAM)
        message, fault = "", ""
        try:
            _search(run, lists, own, on)
        except _Stopped:
            fault = "stopped"
        except FaultyInput as faulty:
            message = f"{' '.join(str(one) for one in faulty.faults[:5])} Nothing was kept."
            fault = "input"
        except actions.TakenBack as gone:
            message, fault = f"{gone} Nothing was kept.", "list_taken_back"
        except _Lacking as lacking:
            message, fault = f"{lacking} Nothing was kept.", "no_list"
        except Unknown:
            message, fault = _GONE, "list_gone"
        except MemoryError:
            message, fault = _TOO_LARGE, "memory"
        # Whatever it is, the row must say so: nobody sees the output of this process.
        except Exception as error:
            # Where it happened, and not the message: an engine quotes the cells that it chokes on.
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("search.failed", run=pk, fault=type(error).__name__, frames=frames)
            message, fault = _FAULT, type(error).__name__
        if fault:
            actions.give_up(run=run, message=message, fault=fault, by=PROGRAM)
        return not fault


def _told_of(one: CurrentList) -> dict[str, str | int]:
    return {
        "key": one.key, "name": one.name, "evidence": one.evidence,
        "as_at": one.as_at.isoformat(), "records": one.count, "freshness": one.freshness.says,
        "load": one.load,
    }  # fmt: skip


def _told_of_own(own: Source) -> dict[str, str | int]:
    return {
        "key": OWN, "name": own.name, "evidence": own.evidence, "as_at": own.as_at.isoformat(),
        "records": len(own.table), "freshness": "",
    }  # fmt: skip


def _search(run: "Run", given: queries.Lists, own: Source | None, on: date) -> None:
    if given.lacks:
        raise _Lacking(given.lacks)
    lists = given.usable

    def told(stage: str, done: float) -> None:
        if not actions.tell_progress(run, stage, done):
            raise _Stopped

    sources = [_source(one) for one in lists]
    keys = {one.name: one.key for one in lists}
    if own is not None:
        sources.append(own)
        keys[own.name] = OWN
    known = queries.model_to_begin_from()
    if known is not None and known.get("version") != VERSION:
        known = None  # it was learnt by another edition of the search: this one learns afresh
    searched = find_missing(sources, on=run.as_at, seed=run.seed, known=known, told=told)
    records = sum(len(source.table) for source in sources)
    found = found_of(searched.candidates, sources, keys)
    told("Comparing with the children who are known here", 0.99)
    actions.finish(
        run=run, found=found, records=records, model=searched.model, machine=_machine(searched),
        by=PROGRAM, on=on,
    )  # fmt: skip


def _source(one: CurrentList) -> Source:
    rows = one.rows()
    return Source(
        one.name, _evidence(one), one.as_at, rows, stale_after_days=one.stale_after_days,
        newcomers=newcomers(one.load, rows),
    )  # fmt: skip


def _evidence(one: CurrentList) -> queries.ShowsWhat:
    return "education" if one.evidence == "education" else "residence"


def _machine(searched: Searched) -> dict[str, object]:
    kept = ("versions", "engine", "seed", "people", "links", "seconds_in_all", "memory_bytes")
    told: dict[str, object] = {name: searched.run[name] for name in kept if name in searched.run}
    return told | {"warnings": list(searched.warnings)}


def found_of(
    candidates: Iterable[Candidate], sources: Sequence[Source], keys: Mapping[str, str]
) -> list[Found]:
    """Return whom the engine found with their records, which it only names."""
    listed = list(candidates)
    named = {pair for one in listed for pair in one.records}
    named |= {one.nearest for one in listed if one.nearest is not None}
    rows = {
        source.name: _rows(source, {record for name, record in named if name == source.name}, keys)
        for source in sources
    }
    return [
        Found(
            evidence=Evidence(
                records=tuple(rows[name][record] for name, record in one.records),
                explanation=one.explanation,
                nearest=rows[one.nearest[0]][one.nearest[1]] if one.nearest else None,
                nearest_probability=one.nearest_probability,
            ),
            probability=one.probability,
            cause=one.cause,
            lives_here=one.lives_here,
        )
        for one in listed
    ]


def _rows(source: Source, records: set[str], keys: Mapping[str, str]) -> dict[str, Row]:
    wanted = pc.is_in(source.table["record_id"], value_set=pa.array(sorted(records), pa.string()))
    return {
        row["record_id"]: {
            **{name: value for name, value in row.items() if name != "record_id"},
            "id": row["record_id"],
            "key": keys[source.name],
            "source": source.name,
            "as_at": source.as_at.isoformat(),
        }
        for row in source.table.filter(wanted).to_pylist()
    }
