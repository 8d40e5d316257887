"""Why two records may be of one child, in words: each field's agreement and how rare it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching.causes import Teller
from onroll.matching.columns import numbered
from onroll.matching.comparisons import FIELDS, level_of
from onroll.statute.writing import written

SAYS: Mapping[str, Mapping[str, str]] = {
    "given": {
        "same": "given name the same",
        "respelt": "given name spelt another way",
        "swapped": "given and family names changed over",
        "short": "given name a short form",
        "near": "given name nearly the same",
        "middle": "a given name in common",
        "initial": "given name agrees by its initial",
        "twin": "given name different, as of twins",
        "different": "given name different",
    },
    "family": {
        "same": "family name the same",
        "respelt": "family name spelt another way",
        "swapped": "",
        "part": "part of the family name in common",
        "near": "family name nearly the same",
        "different": "family name different",
    },
    "born": {
        "same": "date of birth the same",
        "swapped": "date of birth with day and month changed over",
        "slip": "date of birth one digit out",
        "january": "date of birth given as 1 January on one",
        "partly": "date of birth partly the same",
        "different": "date of birth different",
    },
    "address": {
        "house": "address the same",
        "postcode": "postcode the same",
        "slip": "address the same but for one character of the postcode",
        "sector": "postcodes close by",
        "district": "postcode district the same",
        "different": "address elsewhere",
    },
    "sex": {"same": "", "different": "sex different"},
    "upn": {
        "same": "UPN the same",
        "slip": "UPN one character out",
        "different": "UPN different",
    },
    "nhs": {
        "same": "NHS number the same",
        "slip": "NHS number one digit out",
        "different": "NHS number different",
    },
}


def of_levels(levels: Sequence[int]) -> str:
    """Return the agreement of two records as one clause, the numbers first."""
    parts = []
    for field, gamma in zip(FIELDS, levels, strict=True):
        level = level_of(field, int(gamma))
        if level is not None and (says := SAYS[field.key][level.key]):
            parts.append(says)
    numbers = [part for part in parts if part.startswith(("UPN", "NHS"))]
    return "; ".join([*numbers, *(part for part in parts if part not in numbers)])


def of_pairs(levels: Any, weight: Any, records: pa.Table, left: Any) -> pa.Array:
    """Return a sentence for each pair: what agrees, how rare the names are, the weight in bits."""
    if not len(levels):
        return pa.array([], pa.string())
    different, which = np.unique(levels, axis=0, return_inverse=True)
    clauses = [of_levels(row) for row in different.tolist()]
    said = pa.array([_sentence(clause) for clause in clauses]).take(pa.array(which.ravel()))
    bits = pa.array(np.char.mod("%.1f", weight))
    return pc.binary_join_element_wise(
        said,
        _rarity(records, left),
        pa.scalar(" Weight "),
        bits,
        pa.array([" bits.", " bits; both agree with other records of the person."]).take(
            pa.array((weight <= 0).astype(int))
        ),
        "",
    )


def _rarity(records: pa.Table, left: Any) -> pa.Array:
    """Return how many records hold the names of each record, of those names that it has."""
    given, family = _held_by(records["fn"])[left], _held_by(records["sn"])[left]
    kinds = [
        "",
        " Of all records {given} have the given name.",
        " Of all records {family} have the family name.",
        " Of all records {given} have the given name and {family} the family name.",
    ]
    which = (given > 0) + 2 * (family > 0)
    text = pa.array(kinds).take(pa.array(which))
    for name, held in (("{given}", given), ("{family}", family)):
        parts = pc.split_pattern(text, name)
        has = pc.equal(pc.list_value_length(parts), 2)
        text = pc.if_else(has, pc.binary_join(parts, pa.array(held.astype(str))), text)
    return text


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _held_by(column: Any) -> Any:
    """Return for each record how many records have its value; 0 where it has none."""
    numbers = numbered(column)
    counts = np.bincount(numbers[numbers >= 0], minlength=int(numbers.max(initial=0)) + 1)
    return np.where(numbers >= 0, counts[numbers], 0)


def of_candidate(
    told: Teller,
    uids: Sequence[int],
    nearest: tuple[str, str] | None,
    chance: float,
    levels: Sequence[int] | None,
) -> str:
    """Return why a person is listed: where they are seen, and what comes nearest in education."""
    lists = told.lists(uids)
    seen = ", ".join(f"{source.name} (as at {written(source.as_at)})" for source in lists)
    says = f"Seen in {seen} and in no education list."
    if nearest is None or levels is None:
        return f"{says} No entry of an education list comes near."
    source, record = nearest
    percent = "under 1%" if chance < 0.01 else f"{chance:.0%}"
    return (
        f"{says} Nearest is {record} of {source} ({percent} that it is this child): "
        f"{of_levels(levels)}."
    )
