"""A folder of exports: which files are in it, what their rows say, what is wrong with them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onroll.office.exchange.queries.layouts import LAYOUTS, Layout
from onroll.office.intake.kinds import Column
from onroll.office.intake.reading import Table, Unreadable, folded, read
from onroll.office.kernel.decision import Faulty

LARGEST_FILE = 200 * 1024 * 1024
# Written beside the exports by the command itself.
OURS = frozenset({"not-placed.csv"})
READ = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltm")

Codes = Mapping[tuple[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that its column could not read."""

    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: values by column key, None where empty, and the cells at fault."""

    file: str
    number: int
    values: Mapping[str, Any]
    faults: tuple[Cell, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """Return a value as text, empty where there is none."""
        return self.values.get(key) or ""


@dataclass(frozen=True, slots=True)
class Folder:
    """Everything that a folder holds, by layout, and what identifies it."""

    name: str
    digest: str
    rows: Mapping[str, Sequence[Row]]
    files: Mapping[str, Sequence[str]]  # the names of the files of each layout
    unread: Sequence[tuple[str, str]]  # (file, a column that no layout knows)
    examples: Sequence[tuple[str, int]]  # (file, row) of a template's own example

    def of(self, layout: str) -> Sequence[Row]:
        """Return the rows of one layout."""
        return self.rows.get(layout, ())


def read_folder(path: Path) -> Folder:
    """Return what a folder of exports holds. Raises Faulty, one plain sentence for each file."""
    if not path.is_dir():
        raise Faulty((str(path), "There is no such folder. Give the folder that holds the files."))
    found, faults = _sorted(path)
    if not found and not faults:
        names = ", ".join(f"{key}.csv" for key in LAYOUTS)
        faults.append((path.name, f"The folder holds none of the files that are read: {names}."))
    digest = hashlib.sha256()
    tables: list[tuple[Layout, str, Table]] = []
    for layout, file in found:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        try:
            table = read(filename=file.name, content=content, limit=LARGEST_FILE)
            _refuse_missing_columns(layout, table)
        except Unreadable as error:
            faults.append((file.name, str(error)))
        else:
            tables.append((layout, file.name, table))
    if faults:
        raise Faulty(*faults)
    codes = _codes([t for t in tables if t[0].key == "codes"])
    rows: dict[str, list[Row]] = {}
    files: dict[str, list[str]] = {}
    unread: list[tuple[str, str]] = []
    examples: list[tuple[str, int]] = []
    for layout, name, table in tables:
        columns = layout.columns_of(table.header)
        unread += [(name, heading) for heading, column in columns.items() if column is None]
        files.setdefault(layout.key, []).append(name)
        listed = rows.setdefault(layout.key, [])
        for line in table.lines:
            if _is_example(layout, line.cells, columns):
                examples.append((name, line.number))
            else:
                listed.append(_row(layout, name, line.number, line.cells, columns, codes))
    return Folder(path.name, digest.hexdigest(), rows, files, unread, examples)


def _sorted(path: Path) -> tuple[list[tuple[Layout, Path]], list[tuple[str, str]]]:
    found, faults = [], []
    for file in sorted(path.iterdir()):
        if file.name in OURS or file.name.startswith((".", "~$")) or not file.is_file():
            continue
        layout = _layout_of(file)
        if layout is not None:
            found.append((layout, file))
        else:
            names = ", ".join(LAYOUTS)
            faults.append(
                (file.name, f"It is none of the files that are read here ({names}, a number behind "
                 "the name for parts). Rename it, or move it out of the folder.")
            )  # fmt: skip
    return found, faults


def _layout_of(file: Path) -> Layout | None:
    stem = re.sub(r"[\s_-]*\d+$", "", file.stem.casefold())
    return LAYOUTS.get(re.sub(r"[\s-]+", "_", stem)) if file.suffix.lower() in READ else None


def _refuse_missing_columns(layout: Layout, table: Table) -> None:
    columns = [c for c in layout.columns_of(table.header).values() if c is not None]
    found = [column.key for column in columns]
    if twice := next((c.name for c in columns if found.count(c.key) > 1), None):
        raise Unreadable(f"The header names the column “{twice}” twice under two names.")
    if missing := [c.name for c in layout.columns if c.required and c.key not in found]:
        named = ", ".join(f"“{name}”" for name in missing)
        raise Unreadable(
            f"The header does not name {named}. Name the columns as the template of this file does."
        )


def _codes(tables: Sequence[tuple[Layout, str, Table]]) -> Codes:
    codes = {}
    for layout, _, table in tables:
        columns = layout.columns_of(table.header)
        for line in table.lines:
            said = {c.key: line.cells[name] for name, c in columns.items() if c is not None}
            key = (said["file"].casefold(), folded(said["column"]), said["theirs"].casefold())
            codes[key] = said.get("ours", "")
    return codes


def _row(
    layout: Layout,
    file: str,
    number: int,
    cells: Mapping[str, str],
    columns: Mapping[str, Column | None],
    codes: Codes,
) -> Row:
    values: dict[str, Any] = {}
    faults: list[Cell] = []
    for name, written in cells.items():
        column = columns[name]
        if column is None:
            continue
        text = written
        if written and codes:
            meant = (codes.get((layout.key, folded(heading), written.casefold()))
                     for heading in (name, column.name))  # fmt: skip
            text = next((said for said in meant if said is not None), written)
        if not text:
            values[column.key] = None
            if column.required:
                faults.append(Cell(column.name, "It is empty."))
            continue
        try:
            values[column.key] = column.parse(text)
        except ValueError as wrong:
            faults.append(Cell(column.name, _sentence(str(wrong))))
    return Row(file, number, values, tuple(faults))


def _sentence(says: str) -> str:
    return says if says.startswith("“") else f"It {says}"


def _is_example(
    layout: Layout, cells: Mapping[str, str], columns: Mapping[str, Column | None]
) -> bool:
    given = {c.key: cells[name] for name, c in columns.items() if c is not None}
    example = {c.key: c.example for c in layout.columns if c.example}
    return all(given.get(key, text) == text for key, text in example.items())
