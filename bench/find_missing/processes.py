"""A method in a process of its own: its seconds, its processor's seconds and its peak memory."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.find_missing.one import METHODS

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run cost, or why there is no answer."""

    method: str
    seconds: float
    processor: float
    gigabytes: float
    without: str = ""


def run(
    method: str, folder: Path, on: str, out: Path, *, limit: float, peers: str | None = None
) -> Ran:
    """Run a method; the answer is in `out`. `peers` is where packages not of the project are."""
    kept, peak = out / "ran.json", out / "peak"
    if kept.exists() and peak.exists():
        return Ran(**json.loads(kept.read_text("utf-8")))
    _, _, needs = METHODS[method]
    there = os.listdir(peers) if peers else []
    lacking = [p for p in needs if importlib.util.find_spec(p) is None and p not in there]
    if lacking:
        return Ran(method, 0, 0, 0, f"not installed: {', '.join(lacking)}")
    path = os.pathsep.join([str(ROOT), *([peers] if peers and needs else [])])
    out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with (out / "log").open("w", encoding="utf-8") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "bench.find_missing.one", method, str(folder), on, str(out)],
            env={**os.environ, "PYTHONPATH": path},
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        while True:
            ended, status, used = os.wait4(started.pid, os.WNOHANG)
            seconds = time.monotonic() - began
            if ended:
                break
            if seconds > limit:
                started.kill()
                _, _, used = os.wait4(started.pid, 0)
                status = -1
                break
            time.sleep(0.1)
    if status == -1:
        without = f"not done in {limit:,.0f} s"
    else:
        lines = (out / "log").read_text("utf-8").strip().splitlines()
        without = f"failed: {lines[-1][:120] if lines else status}" if status else ""
    processor = used.ru_utime + used.ru_stime
    memory = 0 if without else int(peak.read_text("utf-8"))
    ran = Ran(method, seconds, processor, memory / 1e9, without)
    if not without:
        kept.write_text(json.dumps(asdict(ran)), "utf-8")
    return ran
