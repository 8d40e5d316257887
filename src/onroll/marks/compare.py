"""Says whether a school or a group misses more than others, beyond what chance explains.

Sessions of one pupil hang together: a pupil ill for a month is not forty independent sessions. So
the spread is taken between pupils, and a small school's interval is as wide as it has to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from onroll.marks.alphabet import Numbers

# Nineteen of twenty such intervals hold the truth; of those beyond chance, 998 of a thousand. With
# a hundred schools on a page five would stand out at the first by chance alone.
LIKELY, BEYOND_CHANCE = 1.959964, 3.090232
# The spread between fewer pupils is not known.
FEWEST_PUPILS = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """The absence of one group in percent, with its interval, beside all pupils together.

    `low` and `high` are None for fewer than five pupils. `is_higher` and `is_lower` say that the
    difference from the rate of all is more than chance explains.
    """

    label: str
    pupils: int
    possible: int
    missed: int
    rate: float
    low: float | None
    high: float | None
    is_higher: bool = False
    is_lower: bool = False


def compared(labels: Sequence[str], missed: Numbers, possible: Numbers) -> list[Compared]:
    """Compare groups of pupils with all of them, the highest rate first.

    `labels`, `missed` and `possible` have one value for each pupil; pupils without a possible
    session are left out.
    """
    counted = possible > 0
    whole = 100.0 * missed[counted].sum() / max(int(possible[counted].sum()), 1)
    found = []
    names, group = np.unique(np.asarray(labels, dtype=object)[counted], return_inverse=True)
    for n, name in enumerate(names):
        own = group == n
        found.append(_compared(str(name), missed[counted][own], possible[counted][own], whole))
    return sorted(found, key=lambda one: (-one.rate, one.label))


def _compared(label: str, missed: Numbers, possible: Numbers, whole: float) -> Compared:
    pupils, total = len(possible), int(possible.sum())
    rate = 100.0 * int(missed.sum()) / total
    if pupils < FEWEST_PUPILS:
        return Compared(label, pupils, total, int(missed.sum()), rate, None, None)
    # The error of a ratio of sums, from how far each pupil is from it (Cochran, Sampling
    # Techniques, 3rd edition, 6.4).
    apart = 100.0 * missed - rate * possible
    error = sqrt(float((apart**2).sum()) * pupils / (pupils - 1)) / total
    likely, beyond = (_quantile(z, pupils - 1) * error for z in (LIKELY, BEYOND_CHANCE))
    return Compared(
        label,
        pupils,
        total,
        int(missed.sum()),
        rate,
        max(rate - likely, 0.0),
        min(rate + likely, 100.0),
        is_higher=rate - beyond > whole,
        is_lower=rate + beyond < whole,
    )


def _quantile(z: float, freedom: int) -> float:
    """Return the quantile of Student's t that belongs to one of the normal distribution.

    The expansion of Abramowitz and Stegun, 26.7.5; within a hundredth from four degrees of freedom
    on for 95%, and within a tenth for 99.8%.
    """
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def lagging(
    groups: Mapping[str, Sequence[str]], missed: Numbers, possible: Numbers
) -> list[tuple[str, Compared]]:
    """Return the groups, by name and value, that miss more than all pupils beyond chance."""
    return [
        (name, one)
        for name, labels in groups.items()
        for one in compared(labels, missed, possible)
        if one.is_higher
    ]
