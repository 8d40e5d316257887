"""The code tables of registers, exclusions and national returns, each entry dated and cited."""

from onroll.statute.codes.absent import (
    ABSENCE_AREAS,
    ABSENCE_REASONS,
    LOCAL_MISSING_REASONS,
    AbsenceArea,
    AbsenceReason,
    LocalReason,
)
from onroll.statute.codes.attendance import ATTENDANCE_CODES, AttendanceCode, Category
from onroll.statute.codes.exclusions import EXCLUSION_REASONS
from onroll.statute.codes.fair_access import FAIR_ACCESS_GROUPS
from onroll.statute.codes.grounds import DELETION_GROUNDS
from onroll.statute.codes.home_education import HOME_EDUCATION_REASONS, HomeEducationReason
from onroll.statute.codes.missing import (
    DURATION_BANDS,
    MISSING_REASONS,
    DurationBand,
    duration_band,
)
from onroll.statute.codes.table import Code, CodeTable

AnyTable = (
    CodeTable[AbsenceArea]
    | CodeTable[AbsenceReason]
    | CodeTable[AttendanceCode]
    | CodeTable[Code]
    | CodeTable[DurationBand]
    | CodeTable[HomeEducationReason]
    | CodeTable[LocalReason]
)

TABLES: tuple[AnyTable, ...] = (
    ATTENDANCE_CODES,
    ABSENCE_REASONS,
    DELETION_GROUNDS,
    EXCLUSION_REASONS,
    MISSING_REASONS,
    LOCAL_MISSING_REASONS,
    DURATION_BANDS,
    ABSENCE_AREAS,
    HOME_EDUCATION_REASONS,
    FAIR_ACCESS_GROUPS,
)


def codes_as_json() -> list[dict[str, object]]:
    """Return every table with its entries: days, sources, confidence, cautions and meanings."""
    return [table.as_json() for table in TABLES]


__all__ = [
    "ABSENCE_AREAS",
    "ABSENCE_REASONS",
    "ATTENDANCE_CODES",
    "DELETION_GROUNDS",
    "DURATION_BANDS",
    "EXCLUSION_REASONS",
    "FAIR_ACCESS_GROUPS",
    "HOME_EDUCATION_REASONS",
    "LOCAL_MISSING_REASONS",
    "MISSING_REASONS",
    "TABLES",
    "AbsenceArea",
    "AbsenceReason",
    "AttendanceCode",
    "Category",
    "Code",
    "CodeTable",
    "DurationBand",
    "HomeEducationReason",
    "LocalReason",
    "codes_as_json",
    "duration_band",
]
