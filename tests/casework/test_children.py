"""Where a child stands on any day, as known then or now; one chronology in one order."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from onroll.office.casework.actions import oversight, work
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import standing
from onroll.office.casework.queries.chronology import chronology
from onroll.office.casework.queries.factors import concern_kinds
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child, Particulars
from onroll.office.schools.models import Enrolment, School
from onroll.statute.reasons import Place
from tests import actors
from tests.casework.conftest import TODAY

MAY = date(2023, 5, 24)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_a_past_standing_is_told_as_known_then_and_as_known_now(
    amelia: Child, alice: Actor, school: School
) -> None:
    facts.state(
        Enrolment, by=alice, at=_at(date(2023, 6, 19)), child=amelia, school=school,
        starts_on=date(2022, 9, 1),
    )  # fmt: skip

    now = standing(amelia, MAY)
    then = standing(amelia, MAY, _at(date(2023, 6, 1)))

    assert now.place is Place.ON_ROLL
    assert then.place is Place.MISSING_EDUCATION
    assert then.why[0].cites


def test_a_correction_leaves_what_was_believed_before_it(
    amelia: Child, alice: Actor, school: School
) -> None:
    first = facts.state(
        Enrolment, by=alice, at=_at(date(2022, 9, 1)), child=amelia, school=school,
        starts_on=date(2022, 9, 1),
    )  # fmt: skip
    facts.end(first, on=date(2023, 5, 1), by=alice, at=_at(date(2023, 6, 19)))

    assert standing(amelia, MAY).national_cme
    assert not standing(amelia, MAY, _at(date(2023, 6, 18))).national_cme


def test_a_birth_date_corrected_today_leaves_the_standing_as_known_yesterday(
    amelia: Child, alice: Actor
) -> None:
    known_from = _at(MAY - timedelta(days=30))
    Particulars.objects.filter(child=amelia).update(recorded_at=known_from)
    before = standing(amelia, MAY).place

    too_young = MAY.replace(year=MAY.year - 2)
    corrected = people.change_details(
        child=amelia, version=None, born_on=too_young, by=alice, on=TODAY
    )

    assert before is Place.MISSING_EDUCATION
    assert standing(corrected, MAY).place is Place.UNDER_SCHOOL_AGE
    assert standing(corrected, MAY, _at(MAY)).place is before
    # Before the child was recorded at all, what was first believed is all there is.
    assert standing(corrected, MAY, known_from - timedelta(days=1)).place is before


def test_a_death_recorded_today_leaves_the_standing_as_known_yesterday(
    amelia: Child, alice: Actor
) -> None:
    Particulars.objects.filter(child=amelia).update(recorded_at=_at(MAY - timedelta(days=30)))

    died = people.change_details(child=amelia, version=None, died_on=MAY, by=alice, on=TODAY)

    assert standing(died, MAY).place is Place.DIED
    assert standing(died, MAY, _at(MAY)).place is Place.MISSING_EDUCATION


def test_the_year_group_taught_counts_on_its_own_days_only(amelia: Child, alice: Actor) -> None:
    first = date(2025, 9, 1)
    by_age = {day: standing(amelia, day).year_group for day in (MAY, first, date(2026, 9, 1))}

    people.record_year_taught(child=amelia, year_group=1, starts_on=first, by=alice, on=TODAY)

    assert standing(amelia, first).year_group == 1
    assert standing(amelia, date(2026, 8, 31)).year_group == 1
    assert standing(amelia, MAY).year_group == by_age[MAY]
    assert standing(amelia, date(2026, 9, 1)).year_group == by_age[date(2026, 9, 1)]
    assert standing(amelia, first, _at(MAY)).year_group == by_age[first]


def test_the_chronology_is_in_order_of_days_and_within_a_day_as_recorded(
    case: Case, alice: Actor
) -> None:
    work.note(case=case, text="Second day", by=alice, on=TODAY)
    work.note(case=case, text="First day", by=alice, on=TODAY - timedelta(days=3))
    work.contact(
        case=case, by=alice, on=TODAY - timedelta(days=3), channel="telephone",
        with_whom="school", result="spoke", account="Rang",
    )  # fmt: skip

    entries = chronology(case.child, by=alice)
    notes = chronology(case.child, by=alice, what=["note"])
    late = chronology(case.child, by=alice, first=TODAY)

    days = [entry.on for entry in entries]
    assert days == sorted(days)
    assert [entry.detail for entry in notes] == ["First day", "Second day"]
    assert {entry.on for entry in late} == {TODAY}
    assert {entry.what for entry in entries} >= {"note", "contact", "case", "education"}


def test_a_concern_is_in_the_chronology_only_for_those_who_may_read_it(
    case: Case, alice: Actor
) -> None:
    factor = concern_kinds(TODAY)[0]
    oversight.concern(case=case, factor=factor, account="Told of", by=alice, on=TODAY)
    reader = actors.person("Aled", "attendance_officer", team=case.team)

    def told(actor: Actor) -> bool:
        return any("Told of" in entry.detail for entry in chronology(case.child, by=actor))

    assert told(alice)
    assert not told(reader)
