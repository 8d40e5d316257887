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
NEVER_BROUGHT_TOGETHER = 0.00003
# What goes wrong in an entry goes wrong together: a careless entry has two slips oftener than two
# slips apart would make likely. So an entry near is believed this much more, on authorities of
# which the truth is known.
_CARELESS = 8.0
_MOST_ROUNDS, _STILL = 60, 1e-4
_LEAST_FREE = 0.01
# Before anything is seen: how many of those on residence lists are on no education list.
_START = 0.02
_RANGE = (0.002, 0.6)


@dataclass(frozen=True, slots=True)
class Claims:
    """Who might be whom: one row for each person without education and each entry near them.

    `person` and `entry` count from 0; `bits` is the weight of their best pair less what speaks
    against; `lists` are the residence lists that the person of the claim is on, as bits: only
    those who share a list compete for an entry.
    """

    person: Any
    entry: Any
    bits: Any
    lists: Any


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
    odds = np.exp2(np.clip(claims.bits, -60, 60)) * per_entry * _CARELESS
    free = np.ones(len(odds))
    base = np.full(int(pattern.max(initial=0)) + 1, _START)
    none = np.ones(persons)
    share = np.zeros(len(odds))
    for _ in range(_MOST_ROUNDS):
        prior = (1 - base[pattern]) / base[pattern]
        weighed = odds * free * prior[claims.person]
        total = np.bincount(claims.person, weights=weighed, minlength=persons)
        before, none = none, 1 / (1 + total + prior * NEVER_BROUGHT_TOGETHER)
        share = weighed * none[claims.person]
        # Half a step at a time: two who claim one entry would else take turns for ever.
        free = (free + _left_over(claims, share)) / 2
        for n in np.unique(pattern):
            of_it = none[pattern == n]
            # One more of each kind, so that a rare pattern is not taken for a rule.
            found = (of_it.sum() + _START) / (max(seen.get(int(n), 0), len(of_it)) + 1)
            base[n] = float(np.clip(found, *_RANGE))
        if persons and float(np.abs(none - before).max()) < _STILL:
            break
    return none, share


def _left_over(claims: Claims, share: Any) -> Any:
    """Return how free each entry is for each claim: less what others of the person's lists have."""
    free = np.ones(len(share))
    entries = int(claims.entry.max(initial=-1)) + 1
    for n in range(int(claims.lists.max(initial=0)).bit_length()):
        on_it = (claims.lists >> n & 1).astype(bool)
        claimed = np.bincount(claims.entry, weights=np.where(on_it, share, 0.0), minlength=entries)
        others = claimed[claims.entry] - share
        free = np.where(on_it, np.minimum(free, 1 - others), free)
    return np.clip(free, _LEAST_FREE, 1)


def patterns_of(sets: Sequence[int]) -> Any:
    """Number the different sets of lists, given as bits."""
    number = {bits: n for n, bits in enumerate(sorted(set(sets)))}
    return np.array([number[bits] for bits in sets], dtype=int)
