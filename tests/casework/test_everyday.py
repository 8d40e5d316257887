"""What an officer meets every day: My work, lists, the child's contacts, who has looked."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.models import Cover, Team
from onroll.office.casework.actions import cases, work
from onroll.office.casework.forms.triage import DecisionForm
from onroll.office.casework.models import Case
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.queries.chronology import chronology
from onroll.office.casework.queries.contacts import contacts_of_child
from onroll.office.casework.views.triage import DECISIONS
from onroll.office.cme import actions as cme
from onroll.office.journal import queries as journal
from onroll.office.journal.actions import look
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people.models import Child
from onroll.office.schools.models import Enrolment, School
from tests import actors
from tests.casework.conftest import TODAY

Sign = Callable[[Actor], Client]
Add = Callable[..., Child]


def contact(case: Case, by: Actor, on: date, **more: object) -> None:
    told = {"channel": "phone", "with_whom": "carer", "result": "spoke", "account": "We talked."}
    work.contact(case=case, by=by, on=on, **{**told, **more})


def a_page(client: Client, name: str, *args: object, **asked: object) -> str:
    answer = client.get(reverse(f"casework:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


# Contacts of a child


def test_the_contacts_of_a_child_come_from_every_case_that_the_reader_may_know_of(
    case: Case, alice: Actor, as_: Sign
) -> None:
    contact(case, alice, date(2026, 2, 3), childs_voice="I like maths.", child_spoken_to=True)
    contact(case, alice, date(2026, 2, 10), channel="visit", child_seen=True)
    contact(case, alice, date(2026, 2, 20), account="No answer at the door.")

    shown = a_page(as_(alice), "child_contacts", case.child.ref)
    stranger = as_(actors.person("Oscar", "home_education_coordinator"))
    hidden = a_page(stranger, "child_contacts", case.child.ref)

    assert "I like maths." in shown
    assert shown.index("No answer at the door.") < shown.index("I like maths.")
    assert "<strong>10 February 2026</strong>" in shown
    assert "<strong>3 February 2026</strong>" in shown
    assert "I like maths." not in hidden
    assert "Nobody has recorded seeing the child" in hidden


def test_contacts_can_be_narrowed_to_those_where_the_child_was_seen_or_heard(
    case: Case, alice: Actor
) -> None:
    contact(case, alice, date(2026, 2, 3), child_spoken_to=True, childs_voice="Yes.")
    contact(case, alice, date(2026, 2, 10), child_seen=True)
    contact(case, alice, date(2026, 2, 20))

    found = contacts_of_child(case.child, alice, is_seen=True)

    assert [made.now.on for made in found.listed] == [date(2026, 2, 10), date(2026, 2, 3)]
    assert found.all == 3
    assert found.last_on == date(2026, 2, 10)


def test_a_contact_corrected_to_not_seen_is_no_sighting(case: Case, alice: Actor) -> None:
    contact(case, alice, date(2026, 2, 10), child_seen=True)
    first = case.contacts.get()
    contact(case, alice, date(2026, 2, 10), child_seen=False, corrects=first)

    assert contacts_of_child(case.child, alice).last_seen is None


def test_what_the_child_said_stands_in_the_chronology(case: Case, alice: Actor) -> None:
    contact(case, alice, date(2026, 2, 3), childs_voice="I like maths.", child_spoken_to=True)

    told = " ".join(entry.detail for entry in chronology(case.child, by=alice))

    assert "The child said: I like maths." in told


def test_a_visit_is_not_called_arranged_unless_somebody_says_so(
    case: Case, alice: Actor, as_: Sign
) -> None:
    url = reverse("casework:contact_add", args=[case.ref])
    told = {
        "on_day": "3", "on_month": "3", "on_year": "2026", "channel": "visit",
        "with_whom": "carer", "result": "spoke", "child_seen": "no", "child_spoken_to": "no",
        "account": "Nobody came to the door.", "submission": str(uuid4()),
    }  # fmt: skip

    refused = as_(alice).post(url, told)
    assert "Select whether the visit was arranged beforehand" in refused.content.decode()
    assert not case.contacts.exists()

    assert as_(alice).post(url, {**told, "is_planned": "no"}).status_code == 302
    assert case.contacts.get().is_planned is False


# History


def test_every_move_of_one_day_is_told_in_the_chronology_and_the_history(
    case: Case, alice: Actor, as_: Sign
) -> None:
    cases.move(case=case, move="trace", by=alice, on=TODAY)
    case = Case.objects.get(pk=case.pk)
    cme.conclude(case=case, conclusion="here", strength="seen", evidence="Met.", by=alice, on=TODAY)
    case = Case.objects.get(pk=case.pk)
    if case.state == "tracing":
        cases.move(case=case, move="locate", by=alice, on=TODAY)

    told = [entry.title for entry in chronology(case.child, by=alice) if entry.what == "case"]
    shown = a_page(as_(alice), "case_history", case.ref)

    assert any("Tracing" in title for title in told)
    assert any("Located" in title for title in told)
    assert shown.count("moved the case to") == 2


# Chronologies of lists


@pytest.fixture
def three(add: Add, alice: Actor, manager: Actor) -> list[Case]:
    """Three open cases, the first of which is urgent."""
    made = []
    for name in ("Ada", "Bea", "Cyd"):
        child = add(name, "Vane")
        made.append(
            cases.open_case(
                kind="cme", child=child, owner=alice.pk, team=min(alice.teams), by=alice,
                on=date(2026, 2, 2), is_urgent=name == "Ada",
            )
        )  # fmt: skip
    return made


PURPOSE = {"as_what": "csv", "why": "An ombudsman"}


def children_in(answer: object) -> set[str]:
    rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))  # type: ignore[attr-defined]
    return {row[0] for row in rows} - {"Child"}


def test_chronologies_of_a_filtered_list_need_no_reference_to_be_pasted(
    three: list[Case], manager: Actor, as_: Sign
) -> None:
    client = as_(manager)
    assert "Chronologies of this list" in a_page(client, "cases", urgent="on")
    url = reverse("casework:cohort")

    asked = client.get(f"{url}?list=cases&urgent=on").content.decode()
    answer = client.post(f"{url}?list=cases&urgent=on", PURPOSE)

    assert "1 child" in asked
    assert "References of the children" not in asked
    assert children_in(answer) == {"Ada Vane"}
    assert Event.objects.filter(data__page="casework:cohort").exists()


def test_chronologies_of_the_cases_ticked_are_one_page_to_print(
    three: list[Case], manager: Actor, as_: Sign
) -> None:
    url = reverse("casework:cohort")
    ticked = f"{url}?ref={three[0].ref}&ref={three[2].ref}"

    printed = as_(manager).post(ticked, {**PURPOSE, "as_what": "html"}).content.decode()

    assert "Ada Vane" in printed
    assert "Cyd Vane" in printed
    assert "Bea Vane" not in printed


def test_chronologies_of_a_schools_roll_start_at_the_schools_page(
    three: list[Case], school: School, manager: Actor, as_: Sign
) -> None:
    Enrolment.objects.create(child=three[1].child, school=school, starts_on=date(2020, 9, 1))
    client = as_(manager)

    page = client.get(reverse("schools:school", args=[school.pk])).content.decode()
    address = f"{reverse('casework:cohort')}?school={school.pk}"

    assert f'href="{address}"' in page
    assert children_in(client.post(address, PURPOSE)) == {"Bea Vane"}


def test_somebody_who_exports_nothing_finds_no_chronologies_to_take(
    three: list[Case], school: School, team: Team, as_: Sign
) -> None:
    client = as_(actors.person("Otis", "attendance_officer", team=team))

    assert "Chronologies of" not in a_page(client, "cases")
    for asked in ("?list=cases", f"?school={school.pk}", f"?ref={three[0].ref}"):
        assert client.get(f"{reverse('casework:cohort')}{asked}").status_code == 403


def test_cases_ticked_that_a_person_may_not_know_of_are_left_out(
    three: list[Case], bob: Actor, as_: Sign
) -> None:
    leader = actors.person("Lena", "team_manager")
    answer = as_(leader).post(f"{reverse('casework:cohort')}?ref={three[0].ref}", PURPOSE)
    known = Case.objects.visible_to(leader).filter(pk=three[0].pk).exists()

    assert children_in(answer) == ({"Ada Vane"} if known else set())


def test_a_list_too_long_for_one_file_is_refused_with_what_to_do(manager: Actor) -> None:
    assert policy.can_export_list(manager, count=policy.MOST_IN_A_LIST)
    assert "Narrow it" in policy.can_export_list(manager, count=policy.MOST_IN_A_LIST + 1).refusal
    too_many = policy.MOST_CHRONOLOGIES + 1
    assert "Narrow it" in policy.can_export_chronologies(manager, count=too_many).refusal


def test_a_list_of_cases_too_long_is_not_downloaded(
    three: list[Case], manager: Actor, as_: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "MOST_IN_A_LIST", 2)

    answer = as_(manager).get(reverse("casework:cases_csv"))

    assert answer.status_code == 403
    assert "Narrow it by a filter" in answer.content.decode()


# My work


@pytest.fixture
def busy(three: list[Case], alice: Actor) -> Actor:
    """Alice with fourteen things overdue."""
    long_ago = TODAY - timedelta(days=30)
    for n in range(14):
        work.task(case=three[n % 3], what=f"Chase number {n}.", due_on=TODAY, by=alice, on=TODAY)
    for case in three:
        case.tasks.update(due_on=long_ago)
    return alice


def test_a_section_shows_ten_and_leads_to_the_rest_by_pages(busy: Actor, as_: Sign) -> None:
    client = as_(busy)

    first = a_page(client, "my_work")
    rest = a_page(client, "my_work", section="overdue")

    assert sum(f"Chase number {n}." in first for n in range(14)) == 10
    assert "Show all 14" in first
    assert all(f"Chase number {n}." in rest for n in range(14))


def test_own_work_stands_before_triage(
    busy: Actor, team: object, as_: Sign, manager: Actor, three: list[Case]
) -> None:
    coordinator = actors.person("Cora", "cme_coordinator", team=team)
    work.task(case=three[0], what="Ring.", due_on=TODAY, by=coordinator, on=TODAY,
              owner=coordinator.pk)  # fmt: skip

    shown = a_page(as_(coordinator), "my_work")

    assert shown.index("Overdue") < shown.index("Referrals to triage")
    assert shown.index("Referrals to triage") < shown.index("Missing, with no case")


def test_who_works_on_no_case_is_told_so_and_sees_no_row_of_noughts(db: None, as_: Sign) -> None:
    shown = a_page(as_(actors.person("Ana", "analyst")), "my_work")

    assert "What you can do here" in shown
    assert "Due this week" not in shown


def test_a_person_who_covers_can_look_at_their_own_work_alone(
    busy: Actor, three: list[Case], as_: Sign, team: object
) -> None:
    deputy = actors.person("Dee", "cme_officer", team=team)
    Cover.objects.create(
        absent_id=busy.pk, covering_id=deputy.pk, starts_on=TODAY - timedelta(days=1)
    )

    client = as_(deputy)

    assert "Chase number 1." in a_page(client, "my_work")
    own = a_page(client, "my_work", whose="own")
    assert "Chase number 1." not in own
    assert "Show the work that you cover too" in own


# Who has looked


def test_looks_are_grouped_by_person_and_day_and_the_programs_own_stand_apart(
    case: Case, as_: Sign, alice: Actor
) -> None:
    keeper = actors.person("Ines", "information_governance")
    for page in ("casework:child", "casework:child", "casework:child_documents"):
        look(by=alice, children=[case.child_id], page=page)
    look(by=PROGRAM, children=[case.child_id], page="report:worklist")

    shown = a_page(as_(keeper), "child_looked", case.child.ref)
    grouped = {row.who: row for row in journal.looks_by_day(child=case.child_id)}

    assert grouped["Alice"].count == 3
    assert dict(grouped["Alice"].pages) == {"casework:child": 2, "casework:child_documents": 1}
    assert "Overview (2), Documents" in shown
    people, program = shown.split("Read by the program itself")
    assert "Worklist" not in people
    assert "Worklist" in program


def test_looks_are_narrowed_to_one_person_and_to_days(case: Case, alice: Actor, bob: Actor) -> None:
    look(by=alice, children=[case.child_id], page="casework:child")
    look(by=bob, children=[case.child_id], page="casework:child")
    today = clock.today()

    of_bob = journal.looks_by_day(child=case.child_id, actor=bob.pk)
    before = journal.looks_by_day(child=case.child_id, until=today - timedelta(days=2))

    assert [row.who for row in of_bob] == ["Bob"]
    assert before == []
    assert {name for _, name in journal.lookers(child=case.child_id)} >= {"Alice", "Bob"}


# A past day, triage, forms


def test_a_past_day_shows_the_cases_and_events_of_that_day_and_says_so(
    case: Case, alice: Actor, as_: Sign
) -> None:
    contact(case, alice, date(2026, 2, 20), account="Met at the library.")

    before = a_page(as_(alice), "child", case.child.ref, on="1/2/2026")
    after = a_page(as_(alice), "child", case.child.ref, on="3/2/2026")

    assert "This page shows 1 February 2026." in before
    assert case.ref not in before
    assert case.ref in after
    assert "Met at the library." not in after


def test_every_decision_that_triage_offers_has_an_act() -> None:
    form = DecisionForm(
        today=TODAY, children=[], cases=[("X", "Case X")], kinds=[("cme", "CME")], teams=[]
    )

    assert {key for key, _ in form.decisions} <= DECISIONS.keys()


def test_a_child_with_an_open_case_of_every_kind_is_offered_no_other(
    case: Case, alice: Actor, as_: Sign
) -> None:
    assert policy.can_open_another(alice, set())
    assert "every kind" in policy.can_open_another(alice, {"cme"}).refusal
    assert "Open a case" not in a_page(as_(alice), "child", case.child.ref)


def test_reassigning_shows_what_presses_and_goes_by_pages(
    three: list[Case], alice: Actor, manager: Actor, as_: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onroll.office.casework.views.mywork.ON_A_PAGE", 2)
    work.task(case=three[1], what="Ring the aunt.", due_on=TODAY, by=alice, on=TODAY)

    first = a_page(as_(manager), "reassign", owner=alice.pk)
    second = a_page(as_(manager), "reassign", owner=alice.pk, page=2)

    assert "1 to 2 of 3" in first
    assert first.index("Bea Vane") < first.index("Ada Vane")
    assert "Ring the aunt." in first
    assert "Cyd Vane" in second


def test_a_correction_of_a_note_starts_from_what_was_written(
    case: Case, alice: Actor, as_: Sign
) -> None:
    note = work.note(case=case, text="Rang admissions", by=alice, on=TODAY)

    assert "Rang admissions" in a_page(as_(alice), "note_correct", case.ref, note.pk)
