"""Referrals as screens want them: one, those that wait, and what is counted of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from onroll.office.casework.models import Referral
from onroll.office.casework.queries import risk
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.casework.queries.known import likenesses
from onroll.office.casework.queries.told import age_words, child_name, school_words
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.references import tidy_reference
from onroll.office.schools.queries import calendar_for
from onroll.office.web.components import Factor, Risk
from onroll.statute.ages import birthday
from onroll.statute.calendars import SchoolCalendar
from onroll.statute.counting import OutsideCalendar, days_since

PER_PAGE = 25
TOO_LONG = 5  # school days after which a referral that waits is counted as waiting long

AGE_BANDS: Mapping[str, tuple[str, int, int]] = {
    "under_5": ("Under 5", 0, 5),
    "5_to_7": ("5 to 7", 5, 8),
    "8_to_10": ("8 to 10", 8, 11),
    "11_to_13": ("11 to 13", 11, 14),
    "14_to_16": ("14 to 16", 14, 17),
    "unknown": ("Not told", 0, 0),
}


def referral_for(actor: Actor, ref: str) -> Referral:
    """Return one referral to decide on. Raises Unknown when there is none for this person."""
    return _one(Referral.objects.to_decide_by(actor), ref)


def given_for(actor: Actor, ref: str) -> Referral:
    """Return one referral to be read as it was given. Raises Unknown."""
    return _one(Referral.objects.as_given_to(actor), ref)


def is_their_own(actor: Actor, ref: str) -> bool:
    """Return whether this person may only read a referral as given, having told of it."""
    return Referral.objects.of_their_own(actor).filter(ref=tidy_reference(ref)).exists()


def _one(among: QuerySet[Referral], ref: str) -> Referral:
    found = (
        among.filter(ref=tidy_reference(ref))
        .select_related("school", "child", "case", "taken_by", "decided_by", "completes")
        .first()
    )
    if found is None:
        raise Unknown("There is no such referral.")
    return found


def kept_from(actor: Actor) -> list[str]:
    """Return the sealed referrals, as the journal names them, for somebody who is not cleared."""
    if actor.may("sealed.read"):
        return []
    sealed = Referral.objects.filter(is_sealed=True).values_list("pk", flat=True)
    return [f"{Referral._meta.label}:{pk}" for pk in sealed]


def waiting(actor: Actor, asked: Mapping[str, Any], on: date) -> QuerySet[Referral]:
    """Return the referrals that wait for a decision: harm first, then by risk, then by age.

    An entry that a fuller one completes is not listed: the fuller one stands for both. Asked for
    a state in which nothing waits any more, those decided so, the last first.
    """
    states = {asked["state"]} if asked.get("state") else UNDECIDED
    found = (
        Referral.objects.to_decide_by(actor)
        .filter(state__in=states, completed_by=None)
        .annotate(
            is_first=ExpressionWrapper(
                Q(risk_working__contains=[{"harm": True}]), output_field=BooleanField()
            )
        )
        .select_related("school", "completes")
    )
    by_pressure = ("-is_first", "-risk_score", "received_on", "pk")
    order = by_pressure if states <= UNDECIDED else ("-decided_on", "-pk")
    return found.filter(_filtered(asked, actor, on)).order_by(*order)


def _filtered(asked: Mapping[str, Any], actor: Actor, on: date) -> Q:
    wanted = Q()
    for name in ("source", "form"):
        if asked.get(name):
            wanted &= Q(**{name: asked[name]})
    if school := asked.get("school"):
        wanted &= Q(school__name__icontains=school) | Q(school_told__icontains=school)
    if band := asked.get("age"):
        wanted &= _in_band(band, on)
    if asked.get("late"):
        wanted &= Q(days_late__gt=0)
    if asked.get("harm"):
        wanted &= Q(risk_working__contains=[{"harm": True}])
    if asked.get("mine"):
        wanted &= Q(taken_by__in=actor.stands_for) | Q(decided_by__in=actor.stands_for)
    return wanted


def _in_band(band: str, on: date) -> Q:
    _, from_age, below = AGE_BANDS[band]
    if not below:
        return Q(born_on=None)
    return Q(born_on__lte=_years_before(on, from_age), born_on__gt=_years_before(on, below))


def _years_before(on: date, years: int) -> date:
    return birthday(on, -years)


@dataclass(frozen=True, slots=True)
class Waits:
    """One referral as a row of the queue."""

    referral: Referral
    name: str
    age: str
    school: str
    risk: Risk
    reasons: Sequence[Factor]
    is_urgent: bool
    waits: str
    waits_long: bool
    matches: int


def queue(actor: Actor, on: date, asked: Mapping[str, Any], *, number: str | int = 1) -> Page[Any]:
    """Return one page of the queue, its rows ready to be shown."""
    page: Page[Any] = Paginator(waiting(actor, asked, on), PER_PAGE).get_page(number)
    referrals = list(page.object_list)
    calendar = calendar_for(school_id=None, on=on)
    known = likenesses(referrals, actor)
    page.object_list = [
        _waits(referral, actor, on, calendar, len(known[referral.pk])) for referral in referrals
    ]
    return page


def reaches(on: date) -> bool:
    """Return whether the authority's term dates reach a day, so that school days can be counted."""
    return calendar_for(school_id=None, on=on).reaches(on)


def _waits(
    referral: Referral, actor: Actor, on: date, calendar: SchoolCalendar, matches: int
) -> Waits:
    shown = risk.shown(referral, actor)
    days, words = waiting_time(referral.received_on, on, calendar)
    return Waits(
        referral=referral,
        name=child_name(referral),
        age=age_words(referral, on),
        school=school_words(referral),
        risk=shown,
        reasons=risk.top(shown),
        is_urgent=risk.is_urgent(referral),
        waits=words,
        waits_long=days > TOO_LONG,
        matches=matches,
    )


def waiting_time(received_on: date, on: date, calendar: SchoolCalendar) -> tuple[int, str]:
    """Return for how long a referral has waited: in school days where the calendar reaches, else
    in days, and the words say which."""
    if received_on >= on:
        return 0, "Today"
    try:
        # The day of receipt is not counted.
        days = len(calendar.school_days_between(received_on, on)) - calendar.is_school_day(
            received_on
        )
    except OutsideCalendar:
        days = days_since(received_on, on)
        return days, _counted(days, "day")
    return days, _counted(days, "school day")


def waits_words(referral: Referral, on: date) -> str:
    """Return for how long one referral has waited, in words; nothing once it is decided."""
    if referral.state not in UNDECIDED:
        return ""
    return waiting_time(referral.received_on, on, calendar_for(school_id=None, on=on))[1]


def _counted(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, counted."""

    all: int
    harm: int
    late: int
    asked: int
    thin: int


def counts(actor: Actor) -> Counts:
    """Count the referrals that wait and that this person may see."""
    found = Referral.objects.to_decide_by(actor).filter(state__in=UNDECIDED, completed_by=None)
    return Counts(
        **found.aggregate(
            all=Count("pk"),
            harm=Count("pk", filter=Q(risk_working__contains=[{"harm": True}])),
            late=Count("pk", filter=Q(days_late__gt=0)),
            asked=Count("pk", filter=Q(state=Referral.State.ASKED)),
            thin=Count("pk", filter=Q(completeness__lt=50)),
        )
    )


def given_by(actor: Actor, *, most: int = 50) -> list[Referral]:
    """Return what this person or their school referred, newest first."""
    mine = Q(taken_by__in=actor.stands_for) | Q(told_by__in=actor.schools)
    found = Referral.objects.as_given_to(actor).filter(mine).select_related("school")
    return list(found.order_by("-received_on", "-pk")[:most])


def of_child(actor: Actor, child: int) -> list[Referral]:
    """Return every referral that was joined to a child, newest first."""
    found = Referral.objects.visible_to(actor).filter(child=child).select_related("school")
    return list(found.order_by("-received_on", "-pk"))


def received_before(submissions: Iterable[UUID]) -> set[UUID]:
    """Return which of these submissions have been received."""
    found = Referral.objects.filter(submission__in=list(submissions))
    return set(found.values_list("submission", flat=True))


def by_keys(keys: Iterable[int]) -> list[Referral]:
    """Return the referrals that a file made, for taking them back."""
    return list(Referral.objects.filter(pk__in=list(keys)))


SOURCE_CHOICES = Referral.Source.choices
FORM_CHOICES = Referral.Form.choices
DEPARTURE_CHOICES = [pair for pair in Referral.Departure.choices if pair[0]]
STATE_CHOICES = [(s.value, s.label) for s in Referral.State]
