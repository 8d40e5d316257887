"""What is recorded of a child over time: the facts from which a standing follows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.statute.ages import RECEPTION, YEAR_13
from onroll.statute.reading import Reader

_CHILD_KEYS = ("born_on", "resident", "year_group", "spans")
_SPAN_KEYS = (
    "what", "from", "to", "school", "part_time", "expected", "suitable", "suitability",
    "confirmed", "verified",
)  # fmt: skip


class Outcome(StrEnum):
    """What has been found of an education, as a whole."""

    SUITABLE = "suitable"
    UNSUITABLE = "unsuitable"
    NOT_ASSESSED = "not_assessed"


class What(StrEnum):
    """What a span records."""

    ROLL = "roll"
    HOME_EDUCATION = "home_education"
    ALTERNATIVE_PROVISION = "alternative_provision"
    HOSPITAL_EDUCATION = "hospital_education"
    PRIVATE_TUITION = "private_tuition"
    EOTAS = "eotas"
    SECTION_19 = "section_19"
    APPLIED_FOR_PLACE = "applied_for_place"
    OFFERED_PLACE = "offered_place"
    WHEREABOUTS_UNKNOWN = "whereabouts_unknown"
    DESTINATION_UNKNOWN = "destination_unknown"
    IRREGULAR_ATTENDANCE = "irregular_attendance"
    MOVED_AWAY = "moved_away"
    ABROAD = "abroad"
    DETAINED = "detained"
    DIED = "died"

    @property
    def says(self) -> str:
        """The thing in words that follow "receives" or "there is"."""
        return {
            What.EOTAS: "education otherwise than at school",
            What.SECTION_19: "education arranged under section 19",
        }.get(self, self.value.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Span:
    """One thing that was so from a day to another, both included; without an end it still is.

    Only what fits the kind is read: `school`, `part_time` and `expected` (accepted, not started)
    of a roll entry; `suitability` of home education; `suitable` of other provision (None: nobody
    has judged it); `confirmed` of a move; `verified` of being abroad.
    """

    what: What
    starts_on: date
    ends_on: date | None = None
    school: str = ""
    part_time: bool = False
    expected: bool = False
    suitable: bool | None = None
    suitability: str = Outcome.NOT_ASSESSED
    confirmed: bool = False
    verified: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether it is so on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What decides where one child stands. `year_group` is the one taught in, if recorded."""

    born_on: date | None
    spans: tuple[Span, ...] = ()
    resident: bool = True
    year_group: int | None = None


def read_child(given: object) -> ChildFacts:
    """Read the facts of a child as parsed from JSON. Raises FaultyInput naming each fault."""
    reader = Reader()
    child = reader.mapping(given, "facts")
    reader.known_keys(child, _CHILD_KEYS, "")
    born_on = None
    if "born_on" not in child and not reader.faults:
        reader.fault("born_on", "is missing.", "Give the date of birth, or null if not known.")
    elif child.get("born_on") is not None:
        born_on = reader.a_date(child["born_on"], "born_on")
    resident = reader.truth(child.get("resident", True), "resident")
    year = child.get("year_group")
    if year is not None:
        year = reader.whole_number(year, "year_group")
        if year is not None and not RECEPTION <= year <= YEAR_13:
            reader.fault("year_group", f"there is no year {year}.", "Use 0 (Reception) to 13.")
    spans = [
        _read_span(reader, span, f"spans[{i}]")
        for i, span in enumerate(reader.items(child.get("spans", []), "spans"))
    ]
    reader.finish()
    return ChildFacts(
        born_on=born_on,
        spans=tuple(span for span in spans if span is not None),
        resident=bool(resident),
        year_group=year,
    )


def _read_span(reader: Reader, given: object, where: str) -> Span | None:
    before = len(reader.faults)
    span = reader.mapping(given, where)
    reader.known_keys(span, _SPAN_KEYS, where)
    what = reader.one_of(span.get("what"), f"{where}.what", [w.value for w in What])
    starts_on = reader.a_date(span.get("from"), f"{where}.from")
    ends_on = None
    if span.get("to") is not None:
        ends_on = reader.a_date(span["to"], f"{where}.to")
    if starts_on and ends_on and ends_on < starts_on:
        problem = f"ends on {ends_on}, before it starts on {starts_on}."
        reader.fault(where, problem, "Correct one of the dates.")
    truths = {
        name: bool(reader.truth(span[name], f"{where}.{name}"))
        for name in ("part_time", "expected", "suitable", "confirmed", "verified")
        if span.get(name) is not None
    }
    suitability = span.get("suitability")
    if suitability is not None:
        suitability = reader.one_of(suitability, f"{where}.suitability", tuple(Outcome))
    if len(reader.faults) > before or what is None or starts_on is None:
        return None
    return Span(
        what=What(what),
        starts_on=starts_on,
        ends_on=ends_on,
        school=str(span.get("school") or ""),
        part_time=truths.get("part_time", False),
        expected=truths.get("expected", False),
        suitable=truths.get("suitable"),
        suitability=suitability or Outcome.NOT_ASSESSED,
        confirmed=truths.get("confirmed", False),
        verified=truths.get("verified", False),
    )
