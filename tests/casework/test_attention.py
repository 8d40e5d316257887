"""Children who miss education with no case: one officer looks into each, and none drops out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from onroll.office.casework.actions import attention, cases
from onroll.office.casework.models import Attention
from onroll.office.casework.queries.my_work import my_work
from onroll.office.casework.queries.unfollowed import Unfollowed, narrowed, unfollowed
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people.models import Child
from onroll.office.schools.models import Enrolment, School
from tests import actors

TODAY = actors.TODAY
LAST = TODAY + timedelta(days=28)
Add = Callable[..., Child]
As = Callable[[Actor], Client]


@pytest.fixture
def gone(add: Add, school: School) -> Child:
    """A child who left a school for nowhere."""
    return _gone(add(), school)


def _gone(child: Child, school: School) -> Child:
    Enrolment.objects.create(
        child=child, school=school, starts_on=date(2020, 9, 2), ends_on=date(2026, 2, 20)
    )
    return child


def row_of(child: Child, by: Actor, on: date = TODAY) -> Unfollowed:
    return next(row for row in unfollowed(by, on) if row.child == child)


def test_who_looks_into_a_child_and_since_when_is_shown_to_everybody(
    gone: Child, alice: Actor, carol: Actor
) -> None:
    attention.take(children=[gone], by=alice, on=TODAY)

    row = row_of(gone, carol)
    assert row.taken is not None
    assert (row.taken.who.name, row.taken.starts_on) == ("Alice", TODAY)
    assert [e.children for e in Event.objects.filter(verb="children.looked_into")] == [[gone.pk]]


def test_two_officers_do_not_take_one_child_but_one_may_take_over(
    gone: Child, alice: Actor, carol: Actor
) -> None:
    attention.take(children=[gone], by=alice, on=TODAY)

    second = attention.take(children=[gone], by=carol, on=TODAY)
    assert (list(second.taken), [held.who.name for held in second.held]) == ([], ["Alice"])

    later = TODAY + timedelta(days=3)
    attention.take(children=[gone], by=carol, on=later, over=True)
    row, before = row_of(gone, alice, later), row_of(gone, alice)
    assert row.taken is not None
    assert before.taken is not None
    assert (before.taken.who.name, row.taken.who.name) == ("Alice", "Carol")


def test_several_are_taken_at_once_and_those_in_other_hands_stay_there(
    gone: Child, add: Add, school: School, alice: Actor, carol: Actor
) -> None:
    other = _gone(add("Ben", "Osei"), school)
    attention.take(children=[gone], by=alice, on=TODAY)

    took = attention.take(children=[gone, other], by=carol, on=TODAY)

    assert [made.child for made in took.taken] == [other]
    rows = unfollowed(carol, TODAY)
    assert [r.child for r in narrowed(rows, who="me", mine=carol.stands_for)] == [other]
    assert [r.child for r in narrowed(rows, who="some")] == [gone, other]
    assert narrowed(rows, who="none") == []


def test_letting_go_leaves_the_child_with_nobody(gone: Child, alice: Actor) -> None:
    attention.take(children=[gone], by=alice, on=TODAY)

    attention.release(child=gone, by=alice, on=TODAY)

    assert row_of(gone, alice).taken is None
    assert Attention.objects.count() == 1  # that it was so is still on record
    with pytest.raises(Faulty):
        attention.release(child=gone, by=alice, on=TODAY)


def test_what_somebody_took_runs_out_after_four_weeks(gone: Child, alice: Actor) -> None:
    attention.take(children=[gone], by=alice, on=TODAY)

    assert row_of(gone, alice, LAST - timedelta(days=1)).taken is not None
    assert row_of(gone, alice, LAST).taken is None


def test_a_child_set_aside_comes_back_to_the_list_by_itself_on_the_day(
    gone: Child, alice: Actor
) -> None:
    back = TODAY + timedelta(days=7)
    attention.set_aside(child=gone, why="Roll is being entered", back_on=back, by=alice, on=TODAY)

    rows = unfollowed(alice, TODAY)
    assert narrowed(rows) == []
    (row,) = narrowed(rows, aside="only")
    assert row.aside is not None
    assert (row.back_on, row.aside.why) == (back, "Roll is being entered")
    assert narrowed(unfollowed(alice, back - timedelta(days=1))) == []
    assert [r.child for r in narrowed(unfollowed(alice, back))] == [gone]


@pytest.mark.parametrize("back", [TODAY, LAST + timedelta(days=1)])
def test_nobody_is_set_aside_for_longer_than_28_days(gone: Child, alice: Actor, back: date) -> None:
    with pytest.raises(Faulty, match="28 days"):
        attention.set_aside(child=gone, why="Away", back_on=back, by=alice, on=TODAY)
    attention.set_aside(child=gone, why="Away", back_on=LAST, by=alice, on=TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attention.objects.update(ends_on=LAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attention.objects.update(ends_on=None)


def test_setting_aside_needs_a_reason_and_can_be_undone(gone: Child, alice: Actor) -> None:
    with pytest.raises(Faulty):
        attention.set_aside(child=gone, why=" ", back_on=LAST, by=alice, on=TODAY)
    attention.set_aside(child=gone, why="Away", back_on=LAST, by=alice, on=TODAY)

    attention.bring_back(child=gone, by=alice, on=TODAY)

    assert row_of(gone, alice).aside is None
    assert Event.objects.filter(verb="children.brought_back").count() == 1


def test_my_work_counts_those_who_are_not_set_aside(
    gone: Child, add: Add, school: School, alice: Actor
) -> None:
    _gone(add("Ben", "Osei"), school)
    attention.set_aside(child=gone, why="Away", back_on=LAST, by=alice, on=TODAY)

    assert my_work(alice, TODAY).unfollowed == 1


def test_a_child_who_has_a_case_is_neither_taken_nor_set_aside(gone: Child, alice: Actor) -> None:
    cases.open_case(kind="cme", child=gone, by=alice, on=TODAY)

    with pytest.raises(Faulty, match="open case"):
        attention.take(children=[gone], by=alice, on=TODAY)
    with pytest.raises(Faulty, match="open case"):
        attention.set_aside(child=gone, why="Away", back_on=LAST, by=alice, on=TODAY)


def test_whoever_does_no_casework_takes_nobody(gone: Child) -> None:
    with pytest.raises(Refused):
        attention.take(children=[gone], by=actors.dave(), on=TODAY)


def test_the_page_takes_those_ticked_and_shows_those_set_aside_by_themselves(
    gone: Child, add: Add, school: School, as_: As, alice: Actor, carol: Actor
) -> None:
    other = _gone(add("Ben", "Osei"), school)
    page, listed = as_(alice), reverse("casework:unfollowed")

    page.post(reverse("casework:unfollowed_take"), {"child": [gone.ref, other.ref]})
    told = as_(carol).get(listed).content.decode()
    assert told.count("Alice<br>") == 2
    assert "Take over" in told

    back = clock.today() + timedelta(days=7)
    sent = {
        "why": "Roll is being entered", "back_on_day": back.day, "back_on_month": back.month,
        "back_on_year": back.year,
    }  # fmt: skip
    aside = reverse("casework:unfollowed_aside", args=[gone.ref])
    assert page.post(aside, sent).status_code == 302
    shown = page.get(listed).content.decode()
    assert "1 child is set aside" in shown
    assert "Amelia Khan" not in shown.split("<table")[1]
    assert "Roll is being entered" in page.get(listed, {"aside": "only"}).content.decode()

    page.post(reverse("casework:unfollowed_back"), {"one": gone.ref})
    page.post(reverse("casework:unfollowed_release"), {"one": gone.ref})
    assert "No child is set aside" in page.get(listed).content.decode()
    assert row_of(gone, alice, clock.today()).taken is None
