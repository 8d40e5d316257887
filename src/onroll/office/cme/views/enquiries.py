"""The pages of the ledger: what is asked, what came, what is concluded from it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.casework.views.frame import asked, case_page
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.forms import work as forms
from onroll.office.cme.views.frame import case_of, home_of
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest

MOVES = {"locate": "here", "believe_elsewhere": "elsewhere", "believe_abroad": "abroad"}


def enquiries(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the ledger of enquiries, and what has not been asked yet."""
    case = case_of(request, ref)
    form = forms.Pathway(request.GET or None)
    pathway = str(form.asked.get("pathway", ""))
    joint = queries.joint_enquiries_of(case)
    ledger = queries.enquiries(case)
    context = {
        "enquiries": ledger,
        "standing": {e.pk for e in queries.what_stands(ledger)},
        "remaining": [(t, queries.caution(t)) for t in queries.not_yet_made(case, pathway=pathway)],
        "pathway_form": form,
        "pathway": pathway,
        "joint": joint,
        "joint_needed": queries.joint_enquiry_needed(case),
        "absences": queries.absences_of(case),
        "can_enquire": policy.can_enquire(request.actor, case),
    }
    return case_page(
        request, case, "cme/enquiries.html", context, tab="cme:enquiries", title="Enquiries"
    )


def ask(request: OfficeRequest, ref: str) -> HttpResponse:
    """Make an enquiry, or record one that the school made."""
    case = case_of(request, ref)
    policy.can_enquire(request.actor, case).require()
    today = clock.today()
    chosen = request.GET.get("template", "")
    form = forms.Ask(
        request.POST or None, today=today,
        initial={"template": chosen, "on": today, "made_by_school": False},
    )  # fmt: skip

    def act(values: Mapping[str, Any]) -> object:
        return actions.ask(
            case=case,
            by=request.actor,
            **{
                **values,
                "template": queries.template_for(values["template"]),
                "made_by_school": bool(values["made_by_school"]),
            },
        )

    template = next((t for t in queries.templates() if t.key == chosen), None)
    lead = ""
    if template is not None:
        lead = f"{template.lawful_basis}. {queries.caution(template)}".strip()
    return asked(
        request, case, form, act, title="Make an enquiry", submit="Record the enquiry", lead=lead,
        is_once=True,
        then=reverse("cme:enquiries", args=[case.ref]),
    )  # fmt: skip


def answer(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record the answer to an enquiry."""
    case = case_of(request, ref)
    policy.can_enquire(request.actor, case).require()
    enquiry = queries.enquiry_for(case, pk)
    if enquiry.answered_on is not None and request.method == "GET":
        return redirect("cme:correct", ref=case.ref, pk=pk)
    today = clock.today()
    form = forms.Answer(
        request.POST or None, today=today,
        initial={
            "version": enquiry.version, "on": today, "strength": "none",
            "la_code": enquiry.la_code, "country": enquiry.country, "accepted": "no",
            "accepted_on": today,
        },
        may_accept=_may_accept(enquiry),
    )  # fmt: skip
    return asked(
        request, case, form,
        lambda values: actions.answer(enquiry=enquiry, by=request.actor, **_answered(values)),
        title=f"Answer: {enquiry.template.title}",
        lead=f"Asked of {enquiry.asked_of} on {enquiry.asked_on.day} {enquiry.asked_on:%B %Y}.",
        then=reverse("cme:enquiries", args=[case.ref]), submit="Record the answer",
    )  # fmt: skip


def correct(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Correct an answer; the first one stays, and the correction beside it."""
    case = case_of(request, ref)
    policy.can_enquire(request.actor, case).require()
    enquiry = queries.enquiry_for(case, pk)
    form = forms.Correction(
        request.POST or None, today=clock.today(),
        initial={
            "on": enquiry.answered_on, "result": enquiry.result,
            "strength": enquiry.strength or "none", "account": enquiry.account,
            "la_code": enquiry.la_code, "country": enquiry.country,
            "accepted": "yes" if enquiry.accepted_on else "no",
            "accepted_on": enquiry.accepted_on, "accepted_by": enquiry.accepted_by,
            "accepted_how": enquiry.accepted_how,
            "accepted_reference": enquiry.accepted_reference,
        },
        may_accept=_may_accept(enquiry),
    )  # fmt: skip
    return asked(
        request, case, form,
        lambda values: actions.correct(enquiry=enquiry, by=request.actor, **_answered(values)),
        title=f"Correct the answer: {enquiry.template.title}", submit="Record the correction",
        is_once=True,
        lead="The first answer stays in the ledger with the correction beside it. From now on the "
        "correction counts as evidence.",
        then=reverse("cme:enquiries", args=[case.ref]),
    )  # fmt: skip


def _may_accept(enquiry: Any) -> bool:
    return bool(enquiry.template.shows == queries.Shows.ACCEPTANCE)


def _answered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as the action takes it, the acceptance in one piece."""
    given = {name: value for name, value in values.items() if not name.startswith("accepted")}
    if values.get("accepted") == "yes":
        given["accepted"] = actions.Accepted(
            on=values["accepted_on"], by=values["accepted_by"], how=values["accepted_how"],
            reference=values["accepted_reference"],
        )  # fmt: skip
    return given


def joint_enquiry(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record the joint enquiry of school and authority, or put the last one right."""
    case = case_of(request, ref)
    policy.can_enquire(request.actor, case).require()
    today = clock.today()
    current, needed = queries.joint_enquiry_of(case), queries.joint_enquiry_needed(case)
    corrects = current is not None and not needed
    initial: dict[str, Any] = {"school_on": today, "authority_on": today}
    if needed:
        initial["ground"] = needed[0].ground
    if current is not None:
        initial["seen"] = current.pk
    if current is not None and corrects:
        initial |= {
            "ground": current.ground, "school_says": current.school_says,
            "school_on": current.school_on, "authority_says": current.authority_says,
            "authority_on": current.authority_on, "agreed_no_return": current.agreed_no_return,
            "located": "" if current.is_located is None else "yes" if current.is_located else "no",
        }  # fmt: skip
    form = forms.JointEnquiry(request.POST or None, today=today, initial=initial)

    def act(values: Mapping[str, Any]) -> object:
        given = {name: value for name, value in values.items() if name != "located"}
        return actions.record_joint_enquiry(
            case=case, by=request.actor, is_located=values["located"] == "yes",
            corrects=corrects, **{**given, "agreed_no_return": bool(values["agreed_no_return"])},
        )  # fmt: skip

    return asked(
        request, case, form, act, then=reverse("cme:enquiries", args=[case.ref]),
        title="Correct the joint enquiry" if corrects else "Joint enquiry with the school",
        lead="A name may leave the register only after school and authority have jointly made "
        "reasonable efforts to find out where the child is, and either failed or, having found "
        "the child, both expect no return (SI 2024/208 reg 9(1)(h) and (i)).",
    )  # fmt: skip


def whereabouts(request: OfficeRequest, ref: str) -> HttpResponse:
    """Conclude where the child is, from the evidence."""
    case = case_of(request, ref)
    policy.can_enquire(request.actor, case).require()
    today = clock.today()
    answers = [
        (str(e.pk), f"{e.template.title}: {e.get_result_display()}, {e.get_strength_display()}")
        for e in queries.what_stands(queries.enquiries(case))
        if e.result == "located"
    ]
    form = forms.Whereabouts(
        request.POST or None, today=today, answers=answers,
        initial={
            "version": case.version, "on": today, "strength": "believed",
            "conclusion": MOVES.get(request.GET.get("move", ""), ""),
        },
    )  # fmt: skip

    def act(values: Mapping[str, Any]) -> object:
        pk = values["enquiry"]
        enquiry = queries.enquiry_for(case, int(pk)) if pk else None
        return actions.conclude(case=case, by=request.actor, **{**values, "enquiry": enquiry})

    return asked(
        request, case, form, act, title="Where the child is", submit="Record the conclusion",
        lead="That a child is in another area is confirmed by that authority’s acceptance; that a "
        "child is abroad, by an independent answer from there.",
        then=home_of(case),
    )  # fmt: skip
