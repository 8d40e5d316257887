"""Finds people who are on lists of who lives here and on no list of who is being educated.

Pairs of records are scored; records are put together into people, twins apart; whoever then has
no education is looked for again, more loosely, in the education lists; what is left is ranked by
how likely it is that they are on none.
"""

import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np
import pyarrow as pa

from onroll.matching import causes, engines, model, sentences
from onroll.matching.candidates import Candidate, listed
from onroll.matching.engines import Engine
from onroll.matching.legible import Read, read_of
from onroll.matching.people import People
from onroll.matching.records import comparable
from onroll.matching.sources import MOST_SOURCES, Source
from onroll.statute.reading import Fault, FaultyInput

# Pairs are kept from this weight in bits: of everybody, and of the few who are looked for again.
_KEPT, _KEPT_LOOSELY = -4.0, -12.0

Told = Callable[[str, float], None]


def _nobody(stage: str, done: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. Tables name a record by its number in the sources, one after another.

    `links`: uid_a, uid_b, probability, explanation. `people`: for each record the number of its
    person. `model` is what was learnt, to begin from the next time; `run` counts and times.
    """

    candidates: tuple[Candidate, ...]
    links: pa.Table
    people: Any
    model: Mapping[str, Any]
    run: Mapping[str, Any]
    warnings: tuple[str, ...] = field(default=())


def find_missing(
    sources: Sequence[Source],
    *,
    on: date,
    seed: int = 1,
    engine: Engine | None = None,
    known: Mapping[str, Any] | None = None,
    told: Told = _nobody,
) -> Found:
    """Search the sources for children of compulsory school age who are in no education list.

    `known` is the model of an earlier search; `told` hears each stage and how much is done, from
    0 to 1. The same sources, seed and engine give the same answer.
    """
    if len(sources) > MOST_SOURCES:
        says = f"{len(sources)} lists were given; at most {MOST_SOURCES} are compared."
        raise FaultyInput([Fault("sources", says, "Put lists of one kind together.")])
    watch = _Watch(told)
    watch("Bringing names, dates and addresses to one form", 0.02)
    records = comparable(sources, on)
    used = engine or engines.DuckDB()
    try:
        people = People(records, sources)
        before = (
            model.start(len(records)) if known is None else model.from_json(known, len(records))
        )
        watch("Learning how the lists differ", 0.1)
        table = engines.columns(records)
        weights = engines.learnt(table, before, seed=seed)
        watch("Comparing records", 0.25)
        whole = used.load(table, "records")
        people.take(engines.scored(used, whole, weights, least=_KEPT))
        watch("Putting records together into people", 0.6)
        people.put_together()
        watch("Looking again for those in no education list", 0.7)
        few, lists = people.few(), people.education()
        if len(few) and len(lists):
            left = used.load(table.take(few), "few")
            right = used.load(table.take(lists), "lists")
            people.take(
                engines.scored_between(used, left, right, whole, weights, least=_KEPT_LOOSELY)
            )
    finally:
        if engine is None:
            used.close()
    watch("Weighing what was found", 0.85)
    people.weigh()
    watch("Writing the reasons", 0.92)
    candidates = listed(people, sources, on, shift=weights.shift)
    links = _links(people)
    read = read_of(people, sources, on)
    watch("Done", 1.0)
    return Found(
        candidates=candidates,
        links=links,
        people=people.person,
        model=weights.as_json(),
        run=_run(watch, used, seed, on, sources, read, people, candidates, links),
        warnings=tuple(says for one in read for says in one.warnings),
    )


class _Watch:
    """Tells how far a search is and keeps the seconds of each stage."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._started = self._since = time.monotonic()
        self._stage = ""
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: float) -> None:
        now = time.monotonic()
        if self._stage:
            self.seconds[self._stage] = round(now - self._since, 2)
        self._stage, self._since = stage, now
        self._told(stage, done)

    @property
    def total(self) -> float:
        """Seconds since the search began."""
        return round(time.monotonic() - self._started, 2)


def _links(people: People) -> pa.Table:
    """Return the pairs that are one person with more than even chance.

    By what the pair weighs, or by the weaker of what ties each of the two to the person: two
    records that say different things are one child's where both agree with a third.
    """
    same = np.flatnonzero(people.person[people.left] == people.person[people.right])
    left, right, weight = people.left[same], people.right[same], people.weight[same]
    tied = np.full(len(people.source), -60.0)
    np.maximum.at(tied, left, weight)
    np.maximum.at(tied, right, weight)
    through = np.minimum(tied[left], tied[right])
    chance = np.round(1 / (1 + np.exp2(-np.clip(np.maximum(weight, through), -60, 60))), 6)
    order = np.lexsort((right, left))
    order = order[chance[order] > 0.5]
    kept = same[order]
    return pa.table(
        {
            "uid_a": people.left[kept],
            "uid_b": people.right[kept],
            "probability": chance[order],
            "explanation": sentences.of_pairs(
                people.levels[kept], people.weight[kept], people.records, people.left[kept]
            ),
        }
    )


def _run(
    watch: _Watch,
    engine: Engine,
    seed: int,
    on: date,
    sources: Sequence[Source],
    read: Sequence[Read],
    people: People,
    candidates: Sequence[Candidate],
    links: pa.Table,
) -> dict[str, Any]:
    by_cause: dict[str, int] = dict.fromkeys(causes.CAUSES, 0)
    for candidate in candidates:
        by_cause[candidate.cause] += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "versions": {
            "onroll": version("onroll"),
            "splink": version("splink"),
            "duckdb": version("duckdb"),
            "model": model.VERSION,
        },
        "engine": engine.name,
        "seed": seed,
        "on": on.isoformat(),
        "sources": [
            {
                "name": source.name,
                "evidence": source.evidence,
                "as_at": source.as_at.isoformat(),
                "records": len(source.table),
                **told.counts,
                "columns": [asdict(column) for column in told.columns],
                "unused_columns": list(source.unused),
            }
            for source, told in zip(sources, read, strict=True)
        ],
        "records": len(people.source),
        "people": len(np.unique(people.person)),
        "pairs_kept": len(people.weight),
        "links": len(links),
        "listed": len(candidates),
        "expected_missing": round(sum(c.probability for c in candidates), 1),
        "by_cause": by_cause,
        "seconds": watch.seconds,
        "seconds_in_all": watch.total,
        "memory_bytes": peak * unit,
    }
