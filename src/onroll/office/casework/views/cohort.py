"""The chronologies of several children as one file: of a list, of those ticked, of a school."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.casework.forms import children as forms
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.queries import worklist as queries
from onroll.office.casework.queries.chronology import chronology
from onroll.office.casework.views.children import HEADINGS, lines_of
from onroll.office.casework.views.mywork import filters_of
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people
from onroll.office.schools import policy as school_policy
from onroll.office.schools import queries as schools
from onroll.office.web.sheets import CSV, csv_file
from onroll.office.web.views import download, page


@dataclass(frozen=True, slots=True)
class Chosen:
    """The children whose chronologies go together, and where they were chosen."""

    where: str
    children: Sequence[int]
    back: str


def cohort(request: OfficeRequest) -> HttpResponse:
    """Give the chronologies of several children together, for a tribunal or an inspection."""
    policy.can_export(request.actor).require()
    chosen = _chosen(request)
    if chosen is not None:
        policy.can_export_chronologies(request.actor, count=len(chosen.children)).require()
    form = forms.Cohort(request.POST or None, is_chosen=chosen is not None)
    if request.method == "POST" and form.is_valid():
        return _made(request, _children(request, form, chosen), form.cleaned_data)
    named = _children(request, form, chosen) if chosen is not None else []
    context = {
        "title": "Chronologies",
        "lead": "One file for an ombudsman, a tribunal or an inspection. Who took it is recorded.",
        "form": form,
        "chosen": chosen,
        "named": named,
        "submit": "Make the chronologies",
        "cancel_url": chosen.back if chosen is not None else reverse("casework:my_work"),
    }
    return page(request, "casework/cohort.html", context, children=[child.pk for child in named])


def _chosen(request: OfficeRequest) -> Chosen | None:
    """Return the children chosen by the address: cases ticked, a list of cases, a school's roll."""
    today = clock.today()
    given = request.GET
    if refs := given.getlist("ref"):
        children = queries.cohort_of_refs(request.actor, refs)
        return Chosen("the cases that you ticked", children, reverse("casework:cases"))
    if given.get("list") == "cases":
        _, filters = filters_of(request)
        children = queries.cohort_of_cases(request.actor, today, filters)
        asked = given.copy()
        del asked["list"]
        back = f"{reverse('casework:cases')}?{asked.urlencode()}"
        return Chosen("the list of cases, as it was filtered", children, back)
    if number := given.get("school", ""):
        if not number.isdecimal():
            raise Unknown(f"There is no school {number}.")
        school = schools.school(int(number))
        school_policy.can_list_roll(request.actor, school).require()
        roll = schools.roll_of(school, by=request.actor, on=today)
        children = list(dict.fromkeys(line.child.pk for line in roll))
        return Chosen(
            f"the roll of {school.name} today",
            children,
            reverse("schools:school", args=[school.pk]),
        )
    return None


def _children(request: OfficeRequest, form: forms.Cohort, chosen: Chosen | None) -> list[Any]:
    if chosen is not None:
        return people.children_by_key(request.actor, chosen.children)
    found = [people.child_for(request.actor, ref) for ref in form.cleaned_data["refs"]]
    policy.can_export_chronologies(request.actor, count=len(found)).require()
    return found


def _made(request: OfficeRequest, children: Sequence[Any], given: dict[str, Any]) -> HttpResponse:
    found = [
        (child, chronology(child, by=request.actor, first=given["first"], last=given["last"]))
        for child in children
    ]
    shown = [child.pk for child in children]
    if given["as_what"] == "html":
        context = {
            "title": "Chronologies", "chronologies": found, "why": given["why"],
            "first": given["first"], "last": given["last"],
        }  # fmt: skip
        return page(request, "casework/chronology_print.html", context, children=shown)
    table = [line for child, entries in found for line in lines_of(child, entries)]
    return download(
        request, filename=f"chronologies-{clock.today().isoformat()}.csv",
        content=csv_file([HEADINGS, *table]), content_type=CSV, children=shown,
    )  # fmt: skip
