"""The measures as SQL on PostgreSQL: loaded and indexed first, and only the questions timed."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa

from bench.attendance import meanings, questions
from bench.attendance.answers import TABLES, Done
from onroll import postgres

_SETTINGS = {
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_workers_per_gather": "1",
    "temp_buffers": "512MB",
}
_TICKS = os.sysconf("SC_CLK_TCK")


def run(folder: Path) -> Done:
    """Load with numbers in place of texts, by pupil and day; index, analyse, ask."""
    with tempfile.TemporaryDirectory() as place:
        return _asked(folder, Path(place) / "cluster")


def _asked(folder: Path, place: Path) -> Done:
    with (
        postgres.Server(place, fast=True) as server,
        psycopg.connect(server.url(postgres.OWNER), autocommit=True) as asked,
    ):
        for name, value in _SETTINGS.items():
            asked.execute(f"set {name} = '{value}'")
        with _copied(folder) as copied:
            _load(asked, copied)
        began, used = time.monotonic(), _processor(asked)
        for name, question in questions.STEPS.items():
            asked.execute(f"create temp table {name} as {question}")
            asked.execute(f"analyze {name}")
        ended, spent = time.monotonic(), _processor(asked) - used
        tables = {name: _table(asked, name) for name in questions.ANSWER}
    return Done(lambda: tables, seconds=ended - began, processor=spent)


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    """Write the marks as CSV with numbers for enrolments, in the order of pupil and day."""
    with tempfile.TemporaryDirectory() as place:
        with duckdb.connect() as reads:
            reads.sql(f"""
            create table enrolments as
            select row_number() over (order by school, pupil_id) as id, school, pupil_id
            from (select distinct school, pupil_id from read_parquet('{folder}/*.parquet'))""")
            reads.sql(f"copy enrolments to '{place}/enrolments.csv'")
            reads.sql(f"""
            copy (
              select id, "on", case session when 'AM' then 0 else 1 end, code
              from read_parquet('{folder}/*.parquet') join enrolments using (school, pupil_id)
              order by id, "on", session) to '{place}/marks.csv'""")
        yield Path(place)


def _load(asked: psycopg.Connection, copied: Path) -> None:
    asked.execute("create table enrolments (id int, school text, pupil_id text)")
    asked.execute("create unlogged table marks "
                  "(enrolment int, day date, session smallint, code text)")  # fmt: skip
    asked.execute("create table meanings (code text, counts_as int)")
    for name in ("enrolments", "marks"):
        into = asked.cursor().copy(f"copy {name} from stdin (format csv, header)")
        with (copied / f"{name}.csv").open("rb") as lines, into as copy:
            while block := lines.read(1 << 20):
                copy.write(block)
    with asked.cursor() as cursor:
        cursor.executemany("insert into meanings values (%s, %s)", meanings.COUNTS_AS.items())
    asked.execute("create unique index on enrolments (id)")
    asked.execute("create unique index on marks (enrolment, day, session) include (code)")
    asked.execute("create index on marks (code, enrolment, day, session)")
    asked.execute("vacuum analyze")


def _table(asked: psycopg.Connection, name: str) -> pa.Table:
    schema = TABLES[name]
    columns = ", ".join(schema.names)
    rows = asked.execute(f"select {columns} from ({questions.ANSWER[name]}) as t").fetchall()
    columns_of = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(values).cast(f.type) for values, f in zip(columns_of, schema, strict=True)],
        schema=schema,
    )


def _processor(asked: psycopg.Connection) -> float:
    """Return the processor's seconds that the server and whatever it started have used."""
    own = Path(f"/proc/{asked.info.backend_pid}/stat").read_text("utf-8")
    main = int(own.rpartition(")")[2].split()[1])
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if main in (int(stat.parent.name), int(values[1])):
            # Its own, in the program and in the kernel, and for the main process its ended ones.
            used += sum(map(int, values[11:15] if int(stat.parent.name) == main else values[11:13]))
    return used / _TICKS
