"""Safeguarding, challenges, supervision and audits."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.casework.actions import oversight as actions
from onroll.office.casework.forms import oversight as forms
from onroll.office.casework.policy import cases as case_policy
from onroll.office.casework.policy import oversight as policy
from onroll.office.casework.queries import cases as queries
from onroll.office.casework.queries.factors import concern_kind, concern_kinds
from onroll.office.casework.views.frame import asked, case_page
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.schools import queries as schools
from onroll.office.web.components import Tab
from onroll.office.web.views import page


def safeguarding(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show what was considered, and the concerns to those who may read them."""
    case = queries.case_for(request.actor, ref)
    may_read = policy.can_read_concerns(request.actor)
    context = {
        "considerations": queries.considerations(case),
        "may_read": may_read,
        "concerns": queries.concerns(case) if may_read else [],
        "can_write": case_policy.can_work(request.actor, case),
    }
    return case_page(
        request, case, "casework/case_safeguarding.html", context,
        tab="casework:case_safeguarding", title="Safeguarding",
    )  # fmt: skip


def consider(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record a consideration of safeguarding."""
    case = queries.case_for(request.actor, ref)
    case_policy.can_work(request.actor, case).require()
    return asked(
        request, case, forms.Consider(request.POST or None),
        lambda values: actions.consider(
            case=case, by=request.actor, on=clock.today(), **values
        ),
        title="Consider safeguarding", is_once=True,
        then=reverse("casework:case_safeguarding", args=[case.ref]),
    )  # fmt: skip


def concern_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Raise a safeguarding concern."""
    case = queries.case_for(request.actor, ref)
    policy.can_raise(request.actor, case).require()
    today = clock.today()
    factors = [(kind.key, kind.title) for kind in concern_kinds(today)]
    form = forms.Concern(request.POST or None, today=today, factors=factors, initial={"on": today})
    return asked(
        request, case, form,
        lambda values: actions.concern(
            case=case, by=request.actor,
            **{**values, "factor": concern_kind(values["factor"], today)},
        ),
        title="Raise a safeguarding concern", is_once=True, submit="Raise the concern",
        lead="If a child is in danger now, ring children’s social care or 999 first.",
        then=reverse("casework:case_safeguarding", args=[case.ref]),
    )  # fmt: skip


def concern_escalate(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record that a concern was escalated."""
    case = queries.case_for(request.actor, ref)
    policy.can_escalate(request.actor, case).require()
    concern = queries.concern_for(case, pk)
    today = clock.today()
    form = forms.Escalate(
        request.POST or None, today=today, initial={"on": today, "to": "Children’s social care"}
    )
    return asked(
        request, case, form,
        lambda values: actions.escalate(concern=concern, by=request.actor, **values),
        title=f"Escalate: {concern.factor}", is_once=True,
        then=reverse("casework:case_safeguarding", args=[case.ref]),
    )  # fmt: skip


def concern_result(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record what came of a concern."""
    case = queries.case_for(request.actor, ref)
    policy.can_escalate(request.actor, case).require()
    concern = queries.concern_for(case, pk)
    today = clock.today()
    form = forms.Result(request.POST or None, today=today, initial={"on": today})
    return asked(
        request, case, form,
        lambda values: actions.conclude_concern(concern=concern, by=request.actor, **values),
        title=f"Result: {concern.factor}",
        then=reverse("casework:case_safeguarding", args=[case.ref]),
    )  # fmt: skip


def oversight(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show challenges, supervision and audits of a case."""
    case = queries.case_for(request.actor, ref)
    may_read = policy.can_read_supervision(request.actor, case)
    context = {
        "challenges": queries.challenges(case),
        "may_read": may_read,
        "supervisions": queries.supervisions(case) if may_read else [],
        "audits": queries.audits(case) if may_read else [],
        "can_supervise": policy.can_supervise(request.actor),
        "can_write": case_policy.can_work(request.actor, case),
        "judgements": actions.JUDGEMENTS,
    }
    return case_page(
        request, case, "casework/case_oversight.html", context, tab="casework:case_oversight",
        title="Oversight",
    )  # fmt: skip


def challenge_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Challenge a school or an agency."""
    case = queries.case_for(request.actor, ref)
    case_policy.can_work(request.actor, case).require()

    def act(values: Mapping[str, Any]) -> object:
        school = schools.school(int(values["school"])) if values["school"] else None
        return actions.challenge(
            case=case, by=request.actor, on=clock.today(), **{**values, "school": school}
        )

    return asked(
        request, case, forms.Challenge(request.POST or None), act, title="Challenge a barrier",
        is_once=True, submit="Record the challenge",
        then=reverse("casework:case_oversight", args=[case.ref]),
    )  # fmt: skip


def challenge_result(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record what came of a challenge."""
    case = queries.case_for(request.actor, ref)
    case_policy.can_work(request.actor, case).require()
    challenge = queries.challenge_for(case, pk)
    today = clock.today()
    form = forms.Result(request.POST or None, today=today, initial={"on": today})
    return asked(
        request, case, form,
        lambda values: actions.answer_challenge(
            challenge=challenge, by=request.actor, **values
        ),
        title=f"What came of the challenge to {challenge.to}",
        then=reverse("casework:case_oversight", args=[case.ref]),
    )  # fmt: skip


def supervise(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record supervision of a case."""
    case = queries.case_for(request.actor, ref)
    policy.can_supervise(request.actor).require()
    today = clock.today()
    form = forms.Supervision(request.POST or None, today=today, initial={"on": today})
    return asked(
        request, case, form,
        lambda values: actions.supervise(case=case, by=request.actor, **values),
        title="Record supervision", is_once=True,
        then=reverse("casework:case_oversight", args=[case.ref]),
    )  # fmt: skip


def audits(request: OfficeRequest) -> HttpResponse:
    """Show the cases drawn for audit and those audited; draw more."""
    policy.can_supervise(request.actor).require()
    today = clock.today()
    is_done = request.GET.get("done") == "yes"
    form = forms.Sample(
        request.POST or None, initial={"size": 5, "seed": today.year * 100 + today.month}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.draw_sample(by=request.actor, on=today, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            return redirect("casework:audits")
    samples = queries.samples(request.actor, is_done=is_done)
    url = reverse("casework:audits")
    context = {
        "title": "Audits of cases",
        "samples": samples,
        "is_done": is_done,
        "form": form,
        "judgements": actions.JUDGEMENTS,
        "tabs": [
            Tab("To audit", url, is_current=not is_done),
            Tab("Audited", f"{url}?done=yes", is_current=is_done),
        ],
    }
    children = {sample.case.child_id for sample in samples}
    return page(request, "casework/audits.html", context, children=children)


def audit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Answer the questions of an audit."""
    policy.can_supervise(request.actor).require()
    sample = queries.sample_for(request.actor, pk)
    form = forms.Audit(
        request.POST or None, questions=dict(actions.AUDIT_QUESTIONS),
        judgements=dict(actions.JUDGEMENTS),
    )  # fmt: skip

    def act(values: Mapping[str, Any]) -> object:
        return actions.audit(
            sample=sample, answers=form.answers, judgement=values["judgement"],
            findings=values["findings"], by=request.actor, on=clock.today(),
        )  # fmt: skip

    return asked(
        request, sample.case, form, act, title="Audit of a case", submit="Record the audit",
        then=reverse("casework:audits"),
    )  # fmt: skip
