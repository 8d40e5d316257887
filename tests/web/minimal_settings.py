"""Enough of Django to draw the design system with no database."""

from django.contrib.messages import constants

SECRET_KEY = "only for tests of the design system"
DEBUG = True
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
ROOT_URLCONF = "tests.web.urls"
STATIC_URL = "/static/"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "onroll.office.web",
]
MIDDLEWARE: list[str] = []
DATABASES: dict[str, object] = {}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "onroll.office.web.context.office",
            ]
        },
    }
]
FORM_RENDERER = "onroll.office.web.forms.GovukRenderer"
MESSAGE_TAGS = {constants.DEBUG: "info"}
