"""What a search has learnt of an authority's records: how often each level of a field holds.

m is how often it holds between two records of one child, u between records of two children. No
answer is needed to learn them: pairs with one number in common show how one child's records
differ, and random pairs how strangers' do. What data say is added to what was known before, so
that a small or odd set of lists leaves sound weights as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onroll.matching.comparisons import FIELDS, Weights

VERSION = 1

# Where nothing has been learnt yet: m and u of each level, in the order of FIELDS. From synthetic
# authorities of several seeds and noise levels, rounded; what a level is worth is log2(m / u). What
# is fixed stands with its level. Of "twin" only the shares are read; its worth is worked out.
_START: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "given": {
        "same": (0.84, 0.006),
        "respelt": (0.04, 0.003),
        "short": (0.025, 0.004),
        "near": (0.045, 0.012),
        "middle": (0.012, 0.012),
        "initial": (0.004, 0.002),
        "twin": (0.004, 0.00001),
        "different": (0.02, 0.97),
    },
    "family": {
        "same": (0.86, 0.004),
        "respelt": (0.025, 0.001),
        "part": (0.03, 0.004),
        "near": (0.03, 0.004),
        "different": (0.045, 0.98),
    },
    "born": {
        "same": (0.95, 0.00025),
        "swapped": (0.008, 0.00012),
        "slip": (0.018, 0.006),
        "january": (0.006, 0.0008),
        "partly": (0.01, 0.007),
        "different": (0.008, 0.985),
    },
    "address": {
        "house": (0.72, 0.00003),
        "postcode": (0.03, 0.0003),
        "slip": (0.01, 0.00001),
        "sector": (0.03, 0.008),
        "district": (0.04, 0.05),
        "different": (0.17, 0.94),
    },
    "sex": {"same": (0.99, 0.5), "different": (0.01, 0.5)},
}

# How many pairs what was known before is worth beside what the data say.
_WORTH = 500.0
# Random pairs are many and the rare levels of them few: what was known holds those in place.
_WORTH_OF_STRANGERS = 20_000.0
_LEAST = 1e-7
_ENOUGH = 2_000


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by field and level, for a search of so many records.

    `learnt_from` is the number of pairs that taught it; 0 is what is known before any. `shift` is
    what answers have added to the log-odds of every probability.
    """

    weights: Mapping[str, Mapping[str, Weights]]
    records: int
    learnt_from: int = 0
    shift: float = 0.0

    @property
    def chance(self) -> float:
        """The chance that two records taken at random are of one child."""
        # A child stands on three or four lists: each record has some three others of the same
        # child among all the rest.
        return min(0.2, 3.0 / max(self.records, 10))

    @property
    def by_rarity(self) -> bool:
        """Whether there are records enough to tell a rare name from a common one."""
        return self.records >= _ENOUGH

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads back, without anybody's name in it."""
        return {
            "version": VERSION,
            "learnt_from": self.learnt_from,
            "shift": self.shift,
            "weights": {
                field: {level: [w.m, w.u] for level, w in levels.items()}
                for field, levels in self.weights.items()
            },
        }


def start(records: int) -> Model:
    """Return the model that nothing has taught yet, for so many records."""
    weights = {
        field.key: {
            level.key: level.fixed or Weights(*_START[field.key][level.key])
            for level in field.levels
        }
        for field in FIELDS
    }
    return Model(weights, records)


def from_json(given: Mapping[str, Any], records: int) -> Model:
    """Read a model kept from an earlier search. Raises ValueError if it is not of this version."""
    if given.get("version") != VERSION:
        raise ValueError(f"a model of version {given.get('version')}, not {VERSION}")
    weights = {
        field.key: {
            level.key: Weights(*map(float, given["weights"][field.key][level.key]))
            for level in field.levels
        }
        for field in FIELDS
    }
    return Model(weights, records, int(given["learnt_from"]), float(given.get("shift", 0.0)))


def taught(
    before: Model,
    m: Mapping[str, Mapping[str, float]],
    u: Mapping[str, Mapping[str, float]],
    pairs: Mapping[str, float],
    strangers: float,
) -> Model:
    """Return the model that adds what was learnt to what was known.

    `m` and `u` are the shares of each level; `pairs` is for each field how many pairs of one child
    showed its m, `strangers` how many random pairs showed u. A fixed level keeps its weights.
    """
    weights: dict[str, dict[str, Weights]] = {}
    for field in FIELDS:
        known = before.weights[field.key]
        fixed = {level.key for level in field.levels if not level.is_learnt}
        free_m = 1.0 - sum(known[key].m for key in fixed)
        free_u = 1.0 - sum(known[key].u for key in fixed)
        new_m = _mixed({k: w.m for k, w in known.items() if k not in fixed},
                       m.get(field.key, {}), pairs.get(field.key, 0.0), free_m, _WORTH)  # fmt: skip
        new_u = _mixed({k: w.u for k, w in known.items() if k not in fixed},
                       u.get(field.key, {}), strangers, free_u, _WORTH_OF_STRANGERS)  # fmt: skip
        weights[field.key] = {
            key: w if key in fixed else Weights(new_m[key], new_u[key]) for key, w in known.items()
        }
    learnt = before.learnt_from + int(max(pairs.values(), default=0.0))
    return Model(weights, before.records, learnt, before.shift)


def _mixed(
    known: Mapping[str, float],
    seen: Mapping[str, float],
    pairs: float,
    whole: float,
    worth: float,
) -> dict[str, float]:
    if not known:
        return {}
    total_known, total_seen = sum(known.values()), sum(seen.get(key, 0.0) for key in known)
    if not total_seen:
        pairs = 0.0
    mixed = {
        key: (
            worth * value / total_known
            + (pairs * seen.get(key, 0.0) / total_seen if total_seen else 0.0)
        )
        / (worth + pairs)
        for key, value in known.items()
    }
    return {key: max(_LEAST, whole * value) for key, value in mixed.items()}
