"""Cases loaded at once: who may know of a child by them, until when, and who may load."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from onroll.office.accounts.actions import unload as accounts
from onroll.office.accounts.actions.loads import load_organisation
from onroll.office.accounts.actions.rows import Organisation
from onroll.office.accounts.models import Team
from onroll.office.casework.actions import bulk, cases
from onroll.office.casework.models import Case
from onroll.office.cme.actions import bulk as cme
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Refused
from onroll.office.people import actions as people
from onroll.office.people.models import Access, Child
from onroll.office.provision import actions as provision
from onroll.office.schools.actions import unload as schools
from tests import actors
from tests.casework.conftest import TODAY

OPENED, CLOSED = date(2026, 1, 12), date(2026, 2, 16)


@pytest.fixture
def load(amelia: Child, alice: Actor, team: Team) -> Any:
    """Loads a case of Amelia with one allocation; what is said goes over what is usual."""

    def loaded(case: dict[str, Any] | None = None, **allocation: Any) -> Case:
        row = {"kind": "cme", "child_id": amelia.pk, "state": "tracing", "owner_id": alice.pk,
               "team_id": team.pk, "notified_on": OPENED, "opened_on": OPENED}  # fmt: skip
        (pk,) = bulk.load_cases([row | (case or {})], by=PROGRAM)
        state = {"case_id": pk, "state": "tracing", "is_open": True, "starts_on": OPENED}
        bulk.load_states([state], by=PROGRAM)
        turn = {"case_id": pk, "owner_id": alice.pk, "team_id": team.pk, "starts_on": OPENED}
        bulk.load_allocations([turn | allocation], by=PROGRAM)
        return Case.objects.get(pk=pk)

    return loaded


def known_to(child: int, on: date) -> set[tuple[str, int]]:
    found = Access.objects.on(on).filter(child=child, because="case")
    return set(found.values_list("holder_kind", "holder"))


def test_who_holds_a_loaded_case_knows_of_the_child(load: Any, alice: Actor, team: Team) -> None:
    case = load()

    assert known_to(case.child_id, TODAY) == {("person", alice.pk), ("team", team.pk)}


def test_a_closed_case_that_is_loaded_lets_nobody_know_after_it_closed(
    load: Any, alice: Actor, team: Team
) -> None:
    case = load({"state": "closed", "closed_on": CLOSED, "outcome": "on_roll"})

    assert known_to(case.child_id, CLOSED) == {("person", alice.pk), ("team", team.pk)}
    assert known_to(case.child_id, TODAY) == set()


def test_an_allocation_that_ended_before_it_was_loaded_lets_nobody_know_since(load: Any) -> None:
    case = load(ends_on=CLOSED)

    assert known_to(case.child_id, CLOSED)
    assert known_to(case.child_id, TODAY) == set()


def test_what_a_loaded_case_lets_somebody_know_ends_when_it_changes_hands(
    load: Any, alice: Actor, carol: Actor, manager: Actor, team: Team
) -> None:
    case = load()

    cases.allocate(case=case, owner=carol.pk, by=manager, on=TODAY)

    held = Access.objects.as_known().filter(child=case.child_id, ends_on=None)
    assert set(held.values_list("holder_kind", "holder")) == {
        ("person", carol.pk), ("team", team.pk)
    }  # fmt: skip


def test_nobody_loads_or_takes_back_cases_but_who_applies_files(load: Any, alice: Actor) -> None:
    case = load()
    before = Event.objects.count()

    with pytest.raises(Refused, match="apply files"):
        bulk.load_cases([], by=alice)
    with pytest.raises(Refused, match="apply files"):
        people.load_flags([], by=alice)
    with pytest.raises(Refused, match="apply files"):
        people.hold_back_twins([], {}, by=alice, on=TODAY)
    with pytest.raises(Refused, match="apply files"):
        load_organisation(organisation=Organisation(), by=alice)
    with pytest.raises(Refused, match="apply files"):
        bulk.unload(made={"casework.Case": [case.pk]}, by=alice)

    assert Case.objects.filter(pk=case.pk).exists()
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "unload",
    [bulk.unload, cme.unload, schools.unload, provision.unload, people.unload,
     partial(accounts.unload, recordings={})],
)  # fmt: skip
def test_a_package_takes_back_no_row_of_another(unload: Callable[..., None], db: None) -> None:
    with pytest.raises(Refused, match=r"journal\.Event"):
        unload(made={"journal.Event": [1]}, by=PROGRAM)
    with pytest.raises(Refused):
        unload(made={}, by=actors.alice())
