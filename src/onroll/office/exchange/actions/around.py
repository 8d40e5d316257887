"""What stands around a child: addresses, carers with their telephones, flags."""

from datetime import timedelta
from typing import Any

from onroll.matching import normalise
from onroll.office.exchange.actions.book import Book, Spans, said, span_says
from onroll.office.exchange.actions.reading import Row
from onroll.office.exchange.queries import existing
from onroll.office.exchange.queries.likely import Here
from onroll.office.people import actions as people
from onroll.office.people.actions import CarerRow

A_DAY = timedelta(days=1)


def place_addresses(book: Book) -> None:
    """Place where children lived. A later address ends one that nobody ended."""
    found = [(row, child) for row in book.readable("addresses") if (child := book.child(row))]
    taken = Spans()
    for pk, use, (start, end), place in existing.addresses(_linked(book, found)):
        taken.take((pk, use), start, end, place)
    planned: dict[tuple[int, str], list[tuple[Row, dict[str, Any], str]]] = {}
    for row, child in sorted(found, key=lambda one: (one[1].pk, one[0]["starts_on"])):
        use = row["use"] or "home"
        place = normalise.house_and_postcode(row["line_1"], row.text("postcode"))
        address = {
            "child_id": child.pk,
            "use": use,
            "starts_on": row["starts_on"],
            "ends_on": row["ends_on"],
            **{key: row.text(key) for key in ("line_1", "line_2", "town", "postcode", "uprn")},
            **book.fact(row),
        }
        earlier = planned.setdefault((child.pk, use), [])
        if _is_here(
            book, row, taken.clash((child.pk, use), row["starts_on"], row["ends_on"]), place
        ):
            continue
        if earlier and not _follows(book, row, earlier[-1], place):
            continue
        earlier.append((row, address, place))
    rows = [(row, address) for listed in planned.values() for row, address, _ in listed]
    people.load_addresses((address for _, address in rows), by=book.by, rebuilds_terms=False)
    for row, _ in rows:
        book.placed(row)


def _is_here(book: Book, row: Row, clash: Any, place: str) -> bool:
    if clash is None:
        return False
    start, end, other = clash
    if other == place:
        book.here(row)
    else:
        book.cannot(
            row, "From", f"Another address of this use is recorded here {span_says(start, end)}.",
            "Record this one by hand if it is right, and correct the other.",
        )  # fmt: skip
    return True


def _follows(book: Book, row: Row, before: tuple[Row, dict[str, Any], str], place: str) -> bool:
    """End an address that nobody ended, and say whether the row can stand after it."""
    earlier, address, earlier_place = before
    last = address["ends_on"]
    if last is not None and last < row["starts_on"]:
        return True
    if place == earlier_place:
        book.here(row)
        book.notice(row, "Address line 1", f"It repeats row {earlier.number}.", "Nothing.")
        return False
    if last is None and address["starts_on"] < row["starts_on"]:
        address["ends_on"] = row["starts_on"] - A_DAY
        book.notice(
            earlier, "To", f"It had no last day; row {row.number} begins on "
            f"{said(row['starts_on'])}, so it ends the day before.", "Nothing, if that is so.",
        )  # fmt: skip
        return True
    book.cannot(
        row, "From", f"Row {earlier.number} holds {span_says(address['starts_on'], last)}: a child "
        "has one address of a use at a time.", "Correct the dates, or the type of one of them.",
    )  # fmt: skip
    return False


def place_carers(book: Book) -> None:
    """Place the adults beside children, each once, with telephones and what we may do."""
    found = [(row, child) for row in book.readable("carers") if (child := book.child(row))]
    here = existing.carers(_linked(book, found))
    carers: dict[str, CarerRow] = {}
    known: dict[str, int] = {}
    taken = Spans()
    placed = []
    for row, child in found:
        number = row["carer_id"]
        name = normalise.plain(f"{row.text('given_names')} {row['family_name']}")
        if (child.pk, name) in here:
            known[number] = here[child.pk, name]
            book.here(row)
            continue
        start, end = row["starts_on"] or book.migrated_on, row["ends_on"]
        if end is not None and end < start:
            start = end
        if clash := taken.clash((child.pk, number), start, end):
            book.here(row)
            book.notice(row, "Carer ID", f"It repeats row {clash[2]}.", "Nothing.")
            continue
        taken.take((child.pk, number), start, end, row.number)
        carers.setdefault(
            number,
            CarerRow(
                key=number,
                family_name=row["family_name"],
                given_names=row.text("given_names"),
                title=row.text("title"),
                first_language=row.text("first_language"),
                needs_interpreter=bool(row["needs_interpreter"]),
            ),
        )
        placed.append((row, child, start, end))
    added = [carer for number, carer in carers.items() if number not in known]
    keys = people.load_carers(added, by=book.by)
    book.keep("people.Carer", keys.values())
    keys |= known
    ties = [_relationship(book, keys, *one) for one in placed]
    people.load_relationships(ties, by=book.by, rebuilds_terms=False)
    points = _contact_points(book, keys, known, placed)
    people.load_contact_points(points, by=book.by, rebuilds_terms=False)
    for row, *_ in placed:
        book.placed(row)


def _relationship(
    book: Book, keys: dict[str, int], row: Row, child: Here, start: Any, end: Any
) -> Any:
    return {
        "child_id": child.pk,
        "carer_id": keys[row["carer_id"]],
        "kind": row["kind"],
        "parental_responsibility": row["parental_responsibility"] or "unknown",
        "lives_with": row["lives_with"],
        "contact": row["contact"] or "unknown",
        "priority": min(row["priority"] or 1, 100),
        "starts_on": start,
        "ends_on": end,
        **book.fact(row),
    }


def _contact_points(book: Book, keys: dict[str, int], known: dict[str, int], placed: Any) -> Any:
    points: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row, _, start, _ in placed:
        number = row["carer_id"]
        if number in known:
            continue
        for kind in ("telephone", "mobile", "email"):
            if row[kind]:
                points.setdefault(
                    (number, kind, row[kind]),
                    {
                        "carer_id": keys[number],
                        "kind": kind,
                        "value": row[kind],
                        "safe": row["safe"] or "unknown",
                        "starts_on": start,
                        **book.fact(row),
                    },
                )
    return list(points.values())


def place_flags(book: Book) -> None:
    """Place vulnerabilities and statuses."""
    found = [(row, child) for row in book.readable("flags") if (child := book.child(row))]
    taken = Spans()
    for pk, flag, (start, end) in existing.flags(_linked(book, found)):
        taken.take((pk, flag), start, end, None)
    flags = []
    for row, child in found:
        key, start, end = (child.pk, row["flag"]), row["starts_on"], row["ends_on"]
        if clash := taken.clash(key, start, end):
            if clash[2] is None or (clash[0], clash[1]) == (start, end):
                book.here(row)
            else:
                book.cannot(
                    row, "From", f"Row {clash[2]} raises the same flag {span_says(*clash[:2])}.",
                    "Join the two rows, or correct their dates.",
                )  # fmt: skip
            continue
        taken.take(key, start, end, row.number)
        flags.append(
            {
                "child_id": child.pk,
                "flag": row["flag"],
                "detail": row.text("detail"),
                "starts_on": start,
                "ends_on": end,
                **book.fact(row),
            }
        )
        book.placed(row)
    people.load_flags(flags, by=book.by)


def _linked(book: Book, found: list[tuple[Row, Here]]) -> set[int]:
    return {child.pk for _, child in found} - book.is_new
