"""DfE's register of establishments as it is published: the all-fields file and the links file.

Columns are read by name, and one that is absent leaves its field alone: DfE adds and drops columns
without notice. Codes lose their leading noughts, dates are dd-mm-yyyy, phases go by name (the
codes of the website differ from those of the file). The file is in Windows-1252.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onroll.office.kernel.decision import Faulty
from onroll.statute.days import real_day

ENCODINGS = ("utf-8-sig", "cp1252")
NEEDED = ("URN", "EstablishmentName")


def _code(text: str) -> str:
    return text.lstrip("0") if text.strip("0") else text[:1]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def read_extract_date(text: str) -> date | None:
    """Return a date of the extract, dd-mm-yyyy, or as a spreadsheet rewrites it; else None."""
    parts = text.strip()[:10].replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    try:
        return real_day(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def _text(text: str) -> str:
    return text


# Column of the extract -> field of the school, and how it is read.
FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "LA (code)": ("la_code", _text),
    "EstablishmentNumber": ("estab", lambda text: text.zfill(4) if text else ""),
    "EstablishmentName": ("name", _text),
    "TypeOfEstablishment (code)": ("type_code", _code),
    "TypeOfEstablishment (name)": ("type_name", _text),
    "EstablishmentTypeGroup (name)": ("type_group", _text),
    "EstablishmentStatus (name)": ("status", _text),
    "PhaseOfEducation (name)": ("phase", _text),
    "StatutoryLowAge": ("low_age", _number),
    "StatutoryHighAge": ("high_age", _number),
    "Gender (name)": ("gender", _text),
    "SchoolCapacity": ("capacity", _number),
    "NumberOfPupils": ("pupils", _number),
    "OpenDate": ("opened_on", read_extract_date),
    "CloseDate": ("closed_on", read_extract_date),
    "UKPRN": ("ukprn", _text),
    "Trusts (name)": ("trust", _text),
    "Town": ("town", _text),
    "Postcode": ("postcode", _text),
    "TelephoneNum": ("telephone", _text),
    "SchoolWebsite": ("website", _text),
    "Easting": ("easting", _number),
    "Northing": ("northing", _number),
}
ADDRESS = ("Street", "Locality", "Address3")
HEAD = ("HeadTitle (name)", "HeadFirstName", "HeadLastName")
_MAPPED = frozenset({"URN", *FIELDS, *ADDRESS, *HEAD})


@dataclass(frozen=True, slots=True)
class Establishment:
    """One row of the extract: the number, the fields that its columns give, and the rest."""

    urn: int
    row: int
    values: Mapping[str, Any]
    rest: Mapping[str, str]


def establishments(source: Path | bytes) -> Iterator[Establishment]:
    """Read the all-fields file, row by row. Raises Faulty naming the row."""
    header, rows = _open(source)
    absent = [name for name in NEEDED if name not in header]
    if absent:
        raise Faulty(
            (
                "file",
                "This is not DfE's file of all establishment fields: its header does not name "
                f"{' and '.join(absent)}. Download “Establishment fields CSV” again.",
            )
        )
    seen: dict[int, int] = {}
    for number, cells in rows:
        given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if not any(given.values()):
            continue
        found = establishment(given, row=number)
        if found.urn in seen:
            raise Faulty((f"row:{number}", f"URN {found.urn} is also in row {seen[found.urn]}."))
        seen[found.urn] = number
        yield found


def establishment(given: Mapping[str, str], *, row: int) -> Establishment:
    """Return what one row says. Raises Faulty for a row without a usable URN or name."""
    if not given["URN"].isdecimal() or not 0 < int(given["URN"]) < 2**31:
        raise Faulty((f"row:{row}", f"“{given['URN']}” is not a URN."))
    if not given["EstablishmentName"]:
        raise Faulty((f"row:{row}", f"URN {given['URN']} has no name."))
    values = {field: read(given[name]) for name, (field, read) in FIELDS.items() if name in given}
    for field, names, between in (("address", ADDRESS, ", "), ("head", HEAD, " ")):
        if any(name in given for name in names):
            values[field] = between.join(text for n in names if (text := given.get(n, "")))
    for field, most in (("la_code", 3), ("estab", 4), ("type_code", 3)):
        if len(values.get(field, "")) > most:
            raise Faulty((f"row:{row}", f"URN {given['URN']} has a code longer than {most}."))
    rest = {name: text for name, text in given.items() if name not in _MAPPED and text}
    return Establishment(urn=int(given["URN"]), row=row, values=values, rest=rest)


def links(source: Path | bytes) -> Iterator[tuple[int, int, str, date | None]]:
    """Read the links file: (URN, linked URN, what the link is, since when)."""
    header, rows = _open(source)
    if not {"URN", "LinkURN", "LinkType"} <= set(header):
        raise Faulty(
            (
                "file",
                "This is not DfE's file of links: its header must name URN, LinkURN, LinkType.",
            )
        )
    for number, cells in rows:
        given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if not any(given.values()):
            continue
        if not (given["URN"].isdecimal() and given["LinkURN"].isdecimal()):
            raise Faulty((f"row:{number}", "URN and LinkURN must be numbers."))
        since = read_extract_date(given.get("LinkEstablishedDate", ""))
        yield int(given["URN"]), int(given["LinkURN"]), given["LinkType"], since


def _open(source: Path | bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    content = source.read_bytes() if isinstance(source, Path) else source
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Faulty(("file", "The file is neither UTF-8 nor Windows-1252. Download it again."))
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    return header, enumerate(reader, start=2)
