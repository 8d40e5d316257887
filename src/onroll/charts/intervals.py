"""Things in order, each with the interval chance allows it, beside a line they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from onroll.charts.figure import Html, Row, drawing, drawn_table, figure, key, short
from onroll.charts.scale import Axis, Comparator, axis, figure_of

HIGHER, LOWER = "Higher than chance explains", "Lower than chance explains"
WITHIN = "Within chance"
_MARKS = {
    HIGHER: '<path d="M0-6 6 5H-6z"/>',
    LOWER: '<path d="M0 6 6-5H-6z"/>',
    WITHIN: '<circle r="3.5"/>',
}
_KINDS = {HIGHER: "higher", LOWER: "lower", WITHIN: ""}


@dataclass(frozen=True, slots=True)
class Interval:
    """One thing: its name, its value, the least and most that chance allows, and how many."""

    name: str
    value: float
    low: float
    high: float
    number: int
    url: str = ""
    # How it stands, where whoever counted says that; "" lets the interval say it.
    words: str = ""


def intervals(
    title: str,
    given: Sequence[Interval],
    beside: Comparator,
    *,
    unit: str = "%",
    heads: tuple[str, str, str] = ("School", "Value", "Pupils"),
) -> Html:
    """Return a figure of things in the order given, a row each, with their 95% intervals.

    A thing whose whole interval lies beyond the comparator is marked by shape and by word.
    """
    if not given:
        return figure(title)
    ends = [end for one in given for end in (one.low, one.high, one.value)] + [beside.value]
    scale = axis(min(ends), max(ends))
    rows = [
        Row(short(one.name, 48), _drawn(scale, one, beside), _cells(one, beside, unit),
            _KINDS[standing(one, beside)], one.url)
        for one in given
    ]  # fmt: skip
    first, value, number = heads
    named = (first, value, "95% interval", number, f"Beside {beside.name}")
    level = f"{beside.name}: {figure_of(beside.value, unit)}"
    return figure(
        title,
        _key(level),
        drawn_table(title, "intervals", named, _ticks(scale, beside, unit), rows, words=1),
    )


def standing(one: Interval, beside: Comparator) -> str:
    """Return in words on which side of the comparator the whole interval lies, if on one."""
    if one.words:
        return one.words
    if one.low > beside.value:
        return HIGHER
    return LOWER if one.high < beside.value else WITHIN


def _cells(one: Interval, beside: Comparator, unit: str) -> tuple[str, ...]:
    return (
        figure_of(one.value, unit),
        f"{figure_of(one.low, unit)} to {figure_of(one.high, unit)}",
        f"{one.number:,}",
        standing(one, beside),
    )


def _drawn(scale: Axis, one: Interval, beside: Comparator) -> str:
    at, low, high, value = (
        f"{_across(scale, end):.2f}%" for end in (beside.value, one.low, one.high, one.value)
    )
    return drawing(
        "interval",
        f'<line x1="{at}" x2="{at}" y1="0" y2="100%" class="beside"/>'
        f'<line x1="{low}" x2="{high}" y1="50%" y2="50%" class="reach"/>'
        f'<svg x="{value}" y="50%" class="mark">{_MARKS[standing(one, beside)]}</svg>',
    )


def _ticks(scale: Axis, beside: Comparator, unit: str) -> str:
    texts = "".join(
        f'<text x="{_across(scale, tick):.2f}%" y="50%" class="middle">'
        f"{scale.shown(tick, unit)}</text>"
        for tick in scale.ticks
    )
    return drawing("axis", texts, 'width="100%" height="20"')


def _across(scale: Axis, value: float) -> float:
    return 6 + 88 * scale.share(value)


def _key(level: str) -> str:
    marks = [
        (f'<svg x="13" y="11" class="mark {_KINDS[words]}">{_MARKS[words]}</svg>', words)
        for words in (HIGHER, LOWER, WITHIN)
    ]
    return key([('<line x1="13" x2="13" y1="0" y2="22" class="beside"/>', level), *marks])
