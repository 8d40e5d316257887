"""What each role finds first, and what a school sees of its own pupil and no more."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.roles import ROLES
from onroll.office.casework.actions import triage, work
from onroll.office.casework.models import Case
from onroll.office.casework.queries.answers import Route
from onroll.office.casework.queries.worklist import caseloads
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.schools import actions as schools
from onroll.office.schools.models import School
from tests import actors
from tests.casework.conftest import TODAY
from tests.casework.referral_answers import SAFE, refer

pytestmark = pytest.mark.django_db

Sign = Callable[[Actor], Client]
FIRST = "/"


def _page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.fixture
def head(school: School) -> Actor:
    return actors.person("Hettie", "school_user", school=school.pk)


@pytest.fixture
def pupil(amelia: Child, school: School, alice: Actor) -> Child:
    """A pupil of the school, who was at another, and of whom much is known."""
    said: dict[str, Any] = {"child": amelia, "by": alice, "on": TODAY}
    former = School.objects.create(name="Former Primary", la_code="999", status="Open")
    entry = schools.enrol(
        child=amelia, school=former, starts_on=date(2020, 9, 1), by=alice, on=TODAY
    )
    schools.remove_from_roll(enrolment=entry, on=date(2021, 7, 20), by=alice)
    schools.enrol(child=amelia, school=school, starts_on=date(2021, 9, 1), by=alice, on=TODAY)
    people.record_address(line_1="9 Xylophone Close", starts_on=date(2025, 1, 1), **said)
    people.record_flag(flag="young_carer", detail="Cares for a father", starts_on=TODAY, **said)
    people.conclude_whereabouts(conclusion="here", starts_on=TODAY, evidence="Seen", **said)
    return amelia


def test_a_school_sees_who_its_pupil_is_and_nothing_of_the_record(
    pupil: Child, head: Actor, as_: Sign
) -> None:
    page = _page(as_(head), reverse("casework:child", args=[pupil.ref]))

    assert "Amelia Khan" in page
    assert "3 April 2015" in page
    assert "1 September 2021" in page
    for told in ("Former Primary", "Xylophone", "carer", "Whereabouts", "Standing", "Chronology"):
        assert told not in page, told


@pytest.mark.parametrize(
    "name",
    [
        "casework:child_chronology", "casework:child_education", "casework:child_people",
        "casework:child_cases", "casework:child_documents", "people:address", "people:flag",
        "people:whereabouts", "people:contact", "people:hazard", "people:details",
        "schools:education", "provision:provision",
    ],
)  # fmt: skip
def test_a_school_is_told_that_it_does_not_read_the_record_and_a_stranger_finds_nothing(
    name: str, pupil: Child, head: Actor, mallory: Actor, as_: Sign
) -> None:
    address = reverse(name, args=[pupil.ref])

    refused = as_(head).get(address)

    assert refused.status_code == 403
    assert "not the whole record" in refused.content.decode()
    assert as_(mallory).get(address).status_code == 404


def test_a_school_sees_of_its_pupil_the_referrals_that_it_told_itself(
    pupil: Child, head: Actor, school: School, as_: Sign
) -> None:
    carol = actors.carol()
    own = refer(by=head, route=Route.STAFF, school_id=school.pk)
    others = refer(school_id=school.pk, concerns="About the head")
    shared: dict[str, Any] = {"version": 1, "safeguarding": SAFE, "by": carol, "on": TODAY}
    case = triage.accept(referral=own, child=pupil, **shared)
    triage.add_to_case(referral=others, case=case, **shared)

    page = _page(as_(head), reverse("casework:child", args=[pupil.ref]))

    assert own.ref[:4] in page
    assert others.ref[:4] not in page


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_each_role_lands_on_a_page_that_fits_it_and_searches_only_where_it_may(
    role: Any, school: School, as_: Sign, settings: Any
) -> None:
    settings.ROOT_URLCONF = "onroll.office.config.urls"
    settings.ONROLL_FIND_URL_NAME = "people:find"
    who = actors.person("Wil", role.key, school=school.pk if role.is_schools else None)

    client = as_(who)
    page = _page(client, FIRST)

    works = "cases.work" in role.permissions
    assert ("Your open cases" in page) == works
    assert ("What you can do here" in page) == (not works)
    assert ("onroll-find" in page) == ("children.find" in role.permissions)
    if not works:
        assert role.title in page
        ways = re.findall(r'govuk-summary-list__key"><a href="([^"]+)"', page)
        assert ways
        assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_an_account_with_open_cases_is_not_closed_unawares(
    case: Case, alice: Actor, manager: Actor, as_: Sign
) -> None:
    anne = actors.person("Anne", "administrator")
    close = reverse("accounts:user_close", args=[alice.pk])

    asked = as_(anne).post(close)

    assert "1 open case" in asked.content.decode()
    assert actors.user_of(alice).is_active
    as_(anne).post(close, {"with_work": "yes"})
    assert not actors.user_of(alice).is_active
    (load,) = caseloads(manager, TODAY, seen_within=30, quiet_after=14)
    assert (load.owner, load.is_away) == (alice.pk, True)
    assert "Account closed" in _page(as_(manager), reverse("casework:caseloads"))


def test_urgent_says_what_is_wanted_and_two_people_who_want_it_do_not_undo_each_other(
    case: Case, alice: Actor, manager: Actor, as_: Sign
) -> None:
    address = reverse("casework:urgent", args=[case.ref])
    wanted = {"urgent": "yes", "version": case.version}

    first = as_(alice).post(address, wanted)
    second = as_(manager).post(address, wanted)

    assert (first.status_code, second.status_code) == (302, 409)
    assert Case.objects.get(pk=case.pk).is_urgent
    as_(alice).post(address, {})
    as_(alice).post(address, {"urgent": "maybe", "version": first.status_code})
    assert Case.objects.get(pk=case.pk).is_urgent


@pytest.mark.parametrize("name", ["close", "reopen", "secure", "locate"])
def test_a_move_with_a_page_of_its_own_is_made_there_alone(
    name: str, case: Case, alice: Actor, as_: Sign
) -> None:
    address = reverse("casework:move", args=[case.ref, name])
    client = as_(alice)

    for answer in (
        client.get(address),
        client.post(address, {"version": case.version, "outcome": "left_area", "reason": "Yes"}),
    ):
        assert answer.status_code == 302
        assert answer.url.startswith("/cme/")
    assert Case.objects.get(pk=case.pk).version == case.version


def test_a_correction_of_a_correction_stands_beside_the_first(
    case: Case, alice: Actor, as_: Sign
) -> None:
    said: dict[str, Any] = {"case": case, "by": alice, "on": TODAY}
    note = work.note(text="One", **said)
    second = work.note(text="Two", corrects=note, **said)
    work.note(text="Three", corrects=second, **said)
    told = {"channel": "visit", "with_whom": "carer", "result": "spoke"}
    contact = work.contact(account="Ein", **told, **said)
    beside = work.contact(account="Zwei", corrects=contact, **told, **said)
    work.contact(account="Drei", corrects=beside, **told, **said)

    client = as_(alice)
    notes = _page(client, reverse("casework:case_notes", args=[case.ref]))
    contacts = _page(client, reverse("casework:case_contacts", args=[case.ref]))

    assert all(word in notes for word in ("One", "Two", "Three"))
    assert all(word in contacts for word in ("Ein", "Zwei", "Drei"))


def test_nobody_was_visited_before_the_child_was_born(case: Case, alice: Actor) -> None:
    with pytest.raises(Faulty, match="born on 3 April 2015"):
        work.contact(
            case=case, by=alice, on=date(1990, 1, 1), channel="visit", with_whom="carer",
            result="spoke", account="No",
        )  # fmt: skip
