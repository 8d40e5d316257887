"""Every table as its owner reads it, with no row security in the way."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from tests.canary.traces import CORE, Traces
from tests.database import Database

_HEX = [said.encode().hex() for said in (CORE, CORE.capitalize(), CORE.upper())]


def words_in_tables(database: Database, traces: Traces) -> dict[str, set[str]]:
    """Return the planted words that lie in the clear, by table."""
    found: dict[str, set[str]] = {}
    for table, text in _rows(database):
        words = traces.found_in(text)
        assert not any(said in text for said in _HEX), f"{table} keeps a planted word as bytes"
        if words:
            found.setdefault(table, set()).update(words)
    return found


def _rows(database: Database) -> Iterator[tuple[str, str]]:
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("select set_config('onroll.cleared', 'yes', false)")
        tables = owner.execute(
            "select tablename from pg_tables where schemaname = 'public' order by 1"
        ).fetchall()
        for (table,) in tables:
            every = owner.execute(
                sql.SQL("select string_agg(t::text, chr(10)) from {} t").format(
                    sql.Identifier(table)
                )
            ).fetchone()
            if every and every[0]:
                yield table, every[0]
