"""Records put together into people, best pair first, so that twins stay apart.

A pair that joins two groups must outweigh what speaks against the groups as wholes: a list that
both are on and that rarely holds a child twice, two different UPNs, two different NHS numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# What one of these is worth against, in bits: a child has seldom had two numbers.
TWO_UPNS = 6.0
TWO_NHS_NUMBERS = 7.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of each record, by its number.

    `source` is its list; `upn` and `nhs` number the different values, -1 where there is none;
    `twice` is for each list what it costs, in bits, that a child stands on it twice.
    """

    source: Any
    upn: Any
    nhs: Any
    twice: Sequence[float]


def grouped(facts: Facts, left: Any, right: Any, weight: Any, least: float) -> Any:
    """Return a group number for each record: the lowest record's number of its group.

    `left`, `right` and `weight` are the scored pairs; a pair joins two groups when its weight,
    less what speaks against, is `least` at least.
    """
    n = len(facts.source)
    parent = list(range(n))
    sources = [1 << int(s) for s in facts.source]
    upns: list[Any] = facts.upn.tolist()
    nhses: list[Any] = facts.nhs.tolist()
    order = np.lexsort((right, left, -weight))
    order = order[weight[order] >= least]
    penalties = list(facts.twice)
    for one, other, bits in zip(
        left[order].tolist(), right[order].tolist(), weight[order].tolist(), strict=True
    ):
        a, b = _root(parent, one), _root(parent, other)
        if a == b:
            continue
        shared = sources[a] & sources[b]
        against = 0.0
        if shared:
            against += _together(penalties, shared)
        if _differ(upns[a], upns[b]):
            against += TWO_UPNS
        if _differ(nhses[a], nhses[b]):
            against += TWO_NHS_NUMBERS
        if bits - against < least:
            continue
        if a > b:
            a, b = b, a
        parent[b] = a
        sources[a] |= sources[b]
        upns[a] = _either(upns[a], upns[b])
        nhses[a] = _either(nhses[a], nhses[b])
    return np.array([_root(parent, i) for i in range(n)])


def _root(parent: list[int], of: int) -> int:
    while parent[of] != of:
        parent[of] = parent[parent[of]]
        of = parent[of]
    return of


def _together(penalties: Sequence[float], shared: int) -> float:
    return sum(penalty for n, penalty in enumerate(penalties) if shared >> n & 1)


def _differ(one: Any, other: Any) -> bool:
    """Whether two groups have numbers and none in common; a group keeps one number or a set."""
    if one == -1 or other == -1 or one == other:
        return False
    ones = one if isinstance(one, frozenset) else {one}
    others = other if isinstance(other, frozenset) else {other}
    return not (ones & others)


def _either(one: Any, other: Any) -> Any:
    if other == -1 or one == other:
        return one
    if one == -1:
        return other
    ones = one if isinstance(one, frozenset) else frozenset({one})
    others = other if isinstance(other, frozenset) else frozenset({other})
    return ones | others
