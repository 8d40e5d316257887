"""What stands for a record when the list is gone: keyed hashes of who it is about and what it says.

From them the next load is compared with the last: how many records are gone, new or changed. They
are made with a key of the installation's own, so that whoever has the table alone can neither read
a child from it nor try out whether a child is in it.
"""

import hmac
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from onroll.matching.sources import COLUMNS

HASHED_FOR = "linkage.population"  # which key of the installation
WHO, SAYS = 16, 8  # bytes
_NAMED_BY = ("given_name", "family_name", "born_on")
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Difference:
    """How one load differs from the one before it, in records."""

    before: int = 0
    after: int = 0
    dropped: int = 0
    added: int = 0
    changed: int = 0

    @property
    def kept(self) -> int:
        """Records that are in both, changed or not."""
        return self.before - self.dropped


def prints_of(table: pa.Table, key: bytes, *, has_ids: bool) -> bytes:
    """Return the hashes of a list's records, in an order that says nothing of the list's own.

    A record is known by the list's own number of it; where the rows were only numbered, by UPN,
    else NHS number, else names and date of birth. Two records of one identity are told apart by
    what they say, so that a list may hold a child twice.
    """
    found: dict[bytes, list[bytes]] = defaultdict(list)
    for who, row in _rows(table, key, has_ids=has_ids):
        found[who].append(_hash(key, "says", *row)[:SAYS])
    prints = []
    for who, contents in found.items():
        for nth, says in enumerate(sorted(contents)):
            again = hmac.digest(key, who + nth.to_bytes(4, "big"), "sha256")[:WHO] if nth else who
            prints.append(again + says)
    return b"".join(sorted(prints))


def _rows(table: pa.Table, key: bytes, *, has_ids: bool) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """Yield for each record the hash of who it is about, and what it says."""
    columns = [name for name in COLUMNS if name != "record_id" or has_ids]
    folded = [[_folded(value) for value in table[name].to_pylist()] for name in columns]
    by = {name: columns.index(name) for name in columns}
    for row in zip(*folded, strict=True):
        yield _hash(key, *_who(row, by))[:WHO], row


def newcomers(table: pa.Table, key: bytes, before: bytes, *, has_ids: bool) -> frozenset[str]:
    """Return the ids of the records about somebody whom an earlier load had not."""
    old = _by_who(before)
    whose = (who for who, _ in _rows(table, key, has_ids=has_ids))
    ids = table["record_id"].to_pylist()
    return frozenset(one for one, who in zip(ids, whose, strict=True) if who not in old)


def compare(before: bytes, after: bytes) -> Difference:
    """Return how two loads differ."""
    old, new = _by_who(before), _by_who(after)
    dropped = sum(who not in new for who in old)
    changed = sum(who in new and new[who] != says for who, says in old.items())
    return Difference(
        before=len(old),
        after=len(new),
        dropped=dropped,
        added=len(new) - (len(old) - dropped),
        changed=changed,
    )


def _by_who(prints: bytes) -> dict[bytes, bytes]:
    step = WHO + SAYS
    return {
        prints[at : at + WHO]: prints[at + WHO : at + step] for at in range(0, len(prints), step)
    }


def _who(row: Sequence[str], by: Mapping[str, int]) -> tuple[str, ...]:
    for name in ("record_id",) if "record_id" in by else ("upn", "nhs_number"):
        if value := row[by[name]]:
            return name, value.replace(" ", "")
    return ("named", *(row[by[name]] for name in _NAMED_BY))


def _folded(value: str | None) -> str:
    # Capitals and spacing are not a change of what is said.
    if not value:
        return ""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value)
    return " ".join(value.casefold().split())


def _hash(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, _BETWEEN.join(parts).encode(), "sha256")
