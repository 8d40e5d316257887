"""Reads of sources and their loads: for the screens, and the lists that a search may use."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from onroll.office.accounts.models import Authority
from onroll.office.intake import queries as intake
from onroll.office.intake.reading.lists import read_list
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.linkage.models import ColumnMapping, PopulationLoad, Source
from onroll.office.linkage.queries.sources_columns import Column, guessed, orders_in
from onroll.office.linkage.queries.sources_kinds import caution_of
from onroll.office.linkage.queries.sources_rows import Read, rows_of
from onroll.statute.counting import months_after

LISTS = "linkage.list"  # the kind of file that intake knows them as
# The last third of a list's life is the time to ask for the next one.
_GOING_STALE_AFTER = 2 / 3


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old a source's list is, in a word and a colour. `key` is for the program."""

    key: str  # never, fresh, going_stale, stale, expired, retired
    says: str
    colour: str


NEVER = Freshness("never", "Never loaded", "grey")
FRESH = Freshness("fresh", "Fresh", "green")
GOING_STALE = Freshness("going_stale", "Going stale", "yellow")
STALE = Freshness("stale", "Stale", "orange")
EXPIRED = Freshness("expired", "Agreement ended", "red")
RETIRED = Freshness("retired", "Retired", "grey")
FRESHNESSES = (FRESH, GOING_STALE, STALE, NEVER, EXPIRED, RETIRED)
_EARLIER_LOOKED_AT = 40
_OPEN = ("waiting", "held")
STATE_COLOURS = intake.STATE_COLOURS


@dataclass(frozen=True, slots=True)
class CurrentList:
    """The list of a source that a search may use: `rows()` gives it, read afresh each time.

    `load` is the key of the load, the same in linkage.PopulationLoad and in intake.Load. The table
    has `matching.sources.COLUMNS` as strings, null where the list is silent; `record_id` is filled
    and unique.
    """

    key: str
    name: str
    evidence: str  # education or residence
    as_at: date
    load: int
    rows: Callable[[], pa.Table]
    kind: str
    count: int
    freshness: Freshness
    kept_until: date
    is_basis_checked: bool
    stale_after_days: int  # how many days after its day it is not stale yet


def current_lists(on: date) -> list[CurrentList]:
    """Return the accepted list of each source that is still kept on that day, by evidence and name.

    A source whose last accepted list has been destroyed since has none: it must be sent in again.
    An earlier one is never used in its place, for it would pass as the newer.
    """
    found = []
    for source, load in standing_lists():
        if load is None or not is_kept(load, on) or load.as_at > on:
            continue
        found.append(
            CurrentList(
                key=source.key,
                name=source.name,
                evidence=source.evidence,
                as_at=load.as_at,
                load=load.pk,
                rows=_reader(load.pk),
                kind=source.kind,
                count=load.rows,
                freshness=freshness(source, load, on),
                kept_until=load.load.keep_until or on,
                is_basis_checked=source.is_basis_checked,
                stale_after_days=(_stale_on(source, load) - load.as_at).days - 1,
            )
        )
    return found


def freshness(source: Source, load: PopulationLoad | None, on: date) -> Freshness:
    """Return how old the list of a source is on a day."""
    if source.retired_at is not None:
        return RETIRED
    if source.agreement_ends_on is not None and source.agreement_ends_on < on:
        return EXPIRED
    if load is None:
        return NEVER
    stale_on = _stale_on(source, load)
    if on >= stale_on:
        return STALE
    whole, gone = (stale_on - load.as_at).days, (on - load.as_at).days
    return GOING_STALE if gone >= whole * _GOING_STALE_AFTER else FRESH


def _stale_on(source: Source, load: PopulationLoad) -> date:
    return months_after(load.as_at, source.stale_after_months)


def is_kept(load: PopulationLoad, on: date) -> bool:
    """Say whether the list as received is still there on a day, to be read again."""
    kept = getattr(load, "has_original", None)
    if kept is None:
        kept = load.load.original is not None
    return bool(kept) and (load.load.keep_until is None or load.load.keep_until >= on)


def read_again(load: PopulationLoad) -> Read:
    """Return the rows of a load, from its encrypted original. Raises Unknown when it is gone."""
    listing = read_list(filename=load.load.filename, content=intake.original(load.load))
    return rows_of(listing, load.columns, load.date_order)


def last_accepted(source: Source, *, before: int | None = None) -> PopulationLoad | None:
    """Return the load that stands for a source; `before` leaves out that load and later ones."""
    found = _described(PopulationLoad.objects.accepted().filter(source=source))
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-load__applied_at", "-pk").first()


def were_taken_back(source: Source) -> bool:
    """Say whether lists of a source were accepted and taken back since."""
    return PopulationLoad.objects.filter(source=source, load__state="undone").exists()


def has_held(source: Source) -> bool:
    """Say whether a list of a source is held."""
    return PopulationLoad.objects.filter(source=source, load__state="held").exists()


def has_open(source: Source) -> bool:
    """Say whether a list of a source is held, or waits for its columns to be named."""
    return PopulationLoad.objects.filter(source=source, load__state__in=_OPEN).exists()


def turned_away_by(source: Source) -> set[int | None]:
    """Return who sent in and who turned away the last list of a source; nobody if it was not.

    A file that could not be read was turned away by nobody, and does not come between.
    """
    lists = PopulationLoad.objects.filter(source=source).select_related("load").order_by("-pk")
    lists = lists.exclude(load__state="refused", decided_by=None)
    load = lists.defer("hashes", "load__original", "load__undo").first()
    if load is None or load.load.state != "refused":
        return set()
    return {load.load.received_by_id, load.decided_by_id}


def retired_before(source: Source) -> str:
    """Return which source of the same kind was retired after its lists were accepted, or ""."""
    taken = PopulationLoad.objects.accepted().values("source")
    retired = Source.objects.filter(kind=source.kind, retired_at__isnull=False, pk__in=taken)
    return retired.exclude(pk=source.pk).values_list("name", flat=True).first() or ""


def places_before() -> tuple[Mapping[str, Mapping[str, int]], ...]:
    """Return where the lists accepted before were from, the latest of them."""
    earlier = PopulationLoad.objects.accepted().order_by("-pk").values_list("places", flat=True)
    return tuple(earlier[:_EARLIER_LOOKED_AT])


def own_la() -> str:
    """Return this authority's own number, or nothing before it is set up."""
    return Authority.objects.values_list("la_code", flat=True).first() or ""


def _reader(pk: int) -> Callable[[], pa.Table]:
    def rows() -> pa.Table:
        return read_again(PopulationLoad.objects.select_related("load").get(pk=pk)).table

    return rows


def _described(loads: QuerySet[PopulationLoad]) -> QuerySet[PopulationLoad]:
    """Leave the file itself and the hashes where they are, and say whether the file is there."""
    has_original = ExpressionWrapper(Q(load__original__isnull=False), BooleanField())
    return (
        loads.select_related("load", "load__received_by", "decided_by", "source")
        .defer("hashes", "load__original", "load__undo")
        .annotate(has_original=has_original)
    )


def _with_what_stands(
    sources: QuerySet[Source],
) -> list[tuple[Source, PopulationLoad | None]]:
    latest = (
        PopulationLoad.objects.accepted()
        .filter(source=OuterRef("pk"))
        .order_by("-load__applied_at", "-pk")
    )
    found = list(
        sources.annotate(stands=Subquery(latest.values("pk")[:1])).order_by("evidence", "name")
    )
    keys = [source.stands for source in found]
    loads = {load.pk: load for load in _described(PopulationLoad.objects.filter(pk__in=keys))}
    return [(source, loads.get(source.stands)) for source in found]


def standing_lists() -> list[tuple[Source, PopulationLoad | None]]:
    """Return each source in use with the list that stands for it."""
    return _with_what_stands(Source.objects.filter(retired_at=None))


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source as the list of them shows it.

    `open_loads` wait for this person, `for_others` are theirs and wait for a colleague.
    """

    source: Source
    load: PopulationLoad | None
    freshness: Freshness
    is_kept: bool
    caution: str
    open_loads: int
    for_others: int


@dataclass(frozen=True, slots=True)
class Part:
    """One line of what differs between two lists: a count, its share, a bar of that length."""

    label: str
    count: int
    share: float
    bar: float


def source_lines(
    actor: Actor, on: date, *, state: str = "", evidence: str = ""
) -> list[SourceLine]:
    """Return the sources with the state of their lists; those retired only when asked for."""
    own = Q(
        loads__load__state="held",
        loads__needs_a_second_person=True,
        loads__load__received_by=actor.pk,
    )
    found = Source.objects.visible_to(actor).annotate(
        open_loads=Count("loads", filter=Q(loads__load__state__in=_OPEN) & ~own),
        for_others=Count("loads", filter=own),
    )
    found = found.filter(retired_at__isnull=state != RETIRED.key)
    if evidence:
        found = found.filter(evidence=evidence)
    lines = [
        SourceLine(
            source=source,
            load=load,
            freshness=freshness(source, load, on),
            is_kept=load is not None and is_kept(load, on),
            caution=caution_of(source),
            open_loads=getattr(source, "open_loads", 0),
            for_others=getattr(source, "for_others", 0),
        )
        for source, load in _with_what_stands(found)
    ]
    return [line for line in lines if not state or line.freshness.key == state]


def source_for(actor: Actor, key: str) -> Source:
    """Return one source. Raises Unknown."""
    found = Source.objects.visible_to(actor).select_related("share_raised_by")
    source = found.filter(key=key).first()
    if source is None:
        raise Unknown(f"no source {key!r}")
    return source


def loads_of(source: Source) -> list[PopulationLoad]:
    """Return what was sent in for a source, newest first."""
    return list(_described(PopulationLoad.objects.filter(source=source)).order_by("-pk")[:500])


def load_for(actor: Actor, pk: int) -> PopulationLoad:
    """Return one load. Raises Unknown."""
    load = _described(PopulationLoad.objects.visible_to(actor).filter(pk=pk)).first()
    if load is None:
        raise Unknown(f"no list {pk}")
    return load


def twin_of(source: Source, content: bytes) -> PopulationLoad | None:
    """Return the load of the very same file that waits, is held or is in use, if there is one."""
    digest = hashlib.sha256(content).hexdigest()
    found = PopulationLoad.objects.filter(source=source, load__digest=digest)
    found = found.filter(load__state__in=(*_OPEN, "applied"), load__original__isnull=False)
    return _described(found).order_by("-pk").first()


def to_accept(actor: Actor, on: date) -> list[PopulationLoad]:
    """Return the held lists that need a second person, whom this person may be, the oldest first.

    Whoever sent one in is not asked; a list whose window has passed is nobody's to accept.
    """
    found = _described(PopulationLoad.objects.visible_to(actor)).filter(
        load__state="held", needs_a_second_person=True
    )
    found = found.exclude(load__received_by=actor.pk).order_by("pk")
    return [load for load in found if is_kept(load, on)]


def parts_of(load: PopulationLoad) -> list[Part]:
    """Return what differs between a load and the one before it, for a table with bars."""
    same = load.rows_before - load.dropped - load.changed
    most = max(load.rows_before, load.rows, 1)
    counted = (
        ("The same", same),
        ("Changed", load.changed),
        ("Dropped", load.dropped),
        ("Added", load.added),
    )
    return [
        Part(label, count, 100 * count / max(load.rows_before, 1), round(100 * count / most, 1))
        for label, count in counted
    ]


def columns_of(load: PopulationLoad, actor: Actor) -> tuple[tuple[Column, ...], str, str]:
    """Return the columns of a list to be named, the order of its dates, and what they show of it.

    The order is what was said of it before, else what the dates show; the last is "doubtful" where
    they show nothing. Cells are shown to whoever sent the list in, who has it before them; to a
    colleague only their shape is, for a list of everybody names children whom nobody may look up.
    """
    listing = read_list(filename=load.load.filename, content=intake.original(load.load))
    remembered = ColumnMapping.objects.filter(source=load.source_id, header=load.header).first()
    found = guessed(listing)
    said = load.columns or (remembered.columns if remembered else None)
    if said is not None:
        found = tuple(Column(c.name, c.examples, said.get(c.name, "")) for c in found)
    if load.load.received_by_id != actor.pk:
        found = tuple(Column(c.name, tuple(map(shape_of, c.examples)), c.guess) for c in found)
    seen = orders_in(listing, {c.name: c.guess for c in found if c.guess}).says
    order = remembered.date_order if remembered else ""
    return found, (seen if seen in ("dmy", "mdy", "ymd") else order), seen


def shape_of(text: str) -> str:
    """Return what a cell looks like and not what it says: a for a letter, 9 for a digit."""
    return "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in text[:40])
