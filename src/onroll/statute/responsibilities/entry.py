"""What a responsibility is: what is asked, of whom, by what source, and how it is shown done."""

from dataclasses import dataclass
from enum import StrEnum

from onroll.statute.editions import SUBJECTS
from onroll.statute.sources import Confidence


class AskedOf(StrEnum):
    """Who is asked."""

    AUTHORITY = "authority"
    SCHOOL = "school"
    BOARD = "governing board"
    PARENT = "parent"


class Kind(StrEnum):
    """With what force it is asked."""

    DUTY = "duty"
    POWER = "power"
    GUIDANCE = "guidance"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is asked, with what force, and how sure that is.

    `authority` is the key of the authority whose statement it is; empty for the nation.
    """

    cites: str
    confidence: Confidence
    kind: Kind
    authority: str = ""

    def __post_init__(self) -> None:
        marks = {bool(self.authority), self.kind is Kind.LOCAL, self.confidence is Confidence.LOCAL}
        if len(marks) > 1:
            raise ValueError(f"{self.cites} must be local in every respect or in none.")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One thing that law, guidance or an authority's own statement asks for.

    `owned_by` is the key of the role in the authority that does it, or that sees to it where a
    school, a board or a parent is asked. `duties` are the ids of the clocks that run for it,
    `acts` the verbs of the journal under which the program records that it was done, `letters` the
    keys of the templates that serve it. Empty means that nothing in the program does so yet.
    """

    key: str
    title: str
    asked_of: AskedOf
    subject: str
    owned_by: str
    source: Source
    duties: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.subject not in SUBJECTS:
            raise ValueError(f"{self.key}: {self.subject!r} is not a subject.")

    @property
    def cites(self) -> str:
        """Where it is asked."""
        return self.source.cites

    @property
    def confidence(self) -> Confidence:
        """How sure the authors are that it is asked."""
        return self.source.confidence

    @property
    def kind(self) -> Kind:
        """With what force it is asked."""
        return self.source.kind

    @property
    def authority(self) -> str:
        """The key of the authority whose own it is; empty for the nation."""
        return self.source.authority

    @property
    def caution(self) -> str:
        """What to tell a person who reads it; empty when nothing needs to be said."""
        return " ".join(said for said in (self.confidence.caution, self.note) if said)


def law(cites: str, confidence: Confidence = Confidence.VERIFIED) -> Source:
    """A duty in an Act or in regulations."""
    return Source(cites, confidence, Kind.DUTY)


def power(cites: str, confidence: Confidence = Confidence.VERIFIED) -> Source:
    """A power or a right in an Act or in regulations: it may be used and need not be."""
    return Source(cites, confidence, Kind.POWER)


def guidance(cites: str, confidence: Confidence = Confidence.SECONDARY) -> Source:
    """What guidance asks."""
    return Source(cites, confidence, Kind.GUIDANCE)


def practice(cites: str, authority: str) -> Source:
    """What one authority has published that it does or asks."""
    return Source(cites, Confidence.LOCAL, Kind.LOCAL, authority)


# What several modules cite, each written once.
COVENTRY_REPORT = "Coventry City Council, report to its scrutiny board, November 2025"
COVENTRY = practice(COVENTRY_REPORT, "coventry")
LEEDS = practice("Leeds City Council, One minute guide 21, November 2024", "leeds")
NORTH_YORKSHIRE = practice(
    "North Yorkshire County Council, Children missing from education, 2017", "north_yorkshire"
)
WORCESTERSHIRE = practice("Worcestershire County Council, page for professionals", "worcestershire")
