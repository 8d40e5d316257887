"""The former organisation: who held which post, and since when series were recorded."""

from decimal import Decimal
from typing import Any

from onroll.office.accounts.actions.loads import load_organisation
from onroll.office.accounts.actions.rows import Organisation, PostRow, Span
from onroll.office.exchange.actions.book import Book, Spans, span_says
from onroll.office.exchange.actions.reading import Row
from onroll.office.exchange.queries import existing


def place_posts(book: Book) -> None:
    """Place posts with who held them."""
    taken = Spans()
    for title, holder, (start, end) in existing.holdings():
        taken.take((title, holder), start, end, None)
    posts: dict[tuple[str, str, str], list[Row]] = {}
    for row in book.readable("posts"):
        key = (row["title"].casefold(), row["holder"].casefold())
        start, end = row["starts_on"], row["ends_on"]
        if clash := taken.clash(key, start, end):
            if clash[2] is None or (clash[0], clash[1]) == (start, end):
                book.here(row)
            else:
                book.cannot(
                    row, "From", f"Row {clash[2]} has the same person in the same post "
                    f"{span_says(*clash[:2])}.", "Join the two rows, or correct their dates.",
                )  # fmt: skip
            continue
        taken.take(key, start, end, row.number)
        post = (row["title"], row["category"], row["employer"] or "authority")
        posts.setdefault(post, []).append(row)
        book.placed(row)
    rows = [_post(key, held) for key, held in posts.items()]
    loaded = load_organisation(
        organisation=Organisation(posts=rows), by=book.by, source=book.source
    )
    book.keep("accounts.PostHolding", existing.holdings_of(loaded.posts))
    book.keep("accounts.PostDetail", existing.details_of(loaded.posts))
    book.keep("accounts.Post", loaded.posts)


def _post(key: tuple[str, str, str], held: list[Row]) -> PostRow:
    title, category, employer = key
    first = min(row["established_on"] or row["starts_on"] for row in held)
    return PostRow(
        title=title,
        category=category,
        employer=employer,
        established_on=min(first, *(row["starts_on"] for row in held)),
        holders=[
            (row["holder"], Span(row["starts_on"], row["ends_on"]), row["share"] or Decimal(1), "")
            for row in held
        ],
    )


def place_recording(book: Book) -> None:
    """Place since when series were recorded; one that is here already is said anew."""
    told: dict[str, Row] = {}
    for row in book.readable("recording"):
        if row["series"] in told:
            book.cannot(row, "Series", "It repeats a series further up.", "Keep one of the rows.")
            continue
        told[row["series"]] = row
        book.placed(row)
    before = existing.recordings(told)
    book.recordings = {
        series: [_said(before.get(series)), _said((row["began_on"], row.text("says")))]
        for series, row in told.items()
    }
    recordings = [(series, row["began_on"], row.text("says")) for series, row in told.items()]
    load_organisation(organisation=Organisation(recordings=recordings), by=book.by)


def _said(recording: Any) -> list[str] | None:
    return None if recording is None else [recording[0].isoformat(), recording[1]]
