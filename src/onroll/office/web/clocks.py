"""How a clock of `statute` is shown: its colour and its working. The words are the clock's own."""

from datetime import date

from onroll.office.web.components import ClockFace, ClockState, CountedDay
from onroll.statute.counting import days_since
from onroll.statute.duty import Clock, Status, is_overdue

# Beyond this many counted days the working shows the first, the last and those passed over.
MOST_DAYS_LISTED = 45
SOON_IN_DAYS = 3


def clock_face(
    clock: Clock, *, today: date, started: str = "", soon_in_days: int = SOON_IN_DAYS
) -> ClockFace:
    """Return a clock as its badge and working; `started` says the event in the office's words."""
    return ClockFace(
        title=clock.duty.title,
        state=_state(clock, today, soon_in_days),
        says=clock.says(today),
        due_on=clock.due,
        started=started or clock.started_by.replace(".", " ").replace("_", " "),
        started_on=clock.started_on,
        limit=clock.limit_says,
        who=clock.who,
        counted=len(clock.counted),
        days=_days(clock),
        counted_by=clock.counted_by,
        cites=clock.cites,
        rule=clock.id,
        since=clock.since,
        authority=clock.duty.authority,
        warning=clock.confidence.caution,
        doubts=clock.doubts,
        note=clock.duty.note,
        stopped_on=clock.stopped_on,
    )


def _state(clock: Clock, today: date, soon_in_days: int) -> ClockState:
    if clock.status is Status.MET:
        return "met"
    if clock.status is Status.LATE:
        return "late" if clock.duty.is_deadline else "met"
    if clock.needs:
        return "unknown"
    if clock.due is None:
        return "met" if clock.stopped_on else "at_once"
    return due_state(
        clock.due, today, soon_in_days=soon_in_days, is_deadline=clock.duty.is_deadline
    )


def due_state(
    due_on: date, today: date, *, soon_in_days: int = SOON_IN_DAYS, is_deadline: bool = True
) -> ClockState:
    """Return how a day presses: a day that nobody has to keep never does."""
    if is_overdue(due_on, today, is_deadline=is_deadline):
        return "overdue"
    is_soon = days_since(today, due_on) <= max(soon_in_days, 1)
    return "due_soon" if is_deadline and is_soon else "running"


def _days(clock: Clock) -> tuple[CountedDay, ...]:
    counted = [CountedDay(day, n) for n, day in enumerate(clock.counted, start=1)]
    if len(counted) > MOST_DAYS_LISTED:
        counted = [counted[0], counted[-1]]
    skipped = [CountedDay(s.on, why=s.why) for s in clock.skipped]
    return tuple(sorted([*counted, *skipped], key=lambda day: day.on))
