"""What the commands share: exit codes, saying how far it is, and starting Django."""

import argparse
import os
import sys
from collections.abc import Callable

OK, OUR_FAULT, INPUT_AT_FAULT = 0, 1, 2


def say(text: str) -> None:
    """Tell the person at the keyboard how far it is; answers alone go to standard output."""
    print(text, file=sys.stderr, flush=True)


def command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    says: str,
    example: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Add one command with its example, and what runs it."""
    parser = commands.add_parser(name, help=says, description=says, epilog=f"Example: {example}")
    parser.set_defaults(run=run)
    return parser


def port(typed: str) -> int:
    """Read a port. Raises ArgumentTypeError."""
    if not (typed.isdecimal() and len(typed) <= 5 and int(typed) <= 65_535):
        raise argparse.ArgumentTypeError(f"{typed[:20]} is not a port: give 0 to 65535.")
    return int(typed)


def django(*, service: bool = True) -> None:
    """Start Django on DATABASE_URL; for a service also the settings that only one needs."""
    from onroll.office.config.environment import Environment, require_for_service

    if service:
        require_for_service(Environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.office.config.settings")
    import django as framework

    framework.setup()
