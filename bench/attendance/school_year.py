"""When schools of an invented authority met in one school year."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int32]

_EPOCH = date(1970, 1, 1)
# First and last days of half terms: months and days, of the year it begins in or of the next.
_HALF_TERMS = (
    ((0, 9, 2), (0, 10, 24)),
    ((0, 11, 3), (0, 12, 19)),
    ((1, 1, 5), (1, 2, 13)),
    ((1, 2, 23), (1, 3, 27)),
    ((1, 4, 13), (1, 5, 22)),
    ((1, 6, 1), (1, 7, 22)),
)
_MAY_DAY = (1, 5, 4)
# Each school takes five days for its own staff, most of them at the ends of half terms.
_STAFF_DAYS = 5


def school_days(begins: int) -> Days:
    """Return the weekdays in term, as days since 1970, of the year that begins in a September."""
    free = _number(begins, _MAY_DAY)
    found = [
        day
        for first, last in _HALF_TERMS
        for day in range(_number(begins, first), _number(begins, last) + 1)
        if (_EPOCH + timedelta(days=day)).weekday() < 5 and day != free
    ]
    return np.array(found, dtype=np.int32)


def staff_days(days: Days, chance: np.random.Generator) -> Days:
    """Return the places among the days of those on which one school has no pupils."""
    gaps = np.flatnonzero(np.diff(days) > 4)
    likely = np.unique(np.concatenate([[0, 1, len(days) - 1], gaps, gaps + 1]))
    return np.sort(chance.choice(likely, _STAFF_DAYS, replace=False)).astype(np.int32)


def _number(begins: int, day: tuple[int, int, int]) -> int:
    years_on, month, of_month = day
    return (date(begins + years_on, month, of_month) - _EPOCH).days
