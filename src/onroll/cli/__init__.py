"""The one entry point; a module for each noun. Commands import what they need when they run."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from onroll.cli import demo, docs, imports, journal, linkage, reports, serving
from onroll.cli.shared import INPUT_AT_FAULT, OK, say
from onroll.marks.commands import measure_absence_command
from onroll.matching.commands import find_missing_command
from onroll.statute.commands import clocks_command, standing_command
from onroll.statute.pack_commands import packs_command

# Commands that need no database: they read their own arguments, and never see Django.
PURE: Mapping[str, tuple[Callable[[Sequence[str]], int], str]] = {
    "clocks": (clocks_command, "deadlines from facts, with working"),
    "standing": (standing_command, "a child's standing on a day"),
    "find-missing": (find_missing_command, "children on no education list, from a folder of lists"),
    "measure-absence": (measure_absence_command, "attendance, from a folder of marks"),
    "packs": (packs_command, "policy packs, and how two differ"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What is printed is UTF-8 whatever the machine is set to; half a character is marked.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the answer has read enough, as `head` does: nothing went wrong and there is
        # nobody left to tell. What Python still holds back goes nowhere, or it would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code


def _run(given: list[str]) -> int:
    if given and given[0] in PURE:
        command, _ = PURE[given[0]]
        return command(given[1:])
    parser = _parser()
    options = parser.parse_args(given)
    if not hasattr(options, "run"):
        parser.print_help()
        return INPUT_AT_FAULT
    run: Callable[[argparse.Namespace], int] = options.run
    import psycopg
    from django.db import OperationalError

    from onroll.office.config.environment import NotSet

    try:
        return run(options)
    except NotSet as fault:
        say(str(fault))
    except (OperationalError, psycopg.OperationalError) as fault:
        first_line = str(fault).strip().partition("\n")[0]
        say(f"The database does not answer: {first_line}")
    return INPUT_AT_FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onroll",
        description="Finds the children who are on no school roll, and follows each.",
        epilog="Example: onroll demo. Every command has --help with an example.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, (_, says) in PURE.items():
        commands.add_parser(name, help=says, add_help=False)
    for noun in (demo, serving, imports, reports, linkage, journal, docs):
        noun.add(commands)
    return parser
