"""Tables that leave as CSV or as cells of a workbook: values only, never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

CSV = "text/csv; charset=utf-8"

# What a spreadsheet would run: these signs, their full-width and small forms, and the control
# characters that some strip before they look; spaces, seen or not, may come before them.
_RUNS = re.compile("[\\s\u200b\ufeff]*[=+\\-@\t\r\n\x00＝＋－＠﹦﹢﹣﹫]")


def inert(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula: an apostrophe stops it."""
    return f"'{text}" if _RUNS.match(text) else text


def cell(value: object) -> object:
    """Return a value as a cell holds it: days as 2026-03-05, numbers as they are, nothing empty."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return value
    return inert(str(value))


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as the text of a CSV file; the first are its headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def csv_file(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as a CSV file that a spreadsheet opens with its accents right."""
    return csv_text(rows).encode("utf-8-sig")
