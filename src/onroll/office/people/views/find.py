"""Find a child, and add one that was searched for and not found.

What is typed about a child never stands in an address: searches are sent by POST, with and without
JavaScript, and the address of a child's page is a random reference.
"""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from onroll.matching import normalise
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.references import read_shown, shown_once
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people import actions, policy, queries
from onroll.office.people.forms.children import AddForm, EmergencyForm, FindForm
from onroll.office.people.queries.asked import asked
from onroll.office.web.views import page


def find(request: OfficeRequest) -> HttpResponse:
    """The one box; as one types, only the list is sent."""
    policy.can_find(request.actor).require()
    form = FindForm(request.POST or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    text, number = given.get("q", ""), given.get("page") or 1
    found = None
    if text:
        found = queries.find(text=text, by=request.actor, page=number, on=clock.today())
    # Set by django_htmx's middleware, of which Django's types know nothing.
    is_typing = request.htmx  # type: ignore[attr-defined]
    if found and not is_typing and not found.children and len(found.leads) == 1:
        return redirect(found.leads[0].url)
    return page(
        request,
        "people/parts/found.html" if is_typing else "people/find.html",
        {
            "title": "Find a child",
            "text": text,
            "found": found,
            "may_add": bool(policy.can_edit(request.actor)),
        },
        children=[child.pk for child in found.children] if found else (),
    )


def add(request: OfficeRequest) -> HttpResponse:
    """Add a child: reached from a search, filled in from it, and compared again before saving."""
    (policy.can_find(request.actor) & policy.can_edit(request.actor)).require()
    if request.method != "POST":
        return redirect("people:find")
    today = clock.today()
    if "start" in request.POST:
        form = AddForm(initial=_from_search(request, today), today=today)
        return _add_page(request, form)
    form = AddForm(request.POST, today=today)
    if not form.is_valid():
        return _add_page(request, form)
    matches = _matches(request, form.cleaned_data)
    if matches and form.cleaned_data["looked_at"] != _mark(matches):
        asked_again = request.POST.copy()
        asked_again["looked_at"] = _mark(matches)
        return _add_page(request, AddForm(asked_again, today=today), matches)
    try:
        child = actions.add_child(**_values(form.cleaned_data), by=request.actor, on=today)
    except Faulty as faulty:
        form.refuse(faulty)
        return _add_page(request, form)
    return redirect("people:added", shown_once(child.ref, by=request.actor))


def _add_page(
    request: OfficeRequest, form: AddForm, matches: list[queries.Match] | None = None
) -> HttpResponse:
    return page(
        request,
        "people/add.html",
        {
            "title": "Add a child",
            "form": form,
            "matches": matches or [],
            "submit": "None of these: add the child" if matches else "Add the child",
        },
        children=[match.child.pk for match in matches or []],
    )


def _from_search(request: OfficeRequest, today: Any) -> dict[str, Any]:
    text = request.POST.get("q", "")
    if asked(text).is_an_address:
        return {"line_1": text.strip(), "searched": request.POST.get("searched", "")}
    rest, _ = normalise.telephones_in(text)
    rest, dates = normalise.dates_in(rest)
    rest, postcodes = normalise.postcodes_in(rest)
    rest, numbers = normalise.numbers_in(rest)
    family, _, given = (part.strip() for part in rest.partition(","))
    if not given:
        *givens, family = rest.split() or [""]
        given = " ".join(givens)
    days = [day for typed in dates for day in normalise.dates_meant(typed) if day <= today]
    return {
        "given_names": given.title() if given.islower() else given,
        "family_name": family.title() if family.islower() else family,
        "born_on": days[0] if days else None,
        "postcode": postcodes[0] if postcodes else "",
        "upn": next((n for n in numbers if n[0].isalpha()), ""),
        "searched": request.POST.get("searched", ""),
    }


def _matches(request: OfficeRequest, given: dict[str, Any]) -> list[queries.Match]:
    return queries.possible_matches(
        given_names=given["given_names"],
        family_name=given["family_name"],
        born_on=given["born_on"],
        upn=given["upn"],
        postcode=given["postcode"],
        line_1=given["line_1"],
        by=request.actor,
        on=clock.today(),
    )


def _mark(matches: list[queries.Match]) -> str:
    """Which children were shown, so that new ones are shown before the child is added."""
    shown = ",".join(sorted(match.child.ref for match in matches))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _values(given: dict[str, Any]) -> dict[str, Any]:
    values = {
        name: given[name]
        for name in [
            "searched",
            "given_names",
            "family_name",
            "known_as",
            "born_on",
            "birth_date_is",
            "sex",
            "first_language",
            "needs_interpreter",
            "upn",
            "source",
        ]
    }
    if given["line_1"]:
        values["address"] = {
            "line_1": given["line_1"],
            "town": given["town"],
            "postcode": given["postcode"],
            "starts_on": given["address_from"],
        }
    return values


def added(request: OfficeRequest, token: str) -> HttpResponse:
    """Says that it was saved, in the same words for every child, to whoever saved it."""
    policy.can_edit(request.actor).require()
    ref = read_shown(token, by=request.actor)
    return page(
        request,
        "people/added.html",
        {"title": "The record has been saved", "ref": ref, "url": queries.page_of(ref)},
        children=(),
    )


def emergency(request: OfficeRequest) -> HttpResponse:
    """Open a record in an emergency, with a reason, for an hour."""
    policy.can_break_glass(request.actor).require()
    form = EmergencyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            child = actions.break_glass(**form.cleaned_data, by=request.actor)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.warning(
                request,
                "You can see this record for 60 minutes. "
                "Everybody who may see who has looked sees that you did.",
            )
            return redirect(queries.page_of(child.ref))
    return page(
        request,
        "people/emergency.html",
        {
            "title": "Open a record in an emergency",
            "form": form,
            "submit": "Open the record",
            "danger": True,
            "cancel_url": "/",
        },
        children=(),
    )


def sealed(request: OfficeRequest) -> HttpResponse:
    """Every child whose whereabouts are sealed, for those cleared."""
    policy.can_read_sealed(request.actor).require()
    seals = queries.all_sealed(by=request.actor)
    twins = queries.possible_twins(by=request.actor)
    lies_open = queries.open_beside_sealed(by=request.actor)
    return page(
        request,
        "people/sealed.html",
        {"title": "Sealed records", "seals": seals, "twins": twins, "lies_open": lies_open},
        children=[seal.child_id for seal in seals] + [twin.child.pk for twin in twins],
    )
