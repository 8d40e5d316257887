"""The documents and letters of a case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.casework.actions import documents as actions
from onroll.office.casework.forms import letters as forms
from onroll.office.casework.policy import documents as policy
from onroll.office.casework.queries import documents as queries
from onroll.office.casework.queries.letters import case_to_write_on, letters_of
from onroll.office.casework.views.frame import asked, case_page
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.components import Badge
from onroll.office.web.views import download

BADGES = {
    "clean": Badge("Scanned", "green"),
    "held": Badge("Held: not scanned yet", "orange"),
    "unscanned": Badge("Not scanned", "red"),
    "infected": Badge("Refused by the scanner", "red"),
    "ours": Badge("Made here", "grey"),
}
LETTER_BADGES = {
    "draft": Badge("Draft", "blue"),
    "held": Badge("Held", "red"),
    "issued": Badge("Issued", "green"),
    "withdrawn": Badge("Withdrawn", "grey"),
}


def crumbs_of(case: Any) -> list[tuple[str, str]]:
    """Return the way back from a page about one letter or document."""
    return [
        (f"Case {case.ref}", reverse("casework:case", args=[case.ref])),
        ("Documents and letters", reverse("casework:case_documents", args=[case.ref])),
    ]


def listed(documents: Iterable[Any]) -> dict[str, Any]:
    """Return what a list of documents shows: each with its badge, and how the scanner fares."""
    found = list(documents)
    return {
        "documents": [(d, _badge(d), bool(policy.can_open(d))) for d in found],
        "held": sum(d.scan == "held" for d in found),
        "opens_unscanned": policy.opens_unscanned(),
        "has_scanner": policy.has_scanner(),
    }


def _badge(document: Any) -> Badge:
    is_let_through = document.scan == "held" and policy.can_open(document)
    return BADGES["unscanned" if is_let_through else document.scan]


@require_safe
def case_documents(request: OfficeRequest, ref: str) -> HttpResponse:
    """List the letters and documents of a case."""
    case = case_to_write_on(request.actor, ref)
    form = forms.DocumentFilter(request.GET or None)
    found = queries.documents_of(
        case,
        text=form.asked.get("text", ""),
        kind=form.asked.get("kind", ""),
        is_held=form.asked.get("held", False),
    )
    context = {
        **listed(found),
        "letters": [(letter, LETTER_BADGES[letter.state]) for letter in letters_of(case)],
        "filters_form": form,
        "is_filtered": bool(form.asked),
        "may_add": policy.can_add(request.actor, case),
    }
    return case_page(
        request, case, "casework/documents.html", context, tab="casework:case_documents",
        title="Documents and letters",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Add a document to a case."""
    case = case_to_write_on(request.actor, ref)
    policy.can_add(request.actor, case).require()
    form = forms.Upload(request.POST or None, request.FILES or None)

    def act(values: Mapping[str, Any]) -> None:
        sent = form.cleaned_data["file"]
        added = actions.add(
            case=case, filename=sent.name, content=sent.read(), title=values["title"],
            by=request.actor, on=clock.today(),
        )  # fmt: skip
        if added.scan == "clean":
            messages.success(request, f"“{added.title}” was scanned and added.")
        elif policy.can_open(added):
            messages.warning(
                request,
                f"“{added.title}” was added and has not been scanned: this demonstration has no "
                "virus scanner.",
            )
        else:
            messages.warning(
                request,
                f"“{added.title}” was added and is held: the virus scanner did not answer, so "
                "nobody can open it yet. The list below says what to do.",
            )

    return asked(
        request, case, form, act, title="Add a document", submit="Add the document", is_once=True,
        then=reverse("casework:case_documents", args=[case.ref]), crumbs=crumbs_of(case),
        template="casework/document_add.html", opens_unscanned=policy.opens_unscanned(),
        has_scanner=policy.has_scanner(),
    )  # fmt: skip


@require_safe
def file(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Give one document to save."""
    case = case_to_write_on(request.actor, ref)
    document = queries.document_for(case, pk)
    policy.can_open(document).require()
    return download(
        request,
        filename=document.filename,
        content=queries.content_of(document),
        content_type=document.media_type,
        children=[case.child_id],
    )


@require_POST
def scan(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Have a held document scanned again."""
    case = case_to_write_on(request.actor, ref)
    document = queries.document_for(case, pk)
    try:
        document = actions.scan_again(document=document, by=request.actor)
    except Faulty as faulty:
        messages.error(request, str(faulty))
    else:
        if document.scan == "clean":
            messages.success(request, f"“{document.title}” was scanned: nothing was found.")
        else:
            messages.error(
                request,
                f"The scanner found something in “{document.title}”. The file was destroyed. Tell "
                "your IT service.",
            )
    return redirect("casework:case_documents", case.ref)
