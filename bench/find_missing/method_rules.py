"""Links without chances: an exact join on UPN, and five deterministic rules."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from bench.find_missing import groups
from bench.find_missing.answers import Answer
from bench.find_missing.tidy import tidied
from bench.find_missing.truth import lists_of, together

_BY_UPN = ("upn",)
_RULES = (
    "upn",
    "nhs",
    "fn, sn, dob",
    "fn, dob, pc",
    "sn, left(fn, 1), dob, pc",
)


def by_upn(folder: Path, on: date) -> Answer:
    """Join records of one UPN and nothing else."""
    return _by(_BY_UPN, folder, on)


def by_rules(folder: Path, on: date) -> Answer:
    """Join records that agree on all of any one rule."""
    return _by(_RULES, folder, on)


def _by(rules: Sequence[str], folder: Path, on: date) -> Answer:
    table = together(lists_of(folder))
    connection = duckdb.connect()
    connection.register("tidy", tidied(table, on))
    left, right = [], []
    for rule in rules:
        known = " and ".join(f"{column} is not null" for column in _columns(rule))
        pairs = connection.sql(
            f"select uid, min(uid) over (partition by {rule}) as first from tidy where {known}"
        ).fetchnumpy()
        left.append(pairs["uid"])
        right.append(pairs["first"])
    a, b = np.concatenate(left), np.concatenate(right)
    apart = a != b
    return groups.answer(table, groups.joined(len(table), a[apart], b[apart]), on)


def _columns(rule: str) -> list[str]:
    return sorted(rule.replace("left(", "").replace(", 1)", "").replace(",", " ").split())
