"""Why children are out of education: reasons in law, and reasons nearer than the national return's.

The authority keeps its own reasons for missing education, each under a national one, and the
office comes with a first list. The reasons here are those that one city's report names beside that
list; no key stands in both.
"""

from dataclasses import dataclass

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.sources import Confidence

_REPORT = "Coventry City Council, report to its scrutiny board, November 2025"


@dataclass(frozen=True, slots=True)
class AbsenceReason(Code):
    """A reason for which an absence is no offence; `marks` are the codes that record it."""

    marks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The entry as other programs read it."""
        return Code.as_json(self) | {"marks": list(self.marks)}


def _reason(key: str, title: str, marks: str, note: str = "") -> AbsenceReason:
    said = "Which marks of the register record it is worked out here."
    return AbsenceReason(
        key,
        title,
        "Education Act 1996 s.444",
        Confidence.VERIFIED,
        None,
        None,
        tuple(marks.split()),
        note=f"{said} {note}".rstrip(),
    )


ABSENCE_REASONS = CodeTable(
    "absence_reasons",
    "reasons in law for absence",
    (
        _reason("leave", "The school has granted leave", "C C1 C2 D J1 M S"),
        _reason("sickness", "Sickness", "I"),
        _reason("unavoidable", "Another unavoidable cause", "Y1 Y2 Y3 Y4 Y5 Y6 Y7"),
        _reason("religious", "A day set apart by the parent's religious body", "R"),
        _reason("travel", "The authority has not made the travel arrangements it must", "Q"),
        _reason(
            "trade",
            "The parent's trade requires travel and there is no fixed home",
            "T",
            "From the age of six the child must have attended 200 times in twelve months.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class AbsenceArea(Code):
    """A way of being out of school as one authority sorts them, counted as absent or watched.

    `rests_on` is the law on it; the sorting is the authority's.
    """

    is_counted: bool = True
    rests_on: str = ""

    def as_json(self) -> dict[str, object]:
        """The entry as other programs read it."""
        return Code.as_json(self) | {
            "is_counted": self.is_counted,
            "rests_on": self.rests_on,
        }


def _area(key: str, title: str, rests_on: str, *, is_counted: bool) -> AbsenceArea:
    return AbsenceArea(key, title, _REPORT, Confidence.LOCAL, None, None, is_counted, rests_on)


ABSENCE_AREAS = CodeTable(
    "absence_areas",
    "ways of being out of education",
    (
        _area("attendance", "On a roll and absent", "Education Act 1996 s.444", is_counted=True),
        _area(
            "missing_education",
            "Missing education, with a plan or without",
            "Education Act 1996 s.436A",
            is_counted=True,
        ),
        _area(
            "exclusion",
            "Suspended or permanently excluded",
            "Education Act 2002 s.51A; SI 2012/1033",
            is_counted=True,
        ),
        _area(
            "eotas",
            "Education otherwise than at school under a plan",
            "Children and Families Act 2014 s.61",
            is_counted=False,
        ),
        _area("home_education", "Educated at home", "Education Act 1996 s.7", is_counted=False),
    ),
)


@dataclass(frozen=True, slots=True)
class LocalReason(Code):
    """A local reason for missing education, and the national reason that it is returned under.

    `or_else` are national reasons that may fit a child better; `plans_only` says that the reason
    is for children with an education, health and care plan.
    """

    national: str = "other"
    or_else: tuple[str, ...] = ()
    plans_only: bool = False

    def as_json(self) -> dict[str, object]:
        """The entry as other programs read it."""
        return Code.as_json(self) | {
            "national": self.national,
            "or_else": list(self.or_else),
            "plans_only": self.plans_only,
        }


def _local(
    key: str, title: str, national: str, *or_else: str, plans_only: bool = False, note: str = ""
) -> LocalReason:
    said = (
        "The reason is one authority's; under which national reason it is returned is our choice."
    )
    return LocalReason(
        key,
        title,
        _REPORT,
        Confidence.DERIVED,
        None,
        None,
        national,
        or_else,
        plans_only,
        note=f"{said} {note}".rstrip(),
    )


LOCAL_MISSING_REASONS = CodeTable(
    "local_missing_reasons",
    "local reasons for missing education",
    (
        _local(
            "plan_new_to_area",
            "New to the area with a plan, awaiting a specialist place",
            "difficulty_accessing_place",
            "moved_in_from_authority",
            "moved_in_from_country",
            plans_only=True,
        ),
        _local(
            "plan_placement_broken_down",
            "Placement broken down, awaiting a new school",
            "difficulty_accessing_place",
            "dissatisfaction_send",
            plans_only=True,
        ),
        _local(
            "excluded_awaiting_school",
            "Permanently excluded, awaiting a new school",
            "difficulty_accessing_place",
            "application_awaiting_outcome",
            note="The national list has no reason of its own for it.",
        ),
        _local(
            "medically_unfit",
            "Medically unfit to be educated",
            "physical_health",
            "mental_health",
            note="Mental health where that is the ground.",
        ),
        _local(
            "extended_whereabouts_unclear",
            "Missing for ten days or more, whereabouts unclear or unknown",
            "unknown",
            "believed_moved_to_authority",
            "believed_moved_to_country",
            note="The report does not say which days are counted.",
        ),
    ),
)
