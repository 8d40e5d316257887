"""What may be chosen in a form."""

from datetime import date

from onroll.office.accounts import roles
from onroll.office.accounts.models import (
    Body,
    Locality,
    Membership,
    Post,
    RoleHolding,
    Service,
    Team,
    User,
)

Choices = list[tuple[str, str]]

OFFICES: dict[str, str] = {
    "cme_named_person": "Named person for children missing education",
    "virtual_school_head": "Virtual school head",
}

# Keys of kinds of case. The packages that bring them stand above this one.
KINDS: dict[str, str] = {
    "cme": "Children missing education",
    "attendance": "Attendance",
    "exclusions": "Suspensions and permanent exclusions",
    "home_education": "Elective home education",
    "arranged": "Education that the authority arranges",
}


def kind_choices() -> Choices:
    """Return the kinds of case that a team can take."""
    return list(KINDS.items())


def kind_titles(keys: list[str]) -> list[str]:
    """Return kinds of case in words."""
    return [KINDS.get(key, key) for key in keys]


def office_choices() -> Choices:
    """Return the offices to which somebody is appointed by name."""
    return list(OFFICES.items())


def office_title(office: str) -> str:
    """Return an office in words."""
    return OFFICES.get(office, office)


def role_choices(*, schools: bool | None = None) -> Choices:
    """Return the roles, of schools or of the authority's staff; both for None."""
    return [(r.key, r.title) for r in roles.ROLES if schools is None or r.is_schools == schools]


def team_choices(kind: str | None = None) -> Choices:
    """Return current teams, optionally only those that take a kind of case."""
    found = Team.objects.filter(is_current=True)
    if kind is not None:
        found = found.filter(kinds__contains=[kind])
    return [(str(pk), name) for pk, name in found.order_by("name").values_list("pk", "name")]


def user_choices(
    permission: str | None = None, team: int | None = None, *, on: date
) -> list[tuple[int, str]]:
    """Return who can be chosen: people with a permission, people of a team, on that day."""
    found = User.objects.filter(is_active=True)
    if permission is not None:
        carrying = [r.key for r in roles.ROLES if permission in r.permissions]
        held = RoleHolding.objects.on(on).filter(role__in=carrying)
        found = found.filter(pk__in=held.values("user_id"))
    if team is not None:
        joined = Membership.objects.on(on).filter(team_id=team)
        found = found.filter(pk__in=joined.values("user_id"))
    return list(found.order_by("name").values_list("pk", "name"))


def staff_choices(*, on: date) -> Choices:
    """Return everyone who holds a role of the authority's own on that day."""
    schools = [r.key for r in roles.ROLES if r.is_schools]
    held = RoleHolding.objects.on(on).exclude(role__in=schools)
    found = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def service_choices() -> Choices:
    """Return every service."""
    return [
        (str(pk), name) for pk, name in Service.objects.order_by("name").values_list("pk", "name")
    ]


def body_choices(*, natures: tuple[str, ...] = ()) -> Choices:
    """Return bodies, optionally of some natures only."""
    found = Body.objects.filter(nature__in=natures) if natures else Body.objects.all()
    return [(str(pk), name) for pk, name in found.order_by("name").values_list("pk", "name")]


def body_natures() -> Choices:
    """Return what a body can be to the authority."""
    return list(Body.Nature.choices)


def locality_choices() -> Choices:
    """Return every locality."""
    return [
        (str(pk), name) for pk, name in Locality.objects.order_by("name").values_list("pk", "name")
    ]


def employers() -> Choices:
    """Return who may employ the holder of a post."""
    return list(Post.Employer.choices)
