"""The child's own details, and sealing the child's whereabouts."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people import actions, policy, queries
from onroll.office.people.forms.children import CarerForm, DetailsForm, ReasonForm
from onroll.office.people.views.facts import about
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

LOOKS_DAYS = 90


def details(request: OfficeRequest, ref: str) -> HttpResponse:
    """Date of birth, sex, ethnicity, death, with what was believed of them before."""
    child = queries.child_for(request.actor, ref)
    if request.method == "POST":
        policy.can_edit(request.actor).require()
    today = clock.today()
    own = DetailsForm.base_fields.keys() - {"source"}
    initial = {name: getattr(child, name) for name in own}
    form = DetailsForm(request.POST or None, initial=initial, today=today)
    if form.is_bound and form.is_valid():
        try:
            actions.change_details(child=child, by=request.actor, on=today, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, "The details are saved.")
            return redirect("people:details", ref=ref)
    every = queries.beliefs("particulars", child, by=request.actor, on=today)
    context = about(
        request, child, "details", "Birth, sex, ethnicity",
        now=next((b for b in every if b.superseded_at is None), None),
        changed=[b for b in every if b.superseded_at is not None],
        form=form, submit="Save", may_save=bool(policy.can_edit(request.actor)),
    )  # fmt: skip
    return page(request, "people/details.html", context, children=[child.pk])


def carer(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """What somebody beside the child is called; it is corrected for every child of the family."""
    child = queries.child_for(request.actor, ref)
    known = queries.carer_of(child, pk)
    policy.can_edit(request.actor).require()
    initial = {name: getattr(known, name) for name in CarerForm.base_fields}
    form = CarerForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.change_carer(carer=known, child=child, by=request.actor, **form.cleaned_data)
        messages.success(request, "The name is saved.")
        return redirect("people:carer", ref=ref)
    context = about(
        request, child, "carer", f"Name and language of {known}", form=form, submit="Save",
        says="This is one person for all the children of the family: what you change here changes "
        "for each of them. Who lives with whom is on the list of carers.",
    )  # fmt: skip
    return page(request, "people/form.html", context, children=[child.pk])


def seal(request: OfficeRequest, ref: str) -> HttpResponse:
    """Seal the whereabouts, or see the seal and ask to lift it or lift it."""
    child = queries.child_for(request.actor, ref)
    policy.can_read_sealed(request.actor).require()
    sealing = queries.sealing_of(child, by=request.actor)
    if sealing is not None:
        return _sealed(request, child, sealing)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.seal(child=child, by=request.actor, on=clock.today(), **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, "The whereabouts are sealed.")
            return redirect("people:seal", ref=ref)
    since = clock.now() - timedelta(days=LOOKS_DAYS)
    looks = journal.who_has_looked(child=child.pk, by=request.actor)
    context = about(
        request,
        child,
        "seal",
        "Seal the whereabouts",
        form=form,
        submit="Seal",
        danger=True,
        refusal=policy.can_seal(request.actor).refusal,
        family=queries.family(child, by=request.actor),
        looks=[e for e in looks if e.at >= since],
    )
    return page(
        request,
        "people/seal.html",
        context,
        children=[child.pk, *(r.child.pk for r in context["family"])],
    )


def _sealed(request: OfficeRequest, child: Any, sealing: Any) -> HttpResponse:
    ask = policy.can_ask_to_lift(request.actor, sealing)
    lift = policy.can_lift(request.actor, sealing)
    if request.method == "POST":
        if "lift" in request.POST:
            actions.lift_seal(sealing=sealing, by=request.actor, on=clock.today())
            messages.success(request, "The seal is lifted and every record is back in its place.")
        else:
            actions.ask_to_lift(sealing=sealing, by=request.actor)
            messages.success(request, "A colleague who keeps sealed records can now lift the seal.")
        return redirect("people:seal", ref=child.ref)
    context = about(
        request, child, "seal", "Sealed whereabouts",
        sealing=sealing, ask=ask, lift=lift, form=GovukForm(),
    )  # fmt: skip
    return page(request, "people/seal_now.html", context, children=[child.pk])
