"""One child's marks: by school, week and code, with absences, alerts and where it is going."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from onroll.marks.alerts import KINDS
from onroll.marks.alphabet import (
    AUTHORISED,
    COUNTS_AS,
    KEYS,
    NO_MARK,
    NOT_POSSIBLE,
    PRESENT,
    UNAUTHORISED,
    day_number,
    day_of,
)
from onroll.marks.courses import courses
from onroll.marks.measuring import Measured, measure
from onroll.marks.register import Register
from onroll.office.attendance.queries import marks
from onroll.office.attendance.queries.figures import (
    ALERTS,
    COURSES,
    Place,
    courses_of,
    places,
    this_year,
)
from onroll.office.attendance.queries.marks import key_of
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries.identity import records_of
from onroll.office.schools.queries import roll
from onroll.statute.codes.attendance import ATTENDANCE_CODES

WORDS = {PRESENT: "Present", AUTHORISED: "Authorised absence", UNAUTHORISED: "Unauthorised absence",
         NOT_POSSIBLE: "Not a possible session"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sums:
    """Sessions of one pupil over some time."""

    present: int
    authorised: int
    unauthorised: int

    @property
    def possible(self) -> int:
        """Sessions that could be attended."""
        return self.present + self.authorised + self.unauthorised

    @property
    def missed(self) -> int:
        """Sessions missed."""
        return self.authorised + self.unauthorised

    @property
    def attendance(self) -> float:
        """The share attended, in percent."""
        return 100.0 * self.present / self.possible if self.possible else 0.0

    @property
    def absence(self) -> float:
        """The share missed, in percent."""
        return 100.0 * self.missed / self.possible if self.possible else 0.0


@dataclass(frozen=True, slots=True)
class Day:
    """One school day: the codes of both sessions, "" where there is no mark."""

    on: date
    morning: str
    afternoon: str


@dataclass(frozen=True, slots=True)
class Week:
    """One school week of one pupil."""

    monday: date
    sums: Sums


@dataclass(frozen=True, slots=True)
class CodeLine:
    """How often one code was given."""

    code: str
    title: str
    counts_as: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Spell:
    """Absence from one school day to another without a session attended between."""

    first: date
    last: date
    sessions: int
    codes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Said:
    """An alert of a pupil: what it is called, since when, and why it is there."""

    kind: str
    title: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class AtSchool:
    """One pupil at one school in one school year."""

    place: Place
    year: int
    year_group: str
    sums: Sums
    recent: Sums
    days: Sequence[Day]
    weeks: Sequence[Week]
    codes: Sequence[CodeLine]
    spells: Sequence[Spell]
    alerts: Sequence[Said]
    going: Sequence[str]

    @property
    def year_name(self) -> str:
        """The school year as people write it."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"


def years_of(child: Child, *, by: Actor, on: date) -> dict[int, list[str]]:
    """Return the school years with marks, the latest first, each with the schools to look in.

    The schools are those on whose roll the child was in that year, by any of its records.
    """
    spans = [(one.starts_on, one.ends_on or on, key_of(one.school)) for one in _rolls(child, by=by)]
    return {
        year: sorted(
            {
                key
                for first, last, key in spans
                if first <= date(year + 1, 7, 31) and last >= date(year, 8, 1)
            }
        )
        for year in marks.years()
    }


def _rolls(child: Child, *, by: Actor) -> list[Any]:
    return [one for record in _children(child, by) for one in roll(record.pk, by=by)]


def _children(child: Child, by: Actor) -> list[Child]:
    return list(Child.objects.visible_to(by).filter(pk__in=records_of(child.pk)))


def of_child(
    child: Child,
    *,
    by: Actor,
    on: date,
    year: int,
    schools: Sequence[str] | None = None,
    until: date | None = None,
    known_at: datetime | None = None,
) -> list[AtSchool]:
    """Return what the registers say of a child in a school year, a part for each school.

    `schools` are those to look in, None all. `until` is the last day that counts; `known_at` reads
    the registers as they were known at an instant.
    """
    refs = {one.ref for one in _children(child, by)}
    keys = marks.store().schools(year) if schools is None else schools
    found = [
        (register, measured, n)
        for register, measured in _both(refs, keys, year, until, known_at)
        for n, ref in enumerate(register.pupils)
        if ref in refs
    ]
    named = places([register.school for register, *_ in found], on)
    return [
        _at_school(register, measured, n, named[register.school], year)
        for register, measured, n in found
    ]


def _both(
    refs: set[str],
    keys: Sequence[str],
    year: int,
    until: date | None,
    known_at: datetime | None,
) -> Iterator[tuple[Register, Measured]]:
    """Return the registers in which some pupils stand, and what is counted of each."""
    for whole in marks.registers(year, schools=keys) if known_at is None else ():
        if refs.isdisjoint(whole.pupils):
            continue
        measured = marks.measured(year, schools=[whole.school], until=until)
        early = whole if until is None else whole.until(day_number(until))
        yield from ((early, one) for one in measured)
    for key in keys if known_at is not None else ():
        known = marks.register_as_known(key, year, known_at) if known_at is not None else None
        if known is None or refs.isdisjoint(known.pupils):
            continue
        known = known if until is None else known.until(day_number(until))
        if len(known.days):
            yield known, measure(known)


def _at_school(register: Register, one: Measured, n: int, place: Place, year: int) -> AtSchool:
    by_week = one.by_week[:, n, :].astype(int)
    going = [kind for kind, who in courses_of(courses(one)).items() if who[n]]
    return AtSchool(
        place=place,
        year=year,
        year_group=one.year_groups[n],
        sums=Sums(*by_week.sum(axis=1).tolist()),
        recent=Sums(*by_week[:, -6:].sum(axis=1).tolist()),
        days=_days(register, n),
        weeks=[
            Week(day_of(monday), Sums(*by_week[:, at].tolist()))
            for at, monday in enumerate(one.mondays)
        ],
        codes=_codes(one, n),
        spells=_spells(register, n),
        alerts=_alerts(one, n),
        going=[COURSES[kind] for kind in going],
    )


def _days(register: Register, n: int) -> list[Day]:
    """Return the school days from the pupil's first mark to the last."""
    is_marked = (register.marks[n] != NO_MARK).any(axis=1)
    own = slice(int(is_marked.argmax()), len(is_marked) - int(is_marked[::-1].argmax()))
    return [
        Day(day_of(on), *(KEYS[code] if code != NO_MARK else "" for code in codes))
        for on, codes in zip(register.days[own], register.marks[n, own].tolist(), strict=True)
    ]


def _codes(one: Measured, n: int) -> list[CodeLine]:
    return [
        CodeLine(
            KEYS[code],
            ATTENDANCE_CODES[KEYS[code]].title,
            WORDS[COUNTS_AS[code]],
            int(one.by_code[n, code]),
        )
        for code in np.flatnonzero(one.by_code[n]).tolist()
    ]


def _alerts(one: Measured, n: int) -> list[Said]:
    found = []
    for kind, alerts in zip(KINDS, one.alerts, strict=True):
        whose = alerts.pupil.tolist()
        if n in whose:
            at = whose.index(n)
            why = list(alerts.details())[at]
            found.append(Said(kind, ALERTS[kind], day_of(alerts.first_on[at]), why))
    return found


def _spells(register: Register, n: int) -> list[Spell]:
    """Return each absence of a whole school day or more, the latest first."""
    found: list[Spell] = []
    open_: list[tuple[date, str]] = []

    def close() -> None:
        # A single session is seen in the weeks.
        if len(open_) > 1:
            codes = tuple(dict.fromkeys(code for _, code in open_))
            found.append(Spell(open_[0][0], open_[-1][0], len(open_), codes))
        open_.clear()

    for on, codes in zip(register.days, register.marks[n].tolist(), strict=True):
        for code in codes:
            counts_as = COUNTS_AS[code]
            if counts_as in (AUTHORISED, UNAUTHORISED):
                open_.append((day_of(on), KEYS[code]))
            elif counts_as == PRESENT:
                close()
    close()
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the page of a child: this school year and the one before."""

    year: int
    at: Sequence[AtSchool]
    before: Sequence[AtSchool]

    @property
    def last(self) -> date | None:
        """The last day with marks this year."""
        return max((one.days[-1].on for one in self.at if one.days), default=None)


def card_of(child: Child, *, by: Actor, on: date) -> Card | None:
    """Return the attendance of a child this school year and last; None without any mark."""
    if not marks.years():
        return None
    now = this_year(on)
    known = years_of(child, by=by, on=on)
    at, before = (
        of_child(child, by=by, on=on, year=year, schools=known[year]) if known.get(year) else []
        for year in (now, now - 1)
    )
    return Card(now, at, before) if at or before else None


def together(found: Sequence[AtSchool]) -> Sums | None:
    """Return the sessions at all schools together, where there are two or more."""
    if len(found) < 2:
        return None
    return Sums(
        sum(one.sums.present for one in found),
        sum(one.sums.authorised for one in found),
        sum(one.sums.unauthorised for one in found),
    )
