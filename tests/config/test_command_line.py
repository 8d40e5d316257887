"""What the commands say when the machine around them is not in order: a line, and exit code 2."""

import os
import subprocess
import sys

import pytest

from onroll import cli

NOBODY = "postgresql://nobody@127.0.0.1:1/nowhere"


def run(command: list[str], address: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: the settings are read once in each."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from onroll.cli import main; sys.exit(main())",
         *command],
        env=os.environ | {
            "ONROLL_DEMO": "1", "DATABASE_URL": address, "DATABASE_OWNER_URL": address,
            "DJANGO_SETTINGS_MODULE": "onroll.office.config.settings",
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("command", [["migrate"], ["report", "posts"]])
def test_a_database_that_does_not_answer_is_said_in_one_line(
    command: list[str],
) -> None:
    done = run(command, NOBODY)

    assert done.returncode == 2
    assert done.stderr.startswith("The database does not answer: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["garbage:sesame", "postgresql://nobody:sesame@127.0.0.1"])
def test_an_address_that_is_none_is_refused_without_being_repeated(address: str) -> None:
    done = run(["report", "posts"], address)

    assert done.returncode == 2
    assert "is not the address of a database" in done.stderr
    assert "sesame" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["99999999", "-1", "9" * 5_000, "http"])
def test_a_port_that_cannot_be_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["serve", f"--port={port}"])

    assert left.value.code == 2
    assert "is not a port" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked", [["--as-at", "9999-12-31"], ["--as-at", "0001-01-01"], ["--known-at", "9999-12-31"]]
)
def test_a_report_at_the_far_end_of_the_calendar_is_refused(asked: list[str]) -> None:
    done = run(["report", "posts", *asked], NOBODY)

    assert done.returncode == 2
    assert "between 1900 and 2199" in done.stderr
