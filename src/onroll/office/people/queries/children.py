"""One child, and the facts about that child, as somebody may know them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown, because
from onroll.office.kernel.references import tidy_reference
from onroll.office.people.models import (
    Carer,
    CarerAddress,
    Child,
    ChildAddress,
    ChildName,
    ContactPoint,
    Flag,
    HouseholdHazard,
    Identifier,
    Professional,
    Relationship,
    Whereabouts,
)
from onroll.office.people.models.flags import FlagKind, flag_kind
from onroll.office.people.queries.identity import made_strictest, records_of
from onroll.office.people.queries.particulars import interpreter_words, languages, years_taught
from onroll.office.people.queries.sealed import (
    facts_of,
    is_sealed,
)
from onroll.office.people.queries.whereabouts import gone as gone
from onroll.office.people.queries.whereabouts import spans as spans
from onroll.office.people.queries.whereabouts import spans_of as spans_of
from onroll.office.web.components import Badge, ChildBanner
from onroll.statute import ages

NOT_THE_RECORD = (
    "Your role sees who the child is and what you told of the child, not the whole record."
)


def child_for(actor: Actor, ref: str) -> Child:
    """Return one child, to show of the record what anybody of this authority may see.

    Raises Unknown when there is none, or none that this person may know. Raises Refused for a
    school, which knows its pupil and not the record: see `pupil_for`.
    """
    found = pupil_for(actor, ref)
    because(actor.may("children.record"), NOT_THE_RECORD).require()
    return found


def pupil_for(actor: Actor, ref: str) -> Child:
    """Return one child whom this person may know, of whom a page shows who it is and no more.

    Raises Unknown when there is none, or none that this person may know.
    """
    found = Child.objects.visible_to(actor).filter(ref=tidy_reference(ref)).first()
    if found is None:
        raise Unknown("There is no such child.")
    return found


def child_by_key(actor: Actor, pk: int) -> Child:
    """Return one child by its key in the database, for a row that points to it."""
    found = Child.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Unknown("There is no such child.")
    return found


def children_by_key(actor: Actor, pks: Sequence[int]) -> list[Child]:
    """Return those of these children whom this person may know of, in the order given."""
    found = Child.objects.visible_to(actor).in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def page_of(ref: str) -> str:
    """Return the address of the child's own page."""
    return f"{reverse('people:find')}{ref}/"


# What packages above can say of a child in a list: the school now, the standing today.
Teller = Callable[[Sequence[int], Actor, date], Mapping[int, str | Badge]]
_tellers: dict[str, Teller] = {}


def let_tell(what: str, teller: Teller) -> None:
    """Let a package above say something of children in lists and banners.

    `what` is "school" or "standing". Called once from AppConfig.ready(); a later call replaces.
    """
    _tellers[what] = teller


def told(what: str, children: Sequence[int], *, by: Actor, on: date) -> Mapping[int, str | Badge]:
    """Return what the package above says of these children; nothing when none is there."""
    teller = _tellers.get(what)
    return teller(children, by, on) if teller and children else {}


# What packages above remember of many children, from today back: the schools.
Recaller = Callable[[Sequence[int], Actor], Mapping[int, tuple[str, ...]]]
_recallers: dict[str, Recaller] = {}


def let_recall(what: str, recaller: Recaller) -> None:
    """Let a package above say what was so of children, too: "school" is every school by name.

    Called once from AppConfig.ready(); a later call replaces.
    """
    _recallers[what] = recaller


def recalled(what: str, children: Sequence[int], *, by: Actor) -> Mapping[int, tuple[str, ...]]:
    """Return what the package above remembers of these children; nothing when none is there."""
    recaller = _recallers.get(what)
    return recaller(children, by) if recaller and children else {}


def names(child: Child, *, known_at: datetime | None = None) -> list[ChildName]:
    """Return every name that a child has or had, newest first."""
    return list(
        ChildName.objects.as_known(known_at).filter(child=child).order_by("-starts_on", "-pk")
    )


def identifiers(child: Child, *, known_at: datetime | None = None) -> list[Identifier]:
    """Return the numbers by which a child is known, newest first."""
    return list(
        Identifier.objects.as_known(known_at)
        .filter(child=child)
        .order_by("scheme", "-starts_on", "-pk")
    )


def addresses(
    child: Child, *, by: Actor, on: date | None = None, known_at: datetime | None = None
) -> list[ChildAddress]:
    """Return where a child lives or lived."""
    return facts_of(ChildAddress, by=by, child=child.pk, on=on, known_at=known_at)


def professionals(
    child: Child, *, by: Actor, on: date | None = None, known_at: datetime | None = None
) -> list[Professional]:
    """Return the professionals who know a child."""
    return facts_of(Professional, by=by, child=child.pk, on=on, known_at=known_at)


def whereabouts(
    child: Child, *, by: Actor, on: date | None = None, known_at: datetime | None = None
) -> list[Whereabouts]:
    """Return what was concluded about where a child is, newest first."""
    return facts_of(Whereabouts, by=by, child=child.pk, on=on, known_at=known_at)


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag as somebody may see it, with what it means."""

    fact: Flag
    kind: FlagKind

    @property
    def badge(self) -> Badge:
        """The flag as a word in a colour."""
        colour = (
            "red" if self.kind.group == "Risk" else "purple" if self.kind.is_restricted else "blue"
        )
        return Badge(self.kind.title, colour, self.kind.matters)  # type: ignore[arg-type]


def flags(
    child: Child, *, by: Actor, on: date | None = None, known_at: datetime | None = None
) -> list[RaisedFlag]:
    """Return a child's flags; the restricted ones only for those who may see them."""
    return _flags(child.pk, by=by, on=on, known_at=known_at)


def _flags(
    child: int, *, by: Actor, on: date | None, known_at: datetime | None = None
) -> list[RaisedFlag]:
    found = facts_of(Flag, by=by, child=child, on=on, known_at=known_at)
    raised = [RaisedFlag(fact, flag_kind(fact.flag)) for fact in found]
    may_see = by.may("flags.restricted")
    return [r for r in raised if may_see or not r.kind.is_restricted]


@dataclass(frozen=True, slots=True)
class KnownCarer:
    """Somebody beside a child: who they are to the child, how and where they are reached."""

    carer: Carer
    relationship: Relationship
    contact_points: tuple[ContactPoint, ...] = ()
    addresses: tuple[CarerAddress, ...] = ()

    @property
    def may_be_contacted(self) -> bool:
        """Whether somebody checked and said yes; not checked holds, as no does."""
        return self.relationship.contact == Relationship.Contact.YES


def carers(
    child: Child, *, by: Actor, on: date | None = None, known_at: datetime | None = None
) -> list[KnownCarer]:
    """Return the people beside a child, the one to contact first before the others.

    Whom or what another record of the same child forbids to contact is forbidden here too.
    """
    own, *others = (
        _carers(pk, by=by, on=on, known_at=known_at)
        for pk in sorted(records_of(child.pk), key=lambda pk: pk != child.pk)
    )
    made_strictest(own, [known for each in others for known in each])
    return own


def _carers(
    child: int, *, by: Actor, on: date | None, known_at: datetime | None
) -> list[KnownCarer]:
    found = Relationship.objects.as_known(known_at).filter(child=child)
    if on is not None:
        found = Relationship.objects.on(on, known_at).filter(child=child)
    return [
        KnownCarer(
            carer=r.carer,
            relationship=r,
            contact_points=tuple(
                facts_of(ContactPoint, by=by, carer=r.carer_id, on=on, known_at=known_at)
            ),
            addresses=tuple(
                facts_of(CarerAddress, by=by, carer=r.carer_id, on=on, known_at=known_at)
            ),
        )
        for r in found.select_related("carer").order_by("priority", "-starts_on", "pk")
    ]


def contact_points(
    child: Child, *, by: Actor, on: date | None = None, known_at: datetime | None = None
) -> list[ContactPoint]:
    """Return the child's own telephone numbers and addresses for mail."""
    return facts_of(ContactPoint, by=by, child=child.pk, on=on, known_at=known_at)


def hazards_at(place: str, *, on: date | None = None) -> list[HouseholdHazard]:
    """Return what to know before visiting a house, by its key."""
    found = HouseholdHazard.objects.as_known().filter(place=place)
    if on is not None:
        found = HouseholdHazard.objects.on(on).filter(place=place)
    return list(found.order_by("-starts_on", "-pk"))


def hazards_for(child: Child, *, by: Actor, on: date | None = None) -> list[HouseholdHazard]:
    """Return what to know before visiting any house where this child lives."""
    places = {a.place for a in addresses(child, by=by, on=on) if a.place}
    return [hazard for place in sorted(places) for hazard in hazards_at(place, on=on)]


@dataclass(frozen=True, slots=True)
class Relative:
    """A child who shares a carer or a house with another."""

    child: Child
    because: str


def family(child: Child, *, by: Actor, on: date | None = None) -> list[Relative]:
    """Return the children who share a carer or a house with this one and may be known of."""
    mine = Relationship.objects.as_known().filter(child=child).values("carer")
    if on is not None:
        mine = Relationship.objects.on(on).filter(child=child).values("carer")
    by_carer = dict(
        Relationship.objects.as_known()
        .filter(carer__in=mine)
        .exclude(child=child)
        .values_list("child", "carer")
    )
    known_carers = Carer.objects.in_bulk(set(by_carer.values()))
    places = {a.place for a in addresses(child, by=by, on=on) if a.place}
    by_place = set(
        ChildAddress.objects.as_known()
        .filter(place__in=places)
        .exclude(child=child)
        .values_list("child", flat=True)
    )
    found = Child.objects.visible_to(by).filter(Q(pk__in=by_carer) | Q(pk__in=by_place))
    return [
        Relative(
            child=other,
            because=f"Shares a carer: {known_carers[by_carer[other.pk]]}"
            if other.pk in by_carer
            else "Lives or lived at the same address",
        )
        for other in found.order_by("born_on", "pk")
    ]


def household(child: Child, *, by: Actor) -> list[Child]:
    """Return the other children who live with a child: those that a seal must cover too."""
    return [relative.child for relative in family(child, by=by)]


def year_group_words(child: Child, on: date, *, taught: int | None = None) -> str:
    """Return a child's year group on a day in words, or nothing; `taught` is of `years_taught`."""
    if child.born_on is None:
        return ""
    year = ages.year_group(child.born_on, on, override=taught)
    return "" if year is None else ages.year_group_name(year)


def age_words(born_on: date | None, on: date) -> str:
    """Return an age in words: "9 years", under two years in months."""
    if born_on is None:
        return ""
    years = ages.age_on(born_on, on)
    if years >= 2:
        return f"{years} years"
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    return "1 month" if months == 1 else f"{max(months, 0)} months"


def banner(child: Child, *, by: Actor, on: date) -> ChildBanner:
    """Return what stands at the head of every page about a child."""
    now = Identifier.objects.on(on).filter(child=child, scheme__in=["upn", "temporary_upn", "nhs"])
    standing = told("standing", [child.pk], by=by, on=on).get(child.pk)
    records = records_of(child.pk)
    # What is raised on one record warns of the child, whichever record somebody may open.
    raised = {flag.kind.key: flag for pk in records for flag in _flags(pk, by=by, on=on)}
    badges = [flag.badge for flag in raised.values()]
    spoken = languages(child, on=on)
    badges += [Badge(words, "teal") for words in interpreter_words(spoken)]
    taught = years_taught([child.pk], on).get(child.pk)
    numbers = [(i.get_scheme_display(), i.value) for i in now.order_by("scheme")]
    if others := [pk for pk in records if pk != child.pk]:
        numbers += [("Also recorded as", one.ref) for one in children_by_key(by, others)]
    return ChildBanner(
        name=str(child),
        url=page_of(child.ref),
        born_on=child.born_on,
        birth_is_estimated=child.birth_date_is == Child.BirthDate.ESTIMATED,
        age=age_words(child.born_on, on),
        year_group=year_group_words(child, on, taught=taught),
        standing=Badge(standing) if isinstance(standing, str) else standing,
        flags=tuple(badges),
        identifiers=tuple(numbers),
        note="Whereabouts sealed: tell nobody who is not cleared." if is_sealed(child.pk) else "",
    )
