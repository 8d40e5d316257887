"""Every clock that the law starts, and how each stands.

`NATIONAL_DUTIES` is the table; a new duty is one entry in the module of its subject. `clocks` puts
the table, and an authority's pack beside it, to the facts of a child or a request.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache

from onroll.statute.calendars import SchoolCalendar
from onroll.statute.counting import OutsideCalendar, Unit
from onroll.statute.duties.exclusions import BOARD_CASE, EXCLUSIONS
from onroll.statute.duties.information import INFORMATION
from onroll.statute.duties.orders import ORDERS
from onroll.statute.duties.otherwise import OTHERWISE
from onroll.statute.duties.penalties import PENALTIES, PROPOSED_ON
from onroll.statute.duties.places import PLACES
from onroll.statute.duties.registers import REGISTERS
from onroll.statute.duties.reviews import REVIEWS
from onroll.statute.duties.suspensions import MORE_THAN_THREE, TERMS_RULE, THREE_OR_FEWER
from onroll.statute.duty import Circumstances, Clock, Duty, Event, Limit, Status, stop_of
from onroll.statute.facts import read_facts
from onroll.statute.packs import NATIONAL, Pack, facts_of, load
from onroll.statute.reading import Reader

# The table by subject, in the order in which an office meets them.
CHAPTERS: Mapping[str, tuple[Duty, ...]] = {
    "Registers and returns": REGISTERS,
    "Notices to improve and penalty notices": PENALTIES,
    "Suspensions and permanent exclusions": EXCLUSIONS,
    "Review panels": REVIEWS,
    "Orders": ORDERS,
    "School places": PLACES,
    "Education otherwise": OTHERWISE,
    "Letters and requests": INFORMATION,
}

NATIONAL_DUTIES: tuple[Duty, ...] = tuple(duty for part in CHAPTERS.values() for duty in part)

# What the law leaves open and one authority has published an answer to. It is an answer for whoever
# asks, under that authority's name, and runs in no office that has not chosen the authority's pack.
PRACTICE: tuple[Duty, ...] = load("coventry").duties

# Attributes say what kind of thing a fact is; each has a short list of values.
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    BOARD_CASE: (
        "permanent",
        "over_15",
        "exam",
        "6_to_15_representations",
        "up_to_5_representations",
    ),
    TERMS_RULE: (THREE_OR_FEWER, MORE_THAN_THREE),
}
DATED_ATTRIBUTES = (PROPOSED_ON,)

# A fact that cannot be counted without an attribute.
_ASKS_FOR = {"board.told_on": BOARD_CASE, "penalty_notices": PROPOSED_ON}


def duties(pack: Pack = NATIONAL) -> tuple[Duty, ...]:
    """The duties of the nation and of a pack, which may take the place of some of the nation's."""
    return _table(pack, ()).duties


class _Table:
    """The duties of one pack, found by the fact that starts them."""

    def __init__(self, pack: Pack, beside: tuple[Duty, ...]) -> None:
        own = {duty.id for duty in pack.duties}
        nation = (kept for duty in NATIONAL_DUTIES for kept in pack.remains_of(duty))
        table = (*nation, *pack.duties)
        ids = own | {duty.id for duty in NATIONAL_DUTIES}
        self.duties = table
        self.also = {**pack.fact_keys, **facts_of(beside)}
        self._by_start: dict[str, list[tuple[int, Duty]]] = {}
        for place, duty in enumerate((*table, *(d for d in beside if d.id not in ids))):
            self._by_start.setdefault(duty.started_by, []).append((place, duty))

    def started_by(self, keys: Iterable[str]) -> list[Duty]:
        """The duties that any of these facts can start, in the order of the table."""
        found = [row for key in keys for row in self._by_start.get(key, ())]
        return [duty for _, duty in sorted(found, key=lambda row: row[0])]


@lru_cache(maxsize=256)
def _table(pack: Pack, beside: tuple[Duty, ...]) -> _Table:
    return _Table(pack, beside)


def rules_version(pack: Pack = NATIONAL) -> str:
    """Return a short mark that changes whenever a duty of the nation or of the pack does.

    It tells an answer worked out under other rules; it says nothing of what changed.
    """
    rules = repr([_as_data(duty) for duty in duties(pack)])
    return hashlib.sha256(rules.encode()).hexdigest()[:12]


def _as_data(duty: Duty) -> dict[str, object]:
    named = {field.name: getattr(duty, field.name) for field in fields(duty)}
    return named | {"events": duty.events.__name__ if duty.events else ""}


def clocks(
    facts: Mapping[str, object],
    attributes: Mapping[str, object],
    calendar: SchoolCalendar,
    on: date | None = None,
    pack: Pack = NATIONAL,
    beside: Iterable[Duty] = (),
) -> tuple[Clock, ...]:
    """Work out every clock that these facts have started: one for each duty and event.

    `facts` maps keys of FACT_KEYS, or of the pack's own duties, to values in the shape that the
    key asks for; `attributes` maps those of ATTRIBUTES and DATED_ATTRIBUTES. `beside` are duties
    to answer with where the pack has none of their id, such as PRACTICE. A clock is stopped by
    the first date of a stopping fact on or after the day on which the duty arises, which is its
    start unless the event says otherwise. With `on`, clocks stand as they did at the end of that
    day: a later stop has not happened yet. Raises FaultyInput when a fact cannot be used.
    """
    table = _table(pack, tuple(beside))
    known = read_facts(facts, also=table.also)
    given = Circumstances(known, _read_attributes(facts, attributes), calendar, on)
    return tuple(
        _clock(duty, event, given, on)
        for duty in table.started_by(facts)
        for event in duty.started(given)
    )


def _clock(duty: Duty, event: Event, given: Circumstances, on: date | None) -> Clock:
    stopped_on = stop_of(duty, event, given.facts)
    if on is not None and stopped_on is not None and stopped_on > on:
        stopped_on = None
    due = None if event.working is None else event.working.due
    needs = None if event.needs_from is None else str(OutsideCalendar(event.needs_from))
    return Clock(
        duty=duty,
        n=event.n,
        started_on=event.started_on,
        working=event.working,
        stopped_on=stopped_on,
        status=_status(due, stopped_on, on),
        needs=needs,
        instead=event.says,
        counted_by=_counted_by(duty, event, given),
    )


_BY_TERM_DATES = (Unit.SCHOOL_DAY, Unit.SCHOOL_WEEK, Unit.TERM)


def _counted_by(duty: Duty, event: Event, given: Circumstances) -> str:
    by_school = duty.limit is not None and duty.limit.unit in _BY_TERM_DATES
    if event.working is None or not by_school:
        return ""
    return given.calendar.editions_between(*sorted((event.started_on, event.working.due)))


def _status(due: date | None, stopped_on: date | None, on: date | None) -> Status | None:
    if stopped_on is None and on is None:
        return None
    if due is None:
        return Status.NOT_COUNTED
    if stopped_on is not None:
        return Status.MET if stopped_on <= due else Status.LATE
    assert on is not None
    return Status.RUNNING if on <= due else Status.OVERDUE


def _read_attributes(
    facts: Mapping[str, object], attributes: Mapping[str, object]
) -> Mapping[str, object]:
    """Check the attributes; those that are days come back as dates."""
    if not attributes and _ASKS_FOR.keys().isdisjoint(facts):
        return attributes
    reader = Reader()
    dated = {
        name: reader.a_date(attributes[name], f"attributes.{name}")
        for name in DATED_ATTRIBUTES
        if attributes.get(name) is not None
    }
    for name, choices in ATTRIBUTES.items():
        if attributes.get(name) is not None:
            reader.one_of(attributes[name], f"attributes.{name}", choices)
    for key, name in _ASKS_FOR.items():
        totalled = facts.get("suspensions") and not facts.get("permanent_exclusion.on")
        if key == "board.told_on" and totalled:
            continue  # the totals say what kind of case the board has
        if facts.get(key) and attributes.get(name) is None:
            remedy = (
                f"Say which: {', '.join(ATTRIBUTES[name])}."
                if name in ATTRIBUTES
                else "Give the day as 2026-03-05."
            )
            says = f"is missing, and {key} cannot be counted without it."
            reader.fault(f"attributes.{name}", says, remedy)
    reader.finish()
    return {**attributes, **dated}


__all__ = [
    "ATTRIBUTES",
    "CHAPTERS",
    "DATED_ATTRIBUTES",
    "NATIONAL_DUTIES",
    "PRACTICE",
    "Clock",
    "Duty",
    "Limit",
    "Status",
    "clocks",
    "duties",
    "rules_version",
]
