"""Who somebody is today: the actor behind a sign-in, read in one query."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from onroll.office.accounts import roles
from onroll.office.accounts.models import Cover, Membership, RoleHolding, User
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


def signed_in(user_id: int, on: date) -> SignedIn | None:
    """Return who this user is on that day, or None when they may not sign in."""
    mine = {"user": OuterRef("pk")}
    found = (
        User.objects.filter(pk=user_id, is_active=True)
        .annotate(
            held=ArraySubquery(
                RoleHolding.objects.on(on)
                .filter(**mine)
                .order_by("pk")
                .values(row=JSONObject(pk="pk", role="role", school="school_id"))
            ),
            teams=ArraySubquery(
                Membership.objects.on(on)
                .filter(team__is_current=True, **mine)
                .order_by("team_id")
                .values("team_id")
            ),
            covering=ArraySubquery(
                Cover.objects.on(on)
                .filter(covering=OuterRef("pk"))
                .order_by("absent_id")
                .values("absent_id")
            ),
            factors=ArraySubquery(
                Authenticator.objects.filter(**mine)
                .order_by("pk")
                .values(row=JSONObject(pk="pk", type="type"))
            ),
        )
        .values("pk", "name", "email", "held", "teams", "covering", "factors")
        .first()
    )
    if found is None:
        return None
    held = [row for row in found["held"] if row["role"] in roles.BY_KEY]
    actor = Actor(
        pk=found["pk"],
        name=found["name"],
        email=found["email"],
        roles=frozenset(row["role"] for row in held),
        permissions=frozenset().union(*(roles.BY_KEY[row["role"]].permissions for row in held)),
        teams=frozenset(found["teams"]),
        schools=frozenset(row["school"] for row in held if row["school"] is not None),
        covering=frozenset(found["covering"]),
    )
    return SignedIn(
        actor=actor,
        holdings=tuple(row["pk"] for row in found["held"]),
        factors=tuple(row["pk"] for row in found["factors"]),
        has_second_factor=any(row["type"] in SECOND_FACTORS for row in found["factors"]),
    )


def actor_for(user: User, on: date) -> Actor:
    """Return the actor that a user is on that day; NOBODY when they may not sign in."""
    found = signed_in(user.pk, on)
    return found.actor if found else NOBODY
