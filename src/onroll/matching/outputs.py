"""Writes what a search found: tables for programs, a page for people."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from onroll.matching.find import Found
from onroll.matching.report import page
from onroll.matching.sources import Source


def write(folder: Path, sources: Sequence[Source], found: Found) -> None:
    """Write every file beside its place and then move it there, so that none is half a file."""
    named = _Names(sources)
    _table(folder / "missing.csv", _missing(found, named))
    _table(folder / "links.csv", _links(found, named))
    _table(folder / "people.csv", _people(found, named))
    _text(folder / "run.json", json.dumps(found.run, indent=2, ensure_ascii=False) + "\n")
    _text(folder / "report.html", page(found))


class _Names:
    """What a record is called in the outputs: its bare id, or with its source where two share it.

    Where ids or names of sources hold spaces, a list of several cannot be taken apart again.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        ids = pa.chunked_array([source.table["record_id"] for source in sources]).combine_chunks()
        counts = pc.value_counts(ids)
        twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
        whole = [
            pc.binary_join_element_wise(pa.scalar(source.name), source.table["record_id"], ":")
            for source in sources
        ]
        chunks = [array for column in whole for array in column.chunks]
        full = pa.chunked_array(chunks, pa.string()).combine_chunks()
        self.all = pc.if_else(pc.is_in(ids, value_set=twice), full, ids)
        self.by_record = dict(zip(_pairs(sources), self.all.to_pylist(), strict=True))


def _pairs(sources: Sequence[Source]) -> list[tuple[str, str]]:
    return [
        (source.name, record)
        for source in sources
        for record in source.table["record_id"].to_pylist()
    ]


def _missing(found: Found, named: _Names) -> pa.Table:
    rows = found.candidates
    return pa.table(
        {
            "candidate_id": pa.array([one.id for one in rows], pa.string()),
            "record_ids": pa.array(
                [" ".join(named.by_record[record] for record in one.records) for one in rows],
                pa.string(),
            ),
            "probability": pa.array([one.probability for one in rows], pa.float64()),
            "cause": pa.array([one.cause for one in rows], pa.string()),
            "born_on": pa.array(
                [one.born_on.isoformat() if one.born_on else "" for one in rows], pa.string()
            ),
            "explanation": pa.array([one.explanation for one in rows], pa.string()),
            "lives_here": pa.array([one.lives_here for one in rows], pa.float64()),
            "nearest_record_id": pa.array(
                [named.by_record[one.nearest] if one.nearest else "" for one in rows], pa.string()
            ),
        }
    )


def _links(found: Found, named: _Names) -> pa.Table:
    return pa.table(
        {
            "record_id_a": named.all.take(found.links["uid_a"]),
            "record_id_b": named.all.take(found.links["uid_b"]),
            "probability": found.links["probability"],
            "explanation": found.links["explanation"],
        }
    )


def _people(found: Found, named: _Names) -> pa.Table:
    _, number = np.unique(found.people, return_inverse=True)
    return pa.table(
        {
            "record_id": named.all,
            "person": pc.binary_join_element_wise(
                pa.scalar("p"), pa.array((number.ravel() + 1).astype(str)), ""
            ),
        }
    )


def _table(path: Path, table: pa.Table) -> None:
    beside = path.with_suffix(".part")
    pyarrow.csv.write_csv(table, beside, pyarrow.csv.WriteOptions(quoting_style="needed"))
    os.replace(beside, path)


def _text(path: Path, text: str) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)
