"""Bars side by side, drawn as SVG, with the same figures as a table below."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from onroll.charts.figure import Html, figure, region, short

_WIDTH, _ROW, _BAR, _LABELS, _FIGURES = 560, 34, 20, 260, 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length, the figure as it is written, and what to say beside it."""

    label: str
    value: float
    shown: str
    note: str = ""


def bars(title: str, given: Sequence[Bar], *, heads: tuple[str, str] = ("", "Number")) -> Html:
    """Return a figure with its caption: the chart, and the table that says the same in words.

    The chart is hidden from readers of the table (a screen reader reads each figure once). Values
    are 0 or more; the longest bar fills the width. Without bars a sentence says so.
    """
    return figure(title, _drawn(given), _table(title, given, heads)) if given else figure(title)


def _drawn(given: Sequence[Bar]) -> str:
    most = max((bar.value for bar in given), default=0) or 1
    room = _WIDTH - _LABELS - _FIGURES
    rows = []
    for n, bar in enumerate(given):
        top = n * _ROW
        length = max(1.0, bar.value / most * room) if bar.value else 0.0
        middle = top + _ROW / 2
        rows.append(
            f'<text x="{_LABELS - 8}" y="{middle:.0f}" class="label">{escape(short(bar.label, 40))}'
            f'</text><rect x="{_LABELS}" y="{top + (_ROW - _BAR) / 2:.0f}" width="{length:.1f}" '
            f'height="{_BAR}"/><text x="{_LABELS + length + 6:.1f}" y="{middle:.0f}" '
            f'class="figure">{escape(bar.shown)}</text>'
        )
    height = _ROW * len(given)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'aria-hidden="true" focusable="false" class="bars">{"".join(rows)}</svg>'
    )


def _table(title: str, given: Sequence[Bar], heads: tuple[str, str]) -> str:
    with_notes = any(bar.note for bar in given)
    rows = "".join(
        f'<tr><th scope="row">{escape(bar.label)}</th><td class="number">{escape(bar.shown)}</td>'
        + (f"<td>{escape(bar.note)}</td>" if with_notes else "")
        + "</tr>"
        for bar in given
    )
    third = '<th scope="col">What it means</th>' if with_notes else ""
    return region(
        title,
        f'<thead><tr><th scope="col">{escape(heads[0]) or "Group"}</th><th scope="col" '
        f'class="number">{escape(heads[1])}</th>{third}</tr></thead><tbody>{rows}</tbody>',
    )
