"""Contacts with a child and the people around, on whatever case: who was seen, who said what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onroll.office.casework.models import Case, Contact
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries.identity import records_of


@dataclass(frozen=True, slots=True)
class Made:
    """One contact with the corrections beside it; `now` is what is believed of it."""

    first: Contact
    corrections: tuple[Contact, ...]

    @property
    def now(self) -> Contact:
        return self.corrections[-1] if self.corrections else self.first

    @property
    def is_seen(self) -> bool:
        return bool(self.now.child_seen)

    @property
    def is_spoken_to(self) -> bool:
        return bool(self.now.child_spoken_to)


@dataclass(frozen=True, slots=True)
class ContactsOfChild:
    """The contacts of a list, newest first, with when the child was last seen and spoken to.

    `last_seen` and `last_spoken` are of all contacts, whatever the list is narrowed to.
    """

    listed: tuple[Made, ...] = ()
    all: int = 0
    last_seen: Made | None = None
    last_spoken: Made | None = None

    @property
    def last_on(self) -> date | None:
        """The last day on which anybody saw the child or spoke to the child."""
        days = [made.now.on for made in (self.last_seen, self.last_spoken) if made is not None]
        return max(days, default=None)


def contacts_of_child(
    child: Child,
    actor: Actor,
    *,
    is_seen: bool = False,
    channel: str = "",
    first: date | None = None,
    last: date | None = None,
) -> ContactsOfChild:
    """Return the contacts on every case of a child that this person may know of."""
    found = Contact.objects.filter(
        case__child__in=records_of(child.pk), case__in=Case.objects.visible_to(actor)
    ).select_related("case", "recorded_by")
    made = sorted(_made(found.order_by("pk")), key=lambda m: (m.now.on, m.first.pk), reverse=True)
    return ContactsOfChild(
        listed=tuple(
            m
            for m in made
            if (not is_seen or m.is_seen or m.is_spoken_to)
            and (not channel or m.now.channel == channel)
            and (first is None or m.now.on >= first)
            and (last is None or m.now.on <= last)
        ),
        all=len(made),
        last_seen=next((m for m in made if m.is_seen), None),
        last_spoken=next((m for m in made if m.is_spoken_to), None),
    )


def _made(rows: Iterable[Contact]) -> list[Made]:
    firsts: dict[int, Contact] = {}
    beside: dict[int, list[Contact]] = {}
    for row in rows:
        if row.corrects_id is None:
            firsts[row.pk] = row
        else:
            beside.setdefault(row.corrects_id, []).append(row)
    return [Made(first, tuple(beside.get(pk, ()))) for pk, first in firsts.items()]
