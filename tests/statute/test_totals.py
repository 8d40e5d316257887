"""Clocks that start once there is enough: suspensions in a term and a year, penalty notices."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.ages import birthday
from onroll.statute.bank_holidays import bank_holidays
from onroll.statute.calendars import SchoolCalendar, Term
from onroll.statute.duties import Clock, clocks
from onroll.statute.reading import FaultyInput

AUTUMN = Term(date(2025, 9, 2), date(2025, 12, 19))
SPRING = Term(date(2026, 1, 5), date(2026, 4, 2))
SUMMER = Term(date(2026, 4, 20), date(2026, 7, 21))
HOLIDAYS = bank_holidays(2025, 2026)


def year(*terms: Term) -> SchoolCalendar:
    covers = (date(2025, 8, 1), date(2026, 8, 31))
    return SchoolCalendar(covers=covers, terms=terms, bank_holidays=HOLIDAYS)


THREE_TERMS = year(AUTUMN, SPRING, SUMMER)
SIX_TERMS = year(
    Term(date(2025, 8, 26), date(2025, 10, 17)),
    Term(date(2025, 11, 3), date(2025, 12, 19)),
    Term(date(2026, 1, 5), date(2026, 2, 13)),
    Term(date(2026, 2, 23), date(2026, 4, 17)),
    Term(date(2026, 5, 5), date(2026, 5, 22)),
    Term(date(2026, 6, 1), date(2026, 7, 21)),
)
TOTALS = {"EX_CAP", "GB_OVER15", "GB_6_15_REPS"}


def spell(first: str, last: str, **more: object) -> dict[str, object]:
    return {"first_day": first, "last_day": last, **more}


def of(
    spells: Iterable[dict[str, object]],
    calendar: SchoolCalendar = THREE_TERMS,
    rule: str | None = None,
    **more: object,
) -> dict[tuple[str, int], Clock]:
    """The clocks of suspensions by id and the number of the suspension."""
    facts = {"suspensions": list(spells), **more}
    attributes: dict[str, object] = {"terms_rule": rule, "board_case": "over_15"}
    found = clocks(facts, attributes, calendar)
    return {(c.id, c.n): c for c in found if c.started_by == "suspensions"}


WEEKS = [  # five school days each: three in the autumn term, then two in the spring
    spell("2025-09-08", "2025-09-12"),
    spell("2025-09-22", "2025-09-26"),
    spell("2025-10-06", "2025-10-10"),
    spell("2026-01-12", "2026-01-16"),
    spell("2026-01-26", "2026-01-30"),
]


def test_the_total_of_a_term_decides_what_the_board_must_do() -> None:
    """SI 2012/1033 reg 6: over 5 and up to 15 with representations, over 15 in any case."""
    more = [*WEEKS[:3], spell("2025-11-03", "2025-11-03"), *WEEKS[3:]]

    assert set(of(WEEKS)) == {("GB_6_15_REPS", 2), ("GB_6_15_REPS", 3), ("GB_6_15_REPS", 5)}
    assert set(of(more)) == {
        ("GB_6_15_REPS", 2), ("GB_6_15_REPS", 3), ("GB_OVER15", 4), ("GB_6_15_REPS", 6),
    }  # fmt: skip


@pytest.mark.parametrize(("half_days", "duty"), [(1, "GB_OVER15"), (2, "GB_6_15_REPS")])
def test_half_days_count_as_half(half_days: int, duty: str) -> None:
    """Regulation 2(2): ten days and six are over fifteen by one half, and not by none."""
    six = spell("2025-11-03", "2025-11-10", half_days=half_days)

    assert (duty, 3) in of([*WEEKS[:2], six])


def test_a_lunchtime_suspension_may_say_that_every_day_was_half() -> None:
    five = [spell("2025-09-08", "2025-09-19", half_days=True)]

    assert not of(five)
    assert ("GB_6_15_REPS", 1) in of([spell("2025-09-08", "2025-09-22", half_days=True)])


def test_the_board_has_its_days_from_being_told_and_none_are_guessed() -> None:
    spells = [spell("2025-09-08", "2025-09-29")]

    (untold,) = of(spells).values()
    (told,) = of(spells, **{"board.told_on": "2025-09-10"}).values()

    assert (untold.due, untold.needs) == (None, None)
    assert untold.limit_says == (
        "15 school days after the board is told, which is without delay; "
        "16 school days of suspension in the term"
    )
    assert told.due == date(2025, 10, 1)
    assert told.started_on == date(2025, 9, 8)


def test_a_meeting_stops_the_clock_of_the_suspension_it_followed() -> None:
    facts = {
        "suspensions": [spell("2025-09-08", "2025-09-29")],
        "board.told_on": "2025-09-10",
        "board.met_on": "2025-09-30",
    }

    found = clocks(facts, {"board_case": "over_15"}, THREE_TERMS, date(2025, 10, 20))

    assert {(c.id, c.status, c.stopped_on) for c in found} == {
        ("GB_OVER15", "met", date(2025, 9, 30))
    }


def test_a_suspension_over_christmas_counts_in_each_term_by_itself() -> None:
    spells = [*WEEKS[:3], spell("2025-12-18", "2026-01-06")]  # two days in each term

    assert ("GB_OVER15", 4) in of(spells)
    assert set(of([WEEKS[0], spell("2025-12-19", "2026-01-09")])) == {("GB_6_15_REPS", 2)}
    assert not of([spell("2025-12-17", "2026-01-06")])  # three days and two


def test_more_than_three_terms_are_added_up_between_fixed_days() -> None:
    """Reg 2: to 31 December, to Easter Monday (6 April 2026), to 31 July."""
    autumn = [spell("2025-10-13", "2025-10-17"), spell("2025-11-03", "2025-11-03")]
    easter = [spell("2026-03-30", "2026-04-02"), spell("2026-04-07", "2026-04-08")]

    assert set(of(autumn, SIX_TERMS)) == {("GB_6_15_REPS", 2)}
    assert not of(easter, SIX_TERMS)
    assert not of(easter, SIX_TERMS, "more_than_three")
    joined = year(AUTUMN, Term(SPRING.first, date(2026, 4, 17)), SUMMER)
    assert set(of(easter, joined)) == {("GB_6_15_REPS", 2)}
    assert not of(easter, joined, "more_than_three")


def test_three_terms_in_six_pieces_are_not_put_together_by_guessing() -> None:
    with pytest.raises(FaultyInput, match="the calendar has 6 in 2025/26"):
        of(WEEKS, SIX_TERMS, "three_or_fewer")
    with pytest.raises(FaultyInput, match="terms_rule: 'fortnights' is not allowed"):
        of(WEEKS, THREE_TERMS, "fortnights")


def test_the_forty_fifth_day_of_a_school_year_is_the_last() -> None:
    """SI 2012/1033 reg 4, across terms, the year beginning with the first term after July."""
    long = [
        spell("2025-09-08", "2025-10-03"),  # 20
        spell("2026-01-12", "2026-02-06"),  # 40
        spell("2026-06-01", "2026-06-12"),  # 50
    ]

    cap = of(long)["EX_CAP", 3]

    assert cap.due == date(2026, 6, 5)
    assert len(cap.counted) == 45
    assert not cap.duty.is_deadline
    assert not [
        key for key in of([*long[:2], spell("2026-06-01", "2026-06-04")]) if "CAP" in key[0]
    ]
    first_of_six = [spell("2025-08-26", "2025-09-19"), *long[1:]]
    assert of(first_of_six, SIX_TERMS)["EX_CAP", 3].due is not None


def test_a_suspension_beyond_the_calendar_is_there_and_says_what_it_needs() -> None:
    found = of([WEEKS[0], spell("2026-09-07", "2026-09-08")])

    assert {key: (c.due, c.needs) for key, c in found.items()} == {
        (duty, 2): (None, "term dates needed from 2026-09-07") for duty in TOTALS
    }


@pytest.mark.parametrize(
    ("spells", "says"),
    [
        ([spell("2025-09-12", "2025-09-08")], "ends on 2025-09-08, before it starts"),
        ([WEEKS[0], spell("2025-09-12", "2025-09-15")], "two suspensions hold 2025-09-12"),
        ([spell("2025-09-06", "2025-09-07")], "has no school day in it"),
        ([spell("2025-09-08", "2025-09-09", half_days=3)], "has 3 half days in 2 school days"),
        ([spell("2025-09-08", "2025-09-09", halves=1)], "halves: is not a key"),
        ([{"first_day": "2025-09-08"}], "last_day: null is not a date"),
        (["2025-09-08"], "is not an object"),
    ],
)
def test_faulty_suspensions_are_named(spells: list[Any], says: str) -> None:
    with pytest.raises(FaultyInput, match=says):
        of(spells)


SCHOOL_DAYS = THREE_TERMS.school_days_between(AUTUMN.first, SUMMER.last)


@st.composite
def some_suspensions(draw: st.DrawFn) -> list[dict[str, object]]:
    cuts = sorted(draw(st.sets(st.integers(0, len(SCHOOL_DAYS) - 1), max_size=16)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [
        spell(
            SCHOOL_DAYS[first].isoformat(),
            SCHOOL_DAYS[last].isoformat(),
            half_days=draw(st.integers(0, last - first + 1)),
        )
        for first, last in pairs
    ]


@given(some_suspensions())
def test_totals_agree_with_a_plain_count(spells: list[dict[str, object]]) -> None:
    terms, whole_year, expected = {}, 0.0, set()
    for n, one in enumerate(spells, start=1):
        first, last = (date.fromisoformat(str(one[k])) for k in ("first_day", "last_day"))
        days = [day for day in SCHOOL_DAYS if first <= day <= last]
        halves = int(str(one["half_days"]))
        most = 0.0
        before = whole_year
        for i, day in enumerate(days):
            term = next(t for t in (AUTUMN, SPRING, SUMMER) if t.first <= day <= t.last)
            terms[term] = terms.get(term, 0) + (1 if i < len(days) - halves else 0.5)
            whole_year += 1 if i < len(days) - halves else 0.5
            most = max(most, terms[term])
        touched = {t for t in terms for day in days if t.first <= day <= t.last}
        most = max(terms[t] for t in touched)
        if most > 15:
            expected.add(("GB_OVER15", n))
        elif most > 5:
            expected.add(("GB_6_15_REPS", n))
        if before < 45 <= whole_year:
            expected.add(("EX_CAP", n))

    assert set(of(spells)) == expected


@given(some_suspensions(), st.integers(0, 15))
def test_one_more_suspension_never_takes_a_clock_away(
    spells: list[dict[str, object]], left_out: int
) -> None:
    fewer = [one for i, one in enumerate(spells) if i != left_out]

    started = {c.started_on for c in of(fewer).values() if c.id != "EX_CAP"}

    assert started <= {c.started_on for c in of(spells).values()}


def notice(issued: date | str, offence: date | str = "2024-09-01", **more: object) -> Any:
    return {"issued_on": str(issued), "offence_from": str(offence), "withdrawn": False, **more}


def blocked(notices: list[Any], proposed: date | str) -> Clock | None:
    found = clocks({"penalty_notices": notices}, {"proposed_on": str(proposed)}, THREE_TERMS)
    assert len(found) <= 1
    return found[0] if found else None


TWO = [notice("2024-11-04"), notice("2025-06-02", "2025-05-01")]


def test_two_notices_in_three_years_bar_a_third_until_the_older_is_past() -> None:
    clock = blocked(TWO, "2027-11-03")

    assert clock is not None
    assert (clock.id, clock.started_on, clock.due) == (
        "PN_MAX", date(2024, 11, 4), date(2027, 11, 4),
    )  # fmt: skip
    assert clock.counted == (date(2024, 11, 4), date(2025, 6, 2))
    assert blocked(TWO, "2027-11-04") is None


@pytest.mark.parametrize(
    "out",
    [
        notice("2024-11-04", "2024-08-18"),  # SI 2024/717: absence before the framework
        notice("2024-11-04", withdrawn=True),
        notice("2024-11-04", acquitted=True),
        notice("2026-01-05", "2025-12-01"),  # after the day proposed
    ],
)
def test_a_notice_that_the_law_ignores_bars_nothing(out: Any) -> None:
    assert blocked([out, TWO[1]], "2025-12-10") is None
    clock = blocked([out, *TWO], "2025-12-10")
    assert clock is not None
    assert len(clock.counted) == 2
    assert len(clock.skipped) == 1


def test_notices_cannot_be_counted_without_the_day_proposed() -> None:
    with pytest.raises(FaultyInput, match="proposed_on: is missing, and penalty_notices"):
        clocks({"penalty_notices": TWO}, {}, THREE_TERMS)
    with pytest.raises(FaultyInput, match="proposed_on: 'soon' is not a date"):
        clocks({"penalty_notices": TWO}, {"proposed_on": "soon"}, THREE_TERMS)
    with pytest.raises(FaultyInput, match="before the absence"):
        blocked([notice("2024-11-04", "2024-12-01")], "2025-12-10")


@given(
    st.lists(st.dates(date(2024, 9, 1), date(2030, 12, 31)), max_size=6),
    st.dates(date(2024, 9, 1), date(2033, 12, 31)),
)
def test_a_third_is_barred_exactly_while_two_lie_in_the_three_years_before(
    issued: list[date], proposed: date
) -> None:
    near = [day for day in issued if day <= proposed < birthday(day, 3)]

    clock = blocked([notice(day) for day in issued], proposed)

    assert (clock is not None) is (len(near) >= 2)
    if clock is not None:
        assert clock.due is not None
        assert proposed < clock.due
        later = clock.due - timedelta(days=1)
        now = [notice(day) for day in issued if day <= proposed]
        assert blocked(now, later) is not None
        assert blocked(now, clock.due) is None
