"""The screens of whom a search found: by cause, in lists, one with its evidence, as a file."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.matching.causes import CAUSES
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.actions import answers as answering
from onroll.office.linkage.actions import candidates as actions
from onroll.office.linkage.forms.answers import NotMissingForm
from onroll.office.linkage.forms.candidates import FoundFilter
from onroll.office.linkage.policy import candidates as policy
from onroll.office.linkage.policy import runs as seeing
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import runs as searches
from onroll.office.linkage.queries import yields
from onroll.office.linkage.queries.candidates_sides import sides
from onroll.office.linkage.views.runs import tabs
from onroll.office.web.components import Row
from onroll.office.web.sheets import CSV, csv_file
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import download, page

MOST_EXPORTED, MOST_PRINTED = 5_000, 500
HEADINGS = (
    "Reference", "Likely cause", "In no education list", "Lives here", "Name", "Date of birth",
    "Age", "Sex", "Address", "On the lists", "Why", "Probably the known child",
    "Name of the known child", "Standing of the known child", "Answer", "Answered on",
)  # fmt: skip


def require_clearer(request: OfficeRequest) -> None:
    """Let nobody learn whom a search found whose role does not answer for them."""
    if not policy.can_clear(request.actor):
        raise Unknown("no candidates")


def candidate_shown(request: OfficeRequest, ref: str) -> Any:
    """Return one candidate to be shown, who is no sealed child by what is known now.

    Raises Unknown.
    """
    found = queries.candidate_for(request.actor, ref)
    if actions.hide_sealed_since([found]):
        found = queries.candidate_for(request.actor, ref)
    return found


def _filter(request: OfficeRequest) -> FoundFilter:
    return FoundFilter(
        request.GET or None,
        sources=queries.lists_of_residents(),
        standings=queries.standings_found(request.actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: OfficeRequest) -> HttpResponse:
    """Show the groups by cause, and those who wait for an answer, whom nobody knows first.

    A name to look for is posted: it never stands in an address.
    """
    if not policy.can_clear(request.actor) and seeing.can_see(request.actor):
        return _counts_alone(request)
    require_clearer(request)
    form = _filter(request)
    asked = form.asked
    name = request.POST.get("name", "").strip()[:100]
    shown = _shown(request, asked, name)
    while actions.hide_sealed_since(list(shown)):
        shown = _shown(request, asked, name)
    lines = queries.lines_of(list(shown), by=request.actor, on=clock.today())
    actions.look(candidates=[line.candidate for line in lines], by=request.actor)
    cause = CAUSES.get(asked.get("cause", ""))
    kept = request.GET.copy()
    for part in ("page", "undo"):
        kept.pop(part, None)
    expected = yields.with_yields(queries.groups(request.actor), request.actor)
    context = {
        "title": cause.title if cause else "Clear the list",
        "lead": cause.says
        if cause
        else "Children on a list of who lives here and on none of who "
        "is being educated. A score never decides alone: say of each, or of a group, what is so.",
        "tabs": tabs(request, "linkage:found"),
        "crumbs": [("Clear the list", reverse("linkage:found"))] if cause else (),
        "filters_form": form,
        "is_filtered": bool(asked or name),
        "name": name,
        "is_answered": bool(asked.get("answered")),
        "groups": expected if not (asked or name) else (),
        "outlook": yields.outlook(expected),
        "shown": shown,
        "lines": lines,
        "causes": CAUSES,
        "last": searches.last_done(),
        "going": searches.going(),
        "query": kept.urlencode(),
        "may_export": policy.can_export(request.actor),
        "undo": queries.batch_for(request.actor, request.GET.get("undo", "")),
    }
    known = [line.child.pk for line in lines if line.child]
    return page(request, "linkage/found.html", context, children=known)


def _shown(request: OfficeRequest, asked: Mapping[str, Any], name: str) -> Any:
    every: Any = queries.shown_to(request.actor, asked)
    if name:
        every = queries.called(every, name)
    return Paginator(every, queries.ON_A_PAGE).get_page(request.GET.get("page") if not name else 1)


def _counts_alone(request: OfficeRequest) -> HttpResponse:
    """Tell whoever may see how many were found, and not who, what there is for them."""
    groups = yields.with_yields(queries.groups(request.actor), request.actor)
    context = {
        "title": "Clear the list",
        "lead": policy.can_clear(request.actor).refusal,
        "tabs": tabs(request, "linkage:found"),
        "groups": groups,
        "outlook": yields.outlook(groups),
        "may_see_yields": seeing.can_see_yields(request.actor),
    }
    return page(request, "linkage/found_counts.html", context, children=(), status=403)


@require_safe
def candidate(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show one candidate with its evidence, side by side, and what can be said."""
    require_clearer(request)
    context = _about(request, ref)
    context["form"] = NotMissingForm(short=True)
    return page(request, "linkage/candidate.html", context, children=context.pop("known"))


@require_safe
def printed(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show one candidate on a sheet to print."""
    require_clearer(request)
    context = _about(request, ref)
    return page(request, "linkage/candidate_print.html", context, children=context.pop("known"))


def _about(request: OfficeRequest, ref: str) -> dict[str, Any]:
    actor, today = request.actor, clock.today()
    one = candidate_shown(request, ref)
    (line,) = queries.lines_of([one], by=actor, on=today)
    actions.look(candidates=[one], by=actor)
    likely = queries.likely_children(line.evidence, by=actor, on=today) if line.evidence else []
    return {
        "title": line.name,
        "caption": CAUSES[one.cause].title if one.cause in CAUSES else one.cause,
        "candidate": one,
        "line": line,
        "evidence": line.evidence,
        "told": sides(line.evidence),
        "facts": _facts(line),
        "cause": CAUSES.get(one.cause),
        "likely": [(match, queries.is_probably(match)) for match in likely],
        "history": queries.history_of(one),
        "may_refer": policy.can_refer(actor, one),
        "may_take_back": policy.can_take_back(actor, [line.answer]) if line.answer else None,
        "today": today,
        "back": request.GET.get("back", ""),
        "crumbs": [
            ("Clear the list", reverse("linkage:found")),
            (
                CAUSES[one.cause].title if one.cause in CAUSES else one.cause,
                f"{reverse('linkage:found')}?cause={one.cause}",
            ),
        ],
        "known": [match.child.pk for match in likely],
    }


def _facts(line: queries.Line) -> list[Row]:
    one = line.candidate
    return [
        Row("Probability", f"{line.per_cent}%",
            note="The search’s guess that no education list has this child. It decides nothing."),
        Row("Lives here", f"{round(100 * one.lives_here)}%", note="By the traces that residents "
            "leave on several lists"),
        Row("On the lists", ", ".join(line.sources)),
        Row("Listed since", day(one.listed_on)),
    ]  # fmt: skip


def _taken_away(request: OfficeRequest, asked: Mapping[str, Any], most: int) -> list[queries.Line]:
    """Return the list to be taken away, as it is narrowed; who takes it is journalled."""
    require_clearer(request)
    policy.can_export(request.actor).require()
    rows = list(queries.shown_to(request.actor, asked)[:most])
    while actions.hide_sealed_since(rows):
        rows = list(queries.shown_to(request.actor, asked)[:most])
    actions.export(candidates=rows, cause=asked.get("cause", ""), by=request.actor)
    return queries.lines_of(rows, by=request.actor, on=clock.today())


@require_safe
def list_printed(request: OfficeRequest) -> HttpResponse:
    """Show the list, as it is narrowed, on a page to print."""
    form = _filter(request)
    lines = _taken_away(request, form.asked, MOST_PRINTED)
    context = {
        "title": "Children in no list of education",
        "lines": lines,
        "chosen": [(says, value) for says, value, _ in form.chosen()],
        "is_answered": bool(form.asked.get("answered")),
        "causes": CAUSES,
        "count": queries.shown_to(request.actor, form.asked).count(),
        "last": searches.last_done(),
        "today": clock.today(),
    }
    known = [line.child.pk for line in lines if line.child]
    return page(request, "linkage/found_print.html", context, children=known)


@require_safe
def exported(request: OfficeRequest) -> HttpResponse:
    """Give a list as a file."""
    asked = _filter(request).asked
    lines = _taken_away(request, asked, MOST_EXPORTED)
    return download(
        request,
        filename=f"found-{asked.get('cause') or 'all'}-{clock.today().isoformat()}.csv",
        content=csv_file([HEADINGS, *(_cells(line) for line in lines)]),
        content_type=CSV,
        children=[line.child.pk for line in lines if line.child],
    )


def _cells(line: queries.Line) -> list[object]:
    one, evidence = line.candidate, line.evidence
    answer = line.answer
    said = (answer.get_reason_display() or answer.get_what_display()) if answer else ""
    return [
        one.ref, CAUSES[one.cause].title if one.cause in CAUSES else one.cause, one.probability,
        one.lives_here, line.name, evidence.born_on if evidence else None, one.age,
        queries.SEXES.get(one.sex, ""), evidence.address if evidence else "",
        "; ".join(line.sources), evidence.explanation if evidence else "",
        line.child.ref if line.child else "", line.child.name if line.child else "",
        line.child.standing.label if line.child and line.child.standing else "", said,
        answer.answered_on if answer else None,
    ]  # fmt: skip


@require_safe
def sealed_found(request: OfficeRequest) -> HttpResponse:
    """Show to those cleared who may be a sealed child, apart from every other list."""
    if not policy.can_refer_to_keepers(request.actor):
        raise Unknown("no candidates")
    every = queries.sealed_candidates(request.actor)
    shown = Paginator(every, queries.ON_A_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines_of(list(shown), by=request.actor, on=clock.today())
    referred = list(queries.referred_to_keepers(request.actor)[: queries.ON_A_PAGE])
    referred_lines = queries.lines_of(referred, by=request.actor, on=clock.today())
    known, seen = (
        [
            queries.likely_children(line.evidence, by=request.actor, on=clock.today())
            if line.evidence
            else []
            for line in each
        ]
        for each in (lines, referred_lines)
    )
    context = {
        "title": "May be sealed children",
        "lead": "Only people cleared for sealed records see this list, and no other list or count "
        "has these children. Nobody looks into them here: refer each to the sealed-records team.",
        "tabs": tabs(request, "linkage:sealed_found") if policy.can_clear(request.actor) else (),
        "shown": shown,
        "lines": list(zip(lines, known, strict=True)),
        "referred": list(zip(referred_lines, seen, strict=True)),
    }
    actions.look(
        candidates=[line.candidate for line in [*lines, *referred_lines]], by=request.actor
    )
    children = [match.child.pk for matches in [*known, *seen] for match in matches]
    return page(request, "linkage/sealed_found.html", context, children=children)


@require_POST
def to_keepers(request: OfficeRequest, ref: str) -> HttpResponse:
    """Refer somebody who may be a sealed child to those who keep sealed records."""
    if not policy.can_refer_to_keepers(request.actor):
        raise Unknown("no candidates")
    one = queries.sealed_candidate_for(request.actor, ref)
    answering.refer_to_keepers(candidate=one, by=request.actor, on=clock.today())
    messages.success(request, "Referred to the sealed-records team.")
    return redirect("linkage:sealed_found")
