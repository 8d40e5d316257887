"""The codes of the attendance register (SI 2024/208, regulation 10, from 19 August 2024)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.commencement import REGISTERS_2024
from onroll.statute.sources import Confidence

_REGULATION = "SI 2024/208 reg 10"
_STATISTICS = "DfE, Pupil attendance in schools, categories of the 2025/26 file"
_GUIDANCE = "Working together to improve school attendance"


class Category(StrEnum):
    """What a mark means for statistics."""

    PRESENT = "present"
    APPROVED_ACTIVITY = "approved_activity"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class AttendanceCode(Code):
    """A mark for one session, with its statistical category."""

    category: Category = Category.PRESENT

    @property
    def is_possible(self) -> bool:
        """Whether the session counts among those the pupil could have attended."""
        return self.category is not Category.NOT_POSSIBLE

    @property
    def is_absence(self) -> bool:
        """Whether the mark is an absence in the statistics."""
        return self.category in (Category.AUTHORISED, Category.UNAUTHORISED)

    def as_json(self) -> dict[str, object]:
        """The code as other programs read it."""
        return Code.as_json(self) | {
            "category": self.category.value,
            "is_possible": self.is_possible,
            "is_absence": self.is_absence,
        }


def _marks(category: Category, titles: dict[str, str]) -> tuple[AttendanceCode, ...]:
    # That these sessions do not count is known from practice: the published files omit them.
    how_sure = Confidence.RECALLED if category is Category.NOT_POSSIBLE else Confidence.VERIFIED
    return tuple(
        AttendanceCode(
            key, title, f"{_REGULATION}; {_STATISTICS}", how_sure, REGISTERS_2024, None, category
        )
        for key, title in titles.items()
    )


def _outside_the_regulations(key: str, title: str) -> AttendanceCode:
    return AttendanceCode(
        key, title, _GUIDANCE, Confidence.RECALLED, None, None, Category.NOT_POSSIBLE
    )


def _withdrawn(key: str, title: str, category: Category) -> AttendanceCode:
    last = REGISTERS_2024 - timedelta(days=1)
    return AttendanceCode(key, title, _GUIDANCE, Confidence.RECALLED, None, last, category)


ATTENDANCE_CODES = CodeTable(
    "attendance_codes",
    "attendance codes",
    (
        *_marks(
            Category.PRESENT,
            {
                "/": "Present in the morning",
                "\\": "Present in the afternoon",
                "L": "Late, before the register closed",
            },
        ),
        *_marks(
            Category.APPROVED_ACTIVITY,
            {
                "K": "Education arranged by the authority",
                "V": "Educational visit or trip",
                "P": "Sporting activity",
                "W": "Work experience",
                "B": "Other approved educational activity off site",
            },
        ),
        *_marks(
            Category.AUTHORISED,
            {
                "C1": "Leave for a regulated performance or employment abroad",
                "M": "Leave for a medical or dental appointment",
                "J1": "Leave for an interview",
                "S": "Leave to study for a public examination",
                "C2": "Leave under a temporary part-time timetable",
                "C": "Leave in other exceptional circumstances",
                "T": "Parent travelling for occupational purposes",
                "R": "Religious observance",
                "I": "Illness",
                "E": "Suspended or excluded, no provision made",
            },
        ),
        *_marks(
            Category.NOT_POSSIBLE,
            {
                "X": "Under or over compulsory school age, not required to attend",
                "D": "At another school where also registered",
                "Q": "Access arrangements not made",
                "Y1": "Usual transport not available",
                "Y2": "Widespread disruption to travel",
                "Y3": "Part of the premises closed",
                "Y4": "Whole school unexpectedly closed",
                "Y5": "In criminal justice detention",
                "Y6": "Public health guidance or law",
                "Y7": "Any other unavoidable cause",
            },
        ),
        *_marks(
            Category.UNAUTHORISED,
            {
                "G": "Holiday without leave",
                "N": "Reason not yet established",
                "O": "Absent without authorisation",
                "U": "Late, after the register closed",
            },
        ),
        _outside_the_regulations("Z", "Not yet on the admission register"),
        _outside_the_regulations("#", "Planned closure of the whole school"),
        _withdrawn("H", "Holiday with leave", Category.AUTHORISED),
        _withdrawn("J", "Interview", Category.APPROVED_ACTIVITY),
        _withdrawn("Y", "Exceptional circumstances", Category.NOT_POSSIBLE),
    ),
)
