"""Children and people for the tests of this package."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions, queries
from onroll.office.people.models import Child
from onroll.office.people.queries import children
from onroll.office.web import navigation
from tests import actors

TODAY = actors.TODAY


@pytest.fixture
def alice(db: None) -> Actor:
    return actors.alice()


@pytest.fixture
def bob(db: None) -> Actor:
    return actors.bob()


@pytest.fixture
def mallory(db: None) -> Actor:
    return actors.mallory()


@pytest.fixture
def carol(db: None) -> Actor:
    return actors.carol()


@pytest.fixture
def dave(db: None) -> Actor:
    return actors.dave()


@pytest.fixture
def erin(db: None) -> Actor:
    return actors.erin()


@pytest.fixture
def add(alice: Actor) -> Callable[..., Child]:
    """Adds a child as alice does: by searching first."""

    def added(
        given_names: str = "Amelia Rose",
        family_name: str = "Khan",
        born_on: date | None = date(2015, 4, 3),
        **more: object,
    ) -> Child:
        proof = queries.find(text=f"{given_names} {family_name}", by=alice, on=TODAY).proof
        return actions.add_child(
            searched=proof,
            given_names=given_names,
            family_name=family_name,
            born_on=born_on,
            by=alice,
            on=TODAY,
            **more,  # type: ignore[arg-type]
        )

    return added


@pytest.fixture
def amelia(add: Callable[..., Child], alice: Actor) -> Child:
    """A child with an address and a UPN."""
    child = add()
    actions.record_address(
        child=child,
        line_1="14 High Street",
        town="Zedham",
        postcode="ZZ1 4AB",
        starts_on=date(2020, 1, 1),
        by=alice,
        on=TODAY,
    )
    return child


@pytest.fixture
def browse(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], Client]:
    """A browser in which somebody of the cast is signed in, on the day of the tests."""
    settings.ROOT_URLCONF = "tests.people.urls"
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.WHITENOISE_AUTOREFRESH = True
    # What packages above say of a child needs their pages, which are not drawn here.
    monkeypatch.setattr(navigation, "_ways", {})
    monkeypatch.setattr(children, "_tellers", {})
    monkeypatch.setattr(clock, "today", lambda: TODAY)

    def browser(actor: Actor) -> Client:
        client = Client()
        client.force_login(
            actors.user_of(actor), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return browser
