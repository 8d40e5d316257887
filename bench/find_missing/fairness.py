"""Whom the search serves worse: recall and false names by origin of the name, sex, age and area.

    python -m bench.find_missing.fairness --keep DIR --closed DIR …

It reads the answers that `python -m bench.find_missing` kept. The origin of a name is the
generator's; it is no child's ethnicity.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.find_missing import answers, losses
from bench.find_missing.answers import Answer
from bench.find_missing.scoring import NAMES, wilson
from bench.find_missing.truth import Child, World, world

LIKELY = 0.5


@dataclass(slots=True)
class Served:
    """One group: the missing, those found, children on a roll, and those listed falsely."""

    missing: int = 0
    found: int = 0
    on_roll: int = 0
    listed: int = 0
    likely: int = 0

    def row(self, group: str) -> str:
        """Return the group as a line of a table."""
        low, high = wilson(self.found, self.missing)
        few, many = wilson(self.listed, self.on_roll)
        least, most = wilson(self.likely, self.on_roll)
        found = f"{self.found / self.missing:.1%}" if self.missing else "none"
        of = max(1, self.on_roll)
        return (
            f"| {group} | {self.missing:,} | {found} | {low:.1%} to {high:.1%} "
            f"| {self.on_roll:,} | {1000 * self.listed / of:.1f} "
            f"| {1000 * few:.1f} to {1000 * many:.1f} "
            f"| {1000 * self.likely / of:.2f} | {1000 * least:.2f} to {1000 * most:.2f} |"
        )


def age_band(child: Child, on: date) -> str:
    """Return the child's age on the day, in bands of three years."""
    born = date.fromisoformat(child["born_on"])
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    low = 5 + max(0, age - 5) // 3 * 3
    return f"{low} to {low + 2}" if age >= 5 else "under 5"


def _by(on: date) -> dict[str, Callable[[Child], str]]:
    return {
        "name origin": lambda child: child["name_origin"],
        "sex": lambda child: child["sex"],
        "age": lambda child: age_band(child, on),
        "area": lambda child: (
            "over the border" if child["area"] == "-1" else f"area {int(child['area']):02d}"
        ),
        "twins and triplets": lambda child: child["multiple"] or "neither",
    }


def served(
    answered: Iterable[tuple[World, Answer]], key: Callable[[Child], str]
) -> dict[str, Served]:
    """Count for each group, pooled over authorities."""
    groups: dict[str, Served] = defaultdict(Served)
    for truth, answer in answered:
        true = truth.those("missing")
        cut = round(NAMES * len(true))
        people = [truth.of(name.uids) for name in answer.listed]
        found = set(people[:cut]) & true
        likely = {
            n
            for n, name in zip(people, answer.listed, strict=True)
            if (name.probability or 0.0) >= LIKELY
        }
        listed = set(people)
        for n, name in enumerate(truth.names):
            child = truth.children[name]
            group = groups[key(child)]
            if n in true:
                group.missing += 1
                group.found += n in found
            elif child["in_age"] == "true" and child["education_records"] != "0":
                group.on_roll += 1
                group.listed += n in listed
                group.likely += n in likely
    return groups


def main() -> None:
    """Print the tables, then what loses whom."""
    asking = argparse.ArgumentParser(
        prog="python -m bench.find_missing.fairness", description=__doc__
    )
    asking.add_argument("--closed", type=Path, action="append", required=True, metavar="DIR")
    asking.add_argument("--keep", type=Path, required=True)
    asking.add_argument("--on", type=date.fromisoformat, default=date(2026, 10, 1))
    given = asking.parse_args()
    answered = [
        (world(folder), answers.read(given.keep / folder.name / "OnRoll"))
        for folder in given.closed
    ]
    for what, key in _by(given.on).items():
        print(
            f"| {what} | missing | found at {NAMES:.0f} names each | 95 in 100 | on a roll "
            f"| listed falsely a 1,000 | 95 in 100 | with {LIKELY} or more | 95 in 100 |"
        )
        print("|---|---:|---:|---|---:|---:|---|---:|---|")
        groups = served(answered, key)
        for group in sorted(groups):
            if groups[group].missing or groups[group].on_roll:
                print(groups[group].row(group))
        print()
    lost = [
        one for truth, answer in answered for one in losses.false_names(truth, answer, given.on)
    ]
    for floor, what in ((0.0, "All false names"), (LIKELY, f"Those given {LIKELY} or more")):
        print(f"{what}, by how their records differ from their own education record:\n")
        print(losses.table([one for one in lost if one.probability >= floor]))
    print(losses.by_field(lost))
    print("Examples (synthetic):\n")
    print(losses.examples(lost))
    for truth, answer in answered:
        for line in losses.missed(truth, answer, given.on):
            print(f"- {truth.folder.name}: {line}")


if __name__ == "__main__":
    main()
