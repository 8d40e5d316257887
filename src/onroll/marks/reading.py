"""Reads marks into one register a school, and says which rows it refused and why.

What a cell means is settled once for each different text (a date, a code, a school), never once a
row: twenty million rows cost little more than reading them from the disk.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa

from onroll.marks.alphabet import (
    LAST_DAY,
    NUMBER_OF,
    Booleans,
    Days,
    Numbers,
    Small,
    day_number,
    told,
)
from onroll.marks.files import NO_DAY, Column, Opens, Piece
from onroll.marks.register import SESSIONS
from onroll.statute.days import EARLIEST, LATEST, is_within_reach
from onroll.statute.reading import Fault, FaultyInput, shown

# Less than whatever can be used, as NO_DAY is less than any day.
_UNUSABLE = -1
# Numbers below it fit into a byte with a sign, and so do the places of as many texts.
_FEW = 128
# No code before it in the alphabet was ever withdrawn.
_FIRST_WITHDRAWN = int(np.flatnonzero(LAST_DAY.max() > LAST_DAY)[0])
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What programs write after the day where they mean no time.
_MIDNIGHTS = ("T00:00:00", " 00:00:00")
_LAME = "has more cells than the header, or fewer"


Numbering = Callable[[Sequence[str]], list[int]]


class Texts:
    """Different texts, numbered in the order in which they were first seen."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def numbers(self, texts: Sequence[str]) -> list[int]:
        """Return the number of each text, -1 for one that is empty."""
        return [self._number(text) for text in texts]

    def _number(self, text: str) -> int:
        known = self._numbers.get(text)
        if known is not None:
            return known
        said = (text or "").strip()
        if said and said not in self._numbers:
            self._numbers[said] = len(self.texts)
            self.texts.append(said)
        self._numbers[text] = self._numbers[said] if said else _UNUSABLE
        return self._numbers[text]


@dataclass(frozen=True, slots=True, eq=False)
class Rejects:
    """Rows of one file that were not counted (a header is row 1); `why` are numbers of `whys`."""

    file: str
    rows: Numbers
    why: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Rows of one file that can be counted; texts stand as their numbers in `Marks`."""

    file: str
    rows: Numbers
    school: Numbers
    pupil: Numbers
    on: Days
    session: Small
    code: Small
    year_group: Numbers


@dataclass(slots=True, eq=False)
class Marks:
    """Marks as they came, and whatever could not be counted.

    `rows` counts every row that says anything.
    """

    pupils: Texts = field(default_factory=Texts)
    schools: Texts = field(default_factory=Texts)
    year_groups: Texts = field(default_factory=Texts)
    whys: Texts = field(default_factory=Texts)
    parts: list[Part] = field(default_factory=list)
    rejects: list[Rejects] = field(default_factory=list)
    rows: int = 0

    @property
    def refused(self) -> int:
        """How many rows were not counted."""
        return sum(len(one.rows) for one in self.rejects)

    def each_reject(self) -> Iterator[tuple[str, int, str]]:
        """Return file, row and reason of every row that was not counted, in that order."""
        found = (
            (one.file, row, self.whys.texts[why])
            for one in self.rejects
            for row, why in zip(one.rows.tolist(), one.why.tolist(), strict=True)
        )
        yield from sorted(found)


def read(opens: Opens) -> Marks:
    """Read one piece of a file. Raises FaultyInput where that cannot be done."""
    marks = Marks()
    part, rejects, marks.rows = sifted(_opened(opens), marks)
    if len(part.rows):
        marks.parts.append(part)
    if len(rejects.rows):
        marks.rejects.append(rejects)
    return marks


def together(many: Sequence[Marks]) -> Marks:
    """Put marks that were read one by one after another, with texts numbered alike."""
    if len(many) == 1:
        return many[0]
    whole = Marks()
    for marks in many:
        whole.rows += marks.rows
        pupils, schools, groups, whys = (
            np.array([*all_.numbers(own.texts), _UNUSABLE], dtype=np.int32)
            for all_, own in (
                (whole.pupils, marks.pupils),
                (whole.schools, marks.schools),
                (whole.year_groups, marks.year_groups),
                (whole.whys, marks.whys),
            )
        )
        whole.parts += (
            replace(
                part,
                school=schools[part.school],
                pupil=pupils[part.pupil],
                year_group=groups[part.year_group],
            )
            for part in marks.parts
        )
        whole.rejects += (replace(one, why=whys[one.why]) for one in marks.rejects)
    return whole


def _opened(opens: Opens) -> Piece:
    try:
        return opens()
    except (OSError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        remedy = "Export it again, as Parquet or CSV UTF-8."
        raise FaultyInput([Fault(opens.file, f"cannot be read ({reason}).", remedy)]) from error


def sifted(piece: Piece, marks: Marks) -> tuple[Part, Rejects, int]:
    """Take the rows of a piece apart: those that count, those that do not, how many there are."""
    columns, refusals = piece.columns, _Refusals(len(piece.rows), marks.whys)
    pupil = refusals.told(columns["pupil_id"], marks.pupils.numbers, lambda _: "has no pupil_id")
    school = refusals.told(columns["school"], marks.schools.numbers, lambda _: "has no school")
    on = refusals.told(columns["on"], _days, _no_day, unusable=NO_DAY)
    session = refusals.told(columns["session"], _sessions, _no_session)
    code = refusals.told(columns["code"], _codes, _no_code)
    if len(code) and code.max() >= _FIRST_WITHDRAWN:
        is_late = (code != _UNUSABLE) & (on > LAST_DAY[code])
        refusals.note(is_late, columns["code"], _withdrawn)
    year_group = (
        _by_text(columns["year_group"], marks.year_groups.numbers)
        if "year_group" in columns
        else np.full(len(pupil), _UNUSABLE, dtype=np.int32)
    )

    kept: slice | Booleans = slice(None)
    refused: Numbers = np.zeros(0, dtype=np.intp)
    said = len(pupil)
    if len(refusals.why):
        # A row without a single cell is an empty line, and nobody's.
        is_said = np.any([column.places != _UNUSABLE for column in columns.values()], axis=0)
        said = int(np.count_nonzero(is_said))
        is_refused = (refusals.why != _UNUSABLE) & is_said
        refused = np.flatnonzero(is_refused)
        kept = is_said & ~is_refused
    part = Part(
        piece.file,
        piece.rows[kept],
        school[kept],
        pupil[kept],
        on[kept].astype(np.int32, copy=False),
        session[kept].astype(np.uint8),
        code[kept].astype(np.uint8),
        year_group[kept],
    )
    lame = np.array(piece.lame, dtype=np.int64)
    cells = np.full(len(lame), marks.whys.numbers([_LAME])[0], dtype=np.int32)
    rejects = Rejects(
        piece.file,
        np.append(piece.rows[refused], lame),
        np.append(refusals.why[refused], cells),
    )
    return part, rejects, said + len(lame)


class _Refusals:
    """Why each row of a piece cannot count: the first thing that is wrong with it."""

    def __init__(self, rows: int, whys: Texts) -> None:
        # One for each row as soon as any is refused: mostly none is.
        self.why: Numbers = np.zeros(0, dtype=np.int32)
        self._rows = rows
        self._whys = whys

    def told(
        self,
        column: Column,
        numbers: Numbering,
        says: Callable[[str], str],
        *,
        unusable: int = _UNUSABLE,
    ) -> Numbers:
        """Return what each cell means as a number; a row in which it means nothing is refused."""
        found = _by_text(column, numbers, unusable=unusable)
        if len(found) and found.min() <= unusable:
            self.note(found == unusable, column, says)
        return found

    def note(self, rows: Booleans, column: Column, says: Callable[[str], str]) -> None:
        """Refuse some rows; `says` gives the reason for the text that stands in a column."""
        if not len(self.why):
            self.why = np.full(self._rows, _UNUSABLE, dtype=np.int32)
        rows = rows & (self.why == _UNUSABLE)
        # Only what stands in those rows is looked at: in others nothing is wrong.
        places = column.places[rows] if column.texts is not None else np.full(rows.sum(), -1)
        different, which = np.unique(places, return_inverse=True)
        texts = ["" if n < 0 or column.texts is None else column.texts[n] or "" for n in different]
        whys = np.array(self._whys.numbers([says(text) for text in texts]), dtype=np.int32)
        self.why[rows] = whys[which]


def _by_text(column: Column, numbers: Numbering, *, unusable: int = _UNUSABLE) -> Numbers:
    """Return a number for each row by the text in a column; an empty cell is unusable."""
    if column.texts is None:
        return column.places
    # An empty cell has the place -1, which is the last of the table.
    table = np.array([*numbers(column.texts), unusable], dtype=np.int32)
    if unusable == _UNUSABLE and np.array_equal(table[:-1], np.arange(len(table) - 1)):
        # Texts seen for the first time are numbered as they stand.
        return column.places
    if len(table) < _FEW and table.min() >= _UNUSABLE and table.max() < _FEW:
        # A quarter of the time of an index, and nine columns in ten have few texts.
        by = table.astype(np.int8).tobytes().ljust(2 * _FEW, b"\xff")
        return told(column.places.astype(np.uint8), by).view(np.int8)
    found: Numbers = table[column.places]
    return found


def _days(texts: Sequence[str]) -> list[int]:
    return [_day((text or "").strip()) for text in texts]


def _day(text: str) -> int:
    for ending in _MIDNIGHTS:
        text = text.removesuffix(ending)
    if not _ISO_DATE.fullmatch(text):
        return NO_DAY
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return NO_DAY
    return day_number(day) if is_within_reach(day) else NO_DAY


def _no_day(text: str) -> str:
    if not text.strip():
        return f"has no day between {EARLIEST.year} and {LATEST.year}"
    return f"on {shown(text)} is no day that can be read: write it as 2026-03-05"


def _sessions(texts: Sequence[str]) -> list[int]:
    known = {name: n for n, name in enumerate(SESSIONS)}
    return [known.get((text or "").strip().upper(), _UNUSABLE) for text in texts]


def _no_session(text: str) -> str:
    return f"session {shown(text)} is neither AM nor PM"


def _codes(texts: Sequence[str]) -> list[int]:
    return [NUMBER_OF.get((text or "").strip().upper(), _UNUSABLE) for text in texts]


def _no_code(text: str) -> str:
    return f"code {shown(text)} is not in the national list" if text.strip() else "has no code"


def _withdrawn(text: str) -> str:
    return f"code {shown(text)} was withdrawn before this day"
