"""The server's process: found, cleared away, tied to its parent, and stopped."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from onroll.postgres.databases import connect
from onroll.postgres.errors import CannotStart

START_SECONDS = 120
STOP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Running:
    """This is what a server writes of itself in `postmaster.pid`."""

    pid: int
    socket: Path
    is_ready: bool


def read_pid_file(data: Path) -> Running | None:
    """What the server of a cluster says of itself, or None where none has said it yet."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 8:
        return None
    return Running(pid=int(lines[0]), socket=Path(lines[4]), is_ready=lines[7].strip() == "ready")


def clear_the_way(data: Path) -> None:
    """Wait for a server that outlived its parent, and disown a number that is no longer a server's.

    We hold the folder's lock, so whoever started that server has gone.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().splitlines()[0])
    if is_server(pid, data):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        end = time.monotonic() + STOP_SECONDS
        while is_server(pid, data):
            if time.monotonic() > end:
                raise CannotStart(
                    f"An earlier database (process {pid}) still runs in {data.parent} and "
                    "does not stop. Stop it, and try again."
                )
            time.sleep(0.05)
    # After a crash the number may belong to another program, or to a dead one that nobody has
    # collected; PostgreSQL would then refuse to start. It passes over its parent's number, and
    # still looks for the memory of orphans, as it could not do if the file were removed.
    if pid_file.exists():
        lines = pid_file.read_text().splitlines(keepends=True)
        pid_file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))


def is_server(pid: int, data: Path) -> bool:
    """Whether a process is the server, or one of the processes, of a cluster."""
    if sys.platform == "linux":
        # A server's working folder is its data; a dead process has none.
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return False
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return str(data) in listed.stdout


def stop_with_parent() -> Callable[[], None] | None:
    """What a child does before it becomes the server, so that it stops when its parent dies.

    Elsewhere than on Linux a parent that is killed leaves its server behind, and the
    next start in the folder stops it.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, in prctl(2)

    def before_the_program_starts() -> None:
        libc.prctl(set_parent_death_signal, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return before_the_program_starts


def wait_until_ready(process: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    """Return once the server answers; say what its log says if it gives up."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            connect(socket, "postgres").close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                with log.open("rb") as file:
                    file.seek(max(0, log.stat().st_size - 1500))
                    last_words = file.read().decode(errors="replace")
                raise CannotStart(
                    f"PostgreSQL did not start. The end of {log} says:\n{last_words}"
                ) from error
            time.sleep(0.02)
        else:
            return


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server, leaving its data fit to start from."""
    # SIGINT is PostgreSQL's "fast" stop: clients are put off, everything is written down.
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(STOP_SECONDS)
