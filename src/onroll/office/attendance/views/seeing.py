"""The screens of what the registers say: the authority, its schools, groups, codes; one school."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from onroll.office.attendance.forms.seeing import SeeingFilters
from onroll.office.attendance.policy import seeing as policy
from onroll.office.attendance.queries import figures as queries
from onroll.office.attendance.queries import figures_overview
from onroll.office.attendance.queries.figures_codes import RULES, unusual
from onroll.office.attendance.queries.figures_groups import groupings
from onroll.office.attendance.views import seeing_charts as charts
from onroll.office.attendance.views.seeing_frame import Frame, frame_of, seen
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest


@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """Show the attendance of the whole authority, or of some of its schools."""
    policy.can_see(request.actor).require()
    return _overview(request, frame_of(request, SeeingFilters))


@require_safe
def school(request: OfficeRequest, key: str) -> HttpResponse:
    """Show the attendance of one school."""
    policy.can_see(request.actor).require()
    return _overview(request, frame_of(request, SeeingFilters, key=key))


def _overview(request: OfficeRequest, frame: Frame) -> HttpResponse:
    of = frame.figures
    if of is None:
        return seen(request, frame, "attendance/home.html", {}, tab="overview")
    shown = figures_overview.overview(of, by=request.actor, on=clock.today())
    context = {
        "shown": shown,
        "figures": charts.headline(of, frame.address),
        "trend": charts.trend(of, shown.last_year, shown.around),
        "counts": charts.counted(of, frame.address),
        "gaps": () if frame.asked.school else queries.gaps(frame.asked, on=clock.today()),
    }
    return seen(request, frame, "attendance/home.html", context, tab="overview")


@require_safe
def schools(request: OfficeRequest) -> HttpResponse:
    """Show the schools in order of absence, with what chance explains."""
    policy.can_see(request.actor).require()
    frame = frame_of(request, SeeingFilters)
    of = frame.figures
    context: Mapping[str, Any] = {}
    if of is not None:
        found = [
            (one, of.places[one.label].name, frame.address("school", one.label))
            for one in of.by_school()
        ]
        context = {
            "chart": charts.in_order(found, of.total["absence_rate"] or 0.0),
            "few": [line for line in found if line[0].low is None],
            "sums": [(name, url, of.by_key[one.label]) for one, name, url in found],
        }
    return seen(request, frame, "attendance/schools.html", context, tab="schools")


@require_safe
def groups(request: OfficeRequest, key: str = "") -> HttpResponse:
    """Show groups of pupils side by side, and which of them lag."""
    policy.can_see(request.actor).require()
    frame = frame_of(request, SeeingFilters, key=key)
    of = frame.figures
    found = () if of is None else groupings(of, by=request.actor, on=clock.today())
    context = {
        "groupings": found,
        "lagging": [(one.name, line) for one in found for line in one.lagging],
        "total": None if of is None else of.total,
    }
    return seen(request, frame, "attendance/groups.html", context, tab="groups")


@require_safe
def codes(request: OfficeRequest, key: str = "") -> HttpResponse:
    """Show how codes are used, and where one is used in an unusual way."""
    policy.can_see(request.actor).require()
    frame = frame_of(request, SeeingFilters, key=key)
    of = frame.figures
    context: Mapping[str, Any] = {}
    if of is not None:
        found = unusual(of, by=request.actor)
        context = {
            "mix": charts.mix(of.codes),
            "unusual": [(one, frame.address("school_codes", one.place.key)) for one in found],
            "rules": RULES,
        }
    return seen(request, frame, "attendance/codes.html", context, tab="codes")
