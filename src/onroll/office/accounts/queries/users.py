"""People who sign in, as an administrator and as they themselves see them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet
from django.utils.http import urlsafe_base64_decode

from onroll.office.accounts.models import Cover, Membership, RoleHolding, User
from onroll.office.accounts.roles import BY_KEY, Role
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown


def users(
    on: date, *, text: str = "", role: str = "", team: str = "", state: str = ""
) -> QuerySet[User]:
    """Return the people who sign in, by name; `state` is "active", "left" or "" for both."""
    found = User.objects.order_by("name", "pk")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if role:
        found = found.filter(pk__in=RoleHolding.objects.on(on).filter(role=role).values("user_id"))
    if team:
        found = found.filter(
            pk__in=Membership.objects.on(on).filter(team_id=team).values("user_id")
        )
    if state:
        found = found.filter(is_active=state == "active")
    return found


# What work of a person packages above know of: how much, in words, and where it is given away.
Teller = Callable[[int], tuple[int, str, str] | None]
_tellers: list[Teller] = []


def let_tell_work(teller: Teller) -> None:
    """Let a package above say what open work a person holds. Called from AppConfig.ready()."""
    if teller not in _tellers:
        _tellers.append(teller)


def work_of(user: User) -> list[tuple[int, str, str]]:
    """Return what open work a person holds: how many, of what, and where to give it away."""
    told = (teller(user.pk) for teller in _tellers)
    return [work for work in told if work is not None]


@dataclass(frozen=True, slots=True)
class UserPage:
    """One person with what they hold today and what they held before."""

    user: User
    roles: tuple[RoleHolding, ...]
    past_roles: tuple[RoleHolding, ...]
    teams: tuple[Membership, ...]
    past_teams: tuple[Membership, ...]
    covered_by: tuple[Cover, ...]
    covers: tuple[Cover, ...]
    factors: tuple[str, ...]
    has_password: bool

    @property
    def role_values(self) -> list[tuple[RoleHolding, Role | None]]:
        return [(held, BY_KEY.get(held.role)) for held in self.roles]


def user_page(user: User, on: date) -> UserPage:
    """Return one person with everything that their page shows."""
    held = list(
        RoleHolding.objects.as_known()
        .filter(user=user)
        .select_related("school")
        .order_by("-starts_on")
    )
    joined = list(
        Membership.objects.as_known()
        .filter(user=user)
        .select_related("team")
        .order_by("-starts_on")
    )
    absences = Cover.objects.as_known().filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return UserPage(
        user=user,
        roles=tuple(h for h in held if not _is_past(h.ends_on, on)),
        past_roles=tuple(h for h in held if _is_past(h.ends_on, on)),
        teams=tuple(m for m in joined if not _is_past(m.ends_on, on)),
        past_teams=tuple(m for m in joined if _is_past(m.ends_on, on)),
        covered_by=tuple(absences.filter(absent=user).select_related("covering")),
        covers=tuple(absences.filter(covering=user).select_related("absent")),
        factors=second_factors(user),
        has_password=user.has_usable_password(),
    )


def _is_past(ends_on: date | None, on: date) -> bool:
    return ends_on is not None and ends_on < on


def second_factors(user: User) -> tuple[str, ...]:
    """Return which second factors a person has set up, in words."""
    words = {
        Authenticator.Type.TOTP: "authenticator app",
        Authenticator.Type.WEBAUTHN: "passkey or security key",
        Authenticator.Type.RECOVERY_CODES: "recovery codes",
    }
    held = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return tuple(said for kind, said in words.items() if kind in held)


def user(pk: int) -> User:
    """Return one person. Raises Unknown."""
    found = User.objects.filter(pk=pk).first()
    if found is None:
        raise Unknown("There is no such person.")
    return found


def user_from_link(uid: str, token: str) -> User:
    """Return whose one-time link this is. Raises Unknown when it was used or is too old."""
    try:
        pk = int(urlsafe_base64_decode(uid))
    except ValueError:
        raise Unknown("This link is not one of ours.") from None
    found = User.objects.filter(pk=pk, is_active=True).first()
    if found is None or not default_token_generator.check_token(found, token):
        raise Unknown("This link has been used or is too old.")
    return found


def role_holding(pk: int) -> RoleHolding:
    """Return one current belief that somebody holds a role. Raises Unknown."""
    found: RoleHolding | None = (
        RoleHolding.objects.as_known().filter(pk=pk).select_related("user", "school").first()
    )
    if found is None:
        raise Unknown("There is no such role held.")
    return found


def membership(pk: int) -> Membership:
    """Return one current belief that somebody belongs to a team. Raises Unknown."""
    found: Membership | None = (
        Membership.objects.as_known().filter(pk=pk).select_related("user", "team").first()
    )
    if found is None:
        raise Unknown("There is no such member.")
    return found


def school_with_urn(urn: int) -> Any:
    """Return the school of a role, or None; schools' own package stands above this one."""
    schools: Any = RoleHolding._meta.get_field("school").related_model
    return schools._default_manager.filter(urn=urn).first()


def own_schools(actor: Actor) -> list[Any]:
    """Return the schools in which somebody holds a role, by name."""
    schools: Any = RoleHolding._meta.get_field("school").related_model
    return list(schools._default_manager.filter(pk__in=actor.schools).order_by("name", "pk"))


def titles_of(actor: Actor) -> list[str]:
    """Return what the roles that somebody holds are called."""
    return sorted(BY_KEY[role].title for role in actor.roles if role in BY_KEY)


def cover(pk: int) -> Cover:
    """Return one arrangement of cover. Raises Unknown."""
    found: Cover | None = (
        Cover.objects.as_known().filter(pk=pk).select_related("absent", "covering").first()
    )
    if found is None:
        raise Unknown("There is no such arrangement.")
    return found


def covers(on: date, *, for_user: int | None = None) -> list[Cover]:
    """Return cover that holds on that day or is still to come."""
    found = Cover.objects.as_known().filter(Q(ends_on=None) | Q(ends_on__gte=on))
    if for_user is not None:
        found = found.filter(Q(absent_id=for_user) | Q(covering_id=for_user))
    return list(found.select_related("absent", "covering").order_by("starts_on", "absent__name"))


@dataclass(frozen=True, slots=True)
class UserLine:
    """One person in the list, with what they hold today in words."""

    user: User
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    has_second_factor: bool


def user_lines(people: list[User], on: date) -> list[UserLine]:
    """Return people with their roles, teams and second factors, in three queries for all."""
    keys = [person.pk for person in people]
    held: dict[int, list[str]] = {}
    for holding in RoleHolding.objects.on(on).filter(user__in=keys).select_related("school"):
        role = BY_KEY.get(holding.role)
        title = role.title if role else holding.role
        where = f" ({holding.school.name})" if holding.school else ""
        held.setdefault(holding.user_id, []).append(title + where)
    joined: dict[int, list[str]] = {}
    for row in Membership.objects.on(on).filter(user__in=keys).select_related("team"):
        joined.setdefault(row.user_id, []).append(row.team.name)
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    secured = set(
        Authenticator.objects.filter(user__in=keys, type__in=kinds).values_list(
            "user_id", flat=True
        )
    )
    return [
        UserLine(
            user=person,
            roles=tuple(sorted(held.get(person.pk, ()))),
            teams=tuple(sorted(joined.get(person.pk, ()))),
            has_second_factor=person.pk in secured,
        )
        for person in people
    ]


def role_counts(on: date) -> dict[str, int]:
    """Return how many people hold each role on that day."""
    counts: dict[str, set[int]] = {}
    for role, user_id in RoleHolding.objects.on(on).values_list("role", "user_id"):
        counts.setdefault(role, set()).add(user_id)
    return {role: len(people) for role, people in counts.items()}
