"""`onroll journal`: the chain of what was done."""

import argparse

from onroll.cli.shared import INPUT_AT_FAULT, OK, command, django, say


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    journal = commands.add_parser("journal", help="the journal's chain: verify")
    what = journal.add_subparsers(title="what", metavar="WHAT", required=True)
    verify = command(
        what,
        "verify",
        "check the whole chain and name the first bad row; keep the head it prints as an anchor",
        "onroll journal verify --anchor 8123:9f2c…",
        _verify,
    )
    verify.add_argument("--anchor", help="POSITION:DIGEST, as an earlier check printed it")


def _verify(options: argparse.Namespace) -> int:
    django()
    from onroll.office.journal import chain

    anchor = None
    if options.anchor:
        position, _, digest = options.anchor.partition(":")
        if not (position.isdecimal() and len(position) <= 18) or len(digest) != 64:
            say("--anchor: give POSITION:DIGEST exactly as an earlier check printed it.")
            return INPUT_AT_FAULT
        anchor = chain.Head(int(position), digest)
    chain.seal()
    verdict = chain.verify(anchor)
    print(f"{verdict.checked} events checked, {verdict.unsealed} not sealed yet.")
    print(f"Head: {verdict.head}")
    if verdict.fault:
        print(f"The chain does not hold: {verdict.fault}.")
        return INPUT_AT_FAULT
    print("The chain holds.")
    return OK
