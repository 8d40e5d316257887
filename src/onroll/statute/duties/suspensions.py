"""Totals of suspension by term and by school year: the cap, and when the board must meet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onroll.statute.ages import AUGUST, year_of_school_day
from onroll.statute.bank_holidays import easter_sunday
from onroll.statute.calendars import SchoolCalendar, Term
from onroll.statute.counting import OutsideCalendar
from onroll.statute.duty import Circumstances, Duty, Event, Tally
from onroll.statute.facts import Suspension
from onroll.statute.reading import Fault, FaultyInput

TERMS_RULE = "terms_rule"
THREE_OR_FEWER, MORE_THAN_THREE = "three_or_fewer", "more_than_three"

CAP = 45  # SI 2012/1033, regulation 4
MANY, SOME = 15, 5  # regulation 6: the totals of a term from which the board must meet
TERMS_OF_A_YEAR = 3


@dataclass(frozen=True, slots=True)
class Served:
    """A suspension in its order: its school days, how much of each was lost, and what it makes.

    `most` is the highest total that it leads to in any term; `caps` the forty-fifth days of school
    years that fall in it, each with the year and the days up to it. `needs_from` says which days
    of the calendar lack, in it (`is_unknown`) or in one before in the same school year; then
    nothing can be said of totals.
    """

    n: int
    suspension: Suspension
    days: Mapping[date, float]
    most: float = 0
    caps: tuple[tuple[int, date, tuple[date, ...]], ...] = ()
    needs_from: date | None = None
    is_unknown: bool = False


def served(given: Circumstances) -> tuple[Served, ...]:
    """Add up every suspension, in order of date; once for all duties that ask.

    Raises FaultyInput for one without a school day, or with more half days than it has days.
    """
    found = given.memo.get("served")
    if not isinstance(found, tuple):
        found = given.memo["served"] = tuple(_serve(given))
    return found


def _serve(given: Circumstances) -> Iterator[Served]:
    calendar, rule = given.calendar, given.attributes.get(TERMS_RULE)
    totals: dict[tuple[date, date], float] = {}
    years: dict[int, dict[date, float]] = {}
    lost: dict[int, float] = {}
    capped: set[int] = set()
    unknown: dict[int, date] = {}
    for n, suspension in enumerate(given.facts.suspensions, start=1):
        days = _days_lost(suspension, calendar)
        if isinstance(days, OutsideCalendar):
            for day in (suspension.first_day, suspension.last_day):
                unknown.setdefault(year_of_school_day(day), days.needed_from)
            yield Served(n, suspension, {}, needs_from=days.needed_from, is_unknown=True)
            continue
        most, caps, needs_from = 0.0, [], None
        term: tuple[date, date] | None = None
        for day, share in days.items():
            if term is None or not term[0] <= day <= term[1]:
                term = term_of(day, calendar, rule)
            year = year_of_school_day(day)
            needs_from = needs_from or unknown.get(year)
            totals[term] = totals.get(term, 0) + share
            most = max(most, totals[term])
            so_far = years.setdefault(year, {})
            so_far[day] = share
            lost[year] = lost.get(year, 0) + share
            if lost[year] >= CAP and year not in capped and year not in unknown:
                capped.add(year)
                caps.append((year, day, tuple(so_far)))
        yield Served(n, suspension, days, most, tuple(caps), needs_from)


def _days_lost(
    suspension: Suspension, calendar: SchoolCalendar
) -> dict[date, float] | OutsideCalendar:
    """How much of each school day was lost, whole days first; or what the calendar lacks."""
    try:
        days = calendar.school_days_between(suspension.first_day, suspension.last_day)
    except OutsideCalendar as outside:
        return outside
    halves = len(days) if suspension.half_days is None else suspension.half_days
    where = f"facts.suspensions, the one from {suspension.first_day}"
    if not days:
        remedy = "Correct its dates, or those of the terms."
        raise FaultyInput([Fault(where, "has no school day in it.", remedy)])
    if halves > len(days):
        says = f"has {halves} half days in {len(days)} school days."
        raise FaultyInput([Fault(where, says, "Say how many of its days were lost by half.")])
    whole = len(days) - halves
    return {day: 1.0 if i < whole else 0.5 for i, day in enumerate(days)}


def cap_of_the_year(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on the suspension in which the forty-fifth day of a school year falls."""
    for one in served(given):
        if one.is_unknown:
            yield Event(one.n, one.suspension.first_day, needs_from=one.needs_from)
        for year, day, days in one.caps:
            says = f"{CAP} school days of suspension in {_year_name(year)}, the most there may be"
            yield Event(one.n, one.suspension.first_day, Tally(day, days, (), says))


def more_than_fifteen(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each suspension that takes the total of a term over fifteen school days."""
    return _board(duty, given, lambda most: most > MANY)


def more_than_five(duty: Duty, given: Circumstances) -> Iterable[Event]:
    """Start on each that takes a term's total over five school days and not over fifteen."""
    return _board(duty, given, lambda most: SOME < most <= MANY)


def _board(duty: Duty, given: Circumstances, holds: Callable[[float], bool]) -> Iterator[Event]:
    for one in served(given):
        if one.needs_from is not None:
            yield Event(one.n, one.suspension.first_day, needs_from=one.needs_from)
        elif holds(one.most):
            yield _told(duty, one, given, one.most)


def _told(duty: Duty, one: Served, given: Circumstances, total: float) -> Event:
    """Count from the day on which the board was told of it, where that is known."""
    assert duty.limit is not None  # both duties are given their number in the table
    first = one.suspension.first_day
    told = given.facts.first_from(("board.told_on",), first)
    says = (
        f"{duty.limit.n} school days after the board is told, which is without delay; "
        f"{total:g} school days of suspension in the term"
    )
    if told is None:
        return Event(one.n, first, says=says)
    counted = duty.event_on(one.n, told, given.calendar)
    return Event(one.n, first, counted.working, counted.needs_from, arises_on=told)


def term_of(day: date, calendar: SchoolCalendar, rule: object = None) -> tuple[date, date]:
    """The first and last day of the term by which suspensions on a school day are added up.

    SI 2012/1033, regulation 2: a term of the school where its year has three or fewer, else the
    time to 31 December, Easter Monday or 31 July. Without a `rule` the terms of the calendar in
    that year decide. Raises FaultyInput where the rule says three and the calendar has more.
    """
    own = _term(day, calendar)
    year = _year_of(own)
    terms = [term for term in calendar.school_terms if _year_of(term) == year]
    if rule == MORE_THAN_THREE or (rule is None and len(terms) > TERMS_OF_A_YEAR):
        return _span_of(day, year)
    if len(terms) > TERMS_OF_A_YEAR:
        says = (
            f"says three terms or fewer, and the calendar has {len(terms)} in {_year_name(year)}."
        )
        remedy = f"Write each term whole, half-terms in not_school; or say {MORE_THAN_THREE}."
        raise FaultyInput([Fault(f"attributes.{TERMS_RULE}", says, remedy)])
    return own.first, own.last


def _term(day: date, calendar: SchoolCalendar) -> Term:
    """The stretch of term in which a school day lies: every school day lies in one.

    The school's own before one that only a year group keeps.
    """
    terms = (*calendar.school_terms, *calendar.terms)
    return next(term for term in terms if term.first <= day <= term.last)


def _year_of(term: Term) -> int:
    """The year in which the school year of a term began: with the first term after July.

    SI 1999/3181, regulation 2. Autumn terms that begin in August belong to the year they open.
    """
    return year_of_school_day(term.first)


def _span_of(day: date, year: int) -> tuple[date, date]:
    easter_monday = date.fromordinal(easter_sunday(year + 1).toordinal() + 1)
    after_easter = date.fromordinal(easter_monday.toordinal() + 1)
    spans = (
        (date(year, AUGUST, 1), date(year, 12, 31)),
        (date(year + 1, 1, 1), easter_monday),
        (after_easter, date(year + 1, 7, 31)),
    )
    return next((span for span in spans if day <= span[1]), spans[-1])


def _year_name(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
