"""The templates of letters: their words, their fields, their versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.office.casework import letters
from onroll.office.casework.actions import letters as actions
from onroll.office.casework.forms import letters as forms
from onroll.office.casework.policy import letters as policy
from onroll.office.casework.queries import letters as queries
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.views import download, page

CRUMB = ("Letters", "casework:letter_templates")


@require_safe
def templates(request: OfficeRequest) -> HttpResponse:
    """List the templates of letters."""
    policy.can_edit_templates(request.actor).require()
    found = queries.templates()
    groups = [(title, [t for t in found if t.to == to]) for to, title in queries.RECIPIENTS]
    context = {"title": "Letters", "groups": groups, "retired": queries.retired()}
    return page(request, "casework/letter_templates.html", context, children=())


@require_safe
def template(request: OfficeRequest, key: str) -> HttpResponse:
    """Show one template filled with examples, its earlier versions, and what can be changed."""
    policy.can_edit_templates(request.actor).require()
    asked_for = request.GET.get("version", "")
    versions = queries.versions(key)
    found = queries.last_version(key)
    if asked_for.isdecimal():
        found = queries.template_for(key, int(asked_for))
    context = {
        "title": found.title,
        "caption": f"Version {found.version}" + ("" if found.is_current else ", no longer used"),
        "crumbs": _crumbs(),
        "template": found,
        "has_word": found.word is not None,
        "versions": versions,
        "may_restore": not any(version.is_current for version in versions),
        "sheet": queries.example_sheet(found.subject, found.body),
    }
    return page(request, "casework/letter_template.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficeRequest, key: str) -> HttpResponse:
    """Make the next version of a template; or only preview what has been typed."""
    policy.can_edit_templates(request.actor).require()
    found = queries.template_for(key)
    now = {"title": found.title, "subject": found.subject, "body": found.body}
    form = forms.Template(request.POST or None, request.FILES or None, initial=now)
    if found.word is None:
        del form.fields["drops_word"]
    is_preview = "preview" in request.POST
    sheet = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if is_preview:
                sheet = _example(given["subject"], given["body"])
            else:
                made = actions.change_template(
                    template=queries.template_for(key, _version(request, found.version)),
                    title=given["title"], subject=given["subject"], body=given["body"],
                    word=given["word"].read() if given["word"] else None,
                    drops_word=given.get("drops_word", False),
                    by=request.actor, on=clock.today(),
                )  # fmt: skip
                messages.success(request, f"Version {made.version} is used from now on.")
                return redirect("casework:letter_template", key)
        except Faulty as faulty:
            form.refuse(faulty)
    context = {
        "title": f"Change “{found.title}”",
        "crumbs": [*_crumbs(), (found.title, reverse("casework:letter_template", args=[key]))],
        "version": _version(request, found.version),
        "submit": "Save as a new version",
        "cancel_url": reverse("casework:letter_template", args=[key]),
    }
    return _editor(request, form, sheet, context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest) -> HttpResponse:
    """Add a template."""
    policy.can_edit_templates(request.actor).require()
    start = {"body": "{{ greeting }}\n\n\n\n{{ closing }}\n\n{{ key_worker }}\n{{ team }}"}
    form = forms.NewTemplate(request.POST or None, initial=start)
    sheet = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if "preview" in request.POST:
                sheet = _example(given["subject"], given["body"])
            else:
                made = actions.add_template(by=request.actor, on=clock.today(), **given)
                return redirect("casework:letter_template", made.key)
        except Faulty as faulty:
            form.refuse(faulty)
    context = {
        "title": "Add a letter", "crumbs": _crumbs(), "submit": "Add the letter",
        "cancel_url": reverse("casework:letter_templates"),
    }  # fmt: skip
    return _editor(request, form, sheet, context)


@require_POST
def retire(request: OfficeRequest, key: str) -> HttpResponse:
    """Stop using a template."""
    found = queries.template_for(key)
    actions.retire_template(template=found, by=request.actor)
    messages.success(request, f"“{found.title}” is no longer offered. Letters that were written "
                     "with it stay.")  # fmt: skip
    return redirect("casework:letter_templates")


@require_POST
def restore(request: OfficeRequest, key: str) -> HttpResponse:
    """Use a template again."""
    actions.restore_template(template=queries.last_version(key), by=request.actor)
    return redirect("casework:letter_template", key)


@require_safe
def word(request: OfficeRequest, key: str) -> HttpResponse:
    """Give the Word template that a letter uses, to be changed in Word."""
    policy.can_edit_templates(request.actor).require()
    found = queries.template_for(key)
    return download(
        request, filename=f"{key}.docx", content_type=actions.WORD, children=(),
        content=bytes(found.word) if found.word else letters.default_word(),
    )  # fmt: skip


def _crumbs() -> list[tuple[str, str]]:
    return [(CRUMB[0], reverse(CRUMB[1]))]


def _version(request: OfficeRequest, current: int) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else current


def _example(subject: str, body: str) -> letters.Sheet:
    try:
        return queries.example_sheet(subject, body)
    except letters.UnknownField as error:
        raise Faulty(("body", str(error))) from error


def _editor(
    request: OfficeRequest, form: Any, sheet: letters.Sheet | None, context: dict[str, Any]
) -> HttpResponse:
    shown = {**context, "form": form, "sheet": sheet, "fields": queries.field_rows()}
    return page(request, "casework/letter_editor.html", shown, children=())
