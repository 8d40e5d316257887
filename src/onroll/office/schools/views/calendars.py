"""Term dates: what is known, the picture of a year, the editor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.schools import actions, policy, queries
from onroll.office.schools.forms import CalendarForm
from onroll.office.schools.views.directory import GET_OR_POST, school_year, section
from onroll.office.web.components import Tab
from onroll.office.web.views import page

YEARS = range(2020, 2035)


@require_safe
def calendars(request: OfficeRequest) -> HttpResponse:
    """Show how far the term dates reach, and where they are needed."""
    today = clock.today()
    now = school_year(today)
    known = queries.years_known(school=None)
    return page(
        request,
        "schools/calendars.html",
        {
            "title": "Term dates",
            "tabs": section("calendars"),
            "years": [(y, _name(y), y in known) for y in sorted({*known, now - 1, now, now + 1})],
            "ending": queries.ending_soon(today),
            "may_edit": policy.can_edit(request.actor),
            "year": now,
        },
        children=(),
    )


@require_safe
def calendar(request: OfficeRequest, year: int, pk: int | None = None) -> HttpResponse:
    """Show one school year as a picture, of the authority or of one school."""
    school = queries.school(pk) if pk else None
    _real(year)
    shown = queries.calendar_page(school=school, year=year)
    return page(
        request,
        "schools/calendar.html",
        {
            "title": f"Term dates {_name(year)}",
            "caption": school.name if school else "The authority's default",
            "crumbs": [
                ("Schools", reverse("schools:schools")),
                (school.name, reverse("schools:school", args=[school.pk]))
                if school
                else ("Term dates", reverse("schools:calendars")),
            ],
            "shown": shown,
            "school": school,
            "year": year,
            "tabs": [Tab(_name(y), _url(y, pk), y == year) for y in range(year - 1, year + 2)],
            "edit_url": _url(year, pk, edit=True),
            "may_edit": policy.can_edit(request.actor),
        },
        children=(),
    )


@require_http_methods(GET_OR_POST)
def edit(request: OfficeRequest, year: int, pk: int | None = None) -> HttpResponse:
    """Write the term dates of one school year."""
    school = queries.school(pk) if pk else None
    _real(year)
    policy.can_edit(request.actor).require()
    shown = queries.calendar_page(school=school, year=year)
    if request.method == "POST":
        form = CalendarForm(request.POST)
        if form.is_valid():
            try:
                actions.save_calendar(
                    school=school,
                    year=year,
                    terms=[actions.TermDates(*term) for term in form.given_terms()],
                    days=[actions.DayOff(*day) for day in form.given_days()],
                    version=form.cleaned_data["version"],
                    by=request.actor,
                )
            except Faulty as faulty:
                form.refuse(faulty)
            else:
                messages.success(request, f"The term dates of {_name(year)} were saved.")
                return redirect(_url(year, pk))
    else:
        form = CalendarForm(
            initial=_initial(shown),
            terms=len(shown.terms),
            days=len(shown.days),
            version=shown.version,
        )
    return page(
        request,
        "schools/calendar_edit.html",
        {
            "title": f"Term dates {_name(year)}",
            "caption": school.name if school else "The authority's default",
            "form": form,
            "is_copied": shown.is_authoritys,
            "cancel_url": _url(year, pk),
            "back_url": _url(year, pk),
        },
        children=(),
    )


@require_POST
def drop(request: OfficeRequest, pk: int, year: int) -> HttpResponse:
    """Take away a school's own term dates."""
    school = queries.school(pk)
    try:
        actions.drop_calendar(school=school, year=year, by=request.actor)
    except Faulty as faulty:
        messages.error(request, str(faulty))
    else:
        messages.success(request, f"{school} goes by the authority's term dates again.")
    return redirect(_url(year, pk))


def _initial(shown: queries.CalendarPage) -> dict[str, object]:
    given: dict[str, object] = {}
    for i, (name, first, last) in enumerate(shown.terms):
        given |= {f"term_{i}_name": name, f"term_{i}_first": first, f"term_{i}_last": last}
    for i, off in enumerate(shown.days):
        year = "" if off.year_group is None else str(off.year_group)
        given |= {
            f"day_{i}_on": off.on,
            f"day_{i}_why": off.why,
            f"day_{i}_session": off.session,
            f"day_{i}_year": year,
        }
    return given


def _url(year: int, pk: int | None, *, edit: bool = False) -> str:
    if pk is None:
        return reverse("schools:edit_calendar" if edit else "schools:calendar", args=[year])
    return reverse(
        "schools:edit_school_calendar" if edit else "schools:school_calendar", args=[pk, year]
    )


def _real(year: int) -> None:
    if year not in YEARS:
        raise Unknown(f"no school year {year}")


def _name(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
