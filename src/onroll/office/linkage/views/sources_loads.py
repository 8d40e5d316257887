"""The screens of a list: sent in, its columns named, held, accepted, taken back, destroyed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Decision, Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.actions import sources_loads as actions
from onroll.office.linkage.forms.sources import ColumnsForm, ReasonForm, SendForm
from onroll.office.linkage.policy import sources as policy
from onroll.office.linkage.queries import sources as queries
from onroll.office.linkage.queries.sources_columns import MEANINGS
from onroll.office.linkage.queries.sources_kinds import caution_of
from onroll.office.linkage.queries.sources_preview import preview
from onroll.office.linkage.views.sources import crumbs
from onroll.office.web.components import Row
from onroll.office.web.forms import GovukForm
from onroll.office.web.templatetags.onroll import day, moment
from onroll.office.web.views import page

if TYPE_CHECKING:
    from onroll.office.linkage.models import PopulationLoad

FAULTS_SHOWN = 50
# What is told of a file that its list does not tell itself; "" = in the file's own words.
_OF_THE_FILE = {"intake.refused": "the list was refused and destroyed", "intake.list_forgotten": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: OfficeRequest, key: str) -> HttpResponse:
    """Take in a list of one source, and go to what came of it."""
    source = queries.source_for(request.actor, key)
    today = clock.today()
    may = policy.can_send(request.actor, source, today)
    form = SendForm(request.POST or None, request.FILES or None, today=today)
    twin = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        content = sent.read()
        try:
            load = actions.send_in(
                source=source,
                filename=sent.name,
                content=content,
                as_at=form.cleaned_data["as_at"],
                ask=form.cleaned_data["ask"],
                by=request.actor,
                on=today,
            )
        except Faulty as faulty:
            form.refuse(faulty)
            twin = queries.twin_of(source, content)
        else:
            to = "linkage:list_columns" if load.load.state == "waiting" else "linkage:list"
            return redirect(to, load.pk)
    context = {
        "title": "Send in a list",
        "caption": source.name,
        "source": source,
        "may": may,
        "caution": caution_of(source),
        "twin": twin,
        "form": form,
        "submit": "Send in the list",
        "cancel_url": reverse("linkage:source", args=[key]),
        "crumbs": crumbs((source.name, reverse("linkage:source", args=[key]))),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "linkage/source_send.html", context, children=(), status=status)


@require_safe
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what came of one list, and what can be done with it."""
    load = queries.load_for(request.actor, pk)
    actor, today = request.actor, clock.today()
    file, stands = load.load, queries.last_accepted(load.source)
    is_kept = queries.is_kept(load, today)
    context = {
        "title": f"{load.source.name} as at {day(load.as_at)}",
        "caption": "List",
        "load": load,
        "file": file,
        "is_in_use": stands is not None and stands.pk == pk,
        "is_kept": is_kept,
        "colour": queries.STATE_COLOURS[file.state],
        "faults": file.faults[:FAULTS_SHOWN],
        "all_faults": file.differences.get("all_faults", len(file.faults)),
        "warnings": file.differences.get("warnings", []),
        "parts": queries.parts_of(load),
        "columns": [(name, MEANINGS.get(ours, ours)) for name, ours in load.columns.items()],
        "may_name": policy.can_name_columns(actor, load, today),
        "may_accept": policy.can_accept(actor, load, today),
        "may_reject": policy.can_reject(actor, load),
        "may_undo": policy.can_undo(actor, load),
        "may_destroy": policy.can_destroy(actor, load, today),
        "facts": _facts(load, is_kept=is_kept),
        "history": _history(load),
        "preview": preview(load, actor, columns=load.columns, date_order=load.date_order)
        if is_kept and load.columns
        else None,
        "crumbs": _crumbs(load),
    }
    return page(request, "linkage/source_list.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask what each column of a list is."""
    load = queries.load_for(request.actor, pk)
    today = clock.today()
    may = policy.can_name_columns(request.actor, load, today)
    if not may:
        return _cannot(request, pk, may)
    found, order, seen = queries.columns_of(load, request.actor)
    form = ColumnsForm(request.POST or None, columns=found, date_order=order)
    is_asking = "look" not in request.POST
    if request.method == "POST" and form.is_valid() and is_asking:
        try:
            actions.name_columns(
                load=load,
                columns=form.said,
                date_order=form.cleaned_data["date_order"],
                by=request.actor,
                on=today,
            )
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            return redirect("linkage:list", pk)
    context = {
        "title": "What are the columns?",
        "caption": f"{load.source.name} as at {day(load.as_at)}",
        "lead": "Say what each column of the list is. It is remembered for the next list with this "
        "header.",
        "form": form,
        "is_doubtful": seen == "doubtful",
        "preview": preview(load, request.actor, **form.chosen),
        "is_mine": load.load.received_by_id == request.actor.pk,
        "cancel_url": reverse("linkage:list", args=[pk]),
        "crumbs": _crumbs(load),
    }
    status = 422 if request.method == "POST" and (is_asking or form.errors) else 200
    return page(request, "linkage/source_columns.html", context, children=(), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask why, then use a held list."""
    load = queries.load_for(request.actor, pk)
    today = clock.today()
    form = ReasonForm(request.POST or None)
    return _asked(
        request,
        load,
        policy.can_accept(request.actor, load, today),
        lambda: actions.accept(
            load=load, reason=form.cleaned_data["reason"], by=request.actor, on=today
        ),
        form=form,
        title="Use this list?",
        explains=[says for says, _ in load.held_for],
        rows=_to_decide(load),
        warning=f"Nobody has ticked that its lawful basis was checked. {caution}"
        if (caution := caution_of(load.source))
        else "",
        done="The list was accepted and is in use.",
        submit="Use the list",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask why, then turn a list away."""
    load = queries.load_for(request.actor, pk)
    form = ReasonForm(request.POST or None)
    return _asked(
        request,
        load,
        policy.can_reject(request.actor, load),
        lambda: actions.reject(
            load=load,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            on=clock.today(),
        ),
        form=form,
        title="Turn this list away?",
        explains=["It is destroyed at once. The list in use stays in use."],
        done="The list was turned away and destroyed.",
        submit="Turn it away",
        danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask once more, then take back the list in use."""
    load = queries.load_for(request.actor, pk)
    before = queries.last_accepted(load.source, before=pk)
    return _asked(
        request,
        load,
        policy.can_undo(request.actor, load),
        lambda: actions.undo(load=load, by=request.actor, on=clock.today()),
        title="Take this list back?",
        explains=[_what_stands(before), "This list is destroyed at once. Its counts stay."],
        done="The list was taken back and destroyed.",
        submit="Take it back",
        danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def destroy(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask once more, then destroy the list in use before its day."""
    load = queries.load_for(request.actor, pk)
    today = clock.today()
    return _asked(
        request,
        load,
        policy.can_destroy(request.actor, load, today),
        lambda: actions.destroy(load=load, by=request.actor, on=today),
        title="Destroy this list now?",
        explains=[
            f"Its {load.rows:,} records are destroyed and cannot be searched any more. Counts and "
            "keyed hashes stay, so that the next list can be compared with it.",
        ],
        done="The list was destroyed.",
        submit="Destroy it",
        danger=True,
    )


def _asked(
    request: OfficeRequest,
    load: "PopulationLoad",
    may: Decision,
    act: Any,
    *,
    done: str,
    form: GovukForm | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act()
        except Faulty as faulty:
            assert form is not None
            form.refuse(faulty)
        else:
            messages.success(request, done)
            return redirect("linkage:list", load.pk)
    elif not may:
        return _cannot(request, load.pk, may)
    shown = {
        "caption": f"{load.source.name} as at {day(load.as_at)}",
        "form": form,
        "cancel_url": reverse("linkage:list", args=[load.pk]),
        "crumbs": _crumbs(load),
        **context,
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "web/confirm.html", shown, children=(), status=status)


def _cannot(request: OfficeRequest, pk: int, may: Decision) -> HttpResponse:
    # Somebody came by an old link: the list itself says what can be done with it now.
    if request.method == "POST":
        may.require()
    messages.warning(request, may.refusal)
    return redirect("linkage:list", pk)


def _what_stands(before: "PopulationLoad | None") -> str:
    if before is None:
        return "No earlier list was accepted: the source will have none until one is sent in."
    if queries.is_kept(before, clock.today()):
        return f"The list as at {day(before.as_at)} is in use again."
    return (
        f"The list as at {day(before.as_at)} stands again, but it has been destroyed and only its "
        "counts and hashes remain: it cannot be searched until a list is sent in."
    )


def _facts(load: "PopulationLoad", *, is_kept: bool) -> list[Row]:
    file = load.load
    until = f"Kept, encrypted, until {day(file.keep_until)}, then destroyed"
    left = "Counts and hashes" if file.state == "applied" else "Only counts"
    rows = [
        Row("File", file.filename),
        Row(
            "Sent in",
            moment(file.received_at),
            note=f"by {file.received_by.name if file.received_by else 'OnRoll'}",
        ),
        Row("Records", f"{load.rows:,}"),
        Row("The list itself", until if is_kept else f"Destroyed. {left} remain."),
    ]
    if load.compared_with is not None:
        rows.append(Row("Compared with", f"The list as at {day(load.compared_with.as_at)}"))
    if load.decided_by is not None:
        by = f"by {load.decided_by.name}, {moment(load.decided_at)}"
        rows.append(Row("Decided", load.reason, note=by))
    return rows


def _history(load: "PopulationLoad") -> list[journal.Entry]:
    """Return what was done with a list: its own words, and of the file what they do not say."""
    of_file = [
        replace(entry, says=_OF_THE_FILE[entry.verb] or entry.says)
        for entry in journal.of_subject(subject=f"intake.Load:{load.pk}")
        if entry.verb in _OF_THE_FILE
    ]
    own = journal.of_subject(subject=f"linkage.PopulationLoad:{load.pk}")
    return sorted([*own, *of_file], key=lambda entry: entry.at, reverse=True)


def _to_decide(load: "PopulationLoad") -> list[Row]:
    """Return what whoever accepts a held list weighs: who sent it in, and what would change."""
    file = load.load
    sender = file.received_by.name if file.received_by else "OnRoll"
    rows = [
        Row("Sent in by", sender, note=moment(file.received_at)),
        Row("True for", day(load.as_at)),
        Row("Records", f"{load.rows:,}"),
    ]
    if load.compared_with is not None and load.rows_before:
        before = f"in the list as at {day(load.compared_with.as_at)}"
        rows.append(Row("Records before", f"{load.rows_before:,}", note=before))
        rows += [
            Row(part.label, f"{part.count:,}", note=f"{part.share:.1f}% of the list before")
            for part in queries.parts_of(load)
        ]
    return rows


def _crumbs(load: "PopulationLoad") -> list[tuple[str, str]]:
    return crumbs((load.source.name, reverse("linkage:source", args=[load.source.key])))
