"""In which part of the area a child is counted: that of the home, or one recorded for the child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onroll.office.accounts.models import LocalityArea
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, ChildAddress, ChildLocality
from onroll.office.people.queries.sealed import facts_of


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a child is counted, and whether the child's own record says so or the home does."""

    name: str
    is_own: bool


def locality_of(child: Child, *, by: Actor, on: date) -> Counted | None:
    """Return the locality in which a child is counted on a day; None where nothing tells."""
    own = facts_of(ChildLocality, by=by, child=child.pk, on=on)
    if own:
        return Counted(str(own[0].locality), is_own=True)
    areas = {a.begins: str(a.locality) for a in _areas(on).select_related("locality")}
    homes = facts_of(ChildAddress, by=by, child=child.pk, on=on)
    for home in (home for home in homes if home.use == ChildAddress.Use.HOME):
        for begins in _parts(home.postcode):
            if begins in areas:
                return Counted(areas[begins], is_own=False)
    return None


def children_in(locality: int, on: date) -> Q:
    """Return what holds of the children who are counted in a locality on a day, as a condition.

    Nobody sealed: where they live stands in no table that a list reads.
    """
    areas = dict(_areas(on).values_list("begins", "locality"))
    here = ChildAddress.objects.on(on).filter(use=ChildAddress.Use.HOME)
    here = here.filter(_begins(areas, locality))
    own = ChildLocality.objects.on(on)
    by_home = Q(pk__in=here.values("child")) & ~Q(pk__in=own.values("child"))
    return by_home | Q(pk__in=own.filter(locality=locality).values("child"))


def _areas(on: date) -> QuerySet[LocalityArea]:
    found: QuerySet[LocalityArea] = LocalityArea.objects.on(on)
    return found


def _parts(postcode: str) -> Iterable[str]:
    """Yield the sector and the district of a postcode: the sector decides first."""
    district, _, rest = postcode.partition(" ")
    if rest:
        yield f"{district} {rest[0]}"
    if district:
        yield district


def _begins(areas: Mapping[str, int], locality: int) -> Q:
    """Return the condition that a postcode is in the locality's areas and in no sector of
    another's."""
    found = Q(pk__in=[])
    for begins, whose in areas.items():
        if whose != locality:
            continue
        one = Q(postcode__startswith=begins if " " in begins else f"{begins} ")
        for other, elsewhere in areas.items():
            if elsewhere != locality and other.startswith(f"{begins} "):
                one &= ~Q(postcode__startswith=other)
        found |= one
    return found
