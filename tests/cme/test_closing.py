"""A case closes only with evidence of its outcome: one row for each way, with and without."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from onroll.office.accounts.models import Team
from onroll.office.casework.actions import oversight
from onroll.office.casework.actions.cases import move, open_case
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import standing
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.models import EnquiryTemplate
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people.models import Child
from onroll.office.provision import actions as provision
from onroll.office.schools.actions import enrol
from onroll.office.schools.models import School
from onroll.statute.reasons import Place
from tests.casework.conftest import TODAY

Give = Callable[[Case, Actor, School], None]


def _locates(case: Case, by: Actor, key: str, **answer: Any) -> None:
    asked = actions.ask(case=case, template=queries.template_for(key), by=by, on=TODAY)
    actions.answer(enquiry=asked, result="located", by=by, on=TODAY, **answer)


def _starts(case: Case, by: Actor, school: School) -> None:
    actions.secure_place(case=case, by=by, on=TODAY, expected_on=TODAY, school=school)
    actions.confirm_start(case=case, confirmed_by="Ms Hale, Fernhill", by=by, on=TODAY)


def _home(case: Case, by: Actor, school: School) -> None:
    provision.record_home_education(child=case.child, starts_on=TODAY, by=by)


def _was_on_roll(case: Case, by: Actor, school: School) -> None:
    enrol(child=case.child, school=school, starts_on=date(2025, 9, 1), by=PROGRAM)


def _provided(case: Case, by: Actor, school: School) -> None:
    provision.record_provision(
        child=case.child, what="alternative_provision", provider="The Mill", starts_on=TODAY, by=by
    )


def _eotas(case: Case, by: Actor, school: School) -> None:
    provision.record_plan(child=case.child, starts_on=TODAY, by=by)
    provision.record_provision(child=case.child, what="eotas", starts_on=TODAY, by=by)


def _accepted(case: Case, by: Actor, school: School) -> None:
    _locates(
        case, by, "cme_referral_to_authority", strength="record", la_code="383",
        accepted=actions.Accepted(on=TODAY, by="Jo Bell, CME team", how="email", reference="L-77"),
    )  # fmt: skip


def _abroad(case: Case, by: Actor, school: School) -> None:
    _locates(case, by, "receiving_school_abroad", strength="independent", country="Poland")


def _grew(case: Case, by: Actor, school: School) -> None:
    Child.objects.filter(pk=case.child_id).update(born_on=date(2008, 4, 3))


def _died(case: Case, by: Actor, school: School) -> None:
    Child.objects.filter(pk=case.child_id).update(died_on=TODAY)


EVIDENCE: dict[str, tuple[Give, str]] = {
    "on_roll": (_starts, "No school roll"),
    "home_educated": (_home, "Home education is not recorded"),
    "alternative_provision": (_provided, "No alternative provision"),
    "eotas": (_eotas, "No education otherwise"),
    "left_area": (_accepted, "No authority has accepted"),
    "left_country": (_abroad, "No enquiry has located the child abroad"),
    "over_age": (_grew, "still of compulsory school age"),
    "died": (_died, "day of death"),
    "not_cme": (_was_on_roll, "makes the child missing education on 2 February 2026"),
}
# What is said in choosing the outcome, beside what the record shows.
SAID: dict[str, dict[str, Any]] = {
    "home_educated": {"accepted_on": TODAY, "accepted_by": "Ann Lee", "is_unassessed": True},
}


@pytest.fixture
def considered(case: Case, alice: Actor) -> Case:
    oversight.consider(case=case, conclusion="no_concern", because="Seen", by=alice, on=TODAY)
    return case


def test_every_outcome_has_its_row() -> None:
    assert set(EVIDENCE) == set(policy.OUTCOMES)


@pytest.mark.parametrize("outcome", EVIDENCE)
def test_closing_is_refused_until_the_evidence_is_there(
    outcome: str, considered: Case, alice: Actor, school: School
) -> None:
    give, refusal = EVIDENCE[outcome]
    case = considered

    with pytest.raises(Faulty, match=refusal):
        actions.close(case=case, outcome=outcome, by=alice, on=TODAY)
    with pytest.raises(Refused, match=refusal):
        move(case=case, move="close", outcome=outcome, by=alice, on=TODAY)

    give(case, alice, school)
    ready = Case.objects.select_related("child").get(pk=case.pk)
    closed = actions.close(case=ready, outcome=outcome, by=alice, on=TODAY, **SAID.get(outcome, {}))

    assert closed.outcome == outcome
    assert closed.closed_on == TODAY
    assert not standing(Child.objects.get(pk=case.child_id), TODAY).national_cme


def test_nothing_closes_without_a_consideration_of_safeguarding(
    case: Case, alice: Actor, school: School
) -> None:
    _home(case, alice, school)

    with pytest.raises(Faulty, match="safeguarding"):
        actions.close(
            case=case, outcome="home_educated", by=alice, on=TODAY, **SAID["home_educated"]
        )


def test_nothing_closes_without_a_key_worker(amelia: Child, alice: Actor, team: Team) -> None:
    nobodys = open_case(kind="cme", child=amelia, team=team.pk, by=alice, on=TODAY)

    assert "no key worker" in policy.missing_evidence(nobodys, "died", TODAY)[0]


@pytest.mark.parametrize("strength", ["hearsay", "family", "record"])
def test_the_familys_word_does_not_verify_that_a_child_is_abroad(
    strength: str, considered: Case, alice: Actor
) -> None:
    _locates(considered, alice, "agency_abroad", strength=strength, country="Poland")

    missing = policy.missing_evidence(considered, "left_country", TODAY)

    assert "not independently verified" in missing[0]


def test_interim_tuition_does_not_close_a_case(considered: Case, alice: Actor) -> None:
    provision.record_plan(child=considered.child, awaiting_place=True, starts_on=TODAY, by=alice)
    provision.record_provision(
        child=considered.child, what="private_tuition", provider="Tutor", is_interim=True,
        starts_on=TODAY, by=alice,
    )  # fmt: skip

    waiting = queries.awaiting_place(considered, TODAY, by=alice)

    assert "interim" in policy.missing_evidence(considered, "alternative_provision", TODAY)[0]
    assert waiting is not None
    assert "Tutor" in waiting.says


def test_a_place_is_watched_until_the_school_confirms_the_start(
    considered: Case, alice: Actor, school: School
) -> None:
    case = considered
    actions.conclude(
        case=case, conclusion="here", strength="believed", evidence="Seen", by=alice, on=TODAY
    )
    case = Case.objects.select_related("child").get(pk=case.pk)
    assert case.state == "located"

    watched = actions.secure_place(
        case=case, by=alice, on=TODAY, expected_on=date(2026, 3, 9), school=school
    )

    assert watched.state == "watching"
    assert standing(case.child, date(2026, 3, 9)).place is Place.MISSING_EDUCATION
    assert [r.case_id for r in queries.watched(Case.objects.all())] == [case.pk]
    actions.confirm_start(case=watched, confirmed_by="Ms Hale", by=alice, on=date(2026, 3, 10))
    assert standing(case.child, date(2026, 3, 10)).place is Place.ON_ROLL
    assert not queries.watched(Case.objects.all())


def test_over_age_at_risk_needs_the_handover_first(considered: Case, alice: Actor) -> None:
    Child.objects.filter(pk=considered.child_id).update(born_on=date(2008, 4, 3))
    case = Case.objects.select_related("child").get(pk=considered.pk)
    actions.hand_to_post_16(case=case, at_risk=True, by=alice)

    assert "post-16" in policy.missing_evidence(case, "over_age", TODAY)[0]

    actions.hand_to_post_16(case=case, at_risk=True, handed_on=TODAY, by=alice)
    assert not policy.missing_evidence(case, "over_age", TODAY)


def test_reopening_makes_the_child_missing_again(
    considered: Case, alice: Actor, school: School
) -> None:
    _home(considered, alice, school)
    closed = actions.close(
        case=considered, outcome="home_educated", by=alice, on=TODAY, **SAID["home_educated"]
    )

    reopened = actions.reopen(case=closed, reason="Education stopped", by=alice, on=TODAY)

    assert reopened.is_open
    assert reopened.outcome == ""
    assert queries.episode_of(reopened).ends_on is None


def test_every_template_says_who_asks_whom_on_what_basis_and_how_sure_it_is(db: None) -> None:
    listed = list(EnquiryTemplate.objects.all())

    assert len(listed) > 30
    for template in listed:
        assert template.asked_by in {"school", "authority", "both"}, template.key
        assert template.asked_of, template.key
        assert template.lawful_basis, template.key
        assert template.cites, template.key
        assert template.days_to_answer > 0, template.key
        assert template.confidence == "verified" or queries.caution(template), template.key


def test_every_local_reason_stands_under_a_national_one(db: None) -> None:
    titles = dict(queries.reason_choices(TODAY))

    assert "local:failed_to_take_up_place" in titles
    assert len([key for key in titles if not key.startswith("local:")]) == 20
