"""Why a family educates at home, in the words of the national return."""

from dataclasses import dataclass

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.commencement import HOME_EDUCATION_RETURN_2022
from onroll.statute.sources import Confidence


@dataclass(frozen=True, slots=True)
class HomeEducationReason(Code):
    """A reason for home education, and whether it may point to a school that pressed for it.

    `off_rolling` says why it may, and is empty where it does not: a question to ask of the school,
    never a finding. It is worked out from one authority's report, which says that home education
    must not stand in for an exclusion or for steps about attendance.
    """

    off_rolling: str = ""
    off_rolling_confidence: Confidence = Confidence.DERIVED

    @property
    def may_be_off_rolling(self) -> bool:
        """Whether the reason should lead somebody to ask the school."""
        return bool(self.off_rolling)

    def as_json(self) -> dict[str, object]:
        """The entry as other programs read it."""
        sure = self.off_rolling_confidence.value if self.may_be_off_rolling else None
        return Code.as_json(self) | {
            "may_be_off_rolling": self.may_be_off_rolling,
            "off_rolling": self.off_rolling,
            "off_rolling_confidence": sure,
        }


_TITLES = {
    "mental_health": "Mental health",
    "physical_health": "Physical health",
    "covid": "Health concerns related to COVID19",
    "dissatisfaction_general": "School dissatisfaction general",
    "dissatisfaction_send": "School dissatisfaction SEND",
    "dissatisfaction_bullying": "School dissatisfaction bullying",
    "lifestyle": "Lifestyle",
    "philosophical": "Philosophical or preferential",
    "religious": "Religious",
    "risk_of_exclusion": "Risk of school exclusion",
    "permanent_exclusion": "Permanent exclusion",
    "preference_not_met": "Did not get school preference",
    "difficulty_accessing_place": "Difficulty accessing suitable school place",
    "place_not_yet_accepted": "Offered school place but not yet accepted",
    "did_not_apply": "Did not apply for school place at compulsory school age",
    "school_suggestion": "School suggestion",
    "other": "Other",
    "no_reason_given": "No reason given",
    "unknown": "Unknown",
}

# A permanent exclusion is a decision of the school's with a procedure and a review, not pressure
# on a family; the other reasons do not speak of the school's part at all.
_OFF_ROLLING = {
    "school_suggestion": "The family says that the school proposed it.",
    "risk_of_exclusion": "Home education may stand in for an exclusion.",
}

HOME_EDUCATION_REASONS = CodeTable(
    "home_education_reasons",
    "reasons for home education",
    tuple(
        HomeEducationReason(
            key,
            title,
            "DfE, Elective home education, data catalogue 2025/26",
            Confidence.DERIVED,
            HOME_EDUCATION_RETURN_2022,
            off_rolling=_OFF_ROLLING.get(key, ""),
            note=(
                "Taken from the list of 2025/26. Reasons have been collected since autumn 2022, "
                "and the list of that year was not at hand."
            ),
        )
        for key, title in _TITLES.items()
    ),
)
