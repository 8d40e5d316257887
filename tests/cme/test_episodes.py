"""Each time a child missed education is a fact of its own, and so is why."""

import csv
import io
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.casework.actions import oversight
from onroll.office.casework.models import Case, CaseState
from onroll.office.cme import actions, queries
from onroll.office.cme.kind import CME
from onroll.office.cme.models import Episode, Placement
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import supersede
from onroll.office.reporting import commands, reports
from onroll.office.schools.models import School
from tests.casework.conftest import TODAY

MISSING_FROM = date(2026, 2, 2)
LATER = date(2026, 4, 20)
MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 2, 4, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 2, 6, 9, tzinfo=UTC)


@pytest.fixture
def known_since_monday(case: Case) -> Case:
    for model in (Episode, CaseState):
        model._base_manager.filter(case=case).update(recorded_at=MONDAY)
    return case


@pytest.fixture
def closed(case: Case, alice: Actor, school: School) -> Case:
    """A case that closed on 5 March with a place at which the child started on 3 March."""
    oversight.consider(case=case, conclusion="no_concern", because="Seen", by=alice, on=TODAY)
    actions.record_reason(case=case, reason="unsuitable_home_education", by=alice)
    actions.secure_place(
        case=case, by=alice, on=date(2026, 2, 20), expected_on=date(2026, 3, 2), school=school
    )
    actions.confirm_start(case=case, confirmed_by="Ms Hale", by=alice, on=date(2026, 3, 3))
    ready = Case.objects.select_related("child").get(pk=case.pk)
    return actions.close(case=ready, outcome="on_roll", by=alice, on=TODAY)


def test_a_reason_changed_is_superseded_and_still_answers_what_was_known_then(
    known_since_monday: Case, alice: Actor
) -> None:
    case = known_since_monday

    actions.record_reason(case=case, reason="unsuitable_home_education", by=alice)

    then = Episode.objects.on(MISSING_FROM, WEDNESDAY).get(case=case)
    now = Episode.objects.on(MISSING_FROM).get(case=case)
    assert (then.reason, now.reason) == ("not_recorded", "unsuitable_home_education")
    assert then.starts_on == now.starts_on == MISSING_FROM
    assert now.recorded_by_id == alice.pk


def test_a_first_day_corrected_is_superseded_too(known_since_monday: Case, alice: Actor) -> None:
    case = known_since_monday

    actions.record_absence(case=case, missing_from=date(2026, 1, 12), by=alice)

    assert Episode.objects.as_known(WEDNESDAY).get(case=case).starts_on == MISSING_FROM
    assert queries.episode_of(case).starts_on == date(2026, 1, 12)


def test_the_same_reason_again_adds_no_row(case: Case, alice: Actor) -> None:
    actions.record_reason(case=case, reason="not_recorded", by=alice)

    assert Episode.objects.count() == 1


def test_an_episode_ends_on_the_last_day_before_the_start_at_school(closed: Case) -> None:
    (episode,) = queries.episodes_of(closed)

    assert (episode.starts_on, episode.ends_on) == (MISSING_FROM, date(2026, 3, 2))
    assert queries.duration(episode, LATER).days == 29
    assert episode.closing_evidence["start_confirmed_by"] == "Ms Hale"


def test_a_reopened_case_has_two_episodes_and_counts_no_day_between(
    closed: Case, alice: Actor
) -> None:
    reopened = actions.reopen(
        case=closed, reason="Education stopped", missing_from=date(2026, 4, 13), by=alice, on=LATER
    )

    second, first = queries.episodes_of(reopened)
    assert (first.starts_on, first.ends_on) == (MISSING_FROM, date(2026, 3, 2))
    assert first.reason == "unsuitable_home_education"
    assert (second.starts_on, second.ends_on) == (date(2026, 4, 13), None)
    assert second.reason == "not_recorded"
    assert queries.duration(second, LATER).days == 7
    assert queries.duration(first, LATER).days == 29


def test_a_place_of_the_first_time_is_kept_when_the_case_is_opened_again(
    closed: Case, alice: Actor, school: School
) -> None:
    reopened = actions.reopen(
        case=closed, reason="Education stopped", missing_from=date(2026, 4, 13), by=alice, on=LATER
    )
    assert queries.place_of(reopened) is None

    actions.secure_place(
        case=reopened, by=alice, on=LATER, expected_on=LATER, otherwise="Tuition at The Mill"
    )

    now, before = queries.places_of(reopened)
    assert (now.where, now.confirmed_on) == ("Tuition at The Mill", None)
    assert (before.school, before.confirmed_on) == (school, date(2026, 3, 3))
    assert before.ends_on == date(2026, 4, 12)
    told = [entry.title for entry in CME.entries(reopened, alice)]
    assert "Missing education from this day to 2 March 2026" in told
    assert f"Start confirmed: {school}" in told
    assert "Place secured: Tuition at The Mill" in told


def test_a_place_that_fell_through_is_kept_beside_the_next(
    case: Case, alice: Actor, school: School
) -> None:
    actions.secure_place(
        case=case, by=alice, on=date(2026, 2, 20), expected_on=TODAY, otherwise="The Mill"
    )
    actions.secure_place(case=case, by=alice, on=TODAY, expected_on=LATER, school=school)

    assert [place.where for place in queries.places_of(case)] == [str(school), "The Mill"]
    assert [place.school for place in queries.watched(Case.objects.all())] == [school]


def test_a_day_within_the_first_time_says_that_it_never_ended(closed: Case, alice: Actor) -> None:
    reopened = actions.reopen(
        case=closed, reason="Never went", missing_from=date(2026, 2, 10), by=alice, on=LATER
    )

    (episode,) = queries.episodes_of(reopened)
    assert (episode.starts_on, episode.ends_on) == (MISSING_FROM, None)
    assert episode.reason == "unsuitable_home_education"
    assert Episode.objects.filter(ends_on=date(2026, 3, 2), superseded_at__isnull=False).exists()


@pytest.mark.parametrize("day", [MISSING_FROM - timedelta(days=1), LATER + timedelta(days=1)])
def test_a_case_is_not_opened_again_from_an_impossible_day(
    day: date, closed: Case, alice: Actor
) -> None:
    with pytest.raises(Faulty, match="missing"):
        actions.reopen(case=closed, reason="Stopped", missing_from=day, by=alice, on=LATER)

    assert not Case.objects.get(pk=closed.pk).is_open


def test_a_second_time_cannot_begin_within_the_first(closed: Case, alice: Actor) -> None:
    reopened = actions.reopen(case=closed, reason="Stopped", by=alice, on=LATER)

    with pytest.raises(Faulty, match="2 March 2026"):
        actions.record_absence(case=reopened, missing_from=date(2026, 3, 2), by=alice)


def test_a_place_is_not_secured_while_another_was_held(closed: Case, alice: Actor) -> None:
    reopened = actions.reopen(case=closed, reason="Stopped", by=alice, on=LATER)

    with pytest.raises(Faulty, match="give a later day"):
        actions.secure_place(
            case=reopened, by=alice, on=TODAY, expected_on=LATER, otherwise="The Mill"
        )
    assert Placement.objects.as_known().count() == 1


def test_open_cases_asked_as_known_then_prints_the_reason_and_the_days_of_then(
    known_since_monday: Case, manager: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    supersede(
        queries.episode_of(known_since_monday), by=PROGRAM, at=FRIDAY,
        reason="unsuitable_home_education", starts_on=date(2026, 1, 5),
    )  # fmt: skip

    def asked(known_at: str | None) -> dict[str, str]:
        commands.report(
            Namespace(name="open-cases", as_at="2026-02-03", known_at=known_at, format="csv")
        )
        (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
        return row

    then, now = asked("2026-02-04T09:00+00:00"), asked(None)

    assert (then["reason"], then["days_missing"]) == ("Not recorded", "1")
    assert then["duration"] == "Less than 2 weeks"
    assert now["reason"] != then["reason"]
    assert (now["days_missing"], now["duration"]) == ("29", "4 to 8 weeks")


def test_open_cases_counts_the_second_time_alone(closed: Case, alice: Actor) -> None:
    actions.reopen(
        case=closed, reason="Stopped", missing_from=date(2026, 4, 13), by=alice, on=LATER
    )
    report = reports.by_key("open-cases")
    assert report is not None

    def row(day: date) -> dict[str, object]:
        answer = report.answer(reports.Question(as_at=day, known_at=None, by=alice))
        return dict(answer.rows[0])

    assert row(date(2026, 2, 16))["days_missing"] == 14
    assert row(date(2026, 3, 4))["days_missing"] == 29  # at school since the day before
    assert (row(LATER)["days_missing"], row(LATER)["reason"]) == (7, "Not recorded")


def test_alice_opens_a_case_again_from_the_day_asked_and_sees_both_times(
    closed: Case, alice: Actor, as_: Callable[[Actor], Client]
) -> None:
    client = as_(alice)
    at = reverse("cme:reopen", args=[closed.ref])
    assert b"Missing education again from" in client.get(at).content

    sent = client.post(
        at,
        {
            "version": closed.version, "reason": "Stopped", "missing_from_day": 9,
            "missing_from_month": 3, "missing_from_year": 2026,
        },
    )  # fmt: skip

    assert sent.status_code == 302
    assert queries.episode_of(closed).starts_on == date(2026, 3, 9)
    page = client.get(reverse("casework:case", args=[closed.ref])).content.decode()
    child = client.get(reverse("casework:child", args=[closed.child.ref])).content.decode()
    assert "Before: 2 February 2026 to 2 March 2026" in page
    assert "Places before" in page
    assert "From 2 February 2026 to 2 March 2026" in child
    assert "From 9 March 2026" in child


@pytest.mark.parametrize("who", ["bob", "mallory"])
def test_nobody_else_opens_it_again_or_changes_the_reason(
    who: str, closed: Case, as_: Callable[[Actor], Client], request: pytest.FixtureRequest
) -> None:
    client = as_(request.getfixturevalue(who))

    for name in ("reopen", "reason", "absence"):
        at = reverse(f"cme:{name}", args=[closed.ref])
        assert client.get(at).status_code in (403, 404), name
        assert client.post(at, {"reason": "Stopped"}).status_code in (403, 404), name
    assert Episode.objects.as_known().count() == 1


def test_a_start_is_confirmed_neither_before_the_child_was_missing_nor_before_the_place(
    case: Case, alice: Actor, school: School
) -> None:
    actions.secure_place(
        case=case, by=alice, on=date(2026, 2, 20), expected_on=date(2026, 3, 2), school=school
    )
    said = {"case": case, "confirmed_by": "Ms Hale", "by": alice}

    with pytest.raises(Faulty, match="missing since 2 February 2026"):
        actions.confirm_start(on=date(2020, 1, 1), **said)
    with pytest.raises(Faulty, match="secured on 20 February 2026"):
        actions.confirm_start(on=date(2026, 2, 10), **said)
    started = actions.confirm_start(on=date(2026, 2, 23), **said)

    assert started.confirmed_on == date(2026, 2, 23)
