"""Who reads sealed records, who is asked to, and what those who read them are told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from onroll.office.accounts.models import RoleAsked, RoleHolding, User
from onroll.office.accounts.roles import BY_KEY, NEED_A_SECOND
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.facts import Today
from onroll.statute.writing import written

NEWS_FOR = timedelta(days=14)


def reads_sealed(user: User) -> bool:
    """Return whether a person reads sealed records, now or from a day to come, or is asked to."""
    holds = RoleHolding.objects.as_known().filter(
        Q(ends_on=None) | Q(ends_on__gte=Today()), user=user, role__in=NEED_A_SECOND
    )
    return holds.exists() or RoleAsked.objects.filter(user=user, is_agreed=None).exists()


def role_asked(pk: int) -> RoleAsked:
    """Return one role that was asked for. Raises Unknown."""
    found = RoleAsked.objects.filter(pk=pk).select_related("user", "asked_by").first()
    if found is None:
        raise Unknown("No such role was asked for.")
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A role that waits for a second person, in words."""

    pk: int
    who: User
    role: str
    starts_on: date
    ends_on: date | None
    asked_by: str
    asked_by_pk: int
    asked_on: date


def asked_for(user: User | None = None) -> list[Asked]:
    """Return the roles that wait for a second person, of everybody or of one, oldest first."""
    found = RoleAsked.objects.filter(is_agreed=None).select_related("user", "asked_by")
    if user is not None:
        found = found.filter(user=user)
    return [
        Asked(
            pk=row.pk,
            who=row.user,
            role=BY_KEY[row.role].title if row.role in BY_KEY else row.role,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            asked_by=row.asked_by.name,
            asked_by_pk=row.asked_by_id,
            asked_on=row.asked_at.date(),
        )
        for row in found.order_by("pk")
    ]


def readers(on: date) -> list[tuple[User, list[str]]]:
    """Return who reads sealed records on a day, by name, each with the roles that let them."""
    held = RoleHolding.objects.on(on).filter(role__in=NEED_A_SECOND, user__is_active=True)
    found: dict[User, list[str]] = {}
    for row in held.select_related("user").order_by("user__name", "user_id", "role"):
        found.setdefault(row.user, []).append(BY_KEY[row.role].title)
    return list(found.items())


def news_for(actor: Actor, on: date) -> Sequence[str]:
    """Return what somebody who reads sealed records must hear of: who has come to read them."""
    if not actor.may("sealed.read"):
        return ()
    waits = (
        [f"{a.asked_by} asked that {a.who.name} be given the role {a.role}, which reads sealed "
         "records. Agree or refuse under Organisation, Who reads sealed records."
         for a in asked_for() if a.asked_by_pk != actor.pk and a.who.pk != actor.pk]
        if actor.may("sealed.change") else []
    )  # fmt: skip
    agreed = (
        RoleAsked.objects.filter(is_agreed=True, settled_at__date__gte=on - NEWS_FOR)
        .exclude(user=actor.pk)
        .select_related("user", "asked_by", "settled_by")
        .order_by("-settled_at")
    )
    return waits + [
        f"{row.user.name} may read sealed records as {BY_KEY[row.role].title}: asked by "
        f"{row.asked_by.name}, agreed by {row.settled_by} on {written(row.settled_at.date())}."
        for row in agreed
        if row.settled_at is not None and row.role in BY_KEY
    ]
