"""Administration of the checklist of enquiries and of the authority's own reasons."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from onroll.office.accounts.views.asking import answers, ask, show
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.forms import checklist as forms
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.requests import OfficeRequest


def _editor(request: OfficeRequest) -> Actor:
    actor: Actor = request.actor
    policy.can_edit_checklist(actor).require()
    return actor


@require_safe
def templates(request: OfficeRequest) -> HttpResponse:
    """List the kinds of enquiry in their order, and those of before."""
    _editor(request)
    listed = [
        (template, queries.pathway_titles(template), queries.caution(template))
        for template in queries.templates()
    ]
    context = {
        "title": "Kinds of enquiry",
        "listed": listed,
        "former": queries.former_templates(),
        "in_use": {template.key for template, _, _ in listed},
    }
    return show(request, "cme/templates.html", "cme:templates", context)


def template_add(request: OfficeRequest) -> HttpResponse:
    """Add a kind of enquiry."""
    actor = _editor(request)
    start = {"asked_by": "authority", "days_to_answer": 10, "shows": "nothing"}
    form = forms.Template(answers(request), initial=start)

    def do(*, pk: int | None, **values: Any) -> object:
        return actions.add_template(by=actor, on=clock.today(), **values)

    return ask(
        request, form, do, title="Add a kind of enquiry", done="The enquiry is in the list.",
        back=reverse("cme:templates"),
    )  # fmt: skip


def template_change(request: OfficeRequest, key: str) -> HttpResponse:
    """Change a kind of enquiry for those to come."""
    actor = _editor(request)
    found = queries.template_for(key)
    form = forms.Template(
        answers(request),
        initial={
            "pk": found.pk, "title": found.title, "asked_by": found.asked_by,
            "asked_of": found.asked_of, "lawful_basis": found.lawful_basis,
            "days_to_answer": found.days_to_answer, "pathways": found.pathways.split(),
            "shows": found.shows or "nothing", "cites": found.cites,
        },
    )  # fmt: skip

    def do(*, pk: int | None, **values: Any) -> object:
        template = queries.any_template(key, pk) if pk else found
        return actions.change_template(template=template, by=actor, on=clock.today(), **values)

    return ask(
        request, form, do, title=f"Change “{found.title}”", back=reverse("cme:templates"),
        lead="Enquiries that were made keep the words and the weight that they were made with.",
        done="The enquiry is changed for those to come.",
    )  # fmt: skip


@require_POST
def template_move(request: OfficeRequest, key: str) -> HttpResponse:
    """Put a kind of enquiry higher or lower in the list."""
    actor = _editor(request)
    is_up = request.POST.get("to") == "up"
    actions.move_template(template=queries.template_for(key), is_up=is_up, by=actor)
    return redirect(f"{reverse('cme:templates')}#{key}")


@require_POST
def template_retire(request: OfficeRequest, key: str) -> HttpResponse:
    """Offer a kind of enquiry no more."""
    actor = _editor(request)
    found = queries.template_for(key)
    actions.retire_template(template=found, by=actor, on=clock.today())
    messages.success(request, f"“{found.title}” is no longer offered. Enquiries made stay.")
    return redirect("cme:templates")


@require_POST
def template_restore(request: OfficeRequest, key: str) -> HttpResponse:
    """Offer a kind of enquiry again."""
    actor = _editor(request)
    found = queries.any_template(key, _key(request))
    actions.restore_template(template=found, by=actor, on=clock.today())
    messages.success(request, f"“{found.title}” is offered again.")
    return redirect("cme:templates")


@require_safe
def reasons(request: OfficeRequest) -> HttpResponse:
    """List the authority's own reasons under the national ones, and those of before."""
    _editor(request)
    listed = queries.local_reasons()
    context = {
        "title": "Reasons for missing education",
        "groups": queries.reasons_by_national(clock.today()),
        "former": queries.former_reasons(),
        "in_use": {reason.key for reason in listed},
    }
    return show(request, "cme/reasons.html", "cme:reasons", context)


def reason_add(request: OfficeRequest) -> HttpResponse:
    """Add a reason of the authority's own."""
    actor = _editor(request)
    form = forms.Reason(
        answers(request), national=queries.national_choices(clock.today()),
        initial={"national": request.GET.get("national", "")},
    )  # fmt: skip

    def do(*, pk: int | None, **values: Any) -> object:
        return actions.add_reason(by=actor, on=clock.today(), **values)

    return ask(
        request, form, do, title="Add a reason", done="The reason can be chosen.",
        back=reverse("cme:reasons"),
    )  # fmt: skip


def reason_change(request: OfficeRequest, name: str) -> HttpResponse:
    """Change a reason for cases to come."""
    actor = _editor(request)
    found = queries.local_reason(name)
    form = forms.Reason(
        answers(request), national=queries.national_choices(clock.today()),
        initial={"pk": found.pk, "title": found.title, "national": found.national},
    )  # fmt: skip

    def do(*, pk: int | None, **values: Any) -> object:
        reason = queries.any_reason(name, pk) if pk else found
        return actions.change_reason(reason=reason, by=actor, on=clock.today(), **values)

    return ask(
        request, form, do, title=f"Change “{found.title}”", back=reverse("cme:reasons"),
        lead="Cases of which it was given keep it with the words and the national reason of then.",
        done="The reason is changed for cases to come.",
    )  # fmt: skip


@require_POST
def reason_retire(request: OfficeRequest, name: str) -> HttpResponse:
    """Offer a reason no more."""
    actor = _editor(request)
    found = queries.local_reason(name)
    actions.retire_reason(reason=found, by=actor, on=clock.today())
    messages.success(request, f"“{found.title}” is no longer offered. Cases that have it keep it.")
    return redirect("cme:reasons")


@require_POST
def reason_restore(request: OfficeRequest, name: str) -> HttpResponse:
    """Offer a reason again."""
    actor = _editor(request)
    found = queries.any_reason(name, _key(request))
    actions.restore_reason(reason=found, by=actor, on=clock.today())
    messages.success(request, f"“{found.title}” is offered again.")
    return redirect("cme:reasons")


def _key(request: OfficeRequest) -> int:
    sent = request.POST.get("pk", "")
    return int(sent) if sent.isdecimal() else 0
