"""How likely it is that a person is in no education list at all.

Every list entry that could be the person's speaks against, not only the likeliest. What speaks
less: an entry that already has somebody from the same list (twins), or that somebody else claims
with better right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Of true pairs, the share that no rule would bring together or that weighs too little to be kept.
NEVER_BROUGHT_TOGETHER = 0.002
_ROUNDS = 6
_LEAST_FREE = 0.01
# Before anything is seen: how many of those on residence lists are on no education list.
_START = 0.02
_RANGE = (0.002, 0.6)


@dataclass(frozen=True, slots=True)
class Claims:
    """Who might be whom: one row for each person without education and each entry near them.

    `person` and `entry` count from 0; `bits` is the weight of their best pair less what speaks
    against; `rival` names persons of one list: only they compete for an entry.
    """

    person: Any
    entry: Any
    bits: Any


def chances(
    claims: Claims,
    persons: int,
    pattern: Any,
    seen: Mapping[int, int],
    per_entry: float,
) -> tuple[Any, Any]:
    """Return for each person the chance of being in no education list, and for each claim its own.

    `pattern` numbers the set of residence lists that a person is on, `seen` says how many people
    of each pattern there are, those with education included, `per_entry` turns a pair's odds into
    those that an entry is the person's, given that one is.
    """
    odds = np.exp2(np.clip(claims.bits, -60, 60)) * per_entry
    free = np.ones(len(odds))
    patterns = np.unique(pattern)
    base = np.full(int(patterns.max(initial=0)) + 1, _START)
    none = np.ones(persons)
    share = np.zeros(len(odds))
    for _ in range(_ROUNDS):
        prior = (1 - base[pattern]) / base[pattern]
        weighed = odds * free * prior[claims.person]
        total = np.bincount(claims.person, weights=weighed, minlength=persons)
        none = 1 / (1 + total + prior * NEVER_BROUGHT_TOGETHER)
        share = weighed * none[claims.person]
        claimed = np.bincount(claims.entry, weights=share) if len(share) else np.zeros(0)
        free = np.clip(1 - (claimed[claims.entry] - share), _LEAST_FREE, 1) if len(share) else free
        for n in patterns:
            of_it = none[pattern == n]
            # One more of each kind, so that a rare pattern is not taken for a rule.
            found = (of_it.sum() + _START) / (max(seen.get(int(n), 0), len(of_it)) + 1)
            base[n] = float(np.clip(found, *_RANGE))
    return none, share


def patterns_of(sources: Sequence[int]) -> tuple[Any, dict[int, int]]:
    """Number the different sets of lists, given as bits; return the numbers and the sets."""
    different = sorted(set(sources))
    number = {bits: n for n, bits in enumerate(different)}
    return np.array([number[bits] for bits in sources], dtype=int), dict(enumerate(different))
