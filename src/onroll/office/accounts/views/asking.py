"""How every form of this package is asked, answered and refused; and the way round its pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.accounts import policy
from onroll.office.accounts.forms.organisation import AsAtForm
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import navigation
from onroll.office.web.components import Tab
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

PAGES: tuple[tuple[str, str, str], ...] = (
    ("accounts:structure", "Services and teams", ""),
    ("accounts:history", "Reorganisations", ""),
    ("accounts:posts", "Posts and headcount", "posts"),
    ("accounts:bodies", "Organisations", ""),
    ("accounts:localities", "Localities", ""),
    ("accounts:roles", "Roles", ""),
    ("accounts:cleared", "Who reads sealed records", "cleared"),
    ("accounts:cover", "Absence cover", ""),
    ("accounts:users", "People who sign in", "edit"),
    ("accounts:authority", "The authority", "edit"),
    ("accounts:recordings", "Recording began", "edit"),
    ("accounts:journal", "The journal", "journal"),
)


def sections(request: OfficeRequest, current: str) -> list[Tab]:
    """Return the pages of this package that a person may open."""
    actor = request.actor
    may = {
        "": True,
        "edit": bool(policy.can_edit(actor)),
        "posts": bool(policy.can_see_posts(actor)),
        "cleared": bool(policy.can_keep_readers(actor)),
        "journal": bool(policy.can_read_journal(actor)),
    }
    shown = [(name, label) for name, label, needs in PAGES if may[needs]]
    shown += [(way.url_name, way.label) for way in navigation.settings(request)]
    return [Tab(label, reverse(name), is_current=name == current) for name, label in shown]


def show(
    request: OfficeRequest,
    template: str,
    current: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Return a page of the organisation; none of them shows a child."""
    actor = request.actor
    given = {"sections": sections(request, current), "may_edit": bool(policy.can_edit(actor))}
    return page(request, template, given | context, children=(), status=status)


def ask(
    request: OfficeRequest,
    form: GovukForm,
    do: Callable[..., object],
    *,
    title: str,
    done: str,
    back: str,
    submit: str = "Save",
    lead: str = "",
    caption: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Ask a form; on a good answer do the act and go back, else say what is wrong with it."""
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "title": title,
        "form": form,
        "submit": submit,
        "lead": lead,
        "caption": caption,
        "danger": danger,
        "back_url": back,
        "cancel_url": back,
    }
    return page(request, "web/form.html", context, children=())


def as_at(request: OfficeRequest, today: date) -> tuple[AsAtForm, date]:
    """Return the form that picks a day, with the day picked written as people write it."""
    form = AsAtForm(request.GET or None)
    on: date | None = form.asked.get("on")
    if on is None:
        return form, today
    return AsAtForm({"on": f"{on.day} {on:%B %Y}"}), on


def answers(request: OfficeRequest) -> Any:
    """Return what was posted, or None so that a form is shown empty."""
    return request.POST if request.method == "POST" else None
