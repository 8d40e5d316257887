"""Reads a register as schools print it: a row a pupil, a column a session or a day.

Headings of sessions carry a date, with AM or PM beside it or in the row below; a column of a whole
day holds both marks in one cell. Dates are day first. The other columns (the pupil, the year group)
are named by whoever reads the file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onroll.marks.alphabet import KEYS
from onroll.marks.register import SESSIONS
from onroll.statute.days import is_within_reach
from onroll.statute.reading import shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"\b([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})\b")
_ISO = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_WORDS = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3})[a-z]*[ -,]+([0-9]{4}|[0-9]{2})\b"
)
_HALF = re.compile(r"(?<![A-Za-z])([AP])\.?M\.?(?![A-Za-z])", re.IGNORECASE)
# Longer codes first: C1 is one mark, not C and something else. A hyphen stands for no mark.
_ONE_MARK = re.compile("|".join(map(re.escape, sorted((*KEYS, "-"), key=len, reverse=True))))
_NOTHING = frozenset({"", "-"})
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Session:
    """What a column holds: the marks of a day, of one session or of both."""

    on: date
    session: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as the sheet has it; `row` and `column` are places in the sheet, from 0."""

    row: int
    column: int
    on: date
    session: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was found in a sheet: which columns are sessions, where pupils begin, and the marks.

    `faults` say of a cell (row and column from 0) why its marks cannot be read.
    """

    sessions: Mapping[int, Session]
    first_row: int
    marks: Sequence[Mark] = ()
    faults: Sequence[tuple[int, int, str]] = field(default=())


def sessions_of(
    rows: Sequence[Sequence[str]], *, search: int = 10
) -> tuple[dict[int, Session], int]:
    """Find the headings of a wide register among the first rows.

    Returns the columns that are sessions or days, and the row in which pupils begin; without any
    such column, nothing and 0. A row of AM and PM may stand below the row of dates, whose cells
    may be empty where the date to their left goes on.
    """
    best: dict[int, Session] = {}
    begins = 0
    for n, row in enumerate(rows[:search]):
        dated = {column: on for column, cell in enumerate(row) if (on := day_in(cell)) is not None}
        if len(dated) <= len(best):
            continue
        best = {column: Session(on, _half(row[column])) for column, on in dated.items()}
        begins = n + 1
        below = rows[n + 1] if n + 1 < len(rows) else ()
        if any(_is_half(cell) for cell in below) and not any(one.session for one in best.values()):
            best, begins = _with_halves(dated, row, below), n + 2
    return best, begins


def _with_halves(
    dated: Mapping[int, date], row: Sequence[str], below: Sequence[str]
) -> dict[int, Session]:
    found, on = {}, None
    for column, cell in enumerate(below):
        heading = row[column].strip() if column < len(row) else ""
        on = dated.get(column, on if not heading else None)
        if on is not None and _is_half(cell):
            found[column] = Session(on, _half(cell))
    return found


def _is_half(cell: str) -> bool:
    return bool(_HALF.fullmatch(cell.strip()))


def _half(cell: str) -> str:
    found = _HALF.search(cell)
    return f"{found[1].upper()}M" if found else ""


def day_in(heading: str) -> date | None:
    """Return the date that a heading carries, day first; None where there is none."""
    if found := _ISO.search(heading):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.search(heading):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if (found := _WORDS.search(heading)) and found[2].lower() in _MONTHS:
        return _day(_year(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    return None


def _year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) == _BOTH else int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if is_within_reach(found) else None


def marks_of(rows: Sequence[Sequence[str]]) -> Sheet:
    """Read every mark of a wide register; a cell that cannot be read is a fault."""
    sessions, begins = sessions_of(rows)
    marks: list[Mark] = []
    faults: list[tuple[int, int, str]] = []
    for n, row in enumerate(rows[begins:], start=begins):
        for column, heading in sessions.items():
            cell = row[column].strip() if column < len(row) else ""
            read = _codes(cell, heading)
            if isinstance(read, str):
                faults.append((n, column, read))
                continue
            marks += (
                Mark(n, column, heading.on, session, code)
                for session, code in read
                if code not in _NOTHING
            )
    return Sheet(sessions, begins, marks, faults)


def _codes(cell: str, heading: Session) -> Sequence[tuple[str, str]] | str:
    """Return the marks of a cell by session, or what is wrong with it."""
    if heading.session:
        # What no code is, is told by whoever takes the marks in, as for any other file.
        return [(heading.session, cell)]
    if not cell:
        return []
    found = _ONE_MARK.findall(cell.upper())
    if "".join(found) != re.sub(r"\s", "", cell.upper()):
        return f"{shown(cell)} holds no marks of a day, such as /\\ or II"
    if len(found) != _BOTH:
        return f"{shown(cell)} holds {len(found)} marks, and a day has two: write - for none"
    return list(zip(SESSIONS, found, strict=True))
