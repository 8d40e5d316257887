"""What the answers of those who clear a list teach: how far its probabilities were out.

Only how sure a search is learns from them, not what it takes for alike: who is looked at is chosen
by the search itself, so that the weights of fields would learn its own habits.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Until many have answered, the search's own word counts: a shift of this many is a surprise.
_SPREAD = 1.0
_HALVINGS = 40
_FURTHEST = 6.0
_NEVER_SURE = 1e-4


@dataclass(frozen=True, slots=True)
class Answered:
    """One person who was listed: how probable it was said to be, and whether it was so.

    `probability` is of being in no education list, as it was told; `was_unseen` is what somebody
    found out.
    """

    probability: float
    was_unseen: bool


def shift_from(answers: Iterable[Answered]) -> float:
    """Return what to add to the log-odds of every probability, by all answers together.

    It is the most likely shift where one of 0 is expected and one of 1 is already surprising
    (natural logarithms), so that a few answers move it little.
    """
    given = [(_log_odds(one.probability), float(one.was_unseen)) for one in answers]
    low, high = -_FURTHEST, _FURTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        # The slope of what is to be made greatest falls all the way: it has one place of rest.
        slope = sum(was - _chance(odds + middle) for odds, was in given) - middle / _SPREAD**2
        low, high = (middle, high) if slope > 0 else (low, middle)
    return (low + high) / 2 if given else 0.0


def corrected(model: Mapping[str, Any], answers: Iterable[Answered]) -> dict[str, Any]:
    """Return the model of a search with the shift that answers to its own list call for.

    Its probabilities held its shift already, so that what they were out is added to it.
    """
    shift = float(model.get("shift", 0.0)) + shift_from(answers)
    return {**model, "shift": max(-_FURTHEST, min(_FURTHEST, shift))}


def shifted(probability: float, shift: float) -> float:
    """Return a probability with its log-odds shifted."""
    return _chance(_log_odds(probability) + shift)


def _log_odds(probability: float) -> float:
    kept = min(1 - _NEVER_SURE, max(_NEVER_SURE, probability))
    return math.log(kept / (1 - kept))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
