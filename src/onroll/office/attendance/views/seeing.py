"""The screens of what the registers say: the authority, a school, its pupils."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from onroll.office.attendance.policy.seeing import can_see
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.views import page


@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """Show the attendance of the whole authority."""
    if not can_see(request.actor):
        raise Unknown("page")
    return page(request, "attendance/home.html", {"title": "Attendance"}, children=())
