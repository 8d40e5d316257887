"""Why a child is missing education and for how long, in the words of the national return."""

from dataclasses import dataclass
from datetime import date

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.commencement import MISSING_EDUCATION_RETURN_2023
from onroll.statute.counting import days_since
from onroll.statute.sources import Confidence

# Reasons have been collected since autumn 2023. Five of the twenty came in autumn 2025 and the
# source does not say which, so all carry the earlier date, and none is sure of its own.
_CITES = "DfE, Children missing education, 2025/26 file (five of the 20 reasons added autumn 2025)"

_TITLES = {
    "moved_in_from_authority": "Moved in from another local authority",
    "moved_in_from_country": "Moved in from another country",
    "application_awaiting_outcome": "School application awaiting outcome",
    "place_not_yet_accepted": "Offered school place but not yet accepted",
    "waiting_school_start": "Waiting school start",
    "preference_not_met": "Did not get school preference",
    "unsuitable_home_education": "Unsuitable elective home education",
    "difficulty_accessing_place": "Difficulty accessing suitable school place",
    "dissatisfaction_general": "School dissatisfaction general",
    "dissatisfaction_send": "School dissatisfaction SEND",
    "mental_health": "Mental health",
    "physical_health": "Physical health",
    "parent_chose_not_to_register": "Parental decision not to register at school",
    "did_not_apply": "Did not apply for school place at compulsory school age",
    "challenging_attendance_order": "Challenging school attendance order",
    "believed_moved_to_authority": "Believed to have moved to another local authority",
    "believed_moved_to_country": "Believed to have moved to another country",
    "unknown": "Unknown",
    "not_recorded": "Not recorded",
    "other": "Other",
}

MISSING_REASONS = CodeTable(
    "missing_reasons",
    "reasons for missing education",
    tuple(
        Code(
            key,
            title,
            _CITES,
            Confidence.DERIVED,
            MISSING_EDUCATION_RETURN_2023,
            note=(
                "Five of the twenty reasons of the 2025/26 list were added in autumn 2025, and "
                "the source does not say which."
            ),
        )
        for key, title in _TITLES.items()
    ),
)


@dataclass(frozen=True, slots=True)
class DurationBand(Code):
    """A span of time missing education: from `from_days`, below `below_days` (None: no end).

    The published file names the bands and not their edges; that a day on the edge belongs to the
    longer band is this program's reading, which `caution` says wherever a band is shown.
    """

    from_days: int | None = None
    below_days: int | None = None

    def holds(self, days: int) -> bool:
        """Whether a number of days missing falls in this band."""
        if self.from_days is None:
            return False
        return self.from_days <= days and (self.below_days is None or days < self.below_days)

    def as_json(self) -> dict[str, object]:
        """The band as other programs read it."""
        return Code.as_json(self) | {"from_days": self.from_days, "below_days": self.below_days}


def _band(key: str, title: str, from_days: int | None, below_days: int | None) -> DurationBand:
    cites = "DfE, Children missing education, 2025/26 file; edges in days derived"
    note = "DfE names the bands, not their edges: a day on an edge counts here in the longer."
    return DurationBand(
        key,
        title,
        cites,
        Confidence.DERIVED,
        MISSING_EDUCATION_RETURN_2023,
        None,
        from_days,
        below_days,
        note=note,
    )


DURATION_BANDS = CodeTable(
    "duration_bands",
    "lengths of time missing education",
    (
        _band("under_2_weeks", "Less than 2 weeks", 0, 14),
        _band("2_to_4_weeks", "2 to 4 weeks", 14, 28),
        _band("4_to_8_weeks", "4 to 8 weeks", 28, 56),
        _band("8_to_12_weeks", "8 to 12 weeks", 56, 84),
        _band("12_to_26_weeks", "12 to 26 weeks", 84, 182),
        _band("26_to_52_weeks", "26 to 52 weeks", 182, 364),
        _band("over_52_weeks", "Over 52 weeks", 364, None),
        _band("unknown", "Unknown", None, None),
    ),
)


def duration_band(missing_from: date | None, on: date) -> DurationBand:
    """The band of a child missing since a day, as at another; Unknown without a first day.

    Raises ValueError when `on` is before the first day missing.
    """
    if missing_from is None:
        return DURATION_BANDS["unknown"]
    days = days_since(missing_from, on)
    for band in DURATION_BANDS:
        if band.holds(days):
            return band
    raise ValueError(f"The child is missing from {missing_from}, which is after {on}.")
