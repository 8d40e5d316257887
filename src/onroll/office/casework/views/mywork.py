"""My work, the list of cases, caseloads, and giving many cases to a colleague at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.accounts.queries.rules import rules_on
from onroll.office.casework import kinds
from onroll.office.casework.actions import cases as actions
from onroll.office.casework.forms import cases as forms
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.policy import oversight as oversight_policy
from onroll.office.casework.policy import referrals as referral_policy
from onroll.office.casework.queries import cases as case_queries
from onroll.office.casework.queries import worklist as queries
from onroll.office.casework.queries.at_risk import AtRisk
from onroll.office.casework.queries.my_work import MyWork, ToDo
from onroll.office.casework.queries.my_work import my_work as waiting_for
from onroll.office.casework.queries.second_person import decisions_for
from onroll.office.casework.queries.unfollowed import MOST_DAYS, Unfollowed, narrowed
from onroll.office.casework.queries.unfollowed import unfollowed as nobodys
from onroll.office.casework.views.first_page import first_page
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.components import Figure
from onroll.office.web.sheets import csv_file
from onroll.office.web.views import download, page

ON_A_PAGE = 40
SHOWN = 10  # lines of each section of My work
MOST_TICKED = 200


SECTIONS = (
    ("overdue", "Overdue", "Nothing is overdue."),
    ("due", "Due this week", "Nothing falls due in the next seven days."),
    ("new", "New to you", ""),
    ("waiting", "Waiting for an answer", ""),
    ("watching", "Watching for a start", ""),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of My work: its first lines, or a page of all of them."""

    name: str
    title: str
    nothing: str
    lines: Sequence[Any]
    all: int


def my_work(request: OfficeRequest) -> HttpResponse:
    """Show what waits for this person: own work first, then triage, then who may go missing;
    to those who work on no cases, what they may do.

    Each section shows its first lines; `?section=` shows one of them whole, by pages.
    """
    if not policy.can_work_some(request.actor):
        return first_page(request)
    today = clock.today()
    work = waiting_for(request.actor, today)
    if request.GET.get("whose") == "own":
        work = work.own
    titles = {name: title for name, title, _ in SECTIONS} | {"at-risk": "May go missing"}
    chosen = request.GET.get("section", "")
    if chosen in titles:
        return _section(request, work, chosen, titles[chosen])
    covered = sorted(line.covers for line in work.lines if line.covers)
    sections = [
        Section(name, title, nothing, work.section(name)[:SHOWN], len(work.section(name)))
        for name, title, nothing in SECTIONS
    ]
    at_risk = work.at_risk[:SHOWN]
    context = {
        "title": "My work",
        "lead": f"With the work of {' and '.join(dict.fromkeys(covered))}, whom you cover."
        if covered else "",
        "figures": _figures(request, work),
        "work": work,
        "to_decide": decisions_for(request.actor, today),
        "sections": sections,
        "at_risk": at_risk,
        "has_own_work": policy.can_work_some(request.actor) or bool(work.lines),
        "covers": bool(request.actor.covering),
        "is_own": request.GET.get("whose") == "own",
        "can_oversee": policy.can_oversee(request.actor),
        "can_take_referrals": referral_policy.can_record(request.actor),
    }  # fmt: skip
    shown = {pk for one in sections for pk in work.children_of(one.lines)}
    shown |= {risk.child.pk for risk in at_risk}
    shown |= {r.child_id for r in work.referrals if r.child_id is not None}
    return page(request, "casework/my_work.html", context, children=shown)


def _section(request: OfficeRequest, work: MyWork, name: str, title: str) -> HttpResponse:
    found: Sequence[AtRisk | ToDo] = work.at_risk if name == "at-risk" else work.section(name)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "crumbs": [("My work", reverse("casework:my_work"))],
        "shown": shown,
        "is_at_risk": name == "at-risk",
    }
    children = {line.child.pk for line in shown if line.child is not None}
    return page(request, "casework/my_work_section.html", context, children=children)


def _figures(request: OfficeRequest, work: MyWork) -> list[Figure]:
    """Own work first, then triage, then the children whom nobody follows."""
    cases = reverse("casework:cases")
    figures = []
    if policy.can_work_some(request.actor) or work.lines:
        figures += [
            Figure("Overdue", len(work.overdue), "#overdue", "red" if work.overdue else "grey"),
            Figure("Due this week", len(work.due), "#due", "orange" if work.due else "grey"),
            Figure("New to you", len(work.new), "#new", "blue" if work.new else "grey"),
            Figure("Waiting for an answer", len(work.waiting), "#waiting"),
            Figure("Watching for a start", len(work.watching), "#watching"),
            Figure("Your open cases", work.open_cases, f"{cases}?owner=me"),
        ]
    if work.unallocated:
        url = f"{cases}?owner=none"
        figures.append(Figure("Your teams’ cases with nobody", work.unallocated, url, "orange"))
    if referral_policy.can_triage(request.actor):
        waiting = work.referrals_waiting
        url = reverse("casework:triage")
        figures.append(Figure("Referrals to triage", waiting, url, "red" if waiting else "grey"))
    if work.unfollowed is not None:
        url = reverse("casework:unfollowed")
        figures.append(
            Figure(
                "Missing, with no case", work.unfollowed, url, "red" if work.unfollowed else "grey"
            )
        )
    return figures


def filters_of(request: OfficeRequest) -> tuple[forms.CaseFilters, queries.Filters]:
    today = clock.today()
    states = [pair for kind in kinds.all_kinds() for pair in kind.workflow.states.items()]
    form = forms.CaseFilters(
        request.GET or None, workers=case_queries.worker_choices(today), states=states
    )
    return form, queries.Filters(**form.asked, sort=request.GET.get("sort", "due"))


def cases(request: OfficeRequest) -> HttpResponse:
    """Show the cases that this person may know of, filtered, sorted and paged."""
    today = clock.today()
    form, filters = filters_of(request)
    found = queries.worklist(request.actor, today, filters)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = queries.rows(shown.object_list, request.actor, today)
    context = {
        "title": "Closed cases" if filters.closed else "Cases",
        "filters_form": form,
        "shown": shown,
        "rows": rows,
        "sort": filters.sort,
        "can_reassign": policy.can_reassign(request.actor),
        "can_oversee": policy.can_oversee(request.actor),
        "can_see_unfollowed": policy.can_see_unfollowed(request.actor),
        "can_export": policy.can_export(request.actor),
        "can_tick": policy.can_reassign(request.actor) or policy.can_export(request.actor),
        "can_work": policy.can_work_some(request.actor),
        "many_kinds": len(kinds.all_kinds()) > 1,
        "query": request.GET.urlencode(),
    }
    return page(
        request, "casework/cases.html", context, children={row.case.child_id for row in rows}
    )


def cases_csv(request: OfficeRequest) -> HttpResponse:
    """Give the filtered list as CSV."""
    policy.can_export(request.actor).require()
    today = clock.today()
    _, filters = filters_of(request)
    found = queries.worklist(request.actor, today, filters)
    policy.can_export_list(request.actor, count=found.count()).require()
    rows = queries.rows(found, request.actor, today)
    headings = (
        "Case", "Kind", "Given names", "Family name", "Date of birth", "State", "Urgent",
        "Key worker", "Team", "Opened on", "Days open", "Next due", "What is due",
        "Last seen or spoken to", "Last action",
    )  # fmt: skip
    table = [
        (
            row.case.ref, row.kind, row.case.child.given_names, row.case.child.family_name,
            row.case.child.born_on, row.state, "yes" if row.case.is_urgent else "no",
            row.case.owner.name if row.case.owner else "",
            row.case.team.name if row.case.team else "",
            row.case.opened_on, row.days, row.clock.due_on if row.clock else None,
            row.clock.title if row.clock else "", row.seen_on, row.acted_on,
        )
        for row in rows
    ]  # fmt: skip
    return download(
        request, filename=f"cases-{today.isoformat()}.csv", content=csv_file([headings, *table]),
        content_type="text/csv; charset=utf-8", children={row.case.child_id for row in rows},
    )  # fmt: skip


def unfollowed(request: OfficeRequest) -> HttpResponse:
    """Show the children who miss education by what is recorded and have no case."""
    policy.can_see_unfollowed(request.actor).require()
    form, rows, aside = _unfollowed(request)
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Missing education, with no case",
        "lead": "By what is recorded, these children are on no roll and educated nowhere, and "
        "nobody is following them. A child leaves this list once a case is open or it is recorded "
        "where the child is educated.",
        "filters_form": form,
        "is_filtered": bool(form.asked),
        "shown": shown,
        "aside": aside,
        "mine": request.actor.stands_for,
        "longest": MOST_DAYS,
        "can_export": policy.can_export(request.actor),
        "can_open": policy.can_open_some(request.actor),
        "can_look_into": policy.can_look_into(request.actor),
        "query": request.GET.urlencode(),
    }
    return page(
        request, "casework/unfollowed.html", context, children={row.child.pk for row in shown}
    )


def unfollowed_csv(request: OfficeRequest) -> HttpResponse:
    """Give the children who miss education and have no case as CSV."""
    policy.can_export(request.actor).require()
    policy.can_see_unfollowed(request.actor).require()
    today = clock.today()
    _, rows, _ = _unfollowed(request)
    headings = (
        "Child", "Given names", "Family name", "Date of birth", "Year group", "Missing since",
        "Last school", "Left on", "Destination", "Last case", "Last outcome", "What is known",
        "Looked into by", "Since", "Set aside until", "Why",
    )  # fmt: skip
    table = [
        (
            row.child.ref, row.child.given_names, row.child.family_name, row.child.born_on,
            row.year_words, row.since,
            row.last_roll.school.name if row.last_roll else "",
            row.last_roll.ends_on if row.last_roll else None,
            row.last_roll.destination if row.last_roll else "",
            row.last_case.ref if row.last_case else "",
            row.last_outcome, " ".join(row.why),
            row.taken.who.name if row.taken else "", row.taken.starts_on if row.taken else None,
            row.back_on, row.aside.why if row.aside else "",
        )
        for row in rows
    ]  # fmt: skip
    return download(
        request, filename=f"missing-with-no-case-{today.isoformat()}.csv",
        content=csv_file([headings, *table]), content_type="text/csv; charset=utf-8",
        children={row.child.pk for row in rows},
    )  # fmt: skip


def _unfollowed(request: OfficeRequest) -> tuple[forms.UnfollowedFilters, list[Unfollowed], int]:
    """Return the filters, the rows that they leave, and how many are set aside in all."""
    form = forms.UnfollowedFilters(request.GET or None)
    rows = nobodys(request.actor, clock.today())
    shown = narrowed(rows, mine=request.actor.stands_for, **form.asked)
    return form, shown, sum(row.aside is not None for row in rows)


def caseloads(request: OfficeRequest) -> HttpResponse:
    """Show managers who carries what, and which children nobody has seen."""
    policy.can_oversee(request.actor).require()
    today = clock.today()
    rules = rules_on(today)
    form = forms.CaseloadLimits(request.GET or None)
    seen_within = form.asked.get("not_seen", rules.seen_within)
    quiet_after = form.asked.get("quiet", rules.quiet_after)
    loads = queries.caseloads(
        request.actor, today, seen_within=seen_within, quiet_after=quiet_after
    )
    cases_url = reverse("casework:cases")
    figures = [
        Figure("Open cases", sum(load.open for load in loads), cases_url),
        Figure("With nobody", sum(load.open for load in loads if load.owner is None),
               f"{cases_url}?owner=none", "orange"),
        Figure("Overdue", sum(load.overdue for load in loads), f"{cases_url}?due=overdue", "red"),
        Figure(f"Not seen for {seen_within} days", sum(load.not_seen for load in loads),
               f"{cases_url}?not_seen={seen_within}&sort=seen", "red"),
        Figure(f"No action for {quiet_after} days", sum(load.quiet for load in loads),
               f"{cases_url}?quiet={quiet_after}&sort=acted", "orange"),
    ]  # fmt: skip
    unseen = queries.not_seen(request.actor, today, seen_within)[:15]
    rows = queries.rows(unseen, request.actor, today)
    context = {
        "title": "Caseloads",
        "filters_form": form,
        "rules": rules,
        "figures": figures,
        "loads": loads,
        "rows": rows,
        "unseen": sum(load.not_seen for load in loads),
        "seen_within": seen_within,
        "quiet_after": quiet_after,
        "can_reassign": policy.can_reassign(request.actor),
        "can_audit": oversight_policy.can_supervise(request.actor),
        "can_work": policy.can_work_some(request.actor),
        "many_kinds": len(kinds.all_kinds()) > 1,
    }
    return page(
        request, "casework/caseloads.html", context, children={row.case.child_id for row in rows}
    )


def reassign(request: OfficeRequest) -> HttpResponse:
    """Give many cases to one colleague: those ticked, or somebody's, a page of them at a time."""
    policy.can_reassign(request.actor).require()
    today = clock.today()
    refs = request.GET.getlist("ref")
    owner = request.GET.get("owner", "")
    if refs:
        found = queries.worklist_of(request.actor, today, refs)
    else:
        filters = queries.Filters(owner=owner if owner.isdecimal() else "none")
        found = queries.worklist(request.actor, today, filters)
    shown = Paginator(found, ON_A_PAGE).get_page(None if refs else request.GET.get("page"))
    rows = queries.rows(found[:MOST_TICKED] if refs else shown.object_list, request.actor, today)
    form = forms.Reassign(
        request.POST or None, cases=[(row.case.ref, _in_a_line(row)) for row in rows],
        workers=case_queries.worker_choices(today),
        initial={"cases": [row.case.ref for row in rows] if refs else []},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.reassign(
                cases=queries.cases_to_reassign(request.actor, form.cleaned_data["cases"]),
                owner=form.cleaned_data["owner"], why=form.cleaned_data["why"],
                by=request.actor, on=today,
            )  # fmt: skip
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{given} case{'' if given == 1 else 's'} reassigned.")
            return redirect("casework:caseloads")
    context = {
        "title": "Reassign cases",
        "lead": "The most pressing first. Tick those that go to one colleague.",
        "form": form,
        "shown": None if refs else shown,
        "submit": "Reassign",
        "cancel_url": reverse("casework:caseloads"),
        "crumbs": [("Caseloads", reverse("casework:caseloads"))],
    }
    return page(
        request, "casework/reassign.html", context, children={row.case.child_id for row in rows}
    )


def _in_a_line(row: queries.Row) -> str:
    """Return one case as the words beside its tick box."""
    parts = [str(row.case.child), row.state.lower(), f"open {row.days:,} days"]
    if row.clock is not None and row.clock.due_on is not None:
        parts.append(f"{row.clock.says.lower()}: {row.clock.title}")
    if row.case.is_urgent:
        parts.insert(1, "urgent")
    return ", ".join(parts)
