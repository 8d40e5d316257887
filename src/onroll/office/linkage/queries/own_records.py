"""What the office itself knows of who is being educated, as one more list for a search."""

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
from django.db.models import Q

from onroll.matching.explain import Person
from onroll.matching.sources import COLUMNS, Source
from onroll.office.casework.queries import children as standings
from onroll.office.people.models import Child
from onroll.office.people.queries import matches
from onroll.office.provision import queries as provision
from onroll.statute.reasons import Place

# No source can have this key: it is no slug that a name makes.
KEY, NAME = "_own", "Known in OnRoll"
# What an officer has recorded with a source. Rolls are left to the census: the office hears of a
# leaver last of all, and a roll that nobody ended would hide a child who is on none.
_EDUCATED = frozenset(
    {
        Place.HOME_EDUCATED,
        Place.ALTERNATIVE_PROVISION,
        Place.HOSPITAL_EDUCATION,
        Place.EOTAS,
        Place.DETAINED,
    }
)
LEFT = frozenset({Place.LEFT_AREA, Place.LEFT_COUNTRY})
# Of these the office knows why no school has them. A roll is not among them, for the same reason.
SETTLED = _EDUCATED | LEFT | {Place.DIED}


def own_records(on: date) -> Source | None:
    """Return the children whom the office has as educated otherwise than on a roll, on a day.

    None where there are none. Sealed children are left out: a search must not hold where they are.
    """
    may_be = Q()
    for keys in provision.educated_otherwise(on):
        may_be |= Q(pk__in=keys)
    known = Child.objects.filter(may_be, erased_at=None).in_bulk()
    found = standings.standings(known.values(), on)
    people = matches.people_of(pk for pk in known if found[pk].place in _EDUCATED)
    rows = [_row(known[pk].ref, person) for pk, person in sorted(people.items())]
    if not rows:
        return None
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in COLUMNS}
    return Source(NAME, "education", on, pa.table(columns))


def places_of(children: Iterable[int | None], on: date) -> dict[int, Place]:
    """Return where each of the children stands on a day, as it is recorded here."""
    asked = Child.objects.in_bulk({pk for pk in children if pk is not None})
    found = standings.standings(asked.values(), on)
    return {pk: standing.place for pk, standing in found.items()}


def _row(ref: str, person: Person) -> dict[str, str | None]:
    """Return one child as a record of a list; the house comes before the street of a first line."""
    house, _, street = person.line_1.partition(" ")
    is_house = any(mark.isdigit() for mark in house)
    row = {
        "record_id": ref,
        "upn": person.upn,
        "nhs_number": person.nhs_number,
        "given_name": person.given_names,
        "family_name": person.family_name,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "house": house if is_house else "",
        "street": street if is_house else person.line_1,
        "postcode": person.postcodes[-1] if person.postcodes else "",
    }
    return {name: row.get(name) or None for name in COLUMNS}
