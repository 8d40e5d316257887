"""Nobody makes a reader of sealed records alone, nor makes themselves into one."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from onroll.office.accounts import queries
from onroll.office.accounts.actions import users as actions
from onroll.office.accounts.models import RoleAsked, RoleHolding, User
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused
from tests import actors

pytestmark = pytest.mark.django_db

CLEARED = "/organisation/cleared/"


@pytest.fixture
def anne() -> Actor:
    return actors.person("Anne", "administrator")


@pytest.fixture
def jane(anne: Actor) -> User:
    """Somebody whom an administrator invited as information governance officer."""
    return actions.invite(
        email="jane@council.example", name="Jane", role_keys=["information_governance"],
        by=anne, on=clock.today(),
    )  # fmt: skip


def _may(user: User, permission: str) -> bool:
    return queries.actor_for(user, clock.today()).may(permission)


def _asked() -> RoleAsked:
    return RoleAsked.objects.get(is_agreed=None)


def test_an_administrator_alone_lets_nobody_read_sealed_records(anne: Actor, jane: User) -> None:
    client = actors.signed_in(anne)

    assert not _may(jane, "sealed.read")
    assert client.post(reverse("accounts:user_link", args=[jane.pk])).status_code == 403
    assert client.get(reverse("accounts:cleared")).status_code == 403
    assert client.post(reverse("accounts:role_agree", args=[_asked().pk])).status_code == 403
    with pytest.raises(Refused):
        actions.make_link(user=jane, by=anne)
    assert not RoleHolding.objects.filter(user=jane).exists()


def test_a_second_administrator_is_not_the_second_person(anne: Actor, jane: User) -> None:
    ada = actors.person("Ada", "administrator")

    with pytest.raises(Refused, match="who keep sealed records"):
        actions.agree_to_role(asked=_asked(), by=ada, on=clock.today())

    assert not _may(jane, "sealed.read")


def test_the_second_person_agrees_and_makes_the_link_themselves(anne: Actor, jane: User) -> None:
    dave = actors.dave()
    client = actors.signed_in(dave)
    User.objects.filter(pk=jane.pk).update(password="of a link that Anne had made before")

    page = client.get(reverse("accounts:cleared")).content.decode()
    client.post(reverse("accounts:role_agree", args=[_asked().pk]))
    link = client.post(reverse("accounts:user_link", args=[jane.pk]))

    assert "asked for by Anne" in page
    assert _may(jane, "sealed.read")
    assert not User.objects.get(pk=jane.pk).has_usable_password()
    assert link.status_code == 200
    with pytest.raises(Refused, match="whoever keeps those makes the link"):
        actions.make_link(user=jane, by=anne)
    verbs = Event.objects.filter(subject=f"accounts.User:{jane.pk}").order_by("pk")
    assert [v for v in verbs.values_list("verb", flat=True) if "role" in v or "link" in v] == [
        "accounts.role_asked", "accounts.role_given", "accounts.role_agreed", "accounts.link_made",
    ]  # fmt: skip


def test_what_is_refused_is_never_held_and_may_be_asked_again(anne: Actor, jane: User) -> None:
    with pytest.raises(Faulty, match="asked for already"):
        actions.give_role(
            user=jane, role="information_governance", starts_on=clock.today(), by=anne
        )

    actions.refuse_role(asked=_asked(), by=actors.dave())
    actions.give_role(user=jane, role="information_governance", starts_on=clock.today(), by=anne)

    assert not _may(jane, "sealed.read")
    assert RoleAsked.objects.count() == 2


def test_nobody_agrees_to_what_they_asked_or_to_a_role_of_their_own(jane: User) -> None:
    both = actors.person("Boss", "administrator", "information_governance")
    asked = actions.give_role(
        user=actors.user_of(actors.bob()), role="strategic_lead", starts_on=clock.today(), by=both
    )
    assert isinstance(asked, RoleAsked)

    with pytest.raises(Refused, match="You asked for this role"):
        actions.agree_to_role(asked=asked, by=both, on=clock.today())
    with pytest.raises(IntegrityError):
        RoleAsked.objects.filter(pk=asked.pk).update(
            is_agreed=True, settled_by=both.pk, settled_at=clock.now()
        )


def test_other_roles_are_given_at_once_as_before(anne: Actor) -> None:
    bob = actors.user_of(actors.bob())

    actions.give_role(user=bob, role="cme_officer", starts_on=clock.today(), by=anne)

    assert _may(bob, "cases.work")
    actions.make_link(user=bob, by=anne)


def test_whoever_runs_the_system_makes_the_first_keeper() -> None:
    first = actions.invite(
        email="first@council.example", name="First", role_keys=["information_governance"],
        by=PROGRAM, on=clock.today(),
    )  # fmt: skip

    assert _may(first, "sealed.read")
    actions.make_link(user=first, by=PROGRAM)


def test_those_who_read_sealed_records_are_told_who_came_to_read_them(jane: User) -> None:
    dave, erin, today = actors.dave(), actors.erin(), clock.today()
    asked = str(queries.news_for(erin, today))

    actions.agree_to_role(asked=_asked(), by=dave, on=today)

    assert "Anne asked that Jane be given the role Information governance officer" in asked
    assert "asked by Anne, agreed by Dave" in str(queries.news_for(erin, today))
    assert queries.news_for(actors.alice(), today) == ()


def _tries(client: Client, email: str, address: str, password: str = "wrong") -> Any:
    return client.post(
        reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address
    ).status_code


def test_failures_behind_one_address_do_not_stop_the_whole_council() -> None:
    password = "three words unrelated"
    alice = actors.user_of(actors.alice())
    alice.set_password(password)
    alice.save()

    failed = [_tries(Client(), f"p{n}@council.example", "203.0.113.9") for n in range(40)]

    assert set(failed) == {200}
    assert _tries(Client(), alice.email, "203.0.113.9", password) == 302


def test_one_account_is_guessed_at_slowly_from_however_many_addresses() -> None:
    email = actors.user_of(actors.alice()).email

    answers = [_tries(Client(), email, f"203.0.113.{n}") for n in range(8)]

    assert answers == [200] * 5 + [429] * 3
