"""Faults planted in copies of the library, one by one: the examples or the oracle notice each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import onroll.statute
from tests.statute.planted_faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]
LIBRARY = Path(onroll.statute.__file__).parent


def copy_of_the_library(to: Path) -> Path:
    shutil.copytree(
        LIBRARY, to / "onroll" / "statute", ignore=shutil.ignore_patterns("__pycache__")
    )
    (to / "onroll" / "__init__.py").write_text("")
    return to / "onroll" / "statute"


def ask(copy: Path) -> subprocess.CompletedProcess[str]:
    found_first = os.pathsep.join([str(copy), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "tests.statute.noticed"],
        env={**os.environ, "PYTHONPATH": found_first},
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_nothing_is_noticed_where_nothing_is_wrong(tmp_path: Path) -> None:
    copy_of_the_library(tmp_path)

    asked = ask(tmp_path)

    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.says for fault in FAULTS])
def test_every_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    library = copy_of_the_library(tmp_path)
    text = (library / fault.file).read_text("utf-8")
    assert text.count(fault.right) == 1
    (library / fault.file).write_text(text.replace(fault.right, fault.wrong), "utf-8")

    asked = ask(tmp_path)

    assert asked.returncode == 1, asked.stderr
    assert asked.stdout.startswith(("example: ", "standing: ", "The library and the oracle differ"))


def test_there_are_forty_faults_at_least_and_each_changes_something() -> None:
    assert len(FAULTS) >= 40
    assert len({fault.says for fault in FAULTS}) == len(FAULTS)
    assert all(fault.right != fault.wrong for fault in FAULTS)
