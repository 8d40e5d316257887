"""What a register says that somebody must act on: lengths of absence, and shares of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onroll.marks.alphabet import (
    AUTHORISED,
    COUNTS_AS,
    NOT_POSSIBLE,
    PRESENT,
    UNAUTHORISED,
    Days,
    Numbers,
    Small,
    among,
    day_number,
    day_of,
    told,
)
from onroll.marks.register import Register
from onroll.marks.runs import Runs, in_a_year, unbroken
from onroll.marks.shares import LEAST_POSSIBLE, PERSISTENT, SEVERE, missed_at_least
from onroll.statute.ages import year_of_school_day
from onroll.statute.commencement import PENALTIES_2024
from onroll.statute.thresholds import (
    BESIDE_RETURN,
    BESIDE_SICKNESS,
    CLOSED,
    DELETION_CODES,
    PENALTY_CODES,
    PENALTY_SESSIONS,
    PENALTY_WEEKS,
    RETURN_CODES,
    SICKNESS_CODES,
)
from onroll.statute.writing import written

_SICK_DAYS = 15
_SICK = among(SICKNESS_CODES)
_PENALTY = among(PENALTY_CODES)
# Each length of absence: its key, how many school days, of which codes, past which others.
_LENGTHS = (
    ("absent_10_school_days", 10, among(RETURN_CODES), among(BESIDE_RETURN)),
    ("sickness_15_consecutive", _SICK_DAYS, _SICK, among(BESIDE_SICKNESS)),
    ("unexplained_20_school_days", 20, among(DELETION_CODES), among(CLOSED)),
)
_SHARES = (("persistent", PERSISTENT), ("severe", SEVERE))

KINDS = (
    "penalty_notice_threshold",
    "absent_10_school_days",
    "sickness_15_consecutive",
    "sickness_15_total",
    "unexplained_20_school_days",
    "persistent",
    "severe",
)


@dataclass(frozen=True, slots=True, eq=False)
class Alerts:
    """The alerts of one kind in one register, one a pupil: the first time the test was met.

    `pupil` is a place in the register's pupils, `first_on` the day on which the test was met,
    `since` the day on which what met it began and `last` the day of its last session so far.
    `missed` and `possible` are days for a length of absence, and sessions otherwise; for a share
    they are those up to `first_on`. `possible` is 0 where nothing is divided.
    """

    kind: str
    pupil: Numbers
    first_on: Days
    since: Days
    last: Days
    missed: Numbers
    possible: Numbers

    def __len__(self) -> int:
        return len(self.pupil)

    def details(self) -> Iterator[str]:
        """Say of each alert why it is there, in a sentence."""
        says = _SAYS[self.kind]
        for row in zip(
            self.since.tolist(),
            self.first_on.tolist(),
            self.last.tolist(),
            self.missed.tolist(),
            self.possible.tolist(),
            strict=True,
        ):
            yield says(*row)


def alerts(register: Register, by_week: Small, by_code: Numbers) -> tuple[Alerts, ...]:
    """Return the alerts of a register, in the order of KINDS.

    `by_week` is (present, authorised, unauthorised) × pupils × school weeks of the same register,
    `by_code` its pupils × codes.
    """

    half_days = int(np.count_nonzero(register.held.sum(axis=1) == 1))

    def with_sessions(n: int, codes: bytes) -> Numbers:
        is_one = np.frombuffer(codes, dtype=np.bool_)[: by_code.shape[1]]
        return np.flatnonzero(by_code[:, is_one].sum(axis=1) >= n)

    def with_days(n: int, codes: bytes) -> Numbers:
        # Few pupils have sessions enough for so many days, and only they are looked at.
        return with_sessions(2 * n - min(n, half_days), codes)

    found = {
        key: _firsts(key, unbroken(register, with_days(n, codes), codes, n, beside=beside))
        for key, n, codes, beside in _LENGTHS
    }
    years = np.array([year_of_school_day(day_of(on)) for on in register.days], dtype=np.int32)
    sick = in_a_year(register, with_days(_SICK_DAYS, _SICK), _SICK, _SICK_DAYS, years)
    found["sickness_15_total"] = _firsts("sickness_15_total", sick)
    often = with_sessions(PENALTY_SESSIONS, _PENALTY)
    found["penalty_notice_threshold"] = _penalty_threshold(register, often)
    found |= {one.kind: one for one in _shares(register, by_week)}
    return tuple(found[kind] for kind in KINDS)


def _firsts(kind: str, runs: Runs) -> Alerts:
    keep = _first_of_each(runs.pupil)
    none = np.zeros(len(keep), dtype=np.int32)
    return Alerts(
        kind,
        runs.pupil[keep],
        runs.reached_on[keep],
        runs.since[keep],
        runs.last[keep],
        runs.days[keep],
        none,
    )


def _first_of_each(pupil: Numbers) -> Numbers:
    """Return the places at which a new pupil begins, in rows that go by pupil."""
    return np.flatnonzero(np.diff(pupil, prepend=-1)).astype(np.int32)


def _penalty_threshold(register: Register, who: Numbers) -> Alerts:
    """Find who, of some pupils, missed ten sessions of G, N, O or U within any ten school weeks.

    None counts before 19 August 2024 (SI 2024/210, regulation 5).
    """
    cell = np.flatnonzero(told(register.marks[who], _PENALTY).view(np.bool_))
    day = cell // 2 % max(len(register.days), 1)
    is_counted = register.days[day] >= day_number(PENALTIES_2024)
    cell, day = cell[is_counted], day[is_counted]
    pupil = (cell // 2 // max(len(register.days), 1)).astype(np.int32)
    week, on = register.week[day], register.days[day]
    before = PENALTY_SESSIONS - 1
    is_met = np.zeros(len(pupil), dtype=np.bool_)
    is_met[before:] = (pupil[before:] == pupil[:-before]) & (
        week[before:] - week[:-before] < PENALTY_WEEKS
    )
    tenth = np.flatnonzero(is_met)
    tenth = tenth[_first_of_each(pupil[tenth])]
    total = np.bincount(pupil, minlength=len(who)).astype(np.int32)
    lasts = np.cumsum(total) - 1
    whose = pupil[tenth]
    return Alerts(
        "penalty_notice_threshold",
        who[whose].astype(np.int32),
        on[tenth],
        on[tenth - before],
        on[lasts[whose]],
        total[whose],
        np.zeros(len(tenth), dtype=np.int32),
    )


def _shares(register: Register, by_week: Small) -> Iterator[Alerts]:
    """Find whoever had missed a share of the sessions possible until then, after any session."""
    in_week = by_week[AUTHORISED] + by_week[UNAUTHORISED]
    missed = np.cumsum(in_week, axis=1, dtype=np.int32)
    possible = np.cumsum(in_week + by_week[PRESENT], axis=1, dtype=np.int32)
    # What was possible before a week began is the least that can be asked within it.
    before = np.zeros_like(possible)
    before[:, 1:] = possible[:, :-1]
    for kind, percent in _SHARES:
        could = missed_at_least(missed, np.maximum(before, LEAST_POSSIBLE), percent)
        whose = np.flatnonzero((could & (possible >= LEAST_POSSIBLE)).any(axis=1))
        yield _share(register, kind, percent, whose)


def _share(register: Register, kind: str, percent: int, whose: Numbers) -> Alerts:
    """Find the session by which each of some pupils had missed a share."""
    sessions = 2 * len(register.days)
    counts_as = told(register.marks[whose], COUNTS_AS).reshape(len(whose), sessions)
    is_possible = counts_as < NOT_POSSIBLE
    possible = np.cumsum(is_possible, axis=1, dtype=np.int32)
    missed = np.cumsum(is_possible & (counts_as > PRESENT), axis=1, dtype=np.int32)
    is_asked = is_possible & (possible >= LEAST_POSSIBLE)
    is_met = is_asked & missed_at_least(missed, possible, percent)
    row = np.flatnonzero(is_met.any(axis=1))
    at = is_met[row].argmax(axis=1) if len(row) else row
    first = is_possible[row].argmax(axis=1) if len(row) else row
    last = sessions - 1 - is_possible[row, ::-1].argmax(axis=1) if len(row) else row
    return Alerts(
        kind,
        whose[row].astype(np.int32),
        register.days[at // 2],
        register.days[first // 2],
        register.days[last // 2],
        missed[row, at],
        possible[row, at],
    )


@lru_cache(maxsize=4096)
def _on(day: int) -> str:
    return written(day_of(day))


def _says_penalty(since: int, first_on: int, last: int, missed: int, _: int) -> str:
    return (
        f"{PENALTY_SESSIONS} sessions of G, N, O or U from {_on(since)} to {_on(first_on)}, within "
        f"{PENALTY_WEEKS} school weeks; {missed} in all, the last on {_on(last)}"
    )


def _says_length(codes: str) -> Callable[[int, int, int, int, int], str]:
    def says(since: int, _first: int, last: int, missed: int, _possible: int) -> str:
        return f"{missed} school days in a row marked {codes}, from {_on(since)} to {_on(last)}"

    return says


def _says_total(since: int, _first: int, last: int, missed: int, _possible: int) -> str:
    return (
        f"{missed} whole school days of sickness in one school year, "
        f"from {_on(since)} to {_on(last)}"
    )


def _says_share(_since: int, first_on: int, _last: int, missed: int, possible: int) -> str:
    return (
        f"{missed} of {possible} possible sessions missed by {_on(first_on)} "
        f"({missed / possible:.1%})"
    )


_SAYS: dict[str, Callable[[int, int, int, int, int], str]] = {
    "penalty_notice_threshold": _says_penalty,
    "absent_10_school_days": _says_length("G, N, O or U"),
    "sickness_15_consecutive": _says_length("I"),
    "sickness_15_total": _says_total,
    "unexplained_20_school_days": _says_length("G, N or O"),
    "persistent": _says_share,
    "severe": _says_share,
}
