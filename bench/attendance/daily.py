"""One more day of every school into the store, late in the year, when its files are largest.

python -m bench.attendance.daily --year DIR
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from onroll.marks.store import LAYOUT, Store

_LAST_DAYS = 15


def main() -> None:
    """Fill a store, add a day, and say what that cost."""
    asking = argparse.ArgumentParser(prog="python -m bench.attendance.daily")
    asking.add_argument("--year", type=Path, required=True)
    given = asking.parse_args()
    days = pq.read_table(given.year, columns=["on"]).group_by("on").aggregate([([], "count_all")])
    late = days.sort_by("on").slice(len(days) - _LAST_DAYS).to_pylist()
    busiest = max(late, key=lambda row: row["count_all"])["on"]
    with tempfile.TemporaryDirectory() as place:
        store = Store(place)
        new = []
        for path in sorted(given.year.iterdir()):
            marks = pq.read_table(path).cast(LAYOUT)
            before = marks.filter(pc.less(marks["on"], busiest))
            store.put(before, recorded_at=datetime(2026, 7, 1, tzinfo=UTC))
            own = marks.filter(pc.equal(marks["on"], busiest))
            new += [own] if own.num_rows else []
        began, used = time.monotonic(), time.process_time()
        for marks in new:
            store.put(marks, recorded_at=datetime(2026, 7, 2, tzinfo=UTC))
        seconds, processor = time.monotonic() - began, time.process_time() - used
        size = sum(path.stat().st_size for path in Path(place).rglob("*.parquet")) / 1e6
    print(
        f"{sum(len(marks) for marks in new):,} marks of {busiest} into {len(new)} schools: "
        f"{seconds:.1f} s, {processor:.1f} CPU s; the store has {size:.1f} MB"
    )


if __name__ == "__main__":
    main()
