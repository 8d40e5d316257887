"""`onroll demo`: the office with a synthetic authority."""

import argparse
import os
from pathlib import Path

from onroll.cli import serving
from onroll.cli.shared import INPUT_AT_FAULT, OK, command, django, port, say


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = command(
        commands, "demo", "run the office with a synthetic authority", "onroll demo", _demo
    )
    demo.add_argument("--children", type=int, default=5_000, help="how many to invent (5000)")
    demo.add_argument("--port", type=port, default=8300)
    demo.add_argument("--host", default="127.0.0.1")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--folder", type=Path, default=Path(".onroll") / "demo")
    demo.add_argument("--fresh", action="store_true", help="throw the old demonstration away")
    demo.add_argument(
        "--on-database-url",
        action="store_true",
        help="build it in DATABASE_URL, which must be empty, and not in a folder",
    )
    demo.add_argument("--no-serve", action="store_true", help="make the authority and stop")


def _demo(options: argparse.Namespace) -> int:
    from contextlib import ExitStack

    from onroll import postgres

    os.environ["ONROLL_DEMO"] = "1"
    os.environ.setdefault("ONROLL_MARKS", str((options.folder / "marks").resolve()))
    os.environ.setdefault("ONROLL_LOG_JSON", "0")
    if options.fresh and options.folder.exists():
        postgres.remove_folder(options.folder)
    with ExitStack() as stack:
        if os.environ.get("DATABASE_URL") and not options.on_database_url:
            say("DATABASE_URL is set: invented people do not go there. Unset it, or say so")
            say("with --on-database-url.")
            return INPUT_AT_FAULT
        if not options.on_database_url:
            try:
                server = stack.enter_context(postgres.Server(options.folder))
            except postgres.CannotStart as fault:
                say(str(fault))
                return INPUT_AT_FAULT
            os.environ["DATABASE_URL"] = server.url(postgres.APPLICATION)
            os.environ["DATABASE_OWNER_URL"] = server.url(postgres.OWNER)
            say("Database ready.")
        if code := serving.migrate(argparse.Namespace(quiet=False)):
            return code
        django()
        from onroll.office.demo import build

        build.ensure(children=options.children, seed=options.seed, say=say)
        if options.no_serve:
            return OK
        return serving.run_server(options.host, options.port, signs_in=build.sign_ins())
