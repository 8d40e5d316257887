"""The chain names the first row that is not what was sealed, whoever changed it."""

import psycopg
import pytest

from onroll.office.journal import chain
from onroll.office.journal.actions import look
from onroll.office.journal.models import Event, Link
from onroll.office.kernel.actor import PROGRAM
from tests.database import Database


@pytest.fixture
def five(committed_db: Database) -> tuple[Database, list[int]]:
    """Five sealed events, and their numbers."""
    events = [look(by=PROGRAM, children=[n], page=f"page {n}").pk for n in range(5)]
    assert chain.seal() == 5
    assert chain.verify().checked == 5
    return committed_db, events


def tamper(database: Database, *statements: str) -> None:
    """Change rows as only a superuser with the triggers off can."""
    with psycopg.connect(database.owner_url) as connection:
        for table in ("journal_event", "journal_link"):
            connection.execute(f"alter table {table} disable trigger user")
        for statement in statements:
            connection.execute(statement)


def test_an_edited_event_is_named(five: tuple[Database, list[int]]) -> None:
    database, events = five

    tamper(database, f"update journal_event set actor_name = 'Nobody' where id = {events[2]}")

    verdict = chain.verify()
    assert verdict.fault == f"event {events[2]} (link 3) has been changed"
    assert verdict.checked == 2


@pytest.mark.parametrize(
    "column", ["at = at + interval '1 second'", "verb = 'x'", "actor = 1", "subject = 'x'",
               "children = '{1,2,3}'", "data = '{}'", "request_id = 'x'"],
)  # fmt: skip
def test_every_column_is_sealed(five: tuple[Database, list[int]], column: str) -> None:
    database, events = five

    tamper(database, f"update journal_event set {column} where id = {events[0]}")

    assert chain.verify().fault == f"event {events[0]} (link 1) has been changed"


def test_a_deleted_event_is_named(five: tuple[Database, list[int]]) -> None:
    database, events = five

    tamper(database, f"delete from journal_event where id = {events[3]}")

    assert chain.verify().fault == f"event {events[3]} (link 4) has been deleted"


def test_an_event_and_its_link_deleted_together_leave_a_gap(
    five: tuple[Database, list[int]],
) -> None:
    database, events = five

    tamper(
        database,
        f"delete from journal_event where id = {events[1]}",
        "delete from journal_link where position = 2",
    )

    assert chain.verify().fault == "link 2 is missing"


def test_events_put_in_another_order_are_named(five: tuple[Database, list[int]]) -> None:
    database, events = five

    tamper(
        database,
        "update journal_link set event = -1 where position = 2",
        f"update journal_link set event = {events[1]} where position = 3",
        f"update journal_link set event = {events[2]} where position = 2",
    )

    assert chain.verify().fault == f"event {events[2]} (link 2) has been changed"


def test_a_cut_tail_is_seen_only_with_an_anchor_kept_elsewhere(
    five: tuple[Database, list[int]],
) -> None:
    database, events = five
    anchor = chain.head()

    tamper(
        database,
        f"delete from journal_event where id >= {events[3]}",
        "delete from journal_link where position >= 4",
    )

    assert chain.verify()
    assert chain.verify(anchor).fault == "the chain ends at 3; the anchor remembers 5"


def test_a_chain_rebuilt_after_the_cut_is_seen_with_the_anchor(
    five: tuple[Database, list[int]],
) -> None:
    database, _ = five
    anchor = chain.head()
    tamper(database, "delete from journal_link", "update journal_event set actor_name = 'Nobody'")

    chain.seal()

    assert chain.verify()
    assert chain.verify(anchor).fault == "link 5 is not the one that the anchor remembers"


def test_a_chain_built_with_another_key_does_not_hold(
    five: tuple[Database, list[int]], settings: pytest.FixtureRequest
) -> None:
    settings.JOURNAL_KEY = "another key"  # type: ignore[attr-defined]

    assert "has been changed" in chain.verify().fault


def test_what_is_not_sealed_yet_is_told_and_is_no_fault(five: tuple[Database, list[int]]) -> None:
    look(by=PROGRAM, children=[9], page="later")

    verdict = chain.verify()

    assert verdict
    assert (verdict.checked, verdict.unsealed) == (5, 1)
    assert (chain.seal(), chain.seal()) == (1, 0)
    assert Link.objects.count() == Event.objects.count() == 6
