"""Reference data that ships with the program: local authorities with their codes, countries."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onroll.statute.sources import Confidence


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """One local authority of England, or one that was.

    A discontinued authority has the codes of those that took over in `replaced_by`; where
    `replacement_confidence` is not verified, the screen that shows it says so.
    """

    code: str
    name: str
    gss_code: str = ""
    region: str = ""
    ons_region: str = ""
    is_discontinued: bool = False
    replaced_by: tuple[str, ...] = ()
    confidence: Confidence = Confidence.VERIFIED
    replacement_confidence: Confidence = Confidence.VERIFIED
    cites: str = ""

    @property
    def says(self) -> str:
        """The authority as one line, with what took over and how sure that is."""
        if not self.is_discontinued:
            return self.name
        now = " and ".join(authority.name for code in self.replaced_by if (authority := find(code)))
        unsure = "" if self.replacement_confidence is Confidence.VERIFIED else " (not verified)"
        return f"{self.name}, discontinued; now {now}{unsure}"


@cache
def _by_code() -> dict[str, LocalAuthority]:
    found = {
        row["old_la_code"]: LocalAuthority(
            code=row["old_la_code"],
            name=row["la_name"],
            gss_code=row["new_la_code"],
            region=row["dfe_region_name"],
            ons_region=row["ons_region_name"],
            cites="DfE, Local Authority Interactive Tool",
        )
        for row in _rows("la_codes.csv")
    }
    for row in _rows("la_codes_discontinued.csv"):
        found[row["old_la_code"]] = LocalAuthority(
            code=row["old_la_code"],
            name=row["la_name"],
            is_discontinued=True,
            replaced_by=tuple(row["replaced_by"].split()),
            confidence=Confidence(row["confidence"]),
            replacement_confidence=Confidence(row["replacement_confidence"]),
            cites=row["cites"],
        )
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def find(code: str) -> LocalAuthority | None:
    """Return the authority with this three-digit code, discontinued ones too, or None."""
    return _by_code().get(code.strip())


def authorities() -> tuple[LocalAuthority, ...]:
    """Return today's authorities, in order of name."""
    current = (a for a in _by_code().values() if not a.is_discontinued)
    return tuple(sorted(current, key=lambda a: a.name))


def choices(*, without: str = "") -> tuple[tuple[str, str], ...]:
    """Return (code, "name (code)") of today's authorities for a form, leaving one's own out."""
    return tuple((a.code, f"{a.name} ({a.code})") for a in authorities() if a.code != without)


def name_of(code: str) -> str:
    """Return an authority as a page names it, the number alone where nobody has that number."""
    authority = find(code)
    return f"{authority.says} ({code})" if authority is not None else code


def why_not(code: str) -> str:
    """Return in a sentence why a code names no authority of today; nothing where it names one."""
    authority = find(code)
    if authority is None:
        return f"No local authority of England has the number {code.strip()}: choose it by name."
    if authority.is_discontinued:
        return f"{authority.says}: choose the one that took over where the child is."
    return ""


@cache
def countries() -> tuple[str, ...]:
    """Return the countries in which a child may be, England left out, in order of name."""
    return tuple(sorted(row["name"] for row in _rows("countries.csv")))


def is_country(name: str) -> bool:
    """Return whether a name is that of a country of the list."""
    return name in countries()
