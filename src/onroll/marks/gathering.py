"""Brings the marks of many files together into one register a school."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from onroll.marks.alphabet import Days, Numbers, Small
from onroll.marks.files import COLUMNS, Piece, coded
from onroll.marks.reading import Marks, Part, Rejects, sifted
from onroll.marks.register import Register, Rows, written_up

_SHORT = np.iinfo(np.uint16).max
_SECOND = "is a second mark for a session that has one: the first in the files counts"

Where = Numbers | slice


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """The columns of all parts, one after the other."""

    pupil: Numbers
    on: Days
    session: Small
    code: Small
    year_group: Numbers


def registers(marks: Marks) -> Iterator[Callable[[], Register]]:
    """Return for each school, in the order of their names, a function that writes its register up.

    Rows that are a second mark for a session join the rejects of `marks` when that is done.
    """
    if not marks.parts:
        return
    where = _where(_joined(marks, "school"), len(marks.schools.texts))
    whole = _Whole(*(_joined(marks, name) for name in _Whole.__dataclass_fields__))
    for school in sorted(where, key=lambda n: marks.schools.texts[n]):
        yield partial(_register, marks, whole, school, where[school])


def register_of(table: pa.Table) -> Register | None:
    """Return the register of one school from a table in the neutral layout; None without a row."""
    marks = Marks()
    columns = {name: coded(table[name]) for name in COLUMNS}
    part, _, _ = sifted(Piece("", np.arange(table.num_rows), columns), marks)
    if not len(part.rows):
        return None
    marks.parts.append(part)
    return next(registers(marks))()


def apart(marks: Marks) -> Iterator[tuple[str, Marks]]:
    """Return each school's marks by themselves; the rejects and how many rows there were at ""."""
    yield "", Marks(whys=marks.whys, rejects=marks.rejects, rows=marks.rows)
    for part in marks.parts:
        for school, where in _where(part.school, len(marks.schools.texts)).items():
            own = Marks(year_groups=marks.year_groups)
            ids, place = _in_order_of_their_names(part.pupil[where], marks.pupils.texts)
            own.pupils.numbers([marks.pupils.texts[n] for n in ids.tolist()])
            own.schools.numbers([marks.schools.texts[school]])
            taken = {f.name: getattr(part, f.name)[where] for f in fields(part) if f.name != "file"}
            taken |= {"school": np.zeros(len(place), dtype=np.int8), "pupil": place}
            own.parts.append(Part(part.file, **taken))
            yield marks.schools.texts[school], own


def _joined(marks: Marks, name: str) -> Any:
    columns = [getattr(part, name) for part in marks.parts]
    return columns[0] if len(columns) == 1 else np.concatenate(columns)


def _where(school: Numbers, schools: int) -> dict[int, Where]:
    """Return the rows of each school, in their order."""
    if schools == 1:
        return {0: slice(None)}
    begins = np.flatnonzero(np.diff(school, prepend=-1))
    count = np.bincount(school, minlength=schools)
    if len(begins) == np.count_nonzero(count):
        ends = np.append(begins[1:], len(school))
        bounds = zip(begins.tolist(), ends.tolist(), strict=True)
        return {int(school[first]): slice(first, last) for first, last in bounds}
    # Numbers of sixteen bits are sorted by counting them, in one pass.
    order = np.argsort(school.astype(np.uint16) if schools < _SHORT else school, kind="stable")
    ends = np.cumsum(count)
    return {n: order[ends[n] - count[n] : ends[n]] for n in np.flatnonzero(count).tolist()}


def _register(marks: Marks, whole: _Whole, school: int, where: Where) -> Register:
    pupil, on, year_group = whole.pupil[where], whole.on[where], whole.year_group[where]
    # Rows of one pupil and year group mostly follow one another: whose they are is worked out once
    # for each such stretch.
    is_new = np.ones(len(pupil), dtype=np.bool_)
    is_new[1:] = (pupil[1:] != pupil[:-1]) | (year_group[1:] != year_group[:-1])
    begins = np.flatnonzero(is_new)
    ids, place = _in_order_of_their_names(pupil[begins], marks.pupils.texts)
    groups = _latest(len(ids), place, on, begins, year_group[begins])

    each = np.repeat(place, np.diff(begins, append=len(pupil)))
    rows = Rows(each, on, whole.session[where], whole.code[where])
    names = [marks.pupils.texts[n] for n in ids.tolist()]
    known = [marks.year_groups.texts[n] if n >= 0 else "" for n in groups.tolist()]
    register, refused = written_up(marks.schools.texts[school], names, known, rows)
    if len(refused):
        _reject(marks, np.arange(len(whole.on))[where][refused])
    return register


def _in_order_of_their_names(pupil: Numbers, texts: list[str]) -> tuple[Numbers, Numbers]:
    """Return the pupils that occur, ordered by their ids, and each one's place among them."""
    first = int(pupil.min())
    is_there = np.zeros(int(pupil.max()) - first + 1, dtype=np.bool_)
    is_there[pupil - first] = True
    ids = np.flatnonzero(is_there) + first
    order = sorted(range(len(ids)), key=lambda n: texts[ids[n]])
    place = np.zeros(len(is_there), dtype=np.int32)
    place[ids[order] - first] = np.arange(len(ids), dtype=np.int32)
    return ids[order], place[pupil - first]


def _latest(pupils: int, pupil: Numbers, on: Days, begins: Numbers, year_group: Numbers) -> Numbers:
    """Return the year group of each pupil's last day; -1 where none was given.

    `pupil` and `year_group` go by stretches of rows, which begin at `begins`.
    """
    found = np.full(pupils, -1, dtype=np.int32)
    found[pupil] = year_group
    if (found[pupil] != year_group).any():
        order = np.argsort(np.maximum.reduceat(on, begins), kind="stable")
        order = order[year_group[order] >= 0]
        found[pupil[order]] = year_group[order]
    return found


def _reject(marks: Marks, rows: Numbers) -> None:
    """Add rows, by their places in the whole, to the rejects."""
    why = marks.whys.numbers([_SECOND])[0]
    ends = np.cumsum([len(part.rows) for part in marks.parts])
    which = np.searchsorted(ends, rows, side="right")
    for n in np.unique(which).tolist():
        part = marks.parts[n]
        own = part.rows[rows[which == n] - (ends[n] - len(part.rows))]
        marks.rejects.append(Rejects(part.file, own, np.full(len(own), why, dtype=np.int32)))
