"""A team with children, schools and cases for the tests of casework and of its kinds."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Team
from onroll.office.casework.actions import cases
from onroll.office.casework.models import Case
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from onroll.office.schools.models import School
from onroll.office.web import navigation
from tests import actors

TODAY = actors.TODAY


@pytest.fixture
def team(db: None) -> Team:
    found, _ = Team.objects.get_or_create(
        key="cme", defaults={"name": "Children missing education", "kinds": ["cme"]}
    )
    return found


@pytest.fixture
def alice(team: Team) -> Actor:
    return actors.alice(team=team)


@pytest.fixture
def bob(db: None) -> Actor:
    return actors.bob()


@pytest.fixture
def mallory(db: None) -> Actor:
    return actors.mallory()


@pytest.fixture
def carol(team: Team) -> Actor:
    return actors.carol(team=team)


@pytest.fixture
def manager(team: Team) -> Actor:
    return actors.person("Mona", "team_manager", team=team)


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(name="Fernhill Primary School", la_code="999", status="Open")


@pytest.fixture
def add(alice: Actor) -> Callable[..., Child]:
    """Adds a child as alice does: by searching first."""

    def added(
        given_names: str = "Amelia",
        family_name: str = "Khan",
        born_on: date | None = date(2015, 4, 3),
        **more: object,
    ) -> Child:
        proof = find(text=f"{given_names} {family_name}", by=alice, on=TODAY).proof
        return people.add_child(
            searched=proof, given_names=given_names, family_name=family_name, born_on=born_on,
            by=alice, on=TODAY, **more,
        )  # type: ignore[arg-type] # fmt: skip

    return added


@pytest.fixture
def amelia(add: Callable[..., Child]) -> Child:
    return add()


@pytest.fixture
def case(amelia: Child, alice: Actor, team: Team) -> Case:
    """An open case of missing education whose key worker alice is."""
    return cases.open_case(
        kind="cme", child=amelia, owner=alice.pk, team=team.pk, by=alice, on=date(2026, 2, 2)
    )


@pytest.fixture
def screens(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages under the project's settings, with the ways in of casework alone."""
    ways = {key: way for key, way in navigation._ways.items() if key.startswith("casework:")}
    monkeypatch.setattr(navigation, "_ways", ways)
    settings.ROOT_URLCONF = "tests.casework.urls"
    settings.ALLOWED_HOSTS = ["*"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False


@pytest.fixture
def as_(screens: None) -> Callable[[Actor], Client]:
    """A browser in which somebody of the cast is signed in."""

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(
            actors.user_of(actor), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return signed_in
