# ruff: noqa: S608 - only names of parts are put into SQL here; what was typed is passed beside it
"""Which children fit a search, and how well: in a few questions, for any number of children.

What is typed is compared with the list of words that names and streets are made of, which is
short; the words found lead to children through one index. Sealed children have no search terms, so
that for those who are not cleared there is nothing to find; for the others they are compared one
by one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from onroll.matching import normalise
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import (
    Child,
    ChildAddress,
    ChildName,
    ContactPoint,
    Identifier,
    Relationship,
)
from onroll.office.people.queries import asked as asking
from onroll.office.people.queries.asked import Asked
from onroll.office.people.queries.sealed import cleared, sealed_children, sealed_rows

FEW = 5
# A child of that name stands before every child whose mother or street has it: the points of a
# child who was not found by own names alone are halved, and no own name counts less than that.
OWN = 1_000
A_CARER, A_STREET = 10, 15  # how much less they say
A_HOUSE = 12  # how much more a street says with the number of the house

_OF_NAMES = ["name"]
_OF_WORDS = ["name", "carer", "street"]
_OF_STREETS = ["street"]
_OWN_CODES = ["number", "postcode"]
_OF_CODES = ["number", "postcode", "telephone"]


def knows_those_around(by: Actor) -> bool:
    """Whether somebody may know the people and the homes around every child they find."""
    return by.may("children.find")


def scored(wanted: Asked, *, by: Actor, most: int) -> dict[int, int]:
    """Return the best children for a search with how well each fits."""
    among = _may_know(by)
    if among is not None and not among:
        return {}
    typed = [*wanted.words, *(word for _, word in wanted.streets)]
    search = _Search(
        among=among,
        most=most,
        is_wide=knows_those_around(by),
        alternatives={word: _alike(word) for word in dict.fromkeys(typed) if len(word) > 1},
    )
    found: dict[int, int] = {}
    if wanted.streets and search.is_wide:
        found = search.run(wanted.as_address)
    if not (found and wanted.is_an_address):
        for pk, score in _by_names(wanted.as_names, search).items():
            found[pk] = max(found.get(pk, 0), score)
    found.update(_among_sealed(wanted, by=by))
    return found


def _by_names(wanted: Asked, search: "_Search") -> dict[int, int]:
    found = search.run(wanted)
    words = [w for w in wanted.words if w in search.alternatives]
    if (wanted.days or wanted.years) and words and len(found) < FEW:
        for pk, score in search.run(_without_dates(wanted)).items():
            found.setdefault(pk, score // 4)
    if not found and len(words) > 1:
        for left_out in words:
            rest = tuple(w for w in wanted.words if w != left_out)
            if not any(len(w) > 2 and w not in normalise.STREET_KINDS for w in rest):
                continue  # "street" alone, or two letters, say nothing
            for pk, score in search.run(_without_dates(wanted, rest)).items():
                found[pk] = max(found.get(pk, 0), score // 3)
    return found


def _without_dates(wanted: Asked, words: tuple[str, ...] | None = None) -> Asked:
    kept = wanted.words if words is None else words
    return Asked(text=wanted.text, words=kept, codes=wanted.codes)


def _may_know(by: Actor) -> list[int] | None:
    """Return the only children that somebody may know of; None when that is the whole area."""
    if by.may("children.find"):
        return None
    return list(Child.objects.visible_to(by).values_list("pk", flat=True))


_WORDS = f"""
select word, max(near) from (
  select word, {asking.WHOLE} as near from people_searchword where word = %(word)s
  union all
  select word, {asking.FOLDED} from people_searchword where folded = %(folded)s
  union all
  select word, {asking.SHORT_FORM} from people_searchword where word = any(%(short)s)
  union all
  (select word, {asking.BEGINNING} from people_searchword where word like %(beginning)s
   order by length(word), word limit 300)
  union all
  select word, {asking.SLIP} from people_searchword
   where shorter && %(shorter)s and length(word) between %(least)s and %(longest)s
  union all
  (select word, {asking.SIMILAR} from people_searchword
   where %(is_long)s and word %% %(word)s and similarity(word, %(word)s) >= 0.5
   order by similarity(word, %(word)s) desc limit 12)
) as every group by word
"""


def _alike(word: str) -> dict[str, int]:
    """Return the words of names that a typed word can mean, with how near each is."""
    values: dict[str, Any] = {
        "word": word,
        "folded": normalise.folded(word),
        "short": list(normalise.short_forms(word)),
        "beginning": f"{word}%",
        "shorter": list(normalise.with_a_letter_missing(word)),
        "least": len(word) - 1,
        "longest": len(word) + 1,
        "is_long": len(word) >= 5,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, values)
        found = dict(cursor.fetchall())
    # Sharing a shortened form can also mean two slips; those are not wanted.
    return {
        other: near
        for other, near in found.items()
        if near != asking.SLIP or asking.is_a_slip(word, other)
    }


@dataclass(frozen=True, slots=True)
class _Search:
    """A search as the database is asked: among whom, how many, by what besides their own names."""

    among: list[int] | None
    most: int
    is_wide: bool
    alternatives: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def run(self, wanted: Asked) -> dict[int, int]:
        """Return the best children who meet every part of a search, with their points."""
        values: dict[str, Any] = {}
        parts = list(self._parts(wanted, values))
        if not parts:
            return {}
        where = ["true"]
        if self.among is not None:
            where.append("child_id = any(%(among)s)")
            values["among"] = self.among
        for number, letter in enumerate(w for w in wanted.words if len(w) == 1):
            where.append(
                "exists (select 1 from people_searchterm t where t.child_id = every.child_id "
                f"and t.what = 'name' and t.term like %(initial{number})s)"
            )
            values[f"initial{number}"] = f"{letter}%"
        # Counted and not joined: a join of parts whose sizes the planner can't guess may compare
        # every child of one with every child of another.
        sql = (
            f"select child_id, sum(near %% {OWN}) / (case when min(near) >= {OWN} then 1 else 2 "
            f"end) as score from ({' union all '.join(parts)}) as every "
            f"where {' and '.join(where)} group by child_id having count(*) = {len(parts)} "
            "order by score desc, child_id limit %(most)s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, {**values, "most": self.most})
            return {pk: score // len(parts) for pk, score in cursor.fetchall()}

    def _parts(self, wanted: Asked, values: dict[str, Any]) -> Iterator[str]:
        """Yield a question for each part of a search: the children who meet it, and how nearly."""
        born = _born(wanted, values)
        count = 0
        for word in wanted.words:
            if word in self.alternatives:
                near = self.alternatives[word]
                kinds = _OF_WORDS if self.is_wide else _OF_NAMES
                yield _word_part(count, near, kinds, born, values)
                count += 1
        for number, word in wanted.streets:
            near = dict(self.alternatives[word])
            if number:
                houses = {asking.house_term(number, w): n + A_HOUSE for w, n in near.items()}
                near |= houses
            yield _word_part(count, near, _OF_STREETS, born, values)
            count += 1
        for at, code in enumerate(wanted.codes):
            yield _code_part(at, code, _OF_CODES if self.is_wide else _OWN_CODES, born, values)
            count += 1
        if not count and wanted.days:
            yield (
                f"select distinct t.child_id, {OWN} + 100 as near from people_searchterm t "
                f"where t.what = 'number' {born}"
            )


def _born(wanted: Asked, values: dict[str, Any]) -> str:
    if wanted.days:
        values["days"] = list(wanted.days)
        return "and t.born_on = any(%(days)s)"
    if wanted.years:
        values["first"] = date(min(wanted.years), 1, 1)
        values["last"] = date(max(wanted.years), 12, 31)
        return "and t.born_on between %(first)s and %(last)s"
    return ""


def _word_part(
    number: int, near: Mapping[str, int], kinds: list[str], born: str, values: dict[str, Any]
) -> str:
    values |= {
        f"words{number}": list(near),
        f"nears{number}": list(near.values()),
        f"kinds{number}": kinds,
    }
    return (
        "select t.child_id, max(w.near + case when t.is_current then 3 else 0 end + case t.what "
        f"when 'name' then {OWN} when 'carer' then -{A_CARER} else -{A_STREET} end) as near "
        f"from unnest(%(words{number})s::text[], %(nears{number})s::int[]) as w (word, near) "
        "join people_searchterm t on t.term = w.word "
        f"and t.what = any(%(kinds{number})s) {born} group by t.child_id"
    )


def _code_part(number: int, code: str, kinds: list[str], born: str, values: dict[str, Any]) -> str:
    values |= {f"code{number}": code, f"codes{number}": f"{code}%", f"ofcode{number}": kinds}
    return (
        f"select t.child_id, {OWN} + max(case when t.term = %(code{number})s then 110 else 95 end "
        "+ case when t.is_current then 3 else 0 end) as near from people_searchterm t "
        f"where t.term like %(codes{number})s and t.what = any(%(ofcode{number})s) {born} "
        "group by t.child_id"
    )


@dataclass(slots=True)
class _Around:
    """Everything by which one sealed child could be found, for those who are cleared."""

    names: set[str] = field(default_factory=set)
    carers: set[str] = field(default_factory=set)
    streets: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)


def _among_sealed(wanted: Asked, *, by: Actor) -> dict[int, int]:
    """Return the sealed children that fit, for somebody cleared; nothing for anybody else."""
    if not by.may("sealed.read"):
        return {}
    sealed = sealed_children()
    children = Child.objects.filter(pk__in=sealed, erased_at__isnull=True).in_bulk()
    found = {}
    for pk, around in _around_sealed(children, by=by).items():
        if points := _fit(wanted, children[pk], around):
            found[pk] = points
    return found


def _around_sealed(children: Mapping[int, Child], *, by: Actor) -> dict[int, _Around]:
    found = {pk: _Around() for pk in children}
    for pk, child in children.items():
        found[pk].names.update(normalise.search_words(str(child)))
        found[pk].codes.add(asking.code_term(child.ref))
    for name in ChildName.objects.as_known().filter(child__in=children):
        full = f"{name.given_names} {name.family_name}"
        found[name.child_id].names.update(normalise.search_words(full))
    for number in Identifier.objects.as_known().filter(child__in=children):
        found[number.child_id].codes.add(asking.code_term(number.value))
    beside: dict[int, set[int]] = {}
    for tie in Relationship.objects.as_known().filter(child__in=children).select_related("carer"):
        found[tie.child_id].carers.update(
            normalise.search_words(f"{tie.carer.given_names} {tie.carer.family_name}")
        )
        beside.setdefault(tie.carer_id, set()).add(tie.child_id)
    with cleared(by):
        homes = sealed_rows(ChildAddress, children=children)
        points = sealed_rows(ContactPoint, children=children)
    points += ContactPoint.objects.as_known().filter(carer__in=beside)
    for home in homes:
        if home.superseded_at is None and home.child_id in found:
            found[home.child_id].codes.add(asking.code_term(home.postcode))
            for line in (home.line_1, home.line_2):
                found[home.child_id].streets.update(w for _, w in normalise.streets_in(line))
    for point in points:
        owners = {point.child_id} if point.child_id else beside.get(point.carer_id or 0, set())
        if point.superseded_at is None and point.kind != ContactPoint.Kind.EMAIL:
            for owner in owners & found.keys():
                found[owner].codes.add(normalise.telephone(point.value))
    return found


def _fit(wanted: Asked, child: Child, around: _Around) -> int:
    own: list[int] = []
    others: list[int] = []
    streets = {word for _, word in wanted.streets}
    for typed in wanted.words:
        if streets and typed in normalise.STREET_KINDS:
            continue
        if near := _nearest(typed, around.names):
            own.append(near)
        else:
            others.append(
                max(
                    _nearest(typed, around.carers) - A_CARER,
                    _nearest(typed, around.streets) - A_STREET,
                    0,
                )
            )
    for code in wanted.codes:
        own.append(100 if any(c.startswith(code) for c in around.codes) else 0)
    if wanted.days or wanted.years:
        years = {child.born_on.year} if child.born_on else set()
        agrees = child.born_on in wanted.days or bool(years & set(wanted.years))
        own.append(100 if agrees else 0)
    points = own + others
    if not points or not all(points):
        return 0
    return sum(points) // len(points) // (2 if others else 1)


def _nearest(typed: str, words: Iterable[str]) -> int:
    return asking.nearest(typed, frozenset(words))[0]
