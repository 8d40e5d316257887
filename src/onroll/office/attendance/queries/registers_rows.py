"""What each row of a file of registers comes to: taken, refused, or kept apart, and why.

Refused is what cannot be read, whatever the rolls say. Quarantined is what can be read and is of
nobody who was on that school's roll: it waits for the roll to be put right. A sealed child's marks
are taken on days that the register of the others covers, and are told as of somebody unknown here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from onroll.marks.alphabet import CLOSED, KEYS, Booleans, Numbers, day_number, day_of
from onroll.marks.files import Piece
from onroll.marks.reading import Marks, Part, sifted
from onroll.marks.register import SESSIONS
from onroll.marks.store import LAYOUT
from onroll.office.attendance.queries.marks import key_of
from onroll.office.attendance.queries.registers_rolls import (
    Rolls,
    bare_upn,
    named_schools,
    rolls,
)
from onroll.office.schools import queries as schools
from onroll.office.schools.models import School

_SAYS = {"has no pupil_id": "has no UPN", "has no school": "names no school"}
_SECOND = "is a second mark for a session that has one: the first in the file counts"
_FUTURE = "is of a day that is still to come"
UNKNOWN = "No child here has this UPN"
_NOT_ON_ROLL = "Not on this school’s roll on these days"
_TWO = "Two records here have this UPN and are on this school’s roll: say whether they are one"
_MOST_WARNED = 100

Found = tuple[int, str, str]  # row, column, what is wrong


@dataclass(frozen=True, slots=True)
class Apart:
    """Marks of one UPN at one school that wait for the roll to be put right."""

    row: int  # the first
    upn: str
    school: str
    says: str
    marks: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Taken:
    """The marks of one school that can be used: what goes into the store, and the days told."""

    school: School
    table: pa.Table
    days: Sequence[date]


@dataclass(frozen=True, slots=True)
class Sifted:
    """A whole file, taken apart. `rows` are marks, and cells that should have been marks."""

    rows: int
    taken: Sequence[Taken]
    refused: Sequence[Found]
    apart: Sequence[Apart]
    warnings: Sequence[str]

    @property
    def quarantined(self) -> int:
        """How many marks wait for a roll to be put right."""
        return sum(one.marks for one in self.apart)


def sift(
    piece: Piece,
    faults: Sequence[Found],
    *,
    on: date,
    empty: int = 0,
    only: School | None = None,
) -> Sifted:
    """Take the marks of a file apart, as the rolls are now. `on` is today.

    `empty` are sessions without a mark; `only` is the one school that the rows name by its key.
    """
    marks = Marks()
    part, rejects, rows = sifted(piece, marks)
    refused = [*faults]
    for row, why in zip(rejects.rows.tolist(), rejects.why.tolist(), strict=True):
        says = marks.whys.texts[why]
        refused.append((row, "", _SAYS.get(says, says)))
    named = {key_of(only): only} if only is not None else named_schools(marks.schools.texts)
    of_text = [named.get(text) for text in marks.schools.texts]
    left = np.ones(len(part.rows), dtype=np.bool_)

    def refuse(chosen: Booleans, says: str) -> None:
        refused.extend((row, "", says) for row in part.rows[chosen & left].tolist())
        left[chosen] = False

    for n, text in enumerate(marks.schools.texts):
        if of_text[n] is None:
            refuse(part.school == n, f"names the school {text[:60]!r}, and none here is meant")
    refuse(part.on > day_number(on), _FUTURE)
    who = _who(part, marks, of_text, left)
    # A UPN may be written in two ways, and two UPNs may be one child's.
    as_told = np.where(who.is_sealed, -part.pupil.astype(np.int64) - 1, who.known_as)
    refuse(_repeated(part, as_told, left), _SECOND)

    on_roll = left & who.is_on_roll
    on_roll &= ~_repeated(part, who.known_as, on_roll)
    told = on_roll & ~who.is_sealed
    taken = _taken(part, who, of_text, on_roll, told, marks)
    return Sifted(
        rows=rows + len(faults),
        taken=taken,
        refused=sorted(refused, key=lambda one: one[0]),
        apart=_apart(part, marks, of_text, who, left & ~told),
        warnings=[*_without_marks(empty), *_closed_days(part, of_text, told)],
    )


def _repeated(part: Part, whose: Numbers, among: Booleans) -> Booleans:
    """Return which rows come after another of the same child, school, day and session."""
    _, place = np.unique(whose, return_inverse=True)
    cells = ((place.astype(np.int64) << 20) + part.on) * 2 + part.session
    key = np.stack([part.school.astype(np.int64), cells])[:, among]
    _, firsts = np.unique(key, axis=1, return_index=True)
    is_second = among.copy()
    is_second[np.flatnonzero(among)[firsts]] = False
    return is_second


@dataclass(frozen=True, slots=True, eq=False)
class _Who:
    """For each row of a part: whose mark it is, and whether that child was on roll."""

    known_as: Numbers  # the child's key; below nought a UPN that is nobody's here
    is_on_roll: Booleans
    is_sealed: Booleans
    why: Numbers  # a place in _WHYS
    refs: Mapping[int, str]
    pair: Numbers  # the place of pupil and school among the pairs that occur
    groups: Sequence[str]  # for each pair the year group that the roll has


_WHYS = (UNKNOWN, _NOT_ON_ROLL, _TWO)


def _who(part: Part, marks: Marks, of_text: Sequence[School | None], left: Booleans) -> _Who:
    upns = [bare_upn(text) for text in marks.pupils.texts]
    known = rolls(upns, {s.pk: s for s in of_text if s is not None}.values())
    width = max(len(of_text), 1)
    pairs, pair = np.unique(part.pupil.astype(np.int64) * width + part.school, return_inverse=True)
    size = len(pairs)
    child, why = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int8)
    is_sealed = np.zeros(size, dtype=np.bool_)
    spans: list[Sequence[tuple[date, date, str]]] = []
    for n, (pupil, school) in enumerate(divmod(int(p), width) for p in pairs):
        at = of_text[school]
        here = known.at(upns[pupil], at.pk) if at is not None else []
        # A sealed child with the same UPN must make no difference to one who is not sealed.
        here = [pk for pk in here if pk not in known.sealed] or here
        child[n] = here[0] if len(here) == 1 else -pupil - 1
        is_sealed[n] = len(here) == 1 and here[0] in known.sealed
        why[n] = _reason(known, upns[pupil], here)
        spans.append(known.spans[here[0], at.pk] if len(here) == 1 and at is not None else ())
    is_on_roll = np.zeros(len(part.rows), dtype=np.bool_)
    for nth in range(max(map(len, spans), default=0)):
        starts = np.array([day_number(s[nth][0]) if nth < len(s) else 1 for s in spans])
        ends = np.array([day_number(s[nth][1]) if nth < len(s) else 0 for s in spans])
        is_on_roll |= (starts[pair] <= part.on) & (part.on <= ends[pair])
    groups = [s[-1][2] if s else "" for s in spans]
    return _Who(child[pair], is_on_roll, is_sealed[pair], why[pair], known.refs, pair, groups)


def _reason(known: Rolls, upn: str, here: Sequence[int]) -> int:
    """Return why marks wait, as it may be told: a sealed child is one whom nobody here knows."""
    open_here = [pk for pk in here if pk not in known.sealed]
    if len(open_here) > 1:
        return _WHYS.index(_TWO)
    return _WHYS.index(_NOT_ON_ROLL if known.is_told(upn) else UNKNOWN)


def _taken(
    part: Part,
    who: _Who,
    of_text: Sequence[School | None],
    on_roll: Booleans,
    told: Booleans,
    marks: Marks,
) -> list[Taken]:
    # Two texts may mean one school: rows go by its key.
    keys = np.array([s.pk if s is not None else 0 for s in of_text], dtype=np.int64)
    school = keys[part.school] if len(keys) else part.school
    by_key = {s.pk: s for s in of_text if s is not None}
    found = []
    for pk in np.unique(school[told]).tolist():
        own = (school == pk) & on_roll
        days = np.unique(part.on[own & told])
        own &= np.isin(part.on, days)
        refs = [who.refs[n] for n in who.known_as[own].tolist()]
        texts = [*marks.year_groups.texts, ""]
        groups = [
            texts[said] or who.groups[pair]
            for said, pair in zip(part.year_group[own].tolist(), who.pair[own].tolist(),
                                  strict=True)
        ]  # fmt: skip
        table = pa.table(
            {
                "pupil_id": refs,
                "school": [key_of(by_key[pk])] * len(refs),
                "on": pa.array(part.on[own], pa.int32()).cast(pa.date32()),
                "session": [SESSIONS[n] for n in part.session[own].tolist()],
                "code": [KEYS[n] for n in part.code[own].tolist()],
                "year_group": groups,
            },
            schema=LAYOUT,
        )
        found.append(Taken(by_key[pk], table, [day_of(n) for n in days.tolist()]))
    return sorted(found, key=lambda one: one.school.name)


def _apart(
    part: Part, marks: Marks, of_text: Sequence[School | None], who: _Who, chosen: Booleans
) -> list[Apart]:
    rows = np.flatnonzero(chosen)
    found: dict[int, list[int]] = {}
    for place, pair in zip(rows.tolist(), who.pair[rows].tolist(), strict=True):
        found.setdefault(pair, []).append(place)
    lines = []
    for places in found.values():
        first, days = places[0], part.on[places]
        at = of_text[part.school[first]]
        lines.append(
            Apart(
                row=int(part.rows[places].min()),
                upn=marks.pupils.texts[part.pupil[first]][:40],
                school=at.name if at is not None else "",
                says=_WHYS[who.why[first]],
                marks=len(places),
                first_on=day_of(days.min()),
                last_on=day_of(days.max()),
            )
        )
    return sorted(lines, key=lambda line: line.row)


def _without_marks(empty: int) -> list[str]:
    return [f"{empty:,} sessions have no mark yet and were passed over."] if empty else []


def _closed_days(part: Part, of_text: Sequence[School | None], told: Booleans) -> list[str]:
    """Say of which days there are marks on which a school's calendar has no school."""
    chosen = told & (part.code != CLOSED)
    both = np.stack([part.school[chosen].astype(np.int64), part.on[chosen].astype(np.int64)])
    pairs, counts = np.unique(both, axis=1, return_counts=True)
    asked = [
        (school, day_of(on), count)
        for n, on, count in zip(*pairs.tolist(), counts.tolist(), strict=True)
        if (school := of_text[n]) is not None
    ]
    calendars = schools.calendars_on({(school.pk, on) for school, on, _ in asked})
    warnings = []
    for school, on, count in asked:
        calendar = calendars[school.pk, on]
        if calendar.reaches(on) and not calendar.is_school_day(on):
            warnings.append(
                f"{school.name} marked {count:,} sessions on {on:%A} {on.day} {on:%B %Y}, which "
                "is no school day in its calendar. The marks are kept: look at the calendar."
            )
    return warnings[:_MOST_WARNED]
