"""python -m bench.authority --children 60000 --seed 1 --noise usual --on 2026-10-01 --out DIR"""

import argparse
import resource
import time
from dataclasses import fields
from datetime import date
from pathlib import Path

from bench.authority.making import make
from bench.authority.noise import LEVELS
from bench.authority.people import Shares


def main() -> None:
    """Read the arguments, make the authority, and say what was made."""
    parser = argparse.ArgumentParser(prog="python -m bench.authority", description=__doc__)
    parser.add_argument("--children", type=int, default=60_000, help="how many live there")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", choices=LEVELS, default="usual")
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 10, 1))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--all-sources", action="store_true", help="ten lists instead of five")
    parser.add_argument("--csv", action="store_true", help="CSV instead of Parquet")
    for share in fields(Shares):
        parser.add_argument(
            f"--{share.name.replace('_', '-')}-rate",
            dest=share.name,
            type=float,
            default=share.default,
            help=f"see README.md (default {share.default})",
        )
    asked = parser.parse_args()
    started = time.perf_counter()
    made = make(
        asked.children, asked.seed, asked.noise, asked.on, asked.out,
        all_sources=asked.all_sources, csv=asked.csv,
        shares=Shares(**{share.name: getattr(asked, share.name) for share in fields(Shares)}),
    )  # fmt: skip
    for name, records in made.records.items():
        print(f"{records:>10,}  {name}")
    print(f"{sum(made.records.values()):>10,}  records of {made.people:,} people")
    print(f"{made.children:>10,}  live here")
    print(f"{made.missing:>10,}  are missing")
    print(f"{made.in_no_education_source:>10,}  live here, of age, in no education list")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    print(f"{time.perf_counter() - started:>10.1f}  seconds, {peak:.2f} GB at most")


if __name__ == "__main__":
    main()
