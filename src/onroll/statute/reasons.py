"""Where a child can stand, what may be said of it, and what holds of a child on one day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.statute.sources import Confidence
from onroll.statute.spans import ChildFacts, Span, What

ACT = "Education Act 1996 s.436A"


class Place(StrEnum):
    """Where a child stands."""

    ON_ROLL = "on_roll"
    HOME_EDUCATED = "home_educated"
    ALTERNATIVE_PROVISION = "alternative_provision"
    HOSPITAL_EDUCATION = "hospital_education"
    EOTAS = "eotas"
    DETAINED = "detained"
    MISSING_EDUCATION = "missing_education"
    LEFT_AREA = "left_area"
    LEFT_COUNTRY = "left_country"
    UNDER_SCHOOL_AGE = "under_school_age"
    OVER_SCHOOL_AGE = "over_school_age"
    DIED = "died"

    @property
    def says(self) -> str:
        """Where the child stands, as a sentence about a day goes on."""
        return {
            Place.ON_ROLL: "on a school roll",
            Place.HOME_EDUCATED: "educated at home",
            Place.ALTERNATIVE_PROVISION: "in alternative provision",
            Place.HOSPITAL_EDUCATION: "in hospital education",
            Place.EOTAS: "educated otherwise than at school",
            Place.DETAINED: "detained",
            Place.MISSING_EDUCATION: "missing education",
            Place.LEFT_AREA: "has left the area",
            Place.LEFT_COUNTRY: "has left the country",
            Place.UNDER_SCHOOL_AGE: "under compulsory school age",
            Place.OVER_SCHOOL_AGE: "over compulsory school age",
            Place.DIED: "has died",
        }[self]


class Bearing(StrEnum):
    """What a reason has to do with the standing."""

    DECIDES = "decides"
    """It is why the child stands there; there is one."""
    BESIDE = "beside"
    """It holds as well and does not decide."""
    LOCAL = "local"
    """For this the authority counts the child, beside the national definition."""
    REGISTER = "register"
    """For this the child would be in a register that is not law yet."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why, with its source, how sure that is, and what it has to do with it.

    `criterion` is the stable key of what it rests on: the standing where it decides, else the
    thing recorded, such as `applied_for_place`.
    """

    says: str
    cites: str
    confidence: Confidence = Confidence.VERIFIED
    bearing: Bearing = Bearing.DECIDES
    criterion: str = ""

    def as_json(self) -> dict[str, str]:
        """The reason as the command prints it."""
        return {
            "says": self.says,
            "cites": self.cites,
            "bearing": self.bearing.value,
            "criterion": self.criterion,
            "confidence": self.confidence.value,
            "caution": self.confidence.caution,
        }


@dataclass(frozen=True, slots=True)
class ChildDay:
    """What holds of one child on one day."""

    child: ChildFacts
    on: date
    spans: tuple[Span, ...]

    def of(self, what: What) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.what is what)

    def suitable(self, what: What) -> Span | None:
        return next((span for span in self.of(what) if span.suitable), None)

    @property
    def enrolled(self) -> Span | None:
        """The roll entry that has started, full time before part time."""
        started = sorted((s for s in self.of(What.ROLL) if not s.expected), key=is_part_time)
        return started[0] if started else None


PROVISION = {
    What.HOSPITAL_EDUCATION: Place.HOSPITAL_EDUCATION,
    What.ALTERNATIVE_PROVISION: Place.ALTERNATIVE_PROVISION,
    What.PRIVATE_TUITION: Place.ALTERNATIVE_PROVISION,
    What.SECTION_19: Place.ALTERNATIVE_PROVISION,
}


def is_part_time(span: Span) -> bool:
    return span.part_time
