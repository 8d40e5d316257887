"""In which part of the area a child is counted: that of the home, unless the record says other."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from onroll.office.accounts.actions.structure import draw_locality
from onroll.office.accounts.models import Locality, LocalityArea
from onroll.office.accounts.queries import areas_on
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people import actions
from onroll.office.people.models import Child, ChildLocality
from onroll.office.people.queries import children_in, locality_of
from tests import actors

TODAY = actors.TODAY
Add = Callable[..., Child]


@pytest.fixture
def ada(db: None) -> Actor:
    return actors.person("Ada", "administrator")


@pytest.fixture
def north(ada: Actor) -> Locality:
    return drawn("North", ada, "ZZ1", "ZZ2")


@pytest.fixture
def riverside(ada: Actor, north: Locality) -> Locality:
    return drawn("Riverside", ada, "zz1 4")


def drawn(name: str, by: Actor, *areas: str) -> Locality:
    found = Locality.objects.create(name=name)
    draw_locality(locality=found, areas=areas, starts_on=date(2024, 9, 1), by=by)
    return found


def housed(child: Child, postcode: str, by: Actor, since: date = date(2025, 1, 1)) -> Child:
    actions.record_address(
        child=child, line_1="4 Elm Row", postcode=postcode, starts_on=since, by=by, on=TODAY
    )
    return child


def name_of(child: Child, by: Actor, on: date = TODAY) -> str:
    found = locality_of(child, by=by, on=on)
    return found.name if found else ""


def counted(locality: Locality, on: date = TODAY) -> list[Child]:
    return list(Child.objects.filter(children_in(locality.pk, on)).order_by("pk"))


def test_a_child_is_counted_where_the_home_is_and_a_sector_goes_before_its_district(
    add: Add, alice: Actor, north: Locality, riverside: Locality
) -> None:
    by_district = housed(add(), "ZZ1 1AA", alice)
    by_sector = housed(add("Ben", "Osei"), "ZZ1 4AB", alice)
    longer_district = housed(add("Chen", "Li"), "ZZ14 4AB", alice)

    assert [name_of(c, alice) for c in (by_district, by_sector, longer_district)] == [
        "North", "Riverside", "",
    ]  # fmt: skip
    assert counted(north) == [by_district]
    assert counted(riverside) == [by_sector]


def test_the_locality_follows_a_move_and_the_day_before_keeps_the_old_one(
    add: Add, alice: Actor, north: Locality, riverside: Locality
) -> None:
    child = housed(add(), "ZZ1 1AA", alice)
    housed(child, "ZZ1 4AB", alice, since=TODAY)

    assert name_of(child, alice) == "Riverside"
    assert name_of(child, alice, TODAY - timedelta(days=1)) == "North"


def test_what_is_recorded_for_the_child_goes_before_the_home_until_it_ends(
    add: Add, alice: Actor, north: Locality, riverside: Locality
) -> None:
    child = housed(add(), "ZZ1 1AA", alice)
    own = actions.record_locality(
        child=child, locality=riverside.pk, starts_on=TODAY, by=alice, on=TODAY
    )

    assert name_of(child, alice) == "Riverside"
    assert (counted(north), counted(riverside)) == ([], [child])

    later = TODAY + timedelta(days=10)
    actions.end_fact(fact=own, child=child, ends_on=TODAY, by=alice, on=TODAY)
    assert name_of(child, alice, later) == "North"
    assert counted(north, later) == [child]


def test_an_area_goes_over_to_another_locality_from_a_day_on(
    add: Add, alice: Actor, ada: Actor, north: Locality
) -> None:
    child = housed(add(), "ZZ2 1AA", alice)
    west = Locality.objects.create(name="West")

    draw_locality(locality=west, areas=["ZZ2"], starts_on=TODAY, by=ada)

    assert name_of(child, alice) == "West"
    assert name_of(child, alice, TODAY - timedelta(days=1)) == "North"
    assert areas_on(TODAY) == {north.pk: ["ZZ1"], west.pk: ["ZZ2"]}
    assert Event.objects.filter(verb="accounts.locality_drawn").last().data["areas"] == ["ZZ2"]  # type: ignore[union-attr]


def test_areas_said_again_are_not_written_again(ada: Actor, north: Locality) -> None:
    draw_locality(locality=north, areas=["ZZ2", "ZZ1 "], starts_on=TODAY, by=ada)

    assert LocalityArea.objects.count() == 2


@pytest.mark.parametrize("typed", ["Leeds", "ZZ1 4AB", "1", "%"])
def test_what_no_postcode_begins_with_is_refused(ada: Actor, north: Locality, typed: str) -> None:
    with pytest.raises(Faulty):
        draw_locality(locality=north, areas=[typed], starts_on=TODAY, by=ada)

    assert areas_on(TODAY) == {north.pk: ["ZZ1", "ZZ2"]}


def test_only_an_administrator_draws_a_locality(alice: Actor, north: Locality) -> None:
    with pytest.raises(Refused):
        draw_locality(locality=north, areas=[], starts_on=TODAY, by=alice)


def test_a_sealed_child_is_in_no_locality_but_for_the_cleared(
    add: Add, alice: Actor, carol: Actor, dave: Actor, north: Locality, riverside: Locality
) -> None:
    by_home = housed(add(), "ZZ1 1AA", alice)
    by_record = add("Ben", "Osei")
    actions.record_locality(
        child=by_record, locality=riverside.pk, starts_on=TODAY, by=alice, on=TODAY
    )

    for child in (by_home, by_record):
        actions.seal(child=child, reason="Refuge", by=dave, on=TODAY)

    assert not ChildLocality.objects.exists()
    assert counted(north) == counted(riverside) == []
    assert [name_of(c, alice) for c in (by_home, by_record)] == ["", ""]
    assert [name_of(c, carol) for c in (by_home, by_record)] == ["North", "Riverside"]
