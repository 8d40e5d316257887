"""Reads typed values out of JSON and TOML, and gathers every fault instead of only the first."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from onroll.statute.days import TOO_FAR, is_within_reach

MOST_DIGITS = 18  # Python refuses to write out a number of thousands of digits
MOST = 36_525  # a hundred years in days: no number here counts more
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was given: where it is, what is wrong and what to do."""

    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} {self.remedy}"


class FaultyInput(ValueError):
    """What was given cannot be used; `faults` says why, one by one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(slots=True)
class Reader:
    """Takes values out of parsed JSON or TOML, noting each fault under the place where it stands.

    A method that finds a fault notes it and returns None, so that reading goes on and a person
    sees everything that is wrong at once. `finish` raises FaultyInput if anything was noted.
    """

    faults: list[Fault] = field(default_factory=list)

    def fault(self, where: str, problem: str, remedy: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(where, problem, remedy))

    def finish(self) -> None:
        """Raise FaultyInput with everything noted so far, if there is anything."""
        if self.faults:
            raise FaultyInput(self.faults)

    def a_date(self, value: object, where: str) -> date | None:
        """Read a date written 2026-03-05, or a date that TOML has already understood."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return self._within_reach(value, where)
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            try:
                return self._within_reach(date.fromisoformat(value), where)
            except ValueError:
                self.fault(where, f"there is no such day as {value}.", "Correct the date.")
                return None
        self.fault(where, f"{shown(value)} is not a date.", "Write it as 2026-03-05.")
        return None

    def _within_reach(self, day: date, where: str) -> date | None:
        if is_within_reach(day):
            return day
        self.fault(where, f"{day.isoformat()} {TOO_FAR}", "Correct the year.")
        return None

    def dates(self, value: object, where: str) -> tuple[date, ...]:
        """Read one date or a list of dates."""
        if not isinstance(value, (list, tuple)):
            one = self.a_date(value, where)
            return () if one is None else (one,)
        read = (self.a_date(item, f"{where}[{i}]") for i, item in enumerate(value))
        return tuple(day for day in read if day is not None)

    def whole_number(
        self, value: object, where: str, *, least: int = 0, most: int = MOST
    ) -> int | None:
        """Read a whole number from `least` to `most`."""
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            if value <= most:
                return value
            self.fault(where, f"{shown(value)} is too large.", f"Give a number up to {most}.")
            return None
        self.fault(
            where,
            f"{shown(value)} is not a whole number of {least} or more.",
            "Give the number in figures.",
        )
        return None

    def days(self, value: object, where: str) -> float | None:
        """Read a number of days, halves allowed."""
        if (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and 0 <= value <= 366
            and value * 2 % 1 == 0
        ):
            return float(value)
        self.fault(
            where,
            f"{shown(value)} is not a number of days.",
            "Give whole or half days, such as 6 or 2.5.",
        )
        return None

    def truth(self, value: object, where: str) -> bool | None:
        """Read true or false."""
        if isinstance(value, bool):
            return value
        self.fault(where, f"{shown(value)} is neither true nor false.", "Write true or false.")
        return None

    def text(self, value: object, where: str) -> str | None:
        """Read text that is not empty."""
        if isinstance(value, str) and value.strip():
            return value
        self.fault(where, f"{shown(value)} is not text.", "Put the words in quotation marks.")
        return None

    def words(self, value: object, where: str) -> str:
        """Read text that may be empty."""
        if isinstance(value, str):
            return value
        self.fault(where, f"{shown(value)} is not text.", "Put the words in quotation marks.")
        return ""

    def one_of(self, value: object, where: str, choices: Collection[str]) -> str | None:
        """Read one of the words allowed here."""
        if isinstance(value, str) and value in choices:
            return value
        self.fault(where, f"{shown(value)} is not allowed here.", _offer(value, choices))
        return None

    def mapping(self, value: object, where: str) -> Mapping[str, object]:
        """Read an object (JSON) or a table (TOML)."""
        if isinstance(value, dict):
            return value
        self.fault(where, f"{shown(value)} is not an object.", "Write it in curly brackets.")
        return {}

    def items(self, value: object, where: str) -> Sequence[object]:
        """Read a list."""
        if isinstance(value, (list, tuple)):
            return value
        self.fault(where, f"{shown(value)} is not a list.", "Write it in square brackets.")
        return ()

    def period(self, value: object, where: str) -> tuple[date, date] | None:
        """Read a pair of dates, first and last day, both included."""
        if not isinstance(value, list) or len(value) != 2:
            self.fault(
                where,
                f"{shown(value)} is not a pair of dates.",
                'Write the first and last day as ["2026-01-05", "2026-03-27"].',
            )
            return None
        first = self.a_date(value[0], f"{where}[0]")
        last = self.a_date(value[1], f"{where}[1]")
        if first is None or last is None:
            return None
        if last < first:
            self.fault(where, f"ends on {last}, before it starts on {first}.", "Swap the dates.")
            return None
        return first, last

    def known_keys(self, given: Iterable[str], known: Collection[str], where: str) -> None:
        """Note a fault for each key that means nothing here."""
        for key in given:
            if key not in known:
                place = f"{where}.{key}" if where else key
                self.fault(place, "is not a key that is known here.", _offer(key, known))


def near_words(word: str, choices: Collection[str]) -> list[str]:
    """The choices that look most like a mistyped word."""
    return difflib.get_close_matches(word, choices, n=2, cutoff=0.6)


def _offer(value: object, choices: Collection[str]) -> str:
    near = near_words(value, choices) if isinstance(value, str) else []
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Use one of: {', '.join(choices)}."


def shown(value: object) -> str:
    """A value as a fault names it: short, whatever it is."""
    if value is None:
        return "null"
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return "a number of too many digits"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
