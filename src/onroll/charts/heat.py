"""A year of sessions: a row a week, a cell each morning and afternoon, and the week in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from html import escape

from onroll.charts.figure import Html, Row, drawing, drawn_table, figure, key

_CELL, _HEIGHT, _GAP = 24, 22, 4
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


class Kind(StrEnum):
    """What a session counts as."""

    PRESENT = "present"
    APPROVED = "approved"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not-possible"
    NO_MARK = "no-mark"


_WORDS = {
    Kind.PRESENT: ("/", "Present"),
    Kind.APPROVED: ("B", "Approved activity elsewhere"),
    Kind.AUTHORISED: ("I", "Absent, authorised"),
    Kind.UNAUTHORISED: ("O", "Absent, unauthorised"),
    Kind.NOT_POSSIBLE: ("Y", "Not possible to attend"),
    Kind.NO_MARK: ("?", "No mark"),
}
_MISSED = frozenset({Kind.AUTHORISED, Kind.UNAUTHORISED})
_POSSIBLE = _MISSED | {Kind.PRESENT, Kind.APPROVED}


@dataclass(frozen=True, slots=True)
class Session:
    """The mark of one morning or afternoon: its code as it is written, and what it counts as."""

    on: date
    afternoon: bool
    code: str
    kind: Kind


def heat(title: str, given: Sequence[Session], meanings: Mapping[str, str] | None = None) -> Html:
    """Return a figure of sessions by week; `meanings` says in words what codes stand for.

    A day without a session stays empty, and so does a weekend.
    """
    weeks: dict[date, dict[tuple[int, bool], Session]] = {}
    for session in sorted(given, key=lambda one: (one.on, one.afternoon)):
        if session.on.weekday() < len(_DAYS):
            monday = session.on - timedelta(days=session.on.weekday())
            weeks.setdefault(monday, {})[session.on.weekday(), session.afternoon] = session
    if not weeks:
        return figure(title)
    heads = ("Week of", "Possible", "Missed", "Marks other than present")
    return figure(
        title,
        _key(),
        _meanings(given, meanings or {}),
        drawn_table(title, "heat", heads, _days(), list(_rows(weeks)), words=1),
    )


def _rows(weeks: Mapping[date, Mapping[tuple[int, bool], Session]]) -> Iterator[Row]:
    year = 0
    for monday in sorted(weeks):
        sessions = list(weeks[monday].values())
        name = f"{monday.day} {monday:%b}" + (f" {monday.year}" if monday.year != year else "")
        year = monday.year
        yield Row(name, _drawn(sessions), (
            str(sum(one.kind in _POSSIBLE for one in sessions)),
            str(sum(one.kind in _MISSED for one in sessions)),
            _told(sessions),
        ))  # fmt: skip


def _told(sessions: Sequence[Session]) -> str:
    """Say each code and its days: "I Mon, Tue am"."""
    days: dict[str, dict[str, list[str]]] = {}
    for one in sessions:
        if one.kind is not Kind.PRESENT or one.code not in ("/", "\\"):
            code = "No mark" if one.kind is Kind.NO_MARK else one.code
            halves = days.setdefault(code, {}).setdefault(_DAYS[one.on.weekday()], [])
            halves.append("pm" if one.afternoon else "am")
    return "; ".join(
        f"{code} "
        + ", ".join(day if len(halves) == 2 else f"{day} {halves[0]}" for day, halves in on.items())
        for code, on in days.items()
    )


def _drawn(sessions: Sequence[Session]) -> str:
    cells = "".join(
        _cell(one.kind, one.code, _left(one.on.weekday(), one.afternoon)) for one in sessions
    )
    return drawing("week", cells, _size(_HEIGHT))


def _cell(kind: Kind, code: str, left: int) -> str:
    # A shape for each kind, so that they are told apart without colour and on grey paper.
    width, height = _CELL - 3, _HEIGHT - 3
    shape = {
        Kind.PRESENT: "",
        Kind.APPROVED: f'<rect x="{left + 1.5}" y="1.5" width="{width}" height="{height}" rx="9"/>',
        Kind.AUTHORISED: f'<rect x="{left + 1.5}" y="1.5" width="{width}" height="{height}"/>'
        f'<path d="M{left + 1.5} {_HEIGHT - 3.5}h{width}" class="foot"/>',
        Kind.NO_MARK: f'<rect x="{left + 5}" y="5" width="{width - 7}" height="{height - 7}"/>',
    }.get(kind, f'<rect x="{left + 0.5}" y="0.5" width="{_CELL - 1}" height="{_HEIGHT - 1}"/>')
    letter = "" if kind is Kind.NO_MARK else escape(code[:2])
    text = f'<text x="{left + _CELL / 2:.0f}" y="11" class="middle">{letter}</text>'
    return f'<g class="{kind}">{shape}{text if letter else ""}</g>'


def _days() -> str:
    texts = "".join(
        f'<text x="{_left(n, afternoon=True)}" y="11" class="middle">{day}</text>'
        for n, day in enumerate(_DAYS)
    )
    return drawing("axis", texts, _size(_HEIGHT))


def _left(weekday: int, afternoon: bool) -> int:
    return weekday * (2 * _CELL + _GAP) + afternoon * _CELL


def _size(height: int) -> str:
    return f'width="{len(_DAYS) * (2 * _CELL + _GAP) - _GAP}" height="{height}"'


def _key() -> str:
    return key([(_cell(kind, code, 0), words) for kind, (code, words) in _WORDS.items()])


def _meanings(given: Sequence[Session], meanings: Mapping[str, str]) -> str:
    used = sorted({one.code for one in given} & set(meanings))
    told = "".join(f"<li><b>{escape(c)}</b> {escape(meanings[c])}</li>" for c in used)
    return f'<ul class="notes">{told}</ul>' if told else ""
