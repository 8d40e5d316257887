"""Which child, of those already here or earlier in the file, a row of a former system is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from onroll.matching import normalise
from onroll.matching.explain import Person, compare
from onroll.office.people.models import Child, ChildName, Identifier
from onroll.office.people.queries import sealed_children
from onroll.office.people.queries.matches import SAME_CHILD_FROM
from onroll.statute.identifiers import normalised

Who = int | str  # a child here, by key; a child of the file, by the number there


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody whom a row may be about: who, how likely, why."""

    who: Who
    named: str  # a reference or a number there: never a name
    score: int
    why: tuple[str, ...]


class Register:
    """Everybody whom a row is compared with. Children whose whereabouts are sealed are not in it:
    whatever is said of a match must not tell that they are known."""

    def __init__(self) -> None:
        self._people: dict[Who, Person] = {}
        self._named: dict[Who, str] = {}
        self._by: Mapping[object, set[Who]] = defaultdict(set)

    def add(self, who: Who, named: str, person: Person) -> None:
        """Enter one child."""
        self._people[who] = person
        self._named[who] = named
        for key in _keys(person):
            self._by[key].add(who)

    def same(self, person: Person) -> Who | None:
        """Return the one child whom the person certainly is: by UPN, or by names and birth."""
        by_upn = {w for w in self._near(person) if _is_same_upn(person, self._people[w])}
        agreeing = {w for w in by_upn if _agrees(person, self._people[w])}
        if len(agreeing) == 1:
            return agreeing.pop()
        if by_upn:
            return None
        equal = {w for w in self._near(person) if _is_same(person, self._people[w])}
        return equal.pop() if len(equal) == 1 else None

    def likely(self, person: Person) -> list[Likely]:
        """Return whom the person probably is, the likeliest first."""
        found = []
        for who in self._near(person):
            seen = compare(person, self._people[who])
            if seen.score >= SAME_CHILD_FROM or _is_same_upn(person, self._people[who]):
                found.append(Likely(who, self._named[who], seen.score, seen.why))
        return sorted(found, key=lambda one: (-one.score, one.named))

    def _near(self, person: Person) -> set[Who]:
        return {who for key in _keys(person) for who in self._by.get(key, ())}


@lru_cache(maxsize=16)
def _keys(person: Person) -> tuple[object, ...]:
    return tuple(_each_key(person))


def _each_key(person: Person) -> Iterable[object]:
    if person.upn:
        yield ("upn", normalised(person.upn))
    if person.nhs_number:
        yield ("nhs", normalised(person.nhs_number))
    if person.born_on:
        yield person.born_on
        if swapped := normalise.swapped_day_and_month(person.born_on):
            yield swapped
    if person.given_names and person.family_name:
        yield normalise.name_key(person.given_names, person.family_name)


def _is_same_upn(one: Person, other: Person) -> bool:
    return bool(one.upn) and normalised(one.upn) == normalised(other.upn)


def _agrees(one: Person, other: Person) -> bool:
    """Whether an equal UPN is borne out: a UPN typed for the wrong child is not rare."""
    if one.born_on is not None and one.born_on == other.born_on:
        return True
    return compare(replace(one, upn=""), replace(other, upn="")).score > 0


def _is_same(one: Person, other: Person) -> bool:
    if one.born_on is None or one.born_on != other.born_on:
        return False
    if one.upn and other.upn and not _is_same_upn(one, other):
        return False
    return _names(one) == _names(other)


def _names(person: Person) -> tuple[str, str]:
    return normalise.plain(person.given_names), normalise.plain(person.family_name)


def known_children() -> Register:
    """Return the register of the children who are here already."""
    register = Register()
    sealed = sealed_children()
    others: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, given, family in ChildName.objects.as_known().values_list(
        "child_id", "given_names", "family_name"
    ):
        others[pk].append((given, family))
    numbers: dict[tuple[int, str], str] = {}
    wanted = (Identifier.Scheme.UPN, Identifier.Scheme.NHS)
    for pk, scheme, value in (
        Identifier.objects.as_known()
        .filter(scheme__in=wanted)
        .order_by("starts_on")
        .values_list("child_id", "scheme", "value")
    ):
        numbers[pk, scheme] = value
    known = Child.objects.filter(erased_at__isnull=True).exclude(pk__in=sealed)
    for pk, ref, given, family, born_on in known.values_list(
        "pk", "ref", "given_names", "family_name", "born_on"
    ):
        register.add(
            pk,
            ref,
            Person(
                given_names=given,
                family_name=family,
                other_names=tuple(sorted({n for n in others[pk] if n != (given, family)})),
                born_on=born_on,
                upn=numbers.get((pk, Identifier.Scheme.UPN), ""),
                nhs_number=numbers.get((pk, Identifier.Scheme.NHS), ""),
            ),
        )
    return register


@dataclass(frozen=True, slots=True)
class Here:
    """A child who is here already, as far as a migration needs to know."""

    pk: int
    ref: str
    born_on: date | None


def numbered(origin: str) -> dict[str, Here]:
    """Return the children who came from a former system before, by their number there."""
    found = (
        Identifier.objects.as_known()
        .filter(scheme=Identifier.Scheme.LEGACY, source__startswith=f"{origin}, migrated on ")
        .exclude(child__in=sealed_children())
        .exclude(child__erased_at__isnull=False)
        .values_list("value", "child_id", "child__ref", "child__born_on")
    )
    return {value: Here(pk, ref, born_on) for value, pk, ref, born_on in found}


def by_ref() -> dict[str, Here]:
    """Return the children who may be named by reference in a decision."""
    found = Child.objects.filter(erased_at__isnull=True).exclude(pk__in=sealed_children())
    listed = found.values_list("pk", "ref", "born_on")
    return {ref: Here(pk, ref, born_on) for pk, ref, born_on in listed}
