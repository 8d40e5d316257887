"""By which keyed hashes a person is known again in a later search.

A record is known by its list, its number there and its date of birth: lists whose rows are only
numbered give the number to somebody else the next time, and hardly ever to a child of the same
day. A person is known by name and date of birth, but only where an address is the same too: two
children of one name and one day are two children.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onroll.matching import normalise
from onroll.office.kernel import encryption
from onroll.office.people.models import Child

_PURPOSE = "linkage.person"
_LENGTH = 16  # bytes


@dataclass(frozen=True, slots=True)
class Prints:
    """The hashes of one person under one of the installation's keys."""

    person: str  # "" where no record says name and date of birth
    records: tuple[str, ...]
    places: tuple[str, ...]


Record = Mapping[str, str | None]


def prints(records: Sequence[Record]) -> Prints:
    """Return the hashes of a person's records under the newest key, to be kept."""
    return every_print(records)[0]


def every_print(records: Sequence[Record]) -> list[Prints]:
    """Return the hashes under every key of the installation, newest first, to be looked up."""
    return [_under(key, records) for key in encryption.keys_for(_PURPOSE).values()]


def person_prints(given_names: str, family_name: str, born_on: str) -> list[str]:
    """Return by what a person of this name and day is known, under every key."""
    record = {"given_name": given_names, "family_name": family_name, "born_on": born_on}
    return [one.person for one in every_print([record])]


def child_prints(pk: int) -> list[str]:
    """Return by what a child of the office would be known among those whose records are gone."""
    child = Child.objects.get(pk=pk)
    if child.born_on is None:
        return []
    return person_prints(child.given_names, child.family_name, child.born_on.isoformat())


def _under(key: bytes, records: Sequence[Record]) -> Prints:
    named = next((r for r in records if r.get("family_name") and r.get("born_on")), None)
    return Prints(
        person=_hash(key, "person", *_name_of(named)) if named else "",
        records=_each(_hash(key, "record", *_number_of(record)) for record in records),
        places=_each(
            _hash(key, "place", *place) for record in records if (place := _place_of(record))
        ),
    )


def _each(hashes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hashes))


def _number_of(record: Record) -> tuple[str, ...]:
    return tuple(record.get(name) or "" for name in ("key", "id", "born_on"))


def _name_of(record: Record) -> tuple[str, ...]:
    words = normalise.search_words(f"{record.get('given_name') or ''} {record['family_name']}")
    return (*sorted(normalise.folded(word) for word in words), record["born_on"] or "")


def _place_of(record: Record) -> tuple[str, ...]:
    postcode = "".join((record.get("postcode") or "").split()).upper()
    house = "".join(c for c in (record.get("house") or "").casefold() if c.isalnum())
    return (postcode, house) if postcode else ()


def _hash(key: bytes, *parts: str) -> str:
    return hmac.digest(key, "\x1f".join(parts).encode(), "sha256")[:_LENGTH].hex()
