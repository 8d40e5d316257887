"""A whole organisation written at once, with its past: for a demonstration or an import.

Everything is keyed by its natural key (an e-mail address, a name), so that the rows can be
written down by hand. People who sign in, with their roles, come this way only from the program
itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.text import slugify

from onroll.office.accounts import policy, roles
from onroll.office.accounts.actions.authority import DETAILS
from onroll.office.accounts.actions.rows import (
    SINCE_EVER,
    Organisation,
    PostRow,
    Span,
    TeamRow,
    UserRow,
)
from onroll.office.accounts.models import (
    Appointment,
    Authority,
    Body,
    Cover,
    Delivery,
    Locality,
    LocalityArea,
    LocalRules,
    Membership,
    Post,
    PostDetail,
    PostHolding,
    Recording,
    RoleHolding,
    Service,
    ServiceDetail,
    Team,
    TeamDetail,
    TeamPlacement,
    User,
)
from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import Fact

LOADED = verb(
    "accounts.organisation_loaded",
    "loaded an organisation: {users} people, {teams} teams, {posts} posts",
    "users",
    "teams",
    "posts",
    "facts",
)

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The primary keys of what was loaded, by natural key."""

    users: dict[str, int]
    teams: dict[str, int]
    services: dict[str, int]
    bodies: dict[str, int]
    localities: dict[str, int]
    posts: tuple[int, ...]


@transaction.atomic
def load_organisation(
    *,
    organisation: Organisation,
    by: Actor,
    password: str | None = None,
    as_it_happened: bool = False,
    source: str = "",
) -> Loaded:
    """Write an organisation with its history.

    `as_it_happened` dates the knowledge of each fact to its own first day, as if this program
    had been there; without it everything becomes known now. One password for all, or none.
    """
    policy.can_load(by).require()
    if organisation.users or organisation.authority:
        policy.can_load_rights(by).require()
    load = _Load(by=by, as_it_happened=as_it_happened, source=source)
    if organisation.authority:
        surplus = organisation.authority.keys() - set(DETAILS)
        if surplus:
            raise ValueError(f"an authority has no {', '.join(sorted(surplus))}")
        Authority.objects.update_or_create(pk=1, defaults=dict(organisation.authority))
    bodies = load.rows(Body, "name", [Body(name=n, nature=k) for n, k in organisation.bodies])
    localities = load.rows(Locality, "name", [Locality(name=n) for n in organisation.localities])
    load.facts(LocalRules, [(span, dict(values)) for span, values in organisation.rules])
    load.facts(
        LocalityArea,
        [
            (span, {"locality_id": localities[name], "begins": begins})
            for name, begins, span in organisation.areas
        ],
    )
    services = _services(load, organisation)
    teams = _teams(load, organisation.teams, services, bodies)
    users = _users(load, organisation.users, teams, password)
    posts = _posts(load, organisation.posts, teams, users)
    load.facts(
        Appointment,
        [
            (
                a.span,
                {
                    "office": a.office,
                    "is_deputy": a.is_deputy,
                    "name": a.name,
                    "email": a.email,
                    "telephone": a.telephone,
                    "user_id": users.get(a.email),
                },
            )
            for a in organisation.appointments
        ],
    )
    load.facts(
        Cover,
        [
            (span, {"absent_id": users[absent], "covering_id": users[covering]})
            for absent, covering, span in organisation.cover
        ],
    )
    for series, began_on, says in organisation.recordings:
        Recording.objects.update_or_create(
            series=series, defaults={"began_on": began_on, "says": says}
        )
    record(LOADED, by=by, users=len(users), teams=len(teams), posts=len(posts), facts=load.count)
    return Loaded(
        users=users,
        teams=teams,
        services=services,
        bodies=bodies,
        localities=localities,
        posts=posts,
    )


class _Load:
    """How the facts of one load are dated and by whom; counts what it writes."""

    def __init__(self, *, by: Actor, as_it_happened: bool, source: str) -> None:
        self.by, self.as_it_happened, self.source, self.count = by, as_it_happened, source, 0

    def rows(
        self, model: type[models.Model], key: str, rows: Sequence[models.Model]
    ) -> dict[str, int]:
        made = model._default_manager.bulk_create(rows)
        return {getattr(row, key): row.pk for row in made}

    def facts(self, model: type[F], rows: Sequence[tuple[Span, dict[str, Any]]]) -> None:
        common: dict[str, Any] = {"recorded_by_id": self.by.pk, "source": self.source}
        made = []
        for span, values in rows:
            known = {"recorded_at": _morning(span.starts_on)} if self.as_it_happened else {}
            made.append(
                model(starts_on=span.starts_on, ends_on=span.ends_on, **common, **known, **values)
            )
        model.objects.bulk_create(made, batch_size=1_000)
        self.count += len(made)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def _services(load: _Load, organisation: Organisation) -> dict[str, int]:
    made: dict[str, int] = {}
    for name, part_of in organisation.services:
        made[name] = Service.objects.create(name=name, part_of_id=made.get(part_of)).pk
    placed: dict[str, list[Span]] = {}
    for row in organisation.teams:
        for service, span in row.services:
            placed.setdefault(service, []).append(span)
    above = dict(organisation.services)
    for service, spans in list(placed.items()):
        while service := above.get(service, ""):
            placed.setdefault(service, []).extend(spans)
    load.facts(
        ServiceDetail,
        [
            (_since(placed.get(name, ())), {
                "service_id": made[name], "name": name, "part_of_id": made.get(part_of),
            })
            for name, part_of in organisation.services
        ],
    )  # fmt: skip
    return made


def _since(spans: Iterable[Span]) -> Span:
    """Return since when something has been there: from the first of its days, else since ever."""
    return Span(min((span.starts_on for span in spans), default=SINCE_EVER))


def _teams(
    load: _Load, rows: Sequence[TeamRow], services: dict[str, int], bodies: dict[str, int]
) -> dict[str, int]:
    teams = load.rows(
        Team,
        "key",
        [
            Team(
                key=row.key or slugify(row.name),
                name=row.name,
                email=row.email,
                telephone=row.telephone,
                kinds=list(row.kinds),
                duties=row.duties,
                is_current=row.is_current,
            )
            for row in rows
        ],
    )
    load.facts(
        TeamDetail,
        [
            (_since(span for _, span in row.services), {
                "team_id": teams[row.key], "name": row.name, "duties": row.duties,
            })
            for row in rows
        ],
    )  # fmt: skip
    load.facts(
        TeamPlacement,
        [
            (span, {"team_id": teams[row.key], "service_id": services[service]})
            for row in rows
            for service, span in row.services
        ],
    )
    load.facts(
        Delivery,
        [
            (span, {"team_id": teams[row.key], "body_id": bodies[body]})
            for row in rows
            for body, span in row.bodies
        ],
    )
    return teams


def _users(
    load: _Load, rows: Sequence[UserRow], teams: dict[str, int], password: str | None
) -> dict[str, int]:
    unknown = {role for row in rows for role in row.roles} - roles.BY_KEY.keys()
    if unknown:
        raise Faulty(("roles", f"There are no such roles: {', '.join(sorted(unknown))}"))
    # One slow hash for all of them: a password of a demonstration is no secret.
    hashed = make_password(password)
    users = load.rows(
        User,
        "email",
        [
            User(
                email=row.email,
                name=row.name,
                job_title=row.job_title,
                telephone=row.telephone,
                qualifications=row.qualifications,
                is_active=row.is_active,
                password=hashed,
            )
            for row in rows
        ],
    )
    load.facts(
        RoleHolding,
        [
            (
                span,
                {
                    "user_id": users[row.email],
                    "role": role,
                    "school_id": row.school_id if roles.BY_KEY[role].is_schools else None,
                },
            )
            for row in rows
            for role, span in row.roles.items()
        ],
    )
    load.facts(
        Membership,
        [
            (span, {"user_id": users[row.email], "team_id": teams[team]})
            for row in rows
            for team, span in row.teams.items()
        ],
    )
    return users


def _posts(
    load: _Load, rows: Sequence[PostRow], teams: dict[str, int], users: dict[str, int]
) -> tuple[int, ...]:
    made = Post.objects.bulk_create(
        [
            Post(
                title=row.title,
                category=row.category,
                employer=row.employer,
                team_id=teams.get(row.team),
                established_on=row.established_on,
                abolished_on=row.abolished_on,
            )
            for row in rows
        ]
    )
    load.facts(
        PostDetail,
        [
            (Span(post.established_on, post.abolished_on), {
                "post_id": post.pk, "title": post.title, "category": post.category,
                "employer": post.employer, "team_id": post.team_id,
            })
            for post in made
        ],
    )  # fmt: skip
    load.facts(
        PostHolding,
        [
            (
                span,
                {
                    "post_id": post.pk,
                    "holder": holder,
                    "full_time_equivalent": share,
                    "user_id": users.get(email),
                },
            )
            for post, row in zip(made, rows, strict=True)
            for holder, span, share, email in row.holders
        ],
    )
    return tuple(post.pk for post in made)
