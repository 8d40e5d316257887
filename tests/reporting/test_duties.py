"""The register of duties: what it lists, for whom, which gaps it tells, and what it costs."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Authority, LocalRules, Team
from onroll.office.casework.actions import cases, work
from onroll.office.casework.models import Case, Deadline
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.reporting.forms import ASKED_OF, GAPS, KINDS
from onroll.office.reporting.queries.duties import Entry, Evidence, Filters, Gap, register
from onroll.office.reporting.queries.owners import NO_ROLE, Owner, own_keys, owners_on
from onroll.office.reporting.queries.periods import Period
from onroll.office.reporting.queries.standing import Standing
from onroll.statute.responsibilities import RESPONSIBILITIES, AskedOf, Kind
from tests import actors
from tests.reporting.conftest import shown

OPENED, TODAY = date(2026, 2, 2), date(2026, 3, 5)
TERM = Period(date(2026, 1, 5), date(2026, 3, 27), "This term")
DAYS = {"period": "dates", "first": "5 January 2026", "last": "27 March 2026"}
BY_KEY = {entry.key: entry for entry in RESPONSIBILITIES}
SOMEBODY = Owner("cme_officer", "CME officer", people=1)


@pytest.fixture
def case(child: Child, team: Team, manager: Actor) -> Case:
    return cases.open_case(
        kind="cme", child=child, owner=manager.pk, team=team.pk, by=manager, on=OPENED
    )


@pytest.fixture(autouse=True)
def no_second_factor(settings: Settings) -> None:
    settings.ONROLL_REQUIRE_MFA = False


@pytest.fixture
def mona(manager: Actor, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return actors.signed_in(manager)


def entry(key: str, *, is_ours: bool = True, **evidence: Any) -> Entry:
    return Entry(BY_KEY[key], SOMEBODY, is_ours, Evidence(**evidence))


# What is a gap


@pytest.mark.parametrize(
    ("key", "evidence", "gaps"),
    [
        ("identify_missing", {"is_kept": True, "acts": {"cme.begun": 3}}, ()),
        ("identify_missing", {"is_kept": True, "acts": {"cme.begun": 0}}, (Gap.NOTHING,)),
        ("identify_missing", {}, (Gap.UNTRACED,)),
        ("identify_missing", {"is_kept": True, "letters": {"First letter": 1}}, ()),
        ("identify_missing", {"is_kept": True, "clocks": {"X": Standing(running=2)}}, ()),
        (
            "identify_missing",
            {"is_kept": True, "clocks": {"X": Standing(in_time=9, overdue=1)}},
            (Gap.OVERDUE,),
        ),
    ],
)
def test_a_gap_is_what_runs_over_what_left_no_trace_and_what_can_leave_none(
    key: str, evidence: dict[str, object], gaps: tuple[Gap, ...]
) -> None:
    assert entry(key, **evidence).gaps == gaps


def test_a_power_that_is_not_used_and_what_parents_do_are_no_gaps() -> None:
    unused = entry("prosecute_absence", is_kept=True)
    of_parents = entry("parent_educate", is_kept=True)

    assert unused.asked.kind is Kind.POWER
    assert of_parents.asked.asked_of is AskedOf.PARENT
    assert unused.gaps == of_parents.gaps == ()


def test_what_another_authority_says_of_itself_is_no_gap_here() -> None:
    clocks = {"X": Standing(overdue=1)}

    assert entry("leeds_enquire", is_ours=False, is_kept=True, clocks=clocks).gaps == ()


# What is listed


def test_the_nation_s_and_the_authority_s_own_are_listed_and_others_only_to_compare(
    manager: Actor,
) -> None:
    LocalRules.objects.create(pack="leeds", starts_on=date(2020, 9, 1))

    every = register(by=manager, period=TERM, today=TODAY)
    ours = {one.asked.authority for one in every if Filters().takes(one)}
    compared = {one.asked.authority for one in every if Filters(whose="all").takes(one)}

    assert ours == {"", "leeds"}
    assert compared > {"coventry", "worcestershire"}


def test_the_clocks_of_an_authority_s_own_pack_are_entries_that_name_no_role(
    manager: Actor,
) -> None:
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))

    rules = [
        one for one in register(by=manager, period=TERM, today=TODAY) if one.owner.key == NO_ROLE
    ]

    assert {one.asked.key for one in rules} == {
        "rule_ashcombe_refer", "rule_ashcombe_acknowledge", "rule_ashcombe_first_action",
        "rule_ashcombe_urgent_action",
    }  # fmt: skip
    assert all(one.is_ours and one.evidence.is_kept for one in rules)
    assert {one.asked.asked_of for one in rules} == {AskedOf.AUTHORITY, AskedOf.SCHOOL}


@pytest.mark.parametrize(
    ("name", "pack", "keys"),
    [
        ("Ashcombe Council", "national", {"national"}),
        ("Worcestershire County Council", "national", {"national", "worcestershire"}),
        ("Leeds City Council", "leeds", {"leeds"}),
        ("Leedstown Council", "national", {"national"}),
        ("North Yorkshire Council", "national", {"national", "north_yorkshire"}),
    ],
)
def test_an_authority_is_known_by_its_pack_and_by_its_name(
    db: None, name: str, pack: str, keys: set[str]
) -> None:
    Authority.objects.create(pk=1, name=name, la_code="999", gss_code="E09999999")

    assert own_keys(pack) == keys


def test_an_owner_is_a_role_with_the_people_and_teams_that_hold_it_on_the_day(
    team: Team, manager: Actor
) -> None:
    actors.alice(team=team)
    actors.person("Olu", "cme_officer")

    found = owners_on(TODAY)

    officers = found["cme_officer"]
    assert (officers.people, officers.teams) == (2, ((team.key, team.name),))
    assert (found["analyst"].people, found["analyst"].teams) == (0, ())
    assert owners_on(date(2019, 1, 1))["cme_officer"].people == 0
    assert "school_user" not in found


def test_every_filter_narrows_the_register(manager: Actor) -> None:
    every = register(by=manager, period=TERM, today=TODAY)

    def keys(**asked: str) -> set[str]:
        return {one.asked.key for one in every if Filters(**asked).takes(one)}

    found = keys(text="ROLL 436A", owner="cme_officer", subject="children_missing")
    assert "identify_missing" in found
    assert keys(text="no such words") == set()
    assert keys(asked_of="school", kind="guidance") < keys(asked_of="school") < keys()
    assert {BY_KEY[key].asked_of for key in keys(asked_of="parent")} == {AskedOf.PARENT}
    assert keys(gap="overdue") == set()
    gaps = [keys(gap=gap) for gap in ("nothing", "untraced", "overdue")]
    assert keys(gap="any") == set.union(*gaps)


def test_whatever_can_be_chosen_has_words() -> None:
    assert ASKED_OF.keys() == set(AskedOf)
    assert KINDS.keys() == set(Kind)
    assert GAPS.keys() == set(Gap)


# Its pages


@pytest.mark.parametrize("person", ["alice", "bob", "carol"])
def test_whoever_runs_reports_sees_the_same_figures_and_no_child(
    person: str, case: Case, child: Child, mona: Client
) -> None:
    somebody = actors.signed_in(getattr(actors, person)())

    own, theirs = mona.get("/reports/duties/", DAYS), somebody.get("/reports/duties/", DAYS)

    assert (own.status_code, theirs.status_code) == (200, 200)
    assert "records of missing education begun" not in shown(theirs)
    assert "<b>1</b> record of missing education begun" in shown(theirs)
    assert child.family_name not in shown(theirs)
    assert case.ref not in shown(theirs)


@pytest.mark.parametrize(
    "path", ["/reports/duties/", "/reports/duties/identify_missing/", "/reports/duties/nothing/"]
)
def test_a_school_s_user_is_refused(db: None, path: str) -> None:
    mallory = actors.signed_in(actors.mallory())

    assert mallory.get(path).status_code == 403


def test_what_is_no_duty_is_not_found(mona: Client) -> None:
    assert mona.get("/reports/duties/nothing/").status_code == 404


def test_the_page_says_plainly_what_is_not_recorded_and_who_is_missing(mona: Client) -> None:
    page = shown(mona.get("/reports/duties/", DAYS))

    assert "These days: 5 January 2026 to 27 March 2026" in page
    assert "Not recorded here: " in page
    assert "Nobody holds this role" in page
    assert "not that a duty was met in full" in page
    assert "Not checked against the source: check before relying on it." in page


def test_a_clock_that_runs_over_is_told_with_the_way_to_the_cases(case: Case, mona: Client) -> None:
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))
    Deadline.objects.create(
        case=case, duty="ASHCOMBE_FIRST_ACTION", started_by="referral.received_on",
        started_on=OPENED, due_on=date(2026, 2, 9),
    )  # fmt: skip

    listed = shown(mona.get("/reports/duties/", {**DAYS, "gap": "overdue"}))
    page = shown(mona.get("/reports/duties/rule_ashcombe_first_action/", DAYS))
    of_bob = shown(
        actors.signed_in(actors.bob()).get("/reports/duties/rule_ashcombe_first_action/", DAYS)
    )

    assert listed.count('<th scope="row">') == 1
    assert "1 overdue today" in listed
    assert "have run out and have not been stopped" in page
    assert "/cases/?due=overdue" in page
    assert "/cases/?due=overdue" not in of_bob
    assert "Children missing education" in page


def test_a_duty_tells_its_acts_with_the_journal_for_who_reads_it(
    case: Case, manager: Actor, mona: Client
) -> None:
    work.contact(
        case=case, channel="visit", with_whom="child", result="spoke", account="Seen.",
        by=manager, on=date(2026, 2, 9),
    )  # fmt: skip

    page = shown(mona.get("/reports/duties/informal_enquiries/", DAYS))
    of_alice = shown(
        actors.signed_in(actors.alice()).get("/reports/duties/informal_enquiries/", DAYS)
    )

    assert '<th scope="row">Contacts made or tried</th><td class="onroll-num">1</td>' in page
    assert "verb=cases.contact" in page
    assert "verb=cases.contact" not in of_alice
    assert "By team" in page
    assert "By school" not in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"first": "31 February"}, "must be a real date"),
        ({"first": "5 March 2026", "last": "4 March 2026"}, "the first day or later"),
        ({"period": "dates"}, "Give the first day"),
    ],
)
def test_days_that_cannot_be_are_said_and_the_page_is_shown_all_the_same(
    mona: Client, asked: dict[str, str], says: str
) -> None:
    answer = mona.get("/reports/duties/", asked)

    assert answer.status_code == 200
    assert says in shown(answer)


def test_filters_that_leave_nothing_say_so(mona: Client) -> None:
    assert "No entry matches these filters" in shown(
        mona.get("/reports/duties/", {"text": "no such words"})
    )


def test_the_file_has_the_filtered_entries(case: Case, mona: Client) -> None:
    answer = mona.get("/reports/duties/", {**DAYS, "owner": "cme_officer", "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "2026-01-05-to-2026-03-27" in answer.headers["Content-Disposition"]
    assert {row["owned_by"] for row in rows} == {"CME officer"}
    found = next(row for row in rows if row["key"] == "identify_missing")
    assert found["evidence"] == "1 record of missing education begun"
    assert (found["acts"], found["gaps"]) == ("1", "")


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(mona: Client) -> None:
    actors.alice(team=Team.objects.create(key="sum", name="=1+1"))

    answer = mona.get("/reports/duties/", {**DAYS, "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["teams"] for row in rows if row["owned_by"] == "CME officer"} == {"'=1+1"}


def test_the_list_asks_the_database_as_often_for_a_few_entries_as_for_all(
    case: Case, mona: Client
) -> None:
    mona.get("/reports/duties/", DAYS)

    def cost(**asked: str) -> int:
        with CaptureQueriesContext(connection) as questions:
            assert mona.get("/reports/duties/", {**DAYS, **asked}).status_code == 200
        return len(questions)

    assert cost(whose="all") == cost(owner="cme_coordinator") == cost(text="no such words")


def test_a_page_of_figures_shows_no_child_to_the_journal(case: Case, mona: Client) -> None:
    before = Event.objects.filter(verb="children.viewed").exclude(children=[]).count()

    mona.get("/reports/duties/", DAYS)
    mona.get("/reports/duties/identify_missing/", DAYS)

    after = Event.objects.filter(verb="children.viewed").exclude(children=[]).count()
    assert after == before


def test_the_first_page_of_reports_leads_to_both(mona: Client) -> None:
    page = shown(mona.get("/reports/"))

    assert 'href="/reports/duties/"' in page
    assert 'href="/reports/guidance/"' in page
