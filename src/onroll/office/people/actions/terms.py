"""What children can be found by, made again from the facts after every change of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from onroll.matching import normalise
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import (
    Child,
    ChildAddress,
    ChildName,
    ContactPoint,
    Identifier,
    Relationship,
    SearchTerm,
    SearchWord,
)
from onroll.office.people.queries.asked import code_term, house_term
from onroll.office.people.queries.sealed import sealed_children

BATCH = 5_000
# Words are added under the shared lock and taken away under the exclusive one, so that a word
# which one act still needs is not taken away by another.
WORDS_LOCK = 0x736561726368

# The facts from which terms are made.
FOUND_BY: tuple[type[Fact], ...] = (
    ChildName, Identifier, ChildAddress, Relationship, ContactPoint
)  # fmt: skip
# The kinds of terms that consist of words, which may be spelt another way.
OF_WORDS = (SearchTerm.What.NAME, SearchTerm.What.CARER, SearchTerm.What.STREET)

Row = tuple[int, str, str, bool, date | None]


def beside(carers: Iterable[int]) -> set[int]:
    """Return the children beside whom these carers stand or stood."""
    found = Relationship.objects.as_known().filter(carer__in=list(carers))
    return set(found.values_list("child_id", flat=True))


def found_by(model: type[Fact], rows: Iterable[Any]) -> set[int]:
    """Return the children whom these facts help to find; each is (child, carer) by key."""
    if model not in FOUND_BY:
        return set()
    listed = list(rows)
    carers = {carer for _, carer in listed if carer} if model is ContactPoint else set()
    return {child for child, _ in listed if child} | beside(carers)


def owners_of(rows: QuerySet[Any]) -> list[tuple[int | None, int | None]]:
    """Return whose facts these are: (child, carer) by key, None for either that a row has not."""
    has_carer = any(f.name == "carer" for f in rows.model._meta.concrete_fields)
    if has_carer:
        return list(rows.values_list("child_id", "carer_id"))
    return [(child, None) for child in rows.values_list("child_id", flat=True)]


def rebuild_terms(children: Iterable[int]) -> None:
    """Make the search terms of these children again; sealed and erased children get none.

    They are made from what stands in the tables and from nothing sealed, so that a search tells
    no more than the pages of the children whom it finds.
    """
    every = sorted(set(children))
    for start in range(0, len(every), BATCH):
        _rebuild(every[start : start + BATCH])


def rebuild_all_terms() -> int:
    """Make the search terms of every child again, some thousands at a time; return how many."""
    every = list(Child.objects.filter(erased_at__isnull=True).values_list("pk", flat=True))
    for start in range(0, len(every), BATCH):
        rebuild_terms(every[start : start + BATCH])
    return len(every)


@transaction.atomic
def _rebuild(children: list[int]) -> None:
    # One act at a time makes the terms of a child: the second sees what the first has written.
    list(
        Child.objects.select_for_update(no_key=True)
        .filter(pk__in=children)
        .order_by("pk")
        .values_list("pk")
    )
    SearchTerm.objects.filter(child__in=children).delete()
    rows = list(_terms(set(children) - sealed_children()))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [WORDS_LOCK])
        with cursor.copy(
            "copy people_searchterm (child_id, what, term, is_current, born_on) from stdin"
        ) as copy:
            for row in rows:
                copy.write_row(row)
    words = {row[2] for row in rows if row[1] in OF_WORDS and " " not in row[2]}
    SearchWord.objects.bulk_create(
        [
            SearchWord(
                word=word,
                folded=normalise.folded(word),
                shorter=sorted(normalise.with_a_letter_missing(word)),
            )
            for word in sorted(words)
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _terms(children: set[int]) -> Iterator[Row]:
    known = Child.objects.filter(pk__in=children, erased_at__isnull=True).in_bulk()
    found: dict[tuple[int, str, str], bool] = {}
    for made in (_named(known), _numbered(known), _housed(known), _around(known)):
        for child_pk, what, term, is_current in made:
            if term and child_pk in known:
                key = (child_pk, what, term)
                found[key] = found.get(key, False) or is_current
    for (child_pk, what, term), is_current in found.items():
        yield child_pk, what, term, is_current, known[child_pk].born_on


Term = tuple[int, str, str, bool]  # child, what, term, whether it still holds


def _named(children: Mapping[int, Child]) -> Iterator[Term]:
    for child in children.values():
        for part in (child.given_names, child.known_as, child.family_name):
            for word in normalise.search_words(part):
                yield child.pk, SearchTerm.What.NAME, word, True
    for name in ChildName.objects.as_known().filter(child__in=children):
        for part in (name.given_names, name.family_name):
            for word in normalise.search_words(part):
                yield name.child_id, SearchTerm.What.NAME, word, False


def _numbered(children: Mapping[int, Child]) -> Iterator[Term]:
    for child in children.values():
        yield child.pk, SearchTerm.What.NUMBER, code_term(child.ref), True
    for number in Identifier.objects.as_known().filter(child__in=children):
        term = code_term(number.value)
        yield number.child_id, SearchTerm.What.NUMBER, term, number.ends_on is None


def _housed(children: Mapping[int, Child]) -> Iterator[Term]:
    for home in ChildAddress.objects.as_known().filter(child__in=children):
        is_current = home.ends_on is None
        yield home.child_id, SearchTerm.What.POSTCODE, code_term(home.postcode), is_current
        for line in (home.line_1, home.line_2):
            for number, word in normalise.streets_in(line):
                yield home.child_id, SearchTerm.What.STREET, word, is_current
                if number:
                    house = house_term(number, word)
                    yield home.child_id, SearchTerm.What.STREET, house, is_current


def _around(children: Mapping[int, Child]) -> Iterator[Term]:
    """Yield what the people around children are called, and by which numbers they are rung."""
    beside: dict[int, list[tuple[int, bool]]] = {}
    for tie in Relationship.objects.as_known().filter(child__in=children).select_related("carer"):
        is_current = tie.ends_on is None
        beside.setdefault(tie.carer_id, []).append((tie.child_id, is_current))
        for word in normalise.search_words(f"{tie.carer.given_names} {tie.carer.family_name}"):
            yield tie.child_id, SearchTerm.What.CARER, word, is_current
    rung = ContactPoint.objects.as_known().exclude(kind=ContactPoint.Kind.EMAIL)
    for point in rung.filter(carer__in=list(beside)):
        term = normalise.telephone(point.value)
        for child, is_beside in beside[point.carer_id or 0]:
            is_current = is_beside and point.ends_on is None
            yield child, SearchTerm.What.TELEPHONE, term, is_current
    for point in rung.filter(child__in=children):
        term = normalise.telephone(point.value)
        yield point.child_id or 0, SearchTerm.What.TELEPHONE, term, point.ends_on is None


def forget_terms(child: int) -> None:
    """Take away everything by which a child could be found, words that only this child has too."""
    words = list(
        SearchTerm.objects.filter(child=child, what__in=OF_WORDS).values_list("term", flat=True)
    )
    SearchTerm.objects.filter(child=child).delete()
    lock_words()
    still_used = SearchTerm.objects.filter(term__in=words).values("term")
    SearchWord.objects.filter(word__in=words).exclude(word__in=still_used).delete()


def lock_words() -> None:
    """Let nobody add words of names until this transaction ends, so that some can be taken away."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [WORDS_LOCK])
