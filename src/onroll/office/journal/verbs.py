"""The verbs: everything that can happen here, each with its sentence and what its event keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can happen, the sentence that tells it, and what its event may keep.

    `keeps` names the only values that an event of this verb may hold: references, dates, codes
    and counts. Names and free text stay in their own tables, where they can be corrected or
    erased; an event points at them.
    """

    key: str
    says: str
    keeps: frozenset[str]


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PAGE = re.compile(r"[a-z]+:([a-z0-9_]+)")  # the name of an address: casework:child_people
_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")

_verbs: dict[str, Verb] = {}


def verb(key: str, says: str, *keeps: str) -> Verb:
    """Declare a verb once, beside the action that uses it. `says` may use {kept} values."""
    if key in _verbs:
        raise ValueError(f"the verb {key!r} is declared twice")
    declared = Verb(key=key, says=says, keeps=frozenset(keeps))
    _verbs[key] = declared
    return declared


def all_verbs() -> tuple[Verb, ...]:
    """Return every declared verb, in order of its key."""
    return tuple(_verbs[key] for key in sorted(_verbs))


def told(key: str, data: Mapping[str, object]) -> str:
    """Return the sentence of one event, for a person to read."""
    declared = _verbs.get(key)
    if declared is None:
        return key
    return declared.says.format_map(_Kept({name: _in_words(kept) for name, kept in data.items()}))


def _in_words(kept: object) -> object:
    """Return a kept value as people write it: dates with their month, keys without underscores."""
    if isinstance(kept, list | tuple):
        return ", ".join(str(_in_words(one)) for one in kept)
    if not isinstance(kept, str):
        return kept
    if _DAY.fullmatch(kept):
        day = date.fromisoformat(kept)
        return f"{day.day} {day:%B %Y}"
    if page := _PAGE.fullmatch(kept):
        return f"the page “{page[1].replace('_', ' ')}”"
    return kept.replace("_", " ") if _KEY.fullmatch(kept) else kept


class _Kept(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


LOOKED = verb("children.viewed", "looked at {page}", "page", "count")
