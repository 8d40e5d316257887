"""The cast of attendance: who sends in registers, and two schools."""

import pytest
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Authority
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.schools.models import School
from tests import actors
from tests.actors import TODAY


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Pages open on TODAY, and ask nobody for a second factor."""
    settings.ONROLL_REQUIRE_MFA = False
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def officer(db: None) -> Actor:
    """An attendance officer, who sends in registers."""
    return actors.person("Olu", "attendance_officer")


@pytest.fixture
def authority(db: None) -> Authority:
    made, _ = Authority.objects.update_or_create(
        pk=1, defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"}
    )
    return made


def _school(n: int, name: str) -> School:
    return School.objects.create(
        urn=900000 + n, name=name, la_code="999", estab=f"400{n}", phase="Secondary", status="Open"
    )


@pytest.fixture
def oak(authority: Authority) -> School:
    return _school(1, "Oak Academy")


@pytest.fixture
def elm(authority: Authority) -> School:
    return _school(2, "Elm School")
