"""Reads of migrations, for the screens and the command."""

from collections.abc import Sequence
from typing import Any

from onroll.office.exchange.models import Migration
from onroll.office.exchange.queries.layouts import LAYOUTS, Layout
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.references import tidy_reference

COLUMNS = ("File", "Row", "Column", "Why", "What to do")


def migrations(actor: Actor) -> list[Migration]:
    """Return every migration, newest first, for those who apply files."""
    if not actor.may("imports.apply"):
        raise Unknown("migrations are not this person's")
    found = Migration.objects.select_related("applied_by", "undone_by")
    return list(found.defer("made").order_by("-pk"))


def migration_for(actor: Actor, ref: str) -> Migration:
    """Return one migration. Raises Unknown."""
    found = (
        Migration.objects.filter(ref=tidy_reference(ref))
        .select_related("applied_by", "undone_by")
        .first()
    )
    if found is None or not actor.may("imports.apply"):
        raise Unknown(f"There is no migration {ref}.")
    return found


def placed(migration: Migration) -> int:
    """Return how many rows a migration placed."""
    return sum(tally["placed"] for tally in migration.files)


def remark_rows(remarks: Sequence[dict[str, Any]]) -> list[list[object]]:
    """Return remarks as the rows of a sheet."""
    return [[r["file"], r["row"], r["column"], r["why"], r["todo"]] for r in remarks]


def layouts() -> list[Layout]:
    """Return every layout of file, for the templates."""
    return list(LAYOUTS.values())


def layout_for(key: str) -> Layout:
    """Return one layout. Raises Unknown."""
    if key not in LAYOUTS:
        raise Unknown(f"There is no file {key!r}.")
    return LAYOUTS[key]
