"""Reports: both dates, what is left out, and what a spreadsheet must not run."""

import csv
import io
import json
from argparse import Namespace
from datetime import UTC, date, datetime

import pytest
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import LocalRules
from onroll.office.casework.actions import cases
from onroll.office.casework.models import Case, CaseState
from onroll.office.journal.models import Event
from onroll.office.kernel import facts
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.reporting import commands, reports
from tests import actors

OPENED = date(2026, 2, 2)


@pytest.fixture
def case(child: Child, manager: Actor) -> Case:
    return cases.open_case(kind="cme", child=child, owner=manager.pk, by=manager, on=OPENED)


def asked(key: str, by: Actor, as_at: date, known_at: datetime | None = None) -> reports.Answer:
    report = reports.by_key(key)
    assert report is not None
    return report.answer(reports.Question(as_at=as_at, known_at=known_at, by=by))


def test_a_case_counts_from_the_day_it_opens(case: Case, manager: Actor) -> None:
    before = asked("open-cases", manager, date(2026, 2, 1))
    on_the_day = asked("open-cases", manager, OPENED)

    assert (len(before.rows), len(on_the_day.rows)) == (0, 1)
    assert on_the_day.rows[0]["case"] == case.ref


def test_a_figure_asked_as_known_then_does_not_move_when_history_is_corrected(
    case: Case, manager: Actor
) -> None:
    state = CaseState.objects.get(case=case)
    monday = datetime(2026, 2, 2, 9, tzinfo=UTC)
    friday = datetime(2026, 2, 6, 9, tzinfo=UTC)
    CaseState.objects.filter(pk=state.pk).update(recorded_at=monday)
    facts.supersede(state, by=PROGRAM, at=friday, starts_on=date(2026, 2, 4))

    as_known_then = asked("open-cases", manager, date(2026, 2, 3), datetime(2026, 2, 4, tzinfo=UTC))
    as_known_now = asked("open-cases", manager, date(2026, 2, 3))

    assert (len(as_known_then.rows), len(as_known_now.rows)) == (1, 0)


def test_a_sealed_childs_case_is_in_no_row_and_no_count_of_those_not_cleared(
    case: Case, child: Child, manager: Actor
) -> None:
    people.seal(child=child, reason="At risk", by=actors.dave(), on=actors.TODAY)

    uncleared = [asked(r.key, manager, actors.TODAY) for r in reports.ALL]
    cleared = asked("open-cases", actors.carol(), actors.TODAY)

    assert all(case.ref not in str(answer.rows) for answer in uncleared)
    assert [row["case"] for row in cleared.rows] == [case.ref]


def test_the_reasons_and_durations_are_the_national_ones(case: Case, manager: Actor) -> None:
    (row,) = asked("open-cases", manager, date(2026, 3, 5)).rows

    assert row["reason"] == "Not recorded"
    assert (row["days_missing"], row["duration"]) == (31, "4 to 8 weeks")


def test_cells_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    answer = reports.Answer(
        columns=(("text", "Text"),),
        rows=[{"text": value} for value in ("=1+1", "+1", "-1", "@x", "\tx", "plain")],
        headline="",
    )

    (_, *cells) = [row[0] for row in csv.reader(io.StringIO(commands.as_csv(answer)))]

    assert cells == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_command_prints_a_report_and_journals_whose_records_it_showed(
    case: Case, child: Child, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = commands.report(
        Namespace(name="open-cases", as_at="2026-03-05", known_at=None, format=form)
    )

    printed = capsys.readouterr().out
    assert told == 0
    rows = (
        json.loads(printed)["rows"]
        if form == "json"
        else list(csv.DictReader(io.StringIO(printed)))
    )
    assert [row["case"] for row in rows] == [case.ref]
    assert Event.objects.filter(verb="children.viewed", children=[child.pk]).exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "nothing"}, "There is no report called nothing"),
        ({"as_at": "5 March"}, "--as-at 5 March: give a day"),
        ({"known_at": "noon"}, "--known-at noon: give an instant"),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_with_what_to_do(
    db: None, changed: dict[str, str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"name": "posts", "as_at": None, "known_at": None, "format": "csv"} | changed

    assert commands.report(Namespace(**given)) == 2
    assert says in capsys.readouterr().err


def test_a_childs_whole_record_is_exported_with_standing_and_chronology(
    case: Case, child: Child, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.export_child(Namespace(ref=child.ref)) == 0

    record = json.loads(capsys.readouterr().out)
    assert record["standing"]["is"] == "missing_education"
    assert record["names"][0]["family_name"] == "Ashby"
    assert any(entry["on"] == OPENED.isoformat() for entry in record["chronology"])


def test_the_screens_open_for_those_who_report_and_for_nobody_else(
    case: Case, manager: Actor, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    mona, mallory = actors.signed_in(manager), actors.signed_in(actors.mallory())

    for report in reports.ALL:
        assert mona.get(f"/reports/{report.key}/").status_code == 200
        assert mallory.get(f"/reports/{report.key}/").status_code == 403
    sheet = mona.get("/reports/open-cases/", {"format": "csv", "as_at": "2026-03-05"})
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert case.ref.encode() in sheet.content
    assert mona.get("/reports/nothing/").status_code == 404


def test_cases_without_action_are_counted_by_the_limit_that_the_authority_had_on_the_day(
    case: Case, manager: Actor
) -> None:
    day = date(2026, 2, 12)  # ten days after the case was opened
    assert asked("no-action", manager, day).rows == []

    LocalRules.objects.create(quiet_after=10, starts_on=OPENED)

    found = asked("no-action", manager, day)
    assert [row["case"] for row in found.rows] == [case.ref]
    assert "10 days or more" in found.headline
    assert asked("no-action", manager, date(2026, 2, 11)).rows == []
