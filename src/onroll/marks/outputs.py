"""Writes what was measured: tables for programs, a page for people."""

import csv
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from onroll.marks import tables
from onroll.marks.measuring import Measured
from onroll.marks.pupils import NOT_GIVEN

_OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Every table of one run; `groups` says of each enrolment its value in each breakdown."""

    pupils: pa.Table
    schools: pa.Table
    authority: pa.Table
    codes: pa.Table
    breakdowns: pa.Table
    weeks: pa.Table
    alerts: pa.Table
    groups: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls, measured: Sequence[Measured], groups: Mapping[str, Mapping[str, str]]
    ) -> "Findings":
        """Make the tables; `groups` has for each name a value for each pupil that has one."""
        enrolments = tables.Enrolments.of(measured)
        labels = {"year_group": [group or NOT_GIVEN for group in enrolments.year_group]}
        for name, values in groups.items():
            labels[name] = [values.get(pupil, NOT_GIVEN) for pupil in enrolments.pupil_id]
        return cls(
            pupils=enrolments.table(),
            schools=tables.by_label(enrolments, enrolments.school, "school"),
            authority=tables.authority(enrolments),
            codes=tables.codes(measured),
            breakdowns=_breakdowns(measured, enrolments, labels),
            weeks=tables.weeks(measured),
            alerts=tables.alerts(measured),
            groups=labels,
        )


def _breakdowns(
    measured: Sequence[Measured],
    of: tables.Enrolments,
    labels: Mapping[str, Sequence[str]],
) -> pa.Table:
    found = {name: tables.by_label(of, each, "value") for name, each in labels.items()}
    found["term"] = tables.by_term(measured)
    found |= tables.weekdays(measured)
    named = [
        table.add_column(0, "by", pa.array([name] * table.num_rows, pa.string()))
        for name, table in found.items()
    ]
    return pa.concat_tables(named, promote_options="default")


def write(
    folder: Path, found: Findings, rejects: Iterable[tuple[str, int, str]], page: str
) -> None:
    """Write every file beside its place and then move it there, so that none is half a file."""
    _put(folder / "pupils.parquet", lambda at: pyarrow.parquet.write_table(found.pupils, at))
    for name in ("schools", "authority", "codes", "breakdowns", "weeks", "alerts"):
        _put(folder / f"{name}.csv", partial(_csv, getattr(found, name)))
    _put(folder / "rejects.csv", lambda at: _rejects(rejects, at))
    _put(folder / "report.html", lambda at: at.write_text(page, "utf-8"))


def _csv(table: pa.Table, at: Path) -> None:
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(table, at, options)


def _rejects(rejects: Iterable[tuple[str, int, str]], at: Path) -> None:
    with at.open("w", encoding="utf-8", newline="") as opened:
        written = csv.writer(opened)
        written.writerow(("row", "why", "file"))
        written.writerows((row, why, file) for file, row, why in rejects)


def _put(path: Path, write: Callable[[Path], object]) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        write(beside)
        beside.chmod(_OWNER_ALONE)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
