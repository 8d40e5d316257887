"""Scores of lists, links and chances. Pure: nothing here knows where an answer came from."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

# The goal: this share of the missing found, at so many names for each.
SHARE, NAMES = 0.97, 2.0


def names_for_each(
    hits: Sequence[Hashable | None], true: int, share: float = SHARE
) -> float | None:
    """Return how many names are read for each true child when a share of them is found.

    `hits`: in the order of reading, the true child that a name is of, or None. A child named twice
    is found once and read twice. None where the list never comes to the share.
    """
    wanted = max(1, math.ceil(share * true - 1e-9))
    found: set[Hashable] = set()
    for read, hit in enumerate(hits, start=1):
        if hit is not None:
            found.add(hit)
            if len(found) >= wanted:
                return read / len(found)
    return None


def recall_at(hits: Sequence[Hashable | None], true: int, names: float) -> float:
    """Return the share of the true children in the first `names` names for each of them."""
    read = hits[: round(names * true)]
    return len({hit for hit in read if hit is not None}) / true if true else 0.0


def pairs_in(groups: np.ndarray) -> int:
    """Return how many pairs of records are in one group, given the group of each record."""
    sizes = np.unique(groups, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def precision_and_recall(said: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Return what share of the pairs said to be one person are, and of true pairs were said.

    Both arguments number the person of each record.
    """
    _, said = np.unique(said, return_inverse=True)
    _, true = np.unique(true, return_inverse=True)
    both = pairs_in(said.astype(np.int64) * (int(true.max(initial=0)) + 1) + true)
    a, b = pairs_in(said), pairs_in(true)
    return (both / a if a else 1.0), (both / b if b else 1.0)


def wilson(hits: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's interval for a share, 95 in a hundred."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    below = 1 + z * z / of
    middle = (share + z * z / (2 * of)) / below
    half = z / below * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Tenth:
    """Names whose chance lay in one tenth: how many, the mean chance, how many came true."""

    low: float
    names: int
    said: float
    came: int


def reliability(chances: Sequence[float], came: Sequence[bool]) -> tuple[Tenth, ...]:
    """Return the tenths that hold any names."""
    said, true = np.asarray(chances, float), np.asarray(came, bool)
    tenth = np.minimum((said * 10 + 1e-9).astype(int), 9)
    return tuple(
        Tenth(n / 10, int(which.sum()), float(said[which].mean()), int(true[which].sum()))
        for n in range(10)
        if (which := tenth == n).any()
    )


def brier(chances: Sequence[float], came: Sequence[bool]) -> float:
    """Return the mean square of what was said less what came true: 0 is perfect."""
    if not len(chances):
        return 0.0
    return float(np.mean((np.asarray(chances, float) - np.asarray(came, float)) ** 2))
