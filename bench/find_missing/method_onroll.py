"""OnRoll's own search."""

from datetime import date
from pathlib import Path

from bench.find_missing.answers import Answer, Name
from bench.find_missing.truth import lists_of
from onroll.matching.find import find_missing


def run(folder: Path, on: date) -> Answer:
    """Search as `onroll find-missing` does."""
    sources = lists_of(folder)
    found = find_missing(sources, on=on)
    number = {}
    for source in sources:
        for record in source.table["record_id"].to_pylist():
            number[source.name, record] = len(number)
    listed = [
        Name(
            tuple(number[record] for record in one.records),
            one.probability,
            one.lives_here,
            one.cause,
            one.explanation,
            number[one.nearest] if one.nearest else None,
            one.nearest_probability,
        )
        for one in found.candidates
    ]
    notes = {
        "seconds": dict(found.run["seconds"]),
        "seconds_in_all": found.run["seconds_in_all"],
        "records": found.run["records"],
        "pairs_kept": found.run["pairs_kept"],
        "model": found.run["versions"]["model"],
    }
    return Answer(found.people, listed, notes)
