"""One school's register as it looks on paper: a row a pupil, a column a session."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from onroll.marks.alphabet import CLOSED, NO_MARK, Booleans, Days, Numbers, Small

SESSIONS = ("AM", "PM")
# 1 January 1970 was a Thursday, three days after a Monday.
_SINCE_MONDAY, _WEEK = 3, 7
# So many cells for each mark may a paper have that has a column for every day of the calendar.
_MOST_CELLS = 4
_INT32 = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The marks of one school over some time, and the school's calendar, which they show.

    `marks` is pupils × school days × (AM, PM): numbers of the alphabet, NO_MARK where there is
    none. A session was held when any pupil has a mark for it but `#`; a day with such a session is
    a school day; a week from Monday to Sunday with a school day is a school week. `closed` counts
    the `#` that each pupil has on other days.
    """

    school: str
    pupils: Sequence[str]
    # One for each pupil, the latest.
    year_groups: Sequence[str]
    # School days, as days since 1970, the earliest first.
    days: Days
    marks: Small
    closed: Numbers
    # School days × (AM, PM).
    held: Booleans = field(init=False)
    # For each school day the place of its week among the school weeks, and when those begin.
    week: Days = field(init=False)
    mondays: Days = field(init=False)

    def __post_init__(self) -> None:
        is_open = (self.marks != CLOSED) & (self.marks != NO_MARK)
        mondays, week = np.unique(self.days - weekdays(self.days), return_inverse=True)
        object.__setattr__(self, "held", is_open.any(axis=0))
        object.__setattr__(self, "mondays", mondays.astype(np.int32))
        object.__setattr__(self, "week", week.astype(np.int32))

    def until(self, last: int) -> "Register":
        """Return the register as it stood at the end of a day, with the pupils whom it had."""
        early = self.marks[:, self.days <= last]
        return replace(self, days=self.days[self.days <= last], marks=early)._only(
            (early != NO_MARK).any(axis=(1, 2)) | (self.closed > 0)
        )

    def _only(self, chosen: Booleans) -> "Register":
        places = np.flatnonzero(chosen).tolist()
        return replace(
            self,
            pupils=[self.pupils[n] for n in places],
            year_groups=[self.year_groups[n] for n in places],
            marks=self.marks[places],
            closed=self.closed[places],
        )


def weekdays(days: Days) -> Days:
    """Return the weekday of each day, 0 for Monday."""
    found: Days = (days + _SINCE_MONDAY) % _WEEK
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Marks as they come, a row a mark, in any order: the place of a pupil, day, session, code."""

    pupil: Days
    on: Days
    session: Small
    code: Small


def written_up(
    school: str, pupils: Sequence[str], year_groups: Sequence[str], rows: Rows
) -> tuple[Register, Numbers]:
    """Write rows into a register; returns it and the places of rows that were refused.

    Of several marks for one session the first row counts, the others are refused: nobody can tell
    which is right, and a session that vanished would help nobody.
    """
    days, day = _columns(rows.on, len(pupils))
    size = len(pupils) * len(days) * 2
    cells = rows.pupil * (np.int32 if size < _INT32 else np.int64)(len(days))
    cells += day
    cells *= 2
    cells += rows.session
    marks = np.full((len(pupils), len(days), 2), NO_MARK, dtype=np.uint8)
    marks.reshape(-1)[cells] = rows.code
    refused = np.zeros(0, dtype=np.int32)
    if np.count_nonzero(marks != NO_MARK) < len(cells):
        different, firsts = np.unique(cells, return_index=True)
        marks.reshape(-1)[different] = rows.code[firsts]
        is_refused = np.ones(len(cells), dtype=np.bool_)
        is_refused[firsts] = False
        refused = np.flatnonzero(is_refused).astype(np.int32)

    closed = np.zeros(len(pupils), dtype=np.int32)
    register = Register(school, pupils, year_groups, days, marks, closed)
    is_school_day = np.asarray(register.held.any(axis=1))
    if not is_school_day.all():
        shut = np.flatnonzero(marks == CLOSED) // 2
        whose = shut[~is_school_day[shut % len(days)]] // len(days)
        closed += np.bincount(whose, minlength=len(pupils)).astype(np.int32)
        met = np.flatnonzero(is_school_day)
        register = replace(register, days=days[met], marks=marks.take(met, axis=1))
    return register, refused


def _columns(on: Days, pupils: int) -> tuple[Days, Numbers]:
    """Return days, in order, with all that occur among them, and each row's place there."""
    if not len(on):
        return on, on
    first, last = int(on.min()), int(on.max())
    since = on - np.int32(first)
    if pupils * (last - first + 1) * 2 <= _MOST_CELLS * len(on):
        # Every day has a column, so that none is looked up; those without school go afterwards.
        return np.arange(first, last + 1, dtype=np.int32), since
    is_there = np.zeros(last - first + 1, dtype=np.bool_)
    is_there[since] = True
    place = np.cumsum(is_there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(is_there).astype(np.int32) + np.int32(first), place[since]
