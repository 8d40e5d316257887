"""Whom somebody who is worried about a child can ring, and what a receipt shows."""

from dataclasses import dataclass
from datetime import date

from onroll.office.accounts.queries import authority, named_person
from onroll.office.accounts.queries.structure import delivered_by


@dataclass(frozen=True, slots=True)
class WhomToRing:
    """The telephone numbers that stand on every public page."""

    authority: str
    telephone: str
    email: str
    harm: str
    harm_out_of_hours: str
    named_person: str
    named_telephone: str
    named_email: str
    exit_url: str
    delivered_by: str  # the body that does this work for the authority; "" where it does itself


def whom_to_ring(on: date) -> WhomToRing:
    """Return the numbers of the authority and the named person for children missing education."""
    own = authority()
    named = named_person("cme_named_person", on)
    person = named.holder or named.deputy
    return WhomToRing(
        authority=own.name,
        telephone=own.telephone,
        email=own.email,
        harm=own.harm_telephone,
        harm_out_of_hours=own.harm_telephone_out_of_hours,
        named_person=person.name if person else "",
        named_telephone=person.telephone if person else "",
        named_email=person.email if person else "",
        exit_url=own.quick_exit_url,
        delivered_by=delivered_by("cme", on),
    )
