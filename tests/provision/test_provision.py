"""Education otherwise is recorded, corrected, ended, told, and hidden with a sealed child."""

from datetime import date
from decimal import Decimal

import pytest

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.provision import actions, queries
from onroll.office.provision.models import HomeEducation, Plan, Provision
from onroll.office.schools.models import School
from tests import actors
from tests.actors import TODAY

JANUARY = date(2026, 1, 5)


def test_spans_are_as_the_classification_reads_them(
    amelia: Child, oak: School, alice: Actor
) -> None:
    actions.record_home_education(
        child=amelia, starts_on=JANUARY, ends_on=date(2026, 1, 30), suitability="suitable", by=alice
    )
    actions.record_provision(
        child=amelia, what="private_tuition", provider="Example Tutors", starts_on=date(2026, 2, 2),
        is_suitable=False, by=alice,
    )  # fmt: skip
    actions.record_provision(child=amelia, what="eotas", starts_on=TODAY, by=alice)

    assert queries.spans(amelia.pk) == [
        {
            "what": "home_education",
            "from": JANUARY,
            "to": date(2026, 1, 30),
            "suitability": "suitable",
        },
        {"what": "private_tuition", "from": date(2026, 2, 2), "to": None, "suitable": False},
        {"what": "eotas", "from": TODAY, "to": None},
    ]


def test_a_plan_awaiting_a_place_says_whether_interim_education_is_recorded(
    amelia: Child, alice: Actor
) -> None:
    actions.record_plan(child=amelia, starts_on=JANUARY, awaiting_place=True, by=alice)
    [said] = queries.summary(amelia, by=alice, on=TODAY).notices
    assert "no interim education is recorded" in said

    actions.record_provision(
        child=amelia, what="private_tuition", is_interim=True, starts_on=JANUARY, by=alice
    )

    [said] = queries.summary(amelia, by=alice, on=TODAY).notices
    assert "interim education is recorded" in said
    assert queries.awaiting_place(TODAY) == [amelia.pk]


def test_a_correction_replaces_a_school_and_keeps_what_was_believed(
    amelia: Child, oak: School, elm: School, alice: Actor
) -> None:
    plan = actions.record_plan(child=amelia, starts_on=JANUARY, named_school=oak, by=alice)

    corrected = actions.correct(fact=plan, named_school=elm, awaiting_place=True, by=alice)

    assert (corrected.named_school, corrected.starts_on) == (elm, JANUARY)
    assert Plan.objects.as_known().count() == 1
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"what": "eotas", "starts_on": date(2010, 1, 1)}, "born on 3 April 2013"),
        ({"what": "eotas", "starts_on": TODAY, "ends_on": JANUARY}, "before the first"),
        ({"what": "magic", "starts_on": TODAY}, "Select what is provided"),
        ({"what": "eotas", "starts_on": TODAY, "hours_a_week": Decimal(168)}, "up to 50"),
        ({"what": "eotas", "starts_on": TODAY, "review_on": JANUARY}, "review cannot be before"),
    ],
)
def test_what_cannot_be_is_refused(
    amelia: Child, alice: Actor, values: dict[str, object], says: str
) -> None:
    with pytest.raises(Faulty, match=says):
        actions.record_provision(child=amelia, by=alice, **values)  # type: ignore[arg-type]

    assert not Provision.objects.exists()


def test_the_same_twice_at_once_is_refused_and_two_placements_are_not(
    amelia: Child, alice: Actor
) -> None:
    def placed(provider: str) -> Provision:
        return actions.record_provision(
            child=amelia, what="alternative_provision", provider=provider, starts_on=JANUARY,
            by=alice,
        )  # fmt: skip

    placed("Workshop One")
    placed("Workshop Two")

    with pytest.raises(Faulty, match="recorded from 5 January 2026 and holds still"):
        placed("Workshop One")


def test_ending_and_withdrawing(amelia: Child, alice: Actor) -> None:
    home = actions.record_home_education(child=amelia, starts_on=JANUARY, by=alice)
    with pytest.raises(Faulty, match="began on 5 January 2026"):
        actions.end(fact=home, on=date(2026, 1, 1), by=alice)

    ended = actions.end(fact=home, on=TODAY, by=alice)
    with pytest.raises(Faulty, match="ended on 5 March 2026 already"):
        actions.end(fact=ended, on=TODAY, by=alice)
    actions.withdraw(fact=ended, by=alice)

    assert queries.summary(amelia, by=alice, on=TODAY).lines == []
    assert HomeEducation.objects.count() == 2


def test_a_part_time_timetable_without_an_end_or_with_a_late_review_is_told(
    amelia: Child, oak: School, alice: Actor
) -> None:
    actions.record_part_time(
        child=amelia, school=oak, hours_a_week=Decimal("12.5"), starts_on=JANUARY,
        review_on=date(2026, 2, 1), by=alice,
    )  # fmt: skip

    summary = queries.summary(amelia, by=alice, on=TODAY)

    assert len(summary.notices) == 2
    [line] = summary.lines
    assert line.detail == "Oak Academy · 12.5 hours a week · No parent's agreement recorded"
    assert line.is_review_late


def test_a_sealed_childs_provision_is_seen_by_the_cleared_alone(
    amelia: Child, alice: Actor
) -> None:
    plan = actions.record_plan(child=amelia, starts_on=JANUARY, awaiting_place=True, by=alice)
    carol = actors.carol()
    people.seal(child=amelia, reason="Refuge", by=actors.dave(), on=TODAY)
    actions.record_provision(child=amelia, what="eotas", starts_on=TODAY, by=carol)

    assert not Provision.objects.exists()
    assert queries.awaiting_place(TODAY) == []
    assert queries.summary(amelia, by=alice, on=TODAY).lines == []
    assert {line.kind for line in queries.summary(amelia, by=carol, on=TODAY).lines} == {
        "plan",
        "provision",
    }
    assert len(queries.spans(amelia.pk)) == 1
    with pytest.raises(Unknown):
        queries.fact_for(alice, "plan", plan.pk)


def test_who_may_not_change_records_is_refused(amelia: Child, db: None) -> None:
    with pytest.raises(Refused):
        actions.record_plan(child=amelia, starts_on=JANUARY, by=actors.bob())


def test_alice_records_ends_and_corrects_on_the_screens(
    amelia: Child, oak: School, alice: Actor
) -> None:
    browser, home = actors.signed_in(alice), f"/children/{amelia.ref}/provision/"
    day = {"starts_on_day": "5", "starts_on_month": "1", "starts_on_year": "2026"}

    for kind, given in {
        "home-education": {"suitability": "suitable"},
        "provision": {"what": "eotas", "is_suitable": "yes", "hours_a_week": "15"},
        "plan": {"awaiting_place": "on", "school": str(oak.pk)},
        "part-time": {"hours_a_week": "12.5", "school": str(oak.pk)},
    }.items():
        answer = browser.post(f"{home}{kind}/", day | given)
        assert answer.status_code == 302, answer.content.decode()
    shown = browser.get(home).content.decode()
    plan = Plan.objects.as_known().get()
    assert browser.get(f"{home}plan/{plan.pk}/").status_code == 200
    assert browser.post(f"{home}plan/{plan.pk}/", day).status_code == 302
    corrected = Plan.objects.as_known().get()
    last = {"on_day": "1", "on_month": "2", "on_year": "2026"}
    assert browser.post(f"{home}plan/{corrected.pk}/end/", last).status_code == 302

    assert "Oak Academy" in shown
    assert "12.5 hours a week" in shown
    assert (corrected.awaiting_place, corrected.named_school_id) == (False, None)
    assert Plan.objects.as_known().get().ends_on == date(2026, 2, 1)


def test_an_impossible_date_is_told_beside_its_box(amelia: Child, alice: Actor) -> None:
    browser = actors.signed_in(alice)
    day = {"starts_on_day": "31", "starts_on_month": "2", "starts_on_year": "2026"}

    answer = browser.post(f"/children/{amelia.ref}/provision/home-education/", day)

    assert "must be a real date" in answer.content.decode()
    assert not HomeEducation.objects.exists()


@pytest.mark.parametrize(
    "path", ["", "plan/", "plan/{pk}/", "plan/{pk}/end/", "plan/{pk}/withdraw/"]
)
def test_bob_and_mallory_find_nothing(amelia: Child, alice: Actor, path: str) -> None:
    plan = actions.record_plan(child=amelia, starts_on=JANUARY, by=alice)
    url = f"/children/{amelia.ref}/provision/{path.format(pk=plan.pk)}"

    for stranger in (actors.bob(), actors.mallory()):
        assert actors.signed_in(stranger).get(url).status_code == 404


def test_dave_reads_and_may_not_record(amelia: Child, alice: Actor) -> None:
    browser = actors.signed_in(actors.dave())

    assert browser.get(f"/children/{amelia.ref}/provision/").status_code == 200
    assert browser.get(f"/children/{amelia.ref}/provision/plan/").status_code == 403


def test_another_childs_fact_is_not_found_under_this_child(
    amelia: Child, child_of: object, alice: Actor
) -> None:
    other = child_of("Other")  # type: ignore[operator]
    plan = actions.record_plan(child=other, starts_on=JANUARY, by=alice)

    answer = actors.signed_in(alice).get(f"/children/{amelia.ref}/provision/plan/{plan.pk}/")

    assert answer.status_code == 404
