"""The databases that tests run on.

A migrated template is kept between runs, under a name that changes whenever a migration
does. A process that needs a database copies the stopped template, starts a server of its
own on the copy and removes it afterwards, so that runs beside one another do not meet.
With DATABASE_URL and DATABASE_OWNER_URL set, the same is done on that server instead.
"""

import contextlib
import fcntl
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from django.db import connections
from psycopg import sql

from onroll import postgres
from onroll.office.config import environment

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".onroll" / "test"
TEMPLATE = "onroll_template"
# Any number will do, as long as every run takes the same.
BUILDING = 7_203_511


class CannotPrepare(Exception):
    """This is raised when there is no database to test on; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Database:
    """This is one database, as the application and as its owner reach it."""

    url: str
    owner_url: str


@dataclass(frozen=True, slots=True)
class Databases:
    """This is a server with a migrated template, of which each test process gets copies."""

    server: Database
    template: str

    @contextlib.contextmanager
    def copy(self) -> Iterator[Database]:
        """A fresh copy of the template, dropped afterwards whoever is still connected."""
        name = f"onroll_test_{os.getpid()}_{secrets.token_hex(4)}"
        _create(self.server, name, template=self.template)
        try:
            yield _called(self.server, name)
        finally:
            postgres.drop_database(owner_url=self.server.owner_url, name=name)


@contextlib.contextmanager
def prepared_databases() -> Iterator[Databases]:
    """The server to test on: the one that the environment names, or one of our own."""
    if url := os.environ.get("DATABASE_URL"):
        owner_url = os.environ.get("DATABASE_OWNER_URL")
        if not owner_url:
            raise CannotPrepare(
                "DATABASE_URL is set and DATABASE_OWNER_URL is not. Tests migrate as the owner "
                "and run as the application: set both, or neither to use a server of our own."
            )
        yield _on_given_server(Database(url=url, owner_url=owner_url))
        return
    with contextlib.ExitStack() as running:
        yield _on_own_server(running)


def lay_migrated(folder: Path) -> None:
    """Lay into a folder the database that `onroll demo` would otherwise migrate there anew."""
    with _templates_locked():
        _copy_template(folder)
    with postgres.Server(folder, fast=True) as server:
        server.drop_database(postgres.DATABASE)
        with psycopg.connect(_reached(server).owner_url, autocommit=True) as connection:
            names = {"made": sql.Identifier(TEMPLATE), "own": sql.Identifier(postgres.DATABASE)}
            for change in (
                "ALTER DATABASE {made} ALLOW_CONNECTIONS true",
                "ALTER DATABASE {made} RENAME TO {own}",
            ):
                connection.execute(sql.SQL(change).format(**names))


@contextlib.contextmanager
def django_uses(database: Database) -> Iterator[None]:
    """Django's default connection, in every thread, goes to a database as the application."""
    before = dict(connections["default"].settings_dict)
    _point_django(database.url)
    try:
        yield
    finally:
        connections.close_all()
        connections["default"].settings_dict.update(before)


def _point_django(url: str) -> None:
    connections.close_all()
    # One dictionary serves the connections of all threads, so it is changed and not replaced.
    connections["default"].settings_dict.update(environment.database(url))


def _on_own_server(running: contextlib.ExitStack) -> Databases:
    folder = KEPT / f"run-{os.getpid()}-{secrets.token_hex(4)}"
    with _templates_locked():
        _copy_template(folder)
        running.callback(postgres.remove_folder, folder)
        server = running.enter_context(postgres.Server(folder, fast=True))
    return Databases(server=_reached(server), template=TEMPLATE)


@contextlib.contextmanager
def _templates_locked() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_template(folder: Path) -> None:
    template = KEPT / f"template-{_fingerprint()}"
    if not template.exists():
        _build(template)
    _sweep(keep=template)
    postgres.copy_cluster(source=template, target=folder)


def _build(folder: Path) -> None:
    part = folder.with_name("building")
    if part.exists():
        postgres.remove_folder(part)
    with postgres.Server(part, fast=True) as server:
        _make_template(_reached(server), TEMPLATE)
    part.rename(folder)


def _sweep(*, keep: Path) -> None:
    """Remove the templates of other migrations, and what killed runs left behind."""
    for pattern in ("template-*", "run-*"):
        for folder in KEPT.glob(pattern):
            if folder != keep:
                postgres.remove_folder(folder)


def _on_given_server(server: Database) -> Databases:
    template = f"onroll_template_{_fingerprint()}"
    part = f"{template}_new"
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if known.fetchone() is None:
            postgres.drop_database(owner_url=server.owner_url, name=part)
            _make_template(server, part)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(part), sql.Identifier(template)
                )
            )
    return Databases(server=server, template=template)


def _make_template(server: Database, name: str) -> None:
    _create(server, name)
    database = _called(server, name)
    migrating = subprocess.run(
        [sys.executable, "-m", "onroll.cli", "migrate", "--quiet"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database.url, "DATABASE_OWNER_URL": database.owner_url},
        check=False,
        capture_output=True,
        text=True,
    )
    if migrating.returncode:
        raise CannotPrepare(f"The migrations failed:\n{migrating.stdout}{migrating.stderr}")
    # A database to which anyone is connected cannot be copied.
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name))
        )


def _create(server: Database, name: str, template: str | None = None) -> None:
    application = urlsplit(server.url).username or postgres.APPLICATION
    postgres.create_database(
        owner_url=server.owner_url, name=name, template=template, application=application
    )


def _reached(server: postgres.Server) -> Database:
    return Database(
        url=server.url(postgres.APPLICATION, "postgres"),
        owner_url=server.url(postgres.OWNER, "postgres"),
    )


def _called(server: Database, name: str) -> Database:
    def renamed(url: str) -> str:
        return urlsplit(url)._replace(path=f"/{quote(name)}").geturl()

    return Database(url=renamed(server.url), owner_url=renamed(server.owner_url))


def _fingerprint() -> str:
    """Of everything that shapes a migrated database: a change in any makes a new template."""
    source = ROOT / "src" / "onroll"
    migrations = (path for path in source.rglob("migrations/**/*") if path.is_file())
    settings = (source / "office" / "config").glob("settings*")
    files = [*migrations, *settings, *(source / "postgres").glob("*.py"), ROOT / "uv.lock"]
    digest = sha256()
    for name in ("DJANGO_SETTINGS_MODULE", "ONROLL_PG_BIN"):
        digest.update(os.environ.get(name, "").encode())
    for path in sorted(path for path in files if path.suffix != ".pyc"):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
