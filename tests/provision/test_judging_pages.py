"""The pages on which an education is judged: who opens them, what they ask, what they show."""

from datetime import date
from html import unescape
from typing import Any

import pytest

from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.provision import actions
from onroll.office.provision.models import HomeEducation, Judgement
from onroll.office.provision.queries import Verdict
from onroll.statute.suitability import Criterion
from tests import actors
from tests.actors import TODAY

JANUARY = date(2026, 1, 5)
WHEN = {"judged_on_day": "10", "judged_on_month": "2", "judged_on_year": "2026",
        "judged_by": "Ellen Varley"}  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def at_home(amelia: Child, alice: Actor) -> HomeEducation:
    return actions.record_home_education(child=amelia, starts_on=JANUARY, by=alice)


@pytest.fixture
def judged(at_home: HomeEducation, alice: Actor) -> Judgement:
    short = Verdict(criterion=Criterion.FULL_TIME, is_met=False, reasons="Two mornings a week")
    [made] = actions.judge(
        education=at_home, verdicts=[short], judged_on=date(2026, 2, 3), judged_by="Ellen Varley",
        by=alice, on=TODAY,
    )  # fmt: skip
    return made


def read(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_alice_judges_all_three_at_once_and_reads_what_they_come_to(
    amelia: Child, at_home: HomeEducation, judged: Judgement, alice: Actor
) -> None:
    browser = actors.signed_in(alice)
    url = f"/children/{amelia.ref}/provision/home-education/{at_home.pk}/judge/"
    asked = read(browser.get(url))

    sent = browser.post(url, {
        **WHEN, "evidence": "Visit of 9 February", "efficient": "met", "full_time": "met",
        "full_time_reasons": "Every weekday since the visit", "suitable": "met", "age": "met",
        "needs": "not_now",
    }, follow=True)  # fmt: skip

    assert "Now: not met, judged on 3 February 2026 by Ellen Varley." in asked
    assert "Two mornings a week" in asked
    assert "On 10 February 2026 the education is: suitable." in read(sent)
    rows = Judgement.objects.filter(starts_on=date(2026, 2, 10))
    assert {row.criterion: row.is_met for row in rows} == {
        "efficient": True, "full_time": True, "suitable": True,
    }  # fmt: skip
    whole = rows.get(criterion="suitable")
    assert (whole.is_suited_to_age, whole.is_suited_to_needs) == (True, None)
    assert {row.evidence for row in rows} == {"Visit of 9 February"}


def test_one_criterion_may_be_judged_and_the_rest_left_out(
    amelia: Child, at_home: HomeEducation, alice: Actor
) -> None:
    browser = actors.signed_in(alice)
    url = f"/children/{amelia.ref}/provision/home-education/{at_home.pk}/judge/"

    sent = browser.post(url, {**WHEN, "efficient": "met"}, follow=True)

    assert "the education is: not assessed yet." in read(sent)
    assert Judgement.objects.get().criterion == "efficient"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Judge at least one of the three"),
        ({"full_time": "not_met"}, "Full-time is not met: write why."),
        ({"efficient": "met", "judged_on_month": "1", "judged_on_day": "4"}, "began on 5 January"),
        ({"efficient": "met", "judged_on_year": "2027"}, "must be today or in the past"),
        ({"efficient": "met", "judged_by": ""}, "Enter who judged it"),
        ({"efficient_reasons": "Good books"}, "Choose “Met” or “Not met”, or clear the rest"),
        ({"ability": "met"}, "Choose “Met” or “Not met”, or clear the rest"),
        ({"suitable": "met", "ability": "not_met"}, "Not met for ability"),
        ({"efficient": "perhaps"}, "select one of the answers listed"),
    ],
)
def test_what_is_amiss_is_told_beside_its_question_and_nothing_is_recorded(
    amelia: Child, at_home: HomeEducation, alice: Actor, given: dict[str, str], says: str
) -> None:
    browser = actors.signed_in(alice)
    url = f"/children/{amelia.ref}/provision/home-education/{at_home.pk}/judge/"

    answer = browser.post(url, WHEN | given)

    assert answer.status_code == 200
    assert says in read(answer)
    assert not Judgement.objects.exists()


def test_the_education_tab_shows_each_criterion_and_what_is_not_judged_yet(
    amelia: Child, at_home: HomeEducation, judged: Judgement, alice: Actor
) -> None:
    actions.record_provision(
        child=amelia, what="private_tuition", provider="Example Tutors", starts_on=JANUARY,
        by=alice,
    )  # fmt: skip

    shown = read(actors.signed_in(alice).get(f"/children/{amelia.ref}/schooling/"))

    assert "Unsuitable" in shown
    assert shown.count("Not judged yet") == 2
    assert "None of the three criteria is judged yet: efficient, full-time, suitable." in shown
    for said in ("3 Feb 2026", "Ellen Varley", "Recorded by Alice", "Two mornings a week"):
        assert said in shown
    assert f"/provision/home-education/{at_home.pk}/judge/" in shown


def test_dave_reads_what_was_judged_and_may_not_judge(
    amelia: Child, at_home: HomeEducation, judged: Judgement
) -> None:
    browser = actors.signed_in(actors.dave())
    home = f"/children/{amelia.ref}/provision/"

    shown = read(browser.get(f"/children/{amelia.ref}/schooling/"))

    assert "Two mornings a week" in shown
    assert "/judge/" not in shown
    assert "/judge/" not in read(browser.get(home))
    for path in (f"home-education/{at_home.pk}/judge/", f"judgements/{judged.pk}/"):
        assert browser.get(home + path).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["home-education/{fact}/judge/", "judgements/{pk}/", "judgements/{pk}/withdraw/"],
)
def test_bob_and_mallory_find_no_page_of_judging(
    amelia: Child, at_home: HomeEducation, judged: Judgement, path: str
) -> None:
    url = f"/children/{amelia.ref}/provision/{path.format(fact=at_home.pk, pk=judged.pk)}"

    for stranger in (actors.bob(), actors.mallory()):
        browser = actors.signed_in(stranger)
        assert (browser.get(url).status_code, browser.post(url, WHEN).status_code) == (404, 404)
    assert Judgement.objects.count() == 1


def test_a_plan_is_not_judged_and_a_judgement_of_another_child_is_not_found(
    amelia: Child, child_of: Any, judged: Judgement, alice: Actor
) -> None:
    other = child_of("Other")
    plan = actions.record_plan(child=other, starts_on=JANUARY, by=alice)
    browser = actors.signed_in(alice)

    for path in (f"plan/{plan.pk}/judge/", f"judgements/{judged.pk}/", "judgements/0/"):
        assert browser.get(f"/children/{other.ref}/provision/{path}").status_code == 404


def test_alice_corrects_a_judgement_and_withdraws_it(
    amelia: Child, judged: Judgement, alice: Actor
) -> None:
    browser = actors.signed_in(alice)
    url = f"/children/{amelia.ref}/provision/judgements/{judged.pk}/"
    asked = read(browser.get(url))

    refused = read(browser.post(url, {**WHEN, "full_time": "not_met"}))
    sent = browser.post(url, {**WHEN, "full_time": "met"})
    now = Judgement.objects.as_known().get()
    withdraw = f"/children/{amelia.ref}/provision/judgements/{now.pk}/withdraw/"
    confirmed = read(browser.get(withdraw))
    browser.post(withdraw)

    assert "Two mornings a week" in asked
    assert "write why" in refused
    assert sent.status_code == 302
    assert (now.is_met, now.judged_on) == (True, date(2026, 2, 10))
    assert (
        "Home education. Full-time: met, judged on 10 February 2026 by Ellen Varley." in confirmed
    )
    assert not Judgement.objects.as_known().exists()


def test_a_suitable_judgement_is_corrected_with_its_aspects(
    amelia: Child, at_home: HomeEducation, alice: Actor
) -> None:
    whole = Verdict(criterion=Criterion.SUITABLE, is_met=True)
    [made] = actions.judge(
        education=at_home, verdicts=[whole], judged_on=date(2026, 2, 3), judged_by="E. V.",
        by=alice, on=TODAY,
    )  # fmt: skip
    url = f"/children/{amelia.ref}/provision/judgements/{made.pk}/"

    actors.signed_in(alice).post(url, {**WHEN, "suitable": "met", "aptitude": "met"})

    now = Judgement.objects.as_known().get()
    assert (now.is_suited_to_aptitude, now.is_suited_to_age) == (True, None)


def test_the_downloaded_chronology_holds_each_judgement(
    amelia: Child, judged: Judgement, alice: Actor
) -> None:
    answer = actors.signed_in(alice).get(f"/children/{amelia.ref}/chronology.csv")

    assert "Education judged: full-time, not met" in answer.content.decode()
    assert "Two mornings a week" in answer.content.decode()
