"""What every page of a case has around it: the child, the case's header, its tabs, its forms."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from onroll.office.casework import kinds
from onroll.office.casework.actions.once import once
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.policy import oversight as oversight_policy
from onroll.office.casework.queries import cases as queries
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people
from onroll.office.web.components import Badge, Link, Tab
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

Act = Callable[[Mapping[str, Any]], object]
SUBMISSION = "submission"


def tabs_of(request: OfficeRequest, case: Any, current: str) -> list[Tab]:
    """Return the tabs of a case: casework's, the kind's, and documents where they are kept."""
    named = [("Overview", "casework:case"), *kinds.get(case.kind).tabs]
    named += [
        ("Contacts and visits", "casework:case_contacts"),
        ("Notes", "casework:case_notes"),
        ("Tasks", "casework:case_tasks"),
        ("Documents and letters", "casework:case_documents"),
        ("Safeguarding", "casework:case_safeguarding"),
        ("Oversight", "casework:case_oversight"),
        ("History", "casework:case_history"),
    ]
    found = []
    for title, name in named:
        try:
            found.append(Tab(title, reverse(name, args=[case.ref]), is_current=name == current))
        except NoReverseMatch:
            continue
    return found


def case_page(
    request: OfficeRequest,
    case: Any,
    template: str,
    context: Mapping[str, Any],
    *,
    tab: str,
    title: str = "",
    others: tuple[int, ...] = (),
) -> HttpResponse:
    """Return one tab of a case, with the child above and the header of the case."""
    today = clock.today()
    kind = kinds.get(case.kind)
    stage = queries.stage_of(case)
    badges = [Badge(kinds.state_title(case.kind, case.state), "blue" if case.is_open else "grey")]
    if case.is_urgent:
        badges.insert(0, Badge("Urgent", "red"))
    if not case.is_open:
        badges.append(Badge(kind.outcomes.get(case.outcome, case.outcome), "green"))
    stages = [(name, name == stage) for name in kind.stages]
    shared = {
        "case": case,
        "kind": kind,
        "child": people.banner(case.child, by=request.actor, on=today),
        "crumbs": [("My work", reverse("casework:my_work")), ("Cases", reverse("casework:cases"))],
        "title": title or f"{kind.title} case",
        "caption": f"Case {case.ref}",
        "badges": badges,
        "stages": stages,
        "days": queries.days_open(case, today),
        "tabs": tabs_of(request, case, tab),
        "can_work": policy.can_work_open(request.actor, case),
    }
    return page(request, template, {**shared, **context}, children=[case.child_id, *others])


def asked(
    request: OfficeRequest,
    case: Any,
    form: GovukForm,
    act: Act,
    *,
    title: str,
    then: str,
    submit: str = "Save",
    done: str = "",
    template: str = "web/form.html",
    is_once: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show a form about a case; when it is sent and in order, do the one act and go on.

    `is_once` is for what stays for ever once written: the same form sent again does nothing.
    """
    if is_once:
        form.fields[SUBMISSION] = forms.CharField(
            required=False, initial=uuid4, widget=forms.HiddenInput
        )
    if request.method == "POST" and form.is_valid():
        submission = _submission(request, form) if is_once else None
        try:
            if submission is None:
                act(form.cleaned_data)
            else:
                once(submission=submission, act=lambda: act(form.cleaned_data))
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            if done:
                messages.success(request, done)
            return redirect(then)
    shared = {
        "title": title,
        "caption": f"{kinds.title_of(case.kind)} case {case.ref}",
        "child": people.banner(case.child, by=request.actor, on=clock.today()),
        "form": form,
        "submit": submit,
        "cancel_url": then,
        "crumbs": [(f"Case {case.ref}", reverse("casework:case", args=[case.ref]))],
    }
    return page(request, template, {**shared, **context}, children=[case.child_id])


def _submission(request: OfficeRequest, form: GovukForm) -> UUID | None:
    """Take the submission off the answers: one for each opening of a form and what was typed."""
    try:
        opened = UUID(form.cleaned_data.pop(SUBMISSION))
    except ValueError:
        return None
    # Somebody who goes back and types something else has not sent the same again.
    sent = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
    return uuid5(opened, json.dumps([request.path, request.actor.pk, sent]))


def actions_of(request: OfficeRequest, case: Any) -> list[dict[str, Any]]:
    """Return what may be done next with a case: each a link, or the reason why not."""
    kind = kinds.get(case.kind)
    found = []
    for move, decision in policy.moves(request.actor, case, on=clock.today()):
        door = kind.doors.get(move.name)
        if door:
            url = f"{reverse(door, args=[case.ref])}?move={move.name}"
        else:
            url = reverse("casework:move", args=[case.ref, move.name])
        found.append({"label": move.title, "url": url, "refusal": decision.refusal})
    return found


def around(request: OfficeRequest, case: Any) -> list[Link]:
    """Return the lesser things to do with a case that this person may do."""
    may = policy.can_allocate(request.actor, case)
    take = policy.can_take(request.actor, case)
    links = []
    if may:
        links.append(Link("Give it to a key worker", reverse("casework:allocate", args=[case.ref])))
        url = reverse("casework:transfer", args=[case.ref])
        links.append(Link("Transfer to another team", url))
    elif take:
        links.append(Link("Take this case", reverse("casework:allocate", args=[case.ref])))
    if policy.can_work_open(request.actor, case):
        links.append(Link("Say who holds the case", reverse("casework:hand_to", args=[case.ref])))
    if oversight_policy.can_supervise(request.actor):
        links.append(Link("Record supervision", reverse("casework:supervise", args=[case.ref])))
    return links
