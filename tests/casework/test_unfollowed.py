"""Children who miss education with no case: nobody drops out of sight, however long ago it was."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.casework.actions import cases
from onroll.office.casework.models import Case, Referral
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.casework.queries.children import standings
from onroll.office.casework.queries.unfollowed import narrowed, unfollowed
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.references import new_receipt
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.provision.models import HomeEducation
from onroll.office.schools.models import Enrolment, School
from onroll.statute.reasons import Place
from tests import actors
from tests.canary.planting import BUILT_ON, Hidden

TODAY = actors.TODAY
Add = Callable[..., Child]


def names(actor: Actor) -> list[str]:
    return [str(row.child) for row in unfollowed(actor, TODAY)]


def left(child: Child, school: School, on: date, **more: object) -> None:
    values = {"child": child, "school": school, "starts_on": date(2020, 9, 2), "ends_on": on}
    Enrolment.objects.create(**values, **more)


def test_a_leaver_stays_until_somebody_follows_however_long_ago_it_was(
    add: Add, school: School, alice: Actor
) -> None:
    long_ago, told = add(), add("Ben", "Osei")
    left(long_ago, school, date(2023, 2, 17))
    left(told, school, date(2026, 2, 20), destination="Leeds")

    found = unfollowed(alice, TODAY)

    assert [(row.child, row.since) for row in found] == [
        (long_ago, date(2023, 2, 18)),
        (told, date(2026, 2, 21)),
    ]
    assert found[0].last_roll is not None
    assert found[0].last_roll.school == school


def test_a_case_a_waiting_referral_or_education_takes_a_child_off(
    add: Add, school: School, alice: Actor
) -> None:
    followed, waiting, at_home = add(), add("Ben", "Osei"), add("Chen", "Li")
    for child in (followed, waiting, at_home):
        left(child, school, date(2026, 2, 20))
    assert len(names(alice)) == 3

    cases.open_case(kind="cme", child=followed, by=alice, on=TODAY)
    Referral.objects.create(
        ref=new_receipt(), submission=uuid4(), child=waiting, received_on=TODAY,
        source="school", route="staff",
    )  # fmt: skip
    HomeEducation.objects.create(child=at_home, starts_on=date(2026, 2, 21))

    assert names(alice) == []


def test_unsuitable_home_education_and_an_unconfirmed_move_keep_a_child_on(
    add: Add, school: School, alice: Actor
) -> None:
    at_home, moved = add(), add("Ben", "Osei")
    for child in (at_home, moved):
        left(child, school, date(2026, 2, 20))
    HomeEducation.objects.create(
        child=at_home, starts_on=date(2026, 2, 21), suitability="unsuitable"
    )
    people.conclude_whereabouts(
        child=moved, conclusion="elsewhere", la_code="383", starts_on=TODAY, by=alice, on=TODAY
    )

    found = {row.child: row.why for row in unfollowed(alice, TODAY)}

    assert any("judged unsuitable" in says for says in found[at_home])
    assert any("not confirmed" in says for says in found[moved])


def test_a_child_of_whom_nothing_is_recorded_stands_first_and_those_of_another_age_not(
    add: Add, school: School, alice: Actor
) -> None:
    left(add(), school, date(2023, 2, 17))
    new_here = add("Ben", "Osei")
    add("Small", "Brother", date(2023, 5, 1))
    add("Big", "Sister", date(2007, 5, 1))

    found = unfollowed(alice, TODAY)

    assert [row.since for row in found] == [None, date(2023, 2, 18)]
    assert found[0].child == new_here


def test_a_closed_case_is_shown_and_narrows(add: Add, school: School, alice: Actor) -> None:
    before, never = add(), add("Ben", "Osei")
    for child in (before, never):
        left(child, school, date(2026, 2, 20))
    closed = cases.open_case(kind="cme", child=before, by=alice, on=TODAY - timedelta(days=9))
    Case.objects.filter(pk=closed.pk).update(closed_on=TODAY, outcome="not_cme", state="closed")

    rows = unfollowed(alice, TODAY)

    assert {row.child: row.last_outcome for row in rows} == {
        before: "Not missing education",
        never: "",
    }
    assert [row.child for row in narrowed(rows, case="before")] == [before]
    assert [row.child for row in narrowed(rows, text="osei", case="never")] == [never]
    assert narrowed(rows, year="1") == []


def test_nothing_that_is_left_out_is_missing(known: Hidden) -> None:
    """The list asks the law about few; asking about every child must find the same."""
    carol = actors.carol()
    forgotten = Child.objects.exclude(cases__closed_on=None, cases__isnull=False).exclude(
        sealings__isnull=False
    )[:3]
    Enrolment.objects.filter(child__in=[child.pk for child in forgotten]).delete()
    children = list(Child.objects.visible_to(carol))
    followed = set(Case.objects.filter(closed_on=None).values_list("child", flat=True))
    followed |= set(
        Referral.objects.filter(state__in=UNDECIDED, child__isnull=False).values_list(
            "child", flat=True
        )
    )

    missing = {
        pk
        for pk, found in standings(children, BUILT_ON).items()
        if found.place is Place.MISSING_EDUCATION
    } - followed

    assert {row.child.pk for row in unfollowed(carol, BUILT_ON)} == missing
    assert missing  # there is somebody to find


@pytest.mark.usefixtures("manager")
def test_the_page_and_its_file_list_the_children_and_strangers_find_nothing(
    add: Add, school: School, as_: Callable[[Actor], Client], alice: Actor, mallory: Actor
) -> None:
    left(add(), school, date(2026, 2, 20))

    page = as_(alice).get(reverse("casework:unfollowed"))
    file = as_(alice).get(reverse("casework:unfollowed_csv"))

    assert "Amelia Khan" in page.content.decode()
    assert "Fernhill Primary School" in page.content.decode()
    assert "Khan" in file.content.decode()
    assert as_(mallory).get(reverse("casework:unfollowed")).status_code == 403


def test_a_sealed_child_is_listed_for_the_cleared_alone(
    add: Add, school: School, alice: Actor, carol: Actor
) -> None:
    child = add()
    left(child, school, date(2026, 2, 20))
    people.seal(child=child, reason="Refuge", by=actors.dave(), on=TODAY)

    assert unfollowed(alice, TODAY) == []
    rows = unfollowed(carol, TODAY)
    assert [row.child for row in rows] == [child]
    assert rows[0].last_roll is not None
