"""The queue of referrals, and the page on which one is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.accounts.queries import authority
from onroll.office.casework.actions import triage as actions
from onroll.office.casework.actions.triage import Safeguarding
from onroll.office.casework.forms.triage import NEW_CHILD, DecisionForm, QueueFilter
from onroll.office.casework.policy import cases as cases_policy
from onroll.office.casework.policy import referrals as policy
from onroll.office.casework.queries import cases as case_queries
from onroll.office.casework.queries import referrals as queries
from onroll.office.casework.queries import risk, told, triage
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import child_for, proof_for
from onroll.office.schools.queries import school
from onroll.office.web.components import Figure
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import page


@require_safe
def queue(request: OfficeRequest) -> HttpResponse:
    """Show the referrals that wait, those of significant harm first."""
    policy.can_triage(request.actor).require()
    today = clock.today()
    chosen = QueueFilter(request.GET)
    listed = queries.queue(request.actor, today, chosen.asked, number=request.GET.get("page", "1"))
    counts = queries.counts(request.actor)
    here = reverse("casework:triage")
    figures = [
        Figure("Waiting", counts.all, here),
        Figure(
            "Significant harm", counts.harm, f"{here}?harm=on", "red" if counts.harm else "grey"
        ),
        Figure("Came late", counts.late, f"{here}?late=on", "orange" if counts.late else "grey"),
        Figure("More asked for", counts.asked, f"{here}?state=asked", "blue"),
        Figure("Less than half told", counts.thin),
    ]
    return page(
        request,
        "casework/triage.html",
        {
            "title": "Triage",
            "lead": "Significant harm first, then the highest risk, then the longest wait.",
            "figures": figures,
            "filters_form": chosen,
            "listed": listed,
            "is_filtered": bool(chosen.asked),
            "term_dates_needed": not queries.reaches(today),
        },
        children=[pk for row in listed.object_list for pk in risk.children_behind(row.referral)],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show one referral beside what is known, and take the decision on it."""
    actor, today = request.actor, clock.today()
    if not policy.can_triage(actor) or queries.is_their_own(actor, ref):
        return given(request, ref)
    shown = queries.referral_for(actor, ref)
    listed = triage.candidates(shown, actor, today)
    again = _reopenable(request, shown, listed)
    suggestion = triage.suggestion(shown, listed, again)
    form = _form(request, shown, listed, again, suggestion, today)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, shown, form, today)
        except Faulty as faulty:
            form.refuse(faulty)
    relations = triage.relatives(listed, actor, today)
    context = _facts(shown, actor, today) | {
        "form": form,
        "candidates": listed,
        "relations": relations,
        "beside": triage.beside(shown, actor),
        "considerations": triage.considerations(shown),
        "may_decide": policy.can_decide(actor, shown),
        "may_complete": policy.can_complete(actor, shown),
        "suggestion": suggestion,
        "suggests": dict(form.decisions).get(suggestion.decision, ""),
        "asking": triage.asking_text(shown, authority=authority().name),
        "authority": authority(),
    }
    children = [c.child.pk for c in listed] + [r.child.pk for r in relations]
    children += risk.children_behind(shown)
    if shown.child_id is not None:
        children.append(shown.child_id)
    return page(request, "casework/referral.html", context, children=children)


@require_safe
def given(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a referral to whoever gave or took it, the same whether it is sealed or not: what was
    told, and what is asked of them. No match, no score and no decision."""
    actor, today = request.actor, clock.today()
    shown = queries.given_for(actor, ref)
    return page(
        request,
        "casework/referral_as_given.html",
        _told(shown, actor, today)
        | {
            "crumbs": [("Referrals you have made", reverse("casework:referrals_mine"))]
            if policy.can_give(actor, shown.Route.STAFF)
            else [],
            "became": told.became(shown),
            "may_complete": policy.can_complete(actor, shown),
        },
        children=[shown.child_id] if shown.child_id is not None else (),
    )


def _told(shown: Any, actor: Any, today: date) -> dict[str, Any]:
    return {
        "title": told.child_name(shown),
        "caption": f"{shown.get_form_display()} · receipt {told.receipt(shown.ref)}",
        "referral": shown,
        "sections": told.sections(
            shown, may_see_referrer=policy.can_see_referrer(actor, shown), on=today
        ),
    }


def _facts(shown: Any, actor: Any, today: date) -> dict[str, Any]:
    return _told(shown, actor, today) | {
        "crumbs": [("Triage", reverse("casework:triage"))],
        "age": told.age_words(shown, today),
        "risk": risk.shown(shown, actor),
        "is_urgent": risk.is_urgent(shown),
        "waits": queries.waits_words(shown, today),
    }


def _reopenable(request: OfficeRequest, shown: Any, listed: Any) -> list[Any]:
    """The closed cases beside a referral that this person may open again."""
    kinds = dict(triage.kind_choices(request.actor, shown))
    return [
        case
        for candidate in listed
        for case in candidate.closed_cases
        if case.kind in kinds and cases_policy.can_reopen(request.actor, case)
    ]


def _form(
    request: OfficeRequest, shown: Any, listed: Any, again: Any, suggestion: Any, today: date
) -> DecisionForm:
    children = [(c.child.ref, f"{c.child}{_born(c.child.born_on)}") for c in listed]
    cases = [
        (case.ref, f"{c.child}: {case.ref}, opened {day(case.opened_on)}")
        for c in listed
        for case in c.open_cases
    ]
    reopenable = {case.pk for case in again}
    closed = [
        (case.ref, f"{c.child}: {case.ref}, closed {day(case.closed_on)}")
        for c in listed
        for case in c.closed_cases
        if case.pk in reopenable
    ]
    first = _preselected(listed, children)
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        today=today,
        children=children,
        cases=cases,
        closed_cases=closed,
        kinds=triage.kind_choices(request.actor, shown),
        teams=triage.teams(),
        workers=_workers(request.actor, today),
        initial={
            "version": shown.version,
            "decision": suggestion.decision,
            "accepted_child": first,
            "placed_child": first,
            "case": cases[0][0] if cases else None,
            "closed_case": closed[0][0] if closed else None,
            "since": today,
            "school": triage.likely_school(shown),
            "starts_on": shown.starts_on,
        },
    )


def _workers(actor: Actor, today: date) -> list[tuple[str, str]]:
    """Whom one may give a new case to: anybody, or without that permission oneself."""
    if cases_policy.can_reassign(actor):
        return case_queries.worker_choices(today)
    return [(str(actor.pk), "I take it")]


def _preselected(listed: Any, children: Any) -> str | None:
    """The likely child, or nobody known; a child who is only possible is for the officer."""
    if not listed:
        return NEW_CHILD
    return str(children[0][0]) if listed[0].is_likely else None


def _born(born_on: date | None) -> str:
    return f", born {day(born_on)}" if born_on else ""


def _decide(request: OfficeRequest, shown: Any, form: DecisionForm, today: date) -> HttpResponse:
    given = form.cleaned_data
    taken = DECISIONS[given["decision"]]
    case = taken.act(
        referral=shown,
        version=given["version"],
        safeguarding=Safeguarding(given["conclusion"], given["because"]),
        reason=given["reason"],
        by=request.actor,
        on=today,
        **taken.more(request, shown, form),
    )
    if taken.case_says:
        messages.success(request, f"{told.child_name(shown)}: {taken.case_says} {case.ref}.")
        return redirect("casework:case", case.ref)
    title = dict(form.decisions)[given["decision"]]
    messages.success(
        request, f"{told.child_name(shown)}, referral {told.receipt(shown.ref)}: {title.lower()}."
    )
    return redirect("casework:triage")


More = Callable[[OfficeRequest, Any, DecisionForm], dict[str, Any]]


def _nothing_more(request: OfficeRequest, shown: Any, form: DecisionForm) -> dict[str, Any]:
    return {}


def _to_accept(request: OfficeRequest, shown: Any, form: DecisionForm) -> dict[str, Any]:
    given = form.cleaned_data
    chosen = {name: int(given[name]) if given[name] else None for name in ("team", "owner")}
    return _whom(request, shown, given["accepted_child"]) | {"kind": given["kind"], **chosen}


def _to_add(request: OfficeRequest, shown: Any, form: DecisionForm) -> dict[str, Any]:
    return {"case": triage.case_for_adding(request.actor, form.cleaned_data["case"])}


def _to_reopen(request: OfficeRequest, shown: Any, form: DecisionForm) -> dict[str, Any]:
    given = form.cleaned_data
    case = triage.case_for_adding(request.actor, given["closed_case"])
    return {"case": case, "since": given["since"]}


def _to_place(request: OfficeRequest, shown: Any, form: DecisionForm) -> dict[str, Any]:
    chosen, _ = form.school_told
    if chosen is None:
        raise Faulty(("school", "Choose a school that the register knows."))
    given = form.cleaned_data
    whom = _whom(request, shown, given["placed_child"])
    return whom | {"school": school(chosen), "starts_on": given["starts_on"]}


def _to_refer(request: OfficeRequest, shown: Any, form: DecisionForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("to_kind", "to")}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a decision does: the act, what it needs beside what all need, what is said of its case.

    Without `case_says` no case comes of it and one goes back to the queue.
    """

    act: Callable[..., Any]
    more: More = _nothing_more
    case_says: str = ""


DECISIONS = {
    "accept": Taken(actions.accept, _to_accept, "accepted into case"),
    "add": Taken(actions.add_to_case, _to_add, "added to case"),
    "reopen": Taken(actions.reopen_case, _to_reopen, "reopened case"),
    "place": Taken(actions.record_place, _to_place),
    "school": Taken(actions.return_to_school),
    "elsewhere": Taken(actions.refer_elsewhere, _to_refer),
    "more": Taken(actions.ask_for_more),
    "none": Taken(actions.no_action),
}


def _whom(request: OfficeRequest, shown: Any, chosen: str) -> dict[str, Any]:
    """The child chosen; or nobody, with the proof that the possible matches were looked at."""
    if chosen != NEW_CHILD:
        return {"child": child_for(request.actor, chosen)}
    proof = proof_for(
        given_names=shown.given_names,
        family_name=shown.family_name,
        born_on=shown.born_on,
        upn=shown.upn,
        by=request.actor,
    )
    return {"child": None, "searched": proof}
