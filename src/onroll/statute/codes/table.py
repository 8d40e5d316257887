"""What every table of codes is made of: entries with dates, sources and confidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from onroll.statute.sources import Confidence


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code table.

    `key` is stored and never changes; `title` is what people read. The code may be given on days
    from `since` (None: as far back as records go) to `until`, both included (None: still). `note`
    says what exactly is not sure, where the confidence alone would not tell.
    """

    key: str
    title: str
    cites: str
    confidence: Confidence
    since: date | None = None
    until: date | None = None
    note: str = field(default="", kw_only=True)

    @property
    def caution(self) -> str:
        """What to tell a person who sees the code; empty when nothing needs to be said."""
        return self.note or self.confidence.caution

    def in_force(self, on: date) -> bool:
        """Whether the code may be given on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def as_json(self) -> dict[str, object]:
        """The entry as other programs read it."""
        return {
            "key": self.key,
            "title": self.title,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "cites": self.cites,
            "confidence": self.confidence.value,
            "caution": self.caution,
        }


EntryT = TypeVar("EntryT", bound=Code)


@dataclass(frozen=True, slots=True)
class CodeTable(Generic[EntryT]):
    """A named list of codes, in the order in which people expect to read them."""

    name: str
    title: str
    entries: tuple[EntryT, ...]

    def __post_init__(self) -> None:
        keys = [entry.key for entry in self.entries]
        if len(keys) != len(set(keys)):
            raise ValueError(f"The table {self.name} has a key twice.")

    def __iter__(self) -> Iterator[EntryT]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, key: object) -> bool:
        return any(entry.key == key for entry in self.entries)

    def __getitem__(self, key: str) -> EntryT:
        """The entry with this key. Raises KeyError."""
        for entry in self.entries:
            if entry.key == key:
                return entry
        raise KeyError(f"{key!r} is not in the table of {self.title}.")

    @property
    def caution(self) -> str:
        """What to tell of every entry alike; empty where some are surer than others."""
        cautions = {entry.caution for entry in self.entries}
        return cautions.pop() if len(cautions) == 1 else ""

    def as_json(self) -> dict[str, object]:
        """The table as other programs read it."""
        return {
            "name": self.name,
            "title": self.title,
            "caution": self.caution,
            "entries": [entry.as_json() for entry in self.entries],
        }

    def on(self, day: date) -> tuple[EntryT, ...]:
        """The entries in force on a day."""
        return tuple(entry for entry in self.entries if entry.in_force(day))

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Pairs of key and title, for a form."""
        return tuple((entry.key, entry.title) for entry in self.entries)
