"""The public pages as a test's browser reaches them: over plain HTTP, files served as they lie."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def plain_http(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False
