"""Which days "this term" is, and what is said where the term dates do not tell."""

from datetime import date

import pytest

from onroll.office.reporting.queries.periods import DATES, TERM, YEAR, period_of
from onroll.office.schools.models import Calendar, Term

AUTUMN = (date(2025, 9, 3), date(2025, 12, 19))
SPRING = (date(2026, 1, 5), date(2026, 3, 27))
HALVES = ((date(2025, 9, 3), date(2025, 10, 24)), (date(2025, 11, 3), date(2025, 12, 19)))


@pytest.fixture
def term_dates(db: None) -> None:
    year = Calendar.objects.create(year=2025)
    for first, last in (*HALVES, SPRING):
        Term.objects.create(calendar=year, first=first, last=last)


@pytest.mark.parametrize(
    ("today", "days", "called"),
    [
        (date(2025, 9, 20), AUTUMN, "This term"),
        (date(2025, 10, 28), AUTUMN, "This term"),  # at half-term
        (date(2025, 12, 24), AUTUMN, "The last term"),
        (date(2026, 1, 5), SPRING, "This term"),
        (date(2026, 8, 1), SPRING, "The last term"),
    ],
)
def test_this_term_is_whole_and_lasts_until_the_next_begins(
    term_dates: None, today: date, days: tuple[date, date], called: str
) -> None:
    found = period_of(TERM, today)

    assert ((found.first, found.last), found.called) == (days, called)
    assert not found.note


@pytest.mark.parametrize("today", [date(2025, 9, 1), date(2027, 3, 5)])
def test_without_a_term_that_has_begun_it_is_the_school_year_and_says_so(
    term_dates: None, today: date
) -> None:
    found = period_of(TERM, today)

    assert (found.first.month, found.last.month) == (9, 8)
    assert found.first <= today <= found.last
    assert "term dates" in found.note


def test_this_school_year_needs_no_term_dates(db: None) -> None:
    found = period_of(YEAR, date(2026, 3, 5))

    assert (found.first, found.last) == (date(2025, 9, 1), date(2026, 8, 31))
    assert found.says == "This school year: 1 September 2025 to 31 August 2026"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), (date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 1, 1), None, (date(2026, 1, 1), date(2026, 3, 5))),
        (date(2026, 9, 1), None, (date(2026, 9, 1), date(2026, 9, 1))),
        (None, date(2024, 10, 31), (date(2024, 9, 1), date(2024, 10, 31))),
    ],
)
def test_days_that_are_given_may_be_open_at_one_end(
    db: None, first: date | None, last: date | None, days: tuple[date, date]
) -> None:
    found = period_of(DATES, date(2026, 3, 5), first=first, last=last)

    assert (found.first, found.last) == days
