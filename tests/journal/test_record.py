"""An event belongs to its act: both are written, or neither is."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from onroll.office.accounts.actions import users
from onroll.office.accounts.models import RoleHolding
from onroll.office.journal import queries
from onroll.office.journal.actions import look, record
from onroll.office.journal.models import Event
from onroll.office.journal.verbs import Verb, verb
from onroll.office.kernel.actor import PROGRAM
from tests import actors
from tests.database import Database

VISITED = Verb(key="tests.visited", says="visited on {visited_on}", keeps=frozenset({"visited_on"}))


def test_a_value_that_the_verb_does_not_declare_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match=r"tests\.visited does not keep name"):
        record(VISITED, by=PROGRAM, visited_on=date(2026, 3, 5), name="A Child")

    assert not Event.objects.exists()


def test_an_event_keeps_references_dates_and_each_child_once(db: None) -> None:
    alice = actors.alice()

    event = record(
        VISITED,
        by=alice,
        subject=actors.user_of(alice),
        children=[9, 7, 9],
        visited_on=date(2026, 3, 5),
    )

    event.refresh_from_db()
    assert event.subject == f"accounts.User:{alice.pk}"
    assert event.children == [7, 9]
    assert event.data == {"visited_on": "2026-03-05"}
    assert (event.actor, event.actor_name) == (alice.pk, "Alice")


def test_a_verb_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        verb("children.viewed", "looked again")


def test_an_event_goes_when_its_act_is_rolled_back(db: None) -> None:
    anne = actors.person("Anne", "administrator")
    alice = actors.user_of(actors.alice())

    with transaction.atomic():
        users.give_role(user=alice, role="analyst", starts_on=actors.TODAY, by=anne)
        assert Event.objects.count() == 1
        transaction.set_rollback(True)

    assert not Event.objects.exists()
    assert not RoleHolding.objects.filter(role="analyst").exists()


def test_an_act_is_undone_when_its_event_cannot_be_written(committed_db: Database) -> None:
    anne = actors.person("Anne", "administrator")
    alice = actors.user_of(actors.alice())
    refuse_inserts(committed_db)

    with pytest.raises(ProgrammingError, match="permission denied"):
        users.give_role(user=alice, role="analyst", starts_on=actors.TODAY, by=anne)

    assert not RoleHolding.objects.filter(role="analyst").exists()


def refuse_inserts(database: Database) -> None:
    """Let the application write no event, as a full disk or a wrong grant would."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        role = psycopg.conninfo.conninfo_to_dict(database.url)["user"]
        connection.execute(f'revoke insert on journal_event from "{role}"')


def test_the_journal_is_asked_by_person_verb_and_day(db: None) -> None:
    alice, bob = actors.alice(), actors.bob()
    look(by=alice, children=[7], page="a page")
    record(VISITED, by=bob, visited_on=date(2026, 3, 5))
    assert [e.actor for e in queries.written(by=PROGRAM, actor=alice.pk)] == [alice.pk]
    assert queries.written(by=PROGRAM, verb="tests.visited").count() == 1
    today = Event.objects.latest("pk").at.astimezone(ZoneInfo("Europe/London")).date()
    assert queries.written(by=PROGRAM, since=today, until=today).count() == 2
    assert queries.written(by=PROGRAM, until=today - timedelta(days=1)).count() == 0
    assert queries.waiting() == 2


def test_who_has_looked_names_the_person_and_the_page(db: None) -> None:
    look(by=actors.alice(), children=[7, 8], page="casework:child")

    looks = queries.who_has_looked(child=8, by=PROGRAM)

    assert [(entry.who, entry.says) for entry in looks] == [("Alice", "looked at the page “child”")]
    assert queries.who_has_looked(child=9, by=PROGRAM) == []
