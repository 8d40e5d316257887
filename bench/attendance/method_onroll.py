"""Ours, as `onroll measure-absence` measures before it writes tables."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.attendance.answers import Answer, Done
from onroll.marks.engines import Measures, named


def run(folder: Path) -> Done:
    """Measure on this machine."""
    return _done(named("duckdb")(folder))


def on_spark(folder: Path) -> Done:
    """Measure with Spark on two cores."""
    return replace(_done(named("local[2]")(folder)), processor=0)


def _done(measured: Measures) -> Done:
    return Done(lambda: _tables(measured))


def _tables(measured: Measures) -> Answer:
    """Turn arrays into rows; nobody's clock is running."""
    import pyarrow as pa

    from onroll.marks import tables
    from onroll.marks.alphabet import KEYS

    pupils = tables.Enrolments.of(measured.schools).table()
    names = np.array([f"{s}|{p}" for s, p in zip(
        pupils["school"].to_pylist(), pupils["pupil_id"].to_pylist(), strict=True)])  # fmt: skip

    def who(places: Any) -> dict[str, Any]:
        split = np.char.partition(names[places], "|")
        return {"school": split[:, 0], "pupil_id": split[:, 2]}

    codes = np.concatenate([one.by_code for one in measured.schools])
    pupil, code = np.nonzero(codes)
    weeks = [pa.table({**who(at), "week": pa.array(monday, pa.int32()).cast(pa.date32()),
             "present": a, "authorised": b, "unauthorised": c})
             for at, monday, (a, b, c) in _weeks(measured)]  # fmt: skip
    weekdays = [
        {"school": one.school, "weekday": day + 1, "session": ("AM", "PM")[half],
         "present": int(c[0]), "authorised": int(c[1]), "unauthorised": int(c[2])}
        for one in measured.schools for day in range(7) for half in range(2)
        if (c := one.by_weekday[:, day, half]).any()
    ]  # fmt: skip
    found = tables.alerts(measured.schools)
    return {
        "pupils": pupils,
        "codes": pa.table(
            {**who(pupil), "code": np.array(KEYS)[code], "sessions": codes[pupil, code]}
        ),
        "weeks": pa.concat_tables(weeks),
        "weekdays": pa.Table.from_pylist(weekdays),
        "alerts": found,
    }


def _weeks(measured: Measures) -> Iterator[tuple[Any, Any, Any]]:
    first = 0
    for one in measured.schools:
        pupil, week = np.nonzero(one.by_week.any(axis=0))
        yield first + pupil, one.mondays[week], one.by_week[:, pupil, week]
        first += len(one.pupils)
