"""The directory of schools, a school's own page, and whom to ring in it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import page_of, year_group_words
from onroll.office.schools import actions, policy, queries
from onroll.office.schools.forms import (
    ContactChangeForm,
    ContactForm,
    EndForm,
    GapsFilter,
    LocalityForm,
    SchoolsFilter,
    VacanciesForm,
)
from onroll.office.web.components import Row, Tab
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import page
from onroll.statute import ages

SCHOOLS_A_PAGE = 50
GET_OR_POST = ["GET", "HEAD", "POST"]


def section(current: str) -> list[Tab]:
    """Return the views of the directory, with the one that is open."""
    return [
        Tab("Schools", reverse("schools:schools"), current == "schools"),
        Tab("Contact gaps", reverse("schools:gaps"), current == "gaps"),
        Tab("Term dates", reverse("schools:calendars"), current == "calendars"),
    ]


@require_safe
def schools(request: OfficeRequest) -> HttpResponse:
    """List schools, narrowed by the filters."""
    filters_form = SchoolsFilter(request.GET or None)
    asked = {key: str(value) for key, value in filters_form.asked.items()}
    found = queries.schools(
        queries.SchoolFilter(**asked), on=clock.today(), sort=request.GET.get("sort", "name")
    )
    return page(
        request,
        "schools/schools.html",
        {
            "title": "Schools",
            "tabs": section("schools"),
            "filters_form": filters_form,
            "sort": "name",
            "schools": Paginator(found, SCHOOLS_A_PAGE).get_page(request.GET.get("page")),
        },
        children=(),
    )


@require_safe
def school(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one school: details, contacts, calendar, vacancies, and its roll to those who may."""
    today = clock.today()
    found = queries.school(pk)
    roll = queries.roll_of(found, by=request.actor, on=today)
    held = queries.contacts(found, today)
    locality = queries.locality_of(found, today)
    calendar = queries.calendar_for(school_id=found.pk, on=today)
    may_edit = policy.can_edit(request.actor)
    return page(
        request,
        "schools/school.html",
        {
            "title": found.name,
            "caption": " · ".join(x for x in (found.phase, found.type_name) if x),
            "crumbs": [("Schools", reverse("schools:schools"))],
            "school": found,
            "details": _details(found),
            "contacts": held,
            "gaps": queries.gaps_of(held),
            "may_edit": may_edit,
            "may_edit_contacts": policy.can_edit_contacts(request.actor, found),
            "calendar": calendar,
            "year": school_year(today),
            "links": queries.links(found),
            "locality": locality.locality.name if locality else "",
            "vacancies": queries.vacancies(found, today),
            "roll": [
                (line, page_of(line.child.ref), year_group_words(line.child, today))
                for line in roll
            ],
            "may_list": policy.can_list_roll(request.actor, found),
            "roll_links": queries.links_beside_roll(request.actor, found),
            "count": queries.roll_count(found, on=today),
        },
        children=[line.child.pk for line in roll],
    )


def school_year(today: date) -> int:
    """Return the September in which the school year of a day began."""
    return ages.school_year(today).first.year


def _details(found: Any) -> list[Row]:
    ages = (
        f"{found.low_age} to {found.high_age}"
        if found.low_age is not None and found.high_age is not None
        else ""
    )
    rows = [
        Row("Status", found.status or "Not in DfE's register"),
        Row("URN", found.urn or "None"),
        Row("DfE number", found.laestab),
        Row("Ages", ages),
        Row("Head teacher", found.head),
        Row("Telephone", found.telephone),
        Row("Address", ", ".join(x for x in (found.address, found.town, found.postcode) if x)),
        Row("Trust", found.trust),
        Row("Website", found.website),
        Row("Opened", day(found.opened_on)),
        Row("Closed", day(found.closed_on)),
        Row("Pupils, by DfE's register", found.pupils),
        Row("Last seen in DfE's register", day(found.last_seen_in_extract_on)),
    ]
    always = {"Status", "URN", "Head teacher", "Telephone", "Address"}
    return [row for row in rows if row.value or row.label in always]


@require_safe
def gaps(request: OfficeRequest) -> HttpResponse:
    """List the schools in which nobody is named for a role that every school should fill."""
    today = clock.today()
    filters_form = GapsFilter(request.GET or None)
    role = str(filters_form.asked.get("role", ""))
    expected = [one for one in queries.EXPECTED if role in ("", one.role)]
    found = queries.contact_gaps(today, role=role)
    return page(
        request,
        "schools/gaps.html",
        {
            "title": "Contact gaps",
            "lead": "Open schools of this authority where nobody is named for a role, "
            "or nobody named can be reached.",
            "tabs": section("gaps"),
            "filters_form": filters_form,
            "expected": expected,
            "schools": [
                (
                    one.school,
                    [one.by_role.get(e.role) for e in expected],
                    policy.can_edit_contacts(request.actor, one.school),
                )
                for one in found
            ],
            "all": len(queries.own_schools_open_on(today)),
        },
        children=(),
    )


@require_http_methods(GET_OR_POST)
def add_contact(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record whom to ring in a school."""
    found = queries.school(pk)
    policy.can_edit_contacts(request.actor, found).require()
    form = ContactForm(
        request.POST or None,
        initial={"starts_on": clock.today(), "role": request.GET.get("role", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_contact(school=found, by=request.actor, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{form.cleaned_data['name']} was recorded.")
            return redirect("schools:school", pk)
    return _form(request, found, form, "Add a contact")


@require_http_methods(GET_OR_POST)
def change_contact(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put a contact right."""
    contact = _contact(request, pk)
    held = {x: getattr(contact, x) for x in ("name", "telephone", "email")}
    form = ContactChangeForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_contact(contact=contact, by=request.actor, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{form.cleaned_data['name']} was changed.")
            return redirect("schools:school", contact.school_id)
    return _form(request, contact.school, form, f"Change the {contact.get_role_display().lower()}")


@require_http_methods(GET_OR_POST)
def end_contact(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record that somebody is no longer the one to ring."""
    contact = _contact(request, pk)
    form = EndForm(request.POST or None, today=clock.today(), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_contact(contact=contact, by=request.actor, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{contact.name} is no longer listed after that day.")
            return redirect("schools:school", contact.school_id)
    role = contact.get_role_display().lower()
    return _form(request, contact.school, form, f"End {contact.name} as {role}")


def _contact(request: OfficeRequest, pk: int) -> Any:
    contact = queries.contact(pk)
    decision = policy.can_edit_contacts(request.actor, contact.school)
    if not decision and not request.actor.permissions:
        raise Unknown("no such contact")
    decision.require()
    return contact


@require_http_methods(GET_OR_POST)
def locality(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say in which locality a school is counted."""
    found = queries.school(pk)
    policy.can_edit(request.actor).require()
    form = LocalityForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_in_locality(school=found, by=request.actor, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, "The locality was recorded.")
            return redirect("schools:school", pk)
    return _form(request, found, form, "Change the locality")


@require_http_methods(GET_OR_POST)
def vacancies(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record the places free in a year group."""
    found = queries.school(pk)
    policy.can_edit_contacts(request.actor, found).require()
    today = clock.today()
    form = VacanciesForm(request.POST or None, today=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_vacancies(school=found, by=request.actor, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, "The places were recorded.")
            return redirect("schools:school", pk)
    return _form(request, found, form, "Record places free")


def _form(request: OfficeRequest, found: Any, form: object, title: str) -> HttpResponse:
    url = reverse("schools:school", args=[found.pk])
    return page(
        request,
        "web/form.html",
        {
            "title": title,
            "caption": found.name,
            "form": form,
            "cancel_url": url,
            "back_url": url,
            "back_label": found.name,
        },
        children=(),
    )
