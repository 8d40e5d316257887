"""Calendars for counting, and for looking at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from onroll.office.schools.models import Calendar, NonSchoolDay, School
from onroll.office.schools.queries.directory import own_open_schools
from onroll.statute.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Session, Term

WHYS = tuple(NonSchoolDay.Why.choices)
SESSIONS = tuple(NonSchoolDay.Session.choices)
ENDING_SOON = timedelta(weeks=8)
_DAY = timedelta(days=1)
_KINDS = {"inset": DayKind.INSET, "closure": DayKind.CLOSURE, "holiday": DayKind.HOLIDAY}


def calendar_for(
    *,
    school_id: int | None,
    year_group: int | None = None,
    on: date | None = None,
    known_at: datetime | None = None,
) -> SchoolCalendar:
    """Return the calendar by which a school's days are counted, as written now or known then.

    For each school year the school's own term dates go before the authority's, and the years are
    joined. Where a year between is missing, the run of years that holds `on`, or the latest, is
    given: a calendar never claims a day that nobody entered. A day closed for one session only
    is a school day; a day closed for one year group is skipped only when that one is asked for.
    """
    found = calendars_for([school_id], year_group=year_group, on=on, known_at=known_at)
    return found[school_id]


def calendars_for(
    school_ids: Iterable[int | None],
    *,
    year_group: int | None = None,
    on: date | None = None,
    known_at: datetime | None = None,
) -> Mapping[int | None, SchoolCalendar]:
    """Return the calendars of several schools in a fixed number of queries."""
    years = _years_of(set(school_ids), known_at)
    return {pk: joined(found, year_group=year_group, on=on) for pk, found in years.items()}


def calendars_on(
    wanted: Iterable[tuple[int | None, date]], *, known_at: datetime | None = None
) -> Mapping[tuple[int | None, date], SchoolCalendar]:
    """Return `calendar_for` of many schools and days in a fixed number of queries."""
    asked = set(wanted)
    years = _years_of({school for school, _ in asked}, known_at)
    # Making one is slow, and most schools go by the same years.
    made: dict[frozenset[int], list[SchoolCalendar]] = {}
    found = {}
    for school, on in asked:
        alike = made.setdefault(frozenset(c.pk for c in years[school].values()), [])
        reaching = next((calendar for calendar in alike if calendar.reaches(on)), None)
        if reaching is None:
            reaching = joined(years[school], on=on)
            alike.append(reaching)
        found[school, on] = reaching
    return found


def _years_of(
    schools: set[int | None], known_at: datetime | None
) -> dict[int | None, dict[int, Calendar]]:
    """Return the calendars of several schools by year, their own before the authority's."""
    named = [pk for pk in schools if pk is not None]
    found = Calendar.objects.as_known(known_at).filter(Q(school=None) | Q(school__in=named))
    by_school: dict[int | None, dict[int, Calendar]] = {}
    for calendar in found.select_related("school").prefetch_related("terms", "days"):
        by_school.setdefault(calendar.school_id, {})[calendar.year] = calendar
    default = by_school.get(None, {})
    return {pk: {**default, **by_school.get(pk, {})} for pk in schools}


def joined(
    years: Mapping[int, Calendar], *, year_group: int | None = None, on: date | None = None
) -> SchoolCalendar:
    """Return one calendar for counting from the calendars of several school years."""
    runs = _runs(years)
    if not runs:
        return SchoolCalendar(covers=None)
    covers, used = next(
        (run for run in runs if on is not None and run[0][0] <= on <= run[0][1]), runs[-1]
    )
    holidays = bank_holidays(covers[0].year, covers[1].year)
    calendar = SchoolCalendar(
        covers=covers,
        terms=tuple(Term(t.first, t.last) for c in used for t in c.terms.all()),
        not_school=tuple(_off(day) for c in used for day in c.days.all()),
        bank_holidays={d: name for d, name in holidays.items() if covers[0] <= d <= covers[1]},
        name=", ".join(str(c.school or "authority") for c in used[-1:]),
        version=" ".join(
            f"{c.year}:{'a' if c.school_id is None else 's'}{c.version}" for c in used
        ),
        editions=tuple((*stretch, _edition(c)) for c in used if (stretch := reach(c)) is not None),
    )
    return calendar if year_group is None else calendar.for_year_group(year_group)


def _edition(calendar: Calendar) -> str:
    year = f"{calendar.year}/{(calendar.year + 1) % 100:02d}"
    return f"{year} of {calendar.school or 'the authority'}, edition {calendar.version}"


def _runs(
    years: Mapping[int, Calendar],
) -> list[tuple[tuple[date, date], list[Calendar]]]:
    """Return unbroken stretches of days that are known, each with its calendars, in order."""
    runs: list[tuple[tuple[date, date], list[Calendar]]] = []
    for year in sorted(years):
        if not FIRST_YEAR <= year < LAST_YEAR:
            continue
        stretch = reach(years[year])
        if stretch is None:
            continue
        if runs and stretch[0] - runs[-1][0][1] <= _DAY:
            (first, _), used = runs[-1]
            runs[-1] = ((first, max(stretch[1], runs[-1][0][1])), [*used, years[year]])
        else:
            runs.append((stretch, [years[year]]))
    return runs


def reach(calendar: Calendar) -> tuple[date, date] | None:
    """Return the first and last day that one year's calendar is complete for.

    From 1 September to 31 August when its terms begin in September and end in July or later.
    A year of which only the first terms are entered reaches no further than they do.
    """
    terms = sorted(calendar.terms.all(), key=lambda term: term.first)
    if not terms:
        return None
    year = calendar.year
    starts_on_time = terms[0].first <= date(year, 9, 30)
    is_whole = terms[-1].last >= date(year + 1, 7, 1)
    first = min(terms[0].first, date(year, 9, 1)) if starts_on_time else terms[0].first
    return first, max(terms[-1].last, date(year + 1, 8, 31)) if is_whole else terms[-1].last


def _off(day: NonSchoolDay) -> NotSchool:
    session = Session(day.session) if day.session else None
    return NotSchool(day.on, _KINDS[day.why], session, day.year_group)


@dataclass(frozen=True, slots=True)
class Ending:
    """How far a school's calendar reaches; `school` None is the authority's own."""

    school: School | None
    until: date | None
    schools: int = 1  # how many schools go by it


def ending_soon(on: date) -> list[Ending]:
    """Return calendars that end within eight weeks, the authority's first with its schools."""
    schools = own_open_schools()
    by_school: dict[int | None, dict[int, Calendar]] = {}
    for calendar in Calendar.objects.as_known().prefetch_related("terms"):
        by_school.setdefault(calendar.school_id, {})[calendar.year] = calendar
    default = by_school.get(None, {})
    until = _known_until(default, on)
    found, followers = [], 0
    for school in schools:
        own = by_school.get(school.pk)
        if own is None:
            followers += 1
            continue
        theirs = _known_until({**default, **own}, on)
        if theirs is None or theirs < on + ENDING_SOON:
            found.append(Ending(school, theirs))
    if until is None or until < on + ENDING_SOON:
        found.insert(0, Ending(None, until, followers))
    return found


def _known_until(years: Mapping[int, Calendar], on: date) -> date | None:
    for (first, last), _ in _runs(years):
        if first <= on <= last:
            return last
    return None


@dataclass(frozen=True, slots=True)
class PictureDay:
    """One cell of the month grid: the letter says what the colour says."""

    on: date
    letter: str
    kind: str  # css: school, inset, closure, holiday, bank, weekend, out
    says: str


@dataclass(frozen=True, slots=True)
class PictureMonth:
    """One month of the picture, in weeks of seven cells, None where the month has no day."""

    first: date
    weeks: Sequence[Sequence[PictureDay | None]]
    school_days: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """One school year of one calendar as its page shows it."""

    school: School | None
    year: int
    calendar: Calendar | None  # the one edited here
    is_authoritys: bool  # shown because the school has none of its own
    months: Sequence[PictureMonth]
    school_days: int
    reaches: date | None
    terms: Sequence[tuple[str, date, date]]
    days: Sequence[NonSchoolDay]
    version: int | None
    before: Sequence[Calendar] = ()  # versions that hold no longer, newest first


def _versions_before(school: School | None, year: int) -> list[Calendar]:
    found = Calendar.objects.filter(school=school, year=year, superseded_at__isnull=False)
    return list(found.select_related("recorded_by").order_by("-version"))


def calendar_page(*, school: School | None, year: int) -> CalendarPage:
    """Return one school year with its picture; the authority's where the school has none."""
    every = Calendar.objects.filter(year=year).prefetch_related("terms", "days")
    own = every.as_known().filter(school=school).first()
    shown = own
    if shown is None and school is not None:
        shown = every.as_known().filter(school=None).first()
    counted = joined({year: shown}) if shown else SchoolCalendar(covers=None)
    days = sorted(shown.days.all(), key=lambda d: (d.on, d.session)) if shown else []
    months = _picture(year, counted, days)
    terms = sorted(shown.terms.all(), key=lambda t: t.first) if shown else []
    return CalendarPage(
        school=school,
        year=year,
        calendar=own,
        is_authoritys=own is None and shown is not None,
        months=months,
        school_days=sum(month.school_days for month in months),
        reaches=counted.covers[1] if counted.covers else None,
        terms=[(t.name, t.first, t.last) for t in terms],
        days=days,
        version=own.version if own else None,
        before=_versions_before(school, year),
    )


def _picture(
    year: int, calendar: SchoolCalendar, days: Sequence[NonSchoolDay]
) -> list[PictureMonth]:
    partial: dict[date, list[NonSchoolDay]] = {}
    for day in days:
        partial.setdefault(day.on, []).append(day)
    whole = {off.on: off.kind for off in calendar.not_school}
    months = []
    for index in range(12):
        first = date(year + (index + 8) // 12, (index + 8) % 12 + 1, 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        cells: list[PictureDay | None] = [None] * first.weekday()
        for ordinal in range(first.toordinal(), after.toordinal()):
            on = date.fromordinal(ordinal)
            cells.append(_cell(on, calendar, whole, partial.get(on, [])))
        cells += [None] * (-len(cells) % 7)
        weeks = [cells[i : i + 7] for i in range(0, len(cells), 7)]
        count = sum(1 for cell in cells if cell and cell.kind in ("school", "part"))
        months.append(PictureMonth(first, weeks, count))
    return months


def _cell(
    on: date,
    calendar: SchoolCalendar,
    whole: Mapping[date, DayKind],
    partial: Sequence[NonSchoolDay],
) -> PictureDay:
    in_term = any(term.first <= on <= term.last for term in calendar.terms)
    if on.weekday() >= 5:
        return PictureDay(on, "", "weekend", f"{on:%A}")
    if on in calendar.bank_holidays:
        return PictureDay(on, "B", "bank", calendar.bank_holidays[on])
    if on in whole:
        kind = whole[on]
        return PictureDay(on, kind.value[0].upper(), kind.value, kind.says)
    if not in_term:
        return PictureDay(on, "", "out", "outside term")
    if partial:
        return PictureDay(on, "P", "part", "; ".join(_partly(day) for day in partial))
    return PictureDay(on, "", "school", "school day")


def _partly(day: NonSchoolDay) -> str:
    when = day.get_session_display().lower()
    whom = f", year {day.year_group}" if day.year_group is not None else ""
    return f"{day.get_why_display()}, {when}{whom}"


def years_known(*, school: School | None) -> list[int]:
    """Return the school years for which there are term dates of a school's own or by default."""
    found = Calendar.objects.as_known().filter(Q(school=None) | Q(school=school))
    return sorted(set(found.values_list("year", flat=True)))
