"""Whose database this is, its letterhead, its named people, and since when it has recorded."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.office.accounts.models import Appointment, Authority, Recording, Team


def authority() -> Authority:
    """Return the authority; an unsaved one with a neutral name before it has been described."""
    return Authority.objects.first() or Authority(name="OnRoll", la_code="", gss_code="")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of a letter: the authority's address, the team's own numbers."""

    authority: str
    lines: tuple[str, ...]
    postcode: str
    website: str
    team: str
    email: str
    telephone: str
    brand_colour: str


def letterhead(team: Team | None) -> Letterhead:
    """Return the letterhead for a team's letters; the authority's own numbers where it has none."""
    own = authority()
    address = [line.strip() for line in own.address.splitlines() if line.strip()]
    if own.po_box:
        address.insert(0, own.po_box)
    return Letterhead(
        authority=own.name,
        lines=tuple(address),
        postcode=own.postcode,
        website=own.website,
        team=team.name if team else "",
        email=(team.email if team else "") or own.email,
        telephone=(team.telephone if team else "") or own.telephone,
        brand_colour=own.brand_colour,
    )


@dataclass(frozen=True, slots=True)
class Named:
    """The named person of an office and their deputy on a day; either may be unfilled."""

    office: str
    holder: Appointment | None
    deputy: Appointment | None


def named_person(office: str, on: date, known_at: datetime | None = None) -> Named:
    """Return who held an office ("cme_named_person", "virtual_school_head") on that day."""
    found = list(Appointment.objects.on(on, known_at).filter(office=office))
    return Named(
        office=office,
        holder=next((a for a in found if not a.is_deputy), None),
        deputy=next((a for a in found if a.is_deputy), None),
    )


def recordings() -> list[Recording]:
    """Return since when each series has been recorded here."""
    return list(Recording.objects.order_by("series"))


def recording_caveat(series: str, on: date) -> str:
    """Return what must be said of a figure for a day before recording began; or nothing."""
    began = Recording.objects.filter(series=series).first()
    if began is None or on >= began.began_on:
        return ""
    since = f"{began.began_on.day} {began.began_on:%B %Y}"
    return began.says or (
        f"Recording began on {since}. For earlier dates the figure is what has been recorded "
        "since, and may be incomplete."
    )
