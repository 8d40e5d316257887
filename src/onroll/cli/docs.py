"""`onroll docs`: the reference pages, written from the code."""

import argparse
from pathlib import Path

from onroll.cli.shared import INPUT_AT_FAULT, OK, command, django, say


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    docs = command(
        commands,
        "docs",
        "write docs/reference from the code, or say where it has drifted",
        "onroll docs --check",
        _docs,
    )
    docs.add_argument("--check", action="store_true")
    docs.add_argument("--folder", type=Path, default=Path("docs") / "reference")


def _docs(options: argparse.Namespace) -> int:
    django(service=False)
    from onroll.office.config import reference

    drifted = reference.drift(options.folder) if options.check else reference.write(options.folder)
    for name in drifted:
        say(f"{name} has drifted from the code: run ./dev docs" if options.check else name)
    return INPUT_AT_FAULT if options.check and drifted else OK
