"""Services, teams, bodies and localities, and the dated facts that hold them together."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.text import slugify

from onroll.office.accounts import policy
from onroll.office.accounts.actions.details import written_from
from onroll.office.accounts.models import (
    Appointment,
    Body,
    Delivery,
    Locality,
    LocalityArea,
    Membership,
    Service,
    ServiceDetail,
    Team,
    TeamDetail,
    TeamPlacement,
    User,
)
from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty

WROTE = verb("accounts.structure_written", "wrote down a {what}", "what")
TEAM_PLACED = verb(
    "accounts.team_placed", "placed a team in a service from {starts_on}", "service", "starts_on"
)
TEAM_CLOSED = verb("accounts.team_closed", "closed a team after {ends_on}", "ends_on")
DELIVERED = verb(
    "accounts.team_delivered",
    "said which body delivers a team from {starts_on}",
    "body",
    "starts_on",
)
JOINED = verb(
    "accounts.team_joined", "put a person in a team from {starts_on}", "team", "starts_on"
)
LEFT = verb("accounts.team_left", "took a person out of a team after {ends_on}", "team", "ends_on")
APPOINTED = verb(
    "accounts.appointed",
    "appointed to {office} from {starts_on}",
    "office",
    "is_deputy",
    "starts_on",
)
DRAWN = verb(
    "accounts.locality_drawn",
    "said which postcodes are a locality’s from {starts_on} on: {areas}",
    "areas",
    "starts_on",
)
STOOD_DOWN = verb("accounts.stood_down", "ended an appointment to {office}", "office", "ends_on")

F = TypeVar("F", bound=facts.Fact)


def _succeed(
    model: type[F], key: dict[str, Any], *, starts_on: date, by: Actor, **values: Any
) -> F:
    """End what held on the day before and begin another; refuse to rewrite what came later."""
    current = model.objects.as_known().filter(**key)
    if current.filter(starts_on__gte=starts_on).exists():
        raise Faulty(("starts_on", "Something later is already recorded: choose a later day"))
    for fact in current.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=starts_on)):
        facts.end(fact, on=starts_on - timedelta(days=1), by=by)
    return facts.state(model, by=by, starts_on=starts_on, **key, **values)


def _free(model: type[models.Model], name: str, except_for: int | None = None) -> None:
    if model._default_manager.filter(name__iexact=name).exclude(pk=except_for).exists():
        raise Faulty(("name", "There is already one of this name"))


@transaction.atomic
def save_service(
    *,
    name: str,
    by: Actor,
    on: date,
    part_of: int | None = None,
    service: Service | None = None,
    starts_on: date | None = None,
) -> Service:
    """Add a service, or rename one and say what it is part of, from a day on; today if left out."""
    policy.can_edit(by).require()
    _free(Service, name, service.pk if service else None)
    if service is not None:
        _require_no_circle(service, part_of)
    else:
        service = Service.objects.create(name=name, part_of_id=part_of)
    now = written_from(
        ServiceDetail,
        {"service": service},
        starts_on=starts_on or on,
        by=by,
        on=on,
        name=name,
        part_of_id=part_of,
    )
    if now is not None:
        Service.objects.filter(pk=service.pk).update(name=now.name, part_of_id=now.part_of_id)
    record(WROTE, by=by, subject=service, what="service")
    return service


def _require_no_circle(service: Service, part_of: int | None) -> None:
    above = dict(Service.objects.values_list("pk", "part_of_id"))
    at = part_of
    while at is not None:
        if at == service.pk:
            raise Faulty(("part_of", "A service can’t be part of itself"))
        at = above.get(at)


@transaction.atomic
def save_team(
    *,
    name: str,
    by: Actor,
    on: date,
    email: str = "",
    telephone: str = "",
    kinds: Sequence[str] = (),
    duties: str = "",
    team: Team | None = None,
    starts_on: date | None = None,
) -> Team:
    """Add a team, or change what is written about one. Its key never changes.

    `starts_on` is the day from which it has the name and the duties; today if left out.
    """
    policy.can_edit(by).require()
    reached = {"email": email, "telephone": telephone, "kinds": list(kinds)}
    if team is not None:
        Team.objects.filter(pk=team.pk).update(**reached)
    else:
        key = slugify(name)
        if not key or Team.objects.filter(key=key).exists():
            raise Faulty(("name", "There is already a team of this name: choose another"))
        team = Team.objects.create(key=key, name=name, duties=duties, **reached)
    now = written_from(
        TeamDetail,
        {"team": team},
        starts_on=starts_on or on,
        by=by,
        on=on,
        name=name,
        duties=duties,
    )
    if now is not None:
        Team.objects.filter(pk=team.pk).update(name=now.name, duties=now.duties)
    record(WROTE, by=by, subject=team, what="team")
    return team


@transaction.atomic
def place_team(
    *, team: Team, service: Service, starts_on: date, by: Actor, source: str = ""
) -> None:
    """Move a team into a service from a day on: the reorganisation is dated, not overwritten."""
    policy.can_edit(by).require()
    _succeed(
        TeamPlacement, {"team": team}, starts_on=starts_on, by=by, service=service, source=source
    )
    record(TEAM_PLACED, by=by, subject=team, service=service.pk, starts_on=starts_on)


@transaction.atomic
def close_team(*, team: Team, ends_on: date, by: Actor) -> None:
    """Close a team after a last day: its placement, delivery and memberships end with it."""
    policy.can_edit(by).require()
    for model in (TeamPlacement, Delivery, Membership):
        held = model.objects.as_known().filter(team=team, starts_on__lte=ends_on)
        for fact in held.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=ends_on)):
            facts.end(fact, on=ends_on, by=by)
    Team.objects.filter(pk=team.pk).update(is_current=False)
    record(TEAM_CLOSED, by=by, subject=team, ends_on=ends_on)


@transaction.atomic
def deliver_team(*, team: Team, body: Body, starts_on: date, by: Actor, source: str = "") -> None:
    """Say which body delivers a team's work from a day on; the authority stays responsible."""
    policy.can_edit(by).require()
    _succeed(Delivery, {"team": team}, starts_on=starts_on, by=by, body=body, source=source)
    record(DELIVERED, by=by, subject=team, body=body.pk, starts_on=starts_on)


@transaction.atomic
def join_team(*, user: User, team: Team, starts_on: date, by: Actor, source: str = "") -> None:
    """Put a person in a team from a day on."""
    policy.can_edit(by).require()
    if Membership.objects.during(starts_on, date.max).filter(user=user, team=team).exists():
        raise Faulty(("user", "This person is in the team already"))
    facts.state(Membership, by=by, user=user, team=team, starts_on=starts_on, source=source)
    record(JOINED, by=by, subject=user, team=team.pk, starts_on=starts_on)


@transaction.atomic
def leave_team(*, membership: Membership, ends_on: date, by: Actor) -> None:
    """Take a person out of a team after a last day."""
    policy.can_edit(by).require()
    if ends_on < membership.starts_on:
        facts.supersede(membership, by=by, replace=False)
    else:
        facts.end(membership, on=ends_on, by=by)
    record(LEFT, by=by, subject=membership.user, team=membership.team_id, ends_on=ends_on)


@transaction.atomic
def save_body(
    *,
    name: str,
    nature: str,
    by: Actor,
    la_code: str = "",
    email: str = "",
    telephone: str = "",
    body: Body | None = None,
) -> Body:
    """Add an organisation that the authority works with, or change what is written about it."""
    policy.can_edit(by).require()
    _free(Body, name, body.pk if body else None)
    values = {
        "name": name,
        "nature": nature,
        "la_code": la_code,
        "email": email,
        "telephone": telephone,
    }
    if body is not None:
        Body.objects.filter(pk=body.pk).update(**values)
    else:
        body = Body.objects.create(**values)
    record(WROTE, by=by, subject=body, what="body")
    return body


@transaction.atomic
def save_locality(*, name: str, by: Actor, locality: Locality | None = None) -> Locality:
    """Add a part of the area, or rename one."""
    policy.can_edit(by).require()
    _free(Locality, name, locality.pk if locality else None)
    if locality is not None:
        Locality.objects.filter(pk=locality.pk).update(name=name)
    else:
        locality = Locality.objects.create(name=name)
    record(WROTE, by=by, subject=locality, what="locality")
    return locality


AREA = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9])?")


def _area(typed: str) -> str:
    """Return how the postcodes of an area begin, "ZZ1" or "ZZ1 4". Raises Faulty."""
    compact = re.sub(r"\s+", " ", typed.strip().upper())
    if not AREA.fullmatch(compact):
        says = f"“{typed.strip()}” is not how a postcode begins: write ZZ1 or ZZ1 4"
        raise Faulty(("areas", says))
    return compact


@transaction.atomic
def draw_locality(
    *, locality: Locality, areas: Sequence[str], starts_on: date, by: Actor, source: str = ""
) -> None:
    """Say which postcodes are a locality's from a day on; what it held before ends the day before.

    An area that another locality had goes over.
    """
    policy.can_edit(by).require()
    wanted = sorted({_area(typed) for typed in areas if typed.strip()})
    held = LocalityArea.objects.as_known().filter(Q(locality=locality) | Q(begins__in=wanted))
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if held.filter(starts_on__gt=starts_on).exists():
        raise Faulty(("starts_on", "Something later is already recorded: choose a later day"))
    kept = set()
    for old in held:
        if old.locality_id == locality.pk and old.begins in wanted:
            kept.add(old.begins)
        elif old.starts_on == starts_on:
            facts.supersede(old, by=by, replace=False)
        else:
            facts.end(old, on=starts_on - timedelta(days=1), by=by)
    for begins in wanted:
        if begins not in kept:
            facts.state(
                LocalityArea, by=by, locality=locality, begins=begins, starts_on=starts_on,
                source=source,
            )  # fmt: skip
    record(DRAWN, by=by, subject=locality, areas=wanted, starts_on=starts_on)


@transaction.atomic
def appoint(
    *,
    office: str,
    name: str,
    starts_on: date,
    by: Actor,
    is_deputy: bool = False,
    email: str = "",
    telephone: str = "",
    user: User | None = None,
    source: str = "",
) -> Appointment:
    """Appoint a named person, or their deputy; whoever was before ends on the day before."""
    policy.can_edit(by).require()
    made = _succeed(
        Appointment,
        {"office": office, "is_deputy": is_deputy},
        starts_on=starts_on,
        by=by,
        name=name,
        email=email,
        telephone=telephone,
        user=user,
        source=source,
    )
    record(APPOINTED, by=by, subject=made, office=office, is_deputy=is_deputy, starts_on=starts_on)
    return made


@transaction.atomic
def stand_down(*, appointment: Appointment, ends_on: date, by: Actor) -> None:
    """End an appointment after a last day, with nobody after."""
    policy.can_edit(by).require()
    if ends_on < appointment.starts_on:
        raise Faulty(("ends_on", "The last day must be the first day or later"))
    facts.end(appointment, on=ends_on, by=by)
    record(STOOD_DOWN, by=by, subject=appointment, office=appointment.office, ends_on=ends_on)
