"""Contacts and visits, notes and tasks of a case."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.casework.actions import work as actions
from onroll.office.casework.forms import work as forms
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.queries import cases as queries
from onroll.office.casework.queries.contacts import contacts_of_child
from onroll.office.casework.views.frame import asked, case_page
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people.queries import children as people


def contacts(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the contacts and visits of a case."""
    case = queries.case_for(request.actor, ref)
    context = {
        "contacts": queries.contacts(case),
        "hazards": people.hazards_for(case.child, by=request.actor, on=clock.today()),
        "last_seen_on": contacts_of_child(case.child, request.actor).last_on,
        "can_write": policy.can_work(request.actor, case),
    }
    return case_page(
        request, case, "casework/case_contacts.html", context, tab="casework:case_contacts",
        title="Contacts and visits",
    )  # fmt: skip


def contact_add(request: OfficeRequest, ref: str, corrects: int | None = None) -> HttpResponse:
    """Record a contact, or a correction beside an earlier one; hazards are shown first."""
    case = queries.case_for(request.actor, ref)
    policy.can_work(request.actor, case).require()
    today = clock.today()
    earlier = queries.contact_for(case, corrects) if corrects else None
    initial = {"on": today, "channel": request.GET.get("channel", "")}
    if earlier is not None:
        initial = {name: getattr(earlier, name) for name in forms.Contact.base_fields}
    form = forms.Contact(request.POST or None, today=today, initial=initial)
    return asked(
        request, case, form,
        lambda values: actions.contact(
            case=case, by=request.actor, corrects=earlier, today=today, **_bools(values)
        ),
        title="Correct a contact" if earlier else "Record a contact or visit",
        then=reverse("casework:case_contacts", args=[case.ref]),
        template="casework/contact_form.html",
        is_once=True,
        hazards=people.hazards_for(case.child, by=request.actor, on=today),
        carers=people.carers(case.child, by=request.actor, on=today),
        lead="The first account stays as it is; this stands beside it." if earlier else "",
    )  # fmt: skip


def _bools(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: bool(v) if key.startswith("child_s") else v for key, v in values.items()}


def notes(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the notes of a case, and write one."""
    case = queries.case_for(request.actor, ref)
    today = clock.today()
    context = {"notes": queries.notes(case), "can_write": policy.can_work(request.actor, case)}
    return case_page(
        request, case, "casework/case_notes.html", {**context, "today": today},
        tab="casework:case_notes", title="Notes",
    )  # fmt: skip


def note_add(request: OfficeRequest, ref: str, corrects: int | None = None) -> HttpResponse:
    """Write a note, or a correction beside an earlier one."""
    case = queries.case_for(request.actor, ref)
    policy.can_work(request.actor, case).require()
    earlier = queries.note_for(case, corrects) if corrects else None
    initial = {"text": earlier.text} if earlier is not None else {}
    form = forms.Note(request.POST or None, initial=initial)
    return asked(
        request, case, form,
        lambda values: actions.note(
            case=case, by=request.actor, on=clock.today(), corrects=earlier, **values
        ),
        title="Correct a note" if earlier else "Write a note", is_once=True,
        then=reverse("casework:case_notes", args=[case.ref]),
        lead="The first note stays as it is; this stands beside it." if earlier else "",
    )  # fmt: skip


def tasks(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the tasks of a case."""
    case = queries.case_for(request.actor, ref)
    return case_page(
        request, case, "casework/case_tasks.html", {"tasks": queries.tasks(case)},
        tab="casework:case_tasks", title="Tasks",
    )  # fmt: skip


def task_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Set a task on a case."""
    case = queries.case_for(request.actor, ref)
    policy.can_work_open(request.actor, case).require()
    today = clock.today()
    workers = queries.worker_choices(today, team=case.team_id)
    form = forms.Task(request.POST or None, today=today, workers=workers)
    return asked(
        request, case, form,
        lambda values: actions.task(case=case, by=request.actor, on=today, **values),
        title="Set a task", is_once=True, then=reverse("casework:case_tasks", args=[case.ref]),
    )  # fmt: skip


def task_finish(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Finish or cancel a task."""
    case = queries.case_for(request.actor, ref)
    policy.can_work(request.actor, case).require()
    task = queries.task_for(case, pk)
    form = forms.TaskResult(request.POST or None, initial={"ending": "done"})

    def act(values: Mapping[str, Any]) -> object:
        end = actions.cancel_task if values["ending"] == "cancelled" else actions.finish_task
        return end(task=task, by=request.actor, on=clock.today(), result=values["result"])

    return asked(
        request, case, form, act, title=task.what,
        lead="Finish the task, or say why it need not be done.",
        then=reverse("casework:case_tasks", args=[case.ref]),
    )  # fmt: skip
