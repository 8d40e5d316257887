"""A page of HTML that stands alone: no script, no file beside it, nothing fetched."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Arial, Helvetica, sans-serif; color: #0b0c0c; background: #fff;
  margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; }
p, li { max-width: 42rem; }
.lead { font-size: 1.2rem; }
.warning { border-left: 5px solid #d4351c; padding: .5rem 1rem; background: #fbeae7; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
  border-bottom: 1px solid #b1b4b6; }
td.number, th.number { text-align: right; white-space: nowrap; padding-right: 1.25rem; }
.wide { overflow-x: auto; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.quiet { color: #505a5f; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2 { break-after: avoid; }
  tr { break-inside: avoid; } }
"""


def page(title: str, lead: str, sections: Sequence[str]) -> str:
    """Return a whole document; `sections` are HTML already, title and lead are plain text."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}{_of_charts()}</style></head><body><main>"
        f'<h1>{escape(title)}</h1><p class="lead">{escape(lead)}</p>'
        f"{''.join(sections)}</main></body></html>\n"
    )


def _of_charts() -> str:
    return files(__package__).joinpath("static/onroll/charts.css").read_text(encoding="utf-8")


def section(heading: str, *parts: str) -> str:
    """Return one section of a page; the parts are HTML already."""
    return f"<section><h2>{escape(heading)}</h2>{''.join(parts)}</section>"


def paragraph(text: str, *, kind: str = "") -> str:
    """Return a paragraph of plain text; `kind` is a class of the page's style."""
    named = f' class="{escape(kind)}"' if kind else ""
    return f"<p{named}>{escape(text)}</p>"


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of plain text; what looks like a number stands on the right."""
    numbers = [_are_numbers([row[n] for row in rows]) for n in range(len(heads))]

    def cell(tag: str, n: int, text: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        kind = ' class="number"' if numbers[n] else ""
        return f"<{tag}{scope}{kind}>{escape(text)}</{tag}>"

    head = "".join(cell("th", n, text) for n, text in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(cell('td', n, text) for n, text in enumerate(row))}</tr>" for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption class="hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _are_numbers(cells: Sequence[str]) -> bool:
    """Return whether every cell that says something is a number."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(
        cell.replace(",", "").rstrip("%").replace(".", "").isdigit() for cell in said
    )
