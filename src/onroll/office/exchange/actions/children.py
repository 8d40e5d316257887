"""Children of a former system: linked with those here, or added; their other names and numbers."""

from collections.abc import Iterator
from typing import Any

from onroll.matching import normalise
from onroll.matching.explain import Person
from onroll.office.exchange.actions.book import Book, instant
from onroll.office.exchange.actions.reading import Row
from onroll.office.exchange.queries import existing, likely
from onroll.office.exchange.queries.likely import Here
from onroll.office.kernel.references import tidy_reference
from onroll.office.people import actions as people
from onroll.office.people.actions import ChildRow

OLDEST_YEARS = 26
NUMBERS = (
    ("former_upn", "former_upn", "Former UPN"),
    ("nhs", "nhs", "NHS number"),
    ("uln", "uln", "ULN"),
    ("social_care", "social_care", "Social care ID"),
)
DECIDE = (
    "Say in decisions.csv for this Person ID: the reference of the child here, the Person ID of "
    "the other row, or new."
)


def place_children(book: Book) -> list[ChildRow]:
    """Place every child; return those who were added, for the check against sealed children."""
    register = likely.known_children()
    book.children = likely.numbered(book.origin)
    decisions = {row["person_id"]: row for row in book.folder.of("decisions") if not row.faults}
    refs = likely.by_ref() if decisions else {}
    new: dict[str, tuple[Row, str]] = {}  # by the number there: the row, and its checked UPN
    joined: list[tuple[Row, str]] = []  # a row, and the number of the row that it repeats
    linked: list[tuple[Row, Here]] = []
    seen: set[str] = set()
    for row in book.readable("children"):
        number = row["person_id"]
        if not _can_be(book, row, seen):
            continue
        seen.add(number)
        if number in book.children:
            linked.append((row, book.children[number]))
            continue
        who: likely.Who | None
        decision = decisions.get(number)
        upn = _upn(book, row)
        person = _person(row, upn)
        if decision is None:
            who = register.same(person)
            if who is None and (others := register.likely(person)):
                _undecided(book, row, others)
                continue
        else:
            same_as = decision.text("same_as")
            who = _decided(same_as, refs, new)
            if who is None and same_as.casefold() != "new":
                book.cannot(
                    row, "Person ID", f"decisions.csv names {same_as}, which is nobody known.",
                    DECIDE,
                )  # fmt: skip
                continue
        if who is None:
            new[number] = (row, upn)
            register.add(number, f"Person ID {number} of this file", person)
        elif isinstance(who, str):
            joined.append((row, who))
        else:
            linked.append((row, Here(who, "", row["born_on"])))
    added = _add(book, new)
    for row, number in joined:
        book.children[row["person_id"]] = book.children[number]
        book.here(row)
        book.notice(row, "Person ID", f"It is the same child as Person ID {number}.",
                    "Nothing, if that is so; otherwise say new in decisions.csv.")  # fmt: skip
    _link(book, linked)
    _record_the_rest(book, [r for r, _ in new.values()], [r for r, _ in joined + linked])
    return added


def _can_be(book: Book, row: Row, seen: set[str]) -> bool:
    born_on = row["born_on"]
    if row["person_id"] in seen:
        book.cannot(row, "Person ID", "It repeats a number further up.", "Keep one of the rows.")
    elif born_on is not None and born_on > book.on:
        book.cannot(row, "Date of birth", "It is in the future.", "Correct the date.")
    elif born_on is not None and born_on.year < book.on.year - OLDEST_YEARS:
        book.cannot(
            row, "Date of birth", f"It is more than {OLDEST_YEARS} years ago.",
            "Leave the person out: records of adults stay in the former system's archive.",
        )  # fmt: skip
    elif row["died_on"] and born_on and row["died_on"] < born_on:
        book.cannot(row, "Date of death", "It is before the date of birth.", "Correct one of them.")
    else:
        return True
    return False


def _upn(book: Book, row: Row) -> str:
    """Return the UPN where it can be one; another is kept as a number of another kind."""
    typed = row.text("upn")
    if not typed:
        return ""
    checked = people.checked_identifier("upn", typed)
    return checked.value if not checked.errors else ""


def _person(row: Row, upn: str) -> Person:
    nhs = people.checked_identifier("nhs", row.text("nhs"))
    return Person(
        given_names=row.text("given_names"),
        family_name=row.text("family_name"),
        born_on=row["born_on"],
        upn=upn,
        nhs_number="" if nhs.errors else nhs.value,
    )


def _undecided(book: Book, row: Row, others: list[likely.Likely]) -> None:
    told = "; ".join(f"{one.named} ({one.score} of 100: {' '.join(one.why)})" for one in others[:3])
    book.cannot(row, "Person ID", f"It may be a child who is known already: {told}", DECIDE)


def _decided(
    same_as: str, refs: dict[str, Here], new: dict[str, tuple[Row, str]]
) -> likely.Who | None:
    if same_as in new:
        return same_as
    found = refs.get(tidy_reference(same_as))
    return found.pk if found else None


def _add(book: Book, new: dict[str, tuple[Row, str]]) -> list[ChildRow]:
    rows = [_child_row(book, row, upn) for row, upn in new.values()]
    keys = people.load_children(
        rows, by=book.by, on=book.on, holds_back=False, rebuilds_terms=False
    )
    book.keep("people.Child", keys.values())
    for row, _ in new.values():
        pk = keys[row["person_id"]]
        book.children[row["person_id"]] = Here(pk, "", row["born_on"])
        book.is_new.add(pk)
        book.placed(row)
    return rows


def _child_row(book: Book, row: Row, upn: str) -> ChildRow:
    born_on = row["born_on"]
    if born_on is None:
        birth_date_is = "unknown"
    else:
        birth_date_is = "estimated" if row["is_estimated"] else "exact"
    return ChildRow(
        key=row["person_id"],
        given_names=row["given_names"],
        family_name=row["family_name"],
        known_as=row.text("known_as"),
        born_on=born_on,
        birth_date_is=birth_date_is,
        known_from=row["known_from"] or born_on or book.migrated_on,
        sex=row["sex"] or "U",
        ethnicity=row.text("ethnicity").upper(),
        first_language=row.text("first_language"),
        needs_interpreter=bool(row["needs_interpreter"]),
        died_on=row["died_on"],
        upn=upn,
        source=book.source,
        recorded_at=instant(row["known_on"]) if row["known_on"] else None,
    )


def _link(book: Book, linked: list[tuple[Row, Here]]) -> None:
    for row, child in linked:
        book.children[row["person_id"]] = child
        book.here(row)


def _record_the_rest(book: Book, new: list[Row], linked: list[Row]) -> None:
    """Record other names and every number, the former system's own among them."""
    here = {book.children[row["person_id"]].pk for row in linked}
    held, called = existing.numbers(here), existing.names(here)
    names: list[dict[str, Any]] = []
    numbers: list[dict[str, Any]] = []
    for row, is_linked in (*((r, False) for r in new), *((r, True) for r in linked)):
        child = book.children[row["person_id"]]
        starts_on = row["known_from"] or child.born_on or book.migrated_on
        said = {"child_id": child.pk, "starts_on": starts_on, **book.fact(row)}
        for use, given, family in _other_names(row, is_linked=is_linked):
            key = (child.pk, normalise.plain(given), normalise.plain(family))
            if key not in called:
                called.add(key)
                names.append(_name(row, said, use, given, family))
        for scheme, typed in _told_numbers(row):
            scheme, value = _number(book, row, scheme, typed)
            if (child.pk, scheme, value) in held:
                continue
            if scheme == "upn":
                if not is_linked:
                    continue  # recorded with the child
                if any(pk == child.pk and s == "upn" for pk, s, _ in held):
                    scheme = "former_upn"
            held.add((child.pk, scheme, value))
            numbers.append({**said, "scheme": scheme, "value": value})
    people.load_names(names, by=book.by, rebuilds_terms=False)
    people.load_identifiers(numbers, by=book.by, rebuilds_terms=False)


def _other_names(row: Row, *, is_linked: bool) -> Iterator[tuple[str, str, str]]:
    given, family = row["given_names"], row["family_name"]
    if is_linked:
        # The name of a child who is here stays; how the former system had it stands beside it.
        yield "other", given, family
    if row["former_family_name"] or row["former_given_names"]:
        yield (
            "former",
            row.text("former_given_names") or given,
            row.text("former_family_name") or family,
        )


def _told_numbers(row: Row) -> Iterator[tuple[str, str]]:
    yield "legacy", row["person_id"]
    if row.text("upn"):
        yield "upn", row.text("upn")
    for key, scheme, _ in NUMBERS:
        if row.text(key):
            yield scheme, row.text(key)


def _number(book: Book, row: Row, scheme: str, typed: str) -> tuple[str, str]:
    checked = people.checked_identifier(scheme, typed)
    if scheme == "upn" and checked.errors:
        temporary = people.checked_identifier("temporary_upn", typed)
        if not temporary.errors:
            return "temporary_upn", temporary.value
    if not checked.errors:
        return scheme, checked.value
    column = next((title for _, s, title in NUMBERS if s == scheme), "UPN")
    book.notice(
        row,
        column,
        f"It cannot be right: {checked.errors[0]}",
        "It was kept as another number. Ask the school, and record the right one.",
    )
    return "other", " ".join(typed.split())


def _name(row: Row, said: dict[str, Any], use: str, given: str, family: str) -> dict[str, Any]:
    until = row["former_until"] if use == "former" else None
    starts_on = said["starts_on"]
    return {
        **said,
        "use": use,
        "given_names": given,
        "family_name": family,
        "starts_on": min(starts_on, until) if until else starts_on,
        "ends_on": until,
    }
