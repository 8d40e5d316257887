"""The working of a clock as people read it: on a screen, in a letter, in a court bundle.

One value, `Explained`, holds everything that any of them prints; `in_text` sets it out for a page
of plain text, `in_sentences` as a paragraph of a letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.statute.calendars import WEEKEND
from onroll.statute.counting import Count, Unit
from onroll.statute.duty import Clock, Status
from onroll.statute.fact_keys import Shape, fact
from onroll.statute.sources import Confidence
from onroll.statute.writing import written, written_with_weekday


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """One day of the working: its number in the count, or why it was passed over."""

    on: date
    number: int | None = None
    why: str = ""

    @property
    def says(self) -> str:
        """The number, or the reason, as a table shows it."""
        if self.number is not None:
            return str(self.number)
        # Of a weekend the name of the day says it.
        return "not counted" if self.why in WEEKEND else f"not counted: {self.why}"


@dataclass(frozen=True, slots=True)
class Explained:
    """A clock with its working in words.

    `days` are all that were counted or passed over, in order; of months only the first and last
    counted are there. `started`, `counting` and `outcome` are sentences, `stands` how the clock
    stands where a day was given, `remarks` whatever a reader must be told beside them, `source`
    the rule with its version and citation.
    """

    title: str
    who: str
    due: date | None
    started: str
    counting: str
    outcome: str
    stands: str
    days: tuple[WorkedDay, ...]
    remarks: tuple[str, ...]
    source: str


def explain(clock: Clock) -> Explained:
    """Set out a clock for people."""
    return Explained(
        title=clock.duty.title,
        who=clock.who,
        due=clock.due,
        started=_started(clock),
        counting=_counting(clock),
        outcome=_outcome(clock),
        stands=_stands(clock),
        days=_days(clock),
        remarks=_remarks(clock),
        source=_source(clock),
    )


def _started(clock: Clock) -> str:
    begun = fact(clock.started_by)
    what = _FIRST.get(begun.shape, begun.title)
    return f"{what[:1].upper()}{what[1:]}: {written_with_weekday(clock.started_on)}."


# What the first day of a clock is where its fact is more than a day.
_FIRST = {
    Shape.MARKS: "first day of the absence",
    Shape.SUSPENSIONS: "first day of the suspension",
    Shape.PENALTY_NOTICES: "the older of the last two notices that count was issued",
}


def _counting(clock: Clock) -> str:
    if clock.working is None:
        says = clock.needs or clock.limit_says
        return f"{says[:1].upper()}{says[1:]}."
    by = f" By the calendar: {clock.counted_by}." if clock.counted_by else ""
    return f"Counted: {clock.limit_says}.{by}"


def _outcome(clock: Clock) -> str:
    if clock.due is None:
        done = clock.stopped_on
        return "" if done is None else f"Done on {written_with_weekday(done)}."
    last = f"The day reached is {written_with_weekday(clock.due)}."
    if clock.stopped_on is None:
        return last
    how = "in time"
    if clock.status is Status.LATE:
        how = "late" if clock.duty.is_deadline else "after it"
    return f"{last} Done on {written_with_weekday(clock.stopped_on)}, {how}."


def _days(clock: Clock) -> tuple[WorkedDay, ...]:
    passed = [WorkedDay(skip.on, why=skip.why) for skip in clock.skipped]
    counted = [WorkedDay(day, n) for n, day in enumerate(_in_order(clock), start=1)]
    if len(counted) > 1 and _is_every_day(clock):
        counted = [counted[0], counted[-1]]
    return tuple(sorted([*counted, *passed], key=lambda day: day.on))


def _is_every_day(clock: Clock) -> bool:
    """Whether a limit in months counted every day that it did not pass over: nobody reads those."""
    limit = clock.duty.limit
    if limit is None or limit.unit is not Unit.MONTH or clock.duty.started_by == "penalty_notices":
        return False
    days = sorted([*clock.counted, *(skip.on for skip in clock.skipped)])
    return (days[-1] - days[0]).days + 1 == len(days)


def _in_order(clock: Clock) -> Sequence[date]:
    """The days counted, day 1 first: of a count that goes back, the latest."""
    counted = clock.working
    back = isinstance(counted, Count) and counted.reading.is_backward
    return clock.counted[::-1] if back else clock.counted


def _remarks(clock: Clock) -> tuple[str, ...]:
    whose = f"A rule of {clock.duty.authority}, not national law." if clock.duty.authority else ""
    # Of a rule that is somebody's own, that it is local is said already.
    caution = "" if clock.confidence is Confidence.LOCAL else clock.confidence.caution
    said = (whose, caution, clock.duty.note, *clock.doubts)
    return tuple(remark for remark in said if remark)


def _source(clock: Clock) -> str:
    since = f", applies since {written(clock.since)}" if clock.since else ""
    return f"{clock.cites}{since} [{clock.id}, {clock.confidence}]"


def in_text(clock: Clock) -> str:
    """A clock with every day of its working, set out for a page of plain text."""
    return "\n".join(_lines(explain(clock)))


def _lines(told: Explained) -> Iterator[str]:
    due = written_with_weekday(told.due) if told.due is not None else told.counting
    yield told.title
    yield f"  Due:      {due}{f' ({told.stands})' if told.stands else ''}"
    yield f"  Who:      {told.who}"
    yield f"  Started:  {told.started}"
    if told.due is not None:
        yield f"  Counting: {told.counting}"
    for day in told.days:
        yield f"    {written_with_weekday(day.on):<28} {day.says}"
    if told.outcome:
        yield f"  Outcome:  {told.outcome}"
    for remark in told.remarks:
        yield f"  Note:     {remark}"
    yield f"  Source:   {told.source}"


def _stands(clock: Clock) -> str:
    if clock.status in (Status.OVERDUE, Status.LATE) and not clock.duty.is_deadline:
        # A right or a rate ended; nobody is late.
        return "the day has passed" if clock.status is Status.OVERDUE else "done after it"
    return "" if clock.status is None else _STATUS_WORDS[clock.status]


_STATUS_WORDS = {
    Status.MET: "met in time",
    Status.LATE: "met late",
    Status.RUNNING: "running",
    Status.OVERDUE: "overdue",
    Status.NOT_COUNTED: "not counted",
}


def in_sentences(clock: Clock) -> str:
    """The working as a paragraph of a letter: what began it, the count, what was left out."""
    told = explain(clock)
    parts = [told.started, told.counting]
    if passed := _passed_over(clock):
        parts.append(f"Not counted: {'; '.join(passed)}.")
    parts += [told.outcome, f"({clock.cites})"]
    return " ".join(part for part in parts if part)


def _passed_over(clock: Clock) -> list[str]:
    """The days left out with the reason, weekends aside: a letter need not tell of those."""
    days = [(skip.on, skip.why) for skip in clock.skipped if skip.why not in WEEKEND]
    runs: list[tuple[str, date, date]] = []
    for on, why in sorted([*days, *((day, "") for day in clock.counted)]):
        if runs and runs[-1][0] == why:
            runs[-1] = (why, runs[-1][1], on)
        else:
            runs.append((why, on, on))
    return [f"{_stretch(first, last)} ({why})" for why, first, last in runs if why]


def _stretch(first: date, last: date) -> str:
    return written(first) if first == last else f"{written(first)} to {written(last)}"
