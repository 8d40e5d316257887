"""Says whether a school or a group misses more than others, beyond what chance explains.

Sessions of one pupil hang together: a pupil ill for a month is not forty independent sessions. So
the spread is taken between pupils, and a small school's interval is as wide as it has to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

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
    missed, possible = missed[counted].astype(np.int64), possible[counted].astype(np.int64)
    names, group = np.unique(np.asarray(labels, dtype=object)[counted], return_inverse=True)

    def sums(values: Any) -> Any:
        return np.bincount(group, weights=values, minlength=len(names))

    pupils, all_missed, all_possible = sums(None), sums(missed), sums(possible)
    rates = 100.0 * all_missed / all_possible
    # The error of a ratio of sums, from how far each pupil is from it (Cochran, Sampling
    # Techniques, 3rd edition, 6.4).
    apart = sums((100.0 * missed - rates[group] * possible) ** 2)
    whole = 100.0 * missed.sum() / max(int(possible.sum()), 1)
    found = []
    for n, name in enumerate(names):
        rate, count = float(rates[n]), int(pupils[n])
        low = high = None
        beyond = 100.0
        if count >= FEWEST_PUPILS:
            error = sqrt(float(apart[n]) * count / (count - 1)) / float(all_possible[n])
            likely, beyond = (_quantile(z, count - 1) * error for z in (LIKELY, BEYOND_CHANCE))
            low, high = max(rate - likely, 0.0), min(rate + likely, 100.0)
        found.append(
            Compared(
                str(name),
                count,
                int(all_possible[n]),
                int(all_missed[n]),
                rate,
                low,
                high,
                is_higher=low is not None and rate - beyond > whole,
                is_lower=low is not None and rate + beyond < whole,
            )
        )
    return sorted(found, key=lambda one: (-one.rate, one.label))


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
