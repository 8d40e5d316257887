"""An open world: families move, cross borders and go to schools that send no list.

Then a perfect linkage still lists many who need nothing, and what counts is what clearing costs.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.find_missing import scoring
from bench.find_missing.answers import Answer, Name
from bench.find_missing.tables import reliability
from bench.find_missing.truth import World

SECONDS = 20.0  # a decision
AT_ONCE = 40  # names that one answer clears, where a list asked for answers them
BY_LIST = frozenset({"independent_or_cross_border"})
_SHARES = (0.8, 0.9, 0.97)


@dataclass(frozen=True, slots=True)
class Read:
    """A listed name and what is true of it; the child is None where they need not be found."""

    name: Name
    missing: object
    unlisted: object
    status: str
    lives_here: bool

    @property
    def worth(self) -> float:
        """How likely they live here and are on no list."""
        return (self.name.probability or 0.0) * (
            1.0 if self.name.lives_here is None else self.name.lives_here
        )


def readings(truth: World, answer: Answer) -> list[Read]:
    """Return every listed name with the truth."""
    missing, unlisted = truth.those("missing"), truth.those("in_no_education_source")
    found = []
    for name in answer.listed:
        n = truth.of(name.uids)
        child = truth.child(n)
        found.append(
            Read(
                name,
                (truth.folder.name, n) if n in missing else None,
                (truth.folder.name, n) if n in unlisted else None,
                child["status"],
                child["lives_here"] == "true",
            )
        )
    return found


def tables(answered: Sequence[tuple[World, Answer]]) -> str:
    """Return all tables of an open world, pooled over authorities."""
    read = [one for truth, answer in answered for one in readings(truth, answer)]
    parts = [
        _standing(answered),
        _by_cause(read),
        _by_residence(read),
        reliability(
            [one.name.lives_here or 0.0 for one in read],
            [one.lives_here for one in read],
            "said to live here",
        ),
        _clearing(answered, read),
    ]
    return "\n".join(parts)


def _standing(answered: Iterable[tuple[World, Answer]]) -> str:
    lines = [
        "| authority | of whom | to be found | listed | found at all | names each at 97% "
        "| at 1 | at 2 | at 3 |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for truth, answer in answered:
        read = sorted(readings(truth, answer), key=lambda one: -one.worth)
        for column, whom in (("in_no_education_source", "unlisted"), ("missing", "missing")):
            true = truth.those(column)
            for order, what in ((read, "probability × lives_here"), (None, "as listed")):
                hits = [getattr(o, whom) for o in (order or readings(truth, answer))]
                names = scoring.names_for_each(hits, len(true))
                at = " | ".join(f"{scoring.recall_at(hits, len(true), n):.1%}" for n in (1, 2, 3))
                lines.append(
                    f"| {truth.folder.name} | `{column}`, {what} | {len(true):,} "
                    f"| {len(answer.listed):,} | {len(set(hits) - {None}) / len(true):.1%} "
                    f"| {'n/a' if names is None else f'{names:.2f}'} | {at} |"
                )
    return "\n".join(lines) + "\n"


def _rows(read: Iterable[Read], key: Callable[[Read], str]) -> list[str]:
    groups: dict[str, list[Read]] = defaultdict(list)
    for one in read:
        groups[key(one)].append(one)
    lines = []
    for name, ones in sorted(groups.items()):
        missing = len({one.missing for one in ones} - {None})
        unlisted = len({one.unlisted for one in ones} - {None})
        low, high = scoring.wilson(missing, len(ones))
        lines.append(
            f"| {name} | {len(ones):,} | {unlisted:,} | {unlisted / len(ones):.1%} "
            f"| {missing:,} | {missing / len(ones):.1%} | {low:.1%} to {high:.1%} |"
        )
    return lines


def _by_cause(read: Sequence[Read]) -> str:
    head = [
        "| cause group | listed | live here, on no list | share | missing | share | 95 in 100 |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    return "\n".join(head + _rows(read, lambda one: one.name.cause)) + "\n"


def _by_residence(read: Sequence[Read]) -> str:
    head = [
        "| lives_here | listed | live here, on no list | share | missing | share | 95 in 100 |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]

    def band(one: Read) -> str:
        low = min(4, int((one.name.lives_here or 0.0) * 5 + 1e-9)) / 5
        return f"{low:.1f} to {low + 0.2:.1f}"

    return "\n".join(head + _rows(read, band)) + "\n"


def _clearing(answered: Sequence[tuple[World, Answer]], read: list[Read]) -> str:
    lines = [
        "| cause group | names | decisions | minutes | missing found | minutes a missing child |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    groups: dict[str, list[Read]] = defaultdict(list)
    for one in read:
        groups[one.name.cause].append(one)
    for cause, ones in sorted(groups.items()):
        asked = math.ceil(len(ones) / AT_ONCE) if cause in BY_LIST else len(ones)
        found = len({one.missing for one in ones} - {None})
        minutes = asked * SECONDS / 60
        each = f"{minutes / found:.1f}" if found else "none found"
        lines.append(f"| {cause} | {len(ones):,} | {asked:,} | {minutes:,.0f} | {found} | {each} |")
    true = sum(len(truth.those("missing")) for truth, _ in answered)
    lines += [
        "",
        "| order of reading | "
        + " | ".join(f"to {share:.0%} of the missing" for share in _SHARES)
        + " | the whole list |",
        "|---|" + "---:|" * (len(_SHARES) + 1),
    ]
    shuffled = list(read)
    random.Random(1).shuffle(shuffled)
    by_worth = sorted(read, key=lambda one: -one.worth)
    by_group = sorted(read, key=_by_yield(groups))
    for what, order, bulk in (
        ("ungrouped, by lot", shuffled, False),
        ("ungrouped, by probability × lives_here", by_worth, False),
        ("by that order, lists asked for where they clear", by_worth, True),
        ("cause groups by what they yield, lists asked for where they clear", by_group, True),
    ):
        at = _minutes(order, true, bulk=bulk)
        lines.append(f"| {what} | " + " | ".join(at) + " |")
    return "\n".join(lines) + "\n"


def _by_yield(groups: dict[str, list[Read]]) -> Callable[[Read], tuple[float, str, float]]:
    """Order groups by what a minute on them is expected to give, without knowing the truth."""
    worth = {
        cause: sum(one.worth for one in ones) / len(ones) * (AT_ONCE if cause in BY_LIST else 1)
        for cause, ones in groups.items()
    }
    return lambda one: (-worth[one.name.cause], one.name.cause, -one.worth)


def _minutes(order: Sequence[Read], true: int, *, bulk: bool) -> list[str]:
    """Return the minutes for each missing child found, up to each share of them and in all."""
    spent, found = 0.0, set()
    wanted = [math.ceil(share * true) for share in _SHARES]
    told: list[str] = []
    for one in order:
        spent += SECONDS / 60 / (AT_ONCE if bulk and one.name.cause in BY_LIST else 1)
        if one.missing is not None:
            found.add(one.missing)
        while len(told) < len(wanted) and len(found) >= wanted[len(told)]:
            told.append(f"{spent / len(found):.1f}")
    told += ["n/a"] * (len(wanted) - len(told))
    return [*told, f"{spent / max(1, len(found)):.1f}"]
