"""What waits for a second person, what is joined and may be taken apart, what keepers are asked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.forms import identity as forms
from onroll.office.linkage.queries import identity as queries
from onroll.office.linkage.queries import identity_since as since
from onroll.office.linkage.views.identity import GET_OR_POST, ON_A_PAGE, tabs
from onroll.office.people import actions, policy
from onroll.office.people import queries as people
from onroll.office.people.queries import identity
from onroll.office.people.queries.children import page_of
from onroll.office.web.views import page


@require_safe
def waiting(request: OfficeRequest) -> HttpResponse:
    """List the joins that wait for a second person, the oldest first."""
    policy.can_decide_identity(request.actor).require()
    every = identity.waiting(by=request.actor)
    listed = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Waiting for a second person",
        "lead": "Colleagues ask for these records to be joined. Somebody else has to agree.",
        "tabs": tabs(request, "linkage:waiting"),
        "shown": listed,
        "me": request.actor.pk,
    }
    shown = [pk for row in listed for pk in (row.child_id, row.other_id) if pk]
    return page(request, "linkage/identity_waiting.html", context, children=shown)


@require_http_methods(GET_OR_POST)
def answer(request: OfficeRequest, pk: int) -> HttpResponse:
    """Agree to a join or decline it, both records side by side; whoever asked can take it back."""
    policy.can_decide_identity(request.actor).require()
    asked = identity.asked_for(request.actor, pk)
    assert asked.other is not None
    today = clock.today()
    is_own = bool(policy.can_withdraw_asking(request.actor, asked))
    form = forms.Answer(request.POST or None)
    if request.method == "POST" and is_own:
        actions.withdraw_asking(asked=asked, by=request.actor)
        messages.success(request, "You have taken it back. Nothing is joined.")
        return redirect("linkage:waiting")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["answer"] == "agree":
                same = actions.agree_to_join(asked=asked, by=request.actor, on=today)
                messages.success(
                    request, f"They are one child. {same.child.ref} is the record in use."
                )
                return redirect(page_of(same.child.ref))
            actions.decline_to_join(asked=asked, why=given["why"], by=request.actor)
            messages.success(request, "You have declined. The records stay as they are.")
            return redirect("linkage:waiting")
        except Faulty as faulty:
            form.refuse(faulty)
    seen = queries.compared(asked.child, asked.other, by=request.actor, on=today)
    context = {
        "title": "Are these one child?",
        "crumbs": [("Waiting for a second person", reverse("linkage:waiting"))],
        "asked": asked,
        "is_own": is_own,
        "seen": seen,
        "form": form,
        "submit": "Take it back" if is_own else "Answer",
        "cancel_url": reverse("linkage:waiting"),
    }
    return page(request, "linkage/identity_answer.html", context, children=seen.children)


@require_safe
def joined(request: OfficeRequest) -> HttpResponse:
    """List the records that are joined, the newest join first."""
    policy.can_decide_identity(request.actor).require()
    form = forms.JoinedFilters(request.GET or None)
    every = queries.joined(by=request.actor, **form.asked)
    listed = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Joined records",
        "lead": "Each record here is folded into another of the same child. Nothing was moved.",
        "tabs": tabs(request, "linkage:joined"),
        "filters_form": form,
        "is_filtered": bool(form.asked),
        "shown": listed,
    }
    shown = [pk for row in listed for pk in (row.child_id, row.other_id)]
    return page(request, "linkage/identity_joined.html", context, children=shown)


@require_http_methods(GET_OR_POST)
def take_apart(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take two records apart, with what was recorded since they were joined."""
    policy.can_decide_identity(request.actor).require()
    same = identity.join_for(request.actor, pk)
    today = clock.today()
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_apart(same=same, why=form.cleaned_data["why"], by=request.actor, on=today)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(
                request,
                f"{same.other.ref} and {same.beside.ref} are two children again. Look through "
                "what was recorded meanwhile.",
            )
            return redirect(page_of(same.other.ref))
    context = {
        "title": "Take the records apart",
        "crumbs": [("Joined records", reverse("linkage:joined"))],
        "same": same,
        "since": since.recorded_since(same, by=request.actor, on=today),
        "form": form,
        "submit": "Take them apart",
        "danger": True,
        "cancel_url": reverse("linkage:joined"),
    }
    shown = (same.child_id, same.beside_id, same.other_id)
    return page(request, "linkage/identity_apart.html", context, children=shown)


@require_safe
def keepers(request: OfficeRequest) -> HttpResponse:
    """List, for those who keep sealed records, what was referred and what may be a twin."""
    policy.can_answer_for_keepers(request.actor).require()
    questions = identity.asked_of_keepers(by=request.actor)
    twins = people.possible_twins(by=request.actor)
    context = {
        "title": "Duplicates of sealed records",
        "lead": "Only those who are cleared see this list.",
        "tabs": tabs(request, "linkage:keepers"),
        "questions": questions,
        "twins": twins,
    }
    shown = [q.child_id for q in questions]
    shown += [pk for twin in twins for pk in (twin.child.pk, twin.sealed.pk)]
    return page(request, "linkage/identity_keepers.html", context, children=shown)


@require_http_methods(GET_OR_POST)
def looked_into(request: OfficeRequest, pk: int) -> HttpResponse:
    """Look into a record that a colleague referred, and say what was found."""
    policy.can_answer_for_keepers(request.actor).require()
    asked = identity.keepers_question(request.actor, pk)
    today = clock.today()
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.looked_into(asked=asked, why=form.cleaned_data["why"], by=request.actor)
        messages.success(request, "It is off the list. Whoever referred it is told nothing.")
        return redirect("linkage:keepers")
    likely = queries.likely_of(asked.child, by=request.actor, on=today)
    context = {
        "title": "Is this a sealed child?",
        "crumbs": [("Duplicates of sealed records", reverse("linkage:keepers"))],
        "child": people.banner(asked.child, by=request.actor, on=today),
        "asked": asked,
        "likely": likely,
        "form": form,
        "submit": "I have looked into it",
        "cancel_url": reverse("linkage:keepers"),
    }
    shown = [asked.child_id, *(match.child.pk for match in likely)]
    return page(request, "linkage/identity_looked.html", context, children=shown)
