"""Missing education ends when education began, not when somebody closed the case."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from onroll.office.casework.actions import oversight
from onroll.office.casework.models import Case, CaseState
from onroll.office.casework.queries.children import standing
from onroll.office.cme import actions, queries
from onroll.office.cme.kind import CME
from onroll.office.cme.models import Episode
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child, Whereabouts
from onroll.office.provision import actions as provision
from onroll.office.provision.models import HomeEducation
from onroll.office.reporting import reports
from onroll.office.schools.actions import enrol
from onroll.office.schools.models import School
from tests.casework.conftest import TODAY

MISSING_FROM = date(2026, 2, 2)
MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)
THEN = datetime(2026, 2, 25, 9, tzinfo=UTC)


@pytest.fixture
def considered(case: Case, alice: Actor) -> Case:
    for model in (Episode, CaseState):
        model._base_manager.filter(case=case).update(recorded_at=MONDAY)
    oversight.consider(case=case, conclusion="no_concern", because="Seen", by=alice, on=TODAY)
    return Case.objects.select_related("child").get(pk=case.pk)


def _close(case: Case, outcome: str, by: Actor, **said: Any) -> Case:
    fresh = Case.objects.select_related("child").get(pk=case.pk)
    return actions.close(case=fresh, outcome=outcome, by=by, on=TODAY, **said)


def _agrees(case: Case, last: date) -> None:
    """The episode and the standing of each day say the same, as known now."""
    (episode,) = queries.episodes_of(case)
    child = Child.objects.get(pk=case.child_id)
    assert (episode.starts_on, episode.ends_on) == (MISSING_FROM, last)
    for day in (date(2026, 2, 10), last, date.fromordinal(last.toordinal() + 1), TODAY):
        assert standing(child, day).national_cme == episode.holds_on(day), day


def test_home_education_ends_it_on_the_day_before_it_began(considered: Case, alice: Actor) -> None:
    provision.record_home_education(
        child=considered.child, starts_on=date(2026, 2, 16), suitability="suitable", by=alice
    )

    _close(considered, "home_educated", alice, accepted_on=TODAY)

    _agrees(considered, date(2026, 2, 15))


def test_what_was_known_then_is_what_was_believed_then(considered: Case, alice: Actor) -> None:
    taught = provision.record_home_education(
        child=considered.child, starts_on=date(2026, 2, 16), suitability="suitable", by=alice
    )
    _close(considered, "home_educated", alice, accepted_on=TODAY)
    HomeEducation.objects.filter(pk=taught.pk).update(recorded_at=datetime(2026, 3, 1, tzinfo=UTC))
    day = date(2026, 2, 20)

    then = Episode.objects.on(day, THEN).get(case=considered)

    assert then.ends_on is None
    assert standing(considered.child, day, THEN).national_cme
    assert not Episode.objects.on(day).filter(case=considered).exists()
    assert not standing(considered.child, day).national_cme


def test_assessed_later_home_education_still_began_when_it_began(
    considered: Case, alice: Actor
) -> None:
    first = provision.record_home_education(
        child=considered.child, starts_on=date(2026, 2, 16), by=alice
    )
    provision.end(fact=first, on=date(2026, 2, 28), by=alice)
    provision.record_home_education(
        child=considered.child, starts_on=date(2026, 3, 1), suitability="suitable", by=alice
    )

    _close(considered, "home_educated", alice, accepted_on=TODAY)

    _agrees(considered, date(2026, 2, 15))


def test_interim_tuition_before_it_is_not_the_provision_that_ended_it(
    considered: Case, alice: Actor
) -> None:
    provision.record_provision(
        child=considered.child, what="private_tuition", provider="Tutor", is_interim=True,
        starts_on=date(2026, 2, 9), ends_on=date(2026, 2, 22), is_suitable=False, by=alice,
    )  # fmt: skip
    provision.record_provision(
        child=considered.child, what="alternative_provision", provider="The Mill",
        starts_on=date(2026, 2, 23), by=alice,
    )  # fmt: skip

    _close(considered, "alternative_provision", alice)

    _agrees(considered, date(2026, 2, 22))


def test_the_day_of_the_move_as_it_was_concluded_ends_it(considered: Case, alice: Actor) -> None:
    people.conclude_whereabouts(
        child=considered.child, conclusion="elsewhere", la_code="383", starts_on=date(2026, 2, 12),
        by=alice, on=date(2026, 2, 12),
    )  # fmt: skip
    Whereabouts.objects.update(recorded_at=datetime(2026, 2, 12, 9, tzinfo=UTC))
    asked = actions.ask(
        case=considered, template=queries.template_for("cme_referral_to_authority"), by=alice,
        on=date(2026, 2, 16),
    )  # fmt: skip
    actions.answer(
        enquiry=asked, result="located", strength="record", la_code="383", by=alice, on=TODAY,
        accepted=actions.Accepted(on=date(2026, 3, 2), by="Jo Bell", how="email"),
    )  # fmt: skip

    _close(considered, "left_area", alice)

    _agrees(considered, date(2026, 2, 11))
    # As known then, the move was believed and not confirmed: the child was missing.
    assert standing(considered.child, date(2026, 2, 20), THEN).national_cme


def test_the_day_of_the_verification_ends_it_where_no_move_was_concluded(
    considered: Case, alice: Actor
) -> None:
    people.conclude_whereabouts(
        child=considered.child, conclusion="unknown", starts_on=date(2026, 2, 10), by=alice,
        on=TODAY,
    )  # fmt: skip
    asked = actions.ask(
        case=considered, template=queries.template_for("embassy"), by=alice, on=date(2026, 2, 16)
    )
    actions.answer(
        enquiry=asked, result="located", strength="independent", country="Poland", by=alice,
        on=date(2026, 3, 3),
    )  # fmt: skip

    _close(considered, "left_country", alice)

    _agrees(considered, date(2026, 3, 2))


def test_the_end_of_compulsory_school_age_ends_it(considered: Case, alice: Actor) -> None:
    Child.objects.filter(pk=considered.child_id).update(born_on=date(2009, 9, 1))
    Case.objects.filter(pk=considered.pk).update(opened_on=date(2026, 2, 2))
    later = date(2026, 9, 10)
    fresh = Case.objects.select_related("child").get(pk=considered.pk)

    actions.close(case=fresh, outcome="over_age", by=alice, on=later)

    (episode,) = queries.episodes_of(fresh)
    assert episode.ends_on == date(2026, 6, 26)
    assert standing(fresh.child, date(2026, 6, 26)).national_cme
    assert not standing(fresh.child, date(2026, 6, 27)).national_cme


def test_of_a_child_who_never_was_missing_no_day_is_counted(
    considered: Case, alice: Actor, school: School, manager: Actor
) -> None:
    enrol(child=considered.child, school=school, starts_on=date(2025, 9, 1), by=PROGRAM)

    closed = _close(considered, "not_cme", alice)

    assert queries.episodes_of(closed) == []
    assert not standing(closed.child, date(2026, 2, 20)).national_cme
    then = Episode.objects.on(date(2026, 2, 20), THEN).get(case=closed)
    assert then.ends_on is None
    assert CME.summary(closed) == "Never missed education"
    told = [entry.title for entry in CME.entries(closed, alice)]
    assert not [title for title in told if title.startswith("Missing education")]

    def row(known_at: datetime | None) -> dict[str, Any]:
        report = reports.by_key("open-cases")
        assert report is not None
        asked = reports.Question(as_at=date(2026, 2, 20), known_at=known_at, by=manager)
        (found,) = report.answer(asked).rows
        return dict(found)

    assert (row(None)["days_missing"], row(None)["duration"]) == (None, "")
    assert row(THEN)["days_missing"] == 18


def test_education_that_began_before_the_child_was_thought_missing_leaves_no_day(
    considered: Case, alice: Actor
) -> None:
    provision.record_home_education(
        child=considered.child, starts_on=date(2026, 1, 12), suitability="suitable", by=alice
    )

    closed = _close(considered, "home_educated", alice, accepted_on=TODAY)

    assert queries.episodes_of(closed) == []


def test_a_case_closed_as_never_missing_is_opened_again_with_a_time_of_its_own(
    considered: Case, alice: Actor, school: School
) -> None:
    enrol(child=considered.child, school=school, starts_on=date(2025, 9, 1), by=PROGRAM)
    closed = _close(considered, "not_cme", alice)

    reopened = actions.reopen(
        case=closed, reason="Left the roll", missing_from=date(2026, 3, 30), by=alice,
        on=date(2026, 4, 6),
    )  # fmt: skip

    assert [e.starts_on for e in queries.episodes_of(reopened)] == [date(2026, 3, 30)]
