"""The screens of files: the list, sending one in, its result, applying and undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.intake import actions, policy, queries, writing
from onroll.office.intake.forms import FilesFilter, UploadForm
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Refused
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import sheets
from onroll.office.web.components import Row
from onroll.office.web.templatetags.onroll import moment
from onroll.office.web.views import download, page

FILES_A_PAGE = 30
FAULTS_SHOWN = 200


@require_safe
def files(request: OfficeRequest) -> HttpResponse:
    """List the files sent in, newest first."""
    filters_form = FilesFilter(request.GET or None, actor=request.actor)
    asked = filters_form.asked
    found = queries.files(request.actor, loader=asked.get("kind", ""), state=asked.get("state", ""))
    return page(
        request,
        "intake/files.html",
        {
            "title": "Files",
            "filters_form": filters_form,
            "files": Paginator(found, FILES_A_PAGE).get_page(request.GET.get("page")),
        },
        children=(),
    )


@require_safe
def choose(request: OfficeRequest) -> HttpResponse:
    """Ask what kind of file it is, with a template of each."""
    return page(
        request,
        "intake/choose.html",
        {
            "title": "Send in a file",
            "loaders": queries.loaders_for(request.actor),
            "back_url": reverse("intake:files"),
            "back_label": "Files",
        },
        children=(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: OfficeRequest, key: str) -> HttpResponse:
    """Take in one file of a kind, and go to its result."""
    loader = queries.loader_for(request.actor, key)
    if loader.sent_at:
        return redirect(loader.sent_at)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        load = actions.receive(
            loader=loader.key,
            filename=sent.name,
            content=sent.read(),
            by=request.actor,
            on=clock.today(),
            force=form.cleaned_data["force"],
        )
        return redirect("intake:file", load.pk)
    return page(
        request,
        "intake/upload.html",
        {
            "title": loader.title,
            "caption": "Send in a file",
            "lead": loader.says,
            "loader": loader,
            "form": form,
            "submit": "Check the file",
            "cancel_url": reverse("intake:choose"),
            "back_url": reverse("intake:choose"),
            "back_label": "Choose another kind of file",
        },
        children=(),
        status=200 if request.method != "POST" else 422,
    )


@require_safe
def file(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what was found in one file, and what can be done with it."""
    found = queries.result(request.actor, pk)
    load = found.load
    if found.shown_at:
        return redirect(found.shown_at, pk)
    is_kept = load.original is not None
    until = policy.kept_until(load)
    return page(
        request,
        "intake/file.html",
        {
            "title": load.filename,
            "caption": found.line.title,
            "found": found,
            "may_apply": policy.can_apply(request.actor, load),
            "may_undo": policy.can_undo(request.actor, load),
            "shown": found.faults[:FAULTS_SHOWN],
            "hidden": max(0, _all_faults(found) - FAULTS_SHOWN),
            "facts": [
                Row("Sent in", moment(load.received_at), note=f"by {found.line.received_by}"),
                Row("Rows", f"{load.rows:,}"),
                Row("Size", _size(load.size)),
                Row(
                    "The original",
                    f"Kept, encrypted, until {until.day} {until:%B %Y}" if is_kept else "Not kept",
                ),
            ],
            "back_url": reverse("intake:files"),
            "back_label": "Files",
        },
        children=(),
    )


@require_POST
def apply(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Apply one file."""
    load = actions.apply(
        load=queries.load_for(request.actor, pk), by=request.actor, on=clock.today()
    )
    if load.faults:
        messages.error(request, "The file was refused and nothing was changed.")
    else:
        messages.success(request, f"{load.filename} was applied, all {load.rows:,} rows.")
    return redirect("intake:file", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask once more, then take back what one file made."""
    found = queries.result(request.actor, pk)
    if request.method == "POST":
        try:
            actions.undo(load=found.load, by=request.actor, on=clock.today())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"What {found.load.filename} made was taken back.")
        return redirect("intake:file", pk)
    policy.can_undo(request.actor, found.load).require()
    return page(
        request,
        "web/confirm.html",
        {
            "title": f"Undo {found.load.filename}?",
            "explains": [
                f"The {len(found.load.undo):,} things that this file made are taken back. "
                "If later work stands on any of them, nothing is taken back and you are told on "
                "what.",
            ],
            "submit": "Undo the file",
            "danger": True,
            "cancel_url": reverse("intake:file", args=[pk]),
        },
        children=(),
    )


@require_safe
def faults(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give the faults of one file as CSV."""
    found = queries.result(request.actor, pk)
    return download(
        request,
        filename=f"faults-{pk}.csv",
        content=writing.faults_csv(found.faults),
        content_type=sheets.CSV,
        children=(),
    )


@require_safe
def template(request: OfficeRequest, key: str, form: str) -> HttpResponse:
    """Give the template of one kind of file, as CSV or as a workbook."""
    loader = queries.loader_for(request.actor, key)
    name = key.replace(".", "-")
    if form == "xlsx":
        content, kind = writing.template_xlsx(loader), writing.XLSX
    else:
        content, kind = writing.template_csv(loader), sheets.CSV
    return download(
        request, filename=f"{name}.{form}", content=content, content_type=kind, children=()
    )


def _all_faults(found: queries.FileResult) -> int:
    return int((found.load.differences or {}).get("all_faults", len(found.faults)))


def _size(size: int) -> str:
    return f"{size:,} bytes" if size < 1024 else f"{size / 1024:,.0f} KB"
