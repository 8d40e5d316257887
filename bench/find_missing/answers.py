"""What a method answers: who the records are, and whom to look for, the first to read first."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True)
class Name:
    """One name to read: its records by number, and what else the method says of it."""

    uids: tuple[int, ...]
    probability: float | None = None
    lives_here: float | None = None
    cause: str = ""
    explanation: str = ""
    nearest: int | None = None
    nearest_probability: float = 0.0


@dataclass(frozen=True)
class Answer:
    """`people` numbers the person of each record; `listed` is in the order of reading."""

    people: np.ndarray
    listed: Sequence[Name]
    notes: dict[str, object] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Keep the answer in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "people.npy", self.people)
        written = {"listed": [asdict(name) for name in self.listed], "notes": self.notes}
        (folder / "listed.json").write_text(json.dumps(written), "utf-8")


def read(folder: Path) -> Answer:
    """Read an answer back."""
    written = json.loads((folder / "listed.json").read_text("utf-8"))
    listed = [Name(**{**name, "uids": tuple(name["uids"])}) for name in written["listed"]]
    return Answer(np.load(folder / "people.npy"), listed, written["notes"])
