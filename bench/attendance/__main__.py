"""Measure one school year with every method, and ours on more, and print how they stand.

python -m bench.attendance --year DIR --keep DIR [--peers DIR] [--years DIR …]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.attendance.one import METHODS
from bench.attendance.pairs import OURS, Compared, compared
from bench.attendance.processes import ROOT, run

# These take minutes: once is enough to see by how much.
_SLOW = ("PostgreSQL, SQL", "OnRoll on Spark")


def main() -> None:
    """Measure and print."""
    asking = argparse.ArgumentParser(prog="python -m bench.attendance", description=__doc__)
    asking.add_argument(
        "--year", type=Path, required=True, help="by bench.attendance.authority_year"
    )
    asking.add_argument("--keep", type=Path, required=True, help="where what was measured is kept")
    asking.add_argument("--years", type=Path, nargs="*", default=[], help="more school years")
    asking.add_argument("--peers", default="", help="where pip installed the peers with --target")
    asking.add_argument("--rounds", type=int, default=5)
    asking.add_argument("--limit", type=float, default=3600, help="seconds for one run")
    asking.add_argument("--method", action="append", choices=sorted(METHODS), help="all if none")
    given = asking.parse_args()
    given.keep.mkdir(parents=True, exist_ok=True)
    size = sum(path.stat().st_size for path in given.year.iterdir()) / 1e6
    print(f"{given.year.name}: {size:.1f} MB in {len(list(given.year.iterdir()))} files\n")
    rows = [
        compared(
            method, given.year, given.keep,
            rounds=1 if method in _SLOW else given.rounds, peers=given.peers, limit=given.limit,
        )
        for method in given.method or METHODS if method != OURS
    ]  # fmt: skip
    print(_side_by_side(rows), flush=True)
    if given.years:
        print(_growth(given.year, given.years, given.peers, given.limit), flush=True)
    print(_command(given.year, given.rounds), flush=True)


def _side_by_side(rows: list[Compared]) -> str:
    lines = [
        "| method | runs | s | CPU s | GB | s, ours beside it | CPU s, ours beside it "
        "| times ours, s | times ours, CPU s | answers |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    ours = [pair.ours for row in rows for pair in row.pairs]
    if ours:
        lines.append(
            f"| {OURS} | {len(ours)} | {median(r.seconds for r in ours):.2f} "
            f"| {median(r.processor for r in ours):.2f} "
            f"| {median(r.gigabytes for r in ours):.2f} | | | 1 | 1 | |"
        )
    for row in rows:
        if row.without:
            lines.append(f"| {row.peer} | {row.without} |" + " |" * 8)
            continue
        beside = [median(getattr(p.ours, w) for p in row.pairs) for w in ("seconds", "processor")]
        lines.append(
            f"| {row.peer} | {len(row.pairs)} | {row.median('seconds'):.1f} "
            f"| {_known(row.median('processor'), 1)} | {_known(row.median('gigabytes'), 2)} "
            f"| {beside[0]:.2f} | {beside[1]:.2f} "
            f"| {row.times('seconds'):.1f} | {_known(row.times('processor'), 1)} "
            f"| {'differ: ' + ', '.join(row.differs) if row.differs else 'equal'} |"
        )
    return "\n".join(lines) + "\n"


def _known(value: float, places: int) -> str:
    return f"{value:.{places}f}" if value else ""


def _growth(year: Path, years: list[Path], peers: str, limit: float) -> str:
    """Return what more school years cost, each by itself in a process of its own."""
    lines = ["| school years | s | CPU s | GB | CPU s a year |", "|---:|---:|---:|---:|---:|"]
    seconds, used, most = 0.0, 0.0, 0.0
    for n, folder in enumerate([year, *years], start=1):
        ran = run(OURS, folder, peers=peers, limit=limit)
        seconds, used = seconds + ran.seconds, used + ran.processor
        most = max(most, ran.gigabytes)
        lines.append(f"| {n} | {seconds:.1f} | {used:.1f} | {most:.2f} | {used / n:.2f} |")
    return "\n".join(lines) + "\n"


def _command(year: Path, rounds: int) -> str:
    """Return how long the command takes with its tables and its page."""
    took = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as out:
            words = [str(Path(sys.executable).with_name("onroll")), "measure-absence"]
            began = time.monotonic()
            subprocess.run(
                [*words, "--marks", str(year), "--out", out],
                cwd=ROOT, check=True, capture_output=True,
            )  # fmt: skip
            took.append(time.monotonic() - began)
    return (
        f"onroll measure-absence with its tables and page: {median(took):.1f} s "
        f"({min(took):.1f} to {max(took):.1f})."
    )


if __name__ == "__main__":
    main()
