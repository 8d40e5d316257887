"""The reports: one file each, entered here. A report asks its question with both dates."""

from onroll.office.reporting.reports import (
    completeness,
    contact_gaps,
    late_referrals,
    no_action,
    no_consideration,
    open_cases,
    posts,
    responsibilities,
    worklist,
)
from onroll.office.reporting.reports.report import Answer, Question, Report, Total

__all__ = ["ALL", "Answer", "Question", "Report", "Total", "by_key"]

ALL: tuple[Report, ...] = (
    open_cases.REPORT,
    worklist.REPORT,
    no_action.REPORT,
    no_consideration.REPORT,
    late_referrals.REPORT,
    completeness.REPORT,
    contact_gaps.REPORT,
    posts.REPORT,
    responsibilities.REPORT,
)


def by_key(key: str) -> Report | None:
    """Return one report, or None where there is none of that name."""
    return next((report for report in ALL if report.key == key), None)
