"""The design system by itself: no database, no accounts, one officer signed in where asked."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.office.web import navigation

OWN = [
    "onroll.office.web.middleware.SecurityHeaders",
    "onroll.office.web.middleware.ExpectedFailures",
]
SIGNED_IN = [
    *OWN,
    "tests.web.signed_in.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
]


@pytest.fixture(autouse=True)
def alone(settings: Settings) -> None:
    """The same few settings whether the tests run under the project's or under the minimal ones."""
    settings.ROOT_URLCONF = "tests.web.urls"
    settings.MIDDLEWARE = OWN
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = False
    settings.SECURE_SSL_REDIRECT = False
    settings.ONROLL_AUTHORITY_NAME = "Northmoor Council"
    settings.ONROLL_BRAND_COLOUR = "#6d1f7e"
    settings.ONROLL_URGENT_PHONE_TEXT = "Ring 01632 960123 at any hour."
    settings.ONROLL_FIND_URL_NAME = "cases"


@pytest.fixture(autouse=True)
def two_ways_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A navigation of our own, so that other packages' addresses are not needed."""
    found = (
        navigation.Way("My work", "web:style_guide", 1),
        navigation.Way("Cases", "cases", 2),
        navigation.Way("Hidden", "cases", 3, shown_to=lambda request: False),
    )
    monkeypatch.setattr(navigation, "_ways", {way.label: way for way in found})


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def officer(settings: Settings) -> Client:
    settings.MIDDLEWARE = SIGNED_IN
    return Client(raise_request_exception=False)
