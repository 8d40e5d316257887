"""What the environment says: typed, with a hint where something is missing.

Every value may come from the environment (`ONROLL_…`) or from a file of that name in a folder
of secrets (`ONROLL_SECRETS_DIR`), so that no secret needs to stand in a process listing.
"""

import os
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """The settings of one running office."""

    model_config = SettingsConfigDict(
        env_prefix="ONROLL_",
        secrets_dir=os.environ.get("ONROLL_SECRETS_DIR") or None,
        extra="ignore",
    )

    secret_key: str = ""
    secret_key_fallbacks: list[str] = []
    field_keys: list[str] = []  # first encrypts, all decrypt
    journal_key: str = ""
    debug: bool = False
    demo: bool = False
    hosts: list[str] = ["localhost", "127.0.0.1"]
    trusted_origins: list[str] = []
    https: bool = True
    proxies: int = 0
    require_mfa: bool = True  # a second factor for everyone who signs in with a password
    failed_sign_ins_by_account: int = Field(default=5, gt=0)  # in five minutes
    failed_sign_ins_by_address: int = Field(default=100, gt=0)  # in a minute
    authority_name: str = "OnRoll"  # on the pages that are shown while the database is away
    brand_colour: str = "#1d4f60"
    urgent_phone_text: str = (
        "If a child is in immediate danger, ring 999. Otherwise ring the council's switchboard."
    )
    oidc_name: str = ""
    oidc_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_groups: dict[str, str] = {}  # group at the identity provider -> role key here
    packs: str = ""  # a folder of the authority's own policy packs, each a TOML file
    marks: str = ""  # a folder, or an object store by its address (s3://…), for registers
    clamd: str = ""  # "host:port"; empty = no scanner: uploads are held
    log_json: bool = True
    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL"))
    database_owner_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_OWNER_URL"))


class NotSet(RuntimeError):
    """A setting without which the office must not run."""


_NOT_AN_ADDRESS = (
    "DATABASE_URL (or DATABASE_OWNER_URL) is not the address of a database: write it as "
    "postgresql://role@host:5432/name."
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one PostgreSQL address.

    Takes what libpq takes: `postgresql://role:word@host:port/name` or
    `postgresql://role@/name?host=/folder/of/socket`.
    """
    try:
        told = {k: str(v) for k, v in conninfo_to_dict(url).items() if v is not None}
    except ProgrammingError:
        # What libpq says repeats the address, which may hold a password.
        raise NotSet(_NOT_AN_ADDRESS) from None
    if url and not told.get("dbname") and not told.get("service"):
        raise NotSet(_NOT_AN_ADDRESS)
    known = {"dbname", "user", "password", "host", "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": told.get("dbname", ""),
        "USER": told.get("user", ""),
        "PASSWORD": told.get("password", ""),
        "HOST": told.get("host", ""),
        "PORT": told.get("port", ""),
        "OPTIONS": {k: v for k, v in told.items() if k not in known},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


def require_for_service(environment: Environment) -> None:
    """Raise NotSet unless an office may be served with these settings, saying what to set."""
    if not environment.database_url:
        raise NotSet("Set DATABASE_URL: where the office keeps its records.")
    if environment.demo:
        return
    wanted = {
        "ONROLL_SECRET_KEY": (environment.secret_key, "it signs sessions and forms"),
        "ONROLL_JOURNAL_KEY": (environment.journal_key, "it seals the journal"),
        "ONROLL_FIELD_KEYS": (environment.field_keys, "they encrypt sealed whereabouts"),
    }
    missing = [f"{name} ({why})" for name, (value, why) in wanted.items() if not value]
    if missing:
        raise NotSet(f"Set {', '.join(missing)}. Keep them outside the database.")
