"""Absences without a break, found in a whole register at once.

`statute.thresholds` says what the law means by one, for one pupil and with the working; this is
the same rule over columns, and a test holds the two to each other.
"""

from dataclasses import dataclass

import numpy as np

from onroll.marks.alphabet import Booleans, Days, Numbers, Small, told
from onroll.marks.register import Register


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Absences of some length, by pupil and day.

    `pupil` is a place in the register; `since`, `reached_on` and `last` are the first day, the day
    on which the length was reached and the last day so far; `days` says how many school days.
    """

    pupil: Numbers
    since: Days
    reached_on: Days
    last: Days
    days: Numbers


def _whole_days(marks: Small, codes: bytes, held: Booleans) -> Booleans:
    """Return pupils × school days: whether every session held is marked with one of these codes."""
    is_so = told(marks, codes).view(np.bool_)
    if not held.all():
        is_so = is_so | ~held
    # Two columns said apart: a reduction over an axis of two is ten times slower.
    whole: Booleans = is_so[:, :, 0] & is_so[:, :, 1]
    return whole


def unbroken(register: Register, who: Numbers, codes: bytes, n: int, *, beside: bytes) -> Runs:
    """Return each run of at least `n` school days of absence, in the order of the register.

    Only the pupils at the places `who` are looked at.

    `codes` make the absence, `beside` neither count nor break: a day with both is passed over. Any
    other mark breaks, and so does a session that was held and has no mark.
    """
    either = bytes(a | b for a, b in zip(codes, beside, strict=True))
    marks = register.marks[who]
    absent = _whole_days(marks, codes, register.held)
    is_on = _whole_days(marks, either, register.held)

    # Each stretch of days without a break gets a number; of each only absences are counted.
    begins = is_on.copy()
    begins[:, 1:] &= ~is_on[:, :-1]
    stretch = np.cumsum(begins.reshape(-1), dtype=np.int32)[absent.reshape(-1)]
    row, day = np.nonzero(absent)
    first = np.flatnonzero(np.diff(stretch, prepend=0))
    length = np.diff(first, append=len(stretch)).astype(np.int32)
    first, length = first[length >= n], length[length >= n]
    return _runs(register, who[row[first]], day, first, length, n)


def in_a_year(register: Register, who: Numbers, codes: bytes, n: int, years: Numbers) -> Runs:
    """Return where at least `n` school days of absence fall into one school year, in all.

    Only the pupils at the places `who` are looked at; `years` names the school year of each school
    day of the register.
    """
    row, day = np.nonzero(_whole_days(register.marks[who], codes, register.held))
    year = years[day]
    is_new = (np.diff(row, prepend=-1) != 0) | (np.diff(year, prepend=-1) != 0)
    first = np.flatnonzero(is_new)
    length = np.diff(first, append=len(row)).astype(np.int32)
    first, length = first[length >= n], length[length >= n]
    return _runs(register, who[row[first]], day, first, length, n)


def _runs(
    register: Register, pupil: Numbers, day: Numbers, first: Numbers, length: Numbers, n: int
) -> Runs:
    """Return runs whose days stand in `day`, each from `first` on and `length` of them."""
    days = register.days
    return Runs(
        pupil.astype(np.int32),
        days[day[first]],
        days[day[first + n - 1]],
        days[day[first + length - 1]],
        length,
    )
