"""The stretch of days that a register of evidence is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.office.schools.queries import calendar_for
from onroll.statute.ages import school_year
from onroll.statute.writing import written

TERM, YEAR, DATES = "term", "year", "dates"

# A week away with the days around it is half-term: what it parts is one term.
HALF_TERM = timedelta(days=11)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; `called` says what they are.

    `note` says why they are not the days that were asked for; empty where they are.
    """

    first: date
    last: date
    called: str
    note: str = ""

    @property
    def says(self) -> str:
        """The period in words, with its two days."""
        return f"{self.called}: {written(self.first)} to {written(self.last)}"


def period_of(
    wanted: str, today: date, *, first: date | None = None, last: date | None = None
) -> Period:
    """Return this term, this school year, or the days given, an open end being today's.

    Between terms, this term is the one that ended last. Where no term dates reach so far, it is
    the school year, and the period says so.
    """
    if wanted == DATES and (first or last):
        until = last or max(today, first or today)
        return Period(first or school_year(until).first, until, "These days")
    year = school_year(today)
    whole = Period(year.first, year.last, "This school year")
    if wanted == YEAR:
        return whole
    terms = calendar_for(school_id=None, on=today).terms
    entered = [(term.first, term.last) for term in terms if term.first >= year.first]
    begun = [term for term in _whole_terms(entered) if term[0] <= today]
    if not begun:
        return Period(
            whole.first, whole.last, whole.called,
            "No term of this school year that has begun is in the authority’s term dates, so "
            "that this term cannot be told from the year: enter the term dates under Schools.",
        )  # fmt: skip
    first_day, last_day = begun[-1]
    return Period(first_day, last_day, "This term" if today <= last_day else "The last term")


def _whole_terms(entered: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Join the halves of terms that were entered one by one."""
    whole: list[tuple[date, date]] = []
    for first, last in sorted(entered):
        if whole and first - whole[-1][1] <= HALF_TERM:
            whole[-1] = (whole[-1][0], last)
        else:
            whole.append((first, last))
    return whole
