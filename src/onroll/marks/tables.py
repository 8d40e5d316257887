"""Puts what was counted of many schools into tables: by pupil, school, week, code and group.

Rates are in percent and not rounded. A pupil of two schools is two enrolments, as in the published
statistics; whoever had no possible session is in no share of persistent or severe absence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from onroll.marks.alphabet import (
    AUTHORISED,
    COUNTED,
    COUNTS_AS,
    KEYS,
    NOT_POSSIBLE,
    PRESENT,
    UNAUTHORISED,
    Booleans,
    Numbers,
    day_of,
)
from onroll.marks.measuring import Measured
from onroll.marks.register import SESSIONS
from onroll.marks.shares import PERSISTENT, SEVERE, missed_at_least
from onroll.marks.terms import TERMS, terms_of
from onroll.statute.codes.attendance import ATTENDANCE_CODES

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORDS = (*COUNTED, "not_possible")


@dataclass(frozen=True, slots=True, eq=False)
class Enrolments:
    """Every pupil of every school, once a school, with what was counted.

    `counts` is (present, authorised, unauthorised) × enrolments, in sessions.
    """

    pupil_id: Sequence[str]
    school: Sequence[str]
    year_group: Sequence[str]
    counts: Numbers

    @classmethod
    def of(cls, measured: Sequence[Measured]) -> "Enrolments":
        """Put schools one after the other."""
        return cls(
            [pupil for one in measured for pupil in one.pupils],
            [one.school for one in measured for _ in one.pupils],
            [group for one in measured for group in one.year_groups],
            np.concatenate([one.counts for one in measured], axis=1)
            if measured
            else np.zeros((len(COUNTED), 0), dtype=np.int32),
        )

    @property
    def possible(self) -> Numbers:
        """How many sessions each could have attended."""
        return np.asarray(self.counts.sum(axis=0))

    @property
    def missed(self) -> Numbers:
        """How many of those each missed."""
        return np.asarray(self.counts[AUTHORISED] + self.counts[UNAUTHORISED])

    @property
    def persistent(self) -> Booleans:
        """Whether each missed a tenth or more."""
        return missed_at_least(self.missed, self.possible, PERSISTENT)

    @property
    def severe(self) -> Booleans:
        """Whether each missed half or more."""
        return missed_at_least(self.missed, self.possible, SEVERE)

    def table(self) -> pa.Table:
        """One row an enrolment; the rate is null without a possible session."""
        return pa.table(
            {
                "pupil_id": pa.array(self.pupil_id, pa.string()),
                "school": pa.array(self.school, pa.string()),
                "possible": self.possible,
                **dict(zip(COUNTED, self.counts, strict=True)),
                "absence_rate": _percent(self.missed, self.possible),
                "persistent": self.persistent,
                "severe": self.severe,
                "year_group": pa.array(self.year_group, pa.string()),
            }
        )


def _percent(part: Numbers, whole: Numbers) -> Any:
    """Return shares in percent, null where there is no whole."""
    is_any = whole > 0
    return pa.array(100.0 * part / np.where(is_any, whole, 1), mask=~is_any)


def by_label(of: Enrolments, labels: Sequence[str], named: str) -> pa.Table:
    """Sum enrolments by a label each has; one row a label, in order: 9 before 10."""
    different = sorted(set(labels), key=_in_order)
    place = {label: n for n, label in enumerate(different)}
    group = np.array([place[label] for label in labels], dtype=np.intp)
    return _summed(of, group, {named: different})


def _in_order(label: str) -> tuple[bool, int, str]:
    is_number = label.isascii() and label.isdecimal()
    return not is_number, int(label) if is_number else 0, label


def authority(of: Enrolments) -> pa.Table:
    """Sum all enrolments: one row."""
    schools = len(set(of.school))
    return _summed(of, np.zeros(len(of.pupil_id), dtype=np.intp), {"schools": [schools]})


def _summed(of: Enrolments, group: Numbers, first: Mapping[str, Sequence[Any]]) -> pa.Table:
    size = len(next(iter(first.values())))

    def sums(values: Numbers | Booleans) -> Numbers:
        # Sums stay whole: a float of 64 bits holds every number of sessions exactly.
        return np.bincount(group, weights=values, minlength=size).astype(np.int64)

    counts = np.array([sums(values) for values in of.counts])
    pupils = sums(of.possible > 0)
    persistent, severe = sums(of.persistent), sums(of.severe)
    return pa.table(
        {
            **{name: pa.array(values) for name, values in first.items()},
            "pupils": pupils,
            **_counted(counts),
            "persistent": persistent,
            "persistent_rate": _percent(persistent, pupils),
            "severe": severe,
            "severe_rate": _percent(severe, pupils),
        }
    )


def _counted(counts: Numbers) -> dict[str, Any]:
    """Return the columns of sessions and their rates; `counts` is COUNTED × rows."""
    possible = counts.sum(axis=0)
    missed = counts[AUTHORISED] + counts[UNAUTHORISED]
    return {
        "possible": possible,
        **dict(zip(COUNTED, counts, strict=True)),
        "attendance_rate": _percent(counts[PRESENT], possible),
        "absence_rate": _percent(missed, possible),
        "authorised_rate": _percent(counts[AUTHORISED], possible),
        "unauthorised_rate": _percent(counts[UNAUTHORISED], possible),
    }


def weeks(measured: Sequence[Measured]) -> pa.Table:
    """Sum every school's weeks by their Monday; pupils are those with a possible session in it."""
    mondays = np.unique(np.concatenate([one.mondays for one in measured]))
    counts = np.zeros((len(COUNTED), len(mondays)), dtype=np.int64)
    pupils = np.zeros(len(mondays), dtype=np.int64)
    for one in measured:
        at = np.searchsorted(mondays, one.mondays)
        counts[:, at] += one.by_week.sum(axis=1, dtype=np.int64)
        pupils[at] += one.by_week.any(axis=0).sum(axis=0)
    days = pa.array([day_of(monday) for monday in mondays], pa.date32())
    return pa.table({"week": days, "pupils": pupils, **_counted(counts)})


def weekdays(measured: Sequence[Measured]) -> dict[str, pa.Table]:
    """Sum sessions by weekday, and by the half of the day; days without any are left out."""
    counts = np.zeros((len(COUNTED), len(WEEKDAYS), len(SESSIONS)), dtype=np.int64)
    for one in measured:
        counts += one.by_weekday
    by_day, by_half = counts.sum(axis=2), counts.sum(axis=1)
    met = np.flatnonzero(by_day.sum(axis=0))
    return {
        "weekday": pa.table({"value": [WEEKDAYS[n] for n in met], **_counted(by_day[:, met])}),
        "session": pa.table({"value": list(SESSIONS), **_counted(by_half)}),
    }


def by_term(measured: Sequence[Measured]) -> pa.Table:
    """Sum each term; shares of persistent and severe absence are those of the term's sessions."""
    parts: dict[tuple[int, str], list[Numbers]] = {}
    for one in measured:
        found = terms_of([day_of(monday) for monday in one.mondays.tolist()])
        for key in dict.fromkeys(found):
            weeks_of = [n for n, each in enumerate(found) if each == key]
            parts.setdefault(key, []).append(one.by_week[:, :, weeks_of].sum(axis=2, dtype=int))
    years = {year for year, _ in parts}
    tables = []
    for year, term in sorted(parts, key=lambda each: (each[0], TERMS.index(each[1]))):
        counts = np.concatenate(parts[year, term], axis=1)
        nobody = [""] * counts.shape[1]
        label = term if len(years) == 1 else f"{term} {year}/{(year + 1) % 100:02d}"
        of = Enrolments(nobody, nobody, nobody, counts)
        tables.append(_summed(of, np.zeros(len(nobody), dtype=np.intp), {"value": [label]}))
    return pa.concat_tables(tables) if tables else pa.table({"value": pa.array([], pa.string())})


def codes(measured: Sequence[Measured]) -> pa.Table:
    """Sum sessions by code, in the order of the national list; codes without any are left out."""
    total = np.zeros(len(KEYS), dtype=np.int64)
    for one in measured:
        total += one.by_code.sum(axis=0, dtype=np.int64)
    counts_as = np.frombuffer(COUNTS_AS, dtype=np.uint8)[: len(KEYS)]
    is_possible = counts_as < NOT_POSSIBLE
    possible = np.where(is_possible, total[is_possible].sum(), 0)
    found = np.flatnonzero(total)
    return pa.table(
        {
            "code": [KEYS[n] for n in found],
            "title": [ATTENDANCE_CODES[KEYS[n]].title for n in found],
            "counts_as": [_WORDS[counts_as[n]] for n in found],
            "sessions": total[found],
            "percent_of_possible": _percent(total[found], possible[found]),
        }
    )


def alerts(measured: Sequence[Measured]) -> pa.Table:
    """Every alert of every school: by school, pupil and the order of kinds."""
    rows: list[tuple[str, str, int, str, int, str]] = []
    for one in measured:
        for order, found in enumerate(one.alerts):
            rows += (
                (one.school, one.pupils[pupil], order, found.kind, on, says)
                for pupil, on, says in zip(
                    found.pupil.tolist(), found.first_on.tolist(), found.details(), strict=True
                )
            )
    rows.sort(key=lambda row: row[:3])
    schools, pupils, _, kinds, days, says = zip(*rows, strict=True) if rows else ((),) * 6
    return pa.table(
        {
            "pupil_id": pa.array(pupils, pa.string()),
            "school": pa.array(schools, pa.string()),
            "alert": pa.array(kinds, pa.string()),
            "first_on": pa.array(days, pa.int32()).cast(pa.date32()),
            "detail": pa.array(says, pa.string()),
        }
    )
