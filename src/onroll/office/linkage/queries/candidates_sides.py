"""What each list says of whom a search found, line by line beside each other, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onroll.office.linkage.queries.candidates import Evidence, address_of, name_of
from onroll.office.web.templatetags.onroll import day

Record = Mapping[str, str | None]

_DAYS = {"as_at", "born_on"}
_LINES = (
    ("As at", "as_at"), ("Name", "name"), ("Date of birth", "born_on"), ("Sex", "sex"),
    ("Address", "address"), ("UPN", "upn"), ("NHS number", "nhs_number"),
    ("Number on the list", "id"),
)  # fmt: skip
# Every list has a day and numbers of its own: that they differ says nothing.
_OF_THE_LIST = {"as_at", "id"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one list says. `differs`: the nearest entry says what no list of the child does."""

    source: str
    says: str
    is_nearest: bool = False
    differs: bool = False


@dataclass(frozen=True, slots=True)
class SideLine:
    """One thing that lists say of a child, a cell for each list."""

    label: str
    cells: tuple[Cell, ...]


def sides(evidence: Evidence | None) -> list[SideLine]:
    """Return what each list says, the nearest entry last, without lines that all leave empty."""
    if evidence is None:
        return []
    lines = []
    for label, key in _LINES:
        cells = [Cell(r.get("source") or "", said_of(r, key)) for r in evidence.records]
        if evidence.nearest is not None:
            cells.append(_nearest(evidence.nearest, key, cells))
        if any(cell.says for cell in cells):
            lines.append(SideLine(label, tuple(cells)))
    return lines


def said_of(record: Record, key: str) -> str:
    """Return what a record says under one key, dates as the office writes them."""
    if key == "name":
        return name_of(record)
    if key == "address":
        return address_of(record)
    said = record.get(key) or ""
    return day(date.fromisoformat(said)) if said and key in _DAYS else said


def in_words(record: Record) -> str:
    """Return all that a list says of somebody, in a line for a referral."""
    said = [
        said_of(record, "name"),
        *(f"{word} {says}" for key, word in _WORDS.items() if (says := said_of(record, key))),
        said_of(record, "address"),
    ]
    as_at = f" (as at {said_of(record, 'as_at')})" if record.get("as_at") else ""
    return f"{record.get('source')}{as_at}: {', '.join(part for part in said if part)}"


_WORDS = {"born_on": "born", "sex": "sex", "upn": "UPN", "nhs_number": "NHS number"}


def _nearest(record: Record, key: str, others: list[Cell]) -> Cell:
    says = said_of(record, key)
    told = {_plain(cell.says) for cell in others if cell.says}
    differs = bool(says and told) and key not in _OF_THE_LIST and _plain(says) not in told
    return Cell(record.get("source") or "", says, is_nearest=True, differs=differs)


def _plain(says: str) -> str:
    return "".join(says.casefold().split())
