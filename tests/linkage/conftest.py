"""The cast of linkage, a day, and a source to send lists to."""

import pytest
from pytest_django.fixtures import Settings

from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.models import Source
from tests import actors
from tests.actors import TODAY
from tests.linkage.lists import a_source


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Pages open on TODAY, and ask nobody for a second factor."""
    settings.ONROLL_REQUIRE_MFA = False
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def carol() -> Actor:
    return actors.carol()


@pytest.fixture
def mina() -> Actor:
    """A second person who loads lists."""
    return actors.person("Mina", "team_manager")


@pytest.fixture
def births(carol: Actor) -> Source:
    return a_source(carol)
