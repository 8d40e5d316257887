"""Axes with round numbers, and figures as they are written."""

from dataclasses import dataclass
from itertools import count
from math import ceil, floor

_ROUND = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """Round numbers from below the least value to above the greatest."""

    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a value stands between the first tick (0) and the last (1)."""
        low, high = self.ticks[0], self.ticks[-1]
        return min(1.0, max(0.0, (value - low) / (high - low)))

    def shown(self, tick: float, unit: str) -> str:
        """Return a tick as it is written: as many decimals as its neighbours need."""
        places = max(len(f"{t:.4f}".rstrip("0").partition(".")[2]) for t in self.ticks)
        return f"{tick:,.{places}f}{unit}"


@dataclass(frozen=True, slots=True)
class Comparator:
    """A level to compare with, such as England's."""

    name: str
    value: float


def axis(low: float, high: float) -> Axis:
    """Return three to five ticks around the values.

    They begin at nothing unless every value stands in the upper half of what that would show.
    """
    low = min(low, 0.0) if low < high / 2 or low <= 0 else low
    if low == high:
        low, high = (low, low + 4) if low == 0 else (low - abs(low) / 20, high + abs(low) / 20)
        high = min(high, 100.0) if low < 100 <= high else high
    start = floor(_power(high - low)) - 1
    for power in count(start):
        for step in _ROUND:
            size = step * 10.0**power
            first, last = floor(low / size + 1e-9), ceil(high / size - 1e-9)
            if last - first <= 4:
                return Axis(tuple(round(n * size, 10) for n in range(first, last + 1)))
    raise AssertionError("steps grow without end")


def _power(size: float) -> int:
    return int(f"{size:e}".partition("e")[2])


def figure_of(value: float | None, unit: str) -> str:
    """Return a value as it is written: one decimal with a unit, none where it is whole."""
    if value is None:
        return "no figure"
    return f"{value:,.1f}{unit}" if unit or value % 1 else f"{value:,.0f}"
