"""The screen of what schools send: how far each one's marks reach, and what is late."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from onroll.office.attendance.forms.registers import FeedsFilter
from onroll.office.attendance.queries.registers_feeds import feeds as feed_lines
from onroll.office.attendance.views.registers import crumbs, require_loader
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import sheets
from onroll.office.web.views import download, page

SCHOOLS_A_PAGE = 50


@require_safe
def feeds(request: OfficeRequest) -> HttpResponse:
    """List the schools by how far their marks are behind."""
    require_loader(request)
    form = FeedsFilter(request.GET or None)
    found = feed_lines(clock.today(), state=form.asked.get("state", ""))
    context = {
        "title": "What schools send",
        "lead": "How far each open school’s marks reach, by its own term dates. Today is not "
        "asked for until it is over.",
        "filters_form": form,
        "is_filtered": bool(form.asked),
        "query": request.GET.urlencode(),
        "lines": Paginator(found, SCHOOLS_A_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs(),
    }
    return page(request, "attendance/register_feeds.html", context, children=())


@require_safe
def exported(request: OfficeRequest) -> HttpResponse:
    """Give the same as a table to keep."""
    require_loader(request)
    today = clock.today()
    form = FeedsFilter(request.GET or None)
    rows: list[Sequence[object]] = [
        ("URN", "School", "Marks until", "State", "School days late", "Last file", "Sent in by")
    ]
    for line in feed_lines(today, state=form.asked.get("state", "")):
        file = line.feed.file if line.feed else None
        load = file.load if file else None
        rows.append(
            (
                line.school.urn,
                line.school.name,
                line.feed.last_on if line.feed else None,
                line.says,
                line.late,
                load.received_at.date() if load else None,
                load.received_by.name if load and load.received_by else "",
            )
        )
    return download(
        request,
        filename=f"registers-of-schools-{today.isoformat()}.csv",
        content=sheets.csv_file(rows),
        content_type=sheets.CSV,
        children=(),
    )
