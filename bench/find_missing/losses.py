"""What loses whom: how a falsely listed child's records differ from their own education record."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bench.find_missing.answers import Answer
from bench.find_missing.scoring import NAMES
from bench.find_missing.truth import World
from onroll.matching.records import comparable

Row = dict[str, Any]
_SHOWN = ("given_name", "middle_names", "family_name", "born_on", "house", "postcode", "upn")


@dataclass(frozen=True, slots=True)
class Lost:
    """A child on a roll who was listed all the same."""

    origin: str
    differs: tuple[str, ...]
    probability: float
    cause: str
    nearest_is_theirs: bool
    shown: str


def false_names(truth: World, answer: Answer, on: date) -> list[Lost]:
    """Return every listed name whose child is on an education list."""
    rows = comparable(truth.sources, on).to_pylist()
    written = [row for source in truth.sources for row in source.table.to_pylist()]
    educates = [s.is_education for s in truth.sources for _ in range(len(s.table))]
    theirs: dict[int, list[int]] = defaultdict(list)
    for uid, n in enumerate(truth.person.tolist()):
        if educates[uid]:
            theirs[n].append(uid)
    found = []
    for name in answer.listed:
        n = truth.of(name.uids)
        if n not in theirs:
            continue
        ours = [uid for uid in name.uids if truth.person[uid] == n]
        pairs = [(differing(rows[a], rows[b]), a, b) for a in ours for b in theirs[n]]
        differs, a, b = min(pairs, key=lambda pair: len(pair[0]))
        shown = " against ".join(
            ", ".join(str(written[uid][column] or "–") for column in _SHOWN) for uid in (a, b)
        )
        found.append(
            Lost(
                truth.child(n)["name_origin"],
                differs,
                name.probability or 0.0,
                name.cause,
                name.nearest in theirs[n],
                shown,
            )
        )
    return found


def differing(one: Row, other: Row) -> tuple[str, ...]:
    """Return in what two records are not the same, in words."""
    said = [_given(one, other), _family(one, other), _born(one, other), _address(one, other)]
    if one["upn"] and other["upn"] and one["upn"] != other["upn"]:
        said.append("UPN different")
    if one["sex"] and other["sex"] and one["sex"] != other["sex"]:
        said.append("sex different")
    return tuple(word for word in said if word)


def _shares(one: Row, other: Row, column: str) -> bool:
    return bool(set(one[column] or ()) & set(other[column] or ()))


def _given(one: Row, other: Row) -> str:
    if not one["fn"] or not other["fn"]:
        return "given name not there"
    if one["fn"] == other["fn"] or one["fn_f"] == other["fn_f"]:
        return ""
    if one["fn_f"] == other["sn_f"] or one["sn_f"] == other["fn_f"]:
        return "names changed over"
    if _shares(one, other, "also_list"):
        return "given name short"
    return "another given name in common" if _shares(one, other, "given_list") else "given name"


def _family(one: Row, other: Row) -> str:
    if one["sn_f"] == other["sn_f"]:
        return ""
    return "part of family name" if _shares(one, other, "family_list") else "family name"


def _born(one: Row, other: Row) -> str:
    if not one["dob"] or not other["dob"]:
        return "no date of birth"
    if one["dob"] == other["dob"]:
        return ""
    same = sum(one[part] == other[part] for part in ("dob_y", "dob_m", "dob_d"))
    return "date of birth in part" if same == 2 else "date of birth"


def _address(one: Row, other: Row) -> str:
    if not one["pc"] or not other["pc"]:
        return "no postcode"
    if one["pc"] == other["pc"]:
        return ""
    return "postcode" if one["pc_district"] == other["pc_district"] else "address elsewhere"


def table(lost: Sequence[Lost], most: int = 14) -> str:
    """Return the commonest ways of differing, and in whose names they come."""
    counted = Counter(one.differs for one in lost)
    lines = [
        "| differs in | names | share | mean chance | nearest is their own | origins |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for differs, n in counted.most_common(most):
        ones = [one for one in lost if one.differs == differs]
        origins = Counter(one.origin for one in ones).most_common(3)
        own = sum(one.nearest_is_theirs for one in ones) / n
        lines.append(
            f"| {', '.join(differs) or 'nothing'} | {n} | {n / len(lost):.0%} "
            f"| {sum(one.probability for one in ones) / n:.2f} | {own:.0%} "
            f"| {', '.join(f'{origin} {k}' for origin, k in origins)} |"
        )
    return "\n".join(lines) + "\n"


def by_field(lost: Sequence[Lost]) -> str:
    """Return for each origin the share of its false names in which a field differs."""
    groups: dict[str, list[Lost]] = defaultdict(list)
    for one in lost:
        groups[one.origin].append(one)
    fields = [word for word, _ in Counter(w for one in lost for w in one.differs).most_common(10)]
    lines = [
        "| origin | false names | " + " | ".join(fields) + " |",
        "|---|---:|" + "---:|" * len(fields),
    ]
    for origin, ones in sorted(groups.items()):
        shares = (sum(field in one.differs for one in ones) / len(ones) for field in fields)
        lines.append(f"| {origin} | {len(ones)} | " + " | ".join(f"{s:.0%}" for s in shares) + " |")
    return "\n".join(lines) + "\n"


def examples(lost: Iterable[Lost], of_each: int = 3) -> str:
    """Return the likeliest false names of each origin, as written."""
    groups: dict[str, list[Lost]] = defaultdict(list)
    for one in sorted(lost, key=lambda one: -one.probability):
        if len(groups[one.origin]) < of_each:
            groups[one.origin].append(one)
    return (
        "\n".join(
            f"- {origin}, {one.probability:.2f}: {one.shown}"
            for origin, ones in sorted(groups.items())
            for one in ones
        )
        + "\n"
    )


def missed(truth: World, answer: Answer, on: date) -> list[str]:
    """Say of each missing child not found in the first names why, as far as the answer shows."""
    true = truth.those("missing")
    people = [truth.of(name.uids) for name in answer.listed]
    cut = round(NAMES * len(true))
    place = {n: at for at, n in reversed(list(enumerate(people, start=1)))}
    written = [row for source in truth.sources for row in source.table.to_pylist()]
    said = []
    for n in sorted(true - set(people[:cut])):
        uids = [uid for uid in range(len(written)) if truth.person[uid] == n]
        child = truth.child(n)
        who = f"{child['name_origin']}, {child['multiple'] or 'single'}"
        who += f", {len(uids)} records"
        if n in place:
            name = answer.listed[place[n] - 1]
            said.append(f"{who}: listed at {place[n]}, {name.probability}: {name.explanation}")
            continue
        group = {int(answer.people[uid]) for uid in uids}
        others = {
            int(truth.person[uid])
            for uid in range(len(written))
            if int(answer.people[uid]) in group
        } - {n}
        with_whom = [
            "a brother or sister"
            if truth.child(o)["household"] == child["household"]
            else "another"
            for o in others
        ]
        shown = "; ".join(
            ", ".join(str(written[uid][column] or "–") for column in _SHOWN) for uid in uids
        )
        said.append(f"{who}: joined with {', '.join(with_whom) or 'nobody'}: {shown}")
    return said
