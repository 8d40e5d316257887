"""How a date is written for people, whatever the locale of the machine."""

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def written(day: date) -> str:
    """A date as people write it: 5 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def written_with_weekday(day: date) -> str:
    """A date with its weekday: Thursday 5 March 2026."""
    return f"{_WEEKDAYS[day.weekday()]} {written(day)}"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: one, two and three."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
