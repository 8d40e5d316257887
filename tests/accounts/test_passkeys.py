"""Passkeys in a real browser, with the browser's own make-believe key."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import User
from tests import actors
from tests.chromium import running_browser
from tests.database import Database
from tests.served import serve

pytestmark = pytest.mark.journey

PASSWORD = "three words unrelated"


@pytest.fixture
def office(committed_db: Database, settings: Settings) -> Iterator[str]:
    """The office on a free port of this machine, which asks everybody for a second factor."""
    settings.ONROLL_REQUIRE_MFA = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    with serve() as address:
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def alice(committed_db: Database) -> User:
    user = actors.user_of(actors.alice())
    user.set_password(PASSWORD)
    user.save()
    return user


def with_key(browser: Browser) -> Page:
    """A page whose browser holds a key that says yes."""
    page = browser.new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    return page


def test_a_passkey_is_added_at_the_first_sign_in_and_opens_the_next_without_a_password(
    alice: User, office: str, browser: Browser
) -> None:
    page = with_key(browser)
    page.goto(f"{office}/accounts/login/")
    page.get_by_label("E-mail address").fill(alice.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Add a passkey").click()

    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{office}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Front").wait_for()

    page.goto(f"{office}/organisation/me/")
    assert "passkey or security key" in page.locator("main").inner_text().lower()
