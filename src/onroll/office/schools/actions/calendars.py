"""Term dates: written whole for one school year, with a version for whoever counted by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.db.models import Max

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.facts import TransactionNow
from onroll.office.schools import policy
from onroll.office.schools.models import Calendar, NonSchoolDay, School, Term

CALENDAR_SAVED = verb(
    "schools.calendar_saved",
    "saved the term dates of {year}, version {version}",
    "year",
    "version",
    "school",
    "terms",
    "days",
)
CALENDAR_DROPPED = verb(
    "schools.calendar_dropped", "took away a school's own term dates of {year}", "year", "school"
)

Listener = Callable[[int | None], None]

_listeners: list[Listener] = []

# The longest holiday inside a school year is under three weeks; a longer gap is a term left out.
LONGEST_HOLIDAY = timedelta(days=35)


def when_term_dates_change(listener: Listener) -> None:
    """Register what a package above does in the same transaction: `listener(school_id)`.

    None is the authority's own term dates, by which many schools go.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def _changed(school: School | None) -> None:
    for listener in _listeners:
        listener(school.pk if school else None)


@dataclass(frozen=True, slots=True)
class TermDates:
    """One unbroken stretch of term, both ends included."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday in term on which the school, a session or one year group does not meet."""

    on: date
    why: str
    session: str = ""
    year_group: int | None = None


def save_calendar(
    *,
    school: School | None,
    year: int,
    terms: Sequence[TermDates],
    days: Sequence[DayOff] = (),
    by: Actor,
    version: int | None = None,
) -> Calendar:
    """Write the term dates of one school year whole; `school` None is the authority's default.

    The version before is kept, so that a deadline can be worked out again as it was counted.

    `version` is the one that was edited, None for a new calendar. Raises Faulty naming each
    date that cannot be, Stale when a colleague saved first.
    """
    policy.can_edit(by).require()
    terms = sorted(terms, key=lambda term: term.first)
    if faults := [*_faults_of_terms(year, terms), *_faults_of_days(terms, days)]:
        raise Faulty(*faults)
    with transaction.atomic():
        calendar = _next_version(school, year, version, by)
        Term.objects.bulk_create(
            Term(calendar=calendar, name=t.name, first=t.first, last=t.last) for t in terms
        )
        NonSchoolDay.objects.bulk_create(
            NonSchoolDay(
                calendar=calendar,
                on=day.on,
                why=day.why,
                session=day.session,
                year_group=day.year_group,
            )
            for day in days
        )
        record(
            CALENDAR_SAVED,
            by=by,
            subject=calendar,
            year=year,
            version=calendar.version,
            school=school.pk if school else None,
            terms=[f"{t.first.isoformat()}/{t.last.isoformat()}" for t in terms],
            days=[
                f"{d.on.isoformat()} {d.why} {d.session or 'all'} "
                f"{'all' if d.year_group is None else d.year_group}"
                for d in days
            ],
        )
        _changed(school)
    return calendar


def copy_authoritys(*, school: School, year: int, by: Actor) -> Calendar:
    """Give a school a calendar of its own that begins as the authority's."""
    policy.can_edit(by).require()
    default = Calendar.objects.as_known().filter(school=None, year=year).first()
    if default is None:
        raise Faulty(("year", f"The authority has no term dates for {_year(year)} to copy."))
    if Calendar.objects.as_known().filter(school=school, year=year).exists():
        raise Faulty(("year", f"{school} already has term dates of its own for {_year(year)}."))
    return save_calendar(
        school=school,
        year=year,
        terms=[TermDates(t.first, t.last, t.name) for t in default.terms.all()],
        days=[DayOff(d.on, d.why, d.session, d.year_group) for d in default.days.all()],
        by=by,
    )


def drop_calendar(*, school: School, year: int, by: Actor) -> None:
    """Take away a school's own term dates, so that the authority's hold again."""
    policy.can_edit(by).require()
    with transaction.atomic():
        own = Calendar.objects.as_known().filter(school=school, year=year)
        if not own.update(superseded_at=TransactionNow()):
            raise Faulty(("year", f"{school} has no term dates of its own for {_year(year)}."))
        record(CALENDAR_DROPPED, by=by, subject=school, year=year, school=school.pk)
        _changed(school)


def _next_version(school: School | None, year: int, version: int | None, by: Actor) -> Calendar:
    """Supersede the version that was edited and begin the next. Raises Stale when late."""
    every = Calendar.objects.filter(school=school, year=year)
    believed = every.as_known()
    claimed = version is not None and believed.filter(version=version).update(
        superseded_at=TransactionNow()
    )
    if not claimed and (version is not None or believed.exists()):
        raise _stale(school, year, version)
    last = every.aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            made: Calendar = Calendar.objects.create(
                school=school, year=year, version=last + 1, recorded_by_id=by.pk
            )
    except IntegrityError:  # a colleague wrote the first one at the same moment
        raise _stale(school, year, version) from None
    return made


def _stale(school: School | None, year: int, version: int | None) -> Stale:
    now = Calendar.objects.as_known().filter(school=school, year=year).first()
    theirs = str(now.version) if now else "taken away"
    ours = "none yet" if version is None else str(version)
    return Stale(f"the term dates of {_year(year)}", [("Version", theirs, ours)])


def _faults_of_terms(year: int, terms: Sequence[TermDates]) -> list[tuple[str, str]]:
    if not terms:
        return [("terms", f"Enter the terms of {_year(year)}, at least one.")]
    earliest, latest = date(year, 8, 1), date(year + 1, 8, 31)
    faults = []
    for term in terms:
        shown = f"{_day(term.first)} to {_day(term.last)}"
        if term.last < term.first:
            faults.append(("terms", f"The term {shown} ends before it starts."))
        elif term.first < earliest or term.last > latest:
            faults.append(("terms", f"The term {shown} is not in the school year {_year(year)}."))
    for before, after in pairwise(terms):
        if after.first <= before.last:
            faults.append(("terms", f"Two terms overlap: both hold {_day(after.first)}."))
        elif after.first - before.last > LONGEST_HOLIDAY:
            faults.append(
                (
                    "terms",
                    f"Nothing is entered between {_day(before.last)} and {_day(after.first)}, "
                    "which is longer than any holiday: enter the term in between.",
                )
            )
    return faults


def _faults_of_days(terms: Sequence[TermDates], days: Sequence[DayOff]) -> list[tuple[str, str]]:
    faults, seen = [], set()
    for day in days:
        if day.why not in NonSchoolDay.Why.values:
            faults.append(("days", f"{_day(day.on)}: say why the school does not meet."))
        if day.session not in NonSchoolDay.Session.values:
            faults.append(("days", f"{_day(day.on)}: say all day, morning or afternoon."))
        if not any(term.first <= day.on <= term.last for term in terms):
            faults.append(("days", f"{_day(day.on)} is not in any term."))
        elif day.on.weekday() >= 5:
            faults.append(("days", f"{_day(day.on)} is a {day.on:%A}."))
        if (key := (day.on, day.session, day.year_group)) in seen:
            faults.append(("days", f"{_day(day.on)} is listed twice."))
        seen.add(key)
    return faults


def _year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
