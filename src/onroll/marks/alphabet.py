"""The codes of the register as small numbers, with what each one means for a count."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from onroll.statute.codes.attendance import ATTENDANCE_CODES, Category

Booleans = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.signedinteger[Any]]
Small = npt.NDArray[np.uint8]

EPOCH: Final = date(1970, 1, 1)

# What a session counts as; an approved activity is attendance in every rate.
PRESENT, AUTHORISED, UNAUTHORISED, NOT_POSSIBLE = range(4)
COUNTED: Final = ("present", "authorised", "unauthorised")

_COUNTS_AS: Final = {
    Category.PRESENT: PRESENT,
    Category.APPROVED_ACTIVITY: PRESENT,
    Category.AUTHORISED: AUTHORISED,
    Category.UNAUTHORISED: UNAUTHORISED,
    Category.NOT_POSSIBLE: NOT_POSSIBLE,
}

KEYS: Final = tuple(code.key for code in ATTENDANCE_CODES)
NUMBER_OF: Final = {key: n for n, key in enumerate(KEYS)}
CLOSED: Final = NUMBER_OF["#"]
# Where a register has no mark at all.
NO_MARK: Final = 255
# For each code, by its number, what it counts as; whatever is no mark counts as not possible.
COUNTS_AS: Final = bytes(
    _COUNTS_AS[ATTENDANCE_CODES[KEYS[n]].category] if n < len(KEYS) else NOT_POSSIBLE
    for n in range(NO_MARK + 1)
)
# The last day on which each code may be given. A code of today may stand in an older register too:
# most were in use before the Regulations of 2024 gave them law.
LAST_DAY: Final[Days] = np.array(
    [
        np.iinfo(np.int32).max if code.until is None else (code.until - EPOCH).days
        for code in ATTENDANCE_CODES
    ],
    dtype=np.int32,
)


def told(codes: Small, by: bytes) -> Small:
    """Return each code's value in a table of 256 bytes; many times faster than an index."""
    return np.frombuffer(codes.tobytes().translate(by), dtype=np.uint8).reshape(codes.shape)


def among(keys: Collection[str]) -> bytes:
    """Return a table of 256 bytes: 1 for each of these codes, else 0. Raises KeyError."""
    chosen = {NUMBER_OF[key] for key in keys}
    return bytes(n in chosen for n in range(NO_MARK + 1))


def day_number(on: date) -> int:
    """Return a day as registers hold it: days since 1 January 1970."""
    return (on - EPOCH).days


def day_of(number: int) -> date:
    """Return the day that a number of a register means."""
    return date.fromordinal(EPOCH.toordinal() + int(number))
