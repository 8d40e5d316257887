"""A case: its overview and history, and what moves it or gives it to somebody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onroll.office.casework import kinds
from onroll.office.casework.actions import cases as actions
from onroll.office.casework.forms import cases as forms
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.queries import cases as queries
from onroll.office.casework.queries import pages
from onroll.office.casework.queries.clocks import clocks as clocks_of
from onroll.office.casework.queries.clocks import pack
from onroll.office.casework.queries.history import history as history_of
from onroll.office.casework.views.frame import actions_of, around, asked, case_page
from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people
from onroll.office.schools import queries as schools
from onroll.office.web.views import page
from onroll.statute.duties import rules_version
from onroll.statute.working import explain


def overview(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a case: where it stands, what is due, what to do next."""
    case = queries.case_for(request.actor, ref)
    shown = pages.case_page(case, request.actor, clock.today())
    context = {
        "shown": shown,
        "hazards": shown.hazards,
        "actions": actions_of(request, case),
        "around": around(request, case),
    }
    return case_page(
        request, case, "casework/case.html", context, tab="casework:case", others=shown.others
    )


def history(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the states of a case, who worked on it, which body held it, and each act by time."""
    case = queries.case_for(request.actor, ref)
    context = {
        "history": history_of(case),
        "acts": journal.of_subject(subject=f"{case._meta.label}:{case.pk}"),
    }
    return case_page(
        request, case, "casework/case_history.html", context, tab="casework:case_history",
        title="History",
    )  # fmt: skip


def clocks(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show every clock of a case with each day counted, to print: for a file or a bundle."""
    case = queries.case_for(request.actor, ref)
    today = clock.today()
    context = {
        "title": f"Clocks of case {case.ref}",
        "case": case,
        "clocks": [explain(found) for found in clocks_of(case, today)],
        "rules": pack(today).title,
        "version": rules_version(pack(today)),
        "today": today,
    }
    return page(request, "casework/case_clocks.html", context, children=[case.child_id])


def open_case(request: OfficeRequest, ref: str) -> HttpResponse:
    """Open a case for a child without a referral."""
    child = people.child_for(request.actor, ref)
    policy.can_open_some(request.actor).require()
    today = clock.today()
    form = forms.OpenCase(request.POST or None, today=today, initial={"notified_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.open_case(child=child, by=request.actor, on=today, **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            return redirect("casework:case", case.ref)
    context = {
        "title": "Open a case",
        "child": people.banner(child, by=request.actor, on=today),
        "form": form,
        "submit": "Open the case",
        "cancel_url": reverse("casework:child", args=[child.ref]),
    }
    return page(request, "web/form.html", context, children=[child.pk])


def move(request: OfficeRequest, ref: str, name: str) -> HttpResponse:
    """Move a case to its next state, with the reason."""
    case = queries.case_for(request.actor, ref)
    policy.can_work(request.actor, case).require()
    kind = kinds.get(case.kind)
    if door := kind.doors.get(name):
        # The kind's own act does more than move the case; what is posted here is not its answers.
        return redirect(f"{reverse(door, args=[case.ref])}?move={name}")
    today = clock.today()
    title = next((m.title for m in kind.workflow.moves if m.name == name), "")
    state = kind.workflow.after(case.state, name) if request.method != "POST" else case.state
    closes = case.is_open and state not in kind.open_states
    initial = {"version": case.version}
    form: forms.Move | forms.Close
    if closes or (request.method == "POST" and "outcome" in request.POST):
        form = forms.Close(
            request.POST or None, outcomes=list(kind.outcomes.items()), initial=initial
        )
    else:
        form = forms.Move(request.POST or None, initial=initial)
    return asked(
        request, case, form,
        lambda values: actions.move(case=case, move=name, by=request.actor, on=today, **values),
        title=title or "Move the case", submit=title or "Save",
        then=reverse("casework:case", args=[case.ref]),
    )  # fmt: skip


def allocate(request: OfficeRequest, ref: str) -> HttpResponse:
    """Give a case to a key worker, or take it."""
    case = queries.case_for(request.actor, ref)
    today = clock.today()
    decision = policy.can_allocate(request.actor, case)
    workers = queries.worker_choices(today, team=case.team_id)
    if not decision:
        policy.can_take(request.actor, case).require()
        workers = [(str(request.actor.pk), request.actor.name)]
    form = forms.Allocate(
        request.POST or None, workers=workers,
        initial={
            "version": case.version,
            "owner": str(case.owner_id or "") if decision else str(request.actor.pk),
        },
    )  # fmt: skip
    return asked(
        request, case, form,
        lambda values: actions.allocate(case=case, by=request.actor, on=today, **values),
        title="Give the case to a key worker", submit="Give the case",
        done="The case has its key worker.",
        then=reverse("casework:case", args=[case.ref]),
    )  # fmt: skip


def transfer(request: OfficeRequest, ref: str) -> HttpResponse:
    """Give a case to another team."""
    case = queries.case_for(request.actor, ref)
    policy.can_allocate(request.actor, case).require()
    teams = [(key, name) for key, name in queries.team_choices() if key != str(case.team_id)]
    form = forms.Transfer(request.POST or None, teams=teams, initial={"version": case.version})
    # The new team's case may not be this person's to see: then My work is where to go on.
    seen = policy.can_see_every_case(request.actor)
    return asked(
        request, case, form,
        lambda values: actions.transfer(
            case=case, by=request.actor, on=clock.today(), **values
        ),
        title="Transfer to another team", submit="Transfer", done="The case is with its new team.",
        then=reverse("casework:case", args=[case.ref]) if seen else reverse("casework:my_work"),
    )  # fmt: skip


def hand_to(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record which body holds a case, such as a return to the school."""
    case = queries.case_for(request.actor, ref)
    policy.can_work_open(request.actor, case).require()
    today = clock.today()
    form = forms.HandTo(request.POST or None, today=today, initial={"on": today})

    def act(values: dict[str, object]) -> object:
        school = values.pop("school")
        return actions.hand_to(
            case=case, by=request.actor,
            school=schools.school(int(str(school))) if school else None,
            **values,  # type: ignore[arg-type]
        )  # fmt: skip

    return asked(
        request, case, form, act,  # type: ignore[arg-type]
        title="Who holds the case", is_once=True,
        then=reverse("casework:case_history", args=[case.ref]),
    )  # fmt: skip


@require_POST
def urgent(request: OfficeRequest, ref: str) -> HttpResponse:
    """Mark a case as urgent, or as urgent no longer, as whoever pressed saw it."""
    case = queries.case_for(request.actor, ref)
    policy.can_work_open(request.actor, case).require()
    form = forms.Urgent(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was changed: say again whether the case is urgent.")
    else:
        actions.say_urgent(case=case, by=request.actor, on=clock.today(), **form.cleaned_data)
    return redirect("casework:case", case.ref)
