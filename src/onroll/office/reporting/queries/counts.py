"""Reads that count across packages, each with its two dates."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from onroll.office.accounts.models import PostHolding, Team
from onroll.office.accounts.queries.structure import services_on, structure_on
from onroll.office.casework.models import Case, Referral
from onroll.office.casework.queries import then
from onroll.office.cme.models import Episode
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Particulars
from onroll.office.people.queries import particulars


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One case as it stood on a day; `may_list` says whether the asker may open it."""

    case: Case  # the cover sheet of that day
    service: str  # in which its team then stood
    child: Particulars
    year_taught: int | None  # where that is not the year of the age
    episode: Episode | None  # the last one that had begun by that day
    may_list: bool

    @property
    def team(self) -> str:
        return self.case.team.name if self.case.team else ""

    @property
    def key_worker(self) -> str:
        return self.case.owner.name if self.case.owner else ""


def cases_open_on(*, on: date, known_at: datetime | None, by: Actor) -> list[OpenCase]:
    """Return the cases that count for this person and were open at the end of a day."""
    counted = Case.objects.counted_for(by)
    covers = then.open_on(counted, on=on, known_at=known_at)
    listed = set(Case.objects.visible_to(by).values_list("pk", flat=True))
    services = services_on(on, known_at)
    children = {cover.child_id for cover in covers}
    # What came from an old system may be known from before the child's own record.
    known = particulars.first_particulars_of(children) | particulars.particulars_of(
        children, known_at=known_at
    )
    taught = particulars.years_taught(children, on, known_at=known_at)
    episodes = _episodes(covers, on=on, known_at=known_at)
    return [
        OpenCase(
            case=cover,
            service=services.get(cover.team_id, "") if cover.team_id else "",
            child=known[cover.child_id],
            year_taught=taught.get(cover.child_id),
            episode=episodes.get(cover.pk),
            may_list=cover.pk in listed,
        )
        for cover in covers
    ]


def _episodes(covers: list[Case], *, on: date, known_at: datetime | None) -> Mapping[int, Episode]:
    begun = (
        Episode.objects.as_known(known_at)
        .filter(case__in=[cover.pk for cover in covers], starts_on__lte=on)
        .select_related("local_reason")
        .order_by("starts_on", "pk")
    )
    return {episode.case_id: episode for episode in begun}


@dataclass(frozen=True, slots=True)
class Staffing:
    """A team as it stood on a day, with how many posts and people it had."""

    team: Team
    service: str
    posts: int
    people: int


def teams_on(*, on: date, known_at: datetime | None) -> list[Staffing]:
    """Return the teams that there were on a day, by name."""
    holdings = PostHolding.objects.on(on, known_at)
    held = Counter(holdings.values_list("post__team", flat=True))
    people = dict(
        holdings.order_by().values_list("post__team").annotate(n=Count("holder", distinct=True))
    )
    found = [
        Staffing(
            team=line.team,
            service=group.service.name if group.service else "",
            posts=held[line.team.pk],
            people=people.get(line.team.pk, 0),
        )
        for group in structure_on(on, known_at).groups
        for line in group.teams
    ]
    return sorted(found, key=lambda staffing: staffing.team.name)


def referrals_between(
    *, first: date, last: date, known_at: datetime | None, by: Actor
) -> list[Referral]:
    """Return the referrals that count for this person, received from one day to another."""
    received = Referral.objects.counted_for(by).filter(
        received_on__gte=first, received_on__lte=last
    )
    if known_at is not None:
        received = received.filter(received_at__lte=known_at)
    return list(received.select_related("school").order_by("received_on", "pk"))
