"""The same search on DuckDB and on Spark: the same people, and what each costs.

    python -m bench.find_missing.alike DIR …

Spark has to be installed (`onroll[spark]`, Java 17); it runs on this machine with two cores.
"""

import argparse
import time
from datetime import date
from pathlib import Path

import numpy as np

from bench.find_missing.scoring import pairs_in
from bench.find_missing.truth import lists_of
from onroll.matching.engines import opened
from onroll.matching.find import Found, find_missing

_HEAD = """| authority | records | engine | people | pairs of one child | of them on both \
| listed | of them on both | largest difference of a probability | s |
|---|---:|---|---:|---:|---:|---:|---:|---:|---:|"""


def main() -> None:
    """Search each folder on both engines and print how alike the answers are."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    asking.add_argument("--on", type=date.fromisoformat, default=date(2026, 10, 1))
    given = asking.parse_args()
    print(_HEAD, flush=True)
    for folder in given.folders:
        sources = lists_of(folder)
        ran: dict[str, tuple[Found, float]] = {}
        for name in ("duckdb", "local[2]"):
            began = time.monotonic()
            with opened(name) as engine:
                found = find_missing(sources, on=given.on, engine=engine)
            ran[name] = found, time.monotonic() - began
        for name, (found, seconds) in ran.items():
            print(_row(folder.name, name, found, seconds, [f for f, _ in ran.values()]), flush=True)


def _row(folder: str, name: str, found: Found, seconds: float, both: list[Found]) -> str:
    links = pairs_in(found.people)
    common = pairs_in(np.unique(np.column_stack([f.people for f in both]), axis=0,
                                return_inverse=True)[1].ravel())  # fmt: skip
    listed = [{one.records: one.probability for one in f.candidates} for f in both]
    shared = listed[0].keys() & listed[1].keys()
    furthest = max((abs(listed[0][who] - listed[1][who]) for who in shared), default=0.0)
    return (
        f"| {folder} | {len(found.people):,} | {name} | {len(np.unique(found.people)):,} "
        f"| {links:,} | {common / links:.4%} | {len(found.candidates):,} | {len(shared):,} "
        f"| {furthest:.2f} | {seconds:,.0f} |"
    )


if __name__ == "__main__":
    main()
