"""`onroll report` and `onroll export`."""

import argparse

from onroll.cli.shared import command, django


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = command(
        commands,
        "report",
        "a report, as at a day and as known at an instant",
        "onroll report posts --as-at 2018-04-01",
        _report,
    )
    report.add_argument("name", help="posts, open-cases, worklist, …")
    report.add_argument("--as-at", help="the day asked about, as 2026-11-22")
    report.add_argument("--known-at", help="what was known at this instant, as 2026-11-22T09:00")
    report.add_argument("--format", choices=["csv", "json"], default="csv")
    export = commands.add_parser("export", help="one child's chronology: child REF")
    what = export.add_subparsers(title="what", metavar="WHAT", required=True)
    child = command(
        what, "child", "one child's whole record", "onroll export child 7F3K9Q2DTB4X", _export_child
    )
    child.add_argument("ref")


def _report(options: argparse.Namespace) -> int:
    django()
    from onroll.office.reporting import commands

    return commands.report(options)


def _export_child(options: argparse.Namespace) -> int:
    django()
    from onroll.office.reporting import commands

    return commands.export_child(options)
