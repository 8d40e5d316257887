"""Runs one method on one authority, in a process of its own, and keeps its answer."""

import importlib
import resource
import sys
from datetime import date
from pathlib import Path

# What a method is called: its module and function, and the packages it needs besides ours.
METHODS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "OnRoll": ("method_onroll", "run", ()),
    "exact join on UPN": ("method_rules", "by_upn", ()),
    "deterministic rules": ("method_rules", "by_rules", ()),
    "Splink 5, its defaults": ("method_splink", "run", ()),
    "recordlinkage, ECM": ("method_recordlinkage", "run", ("recordlinkage", "pandas")),
    "dedupe, 400 labels": ("method_dedupe", "run", ("dedupe",)),
}


def main() -> None:
    """Arguments: the method, the authority's folder, the day, the folder of the answer."""
    method, folder, on, out = sys.argv[1:]
    module, function, _ = METHODS[method]
    work = getattr(importlib.import_module(f"bench.find_missing.{module}"), function)
    work(Path(folder), date.fromisoformat(on)).write(Path(out))
    (Path(out) / "peak").write_text(str(_peak()), "utf-8")


def _peak() -> int:
    """Return the most memory that this process had, in bytes, without what it was started from."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(s for s in status.read_text("utf-8").splitlines() if s.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
