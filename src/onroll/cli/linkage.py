"""`onroll find-in-office`: one search of the office's lists, in a process of its own."""

import argparse

from onroll.cli.shared import INPUT_AT_FAULT, OK, command, django, say


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    search = command(
        commands,
        "find-in-office",
        "do the search for missing children that waits under this number; servers call it",
        "onroll find-in-office 12",
        _search,
    )
    search.add_argument("number", type=int, help="the number of the search, from its page")


def _search(options: argparse.Namespace) -> int:
    django()
    from onroll.office.kernel import clock
    from onroll.office.linkage import jobs

    if jobs.search(options.number, on=clock.today()):
        say(f"Search {options.number} is done.")
        return OK
    say(f"Search {options.number} was not done: its page says why, or another one is going on.")
    return INPUT_AT_FAULT
