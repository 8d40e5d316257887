"""Nobody changes the journal: not the application, and not the owner of the tables."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from onroll.office.journal import chain
from onroll.office.journal.actions import look
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM
from tests.database import Database

CHANGES = [
    "update journal_event set actor_name = 'Somebody else'",
    "delete from journal_event",
    "truncate journal_event",
    "update journal_link set digest = 'x'",
    "delete from journal_link",
    "truncate journal_link",
]


@pytest.fixture
def journal(committed_db: Database) -> Iterator[Database]:
    look(by=PROGRAM, children=[7], page="a page")
    assert chain.seal() == 1
    yield committed_db
    assert chain.verify()


def run(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_the_journal(journal: Database, change: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(journal.url, change)


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_is_refused_by_the_tables_themselves(journal: Database, change: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        run(journal.owner_url, change)


def test_the_application_may_not_switch_the_triggers_off(journal: Database) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(journal.url, "alter table journal_event disable trigger user")


LINK = "insert into journal_link (position, event, previous, digest) "


@pytest.mark.parametrize(
    "stray",
    [
        LINK + "select 999999, max(id), 'x', 'y' from journal_event",
        LINK + "select 2, max(id) + 1, max(digest), 'y' from journal_event, journal_link",
        LINK + "select 2, max(id), 'not the last digest', 'y' from journal_event",
    ],
)
def test_a_stray_link_is_refused_to_the_application_and_to_the_owner(
    journal: Database, stray: str
) -> None:
    look(by=PROGRAM, children=[8], page="a page that is not sealed yet")

    for url in (journal.url, journal.owner_url):
        with pytest.raises(psycopg.errors.IntegrityError, match=r"does not follow|not there"):
            run(url, stray)


def test_sealing_goes_on_in_one_line_after_a_stray_link_was_refused(journal: Database) -> None:
    for n in range(3):
        look(by=PROGRAM, children=[n], page="another page")
    with pytest.raises(psycopg.errors.IntegrityError):
        run(journal.url, LINK + "select 999999, max(id), 'x', 'y' from journal_event")

    assert chain.seal() == 3
    assert chain.verify().head.position == 4


def test_an_event_cannot_be_dated_back(db: None) -> None:
    Event.objects.create(verb="x", actor_name="X", at=datetime(2020, 1, 1, tzinfo=UTC))

    assert Event.objects.get().at.year > 2020
