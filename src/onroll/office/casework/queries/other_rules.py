"""What a case would show under other rules than it is counted by now, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.statute.classify import Standing
from onroll.statute.counting import days_since
from onroll.statute.duty import Clock
from onroll.statute.reasons import Bearing
from onroll.statute.writing import written

Key = tuple[str, str, int]


class What(StrEnum):
    """What becomes of a clock."""

    BEGINS = "begins"
    ENDS = "ends"
    EARLIER = "earlier"
    LATER = "later"
    OTHERWISE = "otherwise"
    """There is a day to keep on one side only, or the day is no deadline on one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One clock of one case that would be otherwise. `is_late` where it would be overdue by it."""

    duty: str
    title: str
    what: What
    says: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The clocks of one case under two rules: what runs otherwise, and how many that are done."""

    changes: tuple[Change, ...]
    done: int


def compared(before: Iterable[Clock], after: Iterable[Clock], on: date) -> Compared:
    """Compare the clocks of one case under two rules, as they stand on a day.

    A clock that was stopped under either is nobody's work any more: it is counted and not told.
    """
    old, new = _by_key(before), _by_key(after)
    changes, done = [], 0
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        known = [clock for clock in (was, now) if clock is not None]
        if all(clock.stopped_on is not None for clock in known):
            done += len(known) == 1 or known[0].due != known[1].due
        elif change := _change(was, now, on):
            changes.append(change)
    return Compared(tuple(changes), done)


def _by_key(clocks: Iterable[Clock]) -> Mapping[Key, Clock]:
    return {(clock.id, clock.started_by, clock.n): clock for clock in clocks}


def _change(was: Clock | None, now: Clock | None, on: date) -> Change | None:
    was = was if was is not None and was.stopped_on is None else None
    now = now if now is not None and now.stopped_on is None else None
    if now is None:
        assert was is not None
        return _told(was, What.ENDS, f"would end: {_stands(was, on, 'was')}")
    is_late = now.is_overdue(on) and not (was is not None and was.is_overdue(on))
    if was is None:
        says = f"would begin: {_stands(now, on, 'is')}"
        return _told(now, What.BEGINS, says, is_late=is_late)
    if was.due == now.due and was.duty.is_deadline == now.duty.is_deadline:
        return None
    if was.due is None or now.due is None or was.due == now.due:
        says = f"would be otherwise: {_stands(now, on, 'is')}, {_stands(was, on, 'not')}"
        return _told(now, What.OTHERWISE, says, is_late=is_late)
    days = days_since(was.due, now.due)
    what, word = (What.LATER, "later") if days > 0 else (What.EARLIER, "earlier")
    moved = f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {word}"
    says = f"would fall {moved}, on {written(now.due)} and not {written(was.due)}"
    if is_late:
        says += ", and be overdue"
    elif was.is_overdue(on) and not now.is_overdue(on):
        says += ", and not be overdue"
    return _told(now, what, says, is_late=is_late)


def _told(clock: Clock, what: What, says: str, *, is_late: bool = False) -> Change:
    return Change(clock.id, clock.duty.title, what, says, is_late=is_late)


def _stands(clock: Clock, on: date, verb: str) -> str:
    """Return where a running clock stands, as a part of a sentence."""
    if clock.due is None:
        return clock.needs or clock.limit_says or "no number of days"
    if not clock.duty.is_deadline:
        return f"its day {verb} {written(clock.due)}"
    if clock.is_overdue(on):
        return f"overdue since {written(clock.due)}"
    return f"due on {written(clock.due)}"


def newly_counted(before: Standing, after: Standing) -> str:
    """Return what would change in whether the authority counts a child as missing education."""
    if before.local_cme == after.local_cme:
        return ""
    if after.local_cme:
        return f"would be counted as missing education here{_grounds(after)}"
    return f"would no longer be counted as missing education here{_grounds(before)}"


def _grounds(standing: Standing) -> str:
    local = (one for one in standing.why if one.bearing is Bearing.LOCAL)
    named = ", ".join(one.criterion.replace("_", " ") for one in local)
    return f" ({named})" if named else ""


def limits_crossed(
    seen_on: date | None,
    acted_on: date,
    on: date,
    before: tuple[int, int],
    after: tuple[int, int],
) -> Sequence[str]:
    """Return what the authority's two limits would say otherwise: not seen, nothing done."""
    told = []
    unseen = [seen_on is None or days_since(seen_on, on) >= limit for limit, _ in (before, after)]
    if unseen[0] != unseen[1] and seen_on is not None:
        last = f"last seen or spoken to on {written(seen_on)}"
        told.append(_crossed("not seen", unseen[1], (before[0], after[0]), last))
    quiet = [days_since(acted_on, on) >= limit for _, limit in (before, after)]
    if quiet[0] != quiet[1]:
        last = f"last action on {written(acted_on)}"
        told.append(_crossed("no action", quiet[1], (before[1], after[1]), last))
    return told


def _crossed(what: str, would_be: bool, limits: tuple[int, int], last: str) -> str:
    says = "would be" if would_be else "would no longer be"
    days = limits[1] if would_be else limits[0]
    return f"{says} listed as “{what} for {days:,} day{'' if days == 1 else 's'}”: {last}"
