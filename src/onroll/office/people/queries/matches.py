"""Which known children a report may be about, and why; and, in secret, whether a sealed one is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min

from onroll.matching import normalise
from onroll.matching.explain import Person, compare
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, ChildAddress, ChildName, Identifier, Sealing
from onroll.office.people.queries import asked as asking
from onroll.office.people.queries.asked import Asked
from onroll.office.people.queries.candidates import worth_comparing
from onroll.office.people.queries.children import recalled
from onroll.office.people.queries.find import FoundChild, described, proof_of_search
from onroll.office.people.queries.identity import heads_known_to, pairs_told_apart
from onroll.office.people.queries.sealed import cleared, opened, sealed_children, sealed_rows

SHOWN_FROM = 30
# A name that is near and the same date of birth reach it; so does an equal UPN. A name, a house
# and a school without either do not.
SAME_CHILD_FROM = 60
MOST = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A known child that a report may be about, with the score and its reasons."""

    child: FoundChild
    score: int
    why: list[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A known child, by key, with how like a report it is and why."""

    child: int
    score: int
    why: tuple[str, ...]


def possible_matches(
    *,
    given_names: str,
    family_name: str,
    born_on: date | None,
    by: Actor,
    upn: str = "",
    postcode: str = "",
    line_1: str = "",
    nhs_number: str = "",
    school: str = "",
    most: int = MOST,
    on: date | None = None,
) -> list[Match]:
    """Return the known children who may be this one, the likeliest first.

    Only children that this person may know of: a sealed child is never among them for somebody
    who is not cleared.
    """
    report = reported(
        given_names, family_name, born_on, upn, nhs_number, line_1, postcode, school=school
    )
    (found,) = alike([report], by=by, most=most)
    nothing = Asked(text="")
    pks = [likeness.child for likeness in found]
    shown = {c.pk: c for c in described(pks, wanted=nothing, by=by, on=on)}
    return [
        Match(child=shown[likeness.child], score=likeness.score, why=list(likeness.why))
        for likeness in found
        if likeness.child in shown
    ]


def alike(reports: Sequence[Person], *, by: Actor, most: int = MOST) -> list[list[Likeness]]:
    """Return for each of many reports what `possible_matches` finds, in a few questions for all."""
    worth = worth_comparing(reports, by=by)
    every = {pk for pks in worth for pk in pks}
    hidden: list[ChildAddress] = []
    sealed: set[int] = set()
    if by.may("sealed.read"):
        sealed = sealed_children()
        with cleared(by):
            hidden = [r for r in sealed_rows(ChildAddress, children=sealed) if not r.superseded_at]
    seen = every | sealed
    told = recalled("school", sorted(seen), by=by) if any(r.schools for r in reports) else {}
    people = people_of(seen, hidden, schools=told)
    knowable = set(Child.objects.visible_to(by).filter(pk__in=seen).values_list("pk", flat=True))
    found = [
        _likest(report, {pk: people[pk] for pk in {*pks, *sealed} & knowable & people.keys()})
        for report, pks in zip(reports, worth, strict=True)
    ]
    heads = heads_known_to(by, {likeness.child for each in found for likeness in each})
    return [_in_use(each, heads)[:most] for each in found]


def _in_use(found: Iterable[Likeness], heads: Mapping[int, int]) -> list[Likeness]:
    """Put the record in use in place of those folded into it, each child once, likest first."""
    best: dict[int, Likeness] = {}
    for likeness in found:
        head = heads.get(likeness.child, likeness.child)
        best.setdefault(head, replace(likeness, child=head))
    return list(best.values())


def _likest(report: Person, people: Mapping[int, Person]) -> list[Likeness]:
    found = []
    for pk, person in people.items():
        seen = compare(report, person)
        if seen.score >= SHOWN_FROM:
            found.append(Likeness(pk, seen.score, seen.why))
    return sorted(found, key=lambda likeness: (-likeness.score, likeness.child))


def proof_for(
    *, given_names: str, family_name: str, born_on: date | None, by: Actor, upn: str = ""
) -> str:
    """Return the proof of search for a child whose possible matches were just shown."""
    return proof_of_search(terms_of(given_names, family_name, born_on, upn), by=by)


def terms_of(
    given_names: str, family_name: str, born_on: date | None, upn: str = ""
) -> tuple[str, ...]:
    """Return every term of which a search for this child would have held one."""
    words = normalise.search_words(f"{given_names} {family_name}")
    near = {w for word in words for w in (word, *normalise.short_forms(word))}
    terms = {normalise.folded(w) for w in near}
    if born_on:
        terms.add(born_on.isoformat())
    if upn:
        terms.add(asking.code_term(upn))
    return tuple(sorted(terms))


def sealed_match(
    *,
    given_names: str,
    family_name: str,
    born_on: date | None,
    upn: str = "",
    postcode: str = "",
    line_1: str = "",
    nhs_number: str = "",
) -> bool:
    """Return whether this is probably a child whose whereabouts are sealed.

    For actions, which hold back what they would have written; the answer is never shown.
    """
    report = reported(given_names, family_name, born_on, upn, nhs_number, line_1, postcode)
    return bool(sealed_among([report]))


def sealed_among(reports: Sequence[Person]) -> set[int]:
    """Return the places in a list of those that are probably of children who are sealed.

    For actions that load many at once; like `sealed_match`, never shown.
    """
    return {index for index, _ in _sealed_like(reports)}


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that is not sealed and may be of the same child as one that is."""

    child: Child
    sealed: Child


def possible_twins(*, by: Actor) -> list[Twin]:
    """Return the records made since the first seal that may be sealed children, newest first.

    For somebody cleared, who compares the two and seals the new one; for anybody else nothing.
    Asked when it is looked at and stored nowhere: a stored answer would be one more place to leak.
    A record that was sealed once has been compared, and so has one of which somebody said that
    it is of another child.
    """
    sealed = sealed_children()
    if not by.may("sealed.read") or not sealed:
        return []
    since = Sealing.objects.filter(child__in=sealed).aggregate(first=Min("recorded_at"))["first"]
    made = ChildName.objects.as_known().filter(recorded_at__gte=since).values("child")
    compared = Sealing.objects.values("child")
    new = people_of(
        Child.objects.filter(pk__in=made).exclude(pk__in=compared).values_list("pk", flat=True)
    )
    pks = list(new)
    answered = pairs_told_apart()
    alike: dict[int, int] = {}
    for index, other in _sealed_like(list(new.values())):
        if (min(pks[index], other), max(pks[index], other)) not in answered:
            alike.setdefault(pks[index], other)
    children = Child.objects.in_bulk([*alike, *alike.values()])
    return [Twin(children[pk], children[alike[pk]]) for pk in sorted(alike, reverse=True)]


def _sealed_like(reports: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Yield the place in the list of each report with each sealed child that it probably is."""
    sealed = sealed_children()
    if not sealed:
        return
    with opened():
        hidden = [r for r in sealed_rows(ChildAddress, children=sealed) if not r.superseded_at]
    known = people_of(sealed, hidden)
    for index, report in enumerate(reports):
        for pk, person in known.items():
            if _could_be(report, person) and compare(report, person).score >= SAME_CHILD_FROM:
                yield index, pk


def _could_be(one: Person, other: Person) -> bool:
    """Whether a comparison could reach the score of one child: it takes a number or a birth date
    that is near, because a name, a house and a school alone do not (a test holds the points to
    that). Cheap, for loads of many."""
    if one.born_on is None or other.born_on is None:
        return True
    if one.upn and other.upn and _is_near(one.upn, other.upn):
        return True
    if one.nhs_number and other.nhs_number and _is_near(one.nhs_number, other.nhs_number):
        return True
    born, known = one.born_on, other.born_on
    same = (born.day == known.day) + (born.month == known.month) + (born.year == known.year)
    if same == 0:
        return False
    return (
        same > 1
        or _is_near(f"{born:%d%m%Y}", f"{known:%d%m%Y}")
        or (normalise.swapped_day_and_month(born) == known)
    )


def _is_near(one: str, other: str) -> bool:
    one, other = normalise.number(one), normalise.number(other)
    return one == other or normalise.is_one_slip_away(one, other)


def reported(
    given_names: str,
    family_name: str,
    born_on: date | None,
    upn: str = "",
    nhs_number: str = "",
    line_1: str = "",
    postcode: str = "",
    *,
    school: str = "",
) -> Person:
    """Return what a report says of a child, to be compared."""
    return Person(
        given_names=given_names,
        family_name=family_name,
        born_on=born_on,
        upn=upn,
        nhs_number=nhs_number,
        line_1=line_1,
        postcodes=(postcode,) if postcode else (),
        schools=(school,) if school else (),
    )


def people_of(
    children: Iterable[int],
    hidden: Iterable[ChildAddress] = (),
    *,
    schools: Mapping[int, tuple[str, ...]] | None = None,
) -> dict[int, Person]:
    """Return what the record of each child says, to be compared; `hidden` are sealed homes."""
    pks = list(children)
    names: dict[int, list[tuple[str, str]]] = {}
    for name in ChildName.objects.as_known().filter(child__in=pks):
        names.setdefault(name.child_id, []).append((name.given_names, name.family_name))
    numbers: dict[tuple[int, str], str] = {}
    for identifier in Identifier.objects.as_known().filter(child__in=pks).order_by("starts_on"):
        numbers[identifier.child_id, identifier.scheme] = identifier.value
    homes: dict[int, list[ChildAddress]] = {}
    for home in [*ChildAddress.objects.as_known().filter(child__in=pks), *hidden]:
        homes.setdefault(home.child_id, []).append(home)
    return {
        child.pk: Person(
            given_names=child.given_names,
            family_name=child.family_name,
            other_names=tuple(sorted(set(_others(child, names.get(child.pk, []))))),
            born_on=child.born_on,
            upn=numbers.get((child.pk, Identifier.Scheme.UPN), ""),
            nhs_number=numbers.get((child.pk, Identifier.Scheme.NHS), ""),
            line_1=homes[child.pk][-1].line_1 if child.pk in homes else "",
            postcodes=tuple(h.postcode for h in homes.get(child.pk, [])),
            schools=(schools or {}).get(child.pk, ()),
        )
        for child in Child.objects.filter(pk__in=pks, erased_at__isnull=True)
    }


def _others(child: Child, names: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    if child.known_as:
        yield child.known_as, child.family_name
    yield from (n for n in names if n != (child.given_names, child.family_name))
