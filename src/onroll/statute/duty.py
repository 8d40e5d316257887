"""What a duty, its limit and a clock are: the values from which `duties` and `packs` are made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from onroll.statute.calendars import SchoolCalendar
from onroll.statute.counting import OutsideCalendar, Reading, Skipped, Unit, days_since, in_words
from onroll.statute.facts import Facts
from onroll.statute.sources import Confidence


class Working(Protocol):
    """The day that a clock reaches and how it was counted."""

    @property
    def due(self) -> date:
        """The last day, included."""

    @property
    def counted(self) -> tuple[date, ...]:
        """The days counted."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The days passed over, each with the reason."""

    @property
    def says(self) -> str:
        """The count in words."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the law leaves open about this count."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The working of a clock whose days are found in a register, not counted from one day."""

    due: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    says: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of days, weeks, months or terms, and how they are counted from the event."""

    n: int
    unit: Unit
    reading: Reading = Reading.AFTER

    @property
    def says(self) -> str:
        """The limit in words."""
        return in_words(self.n, self.unit, self.reading)


@dataclass(frozen=True, slots=True)
class Pause:
    """What stops a limit from running, and what sets it going again: two keys of facts.

    The limit moves by as many calendar days as lie between the two, where the pause began on or
    after `since`. `why` is said of each day.
    """

    from_key: str
    to_key: str
    why: str
    since: date


@dataclass(frozen=True, slots=True)
class Longer:
    """A longer limit that takes the first one's place when a fact is dated within it."""

    key: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that is known when clocks are worked out; `on` is the day as at which, if one is.

    `memo` keeps what several duties ask of the same facts.
    """

    facts: Facts
    attributes: Mapping[str, object]
    calendar: SchoolCalendar
    on: date | None = None
    memo: dict[str, object] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that starts a clock: the n-th of its kind, by date.

    Without `working` either the law gives no number of days, or `needs_from` says which days lack.
    `arises_on` is the day from which the duty can be done, where that is later than the start: an
    absence begins weeks before it is long enough to be returned. `says` is what is known in words
    where there is no working.
    """

    n: int
    started_on: date
    working: Working | None = None
    needs_from: date | None = None
    arises_on: date | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty that the law, guidance or an authority's own rule ties to an event.

    A duty applies to events from `since` to `until`, both included; when the law changes, the
    entry is closed and another opened under the same id. Without a `limit` the law gives no number
    of days, and `limit_says` carries its words, such as "without delay"; it stands beside a limit
    that is no plain count from one day. `events` finds what
    starts the clock; most duties start on each date of `started_by`. `only_if` names an attribute
    and the value it must have. `jurisdiction` is "national", or "local" for the rule of one
    `authority`; what is believed on one authority's word is never national. `is_deadline` is False
    where the day opens or closes something (a right, a rate, a power) and nobody is late once it
    has passed. A limit may pause, and a longer one may take its place. A limit counted back is
    stopped by what happened before the day that is named, and so is one that `may_be_early`; a
    duty stopped by the fact that starts it comes round again, and each event ends the one before.
    """

    id: str
    title: str
    started_by: str
    who: str
    cites: str
    confidence: Confidence
    limit: Limit | None = None
    limit_says: str = ""
    stopped_by: tuple[str, ...] = ()
    pause: Pause | None = None
    longer: Longer | None = None
    may_be_early: bool = False
    events: "Callable[[Duty, Circumstances], Iterable[Event]] | None" = None
    only_if: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    jurisdiction: str = "national"
    authority: str = ""
    is_deadline: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        if self.confidence is Confidence.LOCAL and self.jurisdiction != "local":
            raise ValueError(f"{self.id} is one authority's practice and cannot be national law.")
        if self.limit is None and not self.limit_says:
            raise ValueError(f"{self.id} has neither a limit nor the words of the law for one.")

    def applies_on(self, day: date) -> bool:
        """Whether the duty was law on the day of the event."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def count_says(self) -> str:
        """The limit in words: those of the table, else the number, the unit and the reading."""
        return self.limit_says or ("" if self.limit is None else self.limit.says)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every fact that starts, stops, pauses or lengthens the duty."""
        pause = () if self.pause is None else (self.pause.from_key, self.pause.to_key)
        longer = () if self.longer is None else (self.longer.key,)
        return (self.started_by, *self.stopped_by, *pause, *longer)

    def started(self, given: Circumstances) -> Iterable[Event]:
        """The events that start this duty, in order of date, while it was law."""
        if not given.facts.has(self.started_by):
            return []
        if self.only_if is not None:
            attribute, value = self.only_if
            if given.attributes.get(attribute) != value:
                return []
        found = (self.events or each_date)(self, given)
        return [event for event in found if self.applies_on(event.started_on)]

    def event_on(self, n: int, day: date, calendar: SchoolCalendar) -> Event:
        """The n-th event, on this day, counted to the limit as far as the calendar reaches."""
        if self.limit is None:
            return Event(n, day)
        try:
            count = calendar.count(self.limit.n, self.limit.unit, self.limit.reading, day)
        except OutsideCalendar as outside:
            return Event(n, day, needs_from=outside.needed_from)
        return Event(n, day, count)


def each_date(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start the duty on each date of its fact."""
    for n, day in enumerate(sorted(given.facts.dates(duty.started_by)), start=1):
        yield duty.event_on(n, day, given.calendar)


def stop_of(duty: Duty, event: Event, facts: Facts) -> date | None:
    """The day on which an event's clock was stopped, as far as it is known."""
    back = duty.limit is not None and duty.limit.reading.is_backward
    if back or duty.may_be_early:
        starts = facts.dates(duty.started_by)
        after = max((day for day in starts if day < event.started_on), default=date.min)
        done = [day for key in duty.stopped_by for day in facts.dates(key) if day > after]
        is_last = event.started_on >= max(starts, default=event.started_on)
        # What is done after the day that was named is late, unless it is done for the next one.
        its_own = [day for day in done if is_last or not back or day <= event.started_on]
        return min(its_own, default=None)
    start = event.arises_on or event.started_on
    if duty.started_by in duty.stopped_by:
        start += timedelta(days=1)
    return facts.first_from(duty.stopped_by, start)


def is_overdue(due_on: date | None, on: date, *, is_deadline: bool = True) -> bool:
    """Whether somebody is late on a day; nobody is where the day is not a deadline."""
    return is_deadline and due_on is not None and due_on < on


def due_in_words(due_on: date, on: date, *, is_deadline: bool = True) -> str:
    """How far off a day is that somebody must keep, or that opens or closes something."""
    left = days_since(on, due_on)
    if not is_deadline:
        when = {0: "Today", 1: "Tomorrow"}.get(left, f"In {_days_in_words(left)}")
        return f"Reached {_days_in_words(-left)} ago" if left < 0 else when
    when = {0: "Due today", 1: "Due tomorrow"}.get(left, f"Due in {_days_in_words(left)}")
    return f"Overdue by {_days_in_words(-left)}" if left < 0 else when


def _days_in_words(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


class Status(StrEnum):
    """How a clock stands.

    OVERDUE says that the day has passed and nothing has stopped the clock; whether anybody is late
    depends on the duty: ask `Clock.is_overdue`.
    """

    MET = "met"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    NOT_COUNTED = "not_counted"
    """There is no day to compare with: the law gives none, or the calendar does not reach."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty that an event has started: when it is due, how that was counted, how it stands.

    `n` is 1 for the first event of its kind. `due` is the last day, included, or None where there
    is no number of days or the calendar does not reach; then `needs` says from when. `instead` is
    what can be said of a clock that is not counted, `counted_by` the calendar of one that is.
    """

    duty: Duty
    n: int
    started_on: date
    working: Working | None
    stopped_on: date | None = None
    status: Status | None = None
    needs: str | None = None
    instead: str = ""
    counted_by: str = ""

    @property
    def id(self) -> str:
        """The id of the duty."""
        return self.duty.id

    @property
    def started_by(self) -> str:
        """The fact that started the clock."""
        return self.duty.started_by

    @property
    def due(self) -> date | None:
        """The last day on which the duty is met in time."""
        return None if self.working is None else self.working.due

    @property
    def counted(self) -> tuple[date, ...]:
        """The days counted."""
        return () if self.working is None else self.working.counted

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The days passed over, each with the reason."""
        return () if self.working is None else self.working.skipped

    @property
    def limit_says(self) -> str:
        """The count in words."""
        if self.working is not None:
            return self.working.says
        return self.instead or self.duty.count_says

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the law leaves open about the count."""
        return () if self.working is None else self.working.doubts

    @property
    def who(self) -> str:
        """Who must act."""
        return self.duty.who

    @property
    def cites(self) -> str:
        """Where the law says so."""
        return self.duty.cites

    @property
    def since(self) -> date | None:
        """The day from which the duty has been law; None if not known."""
        return self.duty.since

    @property
    def confidence(self) -> Confidence:
        """How sure the authors are of the rule."""
        return self.duty.confidence

    @property
    def is_local(self) -> bool:
        """Whether the duty is an authority's own rule."""
        return self.duty.jurisdiction == "local"

    def is_overdue(self, on: date) -> bool:
        """Whether somebody is late on a day: a deadline has passed and the clock still runs."""
        running = self.stopped_on is None
        return running and is_overdue(self.due, on, is_deadline=self.duty.is_deadline)

    def says(self, on: date) -> str:
        """How the clock stands on a day, in words."""
        if self.status is Status.MET:
            return "Met" if self.duty.is_deadline else "Done"
        if self.status is Status.LATE:
            return self._says_late()
        if self.needs:
            return f"{self.needs[:1].upper()}{self.needs[1:]}"
        if self.due is not None:
            return due_in_words(self.due, on, is_deadline=self.duty.is_deadline)
        if self.stopped_on:
            return "Done"
        says = self.limit_says or "No number of days"
        return f"{says[:1].upper()}{says[1:]}"

    def _says_late(self) -> str:
        assert self.stopped_on is not None  # only a clock stopped after its day is late
        assert self.due is not None
        days = _days_in_words(days_since(self.due, self.stopped_on))
        return f"Met {days} late" if self.duty.is_deadline else f"Done {days} after"

    def as_json(self) -> dict[str, object]:
        """The clock as the command prints it."""
        return {
            "id": self.id,
            "title": self.duty.title,
            "started_by": self.started_by,
            "started_on": self.started_on.isoformat(),
            "n": self.n,
            "due": _iso(self.due),
            "status": self.status.value if self.status else None,
            "stopped_on": _iso(self.stopped_on),
            "limit": self.limit_says,
            "counted_by": self.counted_by,
            "counted": [day.isoformat() for day in self.counted],
            "skipped": [{"on": s.on.isoformat(), "why": s.why} for s in self.skipped],
            "who": self.who,
            "cites": self.cites,
            "since": _iso(self.since),
            "confidence": self.confidence.value,
            "caution": self.confidence.caution,
            "note": self.duty.note,
            "jurisdiction": self.duty.jurisdiction,
            "authority": self.duty.authority,
            "is_deadline": self.duty.is_deadline,
            "needs": self.needs,
            "doubts": list(self.doubts),
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
