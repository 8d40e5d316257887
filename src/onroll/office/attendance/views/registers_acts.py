"""What can be done with a file of registers: applied, checked again, turned away, taken back."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onroll.office.attendance.actions import registers as actions
from onroll.office.attendance.actions import registers_marks as marks
from onroll.office.attendance.forms.registers import ReasonForm
from onroll.office.attendance.policy import registers as policy
from onroll.office.attendance.queries import registers as queries
from onroll.office.attendance.views.registers import cannot, crumbs
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Decision, Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.forms import GovukForm
from onroll.office.web.templatetags.onroll import counted
from onroll.office.web.views import page

if TYPE_CHECKING:
    from onroll.office.attendance.models import RegisterFile


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: OfficeRequest, pk: int) -> HttpResponse:
    """Apply a file; of one that is held, ask why first."""
    file = queries.file_for(request.actor, pk)
    today = clock.today()
    if not file.held_for:
        may = policy.can_apply(request.actor, file, today)
        if request.method != "POST":
            return redirect("attendance:register", pk)
        may.require()
        _tell(request, _applied(request, file, ""))
        return redirect("attendance:register", pk)
    form = ReasonForm(request.POST or None)
    return _asked(
        request,
        file,
        policy.can_accept(request.actor, file, today),
        lambda: _tell(request, _applied(request, file, form.cleaned_data["reason"])),
        form=form,
        title="Use this file?",
        explains=[says for says, _ in file.held_for],
        submit="Use the file",
    )


@require_POST
def check_again(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hold a file against the rolls once more."""
    file = queries.file_for(request.actor, pk)
    before = file.added
    was_applied = file.load.state == "applied"
    file = marks.check_again(file=file, by=request.actor, at=clock.now(), on=clock.today())
    if was_applied:
        taken_up = counted(file.added - before, "mark,marks")
        messages.success(request, f"The file was checked again: {taken_up} taken up.")
    else:
        messages.success(request, "The file was checked again.")
    return redirect("attendance:register", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask why, then turn a file away."""
    file = queries.file_for(request.actor, pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        actions.reject(
            file=file,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            on=clock.today(),
        )
        messages.success(request, "The file was turned away and destroyed.")

    return _asked(
        request,
        file,
        policy.can_reject(request.actor, file),
        act,
        form=form,
        title="Turn this file away?",
        explains=["It is destroyed at once. No mark is changed."],
        submit="Turn it away",
        danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask once more, then take back what a file changed."""
    file = queries.file_for(request.actor, pk)

    def act() -> None:
        marks.take_back(file=file, by=request.actor, at=clock.now(), on=clock.today())
        messages.success(request, "The file was taken back and destroyed.")

    return _asked(
        request,
        file,
        policy.can_take_back(request.actor, file),
        act,
        title="Take this file back?",
        explains=[
            "Its days are as they were before it, but for days that a later file has replaced "
            "since: those stay as they are.",
            "The file is destroyed at once. Its counts stay.",
        ],
        submit="Take it back",
        danger=True,
    )


def _applied(request: OfficeRequest, file: "RegisterFile", reason: str) -> "RegisterFile":
    return marks.apply(file=file, by=request.actor, at=clock.now(), on=clock.today(), reason=reason)


def _tell(request: OfficeRequest, file: "RegisterFile") -> None:
    if file.load.state == "applied":
        messages.success(request, "The file was applied.")
    else:
        messages.warning(
            request,
            "The file was not applied: what it would change is not what it was when it was "
            "checked. Look at it again.",
        )


def _asked(
    request: OfficeRequest,
    file: "RegisterFile",
    may: Decision,
    act: Any,
    *,
    form: GovukForm | None = None,
    **context: Any,
) -> HttpResponse:
    if not may:
        return cannot(request, file.pk, may)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act()
        except Faulty as faulty:
            assert form is not None
            form.refuse(faulty)
        else:
            return redirect("attendance:register", file.pk)
    shown = {
        "caption": file.load.filename,
        "form": form,
        "cancel_url": reverse("attendance:register", args=[file.pk]),
        "crumbs": crumbs(),
        **context,
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "web/confirm.html", shown, children=(), status=status)
