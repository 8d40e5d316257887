"""What is not as it should be: checked by `onroll doctor`, said in plain sentences."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from onroll.office.accounts.queries import rules
from onroll.office.casework.actions import scanning
from onroll.office.casework.queries import documents
from onroll.office.config.environment import Environment, NotSet, require_for_service
from onroll.office.journal import queries as journal

NOT_SEALED = 1_000  # events; a keeper seals within a second
MUST_BE_ON = ("fsync", "full_page_writes", "data_checksums")


def faults() -> list[str]:
    """Return every fault found; none means that nothing amiss was found."""
    found = list(_of_settings())
    try:
        found += _of_database()
    except DatabaseError as error:
        found.append(f"The database does not answer ({type(error).__name__}).")
    return found


def _of_settings() -> Iterator[str]:
    try:
        require_for_service(Environment())
    except NotSet as fault:
        yield str(fault)
    yield from _of_scanner()
    yield from rules.own_packs().faults


def _of_scanner() -> Iterator[str]:
    if settings.UNSCANNED_OPENS:
        yield (
            "NO VIRUS SCANNER (ONROLL_CLAMD is not set), and this is a demonstration: documents "
            "are opened WITHOUT having been scanned. Put no real file into it."
        )
    elif not settings.CLAMD:
        yield (
            "NO VIRUS SCANNER: ONROLL_CLAMD is not set, so every document that is added is held "
            "and nobody can open it. Start ClamAV's clamd and set ONROLL_CLAMD to its host:port."
        )
    else:
        try:
            scanning.signature_in(b"")
        except scanning.NotScanned as fault:
            yield (
                f"THE VIRUS SCANNER DOES NOT WORK ({settings.CLAMD}): {fault} Every document that "
                "is added is held and nobody can open it until it does."
            )


def _of_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        for name in MUST_BE_ON:
            cursor.execute("select current_setting(%s)", [name])
            if cursor.fetchone()[0] != "on":
                yield f"PostgreSQL's {name} is off: a power cut could lose what was acknowledged."
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        if any(cursor.fetchone()):
            yield "DATABASE_URL is a superuser or passes row security: use the application's role."
        cursor.execute(
            "select has_table_privilege('journal_event', 'update')"
            " or has_table_privilege('journal_event', 'delete')"
        )
        if cursor.fetchone()[0]:
            yield "The application can change the journal: run `onroll migrate` as the owner."
    if held := documents.held():
        are = "1 document is" if held == 1 else f"{held:,} documents are"
        yield f"{are} held until scanned again: nobody can open what is held."
    waiting = journal.waiting()
    if waiting > NOT_SEALED:
        yield f"{waiting} events of the journal are not sealed: is any server running?"
    try:
        call_command("migrate", check=True, verbosity=0)
    except (CommandError, SystemExit):
        yield "The tables are not up to date: run `onroll migrate`."
    else:
        if fault := rules.pack_on().fault:
            yield fault
