"""The authority's details, since when it has recorded, and the journal."""

from datetime import date
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.accounts import policy, queries
from onroll.office.accounts.actions import authority as actions
from onroll.office.accounts.actions.rules import choose_rules
from onroll.office.accounts.forms.organisation import (
    AuthorityForm,
    JournalFilters,
    RecordingForm,
    RulesForm,
    SwitchForm,
)
from onroll.office.accounts.queries import rules
from onroll.office.accounts.views.asking import answers, ask, show
from onroll.office.journal import chain
from onroll.office.journal import queries as journal_queries
from onroll.office.journal.verbs import all_verbs
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest

A_PAGE = 100
RULES_CHANGED = "The local rules have been changed, and the clocks of every open case with them."


def _editor(request: OfficeRequest) -> Actor:
    actor: Actor = request.actor
    policy.can_edit(actor).require()
    return actor


def authority(request: OfficeRequest) -> HttpResponse:
    """The authority's identity, and its letterhead as it will be printed."""
    _editor(request)
    context = {
        "title": "The authority",
        "own": queries.authority(),
        "head": queries.letterhead(None),
        "rules": rules.rules_on(),
        "history": [(held, rules.pack_title(held.pack)) for held in rules.rules_history()],
        "pack": rules.pack_on(),
        "pack_faults": rules.own_packs().faults,
    }
    return show(request, "accounts/authority.html", "accounts:authority", context)


def authority_edit(request: OfficeRequest) -> HttpResponse:
    """Change the authority's details."""
    actor, own = _editor(request), queries.authority()
    now = {field: getattr(own, field) for field in AuthorityForm.base_fields}
    return ask(
        request,
        AuthorityForm(answers(request), initial=now),
        partial(actions.describe_authority, by=actor),
        title="Change the authority’s details",
        done="The details have been changed. New letters carry them.",
        back=reverse("accounts:authority"),
    )


def rules_edit(request: OfficeRequest) -> HttpResponse:
    """Propose another policy pack and other limits; what they would change is shown first.

    What was shown is sent here again, with `instead_of`, to be chosen.
    """
    actor, today, now = _editor(request), clock.today(), rules.rules_on()
    if "instead_of" in request.POST:
        return _rules_switch(request, actor, today)
    offered = rules.pack_choices()
    if now.pack not in dict(offered):
        offered = [("", "Choose"), *offered]
    given = {field: getattr(now, field) for field in ("pack", "seen_within", "quiet_after")}
    form = RulesForm(answers(request), packs=offered, initial={**given, "starts_on": today})
    if request.method == "POST" and form.is_valid():
        proposed = rules.Proposed(**form.cleaned_data)
        if not proposed.changes(now):
            form.add_error("pack", "These are the rules that you have: nothing would change")
        elif faults := rules.faults_of(proposed, today, now):
            form.refuse(Faulty(*faults))
        elif shown_at := rules.preview_of(proposed):
            return redirect(shown_at)
    return ask(
        request,
        form,
        partial(choose_rules, by=actor, on=today),
        title="Change the local rules",
        lead="You see what would change on open cases before anything is saved.",
        submit="Show what would change",
        done=RULES_CHANGED,
        back=reverse("accounts:authority"),
    )


def _rules_switch(request: OfficeRequest, actor: Actor, today: date) -> HttpResponse:
    """Choose the rules that were previewed."""
    return ask(
        request,
        SwitchForm(request.POST),
        partial(choose_rules, by=actor, on=today),
        title="Switch the local rules",
        submit="Switch",
        done=RULES_CHANGED,
        back=reverse("accounts:authority"),
    )


def recordings(request: OfficeRequest) -> HttpResponse:
    """Since when each series has been recorded, and what is said of the time before."""
    _editor(request)
    context = {"title": "Recording began", "recordings": queries.recordings()}
    return show(request, "accounts/recordings.html", "accounts:recordings", context)


def recording_edit(request: OfficeRequest, series: str = "") -> HttpResponse:
    """Say since when a series has been recorded."""
    actor = _editor(request)
    found = next((r for r in queries.recordings() if r.series == series), None)
    now = {"series": found.series, "began_on": found.began_on, "says": found.says} if found else {}
    return ask(
        request,
        RecordingForm(answers(request), initial=now),
        partial(actions.say_recording_began, by=actor),
        title="Since when a series has been recorded",
        done="Figures for earlier dates now carry the caveat.",
        back=reverse("accounts:recordings"),
    )


def journal(request: OfficeRequest) -> HttpResponse:
    """Who did what and who looked; posting checks the whole chain and says what was found."""
    policy.can_read_journal(request.actor).require()
    verbs = {v.key: v.key for v in all_verbs()}
    people = [(u.pk, u.name) for u in queries.users(clock.today())]
    form = JournalFilters(request.GET or None, people=people, verbs=verbs)
    asked = form.asked
    found = journal_queries.written(
        by=request.actor,
        actor=int(asked["person"]) if "person" in asked else None,
        verb=asked.get("verb", ""),
        since=asked.get("since"),
        until=asked.get("until"),
    )
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "The journal",
        # Numbers and totals count what is kept from a reader too.
        "counts_all": request.actor.may("sealed.read"),
        "form": form,
        "events": listed,
        "lines": journal_queries.lines(list(listed)),
        "head": chain.head(),
        "waiting": journal_queries.waiting(),
        "verdict": chain.verify() if request.method == "POST" else None,
    }
    return show(request, "accounts/journal.html", "accounts:journal", context)
