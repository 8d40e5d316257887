"""The registry of loaders: what each kind of file holds, and what becomes of it.

A package that takes files describes them as a `Loader` and registers it from AppConfig.ready().
Intake reads the file, checks every cell by the columns, asks the loader about the rows, shows
what applying would change, and applies all of it or nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from onroll.office.intake.reading import folded
from onroll.office.intake.reading.cells import a_text
from onroll.office.kernel.decision import Refused


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the program, its name in the header, how a cell is read.

    `parse` takes the cell as text and returns the value, or raises ValueError with one plain
    sentence. A required column must be there and every row must fill it. `example` is synthetic.
    """

    key: str
    name: str
    parse: Callable[[str], Any] = a_text
    required: bool = False
    help: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: its number in the spreadsheet, values by column key (None where empty).

    `wrong` names the columns whose cell is at fault already; their value is None.
    """

    number: int
    values: Mapping[str, Any]
    extra: Mapping[str, str] = field(default_factory=dict)  # columns the loader did not name
    wrong: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, in one sentence. Row None is the file as a whole."""

    row: int | None
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a loader makes of the rows: faults that refuse the file, and what would change."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    differences: Mapping[str, int] = field(default_factory=dict)  # {"New schools": 12}


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying made: (table, key) of each row, so that it can be undone, and for whom."""

    made: Sequence[tuple[str, int]] = ()
    children: Sequence[int] = ()


def _is_not_read_by_rows(**_: object) -> NoReturn:
    """Stand where a kind has `sent_at`: its files are refused here before anybody calls it."""
    raise Refused("Files of this kind are read by the package that takes them.")


def _cannot_undo(**_: object) -> NoReturn:
    """Stand where a kind has `no_undo`: the policy says that before anybody calls it."""
    raise Refused("What such a file made is not undone here.")


@dataclass(frozen=True, slots=True)
class Loader:
    """One kind of file.

    `check` writes nothing. It is given every row, those with cells at fault too, so that all
    faults are told at once; a second fault of a cell that is at fault already is left out.
    `apply` runs inside one transaction and may raise Faulty, which refuses the whole file. `undo`
    takes back what `apply` made and raises Refused, naming the later work, where something stands
    on it; a loader without one says so in `no_undo`.

    A kind that needs more asked than a file names in `sent_at` the address where that is done: its
    package lands the file here (`actions.land`), reads it by columns, and says what came of it.
    """

    key: str
    title: str
    says: str
    columns: tuple[Column, ...]
    check: Callable[..., Checked] = _is_not_read_by_rows  # (rows=, by=, on=)
    apply: Callable[..., Applied] = _is_not_read_by_rows  # (rows=, by=, on=, source=)
    undo: Callable[..., None] = _cannot_undo  # (made=, by=, on=)
    permission: str = "imports.apply"
    keeps_unknown_columns: bool = False
    no_undo: str = ""  # why it cannot be undone; empty = it can
    unique: tuple[str, ...] = ()  # keys of columns that no two rows may share
    sent_at: str = ""  # the name of an address; empty = sent in and applied on the pages of files
    shown_at: str = ""  # the name of the address of one such file, which takes its key

    def column_for(self, name: str) -> Column | None:
        """Return the column that a name in a header means."""
        wanted = folded(name)
        named = (c for c in self.columns if wanted in map(folded, _names(c)))
        return next(named, None)


def _names(column: Column) -> tuple[str, ...]:
    return (column.name, *column.aliases)


_loaders: dict[str, Loader] = {}


def register(loader: Loader) -> Loader:
    """Enter a loader; called once, from the package's AppConfig.ready()."""
    if loader.key in _loaders and _loaders[loader.key] is not loader:
        raise ValueError(f"the loader {loader.key!r} is registered twice")
    _loaders[loader.key] = loader
    return loader


def get(key: str) -> Loader | None:
    """Return one loader, or None."""
    return _loaders.get(key)


def all_loaders() -> tuple[Loader, ...]:
    """Return every loader, in order of its title."""
    return tuple(sorted(_loaders.values(), key=lambda loader: loader.title))
