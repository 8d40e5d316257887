"""Reads of the journal: who has looked, what was done."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone, localtime

from onroll.office.journal.models import Event, Link
from onroll.office.journal.verbs import LOOKED, told
from onroll.office.kernel.actor import Actor

# What packages above keep from a reader: children, and things of which an event names no child.
Keeper = Callable[[Actor], Iterable[int]]
ThingKeeper = Callable[[Actor], Iterable[str]]
_keepers: list[Keeper] = []
_keepers_of_things: list[ThingKeeper] = []


def keep_children(keeper: Keeper) -> None:
    """Register which children the journal keeps from a reader. Called from AppConfig.ready()."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def keep_things(keeper: ThingKeeper) -> None:
    """Register which subjects ("casework.Referral:12") it keeps from them, likewise."""
    if keeper not in _keepers_of_things:
        _keepers_of_things.append(keeper)


def shown_to(by: Actor) -> QuerySet[Event]:
    """Return the events that somebody may read, newest first.

    An event about a child who does not exist for them is none of theirs, whatever else is in it.
    """
    found = Event.objects.order_by("-pk")
    if children := sorted({pk for keeper in _keepers for pk in keeper(by)}):
        found = found.exclude(children__overlap=children)
    if things := sorted({name for keeper in _keepers_of_things for name in keeper(by)}):
        found = found.exclude(subject__in=things)
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal as a person reads it."""

    at: datetime
    who: str
    says: str
    verb: str
    subject: str


def _entries(events: Iterable[Event]) -> list[Entry]:
    return [
        Entry(at=e.at, who=e.actor_name, says=told(e.verb, e.data), verb=e.verb, subject=e.subject)
        for e in events
    ]


def who_has_looked(*, child: int, by: Actor, most: int = 200) -> list[Entry]:
    """Return who was shown a child's record and where, newest first."""
    looks = shown_to(by).filter(children__contains=[child], verb=LOOKED.key)
    return _entries(looks[:most])


@dataclass(frozen=True, slots=True)
class Looks:
    """What one person was shown of a child on one day: how often, which pages, from when to when.

    `actor` is None for the program itself, such as a report made on the command line.
    """

    on: date
    actor: int | None
    who: str
    count: int
    pages: tuple[tuple[str, int], ...]  # (name of the page's address, how often)
    first_at: datetime
    last_at: datetime


MOST_LOOKS = 20_000


def looks_by_day(
    *,
    child: int,
    actor: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[Looks]:
    """Return who was shown a child's record on which day, newest first, one line a person a day."""
    seen = Event.objects.filter(children__contains=[child], verb=LOOKED.key)
    if actor is not None:
        seen = seen.filter(actor=actor)
    if since is not None:
        seen = seen.filter(at__gte=_midnight(since))
    if until is not None:
        seen = seen.filter(at__lt=_midnight(until + timedelta(days=1)))
    grouped: dict[tuple[date, int | None, str], list[Event]] = {}
    for event in seen.order_by("-pk")[:MOST_LOOKS]:
        key = (localtime(event.at).date(), event.actor, event.actor_name)
        grouped.setdefault(key, []).append(event)
    return [
        Looks(
            on=day,
            actor=person,
            who=name,
            count=len(events),
            pages=tuple(Counter(str(e.data.get("page", "")) for e in events).most_common()),
            first_at=events[-1].at,
            last_at=events[0].at,
        )
        for (day, person, name), events in grouped.items()
    ]


def lookers(*, child: int) -> list[tuple[int, str]]:
    """Return everybody who was ever shown a child's record, by name."""
    seen = Event.objects.filter(
        children__contains=[child], verb=LOOKED.key, actor__isnull=False
    ).order_by("pk")
    named = {actor: name for actor, name in seen.values_list("actor", "actor_name") if actor}
    return sorted(named.items(), key=lambda pair: (pair[1], pair[0]))


def of_child(*, child: int, by: Actor, most: int = 500) -> list[Entry]:
    """Return what was done about a child, newest first; looks are in `who_has_looked`."""
    acts = shown_to(by).filter(children__contains=[child]).exclude(verb=LOOKED.key)
    return _entries(acts[:most])


def of_subject(*, subject: str, most: int = 500) -> list[Entry]:
    """Return what was done to one thing ("casework.Case:12"), newest first."""
    return _entries(Event.objects.filter(subject=subject).order_by("-pk")[:most])


def written(
    *,
    by: Actor,
    actor: int | None = None,
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """Return the events of one person, of one verb, of some days that `by` may read."""
    found = shown_to(by)
    if actor is not None:
        found = found.filter(actor=actor)
    if verb:
        found = found.filter(verb=verb)
    if since is not None:
        found = found.filter(at__gte=_midnight(since))
    if until is not None:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())


@dataclass(frozen=True, slots=True)
class Line:
    """One event with how it stands in the chain, for the page of the whole journal."""

    number: int
    at: datetime
    who: str
    says: str
    verb: str
    subject: str
    children: int
    is_sealed: bool


def lines(events: Iterable[Event]) -> list[Line]:
    """Return events as a person reads them, each with whether it is sealed yet."""
    shown = Link.objects.filter(event__in=[e.pk for e in events])
    sealed = set(shown.values_list("event", flat=True))
    return [
        Line(
            number=e.pk,
            at=e.at,
            who=e.actor_name,
            says=told(e.verb, e.data),
            verb=e.verb,
            subject=e.subject,
            children=len(e.children),
            is_sealed=e.pk in sealed,
        )
        for e in events
    ]


def waiting() -> int:
    """Return how many events are not sealed yet."""
    return Event.objects.exclude(pk__in=Link.objects.values("event")).count()
