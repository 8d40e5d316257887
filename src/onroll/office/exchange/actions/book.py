"""The book that a migration keeps while it runs: what came to what, and what came to nothing."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from onroll.office.exchange.actions.reading import Folder, Row
from onroll.office.exchange.queries.likely import Here
from onroll.office.kernel.actor import Actor

MEND = "Correct the cell, or say in codes.csv what the code means here."


@dataclass(frozen=True, slots=True)
class Remark:
    """A row that could not be placed, or one that somebody should look at: why, what to do."""

    file: str
    row: int | None
    column: str
    why: str
    todo: str


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file. `expected` is the former system's own count."""

    file: str
    title: str
    read: int = 0
    placed: int = 0
    here: int = 0  # known here already: linked, or repeated
    unplaced: int = 0
    expected: int | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing was lost between the former system and here."""
        return self.expected in (None, self.read)


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case of the file that has a row here."""

    pk: int
    child: int
    kind: str


@dataclass(slots=True)
class Book:
    """One migration under way."""

    folder: Folder
    origin: str
    migrated_on: date
    ref: str
    by: Actor
    on: date
    children: dict[str, Here] = field(default_factory=dict)
    is_new: set[int] = field(default_factory=set)
    cases: dict[str, KeptCase] = field(default_factory=dict)
    former: dict[str, Row] = field(default_factory=dict)  # home education with a history
    tallies: dict[str, Tally] = field(default_factory=dict)
    unplaced: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    made: dict[str, list[int]] = field(default_factory=dict)
    recordings: dict[str, list[Any]] = field(default_factory=dict)
    _lost: set[tuple[str, int]] = field(default_factory=set)

    @property
    def source(self) -> str:
        """How every fact of this migration says where it came from; by it they are found again."""
        return f"{self.began}(migration {self.ref})"

    @property
    def began(self) -> str:
        return f"{self.origin}, migrated on {said(self.migrated_on)} "

    def readable(self, layout: str) -> Iterator[Row]:
        """Yield the rows of a layout whose cells could be read; the others are listed."""
        for row in self.folder.of(layout):
            self.tallies[row.file].read += 1
            known_on = row["known_on"]
            if row.faults:
                for cell in row.faults:
                    self.cannot(row, cell.column, cell.says, MEND)
            elif known_on is not None and known_on > self.on:
                self.cannot(row, "Recorded on", "It is in the future.", MEND)
            elif row["ends_on"] and row["starts_on"] and row["ends_on"] < row["starts_on"]:
                self.cannot(
                    row, "To", "The last day is before the first.", "Correct one of the two dates."
                )
            else:
                yield row

    def child(self, row: Row) -> Here | None:
        """Return the child of a row; where there is none, the row is listed."""
        found = self.children.get(row["person_id"])
        if found is None:
            self.cannot(
                row,
                "Person ID",
                f"No child with the number {row['person_id']} was placed.",
                "See what became of that number in children, or add the child to that file.",
            )
        return found

    def cannot(self, row: Row, column: str, why: str, todo: str) -> None:
        """List a row as not placed."""
        self.unplaced.append(Remark(row.file, row.number, column, why, todo))
        if (row.file, row.number) not in self._lost:
            self._lost.add((row.file, row.number))
            self.tallies[row.file].unplaced += 1

    def notice(self, row: Row, column: str, why: str, todo: str) -> None:
        """List a row that was placed as one to look at."""
        self.notices.append(Remark(row.file, row.number, column, why, todo))

    def placed(self, row: Row) -> None:
        """Count a row as placed."""
        self.tallies[row.file].placed += 1

    def here(self, row: Row) -> None:
        """Count a row as known here already."""
        self.tallies[row.file].here += 1

    def keep(self, table: str, keys: Iterable[int]) -> None:
        """Remember the rows made, so that they can be taken back."""
        self.made.setdefault(table, []).extend(keys)

    def fact(self, row: Row) -> dict[str, Any]:
        """Return what every fact says of where it came from and since when it was known."""
        return {"source": self.source, **self.known(row)}

    def known(self, row: Row) -> dict[str, Any]:
        """Return since when the former system knew it; nothing where that is not told."""
        known_on = row["known_on"]
        return {"recorded_at": instant(known_on)} if known_on else {}


def instant(day: date) -> datetime:
    """Return the morning of a day: a former system's dates of recording have no hour."""
    return datetime.combine(day, time(9), tzinfo=UTC)


def said(day: date) -> str:
    """Return a day as people write it."""
    return f"{day.day} {day:%B %Y}"


def as_json(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """Return remarks as they are stored."""
    return [asdict(remark) for remark in remarks]


class Spans:
    """Which days are taken, by key: what the database's constraints would refuse is found first."""

    def __init__(self) -> None:
        self._taken: dict[Hashable, list[tuple[date, date | None, Any]]] = defaultdict(list)

    def take(self, key: Hashable, start: date, end: date | None, what: Any = None) -> None:
        """Take the days of a fact."""
        self._taken[key].append((start, end, what))

    def clash(
        self, key: Hashable, start: date, end: date | None
    ) -> tuple[date, date | None, Any] | None:
        """Return the fact that holds some of these days, if there is one."""
        for taken in self._taken.get(key, ()):
            first, last, _ = taken
            if (end is None or first <= end) and (last is None or last >= start):
                return taken
        return None


def span_says(start: date, end: date | None) -> str:
    """Return from when to when, in words."""
    return f"from {said(start)} " + (f"to {said(end)}" if end else "and still")
