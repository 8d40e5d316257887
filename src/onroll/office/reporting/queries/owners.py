"""Who owns what is asked: roles, the teams whose people hold them, and the authority's own key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onroll.office.accounts.models import Membership, RoleHolding
from onroll.office.accounts.queries.authority import authority
from onroll.office.accounts.roles import BY_KEY, ROLES
from onroll.statute.editions import EDITIONS
from onroll.statute.responsibilities import RESPONSIBILITIES

NO_ROLE = "own_rules"  # under which the authority's own rules stand, which name no role


@dataclass(frozen=True, slots=True)
class Owner:
    """A role that owns what is asked: how many people hold it, in which teams (key, name)."""

    key: str
    title: str
    people: int = 0
    teams: tuple[tuple[str, str], ...] = ()

    @property
    def is_role(self) -> bool:
        """Whether it is a role at all, that somebody ought to hold."""
        return self.key != NO_ROLE


def owner_choices() -> list[tuple[str, str]]:
    """Return every role that owns something, in the order of the roles."""
    owning = {entry.owned_by for entry in RESPONSIBILITIES}
    return [(role.key, role.title) for role in ROLES if role.key in owning]


def owners_on(day: date) -> Mapping[str, Owner]:
    """Return every role of the authority's own with who holds it on a day, by its key."""
    holders: dict[str, set[int]] = {}
    held = RoleHolding.objects.on(day).filter(user__is_active=True)
    for role, user in held.values_list("role", "user_id"):
        holders.setdefault(role, set()).add(user)
    teams: dict[int, set[tuple[str, str]]] = {}
    joined = Membership.objects.on(day).filter(team__is_current=True)
    for user, key, name in joined.values_list("user_id", "team__key", "team__name"):
        teams.setdefault(user, set()).add((name, key))
    return {
        role.key: Owner(
            key=role.key,
            title=role.title,
            people=len(holders.get(role.key, ())),
            teams=tuple(
                (key, name)
                for name, key in sorted(
                    {team for user in holders.get(role.key, ()) for team in teams.get(user, ())}
                )
            ),
        )
        for role in ROLES
        if not role.is_schools
    }


def title_of(role: str) -> str:
    """Return what a role is called; its key for one that is no longer there."""
    return BY_KEY[role].title if role in BY_KEY else role


def own_keys(pack: str) -> frozenset[str]:
    """Return under which keys the law library may know this authority: that of the policy pack
    that it chose, and that of the authority whose name it bears."""
    named = authority().name.lower()
    known = {entry.authority for entry in RESPONSIBILITIES} | {e.authority for e in EDITIONS}
    return frozenset(
        {pack} | {key for key in known if f"{named} ".startswith(f"{key.replace('_', ' ')} ")}
    )
