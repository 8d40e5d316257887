"""The list of missing children without a case: taking one, letting go, setting one aside."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onroll.office.casework.actions import attention as actions
from onroll.office.casework.forms.cases import SetAside
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.queries.unfollowed import MOST_DAYS
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import banner, child_for
from onroll.office.web.templatetags.onroll import counted
from onroll.office.web.views import page

LIST = "casework:unfollowed"
WEEK = timedelta(days=7)


@require_POST
def take(request: OfficeRequest) -> HttpResponse:
    """Take the child of one row, or all that are ticked."""
    policy.can_look_into(request.actor).require()
    sent = request.POST
    one = sent.get("one") or sent.get("over")
    refs = [one] if one else sent.getlist("child")
    if not refs:
        messages.error(request, "Tick the children that you look into.")
        return _back(request)
    children = [child_for(request.actor, ref) for ref in dict.fromkeys(refs)]
    try:
        took = actions.take(
            children=children, by=request.actor, on=clock.today(), over="over" in sent
        )
    except Faulty as faulty:
        messages.error(request, faulty.faults[0][1])
        return _back(request)
    if took.taken:
        number = counted(len(took.taken), "child,children")
        until = took.taken[0].ends_on
        assert until is not None
        messages.success(
            request, f"You look into {number}. It runs out after {until.day} {until:%B %Y}."
        )
    others = [held.who.name for held in took.held if held.who_id != request.actor.pk]
    if others:
        names = ", ".join(sorted(set(others)))
        number = counted(len(others), "child is,children are")
        messages.warning(request, f"{number} already with {names}: nothing was changed there.")
    return _back(request)


@require_POST
def release(request: OfficeRequest) -> HttpResponse:
    """Let go of a child."""
    policy.can_look_into(request.actor).require()
    child = child_for(request.actor, request.POST.get("one", ""))
    try:
        actions.release(child=child, by=request.actor, on=clock.today())
    except Faulty as faulty:
        messages.error(request, faulty.faults[0][1])
    else:
        messages.success(request, f"{child} is with nobody again.")
    return _back(request)


@require_POST
def bring_back(request: OfficeRequest) -> HttpResponse:
    """Bring a child that was set aside back to the list."""
    policy.can_look_into(request.actor).require()
    child = child_for(request.actor, request.POST.get("one", ""))
    try:
        actions.bring_back(child=child, by=request.actor, on=clock.today())
    except Faulty as faulty:
        messages.error(request, faulty.faults[0][1])
    else:
        messages.success(request, f"{child} is back on the list.")
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: OfficeRequest, ref: str) -> HttpResponse:
    """Set a child aside until a day, with the reason."""
    child = child_for(request.actor, ref)
    policy.can_look_into(request.actor).require()
    today = clock.today()
    form = SetAside(request.POST or None, initial={"back_on": today + WEEK})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_aside(child=child, by=request.actor, on=today, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{child} is set aside and comes back to the list by itself.")
            return redirect(LIST)
    context = {
        "title": "Set the child aside",
        "child": banner(child, by=request.actor, on=today),
        "lead": "For a child about whom nothing can be done just now. The child stays counted, "
        f"and comes back by itself: after {MOST_DAYS} days at most.",
        "form": form,
        "submit": "Set aside",
        "cancel_url": reverse(LIST),
        "crumbs": [("Missing, with no case", reverse(LIST))],
    }
    return page(request, "web/form.html", context, children=[child.pk])


def _back(request: OfficeRequest) -> HttpResponse:
    """Return to the list as it was filtered."""
    query = request.POST.get("query", "")
    url = reverse(LIST) + (f"?{query}" if query else "")
    return redirect(url)
