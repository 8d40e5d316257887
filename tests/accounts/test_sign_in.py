"""Signing in with a password and a second factor, and everything that ends a sign-in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from onroll.office.accounts import queries
from onroll.office.accounts.actions import users as actions
from onroll.office.accounts.middleware import BEGAN, SEEN
from onroll.office.accounts.models import RoleHolding, User
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM
from tests import actors

pytestmark = pytest.mark.django_db

PASSWORD = "three words unrelated"


@pytest.fixture
def alice() -> User:
    user = actors.user_of(actors.alice())
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(user: User, password: str = PASSWORD, client: Client | None = None) -> Client:
    """A browser in which somebody typed their e-mail address and a password."""
    browser = client or Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": password})
    return browser


def is_in(client: Client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


def code_for(secret: str) -> str:
    counter = totp.yield_hotp_counters_from_time
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(counter()))))


def test_somebody_with_the_right_password_is_in_and_it_is_written_down(alice: User) -> None:
    client = enter(alice)

    assert is_in(client)
    assert Event.objects.get(verb="accounts.signed_in").actor == alice.pk


def test_a_wrong_password_is_refused_and_what_was_typed_is_not_kept(alice: User) -> None:
    client = enter(alice, "wrong horse battery")

    event = Event.objects.get(verb="accounts.sign_in_failed")
    assert not is_in(client)
    assert event.subject == f"accounts.User:{alice.pk}"
    assert event.data == {}


def test_after_five_failures_an_account_is_stopped_even_with_the_right_password(
    alice: User,
) -> None:
    address = reverse("account_login")
    wrong, right = ({"login": alice.email, "password": p} for p in ("wrong", PASSWORD))
    answers = [Client().post(address, wrong).status_code for _ in range(5)]

    stopped = Client().post(address, right)
    bob = actors.user_of(actors.bob())
    other = Client().post(address, {"login": bob.email, "password": "wrong"})

    assert answers == [200] * 5
    assert stopped.status_code == 429
    assert "Too many attempts to sign in" in stopped.content.decode()
    assert other.status_code == 200


def test_a_sign_in_left_alone_ends_with_a_plain_message(alice: User, settings: Settings) -> None:
    client = enter(alice)
    assert is_in(client)
    session = client.session
    session[SEEN] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()

    answer = client.get(reverse("accounts:profile"), follow=True)

    assert answer.redirect_chain[0][0].startswith(reverse("account_login"))
    assert "nothing had been done for 30 minutes" in answer.content.decode()
    assert not is_in(client)


def test_a_sign_in_that_is_used_does_not_end_for_being_old_within_the_working_day(
    alice: User, settings: Settings
) -> None:
    client = enter(alice)
    assert is_in(client)
    session = client.session
    session[BEGAN] -= settings.SESSION_COOKIE_AGE - 60
    session[SEEN] -= settings.SESSION_IDLE_SECONDS - 60
    session.save()

    assert is_in(client)
    assert client.session[SEEN] > session[SEEN]


def test_a_sign_in_ends_after_the_longest_time_however_much_it_is_used(
    alice: User, settings: Settings
) -> None:
    client = enter(alice)
    assert is_in(client)
    session = client.session
    session[BEGAN] -= settings.SESSION_COOKIE_AGE + 1
    session.save()

    assert not is_in(client)


def test_a_role_given_or_ended_ends_every_sign_in_at_the_next_request(alice: User) -> None:
    one, two = enter(alice), enter(alice)
    assert is_in(one)
    assert is_in(two)
    anne = actors.person("Anne", "administrator")

    actions.give_role(user=alice, role="analyst", starts_on=clock.today(), by=anne)

    assert (is_in(one), is_in(two)) == (False, False)
    again = enter(alice)
    assert is_in(again)
    held = RoleHolding.objects.as_known().get(user=alice, role="analyst")
    actions.end_role(holding=held, ends_on=actors.SINCE, by=anne)
    assert not is_in(again)


def test_a_closed_account_is_out_at_once_and_stays_out_when_it_is_opened_again(alice: User) -> None:
    client = enter(alice)
    assert is_in(client)
    anne = actors.person("Anne", "administrator")

    actions.close_account(user=alice, by=anne, on=clock.today())

    assert not is_in(client)
    assert not is_in(enter(alice))
    actions.open_account(user=alice, by=anne)
    assert not is_in(client)
    assert not is_in(enter(alice))


def test_a_new_password_ends_every_sign_in(alice: User) -> None:
    client = enter(alice)
    assert is_in(client)

    actions.choose_password(user=alice, password="four words so unrelated")

    assert not is_in(client)


def test_without_a_second_factor_everything_leads_to_setting_one_up(
    alice: User, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = True
    client = enter(alice)

    sent = client.get("/")
    shown = client.get(reverse("accounts:secure"))

    assert sent.headers["Location"] == reverse("accounts:secure")
    assert shown.status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get(reverse("accounts:users")).status_code == 302


def test_an_app_is_set_up_asked_for_at_the_next_sign_in_and_its_secret_is_encrypted(
    alice: User, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = True
    here, elsewhere = enter(alice), enter(alice)
    assert elsewhere.get(reverse("accounts:secure")).status_code == 200
    page = here.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()

    here.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})

    stored = Authenticator.objects.get(user=alice, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert is_in(here)
    assert not is_in(elsewhere)
    cache.clear()  # a code is good once: the next sign-in would fall into the same half minute
    next_time = enter(alice)
    assert not is_in(next_time)
    refused = next_time.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert refused.status_code == 200
    next_time.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert is_in(next_time)


def test_a_lost_second_factor_is_removed_by_an_administrator_and_asked_for_anew(
    alice: User, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = True
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "x"})
    anne = actors.person("Anne", "administrator")

    actions.remove_factors(user=alice, by=anne)
    client = enter(alice)

    assert queries.second_factors(alice) == ()
    assert client.get("/").headers["Location"] == reverse("accounts:secure")


def test_nobody_makes_an_account_for_themselves_or_changes_their_own_address(alice: User) -> None:
    new = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}

    shown = Client().post(reverse("account_signup"), new)
    changed = enter(alice).post(
        reverse("account_email"), {"action_add": "", "email": "else@example.org"}
    )

    assert "Accounts are made by an administrator" in shown.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()
    assert changed.status_code == 403


def test_a_forgotten_password_gives_the_same_answer_whoever_asks(alice: User) -> None:
    address = reverse("account_reset_password")

    known = Client().post(address, {"email": alice.email})
    unknown = Client().post(address, {"email": "nobody@example.org"})

    assert known.status_code == unknown.status_code == 403
    assert known.content == unknown.content


def test_an_actor_is_read_in_one_query_whatever_they_hold(
    alice: User, django_assert_num_queries: object
) -> None:
    for role in ("analyst", "panel_clerk"):
        actions.give_role(
            user=alice, role=role, starts_on=actors.SINCE, by=actors.person("Anne", "administrator")
        )

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.actor_for(alice, clock.today())

    assert found.roles == {"cme_officer", "analyst", "panel_clerk"}


def test_somebody_not_signed_in_acts_as_nobody() -> None:
    assert Client().get("/open/").content == b"Nobody signed in"
    assert PROGRAM.pk is None
