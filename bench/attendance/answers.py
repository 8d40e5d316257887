"""What every method answers, in tables that can be held against one another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_WHO = [("school", pa.string()), ("pupil_id", pa.string())]
_COUNTED = [(name, pa.int64()) for name in ("present", "authorised", "unauthorised")]
# Rows in which nothing was counted are left out, but of `pupils`, which has everybody.
TABLES = {
    "pupils": pa.schema([*_WHO, *_COUNTED, ("persistent", pa.bool_()), ("severe", pa.bool_())]),
    "codes": pa.schema([*_WHO, ("code", pa.string()), ("sessions", pa.int64())]),
    "weeks": pa.schema([*_WHO, ("week", pa.date32()), *_COUNTED]),
    "weekdays": pa.schema(
        [("school", pa.string()), ("weekday", pa.int64()), ("session", pa.string()), *_COUNTED]
    ),
    "alerts": pa.schema([*_WHO, ("alert", pa.string()), ("first_on", pa.date32())]),
}

Answer = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Done:
    """What a method found, to be made into an answer after the clock has stopped.

    Where only a part of its work counts, or it works in other processes, it says what that cost;
    0 where it cannot be known.
    """

    answer: Callable[[], Answer]
    seconds: float | None = None
    processor: float | None = None


def write(answer: Answer, folder: Path) -> None:
    """Keep an answer, each table in the order of its columns."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in TABLES.items():
        table = answer[name].select(schema.names).cast(schema)
        table = table.sort_by([(column, "ascending") for column in schema.names])
        pq.write_table(table, folder / f"{name}.parquet")


def differences(one: Path, other: Path) -> list[str]:
    """Say which tables of two answers differ."""
    found = []
    for name in TABLES:
        ours, theirs = (pq.read_table(folder / f"{name}.parquet") for folder in (one, other))
        if not ours.equals(theirs):
            found.append(f"{name} ({ours.num_rows:,} and {theirs.num_rows:,} rows)")
    return found
