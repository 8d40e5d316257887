"""Both dates of a question: an answer once given is given again, whatever is recorded since."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Authority, LocalRules, Service, Team, TeamPlacement
from onroll.office.casework.actions import cases, work
from onroll.office.casework.models import (
    Allocation,
    Case,
    CaseState,
    CaseUrgency,
    Consideration,
    Referral,
    Task,
)
from onroll.office.cme import actions as cme
from onroll.office.cme.models import Enquiry, Episode
from onroll.office.cme.queries import template_for
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.reporting import commands, reports
from onroll.office.schools.models import Calendar, SchoolContact, Term
from tests import actors
from tests.casework.referral_answers import a_school, refer

OPENED = date(2026, 2, 2)
SINCE = datetime(2026, 2, 2, 9, tzinfo=UTC)  # when what follows was recorded
THEN = datetime(2026, 2, 20, 18, tzinfo=UTC)  # before anything that a test records afterwards
ON = date(2026, 2, 20)
OF_A_CASE = (Allocation, CaseState, CaseUrgency, Episode)


@pytest.fixture
def opened(child: Child, manager: Actor) -> Callable[..., Case]:
    """Opens an urgent case that has been known since the morning on which it was opened."""

    def make(**more: object) -> Case:
        case = cases.open_case(
            kind="cme", child=child, owner=manager.pk, is_urgent=True, by=manager, on=OPENED, **more
        )  # type: ignore[arg-type]
        for model in OF_A_CASE:
            model._default_manager.filter(case=case).update(recorded_at=SINCE)
        return case

    return make


@pytest.fixture
def ada(team: Team) -> Actor:
    return actors.person("Ada", "cme_officer", team=team)


def asked(
    key: str, by: Actor, as_at: date, known_at: datetime | None = None, today: date | None = None
) -> reports.Answer:
    report = reports.by_key(key)
    assert report is not None
    return report.answer(reports.Question(as_at=as_at, known_at=known_at, by=by, today=today))


@pytest.mark.parametrize("key", ["open-cases", "worklist", "no-action", "no-consideration"])
def test_a_case_given_to_somebody_else_today_was_still_with_its_former_worker_before(
    key: str, opened: Callable[..., Case], manager: Actor, ada: Actor
) -> None:
    case = opened()
    before = asked(key, manager, ON, THEN).rows

    cases.allocate(case=case, owner=ada.pk, by=manager, on=date(2026, 2, 10))

    assert asked(key, manager, ON, THEN).rows == before
    assert [row["key_worker"] for row in before] == ["Mona"]
    assert [row["key_worker"] for row in asked(key, manager, ON).rows] == ["Ada"]
    if key != "no-action":  # nothing is quiet a week after its opening
        (week_before,) = asked(key, manager, date(2026, 2, 9)).rows
        assert week_before["key_worker"] == "Mona"


def test_a_transfer_moves_a_case_between_services_from_its_day_on(
    opened: Callable[..., Case], team: Team, manager: Actor
) -> None:
    case = opened()
    other = Team.objects.create(key="engagement", name="Engagement")
    for placed, name in ((team, "Missing"), (other, "Inclusion")):
        service = Service.objects.create(name=name)
        TeamPlacement.objects.create(team=placed, service=service, starts_on=date(2020, 1, 1))
    cases.transfer(case=case, team=other.pk, by=manager, on=date(2026, 2, 10), why="Excluded")

    def services(on: date) -> dict[str, int]:
        totals = {t.title: dict(t.counts) for t in asked("open-cases", manager, on).totals}
        return totals["By service"]

    assert services(date(2026, 2, 9)) == {"Missing": 1}
    assert services(date(2026, 2, 10)) == {"Inclusion": 1}


def test_urgency_is_a_fact_of_its_days(opened: Callable[..., Case], manager: Actor) -> None:
    case = opened()
    case = cases.say_urgent(case=case, urgent=False, by=manager, on=date(2026, 2, 10))
    case = cases.say_urgent(case=case, urgent=True, by=manager, on=date(2026, 2, 16))

    def is_urgent(on: date, known_at: datetime | None = None) -> object:
        return asked("open-cases", manager, on, known_at).rows[0]["urgent"]

    assert [is_urgent(date(2026, 2, day)) for day in (9, 10, 15, 16)] == [True, False, False, True]
    assert is_urgent(date(2026, 2, 12), THEN) is True
    assert case.is_urgent


def test_urgency_called_off_and_on_again_in_one_day_leaves_no_gap(
    opened: Callable[..., Case], manager: Actor
) -> None:
    case = opened()
    for urgent in (False, True, False, True):
        case = cases.say_urgent(case=case, urgent=urgent, by=manager, on=date(2026, 2, 10))

    held = CaseUrgency.objects.as_known().get(case=case)

    assert (held.starts_on, held.ends_on) == (OPENED, None)


def _visit(case: Case, by: Actor, on: date) -> None:
    work.contact(
        case=case, by=by, on=on, channel="visit", with_whom="child", result="spoke",
        account="Seen at home", child_seen=True, childs_voice="Fine",
    )  # fmt: skip


def _note(case: Case, by: Actor, on: date) -> None:
    work.note(case=case, text="Rang the school", by=by, on=on)


def _task(case: Case, by: Actor, on: date) -> None:
    task = work.task(case=case, what="Ring", due_on=on, by=by, on=OPENED)
    Task.objects.update(recorded_at=SINCE)
    work.finish_task(task=task, by=by, on=on)


def _answer(case: Case, by: Actor, on: date) -> None:
    asked_then = cme.ask(case=case, template=template_for("home_visit"), by=by, on=OPENED)
    Enquiry.objects.update(recorded_at=SINCE)
    cme.answer(enquiry=asked_then, result="no_answer", by=by, on=on)


@pytest.mark.parametrize("act", [_visit, _note, _task, _answer])
def test_what_was_done_counts_from_its_day_and_from_when_it_was_recorded(
    act: Callable[[Case, Actor, date], None], opened: Callable[..., Case], manager: Actor
) -> None:
    case = opened()
    act(case, manager, date(2026, 2, 9))

    def acted(on: date, known_at: datetime | None = None) -> object:
        return asked("worklist", manager, on, known_at).rows[0]["last_action_on"]

    assert acted(date(2026, 2, 8)) == "2026-02-02"
    assert acted(ON) == "2026-02-09"
    assert acted(ON, THEN) == "2026-02-02"
    assert [len(asked("no-action", manager, ON, known).rows) for known in (None, THEN)] == [0, 1]


def test_a_child_was_not_seen_before_the_visit_nor_before_it_was_recorded(
    opened: Callable[..., Case], manager: Actor
) -> None:
    _visit(opened(), manager, date(2026, 2, 9))

    def seen(on: date, known_at: datetime | None = None) -> object:
        return asked("worklist", manager, on, known_at).rows[0]["last_seen_on"]

    assert [seen(date(2026, 2, 8)), seen(ON), seen(ON, THEN)] == ["", "2026-02-09", ""]


@pytest.fixture
def local_rules(db: None) -> None:
    Authority.objects.update_or_create(
        pk=1,
        defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"},
    )
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))
    year = Calendar.objects.create(year=2025)
    Term.objects.create(calendar=year, first=date(2025, 9, 1), last=date(2026, 7, 20))


def test_what_was_due_on_a_past_day_is_worked_out_for_it_and_not_read_from_today(
    local_rules: None, opened: Callable[..., Case], manager: Actor
) -> None:
    case = opened()
    (before,) = asked("worklist", manager, date(2026, 2, 4)).rows
    _visit(case, manager, date(2026, 2, 16))

    (then,) = asked("worklist", manager, date(2026, 2, 4)).rows
    (late,) = asked("worklist", manager, date(2026, 2, 15)).rows
    (after,) = asked("worklist", manager, date(2026, 2, 16)).rows

    urgent_action, acknowledgement = "2026-02-03", "2026-02-04"
    assert before["next_due_on"] == then["next_due_on"] == late["next_due_on"] == urgent_action
    assert after["next_due_on"] == acknowledgement
    assert late["overdue"]
    today = asked("worklist", manager, date(2026, 2, 16), today=date(2026, 2, 16))
    assert today.rows[0]["next_due_on"] == after["next_due_on"]


def test_a_task_is_due_from_the_day_it_was_set_to_the_day_it_was_done(
    opened: Callable[..., Case], manager: Actor
) -> None:
    case = opened()
    due = date(2026, 2, 12)
    task = work.task(case=case, what="Ring", due_on=due, by=manager, on=date(2026, 2, 6))
    work.finish_task(task=task, by=manager, on=date(2026, 2, 16))

    days = (date(2026, 2, 5), date(2026, 2, 6), date(2026, 2, 15), date(2026, 2, 16))
    listed = [asked("worklist", manager, day).rows[0] for day in days]

    assert [row["next_due_on"] for row in listed] == ["", due.isoformat(), due.isoformat(), ""]
    assert [row["overdue"] for row in listed] == [False, False, True, False]


def test_what_was_due_is_left_out_of_an_answer_as_known_then_which_says_so(
    opened: Callable[..., Case], manager: Actor
) -> None:
    opened()

    answer = asked("worklist", manager, ON, THEN)

    assert not {"next_due_on", "overdue"} & answer.rows[0].keys()
    assert any("term dates" in note for note in answer.notes)
    assert "overdue" not in answer.headline


def test_no_case_is_listed_or_counts_days_before_it_was_opened(
    opened: Callable[..., Case], manager: Actor
) -> None:
    opened()

    for key in ("worklist", "open-cases", "no-consideration"):
        assert asked(key, manager, OPENED - timedelta(days=1)).rows == []
    assert asked("worklist", manager, OPENED).rows[0]["days_open"] == 0


def test_a_case_closed_since_is_on_the_worklist_of_a_day_when_it_was_open(
    opened: Callable[..., Case], manager: Actor
) -> None:
    case = opened()
    Case.objects.filter(pk=case.pk).update(
        closed_on=date(2026, 2, 16), outcome="not_cme", state="closed"
    )
    state = CaseState.objects.as_known().get(case=case)
    CaseState.objects.filter(pk=state.pk).update(ends_on=date(2026, 2, 15))

    (row,) = asked("worklist", manager, date(2026, 2, 15)).rows

    assert (row["state"], row["next_step"]) == ("Identified", "Make the first enquiry")
    assert asked("worklist", manager, date(2026, 2, 16)).rows == []


def test_a_case_lacks_a_consideration_until_somebody_writes_one(
    opened: Callable[..., Case], manager: Actor
) -> None:
    case = opened()
    Consideration.objects.create(
        case=case, conclusion="no_concern", because="Looked", on=date(2026, 2, 9)
    )

    def lacking(on: date, known_at: datetime | None = None) -> int:
        return len(asked("no-consideration", manager, on, known_at).rows)

    assert [lacking(date(2026, 2, 8)), lacking(ON), lacking(ON, THEN)] == [1, 0, 1]


@pytest.mark.parametrize("key", ["late-referrals", "completeness"])
def test_a_referral_counts_from_the_instant_at_which_it_was_received(
    key: str, manager: Actor
) -> None:
    refer(school_id=a_school().pk, on=date(2026, 2, 9))

    assert [len(asked(key, manager, ON, known).rows) for known in (None, THEN)] == [1, 0]
    Referral.objects.update(received_at=SINCE)
    assert len(asked(key, manager, ON, THEN).rows) == 1


def test_how_many_wait_for_more_is_said_of_today_alone(manager: Actor) -> None:
    refer(on=ON)

    today = asked("completeness", manager, ON, today=ON)
    past = asked("completeness", manager, ON, today=ON + timedelta(days=1))

    assert "asked" in today.rows[0]
    assert "asked" not in past.rows[0]
    assert any("only as at today" in note for note in past.notes)


def test_a_contact_recorded_late_fills_a_gap_now_and_not_as_known_then(manager: Actor) -> None:
    school = a_school()
    SchoolContact.objects.create(
        school=school, role="attendance_lead", name="Sam", telephone="1", starts_on=OPENED
    )

    def missing(known_at: datetime | None) -> str:
        return str(asked("contact-gaps", manager, ON, known_at).rows[0]["missing"])

    assert "Senior attendance leader" not in missing(None)
    assert "Senior attendance leader" in missing(THEN)


def test_a_school_that_closed_since_had_its_gaps_while_it_was_open(manager: Actor) -> None:
    a_school(status="Closed", opened_on=date(2010, 9, 1), closed_on=date(2026, 2, 9))

    days = (date(2010, 8, 31), date(2026, 2, 8), date(2026, 2, 9))

    assert [len(asked("contact-gaps", manager, day).rows) for day in days] == [0, 1, 0]


def test_only_the_teams_of_the_day_are_responsible(team: Team, manager: Actor) -> None:
    service = Service.objects.create(name="Missing")
    former = Team.objects.create(key="welfare", name="Education welfare")
    for placed, starts, ends in (
        (former, date(2018, 4, 1), date(2024, 8, 31)),
        (team, date(2024, 9, 1), None),
    ):
        TeamPlacement.objects.create(team=placed, service=service, starts_on=starts, ends_on=ends)

    def teams(on: date) -> list[object]:
        return [row["team"] for row in asked("responsibilities", manager, on).rows]

    assert teams(date(2020, 1, 1)) == ["Education welfare"]
    assert teams(date(2026, 1, 1)) == ["Children missing education"]


def test_a_report_that_cannot_be_asked_as_known_then_refuses_the_option_in_words(
    manager: Actor, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    options = Namespace(
        name="responsibilities", as_at="2026-02-20", known_at="2026-02-20", format="csv"
    )

    told = commands.report(options)
    page = actors.signed_in(manager).get(
        "/reports/responsibilities/", {"as_at": "2026-02-20", "known_at": "2026-02-20"}
    )

    assert told == 2
    printed = capsys.readouterr()
    assert "can’t be asked as known at an earlier time" in printed.err
    assert printed.out == ""
    assert page.status_code == 400
    assert "can’t be asked as known at an earlier time" in page.content.decode()
    assert "<table" not in page.content.decode()
