"""Files: the lists, what they are, and the truth."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from bench.authority.entries import COLUMNS, Entry
from bench.authority.registers import Register

BATCH = 50_000


class Sheet:
    """The entries of one list, kept small while they gather and shuffled at the end."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._rows: list[tuple[str, ...]] = []
        self._gathered: list[pa.Table] = []

    def add(self, entry: Entry, person: str) -> None:
        """Take one entry of a person."""
        self._rows.append((*entry, person))
        if len(self._rows) == BATCH:
            self._gather()

    def _gather(self) -> None:
        if self._rows:
            columns = [pa.array(column, pa.string()) for column in zip(*self._rows, strict=True)]
            self._gathered.append(pa.table(columns, names=[*COLUMNS, "person"]))
        self._rows = []

    def table(self, rng: Random) -> pa.Table:
        """All entries in a random order, each with its record id, and the person last."""
        self._gather()
        schema = pa.schema([(name, pa.string()) for name in (*COLUMNS, "person")])
        table = pa.concat_tables(self._gathered) if self._gathered else schema.empty_table()
        self._gathered = []
        order = list(range(len(table)))
        rng.shuffle(order)
        table = table.combine_chunks().take(pa.array(order, pa.int64()))
        ids = [f"{self.register.letter}{number:07}" for number in range(1, len(order) + 1)]
        return table.add_column(0, "record_id", pa.array(ids, pa.string()))


def write_table(table: pa.Table, path: Path) -> None:
    """Write Parquet or CSV, by the name of the file."""
    if path.suffix == ".csv":
        options = pa_csv.WriteOptions(quoting_style="needed")
        pa_csv.write_csv(table, path, options)
    else:
        pq.write_table(table, path, compression="zstd")


def write_sources(registers: Sequence[Register], *, on: date, ending: str, path: Path) -> None:
    """Write sources.toml."""
    blocks = [
        f"[[source]]\n"
        f'file = "{register.name}.{ending}"\n'
        f'name = "{register.name}"\n'
        f'evidence = "{register.evidence}"\n'
        f"as_at = {(on - timedelta(days=register.days_old)).isoformat()}\n"
        for register in registers
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file row by row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
