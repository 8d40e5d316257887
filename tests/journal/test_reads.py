"""A page about children leaves only when the look has been written down."""

import pytest
from django.test import Client

from onroll.office.journal.middleware import Undeclared
from onroll.office.journal.models import Event
from tests import actors
from tests.database import Database
from tests.journal.test_record import refuse_inserts


def test_one_event_names_every_child_that_a_page_showed_and_who_saw_them(db: None) -> None:
    alice = actors.alice()

    actors.signed_in(alice).get("/")

    event = Event.objects.get()
    assert (event.verb, event.actor, event.children) == ("children.viewed", alice.pk, [7, 9])
    assert event.data == {"page": "front", "count": 2}


def test_a_page_that_does_not_say_which_children_it_shows_is_not_sent(db: None) -> None:
    client = actors.signed_in(actors.alice())

    with pytest.raises(Undeclared, match="does not say which children"):
        client.get("/undeclared/")
    client.raise_request_exception = False
    answer = client.get("/undeclared/")

    assert answer.status_code == 500
    assert b"a child's record" not in answer.content


def test_nothing_is_shown_when_the_look_cannot_be_written(committed_db: Database) -> None:
    client = actors.signed_in(actors.alice())
    client.raise_request_exception = False
    assert b"<h1>Front</h1>" in client.get("/").content
    refuse_inserts(committed_db)

    answer = client.get("/")

    assert answer.status_code == 500
    assert b"Front" not in answer.content
    assert Event.objects.count() == 1


def test_a_page_that_shows_no_child_leaves_no_look(db: None) -> None:
    actors.signed_in(actors.alice()).get("/organisation/")

    assert not Event.objects.filter(verb="children.viewed").exists()


def test_nobody_signed_in_is_sent_to_sign_in_and_leaves_no_look(db: None) -> None:
    answer = Client().get("/")

    assert answer.status_code == 302
    assert not Event.objects.exists()
