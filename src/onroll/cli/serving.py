"""Commands that run the office and keep its database: serve, migrate, doctor, invite."""

import argparse
import os
import sys
import time
from collections.abc import Sequence

from onroll.cli.shared import INPUT_AT_FAULT, OK, OUR_FAULT, command, django, port, say


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = command(
        commands, "serve", "serve the office of DATABASE_URL", "onroll serve --port 8000", _serve
    )
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=port, default=8000)
    tables = command(
        commands,
        "migrate",
        "bring the tables up to date, as the owner (DATABASE_OWNER_URL)",
        "onroll migrate",
        migrate,
    )
    tables.add_argument("--quiet", action="store_true")
    command(commands, "shell", "open a Python prompt on the office", "onroll shell", _shell)
    command(commands, "doctor", "say what is not as it should be", "onroll doctor", _doctor)
    command(
        commands,
        "rebuild",
        "work out again every cached deadline, and what finds a child",
        "onroll rebuild",
        _rebuild,
    )
    invite = command(
        commands,
        "invite",
        "make the first administrator and print a link for setting a password",
        "onroll invite --name 'A. Person' --email a.person@council.example",
        _invite,
    )
    invite.add_argument("--name", required=True)
    invite.add_argument("--email", required=True)
    invite.add_argument("--role", default="administrator")


def _serve(options: argparse.Namespace) -> int:
    django()
    return run_server(options.host, options.port)


def run_server(host: str, port: int, signs_in: Sequence[str] = ()) -> int:
    """Serve the office until it is stopped. Returns the exit code."""
    from onroll.office.config import serving
    from onroll.office.config.wsgi import application

    def ready() -> None:
        say(f"OnRoll is at http://{host}:{port}/ (Ctrl+C stops it)")
        for line in signs_in:
            say(line)

    try:
        serving.serve(application, host=host, port=port, ready=ready)
    except OSError as fault:
        say(f"Port {port} cannot be opened ({fault.strerror}). Try another: --port {port + 1}")
        return INPUT_AT_FAULT
    return OK


def migrate(options: argparse.Namespace) -> int:
    """Migrate in a process of its own: the office itself never holds the owner's role."""
    import subprocess

    import psycopg

    from onroll.office.config.environment import database

    began = time.monotonic()
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL", "")
    if not owner:
        say("Set DATABASE_OWNER_URL: the role that owns the tables.")
        return INPUT_AT_FAULT
    # A database that does not answer is said here in a line; Django would print its own workings.
    database(owner)
    psycopg.connect(owner).close()
    environment = os.environ | {
        "DATABASE_URL": owner,
        "DJANGO_SETTINGS_MODULE": "onroll.office.config.settings",
    }
    for words in (["migrate", "-v0", "--skip-checks"], ["createcachetable", "-v0"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *words], env=environment, check=False
        )
        if done.returncode:
            say("The tables could not be brought up to date; nothing else was done.")
            return OUR_FAULT
    if not options.quiet:
        say(f"Tables up to date ({time.monotonic() - began:.1f} s).")
    return OK


def _shell(options: argparse.Namespace) -> int:
    django()
    from django.core.management import call_command

    call_command("shell")
    return OK


def _doctor(options: argparse.Namespace) -> int:
    django(service=False)
    from onroll.office.config import doctor

    faults = doctor.faults()
    for fault in faults:
        print(fault)
    if not faults:
        print("Nothing amiss was found.")
    return INPUT_AT_FAULT if faults else OK


def _rebuild(options: argparse.Namespace) -> int:
    django()
    from onroll.office.casework.actions import deadlines
    from onroll.office.kernel import clock
    from onroll.office.kernel.actor import PROGRAM
    from onroll.office.people.actions import rebuild_all_terms

    changed = deadlines.rebuild_all(by=PROGRAM, on=clock.today())
    print(f"The clocks of {changed} cases differed from their facts.")
    count = rebuild_all_terms()
    print(f"What {count} children are found by was made again.")
    return OK


def _invite(options: argparse.Namespace) -> int:
    django()
    from django.urls import reverse

    from onroll.office.accounts.actions import users
    from onroll.office.kernel import clock
    from onroll.office.kernel.actor import PROGRAM
    from onroll.office.kernel.decision import Faulty

    try:
        person = users.invite(
            name=options.name,
            email=options.email,
            role_keys=[options.role],
            by=PROGRAM,
            on=clock.today(),
        )
        uid, token = users.make_link(user=person, by=PROGRAM)
    except Faulty as fault:
        say(str(fault))
        return INPUT_AT_FAULT
    print(reverse("accounts:choose_password", args=[uid, token]))
    say("Open this address on your site, once, to choose a password.")
    return OK
