"""Which records inside the office are probably of one child: every pair worth a person's look.

Only pairs that share a number, a date of birth with a word of the name, or a whole name with a
date of birth that is near, are compared at all: the database finds those by the search terms that
exist, so that tens of thousands of children take seconds. Sealed children have no search terms and
are in no pair; those who keep sealed records have their own list: `possible_twins`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from onroll.matching.explain import Person, compare
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, TwoChildren
from onroll.office.people.queries.children import recalled
from onroll.office.people.queries.identity import groups, pairs_told_apart, taken_apart
from onroll.office.people.queries.matches import people_of
from onroll.office.people.queries.sealed import sealed_children

# Equal names at one house without a date of birth come to 55: a person can tell, a program not.
LISTED_FROM = 55
WHOLE_NAME = 36  # the points of a name of which every word is there, in some order and spelling

_PAIRS = """
with named as materialized (
  select t.child_id, t.born_on, coalesce(w.folded, t.term) as word, bool_or(t.is_current) as is_now
  from people_searchterm t left join people_searchword w on w.word = t.term
  where t.what = 'name' group by t.child_id, t.born_on, coalesce(w.folded, t.term)
), whole as materialized (
  select child_id, min(born_on) as born_on, string_agg(word, ' ' order by word) as name
  from named where is_now group by child_id having count(*) > 1
)
select a.child_id, b.child_id, true from people_identifier a
join people_identifier b on b.value = a.value and b.child_id > a.child_id
  and b.superseded_at is null
  and (b.scheme = a.scheme or (a.scheme like '%%upn' and b.scheme like '%%upn'))
where a.superseded_at is null and a.scheme <> 'other'
union
select a.child_id, b.child_id, false from named a
join named b on b.born_on = a.born_on and b.word = a.word and b.child_id > a.child_id
where length(a.word) > 1
union
select a.child_id, b.child_id, false from whole a
join whole b on b.name = a.name and b.child_id > a.child_id
where a.born_on is distinct from b.born_on and (
  a.born_on is null or b.born_on is null
  or (extract(day from a.born_on) = extract(day from b.born_on))::int
   + (extract(month from a.born_on) = extract(month from b.born_on))::int
   + (extract(year from a.born_on) = extract(year from b.born_on))::int > 1
  or (extract(day from a.born_on) = extract(month from b.born_on)
      and extract(month from a.born_on) = extract(day from b.born_on)
      and extract(year from a.born_on) = extract(year from b.born_on))
)
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records in use that are probably of one child, by key, with the score and why.

    `may_be_twins`: born on one day into one family, under given names that are nothing alike.
    `apart`: who took the two apart again after they had been joined, when and why.
    """

    child: int
    other: int
    score: int
    why: tuple[str, ...]
    may_be_twins: bool
    names: str  # of both, to be narrowed by
    apart: TwoChildren | None = None


def probable_pairs(*, by: Actor) -> list[Pair]:
    """Return the pairs of records that somebody may both know, the likeliest first.

    Not those that are joined, nor those of which somebody said that they are two children. Those
    that were joined and taken apart come last, with who did it: hidden, they would be joined again
    by whoever finds them alike. Asked when it is looked at and stored nowhere.
    """
    hidden = sealed_children()
    worth = _worth_comparing()
    found = {pair for pair in worth if hidden.isdisjoint(pair)}
    if not by.may("children.find"):
        known = set(Child.objects.visible_to(by).values_list("pk", flat=True))
        found = {pair for pair in found if known.issuperset(pair)}
    every = {pk for pair in found for pk in pair}
    answered = pairs_told_apart()
    heads = {
        pk: records[0]
        for pk, records in groups(every | {pk for pair in answered for pk in pair}).items()
    }
    told = taken_apart()
    apart = {frozenset((heads[one], heads[other])) for one, other in answered - told.keys()}
    once = {frozenset((heads[one], heads[other])): row for (one, other), row in told.items()}
    people = people_of(every)
    best: dict[frozenset[int], Pair] = {}
    for one, other in sorted(found):
        key = frozenset((heads[one], heads[other]))
        if len(key) < 2 or key in apart or not {one, other} <= people.keys():
            continue
        pair = _compared(
            people[one], people[other], heads[one], heads[other], has_number=worth[one, other]
        )
        if pair is not None and (key not in best or pair.score > best[key].score):
            best[key] = replace(pair, apart=once.get(key))
    return sorted(best.values(), key=lambda p: (p.apart is not None, -p.score, p.child, p.other))


def _worth_comparing() -> dict[tuple[int, int], bool]:
    """Return the pairs, each with whether the two have a number in common, present or former."""
    found: dict[tuple[int, int], bool] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [])
        for one, other, has_number in cursor.fetchall():
            found[one, other] = has_number or found.get((one, other), False)
    return found


def _compared(
    left: Person, right: Person, child: int, other: int, *, has_number: bool
) -> Pair | None:
    seen = compare(left, right)
    score, why = seen.score, seen.why
    if has_number and score < LISTED_FROM:
        # One number belongs to one child; who held it before is not compared otherwise.
        score, why = LISTED_FROM, ("They have a number in common.", *why)
    if score < LISTED_FROM:
        return None
    child, other = sorted((child, other))
    return Pair(
        child=child,
        other=other,
        score=score,
        why=why,
        may_be_twins=not has_number and may_be_twins(left, right),
        names=f"{left.given_names} {left.family_name} {right.given_names} {right.family_name}",
    )


def may_be_twins(left: Person, right: Person) -> bool:
    """Return whether two who were born on one day have given names that are nothing alike.

    One number for both says one child all the same.
    """
    if left.born_on is None or left.born_on != right.born_on:
        return False
    if (left.upn and left.upn == right.upn) or (
        left.nhs_number and left.nhs_number == right.nhs_number
    ):
        return False
    names = (Person(given_names=p.given_names, family_name=p.family_name) for p in (left, right))
    if compare(*names).score >= WHOLE_NAME:  # given and family name changed over
        return False
    return not any(
        compare(Person(given_names=one), Person(given_names=other)).score
        for one in _given(left)
        for other in _given(right)
    )


def _given(person: Person) -> Iterable[str]:
    yield person.given_names
    yield from (given for given, _ in person.other_names)


def likeness(child: int, other: int, *, by: Actor) -> tuple[int, Sequence[str], bool]:
    """Return how alike two records are, why, and whether they may be twins; for the compare view.

    For a record whose homes are sealed it is worked out from what lies in the open.
    """
    told = recalled("school", [child, other], by=by)
    people = people_of([child, other], schools=told)
    seen = compare(people[child], people[other])
    return seen.score, seen.why, may_be_twins(people[child], people[other])
