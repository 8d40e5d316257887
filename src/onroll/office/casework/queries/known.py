"""What is already on record about the child of whom a referral tells, for the program's own use.

Nothing from here reaches a person but through a query that asks who they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q, QuerySet

from onroll.office.casework import kinds
from onroll.office.casework.models import Case, Contact, Referral
from onroll.office.casework.queries.answers import ReferralAnswers
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import (
    Child,
    ChildAddress,
    Flag,
    Identifier,
    Relationship,
    Whereabouts,
)
from onroll.office.people.queries import Likeness, alike, reported
from onroll.office.people.queries.sealed import sealed_children
from onroll.office.schools.models import Enrolment

# Sees every child who is not sealed, and shows none to anybody.
MATCHING = Actor(pk=None, name="OnRoll", permissions=frozenset({"children.find"}))


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a known child that bear on risk."""

    flags: frozenset[str] = frozenset()
    last_seen_on: date | None = None
    is_whereabouts_unknown: bool = False
    siblings_missing: int = 0
    was_missing_before: bool = False
    born_on: date | None = field(default=None, compare=False)
    child: int | None = field(default=None, compare=False)


def certain_match(answers: ReferralAnswers) -> Child | None:
    """Return the one child who has this UPN, or this full name and date of birth; else nobody."""
    children = Child.objects.visible_to(MATCHING)
    if answers.upn:
        numbered = Identifier.objects.as_known().filter(
            scheme__in=("upn", "temporary_upn", "former_upn"), value=answers.upn
        )
        found = list(children.filter(pk__in=numbered.values("child"))[:2])
        if len(found) == 1:
            return found[0]
    if not (answers.born_on and answers.given_names and answers.family_name):
        return None
    found = list(
        children.filter(_named(answers.given_names, answers.family_name), born_on=answers.born_on)[
            :2
        ]
    )
    return found[0] if len(found) == 1 else None


def _named(given_names: str, family_name: str) -> Q:
    return Q(family_name__iexact=family_name) & (
        Q(given_names__iexact=given_names) | Q(known_as__iexact=given_names)
    )


def known_about(child: Child, on: date) -> Known:
    """Return what the record says of a child on a day."""
    whereabouts = Whereabouts.objects.on(on).filter(child=child).first()
    missing = Case.objects.filter(child=child, kind__in=kinds.missing())
    return Known(
        flags=frozenset(Flag.objects.on(on).filter(child=child).values_list("flag", flat=True)),
        last_seen_on=_last_seen_on(child, on),
        is_whereabouts_unknown=whereabouts is not None
        and whereabouts.conclusion in ("unknown", "no_address"),
        siblings_missing=Case.objects.filter(
            kind__in=kinds.missing(), closed_on=None, child__in=family_of(child, on)
        ).count(),
        was_missing_before=missing.filter(closed_on__isnull=False).exists()
        or Referral.objects.filter(child=child, state__in=("accepted", "added")).exists(),
        born_on=child.born_on,
        child=child.pk,
    )


def _last_seen_on(child: Child, on: date) -> date | None:
    seen = Contact.objects.filter(case__child=child, child_seen=True, on__lte=on)
    attended = Enrolment.objects.as_known().filter(child=child, last_attended_on__lte=on)
    days = [
        seen.aggregate(last=Max("on"))["last"],
        attended.aggregate(last=Max("last_attended_on"))["last"],
    ]
    return max((day for day in days if day is not None), default=None)


def family_of(child: Child, on: date) -> set[int]:
    """Return the other children who share a carer or a home with this one, none of them sealed.

    What a referral is scored by is read by everybody who decides on referrals: a count with a
    sealed child in it would tell that there is one, and whose family they belong to.
    """
    carers = Relationship.objects.on(on).filter(child=child).values("carer")
    by_carer = Relationship.objects.on(on).filter(carer__in=carers)
    places = ChildAddress.objects.on(on).filter(child=child).exclude(place="").values("place")
    by_place = ChildAddress.objects.on(on).filter(place__in=places)
    shared = {*by_carer.values_list("child", flat=True), *by_place.values_list("child", flat=True)}
    return shared - {child.pk} - sealed_children()


def likenesses(referrals: Sequence[Referral], actor: Actor) -> Mapping[int, list[Likeness]]:
    """Return by referral the known children whom it may be about, likeliest first, each with why.

    A few questions for a page of the queue; what the page of a referral shows is the same.
    """
    reports = [
        reported(
            referral.given_names,
            referral.family_name,
            referral.born_on,
            upn=referral.upn,
            line_1=next(iter(referral.address.replace(",", "\n").splitlines()), ""),
            postcode=referral.postcode,
            school=referral.school.name if referral.school else referral.school_told,
        )
        for referral in referrals
    ]
    return {
        referral.pk: _joined(referral, found)
        for referral, found in zip(referrals, alike(reports, by=actor), strict=True)
    }


def _joined(referral: Referral, found: list[Likeness]) -> list[Likeness]:
    if referral.child_id is None or referral.child_id in {one.child for one in found}:
        return found
    return [Likeness(referral.child_id, 100, ("The referral was joined to this child.",)), *found]


def told_of_somebody_like(child: int) -> QuerySet[Referral]:
    """Return the referrals joined to no child that share a name or a birth date with this one."""
    known = Child.objects.get(pk=child)
    near = Q(family_name__iexact=known.family_name) | Q(given_names__iexact=known.given_names)
    if known.born_on is not None:
        near |= Q(born_on=known.born_on)
    return Referral.objects.filter(near, is_sealed=False, child=None)
