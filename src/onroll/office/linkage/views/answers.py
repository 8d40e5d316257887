"""Answering for whom a search found: one or many at once, looked into, taken back."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.actions import answers as actions
from onroll.office.linkage.actions.candidates import hide_sealed_since
from onroll.office.linkage.forms.answers import LookIntoForm, NotMissingForm
from onroll.office.linkage.forms.candidates import FoundFilter
from onroll.office.linkage.policy import candidates as policy
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries.candidates_memory import ASKED_AGAIN, ASKED_AGAIN_WORDS
from onroll.office.linkage.views.candidates import candidate_shown, require_clearer
from onroll.office.web.templatetags.onroll import counted
from onroll.office.web.views import page

_ALLOWED = (*FoundFilter.base_fields, "page")


@require_http_methods(["GET", "HEAD", "POST"])
def answer_many(request: OfficeRequest) -> HttpResponse:
    """Ask why those ticked are not missing, show what will be recorded, then record it."""
    require_clearer(request)
    refs = (request.POST if request.method == "POST" else request.GET).getlist("found")
    candidates = queries.chosen(request.actor, refs)
    while hide_sealed_since(candidates):
        candidates = queries.chosen(request.actor, refs)
    may = policy.can_answer_many(request.actor, candidates)
    form = NotMissingForm(request.POST if request.method == "POST" else None)
    back = _back(request)
    if request.method == "POST" and candidates and may and form.is_valid():
        try:
            return _record(request, candidates, form.cleaned_data, back)
        except Faulty as faulty:
            form.refuse(faulty)
    lines = queries.lines_of(candidates, by=request.actor, on=clock.today())
    context = {
        "title": f"Not missing: {counted(len(lines), 'child,children')}",
        "form": form,
        "may": may,
        "lines": lines,
        "gone": len(set(refs)) - len(lines),
        "submit": f"Record it for {counted(len(lines), 'child,children')}",
        "cancel_url": back,
        "back": back.partition("?")[2],
        "crumbs": [("Clear the list", reverse("linkage:found"))],
    }
    known = [line.child.pk for line in lines if line.child]
    status = 422 if request.method == "POST" else 200
    return page(request, "linkage/answer_many.html", context, children=known, status=status)


@require_POST
def answer_one(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record why one candidate is not missing, from its page."""
    require_clearer(request)
    one = candidate_shown(request, ref)
    form = NotMissingForm(request.POST, short=True)
    if form.is_valid():
        try:
            return _record(request, [one], form.cleaned_data, _back(request))
        except Faulty as faulty:
            form.refuse(faulty)
    (line,) = queries.lines_of([one], by=request.actor, on=clock.today())
    context = {
        "title": "Not missing: 1 child",
        "form": form,
        "may": policy.can_answer(request.actor, one),
        "lines": [line],
        "gone": 0,
        "submit": "Record it",
        "action_url": reverse("linkage:answer_many"),
        "cancel_url": reverse("linkage:candidate", args=[one.ref]),
        "back": _back(request).partition("?")[2],
        "crumbs": [("Clear the list", reverse("linkage:found"))],
    }
    known = [line.child.pk] if line.child else []
    return page(request, "linkage/answer_many.html", context, children=known, status=422)


def _record(
    request: OfficeRequest, candidates: Sequence[Any], given: dict[str, Any], back: str
) -> HttpResponse:
    batch = actions.not_missing(
        candidates=candidates, reason=given["reason"], note=given["note"], by=request.actor,
        on=clock.today(),
    )  # fmt: skip
    again = ASKED_AGAIN_WORDS[ASKED_AGAIN[given["reason"]]]
    said = dict(actions.Reason.choices)[given["reason"]].lower()
    many = counted(len(candidates), "child is,children are")
    messages.success(request, f"{many} recorded as not missing: {said}. {again}")
    return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode({'undo': batch})}")


@require_POST
def take_back(request: OfficeRequest) -> HttpResponse:
    """Take back what was answered together, in one click."""
    require_clearer(request)
    batch = request.POST.get("batch", "")
    answers = queries.batch_for(request.actor, batch)
    if about := request.POST.get("found", ""):
        # From the page of one child: the others answered with it stay as they are.
        answers = [answer for answer in answers if answer.candidate.ref == about]
    if not answers:
        raise Unknown("no such answers")
    is_referral = any(answer.referral_id for answer in answers)
    count = actions.take_back(answers=answers, by=request.actor, on=clock.today())
    also = " The referral is gone from triage." if is_referral else ""
    messages.success(
        request,
        f"{counted(count, 'answer was,answers were')} taken back.{also} Those whose records are "
        "still kept wait for an answer again; the next search lists the others.",
    )
    return redirect(_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def look_into(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show what the referral will say, then open it."""
    require_clearer(request)
    one = candidate_shown(request, ref)
    may = policy.can_refer(request.actor, one)
    form = LookIntoForm(request.POST or None)
    here = reverse("linkage:candidate", args=[one.ref])
    if request.method == "POST" and may and form.is_valid():
        try:
            answer = actions.look_into(
                candidate=one, why=form.cleaned_data["why"], by=request.actor, on=clock.today()
            )
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            if answer.recorded_by_id == request.actor.pk:
                messages.success(request, "A referral was made. It waits in triage.")
            else:
                messages.warning(request, "A colleague had made the referral already.")
            return redirect(here)
    (line,) = queries.lines_of([one], by=request.actor, on=clock.today())
    context = {
        "title": "Look into it",
        "caption": line.name,
        "line": line,
        "evidence": line.evidence,
        "may": may,
        "form": form,
        "submit": "Open a referral",
        "cancel_url": here,
        "crumbs": [("Clear the list", reverse("linkage:found")), (line.name, here)],
    }
    known = [line.child.pk] if line.child else []
    status = 422 if request.method == "POST" else 200
    return page(request, "linkage/look_into.html", context, children=known, status=status)


def _back(request: OfficeRequest) -> str:
    """Return the list from which somebody came, with its filters and nothing else."""
    given = request.POST if request.method == "POST" else request.GET
    asked = [part.partition("=") for part in given.get("back", "").split("&")]
    kept = {k: v for k, _, v in asked if k in _ALLOWED and v.replace("_", "").isalnum()}
    here = reverse("linkage:found")
    return f"{here}?{urlencode(kept)}" if kept else here
