"""`onroll import`: files of schools, and of a former system."""

import argparse
from pathlib import Path

from onroll.cli.shared import INPUT_AT_FAULT, OK, command, django, say


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("import", help="bring in files: gias, legacy")
    kinds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    gias = command(
        kinds,
        "gias",
        "schools, from DfE's all-fields CSV as published",
        "onroll import gias edubasealldata20261120.csv",
        _import_gias,
    )
    gias.add_argument("file", type=Path)
    gias.add_argument("--links", type=Path, help="the links file of the same day")
    legacy = command(
        kinds,
        "legacy",
        "children, cases and history from a former system; a trial run unless --apply",
        "onroll import legacy exports/ --origin 'Former system' --migrated-on 2026-09-01",
        _import_legacy,
    )
    legacy.add_argument("folder", type=Path, nargs="?")
    legacy.add_argument("--origin", help="what the former system is called")
    legacy.add_argument("--migrated-on", help="the day of the migration, as 2026-09-01")
    legacy.add_argument("--apply", action="store_true", help="bring it in; without, only try")
    legacy.add_argument(
        "--leave-out", action="store_true", help="apply although some rows have no place"
    )
    legacy.add_argument("--undo", metavar="REF", help="take back the migration of this reference")


def _import_gias(options: argparse.Namespace) -> int:
    django()
    from onroll.office.kernel import clock
    from onroll.office.kernel.actor import PROGRAM
    from onroll.office.kernel.decision import Faulty
    from onroll.office.schools import actions

    def progress(rows: int) -> None:
        say(f"{rows:,} establishments read")

    try:
        told = actions.load_gias(options.file, by=PROGRAM, on=clock.today(), progress=progress)
        if options.links:
            say(f"{actions.load_links(options.links, by=PROGRAM):,} links")
    except OSError as fault:
        say(f"{fault.filename}: cannot be read ({fault.strerror}).")
        return INPUT_AT_FAULT
    except Faulty as fault:
        for where, says in fault.faults:
            say(f"{options.file.name}: {where}: {says}")
        return INPUT_AT_FAULT
    print(told)
    return OK


def _import_legacy(options: argparse.Namespace) -> int:
    django()
    from onroll.office.exchange import commands

    return commands.legacy(options, say=say)
