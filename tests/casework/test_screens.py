"""Every screen of casework and of missing education: alice sees it, bob and mallory do not."""

import re
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.models import Team
from onroll.office.casework.actions import cases, oversight, work
from onroll.office.casework.actions.once import once
from onroll.office.casework.models import Case, Contact, Note
from onroll.office.casework.queries.factors import concern_kinds
from onroll.office.cme import actions as cme
from onroll.office.cme.queries import template_for
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from tests import actors
from tests.casework.conftest import TODAY

Sign = Callable[[Actor], Client]


@pytest.fixture
def full(case: Case, alice: Actor, manager: Actor) -> Case:
    """A case with one of everything on it."""
    work.contact(
        case=case, by=alice, on=TODAY, channel="visit", with_whom="carer", result="spoke",
        account="The mother says that they move.", child_seen=True,
    )  # fmt: skip
    work.note(case=case, text="Rang admissions", by=alice, on=TODAY)
    work.task(case=case, what="Ring again", due_on=date(2099, 1, 1), by=alice, on=TODAY)
    oversight.consider(case=case, conclusion="no_concern", because="Seen", by=alice, on=TODAY)
    factor = concern_kinds(TODAY)[0]
    oversight.concern(case=case, factor=factor, account="Told of", by=alice, on=TODAY)
    oversight.challenge(case=case, to="Fernhill", barrier="No place", by=alice, on=TODAY)
    oversight.supervise(case=case, account="Talked", by=manager, on=TODAY)
    cme.ask(case=case, template=template_for("home_visit"), by=alice, on=TODAY)
    cme.plan_step(case=case, what="Visit the school", by=alice)
    return Case.objects.select_related("child").get(pk=case.pk)


def addresses(case: Case) -> dict[str, str]:
    """The address of every screen about this case or its child."""
    one = {
        "casework:move": [case.ref, "trace"],
        "casework:contact_correct": [case.ref, Contact.objects.get().pk],
        "casework:note_correct": [case.ref, Note.objects.get().pk],
        "casework:task_finish": [case.ref, case.tasks.get().pk],
        "casework:concern_escalate": [case.ref, case.concerns.get().pk],
        "casework:concern_result": [case.ref, case.concerns.get().pk],
        "casework:challenge_result": [case.ref, case.challenges.get().pk],
        "cme:answer": [case.ref, case.enquiries.get().pk],
        "cme:plan_done": [case.ref, case.transition_steps.get().pk],
    }
    of_case = (
        "case case_clocks case_history hand_to case_contacts contact_add case_notes note_add "
        "case_tasks task_add case_safeguarding consider concern_add case_oversight challenge_add"
    )
    of_cme = "enquiries ask joint_enquiry reason absence whereabouts secure start close plan_add"
    of_child = (
        "child child_chronology chronology_csv chronology_print child_education child_people "
        "child_cases child_contacts child_documents case_open"
    )
    named = {name: reverse(name, args=args) for name, args in one.items()}
    named |= {f"casework:{n}": reverse(f"casework:{n}", args=[case.ref]) for n in of_case.split()}
    named |= {f"cme:{n}": reverse(f"cme:{n}", args=[case.ref]) for n in of_cme.split()}
    named["cme:post_sixteen"] = reverse("cme:post_sixteen", args=[case.ref])
    return named | {
        f"casework:{n}": reverse(f"casework:{n}", args=[case.child.ref]) for n in of_child.split()
    }


def test_alice_opens_every_screen_and_each_is_journalled(
    full: Case, alice: Actor, as_: Sign
) -> None:
    client = as_(alice)

    for name, url in addresses(full).items():
        before = Event.objects.filter(verb="children.viewed").count()
        answer = client.get(url, {"move": "locate"})
        assert answer.status_code == 200, (name, answer.status_code)
        looks = Event.objects.filter(verb="children.viewed")
        assert looks.count() == before + 1, name
        assert full.child_id in looks.latest("pk").children, name


@pytest.mark.parametrize("who", ["bob", "mallory"])
def test_a_person_who_may_not_know_of_the_case_finds_nothing(
    who: str, full: Case, as_: Sign, request: pytest.FixtureRequest
) -> None:
    client = as_(request.getfixturevalue(who))

    for name, url in addresses(full).items():
        assert client.get(url).status_code in (403, 404), name
        assert client.post(url, {}).status_code in (403, 404, 405), name


def test_a_colleague_of_another_team_knows_the_child_and_not_the_case(
    full: Case, as_: Sign
) -> None:
    client = as_(actors.person("Oscar", "home_education_coordinator"))

    assert client.get(reverse("casework:child", args=[full.child.ref])).status_code == 200
    assert client.get(reverse("casework:case", args=[full.ref])).status_code == 404


@pytest.mark.parametrize(
    "name", ["my_work", "cases", "cases_csv", "caseloads", "reassign", "audits", "cohort"]
)
def test_a_manager_opens_the_lists_and_bob_sees_no_child_in_any(
    name: str, full: Case, manager: Actor, bob: Actor, as_: Sign
) -> None:
    url = reverse(f"casework:{name}")

    assert as_(manager).get(url).status_code == 200
    answer = as_(bob).get(url)
    assert answer.status_code == 403 or b"Khan" not in answer.content


def test_a_concern_is_hidden_from_those_without_the_permission(
    full: Case, team: Team, as_: Sign
) -> None:
    reader = actors.person("Aled", "attendance_officer", team=team)

    page = as_(reader).get(reverse("casework:case_safeguarding", args=[full.ref]))
    story = as_(reader).get(reverse("casework:child_chronology", args=[full.child.ref]))

    assert b"Told of" not in page.content + story.content


def test_a_stale_edit_shows_both_versions(
    full: Case, alice: Actor, manager: Actor, carol: Actor, as_: Sign
) -> None:
    cases.move(case=full, move="trace", by=alice, on=TODAY)

    answer = as_(manager).post(
        reverse("casework:allocate", args=[full.ref]), {"version": 1, "owner": carol.pk}
    )

    assert answer.status_code == 409
    assert b"Alice" in answer.content
    assert b"Carol" in answer.content
    assert Case.objects.get(pk=full.pk).owner_id == alice.pk


def test_a_thin_slice_from_opening_to_closing(
    amelia: Child, alice: Actor, as_: Sign, school: object
) -> None:
    client = as_(alice)
    opened = client.post(
        reverse("casework:case_open", args=[amelia.ref]),
        {"kind": "cme", "notified_on_day": 2, "notified_on_month": 3, "notified_on_year": 2026},
    )
    case = Case.objects.get()

    assert opened.status_code == 302
    at = {name: reverse(f"casework:{name}", args=[case.ref]) for name in ("allocate", "note_add")}
    client.post(at["allocate"], {"version": 1, "owner": alice.pk})
    client.post(at["note_add"], {"text": "Rang the school"})
    client.post(
        reverse("casework:move", args=[case.ref, "trace"]), {"version": 2, "reason": "Begin"}
    )
    case.refresh_from_db()

    assert case.state == "tracing"
    assert case.owner_id == alice.pk
    assert Note.objects.get().text == "Rang the school"
    refused = client.post(
        reverse("cme:close", args=[case.ref]), {"version": case.version, "outcome": "died"}
    )
    assert b"The day of death is not recorded" in refused.content
    assert Case.objects.get().is_open


def opened_once(client: Client, url: str) -> str:
    """The submission of a form, as its page carries it."""
    found = re.search(r'name="submission" value="([^"]+)"', client.get(url).content.decode())
    assert found
    return found[1]


def test_a_note_sent_twice_is_written_once_and_another_note_is_another(
    case: Case, alice: Actor, as_: Sign
) -> None:
    client = as_(alice)
    url = reverse("casework:note_add", args=[case.ref])
    sent = {"text": "Rang the school", "submission": opened_once(client, url)}

    answers = [client.post(url, sent), client.post(url, sent)]

    assert {(a.status_code, a.url) for a in answers} == {
        (302, reverse("casework:case_notes", args=[case.ref]))
    }
    assert Note.objects.count() == 1
    assert Event.objects.filter(verb="cases.note").count() == 1
    client.post(url, {**sent, "text": "Rang again"})
    assert Note.objects.count() == 2
    client.post(url, {"text": "Without", "submission": "not one"})
    assert Note.objects.count() == 3


@pytest.mark.parametrize(
    "name",
    [
        "casework:contact_add", "casework:task_add", "casework:concern_add", "casework:consider",
        "casework:challenge_add", "casework:hand_to", "casework:document_add", "cme:ask",
        "cme:plan_add",
    ],
)  # fmt: skip
def test_each_form_of_what_stays_for_ever_carries_a_submission(
    name: str, case: Case, alice: Actor, as_: Sign
) -> None:
    client, url = as_(alice), reverse(name, args=[case.ref])

    assert opened_once(client, url) != opened_once(client, url)


def test_an_enquiry_sent_four_times_stands_once_in_the_ledger(
    case: Case, alice: Actor, as_: Sign
) -> None:
    client, url = as_(alice), reverse("cme:ask", args=[case.ref])
    sent = {
        "template": "home_visit", "asked_of": "The family", "made_by_school": "no", "on_day": "5",
        "on_month": "3", "on_year": "2026", "submission": opened_once(client, url),
    }  # fmt: skip

    answers = [client.post(url, sent).status_code for _ in range(4)]

    assert answers == [302] * 4
    assert case.enquiries.count() == 1


def test_a_note_sent_twice_at_one_moment_is_written_once(committed_db: object) -> None:
    submission, ready, done = uuid4(), Barrier(2), []

    def act() -> None:
        ready.wait()
        done.append(once(submission=submission, act=lambda: done.append("act")))
        connection.close()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, done)) == ["False", "True", "act"]
