"""Lines over time, told apart by marker, dash and a name at the end, with the figures below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from string import ascii_uppercase

from onroll.charts.figure import Html, drawing, figure, region, short
from onroll.charts.scale import Axis, Comparator, axis, figure_of

_HEIGHT, _TOP, _BOTTOM, _APART, _MANY = 240, 22, 26, 17, 24
_ROOM = _HEIGHT - _TOP - _BOTTOM
_MARKERS = (
    '<circle r="4"/>',
    '<path d="M-4-4h8v8h-8z"/>',
    '<path d="M-5 4 0-5 5 4z"/>',
    '<path d="M-5 0 0-5.5 5 0 0 5.5z"/>',
    '<path d="M-5 -4 0 5 5 -4z"/>',
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name and a value for each label along the chart, None where none is known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What happened at one of the labels along the chart."""

    at: str
    text: str


def lines(
    title: str,
    along: Sequence[str],
    given: Sequence[Line],
    *,
    unit: str = "%",
    beside: Comparator | None = None,
    notes: Sequence[Note] = (),
    head: str = "When",
) -> Html:
    """Return a figure of at most five lines; each has a value, or None, for each of `along`.

    A percentage is given as it is written: 6.9 is 6.9%. A line breaks where a value is missing.
    """
    if len(given) > len(_MARKERS):
        raise ValueError(f"A chart holds at most {len(_MARKERS)} lines, not {len(given)}.")
    if any(len(line.values) != len(along) for line in given):
        raise ValueError("Each line needs a value, or None, for each label.")
    known = [value for line in given for value in line.values if value is not None]
    if not known:
        return figure(title)
    if beside:
        known.append(beside.value)
    scale = axis(min(known), max(known))
    drawn = (
        _levels(scale, unit)
        + _plot(scale, along, given, beside, notes)
        + _names(scale, given, beside, unit)
    )
    return figure(
        title,
        f'<div class="lines">{drawn}</div>',
        _told(notes, beside, unit),
        _table(title, along, given, unit, head),
    )


def _levels(scale: Axis, unit: str) -> str:
    texts = "".join(
        f'<text x="44" y="{_down(scale, tick):.1f}" class="end">{scale.shown(tick, unit)}</text>'
        for tick in scale.ticks
    )
    return drawing("levels", texts, f'width="52" height="{_HEIGHT}"')


def _plot(
    scale: Axis,
    along: Sequence[str],
    given: Sequence[Line],
    beside: Comparator | None,
    notes: Sequence[Note],
) -> str:
    inside = [
        f'<line x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>'
        for y in (_down(scale, tick) for tick in scale.ticks)
    ]
    inside += [_moment(_across(n, along), text) for n, text in _along(along)]
    for letter, note in zip(ascii_uppercase, notes, strict=False):
        x = _across(list(along).index(note.at), along)
        inside.append(
            f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{_TOP - 4}" y2="{_HEIGHT - _BOTTOM}" '
            f'class="note"/><text x="{x:.2f}%" y="9" class="middle strong">{letter}</text>'
        )
    if beside:
        y = _down(scale, beside.value)
        inside.append(f'<line x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}" class="beside"/>')
    inside += [_line(scale, along, line, n) for n, line in enumerate(given, 1)]
    return drawing("plot", "".join(inside), f'width="100%" height="{_HEIGHT}"')


def _line(scale: Axis, along: Sequence[str], line: Line, number: int) -> str:
    stretches = list(_stretches(line.values))
    paths = "".join(
        f'<polyline points="{" ".join(points)}"/>'
        for stretch in stretches
        if len(points := [f"{_across(n, along):.2f},{_down(scale, v):.1f}" for n, v in stretch]) > 1
    )
    marks = "".join(
        f'<svg x="{_across(n, along):.2f}%" y="{_down(scale, value):.1f}" '
        f'class="mark{" more" if 0 < at < len(stretch) - 1 else ""}">{_MARKERS[number - 1]}</svg>'
        for stretch in stretches
        for at, (n, value) in enumerate(stretch)
        if len(along) <= _MANY or at in (0, len(stretch) - 1)
    )
    return (
        f'<g class="line{number}"><svg width="100%" height="{_HEIGHT}" class="mark" '
        f'viewBox="0 0 100 {_HEIGHT}" preserveAspectRatio="none">{paths}</svg>{marks}</g>'
    )


def _stretches(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    stretch: list[tuple[int, float]] = []
    for n, value in enumerate((*values, None)):
        if value is not None:
            stretch.append((n, value))
        elif stretch:
            yield stretch
            stretch = []


def _names(scale: Axis, given: Sequence[Line], beside: Comparator | None, unit: str) -> str:
    ends = [
        (_down(scale, last), name, figure_of(last, unit), f"line{n}", _MARKERS[n - 1])
        for n, name, last in (
            (n, line.name, next((v for v in reversed(line.values) if v is not None), None))
            for n, line in enumerate(given, 1)
        )
        if last is not None
    ]
    if beside:
        shown = figure_of(beside.value, unit)
        dash = '<path d="M-6 0h12" class="dash"/>'
        ends.append((_down(scale, beside.value), beside.name, shown, "beside", dash))
    ends.sort()
    places = apart([end[0] for end in ends], _APART, 8, _HEIGHT - 8)
    texts = "".join(
        f'<g class="{kind}"><path d="M2 {y:.1f} 12 {place:.1f}" class="lead"/>'
        f'<svg x="18" y="{place:.1f}" class="mark">{marker}</svg>'
        f'<text x="28" y="{place:.1f}" class="less">{escape(short(name, 18))}</text>'
        f'<text x="28" y="{place:.1f}" class="more">{escape(short(name, 28))} {shown}</text></g>'
        for (y, name, shown, kind, marker), place in zip(ends, places, strict=True)
    )
    return drawing("names", texts, f'width="280" height="{_HEIGHT}"')


def apart(wanted: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """Return places near those wanted (in order), `least` apart and between top and bottom."""
    places: list[float] = []
    for place in wanted:
        places.append(max(place, top, places[-1] + least if places else top))
    limit = bottom
    for n in reversed(range(len(places))):
        places[n] = min(places[n], limit)
        limit = places[n] - least
    return places


def _along(along: Sequence[str]) -> list[tuple[int, str]]:
    steps = min(4, len(along) - 1)
    at = sorted({round(n * (len(along) - 1) / steps) for n in range(steps + 1)}) if steps else [0]
    return [(n, along[n]) for n in at]


def _moment(x: float, text: str) -> str:
    kind = "middle" if x in (0, 50, 100) else "middle more"
    y = _HEIGHT - 8
    return f'<text x="{x:.2f}%" y="{y}" class="{kind}">{escape(short(text, 12))}</text>'


def _across(n: int, along: Sequence[str]) -> float:
    return n / (len(along) - 1) * 100 if len(along) > 1 else 50.0


def _down(scale: Axis, value: float) -> float:
    return _TOP + (1 - scale.share(value)) * _ROOM


def _told(notes: Sequence[Note], beside: Comparator | None, unit: str) -> str:
    level = f"<li>{escape(beside.name)}: {figure_of(beside.value, unit)}</li>" if beside else ""
    told = level + "".join(
        f"<li><b>{letter}</b> {escape(note.at)}: {escape(note.text)}</li>"
        for letter, note in zip(ascii_uppercase, notes, strict=False)
    )
    return f'<ul class="notes">{told}</ul>' if told else ""


def _table(
    title: str,
    along: Sequence[str],
    given: Sequence[Line],
    unit: str,
    head: str,
) -> str:
    heads = "".join(f'<th scope="col" class="number">{escape(one.name)}</th>' for one in given)
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(
            f'<td class="number">{escape(figure_of(one.values[n], unit))}</td>' for one in given
        )
        + "</tr>"
        for n, label in enumerate(along)
    )
    return region(
        title,
        f'<thead><tr><th scope="col">{escape(head)}</th>{heads}</tr></thead><tbody>{rows}</tbody>',
        "tall",
    )
