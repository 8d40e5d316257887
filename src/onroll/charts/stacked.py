"""Shares of a whole, a bar a group, with the same shares as figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from onroll.charts.figure import Html, Row, drawing, drawn_table, figure, key

_SHADES = 4


@dataclass(frozen=True, slots=True)
class Whole:
    """One group, and its parts in the order of their names; parts are 0 or more."""

    name: str
    parts: tuple[float, ...]


def stacked(title: str, names: Sequence[str], given: Sequence[Whole], head: str = "Group") -> Html:
    """Return a figure of at most four parts, named by `names`, as shares of each group."""
    if len(names) > _SHADES or any(len(whole.parts) != len(names) for whole in given):
        raise ValueError(f"A whole has a part for each name, and at most {_SHADES}.")
    if not given:
        return figure(title)
    rows = [Row(whole.name, _drawn(whole), _cells(whole)) for whole in given]
    swatches = [
        (f'<rect x="1" y="3" width="24" height="16" class="part{n}"/>', name)
        for n, name in enumerate(names, 1)
    ]
    return figure(
        title, key(swatches), drawn_table(title, "across", (head, *names), _ticks(), rows)
    )


def _cells(whole: Whole) -> tuple[str, ...]:
    total = sum(whole.parts)
    return tuple(f"{part / total:.1%}" if total else "no figure" for part in whole.parts)


def _drawn(whole: Whole) -> str:
    total, bars, left = sum(whole.parts), [], 0.0
    for n, part in enumerate(whole.parts, 1):
        width = part / total * 100 if total else 0.0
        bars.append(
            f'<rect x="{left:.2f}%" y="15%" width="{width:.2f}%" height="70%" class="part{n}"/>'
        )
        left += width
    return drawing("whole", "".join(bars))


def _ticks() -> str:
    ends = (("0%", "0%", "start"), ("50%", "50%", "middle"), ("100%", "100%", "end"))
    texts = "".join(f'<text x="{x}" y="50%" class="{kind}">{t}</text>' for x, t, kind in ends)
    return drawing("axis", texts, 'width="100%" height="20"')
