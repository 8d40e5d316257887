"""A server that runs for as long as a `with` block."""

import contextlib
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from onroll.postgres import cluster, databases, process
from onroll.postgres.errors import AlreadyRunning, CannotStart
from onroll.postgres.programs import programs_for

ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # A server's log must hold nothing about a child. An error's DETAIL quotes the row, its
    # STATEMENT the query, and the first line of a failed cast the value: so the log keeps
    # starts, stops and crashes, and errors go to the client alone.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
# What a cluster that is thrown away can do without: it need not survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """This is a PostgreSQL server in a folder, running for as long as the `with` block.

    `fast` gives up safety against a power cut. `attach` joins a server that another
    process already runs in the folder, and then leaves it running; without it that is
    `AlreadyRunning`. On Linux the server is tied to the thread that entered the block,
    so enter from the main thread.
    """

    def __init__(self, folder: Path | str, *, fast: bool = False, attach: bool = False) -> None:
        self.folder = Path(folder).resolve()
        self.fast = fast
        self.attach = attach
        self._held = contextlib.ExitStack()
        self._socket: Path | None = None

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as held:
            lock = cluster.locked(self.folder)
            if lock is None:
                self._socket = self._join()
                return self
            held.enter_context(lock)
            self._socket = self._start(held)
            self._held = held.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket = None
        self._held.close()

    def url(self, role: str = databases.APPLICATION, database: str = databases.DATABASE) -> str:
        """The address of a database for a role, as DATABASE_URL wants it."""
        if self._socket is None:
            raise CannotStart("The database server is not running: use it inside its `with` block.")
        return _url(self._socket, role, database)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database for the two roles, empty or as a copy of another."""
        owner_url = self.url(databases.OWNER, "postgres")
        databases.create_database(owner_url=owner_url, name=name, template=template)

    def drop_database(self, name: str) -> None:
        """Remove a database if it is there, whoever is connected to it."""
        databases.drop_database(owner_url=self.url(databases.OWNER, "postgres"), name=name)

    def _start(self, held: contextlib.ExitStack) -> Path:
        account = cluster.account_for(self.folder)
        programs = programs_for(account)
        home = cluster.settle(self.folder, account)
        cluster.make_cluster(home / "data", programs, account, fast=self.fast)
        process.clear_the_way(home / "data")
        socket = held.enter_context(cluster.socket_folder(home, account))
        settings = ALWAYS | (FAST if self.fast else {})
        settings["unix_socket_directories"] = str(socket)
        # The port is part of the socket's name, and every client on the machine heeds PGPORT.
        settings["port"] = os.environ.get("PGPORT", "5432")
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        log_path = home / "server.log"
        with log_path.open("ab") as log:
            server = subprocess.Popen(
                [programs.path("postgres"), "-D", home / "data", *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A Ctrl-C meant for the parent must not stop the server before the parent is done.
                start_new_session=True,
                preexec_fn=process.stop_with_parent(),
                **account.spawn,
            )
        held.callback(process.stop, server)
        process.wait_until_ready(server, socket, log_path)
        databases.prepare_server(socket)
        owner_url = _url(socket, databases.OWNER, "postgres")
        if not databases.has_database(owner_url=owner_url, name=databases.DATABASE):
            databases.create_database(owner_url=owner_url, name=databases.DATABASE)
        return socket

    def _join(self) -> Path:
        end = time.monotonic() + process.START_SECONDS
        while True:
            running = process.read_pid_file(cluster.place(self.folder) / "data")
            if not self.attach:
                number = f" (process {running.pid})" if running else ""
                raise AlreadyRunning(
                    f"A database is already running in {self.folder}{number}. "
                    "Stop the program that started it, or choose another folder."
                )
            if running and running.is_ready:
                return running.socket
            if time.monotonic() > end:
                raise CannotStart(
                    f"Another program holds {self.folder}, but its database does not answer. "
                    "Stop that program and try again."
                )
            time.sleep(0.05)


def _url(socket: Path, role: str, database: str) -> str:
    return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(socket))}"
