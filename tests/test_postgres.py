"""The embedded PostgreSQL, with real servers in real folders."""

import contextlib
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onroll import postgres
from onroll.postgres.process import is_server

IS_ROOT = os.geteuid() == 0
PLANTED = "Zebedee Quillfeather"

# What `onroll demo` does until it is stopped.
RUN_UNTIL_KILLED = """
import sys
from onroll import postgres
with postgres.Server(sys.argv[1]) as server:
    print(server.url(), flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    # Not tmp_path, which is closed to the account that runs the server for root.
    folder = Path(tempfile.mkdtemp(prefix="onroll-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as made:
        yield made


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with temporary_folder() as made, postgres.Server(made, fast=True) as running:
        yield running


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    """A folder in which a server ran, kept a row and stopped."""
    with temporary_folder() as made:
        with postgres.Server(made / "one") as running:
            keep_a_row(running)
        yield made / "one"


def write(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def read(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def keep_a_row(server: postgres.Server) -> None:
    write(server.url(postgres.OWNER), "CREATE TABLE kept AS SELECT 'still here' AS said")


def kept_rows(server: postgres.Server) -> list[tuple[object, ...]]:
    return read(server.url(), "SELECT said FROM kept")


@contextlib.contextmanager
def run_by_another_process(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [sys.executable, "-c", RUN_UNTIL_KILLED, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        yield other, other.stdout.readline().strip()
        other.communicate()


def test_the_applications_role_is_no_superuser_owner_or_bypasser_of_row_security(
    server: postgres.Server,
) -> None:
    role = read(
        server.url(),
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, "
        "pg_has_role('onroll_owner', 'member') FROM pg_roles WHERE rolname = current_user",
    )
    owner = read(
        server.url(),
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
    )

    assert role == [("onroll", False, False, False, False, False, False)]
    assert owner == [("onroll_owner",)]


def test_the_owner_is_no_superuser_either(server: postgres.Server) -> None:
    role = read(
        server.url(postgres.OWNER),
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user",
    )

    assert role == [(False, False, False)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE child ADD COLUMN n int",
        "DROP TABLE child",
        "TRUNCATE child",
        "ALTER TABLE child DISABLE TRIGGER ALL",
    ],
)
def test_the_application_can_neither_make_nor_alter_a_table(
    server: postgres.Server, statement: str
) -> None:
    write(server.url(postgres.OWNER), "CREATE TABLE IF NOT EXISTS child (n int)")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        write(server.url(), statement)


def test_the_application_reads_and_writes_rows_of_tables_that_the_owner_makes(
    server: postgres.Server,
) -> None:
    write(server.url(postgres.OWNER), "CREATE TABLE school (id serial, name text)")

    write(server.url(), "INSERT INTO school (name) VALUES ('Ash'), ('Beech'), ('Cedar')")
    write(server.url(), "UPDATE school SET name = 'Birch' WHERE id = 2")
    write(server.url(), "DELETE FROM school WHERE id = 3")

    assert read(server.url(), "SELECT name FROM school ORDER BY id") == [("Ash",), ("Birch",)]


def test_a_new_database_and_a_copy_of_one_have_the_extensions_and_the_grants(
    server: postgres.Server,
) -> None:
    server.create_database("first")
    write(server.url(postgres.OWNER, "first"), "CREATE TABLE early AS SELECT 1 AS n")
    server.create_database("second", template="first")
    write(server.url(postgres.OWNER, "second"), "CREATE TABLE late AS SELECT 2 AS n")

    extensions = read(server.url(database="second"), "SELECT extname FROM pg_extension")
    rows = read(server.url(database="second"), "SELECT early.n, late.n FROM early, late")
    server.drop_database("second")

    assert {name for (name,) in extensions} >= set(postgres.EXTENSIONS)
    assert rows == [(1, 2)]
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        read(server.url(database="second"), "SELECT 1")


def test_a_database_is_dropped_while_the_application_is_connected(server: postgres.Server) -> None:
    server.create_database("busy")

    with psycopg.connect(server.url(database="busy")):
        server.drop_database("busy")

    assert read(server.url(), "SELECT 1 FROM pg_database WHERE datname = 'busy'") == []


def test_text_sorts_by_code_point_and_folds_beyond_english_whatever_the_machine_speaks(
    server: postgres.Server,
) -> None:
    answer = read(
        server.url(), "SELECT upper('ŵ'), 'Z' < 'a', similarity('Katherine', 'Catherine') > 0.3"
    )

    assert answer == [("Ŵ", True, True)]


def test_the_server_listens_on_no_network_and_is_not_run_by_root(server: postgres.Server) -> None:
    settings = read(server.url(), "SELECT name, setting FROM pg_settings WHERE name LIKE 'listen%'")
    data = server.folder / "data"

    assert settings == [("listen_addresses", "")]
    assert data.stat().st_uid != 0
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.folder / "socket").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO person VALUES ('{PLANTED}')",
        f"SELECT '{PLANTED}'::date",
        f"SELECT nothing_of_the_kind, '{PLANTED}'",
        f"DO $$ BEGIN RAISE WARNING '{PLANTED}'; RAISE '{PLANTED}'; END $$",
    ],
)
def test_an_error_leaves_nothing_of_a_person_in_the_servers_log(
    server: postgres.Server, statement: str
) -> None:
    write(server.url(postgres.OWNER), "CREATE TABLE IF NOT EXISTS person (name text PRIMARY KEY)")
    with contextlib.suppress(psycopg.errors.UniqueViolation):
        write(server.url(), f"INSERT INTO person VALUES ('{PLANTED}')")

    with pytest.raises(psycopg.Error):
        write(server.url(), statement)

    log = (server.folder / "server.log").read_text()
    assert "ready to accept connections" in log
    assert PLANTED not in log


def test_what_was_written_is_there_after_a_restart(stopped: Path) -> None:
    with postgres.Server(stopped) as server:
        assert kept_rows(server) == [("still here",)]
        assert read(server.url(), "SHOW fsync") == [("on",)]


def test_data_of_another_major_version_is_refused_with_both_versions_and_a_way_out(
    stopped: Path,
) -> None:
    made_by = stopped / "data" / "PG_VERSION"
    now = made_by.read_text().strip()
    made_by.write_text("14\n")

    with pytest.raises(postgres.CannotStart) as refused:
        postgres.Server(stopped).__enter__()
    made_by.write_text(f"{now}\n")

    assert "was made by PostgreSQL 14" in str(refused.value)
    assert f"this is PostgreSQL {now}" in str(refused.value)
    assert "ONROLL_PG_BIN" in str(refused.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_the_server_stops_when_its_parent_is_killed_and_the_next_start_is_clean(
    folder: Path,
) -> None:
    with run_by_another_process(folder) as (other, url):
        write(url.replace("onroll@", "onroll_owner@"), "CREATE TABLE kept AS SELECT 'x' AS said")
        server_process = os.pidfd_open(int((folder / "data/postmaster.pid").read_text().split()[0]))
        other.send_signal(signal.SIGKILL)
        # A process's descriptor becomes readable when the process ends.
        stopped, _, _ = select.select([server_process], [], [], 60)
        os.close(server_process)

    assert stopped
    with postgres.Server(folder) as server:
        assert kept_rows(server) == [("x",)]
    log = (folder / "server.log").read_text()
    assert "not properly shut down" not in log


@pytest.mark.skipif(sys.platform != "linux", reason="finds the server's processes in /proc")
def test_after_a_crash_the_next_start_is_not_barred_by_a_number_that_another_program_has(
    folder: Path,
) -> None:
    with run_by_another_process(folder) as (other, url):
        write(url.replace("onroll@", "onroll_owner@"), "CREATE TABLE kept AS SELECT 'x' AS said")
        data = folder / "data"
        numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
        processes = [number for number in numbers if is_server(number, data)]
        other.send_signal(signal.SIGSTOP)
        for number in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        while any(is_server(number, data) for number in processes):
            os.sched_yield()
        other.kill()
    account = {"user": data.stat().st_uid} if IS_ROOT else {}

    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd="/", **account) as bystander:
        for left_behind in (data / "postmaster.pid", folder / "socket" / ".s.PGSQL.5432.lock"):
            lines = left_behind.read_text().splitlines()
            left_behind.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        with postgres.Server(folder) as server:
            rows = kept_rows(server)
        is_alive = bystander.poll() is None
        bystander.kill()

    assert rows == [("x",)]
    assert is_alive


def test_a_second_start_in_a_folder_says_that_one_is_running_and_where(stopped: Path) -> None:
    with run_by_another_process(stopped):
        running = (stopped / "data" / "postmaster.pid").read_text().split()[0]

        with pytest.raises(postgres.AlreadyRunning) as refused:
            postgres.Server(stopped).__enter__()

    assert f"already running in {stopped} (process {running})" in str(refused.value)


def test_one_may_join_a_running_server_and_leave_it_running(stopped: Path) -> None:
    with run_by_another_process(stopped) as (_, url):
        with postgres.Server(stopped, attach=True) as server:
            assert server.url() == url

        assert read(url, "SELECT current_user") == [("onroll",)]


def test_joining_where_nothing_runs_starts_a_server(stopped: Path) -> None:
    with postgres.Server(stopped, fast=True, attach=True) as server:
        assert read(server.url(), "SELECT current_user") == [("onroll",)]


def test_a_folder_with_a_path_too_long_for_a_socket_works(folder: Path) -> None:
    deep = folder / ("a folder with spaces " * 3).strip() / ("n" * 60)

    with postgres.Server(deep, fast=True) as server:
        url = server.url()
        assert read(url, "SELECT current_user") == [("onroll",)]

    assert len(str(deep)) > 108
    assert not Path(url.partition("host=")[2]).exists()


@pytest.mark.skipif(not IS_ROOT, reason="only root lends the server another account")
def test_root_may_keep_a_server_in_a_closed_folder_which_stays_closed(folder: Path) -> None:
    folder.chmod(0o700)
    inside = folder / "inside"

    with postgres.Server(inside, fast=True) as server:
        keep_a_row(server)
    elsewhere = (inside / "elsewhere").resolve()
    with postgres.Server(inside, fast=True) as server:
        rows = kept_rows(server)
    postgres.remove_folder(inside)

    assert rows == [("still here",)]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not elsewhere.exists()
    assert not inside.exists()


def test_a_copy_of_a_stopped_server_holds_the_same_and_stands_alone(
    stopped: Path, folder: Path
) -> None:
    postgres.copy_cluster(source=stopped, target=folder / "two")

    with postgres.Server(folder / "two", fast=True) as server:
        write(server.url(), "DELETE FROM kept")
    with postgres.Server(stopped, fast=True) as server:
        assert kept_rows(server) == [("still here",)]


def test_a_running_server_is_neither_copied_nor_removed(stopped: Path, folder: Path) -> None:
    with postgres.Server(stopped, fast=True) as server:
        with pytest.raises(postgres.AlreadyRunning):
            postgres.copy_cluster(source=stopped, target=folder / "two")

        assert postgres.remove_folder(stopped) is False
        assert read(server.url(), "SELECT 1") == [(1,)]


def test_a_wrong_onroll_pg_bin_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONROLL_PG_BIN", str(folder))

    with pytest.raises(postgres.CannotStart, match=f"ONROLL_PG_BIN is {folder}"):
        postgres.Server(folder / "data").__enter__()


def test_settings_for_another_postgresql_on_the_machine_do_no_harm(
    stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "6543", "PGDATA": "/nowhere", "PGHOST": "192.0.2.1"}.items():
        monkeypatch.setenv(name, value)

    with postgres.Server(stopped, fast=True) as server:
        assert read(server.url(), "SELECT current_user") == [("onroll",)]
