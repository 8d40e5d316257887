"""The screens of pupils: who is absent, and one child's year."""

from collections.abc import Sequence
from datetime import datetime, time

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.attendance.forms.seeing import ChildFilters, PupilFilters
from onroll.office.attendance.policy import seeing as policy
from onroll.office.attendance.queries import figures_child as children
from onroll.office.attendance.queries import marks
from onroll.office.attendance.queries.figures_pupils import (
    SORTS,
    Narrowed,
    PupilLine,
    pupils_of,
)
from onroll.office.attendance.views import seeing_charts as charts
from onroll.office.attendance.views.seeing_frame import Frame, frame_of, seen
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people
from onroll.office.web.sheets import CSV, csv_file
from onroll.office.web.views import download, page

_ON_A_PAGE = 50
_HEADS = ("Pupil", "Reference", "School", "URN", "Year group", "Possible sessions", "Authorised",
          "Unauthorised", "Absence %", "Alerts")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def pupils(request: OfficeRequest, key: str = "") -> HttpResponse:
    """List the pupils of a school or of the authority; a name to search for is posted."""
    policy.can_see(request.actor).require()
    frame = frame_of(request, PupilFilters, key=key)
    may_list = policy.can_list(request.actor)
    text = request.POST.get("name", "").strip()
    found = _found(request, frame, text) if may_list else []
    if request.GET.get("format") == "csv":
        policy.can_export(request.actor).require()
        return _csv(frame, found)
    shown = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    if request.GET.get("print"):
        shown = Paginator(found, max(len(found), 1)).get_page(1)
    context = {
        "lines": shown,
        "count": len(found),
        "text": text,
        "refusal": may_list.refusal,
        "may_export": policy.can_export(request.actor),
        "is_of_school": bool(key),
        "sort": request.GET.get("sort", "-absence"),
        "is_to_print": bool(request.GET.get("print")),
    }
    of_page = tuple(line.pk for line in shown)
    return seen(request, frame, "attendance/pupils.html", context, tab="pupils", children=of_page)


def _found(request: OfficeRequest, frame: Frame, text: str) -> Sequence[PupilLine]:
    if frame.figures is None:
        return []
    said = frame.form.asked
    sort = request.GET.get("sort", "")
    asked = Narrowed(
        kind=said.get("kind", ""),
        year_group=said.get("group", ""),
        text=text,
        sort=sort if sort.removeprefix("-") in SORTS else "-absence",
    )
    return pupils_of(frame.figures, asked, by=request.actor)


def _csv(frame: Frame, found: Sequence[PupilLine]) -> HttpResponse:
    of = frame.figures
    last = of.last_day.isoformat() if of is not None and of.last_day else "none"
    rows = [
        (line.name, line.ref, line.place.name, line.place.key, line.year, line.possible,
         line.authorised, line.unauthorised, round(line.absence, 1), "; ".join(line.says))
        for line in found
    ]  # fmt: skip
    name = f"absence-{frame.asked.school or 'all'}-{last}.csv"
    return download(
        frame.request,
        filename=name,
        content=csv_file([_HEADS, *rows]),
        content_type=CSV,
        children=[line.pk for line in found],
    )


@require_safe
def pupil(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show one child's year session by session, with absences, codes and alerts."""
    policy.can_see(request.actor).require()
    today = clock.today()
    child = people.child_for(request.actor, ref)
    years = marks.years()
    form = ChildFilters(request.GET or None, today=today, years=years)
    asked = form.asked
    known_on = asked.get("known")
    known_at = (
        timezone.make_aware(datetime.combine(known_on, time.max)) if known_on is not None else None
    )
    year = int(asked["year"]) if "year" in asked else years[0] if years else None
    found = (
        children.of_child(
            child, by=request.actor, on=today, year=year, until=asked.get("until"),
            known_at=known_at,
        )
        if year is not None
        else []
    )  # fmt: skip
    context = {
        "title": f"Attendance of {child}",
        "crumbs": [
            ("Attendance", reverse("attendance:home")),
            (str(child), people.page_of(child.ref)),
        ],
        "banner": people.banner(child, by=request.actor, on=today),
        "subject": child,
        "filters_form": form,
        "at": [(one, charts.year_of(one)) for one in found],
        "whole": children.together(found),
        "asked": asked,
        "known_on": known_on,
        "year": year,
        "is_kept": marks.is_kept(),
    }
    return page(request, "attendance/pupil.html", context, children=[child.pk])
