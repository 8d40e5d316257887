"""What every chart stands in: a figure with a caption, and tables with a drawing in each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


class Html(str):
    """HTML whose text is escaped already: a template of Django takes it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself, as Django asks of what needs no escaping."""
        return self


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with drawings: a name, an SVG, and what it says in plain text."""

    name: str
    drawing: str
    cells: tuple[str, ...]
    kind: str = ""
    url: str = ""


def figure(title: str, *parts: str) -> Html:
    """Return a figure with its caption; parts are HTML already, and none are said to be none."""
    inside = "".join(parts) or "<p>There is nothing to show.</p>"
    return Html(f'<figure class="chart"><figcaption>{escape(title)}</figcaption>{inside}</figure>')


def drawing(kind: str, inside: str, size: str = 'width="100%" height="100%"') -> str:
    """Return an SVG that is not read aloud: what it shows stands beside it in words."""
    return f'<svg {size} aria-hidden="true" focusable="false" class="{kind}">{inside}</svg>'


def drawn_table(
    title: str, kind: str, heads: Sequence[str], axis: str, rows: Sequence[Row], words: int = 0
) -> str:
    """Return a table whose second column is drawn under `axis`, an SVG as well.

    `heads` name the other columns; the last `words` of them hold words, the others numbers.
    """
    numbers = len(heads) - 1 - words

    def cell(n: int, tag: str, text: str, more: str) -> str:
        kind = ' class="number"' if n < numbers else ""
        return f"<{tag}{kind}{more}>{escape(text)}</{tag}>"

    def line(row: Row) -> str:
        cells = "".join(
            cell(n, "td", text, f' data-label="{escape(heads[n + 1])}"')
            for n, text in enumerate(row.cells)
        )
        named = f' class="{row.kind}"' if row.kind else ""
        name = escape(row.name)
        if row.url:
            name = f'<a href="{escape(row.url)}">{name}</a>'
        return (
            f'<tr{named}><th scope="row">{name}</th>'
            f'<td class="drawn">{row.drawing}</td>{cells}</tr>'
        )

    first, *others = heads
    head = "".join(cell(n, "th", text, ' scope="col"') for n, text in enumerate(others))
    return region(
        title,
        f'<thead><tr><th scope="col">{escape(first)}</th><th scope="col" class="drawn">'
        f'<span class="hidden">Drawing</span>{axis}</th>{head}</tr></thead>'
        f"<tbody>{''.join(map(line, rows))}</tbody>",
        kind,
    )


def region(title: str, inside: str, kind: str = "") -> str:
    """Return a table, named by its title, that scrolls by keyboard where it finds no room."""
    return (
        f'<div class="{f"wide {kind}".strip()}" tabindex="0" role="region" '
        f'aria-label="{escape(title)}"><table><caption class="hidden">{escape(title)}</caption>'
        f"{inside}</table></div>"
    )


def key(entries: Sequence[tuple[str, str]]) -> str:
    """Return what the drawings mean: a mark, which is SVG, and the words for it."""
    size = 'width="26" height="22"'
    told = "".join(
        f"<li>{drawing('key', mark, size)} {escape(text)}</li>" for mark, text in entries
    )
    return f'<ul class="keys">{told}</ul>'


def short(text: str, most: int) -> str:
    """Return the text, cut to `most` characters where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
