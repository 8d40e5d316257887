"""What every page of such a case begins with."""

from typing import Any

from django.urls import reverse

from onroll.office.casework.queries.cases import case_for
from onroll.office.cme import queries
from onroll.office.kernel.requests import OfficeRequest


def case_of(request: OfficeRequest, ref: str) -> Any:
    """Return a case of missing education that this person may know. Raises Unknown."""
    case = case_for(request.actor, ref)
    queries.record_of(case)
    return case


def home_of(case: Any) -> str:
    """Return where a case is."""
    return reverse("casework:case", args=[case.ref])
