"""The measures as SQL on DuckDB, from the same Parquet files."""

from pathlib import Path

import duckdb

from bench.attendance import meanings, questions
from bench.attendance.answers import Done


def run(folder: Path) -> Done:
    """Number the enrolments, then ask."""
    asked = duckdb.connect()
    asked.sql("set threads = 2; set preserve_insertion_order = false")
    asked.sql(f"""
    create temp table enrolments as select row_number() over () as id, school, pupil_id
    from (select distinct school, pupil_id from read_parquet('{folder}/*.parquet'))""")
    asked.sql(f"""
    create temp table marks as
    select cast(id as int) as enrolment, "on" as day,
      cast(case session when 'AM' then 0 else 1 end as tinyint) as session, code
    from read_parquet('{folder}/*.parquet') join enrolments using (school, pupil_id)""")
    rows = ", ".join(f"('{code}', {n})" for code, n in meanings.COUNTS_AS.items())
    asked.sql("create temp table meanings (code text, counts_as int)")
    asked.sql(f"insert into meanings values {rows}")
    for name, question in questions.STEPS.items():
        asked.sql(f"create temp table {name} as {question}")
    return Done(
        lambda: {
            name: asked.sql(question).to_arrow_table()
            for name, question in questions.ANSWER.items()
        }
    )
