"""The screens of files of registers: which there are, sent in, their columns, what came of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.attendance.actions import registers as actions
from onroll.office.attendance.forms.registers import ColumnsForm, FilesFilter, SendForm
from onroll.office.attendance.policy import registers as policy
from onroll.office.attendance.policy.seeing import can_load
from onroll.office.attendance.queries import registers as queries
from onroll.office.attendance.queries.registers_columns import MEANINGS
from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Decision, Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import sheets
from onroll.office.web.components import Row
from onroll.office.web.templatetags.onroll import day, moment
from onroll.office.web.views import download, page

if TYPE_CHECKING:
    from onroll.office.attendance.models import RegisterFile

FILES_A_PAGE = 30
ROWS_A_PAGE = 50
FIRST_ROWS = 10
SCHOOLS_A_PAGE = 15
FAULTS_SHOWN = 50


@require_safe
def files(request: OfficeRequest) -> HttpResponse:
    """List the files of registers, newest first."""
    require_loader(request)
    form = FilesFilter(request.GET or None)
    asked = form.asked
    found = queries.lines(
        request.actor, state=asked.get("state", ""), school=asked.get("school", "")
    )
    context = {
        "title": "Registers",
        "lead": "The marks that schools send. A file is checked by row; what it would change is "
        "shown before anything changes.",
        "filters_form": form,
        "is_filtered": any(asked.values()),
        "lines": Paginator(found, FILES_A_PAGE).get_page(request.GET.get("page")),
        "crumbs": [_attendance()],
    }
    return page(request, "attendance/registers.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: OfficeRequest) -> HttpResponse:
    """Take in a file of registers, and go to what came of it."""
    require_loader(request)
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = actions.send_in(
                filename=sent.name,
                content=sent.read(),
                school=queries.school(form.cleaned_data["school"]),
                ask=form.cleaned_data["ask"],
                by=request.actor,
                on=clock.today(),
            )
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            waits = file.load.state == "waiting"
            return redirect("attendance:register_columns" if waits else "attendance:register",
                            file.pk)  # fmt: skip
    context = {
        "title": "Send in registers",
        "form": form,
        "submit": "Send in the file",
        "cancel_url": reverse("attendance:registers"),
        "crumbs": crumbs(),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "attendance/register_send.html", context, children=(), status=status)


@require_safe
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what came of one file, and what can be done with it."""
    file = queries.file_for(request.actor, pk)
    actor, today = request.actor, clock.today()
    state = queries.state_of(file)
    says, colour = queries.STATES[state]
    findings = queries.findings_of(file)
    lines = queries.schools_of(file)
    context = {
        "title": _title(file, [line.school.name for line in lines]),
        "caption": "Registers",
        "file": file,
        "state": state,
        "state_says": says,
        "colour": colour,
        "faults": file.load.faults[:FAULTS_SHOWN],
        "all_faults": file.load.differences.get("all_faults", len(file.load.faults)),
        "warnings": [one["says"] for one in file.load.differences.get("warnings", [])],
        "schools": Paginator(lines, SCHOOLS_A_PAGE).get_page(request.GET.get("page")),
        "schools_title": "What it changed" if state in ("applied", "undone") else "What it changes",
        "apart": findings.apart[:FIRST_ROWS],
        "more_apart": len(findings.apart) > FIRST_ROWS,
        "refused": findings.refused[:FIRST_ROWS],
        "more_refused": len(findings.refused) > FIRST_ROWS,
        "may_name": policy.can_name_columns(actor, file, today),
        "may_apply": policy.can_apply(actor, file, today),
        "may_accept": policy.can_accept(actor, file, today),
        "may_check": policy.can_check_again(actor, file, today),
        "may_reject": policy.can_reject(actor, file),
        "may_take_back": policy.can_take_back(actor, file),
        "columns": [(name, MEANINGS.get(ours, ours)) for name, ours in file.columns.items()],
        "facts": _facts(file),
        "history": sorted(
            [
                *journal.of_subject(subject=f"attendance.RegisterFile:{pk}"),
                *journal.of_subject(subject=f"intake.Load:{pk}"),
            ],
            key=lambda entry: entry.at,
            reverse=True,
        ),
        "crumbs": crumbs(),
    }
    return page(request, "attendance/register.html", context, children=())


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask what each column of a file is."""
    file = queries.file_for(request.actor, pk)
    today = clock.today()
    may = policy.can_name_columns(request.actor, file, today)
    if not may:
        return cannot(request, pk, may)
    found, order, opened = queries.columns_of(file, request.actor)
    form = ColumnsForm(
        request.POST or None,
        columns=found,
        date_order=order,
        is_wide=opened.is_wide,
        has_school=file.school_id is not None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_columns(
                file=file,
                columns=form.said,
                date_order=form.cleaned_data.get("date_order") or "dmy",
                by=request.actor,
                on=today,
            )
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            return redirect("attendance:register", pk)
    context = {
        "title": "What are the columns?",
        "caption": file.load.filename,
        "lead": "Say what each column of the file is. It is remembered for the next file with this "
        "header.",
        "form": form,
        "is_wide": opened.is_wide,
        "sessions": len(opened.headings),
        "is_mine": file.load.received_by_id == request.actor.pk,
        "cancel_url": reverse("attendance:register", args=[pk]),
        "crumbs": crumbs(),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "attendance/register_columns.html", context, children=(), status=status)


@require_safe
def apart(request: OfficeRequest, pk: int) -> HttpResponse:
    """List whose marks wait for a roll to be put right."""
    file = queries.file_for(request.actor, pk)
    return _rows(request, file, "apart", queries.findings_of(file).apart, "Of nobody on roll")


@require_safe
def refused(request: OfficeRequest, pk: int) -> HttpResponse:
    """List the rows that were refused."""
    file = queries.file_for(request.actor, pk)
    return _rows(request, file, "refused", queries.findings_of(file).refused, "Refused rows")


def _rows(
    request: OfficeRequest, file: "RegisterFile", kind: str, rows: Sequence[object], title: str
) -> HttpResponse:
    context = {
        "title": title,
        "caption": file.load.filename,
        "file": file,
        "kind": kind,
        "rows": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "crumbs": [*crumbs(), ("The file", reverse("attendance:register", args=[file.pk]))],
    }
    return page(request, "attendance/register_rows.html", context, children=())


@require_safe
def not_taken(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give the rows of a file that were not taken as a table to keep."""
    file = queries.file_for(request.actor, pk)
    findings = queries.findings_of(file)
    rows: list[Sequence[object]] = [
        ("Row", "Column", "What became", "Why", "UPN as typed", "School", "Marks", "From", "To")
    ]
    rows += [(row, column, "Refused", says, "", "", "", "", "") for row, column, says in
             findings.refused]  # fmt: skip
    rows += [
        (a.row, "", "Waits for the roll", a.says, a.upn, a.school, a.marks, a.first_on, a.last_on)
        for a in findings.apart
    ]
    return download(
        request,
        filename=f"registers-{pk}-not-taken.csv",
        content=sheets.csv_file(rows),
        content_type=sheets.CSV,
        children=(),
    )


def require_loader(request: OfficeRequest) -> None:
    """Let nobody else know of these pages. Raises Unknown."""
    if not can_load(request.actor):
        raise Unknown("page")


def cannot(request: OfficeRequest, pk: int, may: Decision) -> HttpResponse:
    """Lead back to a file, which says what can be done with it now: an old link was followed."""
    if request.method == "POST":
        may.require()
    messages.warning(request, may.refusal)
    return redirect("attendance:register", pk)


def crumbs() -> list[tuple[str, str]]:
    """Return the way to a page below the list of files."""
    return [_attendance(), ("Registers", reverse("attendance:registers"))]


def _attendance() -> tuple[str, str]:
    return ("Attendance", reverse("attendance:home"))


def _title(file: "RegisterFile", names: Sequence[str]) -> str:
    if len(names) > 1:
        where = f"{len(names)} schools"
    else:
        where = names[0] if names else file.school.name if file.school else "Registers"
    if file.first_on is None or file.last_on is None:
        return where
    if file.first_on == file.last_on:
        return f"{where}, {day(file.first_on)}"
    return f"{where}, {day(file.first_on)} to {day(file.last_on)}"


def _facts(file: "RegisterFile") -> list[Row]:
    load = file.load
    rows = [
        Row("File", load.filename),
        Row(
            "Sent in",
            moment(load.received_at),
            note=f"by {load.received_by.name if load.received_by else 'OnRoll'}",
        ),
        Row("Layout", "A row a pupil, a column a session" if file.is_wide else "A row a mark"),
    ]
    is_kept = getattr(file, "has_original", False)
    until = f"Kept, encrypted, until {day(load.keep_until)}, then destroyed"
    rows.append(Row("The file itself", until if is_kept else "Destroyed. Its counts remain."))
    if file.decided_by is not None:
        by = f"by {file.decided_by.name}, {moment(file.decided_at)}"
        rows.append(Row("Decided", file.reason, note=by))
    return rows
