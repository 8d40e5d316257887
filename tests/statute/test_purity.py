"""The law imports nothing but the standard library."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import onroll.statute

_PROGRAM = """
import importlib, pkgutil, sys

class NoStrangers:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top == "onroll":
            return None
        raise ModuleNotFoundError(f"stranger: {name}", name=name)

sys.meta_path.insert(0, NoStrangers())
PLANT
import onroll.statute
for module in pkgutil.walk_packages(onroll.statute.__path__, "onroll.statute."):
    importlib.import_module(module.name)
loaded = {name.partition(".")[0] for name in sys.modules}
assert "django" not in loaded
ours = {name for name in sys.modules if name.startswith("onroll.")}
assert all(name.startswith("onroll.statute") for name in ours), ours
print(len(ours))
"""


def run(plant: str) -> subprocess.CompletedProcess[str]:
    program = _PROGRAM.replace("PLANT", plant)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_every_module_imports_with_only_the_standard_library() -> None:
    done = run("")

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


@pytest.mark.parametrize("stranger", ["django", "pytest"])
def test_a_stranger_would_be_noticed(stranger: str) -> None:
    done = run(f"import {stranger}")

    assert done.returncode != 0
    assert f"stranger: {stranger}" in done.stderr


# Reaches of the program and of its tables, and an invented school year: not the beginnings of laws.
NO_BEGINNINGS = {"days.py", "bank_holidays.py", "handbook.py"}
# Days of guidance, and of what is expected; the days of laws they take from `commencement`.
GUIDANCE = {"national.py", "local.py", "expected.py"}


def test_the_day_on_which_a_law_began_is_written_in_one_module() -> None:
    package = Path(onroll.statute.__file__).parent

    written = {
        path.name
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and re.fullmatch(r"date\([0-9, ]+\)", ast.unparse(node))
    }

    assert written == {"commencement.py"} | NO_BEGINNINGS | GUIDANCE
