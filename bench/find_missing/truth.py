"""A synthetic authority with its truth, and how an answer stands against it."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.find_missing.answers import Answer
from onroll.matching.sources import Source, read_folder
from onroll.statute.ages import compulsory_school_age

Child = dict[str, str]


@dataclass(frozen=True)
class World:
    """The lists of one authority, and who each record is of.

    `person`: for each record, in the order of the lists, the number of its child in `names`.
    """

    folder: Path
    sources: tuple[Source, ...]
    person: np.ndarray
    names: tuple[str, ...]
    children: dict[str, Child]

    def child(self, number: int) -> Child:
        """Return the line of `children.csv` of a person's number."""
        return self.children[self.names[number]]

    def those(self, column: str) -> frozenset[int]:
        """Return who is `missing` or `in_no_education_source` and on some list at all."""
        return frozenset(
            n
            for n, name in enumerate(self.names)
            if self.children[name][column] == "true"
            and int(self.children[name]["residence_records"]) > 0
        )

    def of(self, uids: Sequence[int]) -> int:
        """Return whom a listed name is of: the person of most of its records."""
        return Counter(self.person[list(uids)].tolist()).most_common(1)[0][0]

    def hits(self, answer: Answer, true: frozenset[int]) -> list[int | None]:
        """Return, name by name, the true child it is of, or None."""
        return [n if (n := self.of(name.uids)) in true else None for name in answer.listed]


def lists_of(folder: Path) -> tuple[Source, ...]:
    """Read an authority's lists as the program does."""
    return read_folder(folder)


def world(folder: Path) -> World:
    """Read an authority and its truth."""
    sources = lists_of(folder)
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as opened:
        who = {(row["source"], row["record_id"]): row["person"] for row in csv.DictReader(opened)}
    with (folder / "children.csv").open(encoding="utf-8", newline="") as opened:
        children = {row["person"]: row for row in csv.DictReader(opened)}
    named = [
        who[source.name, record]
        for source in sources
        for record in source.table["record_id"].to_pylist()
    ]
    names, person = np.unique(np.array(named), return_inverse=True)
    return World(folder, sources, person, tuple(names.tolist()), children)


def together(sources: Sequence[Source]) -> pa.Table:
    """Return all records as written, with their number, list, and whether it is of education."""
    whole = pa.concat_tables([source.table for source in sources])
    sizes = [len(source.table) for source in sources]
    educates = np.repeat([source.is_education for source in sources], sizes)
    source = np.repeat(np.arange(len(sources)), sizes)
    return (
        whole.append_column("uid", pa.array(np.arange(len(whole))))
        .append_column("source_no", pa.array(source))
        .append_column("educates", pa.array(educates))
    )


def of_age(born: Sequence[str | None], on: date) -> bool:
    """Whether any of a name's dates of birth is of compulsory school age, or there is none."""
    days = set()
    for text in born:
        try:
            days.add(date.fromisoformat(text or ""))
        except ValueError:
            continue
    return not days or any(compulsory_school_age(d).holds_on(on) for d in days if d <= on)
