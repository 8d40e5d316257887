"""Two schools, two children and the people who may record where they are."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from onroll.office.accounts.models import Authority
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.schools import actions
from onroll.office.schools.models import School
from tests import actors


@pytest.fixture
def authority(db: None) -> Authority:
    made, _ = Authority.objects.update_or_create(
        pk=1, defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"}
    )
    return made


@pytest.fixture
def alice(db: None) -> Actor:
    return actors.alice()


@pytest.fixture
def mina(db: None) -> Actor:
    """A manager, who edits schools and applies files."""
    return actors.person("Mina", "team_manager")


@pytest.fixture
def oak(authority: Authority) -> School:
    return School.objects.create(
        urn=900001, name="Oak Academy", la_code="999", estab="4001", phase="Secondary",
        status="Open", town="Zedham",
    )  # fmt: skip


@pytest.fixture
def elm(authority: Authority) -> School:
    return School.objects.create(
        urn=900002, name="Elm Primary School", la_code="999", estab="2002", phase="Primary",
        status="Open", opened_on=date(2001, 9, 1),
    )  # fmt: skip


@pytest.fixture
def child_of(db: None) -> Callable[..., Child]:
    def made(family_name: str = "Khan", born_on: date | None = date(2013, 4, 3)) -> Child:
        row = people.ChildRow(
            key=family_name,
            given_names="Amelia",
            family_name=family_name,
            born_on=born_on,
            known_from=date(2020, 1, 1),
        )
        keys = people.load_children([row], by=PROGRAM, on=actors.TODAY)
        return Child.objects.get(pk=keys[family_name])

    return made


@pytest.fixture
def amelia(child_of: Callable[..., Child]) -> Child:
    return child_of()


def terms(year: int) -> list[actions.TermDates]:
    """The six half-terms of a school year as an authority might set them."""
    return [
        actions.TermDates(date(year, 9, 3), date(year, 10, 23), "Autumn 1"),
        actions.TermDates(date(year, 11, 2), date(year, 12, 18), "Autumn 2"),
        actions.TermDates(date(year + 1, 1, 4), date(year + 1, 2, 12), "Spring 1"),
        actions.TermDates(date(year + 1, 2, 22), date(year + 1, 3, 26), "Spring 2"),
        actions.TermDates(date(year + 1, 4, 12), date(year + 1, 5, 28), "Summer 1"),
        actions.TermDates(date(year + 1, 6, 7), date(year + 1, 7, 21), "Summer 2"),
    ]


@pytest.fixture(autouse=True)
def no_second_factor_is_asked_for(settings: Any) -> None:
    settings.ONROLL_REQUIRE_MFA = False
