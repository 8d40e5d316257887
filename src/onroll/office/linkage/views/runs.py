"""The screens of searches: where one begins, how far it is, what came of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.actions import runs as actions
from onroll.office.linkage.forms.runs import RunForm
from onroll.office.linkage.policy import candidates as clearing
from onroll.office.linkage.policy import runs as policy
from onroll.office.linkage.queries import candidates, yields
from onroll.office.linkage.queries import runs as queries
from onroll.office.linkage.queries.sources import to_accept
from onroll.office.web.components import Row, Tab
from onroll.office.web.templatetags.onroll import counted, day, moment, number
from onroll.office.web.views import page

RUNS_SHOWN, ON_A_PAGE = 5, 30
REFRESH_SECONDS = 4


def tabs(request: OfficeRequest, current: str) -> list[Tab]:
    """Return the sections of “Find missing children” that this person may open."""
    actor = request.actor
    offered = [
        ("linkage:find", "Overview", True),
        ("linkage:found", "Clear the list", bool(clearing.can_clear(actor))),
        ("linkage:sealed_found", "May be sealed", bool(clearing.can_refer_to_keepers(actor))),
        ("linkage:sources", "Sources", bool(policy.can_run(actor))),
        ("linkage:runs", "Searches", True),
        ("linkage:yields", "How well the search does", bool(policy.can_see_yields(actor))),
    ]
    waits = {"linkage:sources": len(to_accept(actor, clock.today())) or None}
    return [
        Tab(label, reverse(name), name == current, waits.get(name))
        for name, label, shown in offered
        if shown
    ]


def require_seen(request: OfficeRequest) -> None:
    """Let nobody learn that there are searches whose role has nothing to do with them."""
    if not policy.can_see(request.actor):
        raise Unknown("no searches")


@require_safe
def find(request: OfficeRequest) -> HttpResponse:
    """Show at one look how fresh the lists are, what the last search found, what to do next."""
    require_seen(request)
    actor, today = request.actor, clock.today()
    lists, last, going = queries.lists_on(today), queries.last_done(), queries.going()
    groups = yields.with_yields(candidates.groups(actor), actor)
    outlook = yields.outlook(groups)
    context = {
        "title": "Find missing children",
        "lead": "Who is on a list of who lives here and on no list of who is being educated "
        "(Education Act 1996, section 436A). A score never decides alone: people do.",
        "tabs": tabs(request, "linkage:find"),
        "lists": lists,
        "lines": queries.source_lines_of(actor, today),
        "last": last,
        "going": going,
        "groups": groups,
        "outlook": outlook,
        "runs": queries.runs_of(actor)[:RUNS_SHOWN],
        "colours": queries.STATE_COLOURS,
        "may_run": policy.can_run(actor),
        "may_clear": clearing.can_clear(actor),
        "may_see_yields": policy.can_see_yields(actor),
        "next": _next(actor_may_run=bool(policy.can_run(actor)), lists=lists, last=last,
                      going=going, outlook=outlook),
    }  # fmt: skip
    return page(request, "linkage/find.html", context, children=())


def _next(
    *, actor_may_run: bool, lists: queries.Lists, last: Any, going: Any, outlook: yields.Outlook
) -> str:
    """Return what to do next, in a sentence."""
    if going is not None:
        return "A search is going on. Its page shows how far it is."
    if lists.lacks:
        return lists.lacks if actor_may_run else "A coordinator has to send in lists first."
    if last is None:
        return "The lists are there. Search now." if actor_may_run else "No search has been run."
    newer = [one for one in lists.usable if one.as_at > last.as_at]
    if newer and actor_may_run:
        return (
            f"{counted(len(newer), 'list is,lists are')} newer than the last search. Search again."
        )
    if outlook.to_look_at:
        return f"{counted(outlook.to_look_at, 'name waits,names wait')} to be looked at."
    if outlook.settled:
        return (
            f"{counted(outlook.settled, 'child waits,children wait')} for an answer, all known "
            "here as gone or as educated."
        )
    return "Everybody whom the last search found is answered for. Search again with newer lists."


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: OfficeRequest) -> HttpResponse:
    """Ask for a search as at a day."""
    if not policy.can_run(request.actor):
        raise Unknown("no searches")
    today = clock.today()
    form = RunForm(request.POST or None, today=today, initial={"as_at": today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                run = actions.ask(as_at=form.cleaned_data["as_at"], by=request.actor, on=today)
            except Faulty as faulty:
                form.refuse(faulty)
            else:
                return redirect("linkage:run", run.pk)
    context = {
        "title": "Search now",
        "lead": "The search compares every list that is in use, in minutes, and lists who is in "
        "none that shows education. You can leave the page meanwhile.",
        "form": form,
        "lists": queries.lists_on(today),
        "going": queries.going(),
        "submit": "Search now",
        "cancel_url": reverse("linkage:find"),
        "crumbs": [_home()],
    }
    return page(request, "linkage/run_new.html", context, children=(), status=status)


@require_safe
def runs(request: OfficeRequest) -> HttpResponse:
    """List every search."""
    require_seen(request)
    context = {
        "title": "Searches",
        "tabs": tabs(request, "linkage:runs"),
        "runs": Paginator(queries.runs_of(request.actor), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "colours": queries.STATE_COLOURS,
        "may_run": policy.can_run(request.actor),
    }
    return page(request, "linkage/runs.html", context, children=())


@require_safe
def run(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one search: how far it is while it goes on, then what came of it."""
    require_seen(request)
    found = queries.run_for(request.actor, pk)
    is_still = request.GET.get("still") == "yes"
    context = {
        "title": f"Search as at {day(found.as_at)}",
        "caption": f"Search {found.pk}",
        "run": found,
        "colour": queries.STATE_COLOURS[found.state],
        "compared": [
            {**one, "on": date.fromisoformat(one["as_at"])}
            for one in found.sources
            if one.get("as_at")
        ],
        "is_still": is_still,
        "facts": _facts(found),
        "may_stop": policy.can_stop(request.actor, found),
        "may_run": policy.can_run(request.actor),
        "may_clear": clearing.can_clear(request.actor),
        "history": journal.of_subject(subject=f"linkage.Run:{found.pk}"),
        "crumbs": [_home(), ("Searches", reverse("linkage:runs"))],
    }
    response = page(request, "linkage/run.html", context, children=())
    if found.is_going and not is_still:
        # A header and no <meta>: the page works without scripts and can be told to keep still.
        response.headers["Refresh"] = str(REFRESH_SECONDS)
    return response


def _facts(found: Any) -> list[Row]:
    counts, machine = found.counts, found.machine
    rows = [
        Row("Asked for", moment(found.asked_at), note=f"by {found.asked_by or 'OnRoll'}"),
        Row("Took", _took(found)),
    ]
    if found.state == "done":
        rows += [
            Row("Records compared", number(counts.get("records")), note="Forgotten since"),
            Row("Listed", number(counts.get("listed")), note="Children who wait for an answer"),
            Row("Not asked again", number(counts.get("remembered")), note="Answered for before"),
            Row("Asked again", number(counts.get("asked_again")),
                note="A list has them at a new address, or their case was closed"),
            Row("In an open case already", number(counts.get("followed"))),
        ]  # fmt: skip
    if machine:
        memory = machine.get("memory_bytes")
        rows.append(
            Row("Seed", found.seed,
                note="The same lists and seed give the same answer. "
                f"Memory at most {memory / 2**30:.1f} GB" if memory else "")
        )  # fmt: skip
    return rows


def _took(found: Any) -> str:
    if not (found.started_at and found.finished_at):
        return "Not over yet" if found.is_going else "Did not begin"
    seconds = round((found.finished_at - found.started_at).total_seconds())
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return counted(rest, "second,seconds")
    return f"{counted(minutes, 'minute,minutes')} {counted(rest, 'second,seconds')}"


@require_POST
def stop(request: OfficeRequest, pk: int) -> HttpResponse:
    """Stop a search."""
    if not policy.can_run(request.actor):
        raise Unknown("no searches")
    found = queries.run_for(request.actor, pk)
    try:
        stopped = actions.stop(run=found, by=request.actor, on=clock.today())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        over = "The search was stopped." if not stopped.is_going else "The search stops shortly."
        messages.success(request, f"{over} Nothing of it is kept.")
    return redirect("linkage:run", pk)


def _home() -> tuple[str, str]:
    return "Find missing children", reverse("linkage:find")
