"""In which order candidates stand: whom nobody knows first, whom the office has settled last."""

from collections.abc import Mapping

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from onroll.office.kernel.actor import Actor
from onroll.office.linkage.models import Candidate
from onroll.office.linkage.queries.own_records import LEFT
from onroll.office.linkage.queries.own_records import SETTLED as _SETTLED
from onroll.office.people.models import Child

# Somebody who left and whom the newest lists have newly may have come back.
_BACK = "newly_arrived"
# Whom the office knew, when the search ended, as gone or as educated otherwise than on a roll.
SETTLED = Q(standing__in=[str(place) for place in _SETTLED]) & ~Q(
    cause=_BACK, standing__in=[str(place) for place in LEFT]
)
_IS_SETTLED = Q(is_known=True) & SETTLED
_OF: Mapping[str, Q] = {
    "look": ~_IS_SETTLED,
    "no": Q(is_known=False),
    "yes": Q(is_known=True),
    "settled": _IS_SETTLED,
}


def is_settled(candidate: Candidate) -> bool:
    """Return the same as SETTLED of one candidate."""
    may_be_back = candidate.cause == _BACK and candidate.standing in LEFT
    return candidate.standing in _SETTLED and not may_be_back


def is_of(known: str) -> Q:
    """Return how a list is narrowed by who is known here: one of `_OF`, or a standing."""
    return _OF[known] if known in _OF else Q(is_known=True, standing=known)


def with_known(found: QuerySet[Candidate], actor: Actor) -> QuerySet[Candidate]:
    """Say of each whether it probably is a child of whom this person may know."""
    known = Child.objects.visible_to(actor).filter(pk=OuterRef("child"))
    return found.annotate(is_known=Exists(known))


def in_order(found: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Put whom nobody knows first, then the known, last the settled; each the likeliest first."""
    rank = Case(
        When(is_known=False, then=Value(0)),
        When(SETTLED, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return found.order_by(rank, "-probability", "-lives_here", "pk")
