"""Reads that count across packages, each with its two dates."""

from onroll.office.reporting.queries.counts import (
    OpenCase,
    Staffing,
    cases_open_on,
    referrals_between,
    teams_on,
)

__all__ = ["OpenCase", "Staffing", "cases_open_on", "referrals_between", "teams_on"]
