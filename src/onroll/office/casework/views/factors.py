"""The table of risk factors: what each weighs, on any day, and changing it."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.casework.actions import factors as actions
from onroll.office.casework.forms.factors import ChangeFactor, FactorForm, TableDay
from onroll.office.casework.policy import referrals as policy
from onroll.office.casework.queries import factors as queries
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.views import page

SCORED = "Every referral that waits has been scored anew."


@require_safe
def table(request: OfficeRequest) -> HttpResponse:
    """Show what each factor weighs on a day."""
    policy.can_see_factors(request.actor).require()
    form = TableDay(request.GET or None)
    on: date = form.asked.get("on") or clock.today()
    found = queries.table_on(on)
    context = {
        "title": "Risk factors",
        "lead": "What each factor adds to the score of a referral. The weights are this "
        "authority’s own judgement: no scale is published.",
        "crumbs": [("Triage", reverse("casework:triage"))],
        "filters_form": form,
        "on": on,
        "is_today": on == clock.today(),
        "table": found,
        "may_change": bool(policy.can_change_factors(request.actor)),
    }
    return page(request, "casework/risk_factors.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest) -> HttpResponse:
    """Add a factor."""
    policy.can_change_factors(request.actor).require()
    start = {"is_harm": False, "is_restricted": False, "is_concern": False}
    form = FactorForm(request.POST or None, initial=start)
    act = partial(actions.add_factor, by=request.actor, on=clock.today())
    return _asked(
        request, form, act, title="Add a risk factor",
        done=f"The factor counts from today. {SCORED}",
        submit="Add the factor", lead="Forms for referrals ask about it from today.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: OfficeRequest, key: str) -> HttpResponse:
    """Show how a factor counted from day to day, and change what it weighs."""
    policy.can_see_factors(request.actor).require()
    past = queries.versions(key)
    now, today = past[0], clock.today()
    is_in_force = now.holds_on(today)
    may_change = bool(policy.can_change_factors(request.actor)) and is_in_force
    initial = {name: getattr(now, name) for name in actions.CHANGES} | {"version": now.pk}
    form = ChangeFactor(request.POST or None, initial=initial)
    if request.method == "POST":
        policy.can_change_factors(request.actor).require()

    def change(version: int, **values: Any) -> None:
        seen = queries.version(key, version)
        actions.change_factor(factor=seen, by=request.actor, on=today, **values)

    waiting = queries.waiting_with(key, request.actor)
    return _asked(
        request, form, change,
        title=now.title, done=f"The factor counts so from today. {SCORED}",
        submit="Change it from today",
        lead=f"Referrals that wait and carry it: {waiting}. A change scores every referral "
        "that waits anew; decided ones keep their score.",
        template="casework/risk_factor.html", factor=now, versions=past, may_change=may_change,
        is_in_force=is_in_force,
        may_retire=is_in_force and policy.can_retire_factor(request.actor, now),
        may_restore=not is_in_force and policy.can_change_factors(request.actor),
    )  # fmt: skip


@require_POST
def retire(request: OfficeRequest, key: str) -> HttpResponse:
    """Take a factor out of the score."""
    policy.can_change_factors(request.actor).require()
    found = queries.versions(key)[0]
    actions.retire_factor(factor=found, by=request.actor, on=clock.today())
    messages.success(request, f"“{found.title}” counts no more. {SCORED}")
    return redirect("casework:risk_factors")


@require_POST
def restore(request: OfficeRequest, key: str) -> HttpResponse:
    """Let a factor count again."""
    policy.can_change_factors(request.actor).require()
    found = queries.versions(key)[0]
    actions.restore_factor(factor=found, by=request.actor, on=clock.today())
    messages.success(request, f"“{found.title}” counts again. {SCORED}")
    return redirect("casework:risk_factors")


def _asked(
    request: OfficeRequest,
    form: FactorForm,
    act: Any,
    *,
    title: str,
    done: str,
    template: str = "web/form.html",
    **context: Any,
) -> HttpResponse:
    back = reverse("casework:risk_factors")
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, done)
            return redirect(back)
    crumbs = [("Triage", reverse("casework:triage")), ("Risk factors", back)]
    shown = {"title": title, "form": form, "cancel_url": back, "crumbs": crumbs, **context}
    return page(request, template, shown, children=())
