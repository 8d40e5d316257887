"""What an edition and an expected change are, and the subjects that they stand under."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from onroll.statute.sources import Confidence

_A_DAY = timedelta(days=1)

SUBJECTS: dict[str, str] = {
    "attendance": "School attendance",
    "registers": "Registers and returns",
    "penalty_notices": "Penalty notices",
    "exclusions": "Suspension and permanent exclusion",
    "exclusion_regulations": "Suspension and permanent exclusion: the regulations",
    "sixth_day": "Education from the sixth day of an exclusion",
    "off_site": "Off-site direction",
    "children_missing": "Children missing education",
    "children_absent": "Children absent from education, as an authority reports it",
    "home_education": "Elective home education",
    "not_in_school": "Registers of children not in school",
    "alternative_provision": "Alternative provision",
    "section_19": "Education that the authority arranges (section 19)",
    "health_needs": "Children who cannot attend school because of health needs",
    "eotas": "Education otherwise than at school under a plan (EOTAS)",
    "plans": "Education, health and care plans",
    "admissions": "School places and fair access",
    "safeguarding": "Safeguarding",
    "information": "Requests for information",
}


class Kind(StrEnum):
    """What weight an edition has."""

    LAW = "law"
    STATUTORY_GUIDANCE = "statutory guidance"
    GUIDANCE = "guidance"
    LOCAL = "local statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a document, from the first day on which it is known to apply.

    `published_on` and `applies_from` are None where the day is not known, and `edition` says what
    is. `applies_until` is set by the edition that follows. `authority` is the key of the authority
    whose statement it is, empty for the nation; `issuer` names who issued it. `note` says what
    exactly is not sure.
    """

    key: str
    subject: str
    title: str
    edition: str
    kind: Kind
    cites: str
    confidence: Confidence
    issuer: str = "DfE"
    authority: str = ""
    published_on: date | None = None
    applies_from: date | None = None
    applies_until: date | None = None
    review_on: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.subject not in SUBJECTS:
            raise ValueError(f"{self.key}: {self.subject!r} is not a subject.")
        marks = {bool(self.authority), self.kind is Kind.LOCAL, self.confidence is Confidence.LOCAL}
        if len(marks) > 1:
            raise ValueError(f"{self.key} must be local in every respect or in none.")

    @property
    def statutory(self) -> bool:
        """Whether the edition is law, or guidance that must be followed or departed from openly."""
        return self.kind in (Kind.LAW, Kind.STATUTORY_GUIDANCE)

    @property
    def is_local(self) -> bool:
        """Whether it is one authority's own."""
        return self.kind is Kind.LOCAL

    @property
    def caution(self) -> str:
        """What to tell a person who sees the edition; empty when nothing needs to be said."""
        return " ".join(said for said in (self.confidence.caution, self.note) if said)

    def governs(self, on: date) -> bool:
        """Whether the edition applies on a day; never where its first day is not known."""
        if self.applies_from is None or on < self.applies_from:
            return False
        return self.applies_until is None or on <= self.applies_until

    def is_review_due(self, on: date) -> bool:
        """Whether the edition still applies though the day of its review has passed."""
        return self.review_on is not None and self.review_on < on and self.governs(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A change that has been announced or is waited for.

    `expected_on` is None where nobody has named a day; `says_when` is what has been said.
    """

    key: str
    subject: str
    title: str
    what: str
    says_when: str
    cites: str
    confidence: Confidence
    expected_on: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.subject not in SUBJECTS:
            raise ValueError(f"{self.key}: {self.subject!r} is not a subject.")

    @property
    def caution(self) -> str:
        """What to tell a person who sees the change; empty when nothing needs to be said."""
        return " ".join(said for said in (self.confidence.caution, self.note) if said)


def followed(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """End each edition on the day before the next of its subject and authority applies.

    Raises ValueError where two of one series begin on one day: neither could be said to govern.
    """
    given = tuple(editions)
    ended = []
    for edition in given:
        starts = [
            other.applies_from
            for other in given
            if other is not edition
            and (other.subject, other.authority) == (edition.subject, edition.authority)
            and other.applies_from is not None
        ]
        if edition.applies_from in starts:
            raise ValueError(f"{edition.key} begins on the same day as another edition.")
        first = edition.applies_from
        later = [] if first is None else [start for start in starts if start > first]
        ended.append(replace(edition, applies_until=min(later) - _A_DAY) if later else edition)
    return tuple(ended)


ONLY_THE_MONTH = "Only the month is known: taken from its first day."
