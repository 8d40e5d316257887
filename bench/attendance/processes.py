"""A method in a process of its own: its seconds, its processor's seconds and its peak memory."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.attendance.one import METHODS

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run cost, from the start of the process on, or why there is no answer."""

    method: str
    seconds: float = 0
    processor: float = 0
    gigabytes: float = 0
    without: str = ""


def run(method: str, folder: Path, *, peers: str, limit: float, out: Path | None = None) -> Ran:
    """Run a method; its answer goes to `out`. `peers` is where packages not of the project are."""
    _, _, needs = METHODS[method]
    there = os.listdir(peers) if peers else []
    lacking = [p for p in needs if importlib.util.find_spec(p) is None and p not in there]
    if lacking:
        return Ran(method, without=f"not installed: {', '.join(lacking)}")
    path = os.pathsep.join([str(ROOT), *([peers] if set(needs) & set(there) else [])])
    words = [sys.executable, "-m", "bench.attendance.one", method, str(folder), str(out or "-")]
    began = time.monotonic()
    try:
        done = subprocess.run(
            words,
            env={**os.environ, "PYTHONPATH": path},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return Ran(method, without=f"not done in {limit:,.0f} s")
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return Ran(method, without=f"failed: {lines[-1][:120] if lines else done.returncode}")
    cost = json.loads(done.stdout.strip().splitlines()[-1])
    seconds = cost["seconds"] or cost["ended"] - began
    return Ran(method, seconds, cost["processor"], cost["gigabytes"])
