"""Where a child is on roll, applies and is offered a place: the screens of a child's education."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people import queries as people
from onroll.office.schools import actions, policy, queries
from onroll.office.schools.forms import (
    AnswerForm,
    ApplyForm,
    CorrectForm,
    EndForm,
    EnrolForm,
    LeaveForm,
    OfferForm,
    OutcomeForm,
    StartForm,
)
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def education(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a child's schooling, with what can be done about each part of it."""
    child = people.child_for(request.actor, ref)
    today = clock.today()
    return page(
        request,
        "schools/education.html",
        {
            "title": "Education",
            "child": people.banner(child, by=request.actor, on=today),
            "ref": child.ref,
            "education": queries.education(child, by=request.actor, on=today),
            "may_change": policy.can_change_roll(request.actor),
        },
        children=[child.pk],
    )


@require_http_methods(GET_OR_POST)
def enrol(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record that a child is on a roll, or has a place."""
    child = _child(request, ref)
    form = EnrolForm(request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> str:
        given.pop("other_school")
        entry = actions.enrol(child=child, by=request.actor, on=clock.today(), **given)
        return f"{entry.school} was recorded."

    return _ask(request, child, form, "Record a school", act)


@require_http_methods(GET_OR_POST)
def start(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record that a child started."""
    child, entry = _entry(request, ref, pk)
    form = StartForm(request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> str:
        actions.start(enrolment=entry, by=request.actor, **given)
        return f"The start at {entry.school} was recorded."

    return _ask(request, child, form, f"Record the start at {entry.school}", act)


@require_http_methods(GET_OR_POST)
def leave(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Take a child off a roll."""
    child, entry = _entry(request, ref, pk)
    form = LeaveForm(request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> str:
        actions.remove_from_roll(
            enrolment=entry,
            on=given["on"],
            ground=given["ground"],
            last_attended_on=given["last_attended_on"],
            destination=actions.Destination(
                school=given["destination_school"],
                words=given["destination"],
                departure=given["departure"],
                told_on=given["departure_told_on"],
            ),
            by=request.actor,
        )
        return f"The child is off the roll of {entry.school}."

    return _ask(
        request,
        child,
        form,
        f"Take off the roll of {entry.school}",
        act,
        template="schools/leave.html",
    )


@require_http_methods(GET_OR_POST)
def correct(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Put an entry on a roll right."""
    child, entry = _entry(request, ref, pk)
    held = {name: getattr(entry, name) for name in CorrectForm.base_fields}
    held["year_group"] = "" if entry.year_group is None else str(entry.year_group)
    form = CorrectForm(request.POST or None, initial=held)

    def act(given: dict[str, Any]) -> str:
        actions.correct_enrolment(enrolment=entry, by=request.actor, **given)
        return "The entry was corrected; the former version stays known."

    return _ask(request, child, form, f"Correct the entry at {entry.school}", act)


@require_http_methods(GET_OR_POST)
def drop(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record that a place was not taken up."""
    child, entry = _entry(request, ref, pk)
    form = EndForm(request.POST or None, today=clock.today(), initial={"on": clock.today()})
    form.fields["on"].label = "Known on"

    def act(given: dict[str, Any]) -> str:
        actions.drop_expectation(enrolment=entry, by=request.actor, **given)
        return f"The child is no longer expected at {entry.school}."

    return _ask(request, child, form, f"The place at {entry.school} was not taken up", act)


@require_http_methods(GET_OR_POST)
def apply(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record an in-year application."""
    child = _child(request, ref)
    form = ApplyForm(request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> str:
        given.pop("other_school")
        actions.record_application(child=child, by=request.actor, **given)
        return "The application was recorded."

    return _ask(request, child, form, "Record an in-year application", act)


@require_http_methods(GET_OR_POST)
def outcome(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record what a parent was told about an application."""
    child = _child(request, ref)
    application = queries.application_for(request.actor, pk)
    _same(child, application)
    form = OutcomeForm(request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> str:
        actions.tell_outcome(application=application, by=request.actor, **given)
        return "The outcome was recorded."

    return _ask(request, child, form, "Outcome of the application", act)


@require_http_methods(GET_OR_POST)
def offer(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record that a place is offered."""
    child = _child(request, ref)
    form = OfferForm(request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> str:
        given.pop("other_school")
        made = actions.record_offer(child=child, by=request.actor, **given)
        return f"The offer of {made.school} was recorded."

    return _ask(request, child, form, "Record an offer", act)


@require_http_methods(GET_OR_POST)
def answer(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record the answer to an offer."""
    child = _child(request, ref)
    offered = queries.offer_for(request.actor, pk)
    _same(child, offered)
    initial = {"starts_on": offered.expected_start_on}
    form = AnswerForm(request.POST or None, today=clock.today(), initial=initial)

    def act(given: dict[str, Any]) -> str:
        actions.answer_offer(offer=offered, by=request.actor, **given)
        return "The answer was recorded."

    return _ask(request, child, form, f"Answer to the offer of {offered.school}", act)


def _child(request: OfficeRequest, ref: str) -> Any:
    child = people.child_for(request.actor, ref)
    policy.can_change_roll(request.actor).require()
    return child


def _entry(request: OfficeRequest, ref: str, pk: int) -> tuple[Any, Any]:
    child = _child(request, ref)
    entry = queries.enrolment_for(request.actor, pk)
    _same(child, entry)
    return child, entry


def _same(child: Any, fact: Any) -> None:
    if fact.child_id != child.pk:
        raise Unknown("not a fact of this child")


def _ask(
    request: OfficeRequest,
    child: Any,
    form: GovukForm,
    title: str,
    act: Callable[[dict[str, Any]], str],
    *,
    template: str = "web/form.html",
) -> HttpResponse:
    home = reverse("schools:education", args=[child.ref])
    if request.method == "POST" and form.is_valid():
        try:
            said = act(dict(form.cleaned_data))
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, said)
            return redirect(home)
    return page(
        request,
        template,
        {
            "title": title,
            "child": people.banner(child, by=request.actor, on=clock.today()),
            "form": form,
            "cancel_url": home,
            "back_url": home,
            "back_label": "Education",
        },
        children=[child.pk],
    )
