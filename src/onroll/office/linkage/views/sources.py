"""The screens of sources: which lists there are, and each of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.actions import sources as actions
from onroll.office.linkage.forms.sources import SourceForm, SourcesFilter
from onroll.office.linkage.policy import sources as policy
from onroll.office.linkage.queries import sources as queries
from onroll.office.linkage.queries.sources_kinds import caution_of, kinds, usual
from onroll.office.linkage.views.runs import tabs
from onroll.office.web.components import Row
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import page

SOURCES_A_PAGE = 30
LOADS_A_PAGE = 12
_HISTORY = 60


@require_safe
def sources(request: OfficeRequest) -> HttpResponse:
    """List the sources with the state of each."""
    _require_keeper(request)
    form = SourcesFilter(request.GET or None)
    asked = form.asked
    found = queries.source_lines(
        request.actor,
        clock.today(),
        state=asked.get("state", ""),
        evidence=asked.get("evidence", ""),
    )
    context = {
        "title": "Sources",
        "lead": "Lists that show who lives here and who is being educated. Whoever stands in the "
        "first and in none of the second may be missing education.",
        "filters_form": form,
        "is_filtered": any(asked.values()),
        "tabs": tabs(request, "linkage:sources"),
        "lines": Paginator(found, SOURCES_A_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "linkage/sources.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest) -> HttpResponse:
    """Ask what kind of list it is, then the rest with the usual answers for that kind."""
    _require_keeper(request)
    kind = request.GET.get("kind", "")
    titles = {key: title for key, title, _ in kinds()}
    if kind not in titles:
        context = {
            "title": "Add a source",
            "lead": "What kind of list is it? Each kind comes with answers to check.",
            "kinds": kinds(),
            "crumbs": crumbs(),
        }
        return page(request, "linkage/source_kinds.html", context, children=())
    offered = usual(kind)
    form = SourceForm(
        request.POST or None,
        asks_evidence=kind == "other",
        initial={
            "name": next(title for key, title, _ in kinds() if key == kind)
            if kind != "other"
            else "",
            "lawful_basis": offered.lawful_basis,
            "stale_after_months": offered.stale_after_months,
            "brake_share": 5,
            "keep_days": 28,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            source = actions.add(kind=kind, by=request.actor, on=clock.today(), **form.cleaned_data)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{source.name} was added. Send in its first list.")
            return redirect("linkage:source", source.key)
    return _form(request, form, "Add a source", offered.caution, reverse("linkage:sources"))


@require_safe
def source(request: OfficeRequest, key: str) -> HttpResponse:
    """Show one source: what is said of it, its lists, its history."""
    found = queries.source_for(request.actor, key)
    today = clock.today()
    stands = queries.last_accepted(found)
    state = queries.freshness(found, stands, today)
    loads = queries.loads_of(found)
    context = {
        "title": found.name,
        "caption": _kind_where_it_says_more(found),
        "source": found,
        "state": state,
        "stands": stands,
        "is_kept": stands is not None and queries.is_kept(stands, today),
        "caution": caution_of(found),
        "may_send": policy.can_send(request.actor, found, today),
        "facts": _facts(found),
        "loads": Paginator(loads, LOADS_A_PAGE).get_page(request.GET.get("page")),
        "colours": queries.STATE_COLOURS,
        "history": journal.of_subject(subject=f"linkage.Source:{found.pk}", most=_HISTORY),
        "crumbs": crumbs(),
    }
    return page(request, "linkage/source.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OfficeRequest, key: str) -> HttpResponse:
    """Change what is said of a source."""
    found = queries.source_for(request.actor, key)
    form = SourceForm(
        request.POST or None,
        asks_evidence=found.kind == "other",
        agrees_to=_raised(found) if policy.can_agree_to_share(request.actor, found) else "",
        initial={name: getattr(found, name, None) for name in SourceForm.base_fields},
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change(
                source=found,
                kind=found.kind,
                by=request.actor,
                on=clock.today(),
                **form.cleaned_data,
            )
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, f"{changed.name} was changed.")
            return redirect("linkage:source", key)
    back = reverse("linkage:source", args=[key])
    return _form(request, form, f"Change {found.name}", caution_of(found), back)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: OfficeRequest, key: str) -> HttpResponse:
    """Ask once more, then retire a source."""
    found = queries.source_for(request.actor, key)
    if request.method == "POST":
        actions.retire(source=found, by=request.actor, on=clock.today())
        messages.success(request, f"{found.name} was retired.")
        return redirect("linkage:source", key)
    context = {
        "title": f"Retire {found.name}?",
        "explains": [
            "No list of it is taken and none is searched any more. What was loaded and decided "
            "stays on record, and a list that is still kept is destroyed on its day.",
            "You can restore it at any time.",
        ],
        "submit": "Retire the source",
        "danger": True,
        "cancel_url": reverse("linkage:source", args=[key]),
        "crumbs": crumbs((found.name, reverse("linkage:source", args=[key]))),
    }
    return page(request, "web/confirm.html", context, children=())


@require_POST
def restore(request: OfficeRequest, key: str) -> HttpResponse:
    """Use a retired source again."""
    found = queries.source_for(request.actor, key)
    actions.restore(source=found, by=request.actor, on=clock.today())
    messages.success(request, f"{found.name} was restored.")
    return redirect("linkage:source", key)


def _require_keeper(request: OfficeRequest) -> None:
    # Whoever loads no lists finds no page about them.
    if not policy.can_keep(request.actor):
        raise Unknown("no sources")


def _form(
    request: OfficeRequest, form: SourceForm, title: str, caution: str, back: str
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": title,
        "form": form,
        "caution": caution,
        "submit": "Save the source",
        "cancel_url": back,
        "crumbs": crumbs(),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "linkage/source_form.html", context, children=(), status=status)


def _facts(found: Any) -> list[Row]:
    ends = found.agreement_ends_on
    return [
        Row("Shows", found.get_evidence_display()),
        Row("Supplied by", found.supplier),
        Row(
            "Lawful basis",
            found.lawful_basis,
            note="Checked by information governance"
            if found.is_basis_checked
            else "Not checked yet",
        ),
        Row("Agreement ends", day(ends) if ends else "No day agreed"),
        Row("Stale", f"{found.stale_after_months} months after its day"),
        Row("Held when more changes than", f"{found.brake_share}%", note=_raised(found)),
        Row("Kept for", f"{found.keep_days} days, then destroyed; counts and hashes stay"),
    ]


def _kind_where_it_says_more(found: Any) -> str:
    kind = str(found.get_kind_display())
    return "" if kind.casefold() == found.name.casefold() else kind


def _raised(found: Any) -> str:
    """Return who raised the share while nobody has agreed, and what that means."""
    if found.share_before is None:
        return ""
    who = found.share_raised_by.name
    return (
        f"{who} set it above {found.share_before}%. Lists that {who} sends in are held beyond "
        f"{found.share_before}% until a colleague agrees."
    )


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way back from a page of sources."""
    home = ("Find missing children", reverse("linkage:find"))
    return [home, ("Sources", reverse("linkage:sources")), *more]
