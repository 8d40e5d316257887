"""Probable duplicates, two records side by side, and saying whether they are of one child."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.forms import identity as forms
from onroll.office.linkage.queries import identity as queries
from onroll.office.linkage.queries.second_person import joins_to_answer
from onroll.office.people import actions, policy
from onroll.office.people import queries as people
from onroll.office.people.queries.children import page_of
from onroll.office.people.queries.identity_pairs import probable_pairs
from onroll.office.web.components import Tab
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

ON_A_PAGE = 25
GET_OR_POST = ["GET", "HEAD", "POST"]


def tabs(request: OfficeRequest, current: str) -> list[Tab]:
    """Return the lists of this part: the last only for those who keep sealed records."""
    named = [
        ("Probable duplicates", "linkage:duplicates"),
        ("Waiting for a second person", "linkage:waiting"),
        ("Joined", "linkage:joined"),
    ]
    if policy.can_answer_for_keepers(request.actor):
        named.append(("Sealed records", "linkage:keepers"))
    waits = {"linkage:waiting": joins_to_answer(request.actor) or None}
    return [Tab(title, reverse(name), name == current, waits.get(name)) for title, name in named]


@require_safe
def duplicates(request: OfficeRequest) -> HttpResponse:
    """List the pairs of records that are probably of one child, the likeliest first."""
    policy.can_decide_identity(request.actor).require()
    form = forms.PairFilters(request.GET or None)
    pairs = queries.narrowed(probable_pairs(by=request.actor), **form.asked)
    listed = Paginator(pairs, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = queries.shown(list(listed), by=request.actor, on=clock.today())
    context = {
        "title": "Probable duplicates",
        "lead": "Records that may be of one child. A score never decides: compare them and say.",
        "tabs": tabs(request, "linkage:duplicates"),
        "filters_form": form,
        "is_filtered": bool(form.asked),
        "shown": listed,
        "rows": rows,
    }
    shown = [pk for row in rows for pk in (row.one.pk, row.other.pk)]
    return page(request, "linkage/identity_duplicates.html", context, children=shown)


@require_http_methods(GET_OR_POST)
def same_child(request: OfficeRequest, ref: str) -> HttpResponse:
    """Choose the record with which to compare this one: of those alike, or by its reference."""
    child = people.child_for(request.actor, ref)
    policy.can_decide_identity(request.actor).require()
    form = forms.OtherRecord(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        if not queries.is_a_reference(other):
            form.add_error("other", "Check the reference: one of its letters or digits is wrong.")
        elif queries.is_same_reference(other, child):
            form.add_error("other", "This is the reference of the record itself.")
        else:
            return redirect("linkage:compare", child.ref, queries.tidied(other))
    likely = queries.likely_of(child, by=request.actor, on=clock.today())
    context = _about(
        request, child, "Same child as another record",
        form=form, submit="Compare", likely=likely, apart=queries.taken_apart_from(child),
    )  # fmt: skip
    shown = [child.pk, *(match.child.pk for match in likely)]
    return page(request, "linkage/identity_choose.html", context, children=shown)


def _about(request: OfficeRequest, child: Any, title: str, **more: Any) -> dict[str, Any]:
    url = page_of(child.ref)
    return {
        "title": title,
        "child": people.banner(child, by=request.actor, on=clock.today()),
        "subject": child,
        "crumbs": [(str(child), url), ("Duplicates", reverse("linkage:duplicates"))],
        "cancel_url": url,
        **more,
    }


TwoRecords = Callable[[OfficeRequest, Any, Any], HttpResponse]


def _of_two(view: TwoRecords) -> Callable[[OfficeRequest, str, str], HttpResponse]:
    """Give a view its two records.

    Where there is no second one that this person may know, whatever the cause, they are asked
    whether to refer the first to those who keep sealed records: the same page for every cause.
    """

    def of_two(request: OfficeRequest, ref: str, other: str) -> HttpResponse:
        child = people.child_for(request.actor, ref)
        policy.can_decide_identity(request.actor).require()
        second = queries.other_record(request.actor, other)
        if second is None or second.pk == child.pk:
            return redirect("linkage:refer", child.ref)
        return view(request, child, second)

    of_two.__doc__ = view.__doc__
    return require_http_methods(GET_OR_POST)(of_two)


@_of_two
def compare(request: OfficeRequest, child: Any, other: Any) -> HttpResponse:
    """Show two records side by side, with what agrees, what differs, and what to say of them."""
    seen = queries.compared(child, other, by=request.actor, on=clock.today())
    context = {
        "title": "Are these one child?",
        "crumbs": [("Duplicates", reverse("linkage:duplicates"))],
        "seen": seen,
        "can_refer": not request.actor.may("sealed.read"),
    }
    return page(request, "linkage/identity_compare.html", context, children=seen.children)


@_of_two
def join(request: OfficeRequest, child: Any, other: Any) -> HttpResponse:
    """Say that two records are of one child, or ask a second person where it needs two."""
    seen = queries.compared(child, other, by=request.actor, on=clock.today())
    stays = queries.stays_first(seen)
    initial = {"stays": stays[0][0], "starts_on": seen.second_began_on}
    form = forms.Join(request.POST or None, stays=stays, initial=initial, today=clock.today())

    def act(given: Mapping[str, Any]) -> str:
        kept, folded = (child, other) if given["stays"] == child.ref else (other, child)
        said = {"starts_on": given["starts_on"], "why": given["why"]}
        if seen.why_two:
            actions.ask_to_join(
                child=kept, other=folded, by=request.actor, on=clock.today(), **said
            )
            messages.success(request, "A second person now has to agree. Nothing is joined yet.")
            return reverse("linkage:waiting")
        actions.join(child=kept, other=folded, by=request.actor, on=clock.today(), **said)
        messages.success(request, f"They are one child. {kept.ref} is the record in use.")
        return page_of(queries.head_ref(kept))

    return _asked(
        request, form, act, template="linkage/identity_join.html",
        title="They are one child", cancel_url=_compare_url(child, other), seen=seen,
        submit="Ask a second person" if seen.why_two else "Join the records",
    )  # fmt: skip


@_of_two
def tell_apart(request: OfficeRequest, child: Any, other: Any) -> HttpResponse:
    """Say that two records are of two children: the pair is not offered again."""
    seen = queries.compared(child, other, by=request.actor, on=clock.today())
    form = forms.Why(request.POST or None)

    def act(given: Mapping[str, Any]) -> str:
        actions.tell_apart(
            child=child, other=other, why=given["why"], by=request.actor, on=clock.today()
        )
        messages.success(request, "They are two children. The pair is not listed any more.")
        return reverse("linkage:duplicates")

    return _asked(
        request, form, act, template="linkage/identity_two.html",
        title="They are two children", cancel_url=_compare_url(child, other), seen=seen,
        submit="They are two children",
    )  # fmt: skip


def _compare_url(child: Any, other: Any) -> str:
    return reverse("linkage:compare", args=[child.ref, other.ref])


def _asked(
    request: OfficeRequest,
    form: GovukForm,
    act: Callable[[Mapping[str, Any]], str],
    *,
    template: str,
    title: str,
    seen: queries.Compared,
    **context: Any,
) -> HttpResponse:
    """Show a form about two records; when it is in order, do the one act and go where it says."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except Faulty as faulty:
            form.refuse(faulty)
    crumbs = [("Duplicates", reverse("linkage:duplicates"))]
    shared = {"title": title, "form": form, "seen": seen, "crumbs": crumbs, **context}
    return page(request, template, shared, children=seen.children)


@require_http_methods(GET_OR_POST)
def refer(request: OfficeRequest, ref: str) -> HttpResponse:
    """Refer a record to those who keep sealed records: the same page whatever the reason."""
    child = people.child_for(request.actor, ref)
    policy.can_decide_identity(request.actor).require()
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.refer_to_keepers(
            child=child, why=form.cleaned_data["why"], by=request.actor, on=clock.today()
        )
        messages.success(
            request,
            "It is referred to those who keep sealed records. They come to you if they need you.",
        )
        return redirect(page_of(child.ref))
    context = _about(
        request, child, "Refer to the sealed-records team",
        form=form, submit="Refer to the sealed-records team",
    )  # fmt: skip
    return page(request, "linkage/identity_refer.html", context, children=[child.pk])
