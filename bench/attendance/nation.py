"""One authority after another in one process, each forgotten before the next: rate and memory.

    python -m bench.attendance.nation [--authorities 17] [--pupils 56400]

Each is made in a process of its own and thrown away when it is measured, so that nothing but what
was counted would stay; of that only totals are kept, as in a table of authorities.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.attendance.processes import ROOT
from onroll.marks import tables
from onroll.marks.engines import here

_NATION = 3_400_000_000


def main() -> None:
    """Measure and print a table."""
    asking = argparse.ArgumentParser(prog="python -m bench.attendance.nation")
    asking.add_argument("--authorities", type=int, default=17)
    asking.add_argument("--pupils", type=int, default=56_400)
    given = asking.parse_args()
    print("| authorities | marks | s | CPU s | million marks a CPU s | GB now | GB at most |")
    print("|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    marks, seconds, used = 0, 0.0, 0.0
    for seed in range(1, given.authorities + 1):
        with tempfile.TemporaryDirectory() as place:
            words = [sys.executable, "-m", "bench.attendance.authority_year", "--out", place]
            words += ["--seed", str(seed), "--pupils", str(given.pupils)]
            subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
            began, processor = time.monotonic(), time.process_time()
            measured = here(Path(place))
            tables.authority(tables.Enrolments.of(measured.schools))
            seconds += time.monotonic() - began
            used += time.process_time() - processor
        marks += measured.rows
        del measured
        rate = marks / used / 1e6
        print(
            f"| {seed} | {marks:,} | {seconds:.1f} | {used:.1f} | {rate:.1f} "
            f"| {_memory('VmRSS'):.2f} | {_memory('VmHWM'):.2f} |",
            flush=True,
        )
    print(f"\n{_NATION:,} marks at this rate: {_NATION / marks * used / 60:.1f} CPU minutes.")


def _memory(what: str) -> float:
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(s for s in status.splitlines() if s.startswith(what)).split()[1]) / 1e6


if __name__ == "__main__":
    main()
