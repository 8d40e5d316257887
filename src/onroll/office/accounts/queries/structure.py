"""What the organisation was on a day: services, teams, who delivers them, who is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TypeVar

from django.db.models import Model, QuerySet

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
)
from onroll.office.accounts.queries.authority import Named, named_person
from onroll.office.accounts.queries.choices import OFFICES, office_title
from onroll.office.kernel.decision import Unknown

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team as it stood on a day, under the name that it had then."""

    team: Team
    name: str
    duties: str
    delivered_by: Body | None
    members: int


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """A service with its teams on a day; `service` of None holds teams in no service."""

    service: Service | None
    depth: int
    teams: tuple[TeamLine, ...]
    name: str = ""  # of the service on the day

    @property
    def label(self) -> str:
        return f"Teams of {self.name}" if self.service else "Teams in no service"


@dataclass(frozen=True, slots=True)
class Structure:
    """The whole organisation on a day, as known then or now."""

    on: date
    groups: tuple[ServiceGroup, ...]
    named: tuple[tuple[str, Named], ...]

    @property
    def team_count(self) -> int:
        return sum(len(group.teams) for group in self.groups)


D = TypeVar("D", TeamDetail, ServiceDetail)


def _as_it_was(
    model: type[D], key: str, on: date, known_at: datetime | None = None
) -> dict[int, D]:
    """Return what each was called on a day; before the first of its days, as it first was."""
    found: dict[int, D] = {}
    for row in model.objects.as_known(known_at).order_by("starts_on"):
        of = getattr(row, f"{key}_id")
        if of not in found or row.starts_on <= on:
            found[of] = row
    return found


def team_names(on: date, known_at: datetime | None = None) -> dict[int, str]:
    """Return the name of every team as it was on a day, as known then or now."""
    named = {pk: row.name for pk, row in _as_it_was(TeamDetail, "team", on, known_at).items()}
    return {pk: named.get(pk, name) for pk, name in Team.objects.values_list("pk", "name")}


def structure_on(on: date, known_at: datetime | None = None) -> Structure:
    """Return the structure of that day: a team stands where its placement put it then.

    Teams and services have the names of that day, and services stand where they then did.
    """
    placed = {p.team_id: p.service_id for p in TeamPlacement.objects.on(on, known_at)}
    bodies_by_team = {
        d.team_id: d.body for d in Delivery.objects.on(on, known_at).select_related("body")
    }
    members: dict[int, int] = {}
    for team_id in Membership.objects.on(on, known_at).values_list("team_id", flat=True):
        members[team_id] = members.get(team_id, 0) + 1
    ever_placed = set(
        TeamPlacement.objects.as_known(known_at).values_list("team_id", flat=True).distinct()
    )
    called = _as_it_was(TeamDetail, "team", on, known_at)
    lines: dict[int | None, list[TeamLine]] = {}
    for found in Team.objects.order_by("name"):
        # A team that has been placed existed on the days of its placements and on no others.
        if found.pk not in placed and (found.pk in ever_placed or not found.is_current):
            continue
        was = called.get(found.pk)
        line = TeamLine(
            team=found,
            name=was.name if was else found.name,
            duties=was.duties if was else found.duties,
            delivered_by=bodies_by_team.get(found.pk),
            members=members.get(found.pk, 0),
        )
        lines.setdefault(placed.get(found.pk), []).append(line)
    services = _services_on(on, known_at)
    groups = [
        ServiceGroup(
            service=found, depth=depth, teams=_by_name(lines.get(found.pk, ())), name=found.name
        )
        for found, depth in _in_order(services)
    ]
    if lines.get(None):
        groups.append(ServiceGroup(service=None, depth=0, teams=_by_name(lines[None])))
    held = _with_those_above(groups)
    named = tuple((office_title(key), named_person(key, on, known_at)) for key in OFFICES)
    return Structure(on=on, groups=tuple(held), named=named)


def _by_name(lines: Iterable[TeamLine]) -> tuple[TeamLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.name))


def _services_on(on: date, known_at: datetime | None) -> list[Service]:
    """Return the services with the names of that day, each part of what it then was."""
    was = _as_it_was(ServiceDetail, "service", on, known_at)
    services = list(Service.objects.all())
    for found in services:
        if detail := was.get(found.pk):
            found.name, found.part_of_id = detail.name, detail.part_of_id
    return sorted(services, key=lambda service: service.name)


def delivered_by(kind: str, on: date) -> str:
    """Return which body does the work on one kind of case for the authority; "" where it does."""
    deliveries = Delivery.objects.on(on).filter(team__is_current=True, team__kinds__contains=[kind])
    return deliveries.order_by("team").values_list("body__name", flat=True).first() or ""


def services_on(on: date, known_at: datetime | None = None) -> dict[int, str]:
    """Return the name that the service of each team had on a day, by the team's key."""
    was = _as_it_was(ServiceDetail, "service", on, known_at)
    return {
        placed.team_id: was[placed.service_id].name
        if placed.service_id in was
        else str(placed.service)
        for placed in TeamPlacement.objects.on(on, known_at).select_related("service")
    }


def _in_order(services: Iterable[Service]) -> list[tuple[Service, int]]:
    by_parent: dict[int | None, list[Service]] = {}
    for found in services:
        by_parent.setdefault(found.part_of_id, []).append(found)

    def below(parent: int | None, depth: int) -> list[tuple[Service, int]]:
        walked = []
        for found in by_parent.get(parent, ()):
            walked += [(found, depth), *below(found.pk, depth + 1)]
        return walked

    return below(None, 0)


def _with_those_above(groups: list[ServiceGroup]) -> list[ServiceGroup]:
    """Leave out services that had no team on the day, unless one below them had."""
    kept: list[ServiceGroup] = []
    for i, group in enumerate(groups):
        below = []
        for later in groups[i + 1 :]:
            if later.depth <= group.depth:
                break
            below.append(later)
        if group.teams or any(b.teams for b in below):
            kept.append(group)
    return kept


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the organisation's history, in words."""

    on: date
    says: str
    why: str
    is_correction: bool = False


def changes(most: int = 200) -> list[Change]:
    """Return what was reorganised and when, newest first, as it is believed now."""
    found = [
        *_ups_and_downs(
            TeamPlacement.objects.as_known().select_related("team", "service"),
            "{0.team} moved into {0.service}",
            "{0.team} left {0.service}",
            key=lambda f: ("placement", f.team_id),
        ),
        *_ups_and_downs(
            Delivery.objects.as_known().select_related("team", "body"),
            "{0.body} began to deliver {0.team}",
            "{0.body} stopped delivering {0.team}",
            key=lambda f: ("delivery", f.team_id),
        ),
        *_ups_and_downs(
            Appointment.objects.as_known(),
            "{0.name} became {0.office_words}",
            "{0.name} stopped being {0.office_words}",
            key=lambda f: ("appointment", f.office, f.is_deputy),
        ),
        *_renamings(TeamDetail.objects.as_known().order_by("team", "starts_on"), "team_id"),
        *_renamings(
            ServiceDetail.objects.as_known().order_by("service", "starts_on"), "service_id"
        ),
    ]
    found.sort(key=lambda change: (change.on, change.says), reverse=True)
    return found[:most]


def _renamings(details: Iterable[TeamDetail | ServiceDetail], key: str) -> list[Change]:
    found = []
    for before, after in pairwise(details):
        if getattr(before, key) == getattr(after, key) and before.name != after.name:
            says = f"{before.name} became {after.name}"
            found.append(Change(on=after.starts_on, says=says, why=after.source))
    return found


def _ups_and_downs(facts: QuerySet, up: str, down: str, *, key) -> list[Change]:  # type: ignore[type-arg, no-untyped-def]
    rows = list(facts)
    starts = {(key(f), f.starts_on) for f in rows}
    found = []
    for fact in rows:
        if isinstance(fact, Appointment):
            deputy = "deputy " if fact.is_deputy else ""
            office = office_title(fact.office)
            fact.office_words = deputy + office[:1].lower() + office[1:]  # type: ignore[attr-defined]
        found.append(Change(on=fact.starts_on, says=up.format(fact), why=fact.source))
        if fact.ends_on is None:
            continue
        # An end on the eve of the next beginning is the same change told twice.
        after = date.fromordinal(fact.ends_on.toordinal() + 1)
        if (key(fact), after) not in starts:
            found.append(Change(on=fact.ends_on, says=down.format(fact), why=fact.source))
    return found


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Everything that a team's page shows."""

    team: Team
    members: tuple[Membership, ...]
    placements: tuple[TeamPlacement, ...]
    deliveries: tuple[Delivery, ...]
    placed: TeamPlacement | None
    delivered: Delivery | None
    names: tuple[TeamDetail, ...] = ()  # newest first


def team_page(team: Team, on: date) -> TeamPage:
    """Return a team with its members today and its whole history, newest first."""
    joined = Membership.objects.on(on).filter(team=team, user__is_active=True)
    placements = TeamPlacement.objects.as_known().filter(team=team).select_related("service")
    deliveries = Delivery.objects.as_known().filter(team=team).select_related("body")
    placed = tuple(placements.order_by("-starts_on"))
    delivered = tuple(deliveries.order_by("-starts_on"))
    return TeamPage(
        team=team,
        members=tuple(joined.select_related("user").order_by("user__name")),
        placements=placed,
        deliveries=delivered,
        placed=next((p for p in placed if p.holds_on(on)), None),
        delivered=next((d for d in delivered if d.holds_on(on)), None),
        names=tuple(TeamDetail.objects.as_known().filter(team=team).order_by("-starts_on")),
    )


def _one(found: M | None, what: str) -> M:
    if found is None:
        raise Unknown(f"There is no such {what}.")
    return found


def team(key: str) -> Team:
    """Return one team by its key. Raises Unknown."""
    return _one(Team.objects.filter(key=key).first(), "team")


def service(pk: int) -> Service:
    """Return one service. Raises Unknown."""
    return _one(Service.objects.filter(pk=pk).first(), "service")


def body(pk: int) -> Body:
    """Return one body. Raises Unknown."""
    return _one(Body.objects.filter(pk=pk).first(), "body")


def bodies() -> list[Body]:
    """Return every body, those that work on the authority's behalf first."""
    order = {nature: i for i, nature in enumerate(Body.Nature.values)}
    return sorted(Body.objects.all(), key=lambda b: (order.get(b.nature, len(order)), b.name))


def locality(pk: int) -> Locality:
    """Return one locality. Raises Unknown."""
    return _one(Locality.objects.filter(pk=pk).first(), "locality")


def areas_on(on: date) -> dict[int, list[str]]:
    """Return how the postcodes of each locality begin on a day, by the locality's key."""
    held: dict[int, list[str]] = {}
    rows = LocalityArea.objects.on(on).order_by("begins").values_list("locality", "begins")
    for pk, begins in rows:
        held.setdefault(pk, []).append(begins)
    return held


def localities() -> list[Locality]:
    """Return every locality."""
    return list(Locality.objects.order_by("name"))


def appointment(pk: int) -> Appointment:
    """Return one current belief that somebody is appointed. Raises Unknown."""
    found: Appointment | None = Appointment.objects.as_known().filter(pk=pk).first()
    return _one(found, "appointment")
