"""What every screen of the registers has around it: its question, its tabs, its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.attendance.forms.seeing import SeeingFilters
from onroll.office.attendance.queries import figures as queries
from onroll.office.attendance.queries import marks
from onroll.office.attendance.queries.figures import Asked, Figures, Place
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.components import Tab
from onroll.office.web.views import page

_TABS = (
    ("overview", "Overview", "home", "school"),
    ("schools", "Schools", "schools", ""),
    ("pupils", "Pupils", "pupils", "school_pupils"),
    ("groups", "Groups", "groups", "school_groups"),
    ("codes", "Codes", "codes", "school_codes"),
)
_KEPT = ("year", "until", "phase", "locality")


@dataclass(frozen=True, slots=True)
class Frame:
    """One question and what the registers answer; `figures` is None where there are no marks."""

    request: OfficeRequest
    form: SeeingFilters
    asked: Asked
    school: Place | None
    figures: Figures | None

    def address(self, name: str, key: str = "", **more: str) -> str:
        """Return another page of the same question; of a school where this page is of one."""
        key = key or self.asked.school
        if key and name in ("pupils", "groups", "codes"):
            name = f"school_{name}"
        if name == "home" and key:
            name = "school"
        args = [key] if name.startswith("school") and name != "schools" else []
        kept = {k: v for k in _KEPT if (v := self.request.GET.get(k, ""))}
        if args:
            # One school is in one phase and one area.
            kept = {k: v for k, v in kept.items() if k in ("year", "until")}
        said = urlencode({**kept, **more})
        return reverse(f"attendance:{name}", args=args) + (f"?{said}" if said else "")


def frame_of(request: OfficeRequest, form: type[SeeingFilters], *, key: str = "") -> Frame:
    """Read the question of a request, and have it counted."""
    today = clock.today()
    school = queries.place(key, today) if key else None
    years = marks.years()
    latest = years[0] if years else queries.this_year(today)
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and int(given) in years else latest
    phases, localities = ([], []) if key else queries.choices(year, today)
    rest: dict[str, Any] = {"years": years, "phases": phases, "localities": localities}
    asked = Asked(year, school=key)
    if form is not SeeingFilters:
        rest["groups"] = queries.year_group_choices(asked, by=request.actor)
    filled = form(request.GET or None, today=today, **rest)
    said = filled.asked
    asked = replace(
        asked,
        until=said.get("until"),
        phase=said.get("phase", ""),
        locality=said.get("locality", ""),
    )
    found = queries.figures(asked, by=request.actor, on=today)
    return Frame(request, filled, asked, school, found)


def seen(
    request: OfficeRequest,
    frame: Frame,
    template: str,
    context: Mapping[str, Any],
    *,
    tab: str,
    children: tuple[int, ...] = (),
) -> HttpResponse:
    """Return one screen of the registers with its tabs and its question."""
    of, school = frame.figures, frame.school
    crumbs = [("Attendance", reverse("attendance:home"))] if school else []
    shared = {
        "title": school.name if school else "Attendance",
        "caption": "Attendance" if school else "",
        "crumbs": crumbs,
        "tabs": [
            Tab(title, frame.address(of_all), is_current=key == tab)
            for key, title, of_all, of_one in _TABS
            if not school or of_one
        ],
        "filters_form": frame.form,
        "asked": frame.asked,
        "school": school,
        "of": of,
        "is_kept": marks.is_kept(),
        "counts_sealed": request.actor.may("sealed.read"),
        "may_load": request.actor.may("attendance.load"),
    }
    return page(request, template, {**shared, **context}, children=children)
