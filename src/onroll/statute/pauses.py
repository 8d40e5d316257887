"""Limits that stand still for a time, and limits that may be made longer.

A subject access request is the one in the law: it must be answered in a month, in three where the
request is complex and the person is told so within the month, and the time in which the authority
waits for what it needs to know is not counted (UK GDPR, Article 12; Data (Use and Access) Act
2025).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from onroll.statute.counting import Count, Skipped
from onroll.statute.duty import Circumstances, Duty, Event, Limit, Pause, Tally
from onroll.statute.writing import written

_DAY = timedelta(days=1)


def paused_or_longer(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each date of the fact, with its pauses and the longer limit where it is given.

    A pause or a longer limit belongs to the latest event before it, and what comes after the
    answer moves nothing. What lies after the day as at which clocks are asked has not happened.
    """
    assert duty.limit is not None  # the table gives both
    assert duty.pause is not None
    starts = sorted(given.facts.dates(duty.started_by))
    for n, day in enumerate(starts, start=1):
        answered = [d for key in duty.stopped_by for d in _known(key, given) if d >= day]
        until = min([*starts[n : n + 1], *answered], default=date.max)
        pauses = _pauses(duty.pause, given, day, until, min(answered, default=None))
        event = _event(n, day, duty.limit, duty.pause, pauses, given)
        if duty.longer is not None and event.working is not None:
            told = [d for d in _known(duty.longer.key, given) if day <= d < until]
            if any(d <= event.working.due for d in told):
                event = _event(n, day, duty.longer.limit, duty.pause, pauses, given)
        yield event


def _known(key: str, given: Circumstances) -> list[date]:
    days = sorted(given.facts.dates(key))
    return [day for day in days if given.on is None or day <= given.on]


def _pauses(
    pause: Pause, given: Circumstances, first: date, until: date, answered: date | None
) -> list[tuple[date, date | None]]:
    """From when to when the limit stood still, in order, none overlapping; None: still.

    A question to which nobody replied ends with the answer to the request.
    """
    ends = sorted([*_known(pause.to_key, given), *([] if answered is None else [answered])])
    found: list[tuple[date, date | None]] = []
    for start in _known(pause.from_key, given):
        if not max(first, pause.since) <= start < until:
            continue
        if found and (found[-1][1] is None or start < found[-1][1]):
            continue  # asked again while the first question is open
        # A reply ends one question: what is asked on the day of a reply waits for another.
        used = found[-1][1] if found else None
        left = (end for end in ends if end >= start and (used is None or end > used))
        found.append((start, next(left, None)))
    return found


def _event(
    n: int,
    day: date,
    limit: Limit,
    pause: Pause,
    pauses: list[tuple[date, date | None]],
    given: Circumstances,
) -> Event:
    count = given.calendar.count(limit.n, limit.unit, limit.reading, day)
    due, passed_over = count.due, 0
    waited: list[Skipped] = []
    for start, end in pauses:
        if start > due:
            break
        if end is None:
            return Event(n, day, says=f"Stands still since {written(start)}: {pause.why}")
        passed_over += (end - start).days
        due = count.due + passed_over * _DAY
        waited += [Skipped(start + i * _DAY, pause.why) for i in range(1, (end - start).days + 1)]
    if not waited:
        return Event(n, day, count)
    return Event(n, day, _tally(count, due, tuple(waited)))


def _tally(count: Count, due: date, waited: tuple[Skipped, ...]) -> Tally:
    out = {skip.on for skip in waited}
    days = (count.day + i * _DAY for i in range(1, (due - count.day).days + 1))
    number = "1 day" if len(waited) == 1 else f"{len(waited)} days"
    says = f"{count.says}; moved by {number} of waiting"
    return Tally(due, tuple(day for day in days if day not in out), waited, says)
