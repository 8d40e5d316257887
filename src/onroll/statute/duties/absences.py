"""Finds in the marks of a register the events that start duties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from onroll.statute.counting import Skipped, Unit
from onroll.statute.duty import Circumstances, Duty, Event, Tally
from onroll.statute.facts import DayMarks
from onroll.statute.thresholds import (
    BESIDE_RETURN,
    BESIDE_SICKNESS,
    CLOSED,
    DELETION_CODES,
    PENALTY_WEEKS,
    RETURN_CODES,
    SICKNESS_CODES,
    penalty_sessions,
    sickness_by_year,
    unbroken,
)


@dataclass(frozen=True, slots=True)
class Run:
    """The working of an unbroken absence: its days, and those between that were passed over."""

    due: date
    counted: tuple[date, ...]
    says: str
    given: Circumstances = field(repr=False, compare=False)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The days passed over, each with the reason."""
        marks = {day.on: day for day in self.given.facts.marks}
        counted = set(self.counted)
        span = (self.due - self.counted[0]).days
        days = (self.counted[0] + timedelta(days=i) for i in range(span))
        return tuple(
            Skipped(day, self._why(day, marks.get(day))) for day in days if day not in counted
        )

    def _why(self, day: date, marks: DayMarks | None) -> str:
        why = self.given.calendar.why_not(day, Unit.SCHOOL_DAY)
        return why or (f"marked {'/'.join(marks.codes)}" if marks is not None else "not marked")

    @property
    def doubts(self) -> tuple[str, ...]:
        """Nothing is open: a day counts by its marks."""
        return ()


def ten_days_without_leave(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each unbroken absence of G, N, O or U that reaches the limit."""
    return _unbroken(duty, given, RETURN_CODES, BESIDE_RETURN)


def twenty_days_unexplained(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each unbroken absence of G, N or O that reaches the limit."""
    return _unbroken(duty, given, DELETION_CODES, CLOSED)


def sick_in_a_row(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each unbroken sickness that reaches the limit; an unexpected closure is no break."""
    return _unbroken(duty, given, SICKNESS_CODES, BESIDE_SICKNESS)


def _unbroken(
    duty: Duty, given: Circumstances, codes: frozenset[str], ignoring: frozenset[str]
) -> Iterator[Event]:
    n = _number(duty)
    says = f"{n} school days without a break"
    found = unbroken(given.facts.marks, given.calendar, codes, n, ignoring=ignoring)
    for i, run in enumerate(found, start=1):
        if run.needs_from is not None:
            yield _lacking(i, run.days[0], run.needs_from)
        else:
            working = Run(run.days[-1], tuple(run.days), says, given)
            yield Event(i, run.days[0], working, arises_on=working.due)


def _lacking(n: int, first: date, needs_from: date) -> Event:
    return Event(n, first, needs_from=needs_from, arises_on=max(first, needs_from))


def sick_in_total(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start in each school year whose whole days of sickness add up to the limit."""
    n = _number(duty)
    says = f"{n} whole school days of sickness within the school year"
    i = 0
    for year in sickness_by_year(given.facts.marks, given.calendar):
        if len(year.days) >= n:
            i += 1
            due = year.days[n - 1]
            yield Event(i, year.days[0], Tally(due, tuple(year.days[:n]), (), says), arises_on=due)
        elif year.needs_from is not None:
            i += 1
            yield _lacking(i, year.days[0], year.needs_from)


def reason_not_established(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each day that still carries the code N."""
    unexplained = [day.on for day in given.facts.marks if "N" in day.codes]
    for n, on in enumerate(unexplained, start=1):
        yield duty.event_on(n, on, given.calendar)


def penalty_threshold(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on the first of the ten sessions that first meet the threshold."""
    found = penalty_sessions(given.facts.marks, given.calendar)
    if found is None:
        return
    if found.needs_from is not None:
        yield Event(1, found.days[0], needs_from=found.needs_from)
        return
    says = f"{len(found.days)} sessions within {PENALTY_WEEKS} school weeks"
    counted = tuple(dict.fromkeys(found.days))
    yield Event(1, found.days[0], Tally(found.days[-1], counted, (), says))


def _number(duty: Duty) -> int:
    assert duty.limit is not None  # every duty found here is given its number in the table
    return duty.limit.n
