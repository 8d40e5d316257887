"""Counts the sessions of a register: for each pupil by code and by week, for the school by day."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onroll.marks.alerts import Alerts, alerts
from onroll.marks.alphabet import (
    CLOSED,
    COUNTED,
    COUNTS_AS,
    KEYS,
    NUMBER_OF,
    Days,
    Numbers,
    Small,
    told,
)
from onroll.marks.register import Register, weekdays

_WEEK_DAYS = 7
_USUAL = NUMBER_OF["/"], NUMBER_OF["\\"]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was counted of one school's register, and its alerts.

    `by_code` is pupils × codes of the alphabet; `by_week` (present, authorised, unauthorised) ×
    pupils × school weeks; `by_weekday` the same three × seven days from Monday × (AM, PM), of the
    whole school. All are numbers of sessions.
    """

    school: str
    pupils: Sequence[str]
    year_groups: Sequence[str]
    by_code: Numbers
    by_week: Small
    by_weekday: Numbers
    mondays: Days
    school_days: Days
    alerts: Sequence[Alerts]

    @property
    def counts(self) -> Numbers:
        """Sessions of each pupil: (present, authorised, unauthorised) × pupils."""
        found: Numbers = self.by_week.sum(axis=2, dtype=np.int32)
        return found


def measure(register: Register) -> Measured:
    """Count every measure of one school's register."""
    by_code = _by_code(register)
    counts_as = told(register.marks, COUNTS_AS)
    pupils, days = register.marks.shape[:2]
    begins = np.flatnonzero(np.diff(register.week, prepend=-1))
    weekday = weekdays(register.days)
    by_week = np.zeros((len(COUNTED), pupils, len(begins)), dtype=np.uint8)
    by_weekday = np.zeros((len(COUNTED), _WEEK_DAYS, 2), dtype=np.int32)
    for n in range(len(COUNTED)) if days else ():
        is_so = (counts_as == n).view(np.uint8)
        in_day = is_so[:, :, 0] + is_so[:, :, 1]
        by_week[n] = np.add.reduceat(in_day, begins, axis=1)
        np.add.at(by_weekday[n], weekday, is_so.sum(axis=0, dtype=np.int32))
    return Measured(
        register.school,
        register.pupils,
        register.year_groups,
        by_code,
        by_week,
        by_weekday,
        register.mondays,
        register.days,
        alerts(register, by_week, by_code),
    )


def _by_code(register: Register) -> Numbers:
    """Return pupils × codes: how many sessions carry each."""
    pupils, days = register.marks.shape[:2]
    sessions = register.marks.reshape(pupils, days * 2)
    # The last column is for whatever is no mark.
    by_code = np.zeros((pupils, len(KEYS) + 1), dtype=np.int32)
    is_other = np.ones(sessions.shape, dtype=np.bool_)
    # Nine sessions in ten carry one of two codes: those are counted by rows, the others one by one.
    for n in _USUAL:
        is_so = sessions == n
        by_code[:, n] = np.count_nonzero(is_so, axis=1)
        is_other ^= is_so
    other = np.flatnonzero(is_other)
    if len(other):
        code = np.minimum(sessions.reshape(-1)[other], len(KEYS))
        cell = other // (days * 2) * (len(KEYS) + 1) + code
        by_code += np.bincount(cell, minlength=by_code.size).reshape(by_code.shape)
    by_code[:, CLOSED] += register.closed
    return by_code[:, : len(KEYS)]
