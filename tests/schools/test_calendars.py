"""Calendars join, say how far they reach, and never claim a day that nobody entered."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.schools import actions, queries
from onroll.office.schools.actions import DayOff, TermDates
from onroll.office.schools.models import Calendar, School
from onroll.statute.counting import OutsideCalendar
from tests.schools.conftest import terms

LONG_AGO = datetime(2025, 6, 2, 9, tzinfo=UTC)
SINCE_THEN = datetime(2026, 6, 1, 9, tzinfo=UTC)


def saved(mina: Actor, year: int, school: School | None = None, **more: object) -> Calendar:
    return actions.save_calendar(school=school, year=year, terms=terms(year), by=mina, **more)  # type: ignore[arg-type]


def test_the_authoritys_dates_hold_where_a_school_has_none(mina: Actor, oak: School) -> None:
    saved(mina, 2026)

    calendar = queries.calendar_for(school_id=oak.pk)

    assert calendar.covers == (date(2026, 9, 1), date(2027, 8, 31))
    assert calendar.is_school_day(date(2026, 9, 3))
    assert not calendar.is_school_day(date(2026, 10, 26))
    assert calendar.why_not(date(2027, 5, 3), "school day").startswith("bank holiday")  # type: ignore[arg-type]


def test_a_schools_own_year_goes_before_the_authoritys_and_years_are_joined(
    mina: Actor, oak: School
) -> None:
    saved(mina, 2025)
    saved(mina, 2026)
    saved(mina, 2026, oak, days=[DayOff(date(2026, 9, 3), "inset")])

    own = queries.calendar_for(school_id=oak.pk)
    default = queries.calendar_for(school_id=None)

    assert own.covers == default.covers == (date(2025, 9, 1), date(2027, 8, 31))
    assert default.is_school_day(date(2026, 9, 3))
    assert own.why_not(date(2026, 9, 3), "school day") == "INSET day"  # type: ignore[arg-type]
    # Counted across the summer: the last day of one year's terms to the first of the next.
    assert own.school_days(1, after=date(2026, 7, 21)).due == date(2026, 9, 4)
    assert own.version != default.version


def test_a_missing_year_between_is_not_bridged(mina: Actor) -> None:
    saved(mina, 2024)
    saved(mina, 2026)

    latest = queries.calendar_for(school_id=None)
    earlier = queries.calendar_for(school_id=None, on=date(2025, 1, 10))

    assert latest.covers == (date(2026, 9, 1), date(2027, 8, 31))
    assert earlier.covers == (date(2024, 9, 1), date(2025, 8, 31))
    with pytest.raises(OutsideCalendar):
        latest.is_school_day(date(2026, 3, 5))


def test_half_a_year_reaches_no_further_than_its_last_term(mina: Actor) -> None:
    actions.save_calendar(school=None, year=2026, terms=terms(2026)[:2], by=mina)

    calendar = queries.calendar_for(school_id=None)

    assert calendar.covers == (date(2026, 9, 1), date(2026, 12, 18))
    with pytest.raises(OutsideCalendar):
        calendar.school_days(10, after=date(2026, 12, 14))


def test_nothing_entered_is_a_calendar_that_reaches_nowhere(db: None) -> None:
    assert queries.calendar_for(school_id=None).covers is None


def test_a_day_closed_for_one_session_or_one_year_group_is_still_a_school_day(
    mina: Actor,
) -> None:
    monday, tuesday, wednesday = (date(2026, 9, 7) + timedelta(days=i) for i in range(3))
    saved(
        mina,
        2026,
        days=[
            DayOff(monday, "closure", "pm"),
            DayOff(tuesday, "closure", "", 7),
            DayOff(wednesday, "closure", "am"),
            DayOff(wednesday, "closure", "pm"),
        ],
    )

    everybody = queries.calendar_for(school_id=None)
    seven = queries.calendar_for(school_id=None, year_group=7)

    assert [everybody.is_school_day(d) for d in (monday, tuesday, wednesday)] == [True, True, False]
    assert [seven.is_school_day(d) for d in (monday, tuesday, wednesday)] == [True, False, False]


def test_saving_bumps_the_version_and_a_stale_save_changes_nothing(mina: Actor) -> None:
    first = saved(mina, 2026)
    second = saved(mina, 2026, version=first.version, days=[DayOff(date(2026, 9, 3), "inset")])
    assert second.version == 2

    with pytest.raises(Stale) as caught:
        saved(mina, 2026, version=1)
    with pytest.raises(Stale):
        saved(mina, 2026)

    assert ("Version", "2", "1") in caught.value.compared
    assert not queries.calendar_for(school_id=None).is_school_day(date(2026, 9, 3))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "at least one"),
        ([TermDates(date(2026, 9, 3), date(2026, 9, 1))], "ends before it starts"),
        ([TermDates(date(2024, 9, 3), date(2024, 9, 9))], "not in the school year 2026/27"),
        (
            [
                TermDates(date(2026, 9, 3), date(2026, 12, 18)),
                TermDates(date(2026, 12, 18), date(2027, 7, 21)),
            ],
            "both hold 18 December 2026",
        ),
        ([*terms(2026)[:2], *terms(2026)[4:]], "longer than any holiday"),
    ],
)
def test_terms_that_cannot_be_are_refused(mina: Actor, given: list[TermDates], says: str) -> None:
    with pytest.raises(Faulty, match=says):
        actions.save_calendar(school=None, year=2026, terms=given, by=mina)

    assert not Calendar.objects.exists()


@pytest.mark.parametrize(
    ("off", "says"),
    [
        ([DayOff(date(2026, 10, 26), "inset")], "not in any term"),
        ([DayOff(date(2026, 9, 5), "inset")], "is a Saturday"),
        ([DayOff(date(2026, 9, 4), "inset")] * 2, "listed twice"),
        ([DayOff(date(2026, 9, 4), "snow")], "say why"),
    ],
)
def test_days_that_cannot_be_are_refused(mina: Actor, off: list[DayOff], says: str) -> None:
    with pytest.raises(Faulty, match=says):
        saved(mina, 2026, days=off)


def test_a_school_copies_the_authoritys_and_goes_back_to_it(mina: Actor, oak: School) -> None:
    saved(mina, 2026, days=[DayOff(date(2026, 9, 3), "inset")])

    actions.copy_authoritys(school=oak, year=2026, by=mina)
    copied = queries.calendar_page(school=oak, year=2026)
    actions.drop_calendar(school=oak, year=2026, by=mina)

    assert not copied.is_authoritys
    assert len(copied.terms) == 6
    assert queries.calendar_page(school=oak, year=2026).is_authoritys
    with pytest.raises(Faulty, match="no term dates of its own"):
        actions.drop_calendar(school=oak, year=2026, by=mina)


def test_the_picture_has_every_day_with_its_letter(mina: Actor) -> None:
    saved(mina, 2026, days=[DayOff(date(2026, 9, 3), "inset")])

    page = queries.calendar_page(school=None, year=2026)

    cells = {c.on: c for m in page.months for week in m.weeks for c in week if c}
    assert len(cells) == 365
    assert [cells[d].letter for d in (date(2026, 9, 3), date(2027, 5, 3))] == ["I", "B"]
    assert page.school_days == len(
        queries.calendar_for(school_id=None).school_days_between(
            date(2026, 9, 1), date(2027, 8, 31)
        )
    )


def test_calendars_that_end_within_eight_weeks_are_listed(
    mina: Actor, oak: School, elm: School
) -> None:
    saved(mina, 2026)
    actions.save_calendar(school=oak, year=2026, terms=terms(2026)[:2], by=mina)

    assert queries.ending_soon(date(2026, 9, 10)) == []
    [one] = queries.ending_soon(date(2026, 11, 2))
    assert (one.school, one.until) == (oak, date(2026, 12, 18))
    default, _ = queries.ending_soon(date(2027, 8, 1))
    assert (default.school, default.schools) == (None, 1)


def test_who_may_not_edit_schools_may_not_save_term_dates(alice: Actor) -> None:
    with pytest.raises(Refused):
        saved(alice, 2026)


def test_days_are_counted_by_the_version_that_was_known_then(mina: Actor) -> None:
    monday, inset = date(2026, 9, 7), DayOff(date(2026, 9, 9), "inset")
    first = saved(mina, 2026)
    Calendar.objects.filter(pk=first.pk).update(recorded_at=LONG_AGO)
    second = saved(mina, 2026, version=first.version, days=[inset])
    Calendar.objects.filter(pk=first.pk).update(superseded_at=SINCE_THEN)
    Calendar.objects.filter(pk=second.pk).update(recorded_at=SINCE_THEN)

    now = queries.calendar_for(school_id=None)
    then = queries.calendar_for(school_id=None, known_at=LONG_AGO + timedelta(days=1))
    never = queries.calendar_for(school_id=None, known_at=LONG_AGO - timedelta(days=1))

    assert now.school_days(3, after=monday).due == date(2026, 9, 11)
    assert then.school_days(3, after=monday).due == date(2026, 9, 10)
    assert (then.version, now.version) == ("2026:a1", "2026:a2")
    assert never.covers is None


def test_term_dates_taken_away_and_entered_again_are_a_version_of_their_own(
    mina: Actor, oak: School
) -> None:
    saved(mina, 2026, oak)
    actions.drop_calendar(school=oak, year=2026, by=mina)

    again = saved(mina, 2026, oak)

    assert again.version == 2
    (before,) = queries.calendar_page(school=oak, year=2026).before
    assert before.version == 1
    assert before.terms.count() == 6
    assert str(before.recorded_by) == "Mina"


def test_calendars_of_many_schools_and_days_are_those_of_each(
    mina: Actor, oak: School, elm: School
) -> None:
    for school, year in ((None, 2023), (None, 2025), (oak, 2025)):
        saved(mina, year, school)
    days = (date(2023, 10, 2), date(2024, 10, 2), date(2025, 10, 1), date(2026, 10, 1))
    wanted = [(pk, on) for pk in (None, oak.pk, elm.pk) for on in days]

    found = queries.calendars_on(wanted)

    assert {
        key: calendar == queries.calendar_for(school_id=key[0], on=key[1])
        for key, calendar in found.items()
    } == dict.fromkeys(wanted, True)
