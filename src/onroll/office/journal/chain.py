"""The hash chain: each event sealed to all before it, and the check that it still is.

The key is held outside the database, so that whoever can change rows cannot rebuild the chain.
What a chain alone cannot show is a cut tail: keep the `head` that `verify` prints somewhere
that the database's keeper does not control, and give it back as an anchor.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.db import connection, transaction

from onroll.office.journal.models import Event, Link

GENESIS = "0" * 64
LOCK = 0x6F6E726F  # one sealer at a time
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: its position and its digest. Position 0 is an empty chain."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found. `fault` is empty when the chain holds."""

    checked: int
    unsealed: int
    head: Head
    fault: str = ""

    def __bool__(self) -> bool:
        return not self.fault


def canonical(event: Event) -> bytes:
    """Return the bytes that are sealed: every column, in one fixed form."""
    return json.dumps(
        [
            event.pk,
            event.at.astimezone(UTC).isoformat(),
            event.verb,
            event.actor,
            event.actor_name,
            event.subject,
            event.children,
            event.data,
            event.request_id,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def digest(previous: str, event: Event) -> str:
    """Return the digest that seals an event to the one before."""
    key = settings.JOURNAL_KEY.encode()
    return hmac.new(key, previous.encode() + canonical(event), hashlib.sha256).hexdigest()


def head() -> Head:
    """Return the newest link."""
    newest = Link.objects.order_by("-position").first()
    return Head(newest.position, newest.digest) if newest else Head(0, GENESIS)


@transaction.atomic
def seal(most: int = BATCH) -> int:
    """Seal what is not sealed yet, oldest first; return how many events were sealed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    at = head()
    links: list[Link] = []
    waiting = Event.objects.exclude(pk__in=Link.objects.values("event")).order_by("pk")
    for event in waiting[:most]:
        at = Head(at.position + 1, digest(at.digest, event))
        previous = links[-1].digest if links else head().digest
        links.append(
            Link(position=at.position, event=event.pk, previous=previous, digest=at.digest)
        )
    Link.objects.bulk_create(links)
    return len(links)


def _pairs() -> Iterator[tuple[Link, Event | None]]:
    start = 0
    while True:
        links = list(Link.objects.filter(position__gt=start).order_by("position")[:BATCH])
        if not links:
            return
        events = Event.objects.in_bulk([link.event for link in links])
        yield from ((link, events.get(link.event)) for link in links)
        start = links[-1].position


def verify(anchor: Head | None = None) -> Verdict:
    """Check every link from the first; name the first bad row.

    `anchor` is a head that was kept elsewhere: a chain that does not reach it, or passes it with
    another digest, has been cut or rebuilt.
    """
    at, checked, fault = Head(0, GENESIS), 0, ""
    for link, event in _pairs():
        if link.position != at.position + 1:
            fault = f"link {at.position + 1} is missing"
        elif link.previous != at.digest:
            fault = f"link {link.position} does not follow link {at.position}"
        elif event is None:
            fault = f"event {link.event} (link {link.position}) has been deleted"
        elif digest(at.digest, event) != link.digest:
            fault = f"event {link.event} (link {link.position}) has been changed"
        elif anchor and link.position == anchor.position and link.digest != anchor.digest:
            fault = f"link {link.position} is not the one that the anchor remembers"
        if fault:
            break
        at, checked = Head(link.position, link.digest), checked + 1
    if not fault and anchor and anchor.position > at.position:
        fault = f"the chain ends at {at.position}; the anchor remembers {anchor.position}"
    unsealed = Event.objects.exclude(pk__in=Link.objects.values("event")).count()
    return Verdict(checked=checked, unsealed=unsealed, head=at, fault=fault)
