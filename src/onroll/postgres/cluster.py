"""The folder of a server and the cluster in it.

A folder holds `lock`, and either the rest (`data`, `socket`, `server.log`) or a link
called `elsewhere` to a place that the server's account may enter.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from onroll.postgres.databases import SUPERUSER
from onroll.postgres.errors import AlreadyRunning, CannotStart
from onroll.postgres.programs import NOBODY, Account, Programs, kept_for_nobody

# The address of a Unix socket holds 104 bytes on macOS and 108 on Linux, and
# "/.s.PGSQL.5432" and a closing zero must fit as well.
LONGEST_SOCKET_FOLDER = 88


ATTEMPTS = 5


def account_for(folder: Path) -> Account:
    """The account that runs a folder's server: whoever owns its data, and never root."""
    data = place(folder) / "data"
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() == 0:
        return Account(uid=owner or NOBODY)
    if owner is not None and owner != os.geteuid():
        raise CannotStart(
            f"The database in {folder} belongs to another account of this machine, perhaps "
            "because root made it. Start it as that account, or choose another folder."
        )
    return Account(uid=None)


def place(folder: Path) -> Path:
    """Where a folder's cluster is."""
    link = folder / "elsewhere"
    return link.resolve() if link.exists() else folder


def settle(folder: Path, account: Account) -> Path:
    """Where a folder's cluster is or shall be: elsewhere if the account may not enter it."""
    if (folder / "elsewhere").exists() or account.can_reach(folder):
        return place(folder)
    home = kept_for_nobody("cluster-")
    (folder / "elsewhere").unlink(missing_ok=True)
    (folder / "elsewhere").symlink_to(home)
    return home


def locked(folder: Path) -> IO[bytes] | None:
    """The open file that holds a folder's lock, or None where another process holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "lock").open("ab")
    except PermissionError as error:
        raise CannotStart(
            f"You may not write in {folder}. Choose another folder, or run as its owner."
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def make_cluster(data: Path, programs: Programs, account: Account, *, fast: bool) -> None:
    """Make a cluster where there is none, or see that the programs can read the one there."""
    if (data / "PG_VERSION").exists():
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != str(programs.major):
            raise CannotStart(
                f"The database in {data.parent} was made by PostgreSQL {made_by}, and this is "
                f"PostgreSQL {programs.major}, which cannot read it. Set ONROLL_PG_BIN to the "
                f"programs of PostgreSQL {made_by}, or delete the folder to start afresh."
            )
        return
    # Made beside and then renamed, so that one cut short leaves nothing half made.
    part = data.with_name("data.new")
    shutil.rmtree(part, ignore_errors=True)
    account.make_folder(part)
    # The builtin locale orders and folds text the same way on every machine and ignores $LANG.
    if programs.major >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        locale = ["--locale=C.UTF-8"]
    # Trust is safe here: no network, and a socket in a folder that only this account may open.
    words = ["--auth=trust", "--encoding=UTF8", "--data-checksums", f"--username={SUPERUSER}"]
    if fast:
        words.append("--no-sync")
    made = subprocess.run(
        [programs.path("initdb"), "-D", part, *words, *locale],
        check=False,
        capture_output=True,
        text=True,
        **account.spawn,
    )
    if made.returncode:
        raise CannotStart(f"PostgreSQL could not prepare {data}:\n{made.stdout}{made.stderr}")
    part.rename(data)


@contextlib.contextmanager
def socket_folder(home: Path, account: Account) -> Iterator[Path]:
    """The folder of the server's socket, short enough for the system."""
    if len(os.fsencode(home / "socket")) <= LONGEST_SOCKET_FOLDER:
        # A server that crashed leaves a file here with its number, which may be another's by now.
        shutil.rmtree(home / "socket", ignore_errors=True)
        yield account.make_folder(home / "socket")
        return
    short = Path(tempfile.mkdtemp(prefix="onroll-"))
    try:
        yield account.make_folder(short)
    finally:
        shutil.rmtree(short, ignore_errors=True)


def copy_cluster(*, source: Path, target: Path) -> None:
    """Copy the stopped server of one folder, every database included, to an empty folder."""
    source, target = source.resolve(), target.resolve()
    with contextlib.ExitStack() as locks:
        for folder in (source, target):
            lock = locked(folder)
            if lock is None:
                raise AlreadyRunning(f"A database is running in {folder}: stop it before copying.")
            locks.enter_context(lock)
        account = account_for(source)
        old, new = place(source) / "data", settle(target, account) / "data"
        if new.exists():
            raise CannotStart(f"There is a database in {target} already: choose an empty folder.")
        subprocess.run(["cp", "-Rp", old, new], check=True)


def remove_folder(folder: Path) -> bool:
    """Remove a folder and its cluster wherever that is; False while a server runs in it."""
    lock = locked(folder)
    if lock is None:
        return False
    with lock:
        if place(folder) != folder:
            _clear(place(folder))
        _clear(folder)
    return True


def _clear(folder: Path) -> None:
    """Remove a folder, though a server that has just stopped may still take away its own files."""
    for _ in range(ATTEMPTS):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            if not folder.exists():
                return
        else:
            return
    shutil.rmtree(folder)
