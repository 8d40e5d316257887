"""Bars side by side, each beside its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from onroll.charts.figure import Html, Row, drawing, drawn_table, figure


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length, the figure as it is written, and what to say beside it."""

    label: str
    value: float
    shown: str
    note: str = ""


def bars(title: str, given: Sequence[Bar], *, heads: tuple[str, str] = ("", "Number")) -> Html:
    """Return a figure with its caption: a row a bar, with the figure and what to say of it.

    Values are 0 or more; the longest bar fills the width. Without bars a sentence says so.
    """
    if not given:
        return figure(title)
    most = max(bar.value for bar in given) or 1
    with_notes = any(bar.note for bar in given)
    rows = [
        Row(bar.label, _drawn(bar.value / most), (bar.shown, bar.note)[: 1 + with_notes])
        for bar in given
    ]
    named = (heads[0] or "Group", heads[1], "What it means")[: 2 + with_notes]
    return figure(title, drawn_table(title, "across bars", named, "", rows, words=int(with_notes)))


def _drawn(share: float) -> str:
    length = max(0.5, share * 100) if share else 0.0
    return drawing("bar", f'<rect x="0" y="20%" width="{length:.1f}%" height="60%"/>')
