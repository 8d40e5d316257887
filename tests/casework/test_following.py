"""Lists and pages agree about what is due, whatever changes underneath and whoever changes it."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Authority, LocalRules
from onroll.office.casework.actions import cases, deadlines
from onroll.office.casework.models import Case, Deadline
from onroll.office.casework.queries import worklist as queries
from onroll.office.casework.queries.clocks import clocks
from onroll.office.casework.queries.my_work import my_work
from onroll.office.casework.queries.worklist import Filters
from onroll.office.cme.models import MissingEducation
from onroll.office.config import serving
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Refused
from onroll.office.kernel.locks import alone
from onroll.office.people.models import Child
from onroll.office.schools import actions as schools
from onroll.office.schools.actions import DayOff
from onroll.office.schools.actions.unload import unload
from onroll.office.schools.models import InYearApplication, School
from tests import actors
from tests.casework.conftest import TODAY
from tests.schools.conftest import terms

APPLIED = date(2026, 3, 2)
OUTCOME_DUE = date(2026, 3, 23)  # fifteen school days later


@pytest.fixture
def editor(db: None) -> Actor:
    return actors.person("Edith", "team_manager")


@pytest.fixture
def calendar(editor: Actor) -> None:
    schools.save_calendar(school=None, year=2025, terms=terms(2025), by=editor)


@pytest.fixture
def applied(case: Case, calendar: None, alice: Actor) -> InYearApplication:
    return schools.record_application(child=case.child, school=None, applied_on=APPLIED, by=alice)


def in_the_list(actor: Actor) -> dict[str, date | None]:
    """What the worklist says is next on each case, and when."""
    rows = queries.rows(queries.worklist(actor, TODAY, Filters()), actor, TODAY)
    return {row.clock.title: row.clock.due_on for row in rows if row.clock}


def on_the_page(case: Case) -> dict[str, date | None]:
    return {c.duty.title: c.due for c in clocks(case, TODAY) if c.stopped_on is None}


OUTCOME = "Tell the parent in writing the outcome of the in-year application"


def test_an_application_recorded_on_the_education_screen_is_a_clock_in_the_worklist(
    case: Case, calendar: None, alice: Actor, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    browser = actors.signed_in(alice)
    given = {
        "no_school": "on", "preference": "1", "other_school": "", "school": "",
        "applied_on_day": "2", "applied_on_month": "3", "applied_on_year": "2026",
    }  # fmt: skip
    assert OUTCOME not in in_the_list(alice)

    answer = browser.post(f"/children/{case.child.ref}/education/apply/", given)

    assert answer.status_code == 302, answer.content.decode()
    assert in_the_list(alice) == {OUTCOME: OUTCOME_DUE} == on_the_page(case)
    assert OUTCOME in browser.get("/cases/").content.decode()


def test_an_outcome_told_stops_the_clock_in_the_list(
    applied: InYearApplication, case: Case, alice: Actor
) -> None:
    assert in_the_list(alice) == {OUTCOME: OUTCOME_DUE}

    schools.tell_outcome(application=applied, outcome="refused", on=TODAY, by=alice)

    assert in_the_list(alice) == {} == on_the_page(case)


def test_applications_loaded_and_taken_back_in_bulk_start_and_stop_the_clock(
    case: Case, calendar: None, alice: Actor
) -> None:
    rows = [{"child_id": case.child_id, "school_id": None, "starts_on": APPLIED}]

    made = schools.load_applications(rows, by=PROGRAM)
    assert in_the_list(alice) == {OUTCOME: OUTCOME_DUE}

    unload(made={"schools.InYearApplication": made}, by=PROGRAM)
    assert in_the_list(alice) == {}


def test_term_dates_that_change_move_the_day_on_every_screen(
    applied: InYearApplication, case: Case, alice: Actor, editor: Actor
) -> None:
    closed = [DayOff(date(2026, 3, 10), "closure")]

    schools.save_calendar(
        school=None, year=2025, terms=terms(2025), days=closed, by=editor, version=1
    )

    assert in_the_list(alice) == on_the_page(case) == {OUTCOME: OUTCOME_DUE + timedelta(days=1)}
    (line,) = my_work(alice, OUTCOME_DUE).due
    assert line.clock
    assert line.clock.due_on == OUTCOME_DUE + timedelta(days=1)


def test_a_schools_own_term_dates_move_the_clocks_that_count_by_them(
    applied: InYearApplication, case: Case, alice: Actor, editor: Actor, school: School
) -> None:
    other = School.objects.create(name="Elm Primary School", la_code="999", status="Open")
    MissingEducation.objects.filter(case=case).update(last_school=school)
    closed = [DayOff(date(2026, 3, 10), "closure")]

    for one, day in ((other, OUTCOME_DUE), (school, OUTCOME_DUE + timedelta(days=1))):
        schools.save_calendar(school=one, year=2025, terms=terms(2025), days=closed, by=editor)
        assert in_the_list(alice) == on_the_page(case) == {OUTCOME: day}
    schools.drop_calendar(school=school, year=2025, by=editor)
    assert in_the_list(alice) == on_the_page(case) == {OUTCOME: OUTCOME_DUE}


def test_too_many_to_wait_for_say_that_they_are_worked_out_again_until_they_are(
    applied: InYearApplication,
    case: Case,
    alice: Actor,
    editor: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = [DayOff(date(2026, 3, 10), "closure")]
    with monkeypatch.context() as few:
        few.setattr(deadlines, "AT_ONCE", 0)
        schools.save_calendar(
            school=None, year=2025, terms=terms(2025), days=closed, by=editor, version=1
        )

    assert in_the_list(alice) == {f"{OUTCOME} (being worked out again)": OUTCOME_DUE}
    assert "being worked out again" in my_work(alice, OUTCOME_DUE).due[0].what
    with pytest.raises(Refused):
        deadlines.rebuild_marked(by=alice)
    assert deadlines.rebuild_marked(by=PROGRAM) == 1
    assert in_the_list(alice) == on_the_page(case) == {OUTCOME: OUTCOME_DUE + timedelta(days=1)}
    assert deadlines.rebuild_marked(by=PROGRAM) == 0
    assert Event.objects.get(verb="cases.marked_deadlines_rebuilt").data == {"count": 1}


def test_every_open_case_is_worked_out_once_a_day_and_again_under_other_rules(
    applied: InYearApplication, case: Case
) -> None:
    def days() -> int:
        return Event.objects.filter(verb="cases.all_deadlines_rebuilt").count()

    today = clock.today()
    Deadline.objects.all().delete()

    assert deadlines.rebuild_daily(by=PROGRAM, on=today)
    assert Deadline.objects.filter(case=case).exists()
    assert deadlines.rebuild_daily(by=PROGRAM, on=today)
    assert days() == 1
    deadlines.rebuild_daily(by=PROGRAM, on=today + timedelta(days=1))
    assert days() == 2

    Authority.objects.update_or_create(
        pk=1,
        defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"},
    )
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))
    deadlines.rebuild_daily(by=PROGRAM, on=today)
    assert days() == 3
    assert Deadline.objects.filter(duty="ASHCOMBE_FIRST_ACTION").exists()


def test_of_two_servers_one_works_clocks_out(committed_db: object) -> None:
    holding, done, seen = threading.Event(), threading.Event(), []

    def other() -> None:
        with alone(deadlines.LOCK) as is_alone:
            seen.append(is_alone)
            holding.set()
            done.wait(30)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    holding.wait(30)
    mine = deadlines.rebuild_daily(by=PROGRAM, on=TODAY)
    done.set()
    thread.join()

    assert (seen, mine) == ([True], False)
    assert deadlines.rebuild_daily(by=PROGRAM, on=TODAY)


def test_the_keeper_of_clocks_works_out_what_is_due_and_stops_when_told(
    committed_db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "CLOCKS_EVERY_SECONDS", 0.05)
    stop = threading.Event()
    thread = threading.Thread(target=serving.keep_clocks, args=[stop])
    thread.start()
    for _ in range(200):
        if Event.objects.filter(verb="cases.all_deadlines_rebuilt").exists():
            break
        stop.wait(0.05)
    stop.set()
    thread.join(30)

    assert not thread.is_alive()
    assert Event.objects.filter(verb="cases.all_deadlines_rebuilt").count() == 1


def test_of_two_acts_at_once_on_one_child_neither_fails_for_the_other(
    committed_db: object,
) -> None:
    """Neither sees the clock that the other has stored and not committed."""
    editor, alice = actors.person("Edith", "team_manager"), actors.alice()
    child = Child.objects.create(
        ref="AAAA", given_names="Amelia", family_name="Khan", born_on=date(2015, 4, 3)
    )
    schools.save_calendar(school=None, year=2025, terms=terms(2025), by=editor)
    case = cases.open_case(kind="cme", child=child, by=alice, on=date(2026, 2, 2))
    schools.record_application(child=child, school=None, applied_on=APPLIED, by=alice)
    Deadline.objects.all().delete()
    stored = threading.Event()

    def other() -> None:
        with transaction.atomic():
            deadlines.rebuild(case)
            stored.set()
            time.sleep(0.5)  # until the second waits for what this has not committed
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    stored.wait(30)
    with transaction.atomic():
        deadlines.rebuild(case)
    thread.join()

    assert Deadline.objects.get(case=case).due_on == OUTCOME_DUE


def test_the_page_of_a_case_says_by_what_a_clock_was_counted_and_how_sure_the_rule_is(
    applied: InYearApplication, case: Case, as_: Callable[[Actor], Client], alice: Actor
) -> None:
    page = as_(alice).get(f"/cases/{case.ref}/").content.decode()

    assert "Read in a report of the source, not in the source itself." in page
    assert "since 1 September 2021" in page
    assert "rule INYEAR_OUTCOME" in page
    assert "Counted by the term dates 2025/26 of the authority, edition 1" in page


def test_the_page_of_a_child_says_what_of_its_standing_was_not_verified(
    amelia: Child, as_: Callable[[Actor], Client], alice: Actor, case: Case
) -> None:
    page = as_(alice).get(f"/children/{amelia.ref}/").content.decode()

    assert "Would be in the register: not registered at a school." in page
    assert "(not in force). Read in a report of the source, not in the source itself." in page
    assert "Education Act 1996 s.436A.</span>" in page
