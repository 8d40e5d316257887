"""An outcome rests on what it says, and on nothing that is only near it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from onroll.office.casework.actions import oversight
from onroll.office.casework.actions.cases import move
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import standing
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.models import Enquiry, HomeEducationAcceptance
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people import actions as people
from onroll.office.people.models import Whereabouts
from onroll.office.provision import actions as provision
from onroll.office.schools.actions import enrol
from onroll.office.schools.models import School
from onroll.statute.reasons import Place
from tests.casework.conftest import TODAY

Sign = Callable[[Actor], Client]
ACCEPTED = actions.Accepted(on=date(2026, 3, 2), by="Jo Bell, CME team", how="email", reference="7")
ASKED_ON = date(2026, 2, 23)


@pytest.fixture
def considered(case: Case, alice: Actor) -> Case:
    oversight.consider(case=case, conclusion="no_concern", because="Seen", by=alice, on=TODAY)
    return Case.objects.select_related("child").get(pk=case.pk)


def _ask(case: Case, by: Actor, key: str) -> Enquiry:
    return actions.ask(case=case, template=queries.template_for(key), by=by, on=ASKED_ON)


def _answer(case: Case, by: Actor, key: str, **said: Any) -> Enquiry:
    given = {"result": "located", "strength": "record", "on": TODAY, **said}
    return actions.answer(enquiry=_ask(case, by, key), by=by, **given)


def _lacks(case: Case, outcome: str) -> str:
    return " ".join(policy.missing_evidence(case, outcome, TODAY))


# Left the area


def test_a_contact_who_located_the_child_in_an_area_that_does_not_exist_closes_nothing(
    considered: Case, alice: Actor
) -> None:
    with pytest.raises(Faulty, match="has the number xyz"):
        _answer(considered, alice, "emergency_contacts", la_code="xyz")
    # Nor as an older record holds it, or a load.
    Enquiry.objects.create(
        case=considered, template=queries.template_for("emergency_contacts"), asked_on=ASKED_ON,
        answered_on=TODAY, result="located", strength="record", la_code="xyz",
    )  # fmt: skip

    assert "no authority has accepted" in _lacks(considered, "left_area")
    with pytest.raises(Refused, match="no authority has accepted"):
        move(case=considered, move="close", outcome="left_area", by=alice, on=TODAY)


@pytest.mark.parametrize("key", ["other_authority", "cme_referral_to_authority"])
def test_that_an_authority_knows_the_child_is_not_that_it_accepts_the_child(
    key: str, considered: Case, alice: Actor
) -> None:
    _answer(considered, alice, key, la_code="383", strength="independent")

    assert "no authority has accepted" in _lacks(considered, "left_area")


def test_no_acceptance_is_an_answer_to_another_enquiry(considered: Case, alice: Actor) -> None:
    with pytest.raises(Faulty, match="No authority accepts"):
        _answer(considered, alice, "council_tax", la_code="383", accepted=ACCEPTED)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"la_code": ""}, "Choose the authority"),
        ({"la_code": "909"}, "Cumbria, discontinued; now Cumberland and Westmorland and Furness"),
        ({"result": "lead"}, "has located the child"),
        ({"strength": "hearsay"}, "own record"),
        ({"accepted": actions.Accepted(on=TODAY, by=" ", how="email")}, "Say who"),
        ({"accepted": actions.Accepted(on=TODAY, by="Jo", how="")}, "Say how"),
        ({"accepted": actions.Accepted(on=date(2026, 2, 1), by="Jo", how="email")}, "between"),
        ({"accepted": actions.Accepted(on=date(2026, 3, 6), by="Jo", how="email")}, "between"),
    ],
)
def test_half_an_acceptance_is_refused(
    given: dict[str, Any], says: str, considered: Case, alice: Actor
) -> None:
    with pytest.raises(Faulty, match=says):
        _answer(
            considered, alice, "other_authority",
            **{"la_code": "383", "accepted": ACCEPTED, **given},
        )  # fmt: skip


def test_the_database_keeps_no_acceptance_without_who_and_how(
    considered: Case, alice: Actor
) -> None:
    answered = _answer(considered, alice, "other_authority", la_code="383")

    with pytest.raises(IntegrityError, match="an_acceptance_says"), transaction.atomic():
        Enquiry.objects.filter(pk=answered.pk).update(accepted_on=TODAY)


def test_an_acceptance_closes_the_case_and_the_standing_follows_from_it(
    considered: Case, alice: Actor
) -> None:
    shown = _answer(
        considered, alice, "cme_referral_to_authority", la_code="383", accepted=ACCEPTED
    )

    actions.close(case=considered, outcome="left_area", by=alice, on=TODAY)

    (episode,) = queries.episodes_of(considered)
    found = Whereabouts.objects.as_known().get(child=considered.child_id)
    assert (found.la_code, found.strength, found.starts_on) == ("383", "confirmed", ACCEPTED.on)
    assert "Leeds (383) accepted the child on 2 March 2026: Jo Bell" in found.evidence
    assert standing(considered.child, ACCEPTED.on).place is Place.LEFT_AREA
    assert standing(considered.child, date(2026, 3, 1)).place is Place.MISSING_EDUCATION
    assert episode.ends_on == date(2026, 3, 1)
    assert episode.closing_evidence["shown_by"] == shown.pk


def test_an_acceptance_taken_back_by_a_correction_closes_nothing(
    considered: Case, alice: Actor
) -> None:
    answered = _answer(considered, alice, "other_authority", la_code="383", accepted=ACCEPTED)
    assert not _lacks(considered, "left_area")

    actions.correct(
        enquiry=answered, result="lead", strength="record", account="They only know the aunt.",
        by=alice, on=TODAY,
    )  # fmt: skip

    assert "No authority has accepted" in _lacks(considered, "left_area")


def test_an_acceptance_of_an_earlier_time_does_not_close_a_later_one(
    considered: Case, alice: Actor
) -> None:
    _answer(considered, alice, "other_authority", la_code="383", accepted=ACCEPTED)
    closed = actions.close(case=considered, outcome="left_area", by=alice, on=TODAY)
    later = date(2026, 4, 20)

    reopened = actions.reopen(case=closed, reason="Back here", by=alice, on=later)

    assert policy.missing_evidence(reopened, "left_area", later)


def test_elsewhere_is_concluded_as_confirmed_only_on_that_authoritys_acceptance(
    considered: Case, alice: Actor
) -> None:
    answered = _answer(considered, alice, "other_authority", la_code="383", accepted=ACCEPTED)
    said = {"conclusion": "elsewhere", "strength": "confirmed", "evidence": "", "on": TODAY}

    with pytest.raises(Faulty, match="acceptance"):
        actions.conclude(case=considered, enquiry=answered, la_code="380", by=alice, **said)

    actions.conclude(case=considered, enquiry=answered, la_code="383", by=alice, **said)
    assert standing(considered.child, TODAY).place is Place.LEFT_AREA


def test_alice_records_an_acceptance_from_a_list_of_authorities(
    considered: Case, alice: Actor, as_: Sign
) -> None:
    client = as_(alice)
    asked = _ask(considered, alice, "cme_referral_to_authority")
    at = reverse("cme:answer", args=[considered.ref, asked.pk])
    page = client.get(at).content.decode()
    assert '<option value="383">Leeds (383)</option>' in page
    typed = {
        "version": 1, "on_day": 5, "on_month": 3, "on_year": 2026, "result": "located",
        "strength": "record", "accepted": "yes", "accepted_on_day": 2, "accepted_on_month": 3,
        "accepted_on_year": 2026, "accepted_by": "Jo Bell", "accepted_how": "telephone",
        "accepted_reference": "L-77",
    }  # fmt: skip

    refused = client.post(at, {**typed, "la_code": "909"}).content.decode()
    assert "discontinued; now Cumberland" in refused

    assert client.post(at, {**typed, "la_code": "383"}).status_code == 302
    ledger = client.get(reverse("cme:enquiries", args=[considered.ref])).content.decode()
    for said in ("Leeds (383)", "2 March 2026: Jo Bell, by telephone, reference L-77"):
        assert said in ledger, said


def test_an_enquiry_by_which_nobody_accepts_does_not_ask_for_an_acceptance(
    considered: Case, alice: Actor, as_: Sign
) -> None:
    asked = _ask(considered, alice, "council_tax")

    page = as_(alice).get(reverse("cme:answer", args=[considered.ref, asked.pk])).content.decode()

    assert "accepted the child" not in page


# Left the country


@pytest.mark.parametrize(
    ("key", "said", "says"),
    [
        ("council_tax", {"country": "Poland", "strength": "independent"}, "cannot verify"),
        ("neighbours", {"country": "Poland", "strength": "seen"}, "cannot verify"),
        ("embassy", {"country": "Poland", "strength": "record"}, "not independently"),
        ("receiving_school_abroad", {"strength": "seen"}, "No enquiry has located"),
    ],
)
def test_only_who_can_know_verifies_that_a_child_is_abroad(
    key: str, said: dict[str, Any], says: str, considered: Case, alice: Actor
) -> None:
    _answer(considered, alice, key, **said)

    assert says in _lacks(considered, "left_country")


@pytest.mark.parametrize(
    "key", ["receiving_school_abroad", "agency_abroad", "embassy", "border_force"]
)
def test_an_independent_answer_from_abroad_closes_with_its_country(
    key: str, considered: Case, alice: Actor
) -> None:
    _answer(considered, alice, key, country="Poland", strength="independent")

    actions.close(case=considered, outcome="left_country", by=alice, on=TODAY)

    found = Whereabouts.objects.as_known().get(child=considered.child_id)
    assert (found.conclusion, found.country) == ("abroad", "Poland")
    assert standing(considered.child, TODAY).place is Place.LEFT_COUNTRY


def test_a_country_is_one_of_the_list(considered: Case, alice: Actor) -> None:
    with pytest.raises(Faulty, match="not in the list of countries"):
        _answer(considered, alice, "embassy", country="Atlantis", strength="seen")
    with pytest.raises(Faulty, match="not in the list of countries"):
        people.conclude_whereabouts(
            child=considered.child, conclusion="abroad", country="Atlantis", starts_on=TODAY,
            by=alice, on=TODAY,
        )  # fmt: skip
    with pytest.raises(Faulty, match="has the number xyz"):
        people.conclude_whereabouts(
            child=considered.child, conclusion="elsewhere", la_code="xyz", starts_on=TODAY,
            by=alice, on=TODAY,
        )  # fmt: skip


# Educated at home


def _teach(case: Case, by: Actor, suitability: str = "not_assessed") -> None:
    provision.record_home_education(
        child=case.child, starts_on=date(2026, 2, 16), suitability=suitability, by=by
    )


def test_home_education_is_accepted_by_somebody_on_a_day(considered: Case, alice: Actor) -> None:
    _teach(considered, alice, "suitable")

    with pytest.raises(Faulty, match="No officer has accepted"):
        actions.close(case=considered, outcome="home_educated", by=alice, on=TODAY)
    with pytest.raises(Faulty, match="a day to come"):
        actions.close(
            case=considered, outcome="home_educated", by=alice, on=TODAY,
            accepted_on=date(2026, 3, 6),
        )  # fmt: skip
    assert not HomeEducationAcceptance.objects.exists()

    actions.close(
        case=considered, outcome="home_educated", by=alice, on=TODAY,
        accepted_on=date(2026, 2, 20), accepted_by="Ann Lee",
    )  # fmt: skip

    accepted = HomeEducationAcceptance.objects.as_known().get(case=considered)
    assert (accepted.starts_on, accepted.accepted_by) == (date(2026, 2, 20), "Ann Lee")
    (episode,) = queries.episodes_of(considered)
    assert episode.closing_evidence["accepted_by"] == "Ann Lee"


def test_what_nobody_has_assessed_is_accepted_only_in_so_many_words(
    considered: Case, alice: Actor
) -> None:
    _teach(considered, alice)
    said = {"outcome": "home_educated", "by": alice, "on": TODAY, "accepted_on": TODAY}

    with pytest.raises(Faulty, match="Nobody has assessed") as refused:
        actions.close(case=considered, **said)
    assert refused.value.faults[0][0] == "is_unassessed"

    actions.close(case=considered, is_unassessed=True, **said)
    assert HomeEducationAcceptance.objects.get().is_unassessed


def test_unsuitable_home_education_is_never_accepted(considered: Case, alice: Actor) -> None:
    _teach(considered, alice, "unsuitable")

    with pytest.raises(Faulty, match="judged unsuitable"):
        actions.close(
            case=considered, outcome="home_educated", by=alice, on=TODAY, accepted_on=TODAY,
            is_unassessed=True,
        )  # fmt: skip


# On roll


def test_the_start_confirmed_and_the_roll_are_of_one_school(
    considered: Case, alice: Actor, school: School
) -> None:
    other = School.objects.create(name="Hillside Academy", la_code="999", status="Open")
    actions.secure_place(case=considered, by=alice, on=TODAY, expected_on=TODAY, school=school)
    enrolled = queries.expected_enrolment(considered)
    assert enrolled is not None
    actions.confirm_start(case=considered, confirmed_by="Ms Hale", by=alice, on=TODAY)
    assert not _lacks(considered, "on_roll")

    type(enrolled).objects.filter(child=considered.child_id).update(school=other)

    assert "confirmed at Fernhill Primary School" in _lacks(considered, "on_roll")
    assert "that of Hillside Academy" in _lacks(considered, "on_roll")


def test_a_start_at_one_school_does_not_start_the_place_at_another(
    considered: Case, alice: Actor, school: School
) -> None:
    other = School.objects.create(name="Hillside Academy", la_code="999", status="Open")
    enrol(
        child=considered.child, school=other, starts_on=date(2026, 3, 9), is_expected=True,
        by=PROGRAM,
    )  # fmt: skip
    actions.secure_place(
        case=considered, by=alice, on=TODAY, expected_on=TODAY, otherwise="Tuition at The Mill"
    )

    actions.confirm_start(case=considered, confirmed_by="The tutor", by=alice, on=TODAY)

    assert queries.started_enrolments(considered, date(2026, 3, 9)) == []
    assert "No school roll" in _lacks(considered, "on_roll")


# Not missing education


def test_a_child_who_was_missing_for_a_time_was_not_never_missing(
    considered: Case, alice: Actor
) -> None:
    _teach(considered, alice, "suitable")

    assert "missing education on 2 February 2026" in _lacks(considered, "not_cme")


def test_what_is_said_on_the_childs_page_of_having_left_is_no_way_round_an_acceptance(
    considered: Case, alice: Actor
) -> None:
    people.conclude_whereabouts(
        child=considered.child, conclusion="elsewhere", la_code="383", strength="confirmed",
        evidence="A neighbour said so", starts_on=date(2026, 1, 5), by=alice, on=TODAY,
    )  # fmt: skip

    assert "stands as gone on 2 February 2026" in _lacks(considered, "not_cme")
    assert "No authority has accepted" in _lacks(considered, "left_area")


# The page


def test_the_page_says_of_every_outcome_what_is_there_and_what_to_get_next(
    considered: Case, alice: Actor, as_: Sign
) -> None:
    _teach(considered, alice)
    client = as_(alice)
    at = reverse("cme:close", args=[considered.ref])

    page = client.get(at).content.decode()

    for title in policy.OUTCOMES.values():
        assert page.count(title) >= 2, title
    assert "No authority has accepted the child" in page
    assert "Missing education ended on 15 February 2026." in page
    assert page.count(">Ready<") == 1
    assert "?template=cme_referral_to_authority" in page

    chosen = {
        "version": considered.version, "outcome": "home_educated", "accepted_by": "Ann Lee",
        "accepted_on_day": 5, "accepted_on_month": 3, "accepted_on_year": 2026,
    }  # fmt: skip
    assert "Nobody has assessed" in client.post(at, chosen).content.decode()
    assert client.post(at, {**chosen, "is_unassessed": "on"}).status_code == 302
    assert not Case.objects.get(pk=considered.pk).is_open
