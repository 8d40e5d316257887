"""The organisation’s screens under the project’s settings; no second factor is asked for."""

import pytest
from pytest_django.fixtures import Settings

from onroll.office.web import navigation


@pytest.fixture(autouse=True)
def by_themselves(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.ALLOWED_HOSTS = ["*"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False


@pytest.fixture(autouse=True)
def one_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A navigation of our own, so that other packages' addresses are not needed."""
    way = navigation.Way("Organisation", "accounts:structure", 90)
    monkeypatch.setattr(navigation, "_ways", {way.url_name: way})
    monkeypatch.setattr(navigation, "_settings", {})
