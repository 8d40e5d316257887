"""How a name is shown whose records each wrote it in their own way: once, in ordinary case."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from onroll.matching import normalise

Record = Mapping[str, str | None]

_PART = re.compile(r"[^\W\d_]+")
# A capital follows, as in McNally. That of O'Neill begins a part of its own.
_MC = re.compile(r"^mc(?=[^\W\d_]{3})", re.IGNORECASE)


def readable(records: Sequence[Record], nearest: Record | None = None) -> str:
    """Return the name that most of the records have, in ordinary case; "" where none has any.

    Of equals the newest list speaks. So a list that changes given and family names over, or has
    a slip, is outvoted by two that do not; one that is alone is by an entry that may be theirs.
    What each list wrote stays on the child's own page.
    """
    newest = sorted(records, key=lambda record: record.get("as_at") or "", reverse=True)
    named = [one for one in newest if one.get("given_name") or one.get("family_name")]
    if not named:
        return next((ordinary(n) for one in newest if (n := one.get("middle_names"))), "")
    families = Counter(_folded(one, "family_name") for one in named)
    of_family = [
        one for one in named if families[_folded(one, "family_name")] == max(families.values())
    ]
    wholes = Counter(_folded(one, "given_name") for one in of_family)
    chosen = max(of_family, key=lambda one: wholes[_folded(one, "given_name")])
    order = ["given_name", "middle_names", "family_name"]
    if nearest is not None and _is_changed_over(chosen, nearest):
        order = ["family_name", "middle_names", "given_name"]
    return " ".join(ordinary(part) for name in order if (part := chosen.get(name)))


def _is_changed_over(one: Record, other: Record) -> bool:
    given, family = _folded(one, "given_name"), _folded(one, "family_name")
    as_given = not family.isdisjoint(_folded(other, "given_name"))
    return as_given and given.isdisjoint(_folded(other, "given_name"))


def ordinary(name: str) -> str:
    """Return a name that is all in capitals or all in small letters as people write it."""
    return " ".join(_cased(word) for word in name.split())


def is_called(records: Sequence[Record], typed: str) -> bool:
    """Return whether each word that was typed begins some name of one record, spelling folded."""
    asked = [{word, normalise.folded(word)} for word in normalise.words(typed)]
    return any(_has(record, asked) for record in records)


def _has(record: Record, asked: Sequence[set[str]]) -> bool:
    parts = (record.get(part) for part in ("given_name", "middle_names", "family_name"))
    has = normalise.search_words(" ".join(part for part in parts if part))
    has |= {normalise.folded(word) for word in has}
    return all(any(name.startswith(tuple(words)) for name in has) for words in asked)


def _folded(record: Record, part: str) -> frozenset[str]:
    return frozenset(map(normalise.folded, normalise.words(record.get(part) or "")))


def _cased(word: str) -> str:
    if not (word.isupper() or word.islower()):
        return word
    written = _PART.sub(lambda part: part[0].capitalize(), word)
    return f"Mc{written[2].upper()}{written[3:]}" if _MC.match(word) else written
