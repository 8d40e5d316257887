"""The cast. Alice may and does; bob is signed in and may not; mallory may not even know.

Each call makes the person's sign-in and roles and returns the Actor that the person is, so that a
test speaks of people and not of permissions. Carol, dave and erin keep sealed records.
"""

from datetime import date

from django.test import Client

from onroll.office.accounts.models import Membership, RoleHolding, Team, User
from onroll.office.accounts.queries.actors import actor_for
from onroll.office.kernel.actor import Actor

SINCE = date(2020, 9, 1)
TODAY = date(2026, 3, 5)


def person(
    name: str, *roles: str, team: Team | None = None, school: int | None = None, on: date = TODAY
) -> Actor:
    """Somebody who signs in with these roles, in this team or at this school."""
    user, _ = User.objects.get_or_create(email=f"{name.lower()}@council.example", name=name)
    for role in roles:
        RoleHolding.objects.get_or_create(
            user=user, role=role, school_id=school, defaults={"starts_on": SINCE}
        )
    if team is not None:
        Membership.objects.get_or_create(user=user, team=team, defaults={"starts_on": SINCE})
    return actor_for(user, on)


def user_of(actor: Actor) -> User:
    """The sign-in of somebody of the cast."""
    return User.objects.get(pk=actor.pk)


def signed_in(actor: Actor) -> Client:
    """A browser in which somebody of the cast is signed in, errors shown as their pages."""
    client = Client()
    client.force_login(user_of(actor), backend="django.contrib.auth.backends.ModelBackend")
    return client


def alice(**belongs: object) -> Actor:
    """A CME officer, whose work this is."""
    return person("Alice", "cme_officer", **belongs)  # type: ignore[arg-type]


def bob(**belongs: object) -> Actor:
    """A virtual head's analyst: signed in, counts children, opens no record, changes nothing."""
    return person("Bob", "analyst", **belongs)  # type: ignore[arg-type]


def mallory(**belongs: object) -> Actor:
    """A school user to whom no child of the test belongs."""
    return person("Mallory", "school_user", **belongs)  # type: ignore[arg-type]


def carol(**belongs: object) -> Actor:
    """A CME coordinator, cleared to see sealed children, who does not seal."""
    return person("Carol", "cme_coordinator", **belongs)  # type: ignore[arg-type]


def dave() -> Actor:
    """An information governance officer: reads everything, seals, and changes no record."""
    return person("Dave", "information_governance")


def erin() -> Actor:
    """A strategic lead: the second person who lifts a seal."""
    return person("Erin", "strategic_lead")
