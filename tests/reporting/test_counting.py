"""Who is counted and who is listed: totals for all who run reports, rows for those who may know."""

import csv
import io
from datetime import date

import pytest
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Team
from onroll.office.casework.actions import bulk, cases
from onroll.office.casework.models import Case
from onroll.office.casework.queries import lateness
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.reporting import reports
from onroll.office.reporting.views.reports import ROWS_A_PAGE
from onroll.office.schools.models import SchoolContact
from onroll.office.schools.queries import contact_gaps
from tests import actors
from tests.casework.referral_answers import a_school, refer

OPENED = date(2026, 2, 2)
OF_CASES = ("open-cases", "worklist", "no-action", "no-consideration")
COUNTERS = ("analyst", "administrator", "panel_clerk")


@pytest.fixture
def case(child: Child, manager: Actor) -> Case:
    return cases.open_case(kind="cme", child=child, owner=manager.pk, by=manager, on=OPENED)


def asked(key: str, by: Actor, as_at: date = actors.TODAY) -> reports.Answer:
    report = reports.by_key(key)
    assert report is not None
    return report.answer(reports.Question(as_at=as_at, known_at=None, by=by))


@pytest.mark.parametrize("role", [*COUNTERS, "information_governance"])
@pytest.mark.parametrize("key", OF_CASES)
def test_those_who_open_no_record_get_the_count_and_not_a_row(
    key: str, role: str, case: Case, manager: Actor
) -> None:
    counter = actors.person("Cleo", role)

    answer, full = asked(key, counter), asked(key, manager)

    assert (answer.counted, answer.rows, answer.children) == (1, [], frozenset())
    assert answer.headline == full.headline
    assert answer.totals == full.totals
    assert "none" not in answer.headline
    assert any("None is listed, because your role" in note for note in answer.notes)


def test_an_officer_of_another_team_counts_every_case_and_lists_their_own(
    case: Case, manager: Actor
) -> None:
    stranger = actors.person("Stan", "attendance_officer")

    answer = asked("open-cases", stranger)

    assert (answer.counted, len(answer.rows)) == (1, 0)


def test_a_sealed_child_is_in_the_totals_of_those_cleared_and_of_nobody_else(
    case: Case, child: Child, manager: Actor
) -> None:
    people.seal(child=child, reason="At risk", by=actors.dave(), on=actors.TODAY)

    for key in OF_CASES:
        for role in (*COUNTERS, "team_manager", "cme_officer"):
            assert asked(key, actors.person(role, role)).counted == 0
        cleared = asked(key, actors.dave())
        assert (cleared.counted, cleared.rows) == (1, [])
        assert any("sealed are counted" in note for note in cleared.notes)


def test_the_screen_of_an_analyst_says_the_totals_and_that_none_may_be_listed(
    case: Case, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    bob = actors.signed_in(actors.bob())

    shown = bob.get("/reports/open-cases/", {"as_at": "2026-03-05"}).content.decode()
    sheet = bob.get("/reports/open-cases/", {"as_at": "2026-03-05", "format": "csv"})

    assert "1 Missing education" in shown
    assert "None is listed" in shown
    assert "Nothing to show" not in shown
    assert case.ref not in shown
    lines = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert lines[0] == ["total", "value", "count"]
    assert ["By kind", "Missing education", "1"] in lines
    assert case.ref.encode() not in sheet.content


def test_totals_can_be_had_as_a_file_beside_the_rows(
    case: Case, manager: Actor, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    asked_for = {"as_at": "2026-03-05", "format": "totals"}

    sheet = actors.signed_in(manager).get("/reports/open-cases/", asked_for)

    assert b"By service,In no service,1" in sheet.content


def test_a_page_of_a_report_journals_the_children_on_it_and_no_others(
    team: Team, manager: Actor, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    many = ROWS_A_PAGE + 1
    rows = [
        people.ChildRow(str(n), "Wren", f"Ashby{n}", date(2014, 1, 1), OPENED) for n in range(many)
    ]
    children = people.load_children(rows, by=PROGRAM, on=OPENED)
    sheets = [
        {"kind": "cme", "child_id": pk, "state": "tracing", "notified_on": OPENED,
         "opened_on": OPENED, "team_id": team.pk}
        for pk in children.values()
    ]  # fmt: skip
    keys = bulk.load_cases(sheets, by=PROGRAM)
    bulk.load_states(
        [{"case_id": pk, "state": "tracing", "is_open": True, "starts_on": OPENED} for pk in keys],
        by=PROGRAM,
    )
    mona = actors.signed_in(manager)

    def looked_at(page: int) -> set[int]:
        Event.objects.count()
        before = set(Event.objects.values_list("pk", flat=True))
        mona.get("/reports/open-cases/", {"page": page, "as_at": "2026-03-05"})
        looked = Event.objects.exclude(pk__in=before).filter(verb="children.viewed")
        return {pk for event in looked for pk in event.children}

    first, last = looked_at(1), looked_at(2)

    assert (len(first), len(last)) == (ROWS_A_PAGE, 1)
    assert first | last == set(children.values())


def test_lateness_by_school_is_the_same_at_triage_and_in_the_report(
    settings: Settings, manager: Actor
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    school = a_school()
    refer(school_id=school.pk)
    refer(school_id=school.pk, given_names="Mina", form="leaver")
    refer(school_id=school.pk, given_names="Tom", source="health")

    (row,) = asked("late-referrals", manager).rows
    (counted,) = lateness.by_school(manager, date(2025, 9, 1), actors.TODAY)

    assert (row["referrals"], row["late"]) == (counted.given, counted.late) == (1, 0)
    assert asked("late-referrals", actors.bob()).rows == [row]


def test_gaps_among_contacts_are_the_same_on_the_screen_and_in_the_report(
    settings: Settings, manager: Actor
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    a_school()
    mona = actors.signed_in(manager)

    (row,) = asked("contact-gaps", manager).rows
    (gaps,) = contact_gaps(actors.TODAY)
    every = mona.get("/schools/gaps/").content.decode()
    champions = mona.get("/schools/gaps/", {"role": "inclusion_champion"}).content.decode()

    assert str(row["missing"]).split("; ") == [gap.title for gap in gaps.gaps]
    assert len(gaps.gaps) == 5
    SchoolContact.objects.create(
        school=gaps.school, role="inclusion_champion", name="Sam", telephone="1", starts_on=OPENED
    )
    assert contact_gaps(actors.TODAY, role="inclusion_champion") == []
    assert len(contact_gaps(actors.TODAY, role="attendance_lead")) == 1
    assert every.count("Nobody named") == 5
    assert champions.count("Nobody named") == 1
