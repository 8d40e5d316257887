"""Django's settings. Values come from `environment`; nothing else reads the environment."""

import hashlib
from importlib.resources import files
from urllib.parse import urlsplit

import structlog

from onroll.office.config.environment import Environment, database
from onroll.office.config.logs import without_values

ENV = Environment()

DEBUG = ENV.debug
DEMO = ENV.demo
# Without a secret only checks, tests and a demo run: `environment.require_for_service` refuses
# to serve, to seal the journal or to read a real database so.
SECRET_KEY = ENV.secret_key or hashlib.sha256(b"a demo authority has no secrets").hexdigest()
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
FIELD_KEYS = ENV.field_keys or [SECRET_KEY]
JOURNAL_KEY = ENV.journal_key or SECRET_KEY

ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.trusted_origins
ROOT_URLCONF = "onroll.office.config.urls"
WSGI_APPLICATION = "onroll.office.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    # Before allauth, so that its pages wear the design system's templates.
    "onroll.office.accounts",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "onroll.office.web",
    "onroll.office.journal",
    "onroll.office.people",
    "onroll.office.intake",
    "onroll.office.schools",
    "onroll.office.provision",
    "onroll.office.casework",
    "onroll.office.cme",
    "onroll.office.attendance",
    "onroll.office.linkage",
    "onroll.office.exchange",
    "onroll.office.reporting",
    "onroll.office.portal",
    "onroll.office.demo",
]

MIDDLEWARE = [
    "onroll.office.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "onroll.office.web.middleware.ExpectedFailures",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onroll.office.accounts.middleware.ActorMiddleware",
    "onroll.office.journal.middleware.ReadsAreJournalled",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "onroll.office.web.context.office",
            ],
            "builtins": ["onroll.office.web.templatetags.onroll"],
        },
    }
]
FORM_RENDERER = "onroll.office.web.forms.GovukRenderer"

DATABASES = {"default": database(ENV.database_url)}
DATABASE_OWNER_URL = ENV.database_owner_url or ENV.database_url

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "onroll.office.accounts.adapters.AccountAdapter"
# By account what stops a guesser; by address only what a whole council behind one never reaches.
ACCOUNT_RATE_LIMITS = {
    "login": f"{10 * ENV.failed_sign_ins_by_address}/m/ip",
    "login_failed": (
        f"{ENV.failed_sign_ins_by_address}/m/ip,{ENV.failed_sign_ins_by_account}/5m/key"
    ),
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
MFA_ADAPTER = "onroll.office.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG
MFA_TOTP_ISSUER = "OnRoll"
SOCIALACCOUNT_ADAPTER = "onroll.office.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": ENV.oidc_name or "Council sign-in",
                "client_id": ENV.oidc_client_id,
                "secret": ENV.oidc_client_secret,
                "settings": {"server_url": ENV.oidc_url},
            }
        ]
        if ENV.oidc_url
        else [],
    }
}
OIDC_GROUPS = ENV.oidc_groups
# Chromium holds a form's address against the redirect to the provider: it must be named.
_sign_on = urlsplit(ENV.oidc_url)
ONROLL_SIGN_ON_ORIGINS = (f"{_sign_on.scheme}://{_sign_on.netloc}",) if ENV.oidc_url else ()
ONROLL_REQUIRE_MFA = ENV.require_mfa and not DEMO
ONROLL_ACCOUNT_URL_NAME = "accounts:profile"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60  # the longest a sign-in lasts
SESSION_IDLE_SECONDS = 30 * 60  # accounts.middleware ends a sign-in left alone for so long
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https and not (DEMO or DEBUG)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "onroll.office.web.views.csrf_failure"
SECURE_SSL_REDIRECT = ENV.https and not (DEMO or DEBUG)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.proxies else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # beyond it Django uses a file
UPLOAD_LIMIT = 20 * 1024 * 1024  # one spreadsheet or document
CLAMD = ENV.clamd
# Only the demonstration opens what no scanner has looked at; an office that is used holds it.
UNSCANNED_OPENS = DEMO and not CLAMD
# Marks of registers are Parquet in a folder or an object store, not rows (ADR 35).
MARKS = ENV.marks
ONROLL_PACKS = ENV.packs

ONROLL_SERVICE_NAME = "OnRoll"
ONROLL_AUTHORITY_NAME = ENV.authority_name
ONROLL_BRAND_COLOUR = ENV.brand_colour
ONROLL_FIND_URL_NAME = "people:find"
ONROLL_ACCOUNT_URL_NAME = "accounts:profile"
ONROLL_URGENT_PHONE_TEXT = ENV.urgent_phone_text

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
# What dresses a chart stands beside what draws it.
STATICFILES_DIRS = [str(files("onroll.charts").joinpath("static"))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_values,
                structlog.processors.JSONRenderer()
                if ENV.log_json
                else structlog.dev.ConsoleRenderer(colors=False),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "onroll": {"level": "INFO"},
        "django_structlog": {"level": "ERROR"},
        # Its lines are made of addresses; what failed is told by django_structlog's.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
