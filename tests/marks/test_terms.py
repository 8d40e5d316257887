"""Terms as the weeks of a school show them."""

from collections import Counter
from datetime import date, timedelta

from onroll.marks.terms import AUTUMN, SPRING, SUMMER, terms_of


def mondays(*stretches: tuple[date, int]) -> list[date]:
    return [first + timedelta(weeks=n) for first, weeks in stretches for n in range(weeks)]


YEAR = mondays(
    (date(2025, 9, 1), 8),
    (date(2025, 11, 3), 7),
    (date(2026, 1, 5), 6),
    (date(2026, 2, 23), 5),
    (date(2026, 4, 13), 6),
    (date(2026, 6, 1), 7),
)


def test_summer_begins_after_the_easter_holiday_and_not_after_a_half_term() -> None:
    found = dict(zip(YEAR, terms_of(YEAR), strict=True))

    assert Counter(found.values()) == {(2025, AUTUMN): 15, (2025, SPRING): 11, (2025, SUMMER): 13}
    assert found[date(2026, 3, 23)] == (2025, SPRING)
    assert found[date(2026, 4, 13)] == (2025, SUMMER)


def test_before_the_easter_holiday_there_is_no_summer() -> None:
    early = [monday for monday in YEAR if monday < date(2026, 4, 1)]

    assert {term for _, term in terms_of(early)} == {AUTUMN, SPRING}


def test_the_week_in_which_a_year_begins_is_of_spring_and_august_of_the_year_to_come() -> None:
    assert terms_of([date(2025, 12, 29), date(2026, 8, 31)]) == [(2025, SPRING), (2026, AUTUMN)]
    assert terms_of([]) == []


def test_an_early_easter_and_a_bank_holiday_week_do_not_mislead() -> None:
    # Easter on 27 March 2016; a school closed for the week of 2 May as well.
    weeks = mondays((date(2016, 1, 4), 6), (date(2016, 2, 22), 5), (date(2016, 4, 11), 3),
                    (date(2016, 5, 9), 3))  # fmt: skip

    found = dict(zip(weeks, terms_of(weeks), strict=True))

    assert found[date(2016, 3, 21)] == (2015, SPRING)
    assert found[date(2016, 4, 11)] == found[date(2016, 5, 9)] == (2015, SUMMER)
