"""Writes what a search found: tables for programs, a page for people."""

import json
import os
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from onroll.matching.candidates import Candidate
from onroll.matching.find import Found
from onroll.matching.records import is_a_name
from onroll.matching.report import page
from onroll.matching.sources import Source

# What somebody needs to look for a person: each group from one record, the newest that has it.
_WHO = (("given_name", "family_name"), ("house", "street", "postcode"))
_WRITTEN = ("missing.csv", "links.csv", "people.csv", "run.json", "report.html")


def write(folder: Path, sources: Sequence[Source], found: Found) -> Path | None:
    """Write every file beside its place and then move it there, so that none is half a file.

    What an earlier search left, perhaps with somebody's notes in it, is moved to a folder of its
    own, which is returned.
    """
    kept = _put_by(folder)
    named = _Names(sources)
    _table(folder / "missing.csv", _missing(sources, found, named))
    _table(folder / "links.csv", _links(found, named))
    _table(folder / "people.csv", _people(found, named))
    _text(folder / "run.json", json.dumps(found.run, indent=2, ensure_ascii=False) + "\n")
    _text(folder / "report.html", page(found))
    return kept


def _put_by(folder: Path) -> Path | None:
    earlier = [folder / name for name in _WRITTEN if (folder / name).exists()]
    if not earlier:
        return None
    beside = next(at for n in count(1) if not (at := folder / f"earlier-{n}").exists())
    beside.mkdir()
    for path in earlier:
        os.replace(path, beside / path.name)
    return beside


def has_spaces(source: Source) -> bool:
    """Whether any record id of a list holds a space, by which record_ids are joined."""
    return bool(pc.any(pc.match_substring(source.table["record_id"], " ")).as_py())


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
        self.place = {pair: n for n, pair in enumerate(_pairs(sources))}

    def of(self, records: Sequence[tuple[str, str]]) -> list[str]:
        """Return what records are called, given as (source, record id)."""
        return [self.all[self.place[record]].as_py() for record in records]


def _pairs(sources: Sequence[Source]) -> list[tuple[str, str]]:
    return [
        (source.name, record)
        for source in sources
        for record in source.table["record_id"].to_pylist()
    ]


def _missing(sources: Sequence[Source], found: Found, named: _Names) -> pa.Table:
    rows = found.candidates
    texts = {
        "candidate_id": [one.id for one in rows],
        "record_ids": [" ".join(named.of(one.records)) for one in rows],
        "probability": [one.probability for one in rows],
        "cause": [one.cause for one in rows],
        "born_on": [one.born_on.isoformat() if one.born_on else "" for one in rows],
        "explanation": [one.explanation for one in rows],
        "lives_here": [one.lives_here for one in rows],
        "nearest_record_id": [
            " ".join(named.of([one.nearest] if one.nearest else [])) for one in rows
        ],
        "lists": ["; ".join(dict.fromkeys(name for name, _ in one.records)) for one in rows],
    }
    kinds = {"probability": pa.float64(), "lives_here": pa.float64()}
    table = pa.table({k: pa.array(v, kinds.get(k, pa.string())) for k, v in texts.items()})
    newest = sorted(sources, key=lambda source: source.as_at, reverse=True)
    order = {source.name: n for n, source in enumerate(newest)}
    whole = pa.concat_tables([source.table for source in sources])
    for names in _WHO:
        told = [_newest_told(one, named, order, whole, names) for one in rows]
        for n, name in enumerate(names):
            column = pa.array([values[n] for values in told], pa.string())
            table = table.append_column(name, harmless(column))
    return table


def _newest_told(
    one: Candidate,
    named: _Names,
    order: Mapping[str, int],
    whole: pa.Table,
    columns: Sequence[str],
) -> list[str]:
    """Return columns of one record: the newest with a name, or with a street or postcode."""
    newest = sorted(one.records, key=lambda record: order[record[0]])
    places = [named.place[record] for record in newest]
    told = [[whole[name][place].as_py() or "" for name in columns] for place in places]
    is_name = columns[0] == "given_name"
    says = [is_a_name(values[0]) if is_name else any(values[1:]) for values in told]
    return next((values for values, is_told in zip(told, says, strict=True) if is_told), told[0])


def harmless(column: Any) -> Any:
    """Return text that no spreadsheet takes for a formula."""
    runs = pc.match_substring_regex(column, r"^[=+\-@\t\r]")
    return pc.if_else(runs, pc.binary_join_element_wise(pa.scalar("'"), column, ""), column)


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
    _move(beside, path)


def _text(path: Path, text: str) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(text, "utf-8")
    _move(beside, path)


def _move(beside: Path, path: Path) -> None:
    # Children's names are for whoever searched, and for nobody else on a shared machine.
    beside.chmod(0o600)
    os.replace(beside, path)
