"""The daily work on a case: contacts and visits, notes, tasks. Nothing written is ever edited."""

from datetime import date
from typing import TypeVar

from django.db import transaction

from onroll.office.casework.actions import deadlines
from onroll.office.casework.models import Case, Contact, Note, Task
from onroll.office.casework.policy import cases as policy
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale, because
from onroll.office.kernel.facts import TransactionNow
from onroll.statute.writing import written

Written = TypeVar("Written", Contact, Note)

CONTACTED = verb(
    "cases.contact", "recorded a contact on {on}", "contact", "channel", "on", "seen", "spoken_to",
    "corrects",
)  # fmt: skip
NOTED = verb("cases.note", "wrote a note", "note", "on", "corrects")
TASK_SET = verb("cases.task", "set a task due on {due_on}", "task", "due_on", "owner")
TASK_DONE = verb("cases.task_done", "finished a task", "task", "on")
TASK_CANCELLED = verb("cases.task_cancelled", "cancelled a task", "task", "on")


@transaction.atomic
def contact(
    *,
    case: Case,
    by: Actor,
    on: date,
    channel: str,
    with_whom: str,
    result: str,
    account: str,
    name: str = "",
    is_planned: bool = True,
    attended_by: str = "",
    child_seen: bool = False,
    child_spoken_to: bool = False,
    childs_voice: str = "",
    next_step: str = "",
    welfare_check: bool = False,
    is_support: bool = False,
    corrects: Contact | None = None,
    today: date | None = None,
) -> Contact:
    """Record a contact made or tried, on the day it took place.

    A correction is another contact that points at the first, which stays.
    """
    policy.can_work(by, case).require()
    if today is not None and on > today:
        raise Faulty(("on", "A contact can't be recorded before it takes place. Set a task."))
    if case.child.born_on is not None and on < case.child.born_on:
        raise Faulty(
            ("on", f"The child was born on {written(case.child.born_on)}, after that day.")
        )
    if corrects is not None and corrects.case_id != case.pk:
        raise Faulty(("corrects", "This contact belongs to another case."))
    corrects = _first(corrects)
    if with_whom == Contact.With.CHILD and result == Contact.Result.SPOKE:
        child_spoken_to = True
    made = Contact.objects.create(
        case=case, on=on, channel=channel, with_whom=with_whom, result=result, account=account,
        name=name, is_planned=is_planned, attended_by=attended_by, child_seen=child_seen,
        child_spoken_to=child_spoken_to, childs_voice=childs_voice, next_step=next_step,
        welfare_check=welfare_check, is_support=is_support, recorded_by_id=by.pk,
        corrects=corrects,
    )  # fmt: skip
    record(
        CONTACTED, by=by, subject=case, children=[case.child_id], contact=made.pk,
        channel=channel, on=on, seen=child_seen, spoken_to=child_spoken_to,
        corrects=corrects.pk if corrects else None,
    )  # fmt: skip
    deadlines.rebuild(case)
    return made


@transaction.atomic
def note(*, case: Case, text: str, by: Actor, on: date, corrects: Note | None = None) -> Note:
    """Write a note. It is never edited: a correction is another note beside it."""
    policy.can_work(by, case).require()
    if not text.strip():
        raise Faulty(("text", "Write the note."))
    if corrects is not None and corrects.case_id != case.pk:
        raise Faulty(("corrects", "This note belongs to another case."))
    corrects = _first(corrects)
    made = Note.objects.create(
        case=case, text=text.strip(), on=on, recorded_by_id=by.pk, corrects=corrects
    )
    record(
        NOTED, by=by, subject=case, children=[case.child_id], note=made.pk, on=on,
        corrects=corrects.pk if corrects else None,
    )  # fmt: skip
    return made


def _first(corrected: Written | None) -> Written | None:
    """Return what was written first: every correction stands beside that, in one line."""
    while corrected is not None and corrected.corrects is not None:
        corrected = corrected.corrects
    return corrected


@transaction.atomic
def task(
    *, what: str, due_on: date, by: Actor, on: date, case: Case | None = None,
    owner: int | None = None,
) -> Task:  # fmt: skip
    """Set a task, for the case's key worker unless somebody else is named."""
    if case is not None:
        policy.can_work_open(by, case).require()
    else:
        policy.can_set_task(by, owner=owner or by.pk).require()
    if due_on < on:
        raise Faulty(("due_on", "The day by which it is to be done must be today or later."))
    whose = owner or (case.owner_id if case else None) or by.pk
    made = Task.objects.create(
        case=case, what=what.strip(), due_on=due_on, owner_id=whose, made_on=on, made_by_id=by.pk
    )
    record(
        TASK_SET, by=by, subject=case or made, children=[case.child_id] if case else (),
        task=made.pk, due_on=due_on, owner=whose,
    )  # fmt: skip
    return made


@transaction.atomic
def finish_task(*, task: Task, by: Actor, on: date, result: str = "") -> Task:
    """Record that a task is done."""
    return _settle(task, by=by, on=on, result=result, cancelled=False)


@transaction.atomic
def cancel_task(*, task: Task, by: Actor, on: date, result: str) -> Task:
    """Cancel a task, saying why it need not be done."""
    if not result.strip():
        raise Faulty(("result", "Say why the task need not be done."))
    return _settle(task, by=by, on=on, result=result, cancelled=True)


def _settle(task: Task, *, by: Actor, on: date, result: str, cancelled: bool) -> Task:
    if task.case is not None:
        policy.can_work(by, task.case).require()
    else:
        because(task.owner_id in by.stands_for, "This task is somebody else's.").require()
    claimed = Task.objects.filter(pk=task.pk, done_on=None).update(
        done_on=on,
        done_by_id=by.pk,
        result=result.strip(),
        cancelled=cancelled,
        settled_at=TransactionNow(),
    )
    if not claimed:
        raise Stale("this task", [("Task", "finished or cancelled already", result)])
    record(
        TASK_CANCELLED if cancelled else TASK_DONE, by=by, subject=task.case or task,
        children=[task.case.child_id] if task.case else (), task=task.pk, on=on,
    )  # fmt: skip
    task.refresh_from_db()
    return task
