"""Who somebody is today: the actor behind a sign-in, read in one query."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db import connection

from onroll.office.accounts import roles
from onroll.office.accounts.models import User
from onroll.office.kernel.actor import Actor

NOBODY = Actor(pk=None, name="Nobody signed in")

# Recovery codes are a way back in, not a second factor of their own.
SECOND_FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An actor, and the facts that end their sign-ins elsewhere when one of them changes."""

    actor: Actor
    holdings: tuple[int, ...]
    factors: tuple[int, ...]
    has_second_factor: bool


# Every request asks it: composing it of models took five times as long as the database's answer.
_WHO = """
with
held as (
    select id, role, school_id from accounts_roleholding
    where user_id = %(user)s and superseded_at is null
        and starts_on <= %(on)s and (ends_on is null or ends_on >= %(on)s)
),
teams as (
    select team_id from accounts_membership joined
    join accounts_team team on team.id = joined.team_id and team.is_current
    where user_id = %(user)s and superseded_at is null
        and starts_on <= %(on)s and (ends_on is null or ends_on >= %(on)s)
),
covering as (
    select absent_id from accounts_cover
    where covering_id = %(user)s and superseded_at is null
        and starts_on <= %(on)s and (ends_on is null or ends_on >= %(on)s)
)
select name, email,
    array(select array[id::text, role, school_id::text] from held order by id),
    array(select team_id from teams),
    array(select absent_id from covering),
    array(
        select array[id::text, type] from mfa_authenticator where user_id = %(user)s order by id
    )
from accounts_user where id = %(user)s and is_active
"""


def signed_in(user_id: int, on: date) -> SignedIn | None:
    """Return who this user is on that day, or None when they may not sign in."""
    with connection.cursor() as cursor:
        cursor.execute(_WHO, {"user": user_id, "on": on})
        found = cursor.fetchone()
    if found is None:
        return None
    name, email, holdings, teams, covering, factors = found
    held = [(roles.BY_KEY[role], school) for _, role, school in holdings if role in roles.BY_KEY]
    actor = Actor(
        pk=user_id,
        name=name,
        email=email,
        roles=frozenset(role.key for role, _ in held),
        permissions=frozenset().union(*(role.permissions for role, _ in held)),
        teams=frozenset(teams),
        schools=frozenset(int(school) for _, school in held if school is not None),
        covering=frozenset(covering),
    )
    return SignedIn(
        actor=actor,
        holdings=tuple(int(pk) for pk, *_ in holdings),
        factors=tuple(int(pk) for pk, _ in factors),
        has_second_factor=any(kind in SECOND_FACTORS for _, kind in factors),
    )


def actor_for(user: User, on: date) -> Actor:
    """Return the actor that a user is on that day; NOBODY when they may not sign in."""
    found = signed_in(user.pk, on)
    return found.actor if found else NOBODY
