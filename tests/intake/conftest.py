"""A kind of file that writes localities, small enough to follow."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from onroll.office.accounts.models import Locality
from onroll.office.intake import kinds
from onroll.office.intake.kinds import Applied, Checked, Column, Fault, Loader, Row
from onroll.office.intake.reading import cells
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Refused
from tests import actors


def check(*, rows: Sequence[Row], by: Actor, on: date) -> Checked:
    faults = [
        Fault(row.number, "Name", "Nowhere is not a place.")
        for row in rows
        if row["name"] == "Nowhere"
    ]
    return Checked(faults=tuple(faults), differences={"Localities added": len(rows)})


def apply(*, rows: Sequence[Row], by: Actor, on: date, source: str) -> Applied:
    made = [Locality.objects.create(name=row["name"]) for row in rows]
    return Applied(made=[("accounts.Locality", place.pk) for place in made])


def undo(*, made: Sequence[tuple[str, int]], by: Actor, on: date) -> None:
    places = Locality.objects.filter(pk__in=[key for _, key in made])
    if used := places.filter(name="In use").first():
        raise Refused(f"Schools are counted in {used.name}.")
    places.delete()


PLACES = Loader(
    key="test.places",
    title="Places",
    says="For tests only.",
    columns=(
        Column("name", "Name", cells.text_of(20), required=True, example="Ashford North"),
        Column("since", "Since", cells.a_date, example="01/09/2025", help="Day first."),
    ),
    check=check,
    apply=apply,
    undo=undo,
    unique=("name",),
)


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Loader:
    monkeypatch.setitem(kinds._loaders, PLACES.key, PLACES)
    return PLACES


@pytest.fixture
def mina(db: None) -> Actor:
    """A manager, who applies files."""
    return actors.person("Mina", "team_manager")


@pytest.fixture
def alice(db: None) -> Actor:
    return actors.alice()


@pytest.fixture(autouse=True)
def no_second_factor_is_asked_for(settings: Any) -> None:
    settings.ONROLL_REQUIRE_MFA = False
