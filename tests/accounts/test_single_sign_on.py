"""The council's own sign-in, end to end against a provider on this machine."""

import http.client
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from onroll.office.accounts import queries
from onroll.office.accounts.models import RoleHolding, User
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from tests.accounts.provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db

OFFICERS, ANALYSTS = "CME-Officers", "Insight"


@pytest.fixture
def council(settings: Settings) -> Iterator[Provider]:
    with running() as provider:
        settings.OIDC_GROUPS = {OFFICERS: "cme_officer", ANALYSTS: "analyst"}
        settings.ONROLL_REQUIRE_MFA = True
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "council",
                        "name": "Council sign-in",
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {"server_url": provider.url},
                    }
                ],
            }
        }
        yield provider


def _sign_in(client: Client, process: str = "login") -> HttpResponse:
    """Go to the provider and come back, as a browser does."""
    begin = reverse("openid_connect_login", args=["council"]) + f"?process={process}"
    there = urlsplit(client.post(begin).headers["Location"])
    provider = http.client.HTTPConnection(there.netloc)
    provider.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(provider.getresponse().headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def _olu(on: date | None = None) -> Actor:
    return queries.actor_for(User.objects.get(name="Olu Okoro"), on or clock.today())


def test_a_person_of_a_known_group_comes_in_with_its_role_and_needs_no_second_factor(
    council: Provider,
) -> None:
    council.groups = [OFFICERS, "Everybody"]
    client = Client()

    entered = _sign_in(client)

    assert entered.status_code == 302
    assert council.exchanged == 1
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert _olu().roles == {"cme_officer"}
    assert RoleHolding.objects.get().source == f"council sign-in, group {OFFICERS}"


def test_a_person_of_no_known_group_is_not_let_in(council: Provider) -> None:
    council.groups = ["Everybody"]
    client = Client()

    answer = _sign_in(client)

    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()
    assert "Accounts are made by an administrator" in answer.content.decode()


def test_a_person_taken_out_of_a_group_loses_its_role_at_the_next_sign_in(
    council: Provider,
) -> None:
    council.groups = [OFFICERS, ANALYSTS]
    _sign_in(Client())
    RoleHolding.objects.filter(role="cme_officer").update(
        starts_on=clock.today() - timedelta(days=9)
    )
    council.groups = [ANALYSTS]
    before = clock.today() - timedelta(days=1)

    _sign_in(Client())

    assert _olu().roles == {"analyst"}
    assert "cme_officer" in _olu(before).roles
    assert RoleHolding.objects.as_known().get(role="cme_officer").ends_on == before


def test_the_old_sign_in_of_a_person_taken_out_of_a_group_ends(council: Provider) -> None:
    council.groups = [OFFICERS, ANALYSTS]
    old = Client()
    _sign_in(old)
    assert old.get(reverse("accounts:profile")).status_code == 200
    council.groups = [ANALYSTS]

    _sign_in(Client())

    assert old.get(reverse("accounts:profile")).status_code == 302


def test_a_role_that_an_administrator_gave_is_not_ended_by_the_groups(council: Provider) -> None:
    council.groups = [ANALYSTS]
    _sign_in(Client())
    olu = User.objects.get(name="Olu Okoro")
    RoleHolding.objects.create(user=olu, role="panel_clerk", starts_on=date(2020, 1, 1))

    _sign_in(Client())

    assert _olu().roles == {"analyst", "panel_clerk"}


def test_a_code_without_its_verifier_is_worth_nothing(council: Provider) -> None:
    council.groups = [OFFICERS]
    client = Client()
    begin = reverse("openid_connect_login", args=["council"]) + "?process=login"
    there = urlsplit(client.post(begin).headers["Location"])
    provider = http.client.HTTPConnection(there.netloc)
    provider.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(provider.getresponse().headers["Location"])
    council.challenges["code-0"] = "the challenge of somebody else"

    client.get(f"{back.path}?{back.query}")

    assert council.refused == ["code-0"]
    assert "_auth_user_id" not in client.session


def test_the_council_s_sign_in_does_not_take_over_an_account_of_the_same_address(
    council: Provider,
) -> None:
    council.groups = [OFFICERS]
    User.objects.create(email=council.email, name="Somebody Invited")
    client = Client()

    _sign_in(client)

    assert "_auth_user_id" not in client.session
    assert not RoleHolding.objects.exists()


def test_an_account_is_connected_only_with_a_council_account_of_its_own_address(
    council: Provider, settings: Settings
) -> None:
    settings.ONROLL_REQUIRE_MFA = False
    council.groups = [OFFICERS]
    other = User.objects.create(email="other@council.example", name="Other")
    client = Client()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")

    answer = _sign_in(client, "connect")

    assert answer.status_code == 403
    assert not other.socialaccount_set.exists()
