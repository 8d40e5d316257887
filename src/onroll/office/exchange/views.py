"""The screens of migrations: the list, one with what could not be placed, undoing it, templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.exchange import actions, policy, queries
from onroll.office.intake import writing
from onroll.office.kernel.decision import Refused, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import sheets
from onroll.office.web.components import Row
from onroll.office.web.templatetags.onroll import day, moment
from onroll.office.web.views import download, page

REMARKS_SHOWN = 200
COLOURS = {"applied": "green", "undone": "grey"}


@require_safe
def migrations(request: OfficeRequest) -> HttpResponse:
    """List what was brought from former systems, newest first, and the templates for it."""
    found = queries.migrations(request.actor)
    return page(
        request,
        "exchange/migrations.html",
        {
            "title": "Migrations from former systems",
            "migrations": [(m, queries.placed(m), COLOURS[m.state]) for m in found],
            "layouts": queries.layouts(),
        },
        children=(),
    )


@require_safe
def migration(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show one migration: the counts of each file, what has no place, what to look at."""
    found = queries.migration_for(request.actor, ref)
    return page(
        request,
        "exchange/migration.html",
        {
            "title": f"Migration {found.ref}",
            "caption": found.origin,
            "migration": found,
            "colour": COLOURS[found.state],
            "may_undo": policy.can_undo(request.actor, found),
            "unplaced": found.unplaced[:REMARKS_SHOWN],
            "notices": found.notices[:REMARKS_SHOWN],
            "facts": _facts(found),
            "back_url": reverse("exchange:migrations"),
            "back_label": "Migrations",
        },
        children=(),
    )


def _facts(found: Any) -> list[Row]:
    facts = [
        Row("Former system", found.origin),
        Row("Migrated on", day(found.migrated_on)),
        Row("Folder", found.folder),
        Row("Applied", moment(found.applied_at), note=f"by {found.applied_by or 'Command line'}"),
    ]
    if found.undone_at:
        by = f"by {found.undone_by or 'Command line'}"
        facts.append(Row("Undone", moment(found.undone_at), note=by))
    return facts


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: OfficeRequest, ref: str) -> HttpResponse:
    """Ask once more, then take back what one migration made."""
    found = queries.migration_for(request.actor, ref)
    if request.method == "POST":
        try:
            actions.undo(migration=found, by=request.actor)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Migration {found.ref} was undone: what it made is gone.")
        return redirect("exchange:migration", found.ref)
    policy.can_undo(request.actor, found).require()
    return page(
        request,
        "web/confirm.html",
        {
            "title": f"Undo migration {found.ref}?",
            "explains": [
                f"Everything that was brought from {found.origin} with this migration is taken "
                f"back: {queries.placed(found):,} rows. If later work stands on any of it, nothing "
                "is taken back and you are told on what.",
            ],
            "submit": "Undo the migration",
            "danger": True,
            "cancel_url": reverse("exchange:migration", args=[found.ref]),
        },
        children=(),
    )


@require_safe
def unplaced(request: OfficeRequest, ref: str, what: str) -> HttpResponse:
    """Give what could not be placed, or what is to be looked at, as CSV."""
    found = queries.migration_for(request.actor, ref)
    remarks = found.unplaced if what == "not-placed" else found.notices
    return download(
        request,
        filename=f"{what}-{found.ref}.csv",
        content=sheets.csv_file([queries.COLUMNS, *queries.remark_rows(remarks)]),
        content_type=sheets.CSV,
        children=(),
    )


@require_safe
def template(request: OfficeRequest, key: str, form: str) -> HttpResponse:
    """Give the template of one file, as CSV or as a workbook."""
    if not request.actor.may("imports.apply"):
        raise Unknown("migrations are not this person's")
    layout = queries.layout_for(key).template
    if form == "xlsx":
        content, kind = writing.template_xlsx(layout), writing.XLSX
    else:
        content, kind = writing.template_csv(layout), sheets.CSV
    return download(
        request, filename=f"{key}.{form}", content=content, content_type=kind, children=()
    )
