"""Where a child stands, and what the child's page shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onroll.office.accounts.models import Authority
from onroll.office.casework import kinds
from onroll.office.casework.kinds import Card
from onroll.office.casework.models import Attention, Document, Referral
from onroll.office.casework.queries.clocks import pack
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, ChildAddress
from onroll.office.people.queries import children as people
from onroll.office.people.queries import identity, particulars
from onroll.office.provision import queries as provision
from onroll.office.schools import queries as schools
from onroll.office.web.components import Badge
from onroll.statute import classify
from onroll.statute.classify import Standing
from onroll.statute.reasons import Place
from onroll.statute.spans import ChildFacts, read_child

PLACES: Mapping[Place, Badge] = {
    Place.ON_ROLL: Badge("On a school roll", "green"),
    Place.HOME_EDUCATED: Badge("Educated at home", "teal"),
    Place.ALTERNATIVE_PROVISION: Badge("In alternative provision", "teal"),
    Place.HOSPITAL_EDUCATION: Badge("In hospital education", "teal"),
    Place.EOTAS: Badge("Educated otherwise than at school", "teal"),
    Place.DETAINED: Badge("Detained", "purple"),
    Place.MISSING_EDUCATION: Badge("Missing education", "red"),
    Place.LEFT_AREA: Badge("Left the area, confirmed", "grey"),
    Place.LEFT_COUNTRY: Badge("Left the country, verified", "grey"),
    Place.UNDER_SCHOOL_AGE: Badge("Under compulsory school age", "grey"),
    Place.OVER_SCHOOL_AGE: Badge("Over compulsory school age", "grey"),
    Place.DIED: Badge("Died", "grey"),
}


def standing(child: Child, on: date, known_at: datetime | None = None) -> Standing:
    """Return where a child stands on a day, as known now or at an instant, and why.

    It is worked out from what every package below knows and what every kind of case adds.
    """
    return standings([child], on, known_at)[child.pk]


def standings(
    children: Iterable[Child], on: date, known_at: datetime | None = None
) -> dict[int, Standing]:
    """Return where many children stand, in as many questions as for one."""
    rules = pack(on, known_at)
    read = facts_of(children, on, known_at)
    return {pk: classify.standing(facts, on, rules) for pk, facts in read.items()}


def facts_of(
    children: Iterable[Child], on: date, known_at: datetime | None = None
) -> dict[int, ChildFacts]:
    """Return what the law's classification reads of many children, homes as on a day.

    What is recorded on any record of a child counts, by the joins that held on the day.
    """
    asked = {child.pk: child for child in children}
    records = identity.groups(asked, on=on, known_at=known_at)
    every = asked | Child.objects.in_bulk({pk for r in records.values() for pk in r} - asked.keys())
    whereabouts = people.spans_of(asked, known_at=known_at, records=records)
    parts: list[Mapping[int, Sequence[Mapping[str, Any]]]] = [
        schools.spans_of(every, known_at=known_at),
        provision.spans_of(every, known_at=known_at),
        kinds.spans_of(children=every, known_at=known_at),
    ]
    here, away = _homes(every, on, known_at)
    born = _born(every, known_at)
    taught = particulars.years_taught(every, on, known_at=known_at)
    found = {}
    for pk, group in records.items():
        spans: list[Mapping[str, Any]] = list(whereabouts[pk])
        for span in (s for part in parts for r in group for s in part.get(r, ())):
            if len(group) == 1 or span not in spans:  # two records may say the same
                spans.append(span)
        found[pk] = read_child(
            {
                "born_on": _first(born, group),
                # Of two records that disagree, the one that says here keeps the child looked for.
                "resident": away.isdisjoint(group) or not here.isdisjoint(group),
                "year_group": _first(taught, group),
                "spans": sorted(spans, key=lambda span: (span["from"], span["what"])),
            }
        )
    return found


def _first(known: Mapping[int, Any], records: Sequence[int]) -> Any:
    """Return what the record in use says, or else what another record of the child says."""
    return next((known[pk] for pk in records if known.get(pk) is not None), None)


def _born(children: Mapping[int, Child], known_at: datetime | None) -> Mapping[int, date | None]:
    """Return the dates of birth as believed then; the children's own rows hold those of now.

    Of a child who was recorded later, the date first believed: that one never changes.
    """
    if known_at is None:
        return {pk: child.born_on for pk, child in children.items()}
    believed = particulars.particulars_of(children, known_at=known_at)
    if later := children.keys() - believed.keys():
        believed |= particulars.first_particulars_of(later)
    return {pk: one.born_on for pk, one in believed.items()}


def _homes(
    children: Iterable[int], on: date, known_at: datetime | None
) -> tuple[frozenset[int], frozenset[int]]:
    """Return who has a home in this area alone, and whose home is in another.

    A home whose area is not known counts as here.
    """
    ours = Authority.objects.values_list("la_code", flat=True).first()
    if not ours:
        return frozenset(), frozenset()
    homes = ChildAddress.objects.on(on, known_at).filter(child__in=list(children), use="home")
    areas = list(homes.values_list("child", "la_code"))
    away = frozenset(pk for pk, area in areas if area not in ("", ours))
    return frozenset(pk for pk, _ in areas) - away, away


def badge_of(found: Standing) -> Badge:
    """Return a standing as a word in a colour."""
    return PLACES[found.place]


def tell(children: Sequence[int], by: Actor, on: date) -> Mapping[int, Badge]:
    """Return the standing of a few children as badges, for banners and short lists."""
    found = standings(Child.objects.filter(pk__in=children), on)
    return {pk: badge_of(one) for pk, one in found.items()}


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card of a kind with what it shows."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any]


def child_cards(child: Child, actor: Actor, on: date) -> list[CardShown]:
    """Return the cards that kinds and others add to the child's page, those that say something."""
    of_kinds = [card for kind in kinds.all_kinds() for card in kind.child_cards]
    return _saying([*of_kinds, *kinds.child_cards_of_no_kind()], child, actor, on)


def cards_beside_case(child: Child, actor: Actor, on: date) -> list[CardShown]:
    """Return the cards about a child that stand beside each of its cases."""
    return _saying(kinds.child_cards_of_no_kind(), child, actor, on)


def _saying(cards: Iterable[Card], child: Child, actor: Actor, on: date) -> list[CardShown]:
    shown = [
        CardShown(card.key, card.title, card.template, card.context(child, actor, on))
        for card in sorted(cards, key=lambda card: card.position)
    ]
    return [card for card in shown if any(card.context.values())]


def looked_into_by(child: Child, on: date) -> Attention | None:
    """Return who looks into a child who has no case on a day, and since when."""
    found: Attention | None = (
        Attention.objects.on(on)
        .filter(child=child, what=Attention.What.TAKEN)
        .select_related("who")
        .first()
    )
    return found


def documents_of(child: Child, actor: Actor) -> list[Document]:
    """Return the documents on a child's cases that this person may know of, newest first."""
    found = Document.objects.filter(
        case__child__in=identity.records_of(child.pk),
        case__in=child.cases.model.objects.visible_to(actor),
    )
    return list(found.defer("content").select_related("case", "recorded_by").order_by("-on", "-pk"))


def referrals_of(child: Child, actor: Actor) -> list[Referral]:
    """Return the referrals about a child that this person may know of, newest first."""
    records = identity.records_of(child.pk)
    found = Referral.objects.visible_to(actor).filter(child__in=records)
    return list(found.order_by("-received_on", "-pk"))
