"""The journal behind two pages: one that says which children it shows, one that does not."""

import pytest
from pytest_django.fixtures import Settings

from onroll.office.web import navigation


@pytest.fixture(autouse=True)
def two_pages(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.ALLOWED_HOSTS = ["*"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    monkeypatch.setattr(navigation, "_ways", {})
