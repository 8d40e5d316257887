"""My work, worklists and caseloads: what presses, whom nobody has seen, who may go missing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onroll.office.accounts.actions.rules import choose_rules
from onroll.office.accounts.models import (
    Authority,
    Cover,
    Locality,
    LocalityArea,
    LocalRules,
    Team,
)
from onroll.office.casework.actions import cases, work
from onroll.office.casework.models import Case, Contact, Deadline
from onroll.office.casework.queries import worklist as queries
from onroll.office.casework.queries.at_risk import at_risk
from onroll.office.casework.queries.my_work import my_work
from onroll.office.casework.queries.unfollowed import unfollowed
from onroll.office.casework.queries.worklist import Filters
from onroll.office.cme import actions as cme
from onroll.office.cme.queries import template_for
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.schools.models import Enrolment, School
from tests import actors
from tests.casework.conftest import TODAY

OPENED = date(2026, 2, 2)
LIMITS = {"seen_within": 30, "quiet_after": 14}


@pytest.fixture
def local_rules(db: None) -> None:
    Authority.objects.update_or_create(
        pk=1, defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"}
    )
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))


def _seen(case: Case, by: Actor, on: date) -> None:
    work.contact(
        case=case, by=by, on=on, channel="visit", with_whom="child", result="spoke",
        account="Seen at home", child_seen=True, childs_voice="Fine",
    )  # fmt: skip


def test_what_is_overdue_comes_before_what_is_due_and_answers_past_their_day_are_overdue(
    case: Case, alice: Actor
) -> None:
    late, soon = TODAY - timedelta(days=1), TODAY + timedelta(days=3)
    work.task(case=case, what="Ring the school", due_on=soon, by=alice, on=OPENED)
    work.task(case=case, what="Visit", due_on=late, by=alice, on=OPENED)
    for name, expected in (("home_visit", late), ("police", soon)):
        cme.ask(case=case, template=template_for(name), expected_by=expected, by=alice, on=OPENED)

    found = my_work(alice, TODAY)

    assert {line.what for line in found.overdue} == {"Visit", "No answer yet: Home visit"}
    assert [line.what for line in found.due] == ["Ring the school"]
    assert len(found.waiting) == 1
    assert found.open_cases == 1


def test_the_clock_of_first_action_stops_with_the_first_contact(
    local_rules: None, amelia: Child, alice: Actor, team: Team
) -> None:
    case = cases.open_case(
        kind="cme", child=amelia, owner=alice.pk, team=team.pk, is_urgent=True, by=alice, on=OPENED
    )

    _seen(case, alice, date(2026, 2, 4))

    stopped = dict(Deadline.objects.filter(case=case).values_list("duty", "stopped_on"))
    assert stopped["ASHCOMBE_FIRST_ACTION"] == date(2026, 2, 4)
    assert stopped["ASHCOMBE_URGENT_ACTION"] == date(2026, 2, 4)


def test_a_day_that_is_no_deadline_is_kept_and_never_presses(
    case: Case, alice: Actor, manager: Actor
) -> None:
    monday = date(2026, 1, 5)
    cme.record_absence(case=case, absent_from=monday, leave_ended_on=monday, by=alice)
    Deadline.objects.update(due_on=TODAY - timedelta(days=3))

    kept = dict(Deadline.objects.filter(case=case).values_list("duty", "is_deadline"))

    assert kept["REG_DEL_LEAVE"] is kept["REG_DEL_SUPPOSED"] is False
    assert my_work(alice, TODAY).overdue == []
    assert [load.overdue for load in queries.caseloads(manager, TODAY, **LIMITS)] == [0]
    assert not queries.worklist(manager, TODAY, Filters(due="overdue"))
    listed = queries.rows(queries.worklist(alice, TODAY, Filters()), alice, TODAY)
    assert [row.clock for row in listed] == [None]


def test_work_of_a_colleague_who_is_away_is_shown_as_theirs(
    case: Case, alice: Actor, team: Team
) -> None:
    carer = actors.person("Cleo", "cme_officer", team=team)
    Cover.objects.create(absent_id=alice.pk, covering_id=carer.pk, starts_on=OPENED)
    work.task(case=case, what="Visit", due_on=TODAY, by=alice, on=OPENED)

    found = my_work(actors.actor_for(actors.user_of(carer), TODAY), TODAY)

    assert [line.covers for line in found.due] == ["Alice"]


def test_a_child_is_unseen_until_a_contact_on_any_case_saw_or_spoke_to_them(
    case: Case, alice: Actor, manager: Actor
) -> None:
    assert [c.pk for c in queries.not_seen(manager, TODAY, 30)] == [case.pk]

    _seen(case, alice, TODAY - timedelta(days=30))
    assert [c.pk for c in queries.not_seen(manager, TODAY, 30)] == [case.pk]

    _seen(case, alice, TODAY - timedelta(days=29))
    assert not queries.not_seen(manager, TODAY, 30)


def test_an_enquiry_counts_as_action(case: Case, alice: Actor) -> None:
    quiet = Filters(quiet=14)
    assert queries.worklist(alice, TODAY, quiet).count() == 1

    cme.ask(case=case, template=template_for("police"), by=alice, on=TODAY)

    assert queries.worklist(alice, TODAY, quiet).count() == 0


def test_caseloads_count_each_worker_and_what_nobody_has(
    case: Case, add: Callable[..., Child], alice: Actor, manager: Actor, team: Team
) -> None:
    cases.open_case(kind="cme", child=add("Ben", "Osei"), team=team.pk, by=alice, on=TODAY)

    loads = queries.caseloads(manager, TODAY, **LIMITS)

    assert [(load.name, load.open, load.not_seen) for load in loads] == [
        ("Nobody yet", 1, 1),
        ("Alice", 1, 1),
    ]


def test_a_leaver_without_a_destination_is_work_before_the_child_is_missing(
    amelia: Child, add: Callable[..., Child], alice: Actor, school: School
) -> None:
    told = add("Ben", "Osei")
    leaves = {"school": school, "starts_on": date(2024, 9, 2), "ends_on": date(2026, 3, 20)}
    Enrolment.objects.create(child=amelia, **leaves)
    Enrolment.objects.create(child=told, destination="Leeds", **leaves)

    found = at_risk(alice, TODAY)

    assert [risk.child for risk in found] == [amelia]
    assert "no destination" in found[0].because
    assert {row.child for row in unfollowed(alice, date(2026, 3, 21))} == {told, amelia}


def test_a_child_not_back_on_the_day_promised_is_work(amelia: Child, alice: Actor) -> None:
    people.conclude_whereabouts(
        child=amelia, conclusion="abroad", starts_on=OPENED, country="Poland", by=alice, on=OPENED,
        return_expected_on=TODAY - timedelta(days=1),
    )  # fmt: skip

    assert [risk.child for risk in at_risk(alice, TODAY)] == [amelia]


@pytest.mark.parametrize("sort", [*queries.SORTS, *(f"-{key}" for key in queries.SORTS)])
def test_every_sort_lists_every_case_once(sort: str, case: Case, alice: Actor) -> None:
    assert [c.pk for c in queries.worklist(alice, TODAY, Filters(sort=sort))] == [case.pk]


@pytest.mark.parametrize("name", ["my_work", "cases", "caseloads"])
def test_the_cost_of_a_list_does_not_grow_with_its_rows(
    name: str, case: Case, add: Callable[..., Child], manager: Actor, alice: Actor,
    as_: Callable[[Actor], Client], team: Team,
) -> None:  # fmt: skip
    client, url = as_(manager), reverse(f"casework:{name}")
    client.get(url)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    few = cost()
    for n, family in enumerate(("Abara", "Brandt", "Costa", "Dvorak", "Eze")):
        child = add("Noor", family, date(2014, 1, 1 + n))
        given = cases.open_case(
            kind="cme", child=child, owner=manager.pk, team=team.pk, by=alice, on=OPENED
        )
        work.task(case=given, what="Visit", due_on=TODAY, by=manager, on=OPENED)

    assert cost() <= few + 1


def test_the_cost_of_a_childs_page_does_not_grow_with_the_chronology(
    case: Case, alice: Actor, as_: Callable[[Actor], Client]
) -> None:
    client = as_(alice)
    url = reverse("casework:child", args=[case.child.ref])
    _seen(case, alice, TODAY)
    work.note(case=case, text="A note", by=alice, on=TODAY)
    client.get(url)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    few = cost()
    for _ in range(8):
        _seen(case, alice, TODAY)
        work.note(case=case, text="Another", by=alice, on=TODAY)

    assert Contact.objects.count() == 9
    assert cost() == few


def test_choosing_another_pack_works_out_the_clocks_of_every_open_case_at_once(
    case: Case, alice: Actor
) -> None:
    assert not Deadline.objects.filter(case=case, duty="ASHCOMBE_FIRST_ACTION").exists()
    ada = actors.person("Ada", "administrator")

    choose_rules(pack="example", **LIMITS, starts_on=TODAY, by=ada, on=TODAY)
    assert Deadline.objects.filter(case=case, duty="ASHCOMBE_FIRST_ACTION").exists()

    choose_rules(pack="national", **LIMITS, starts_on=TODAY, by=ada, on=TODAY)
    assert not Deadline.objects.filter(case=case, duty="ASHCOMBE_FIRST_ACTION").exists()


def test_caseloads_count_by_the_authoritys_limits_and_by_others_when_asked(
    case: Case, alice: Actor, manager: Actor, as_: Callable[[Actor], Client]
) -> None:
    LocalRules.objects.create(seen_within=21, quiet_after=9, starts_on=OPENED)
    _seen(case, alice, clock.today() - timedelta(days=15))
    page = as_(manager)

    own = page.get(reverse("casework:caseloads")).content.decode()
    other = page.get(reverse("casework:caseloads"), {"not_seen": "15"}).content.decode()

    assert "Not seen for 21 days" in own
    assert "No action for 9 days" in own
    assert "Every child of an open case has been seen" in own
    assert "Not seen for 15 days" in other
    assert "No action for 9 days" in other
    assert "Every child of an open case has been seen" not in other
    listed = page.get(reverse("casework:cases"), {"not_seen": "15"}).content.decode()
    assert case.ref in listed


def test_cases_are_listed_by_the_locality_of_the_home(
    case: Case, alice: Actor, manager: Actor, as_: Callable[[Actor], Client]
) -> None:
    north, south = Locality.objects.create(name="North"), Locality.objects.create(name="South")
    LocalityArea.objects.create(locality=north, begins="ZZ1", starts_on=OPENED)
    people.record_address(
        child=case.child, line_1="4 Elm Row", postcode="ZZ1 4AB", starts_on=OPENED, by=alice,
        on=TODAY,
    )  # fmt: skip
    page = as_(manager)

    assert case.ref in page.get(reverse("casework:cases"), {"locality": north.pk}).content.decode()
    elsewhere = page.get(reverse("casework:cases"), {"locality": south.pk}).content.decode()
    assert "No case matches." in elsewhere
    child = page.get(reverse("casework:child", args=[case.child.ref])).content.decode()
    assert "North (by the home’s postcode)" in child
