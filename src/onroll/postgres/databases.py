"""The two roles, and databases laid out for them."""

import time
from pathlib import Path

import psycopg
from psycopg import sql

from onroll.postgres.errors import CannotStart

SUPERUSER = "postgres"
# The owner makes and alters tables; the application's role reads and writes rows.
OWNER = "onroll_owner"
APPLICATION = "onroll"
DATABASE = "onroll"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent", "fuzzystrmatch")
_TRIES = 30  # a second apart, to remove a database that the server itself is looking into


def create_database(
    *,
    owner_url: str,
    name: str,
    template: str | None = None,
    application: str = APPLICATION,
) -> None:
    """Make a database for the application's role, empty or as a copy of another.

    `owner_url` is any database of the server, as a role that may create databases.
    The application may read and write rows and can neither make nor alter a table.
    """
    database, role = sql.Identifier(name), sql.Identifier(application)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                database, sql.Identifier(template or "template1")
            )
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
    if template is None:
        with psycopg.connect(owner_url, dbname=name, autocommit=True) as connection:
            _lay_out(connection, owner=sql.SQL("CURRENT_ROLE"), application=application)


def drop_database(*, owner_url: str, name: str) -> None:
    """Remove a database if it is there, whoever is connected to it."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for tried in range(_TRIES):
            try:
                connection.execute(drop)
            except psycopg.errors.InsufficientPrivilege:
                # The server itself is tidying up in there, which only a superuser may interrupt.
                if tried == _TRIES - 1:
                    raise
                time.sleep(1)
            else:
                return


def connect(socket: Path, database: str) -> psycopg.Connection:
    """A connection as the superuser, to whom only this package ever connects."""
    return psycopg.connect(
        host=str(socket),
        user=SUPERUSER,
        dbname=database,
        autocommit=True,
        connect_timeout=5,
    )


def prepare_server(socket: Path) -> None:
    """Make the two roles, and in template1 what every new database starts with."""
    with connect(socket, "template1") as connection:
        for role, attributes in ((OWNER, "CREATEDB"), (APPLICATION, "")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if known.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN " + attributes).format(sql.Identifier(role))
                )
        # So that the owner may put off the application's connections when it drops a database.
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER))
        )
        _lay_out(connection, owner=sql.Identifier(OWNER), application=APPLICATION)


def has_database(*, owner_url: str, name: str) -> bool:
    """Whether the server has a database of that name."""
    with psycopg.connect(owner_url) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _lay_out(connection: psycopg.Connection, *, owner: sql.Composable, application: str) -> None:
    for extension in EXTENSIONS:
        statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        try:
            connection.execute(statement)
        except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported) as error:
            raise CannotStart(
                f"This PostgreSQL lacks the extension {extension}. "
                "Install its contributed extensions (often a package called postgresql-contrib)."
            ) from error
    grants = sql.SQL("""
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO {role};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
            GRANT USAGE ON SEQUENCES TO {role};
    """)
    connection.execute(grants.format(owner=owner, role=sql.Identifier(application)))
