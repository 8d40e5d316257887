"""Run every method on the same authorities, one after another, and print how they stand.

python -m bench.find_missing --closed DIR … --open DIR … --peers DIR --keep DIR
"""

import argparse
from pathlib import Path

from bench.find_missing import answers, open_world, tables
from bench.find_missing.one import METHODS
from bench.find_missing.processes import Ran, run
from bench.find_missing.truth import world


def main() -> None:
    """Measure and print."""
    asking = argparse.ArgumentParser(prog="python -m bench.find_missing", description=__doc__)
    asking.add_argument("--closed", type=Path, action="append", default=[], metavar="DIR")
    asking.add_argument("--open", type=Path, action="append", default=[], metavar="DIR")
    asking.add_argument("--growth", type=Path, action="append", default=[], metavar="DIR")
    asking.add_argument("--peers", help="where pip installed the peers with --target")
    asking.add_argument("--keep", type=Path, required=True, help="where the answers are kept")
    asking.add_argument("--on", default="2026-10-01")
    asking.add_argument("--limit", type=float, default=600, help="seconds for one method")
    asking.add_argument("--method", action="append", choices=sorted(METHODS), help="all if none")
    given = asking.parse_args()

    def ran(method: str, folder: Path) -> tuple[Ran, Path]:
        out = given.keep / folder.name / method.replace(" ", "-").replace(",", "")
        done = run(method, folder, given.on, out, limit=given.limit, peers=given.peers)
        return done, out

    calibrated = []
    for folder in given.closed:
        truth = world(folder)
        rows = []
        for method in given.method or METHODS:
            done, out = ran(method, folder)
            answer = None if done.without else answers.read(out)
            rows.append((done, answer))
            if answer and method == "OnRoll":
                calibrated.append((truth, answer))
        print(tables.side_by_side(truth, rows), flush=True)
    if calibrated:
        print(tables.calibration(calibrated), flush=True)
    opened = []
    for folder in given.open:
        done, out = ran("OnRoll", folder)
        if done.without:
            print(f"{folder.name}: {done.without}")
        else:
            opened.append((world(folder), answers.read(out)))
    if opened:
        print(open_world.tables(opened), flush=True)
    grown = []
    for folder in given.growth:
        done, out = ran("OnRoll", folder)
        grown.append((folder.name, done, None if done.without else answers.read(out)))
    if grown:
        print(tables.growth(grown), flush=True)


if __name__ == "__main__":
    main()
