"""What is done with a file of registers until it is decided on: sent in, named, checked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from onroll.office.attendance.models import RegisterColumns, RegisterFile, SchoolInFile
from onroll.office.attendance.policy import registers as policy
from onroll.office.attendance.policy.seeing import can_load
from onroll.office.attendance.queries import registers as queries
from onroll.office.attendance.queries.marks import key_of, store
from onroll.office.attendance.queries.registers_changes import Change, changes, odd_about
from onroll.office.attendance.queries.registers_columns import lacks
from onroll.office.attendance.queries.registers_reading import (
    Opened,
    date_order,
    opened,
    pieces,
)
from onroll.office.attendance.queries.registers_rolls import sealed_refs
from onroll.office.attendance.queries.registers_rows import Sifted, sift
from onroll.office.intake import actions as intake
from onroll.office.intake.kinds import Checked, Fault
from onroll.office.intake.reading import Unreadable
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import TransactionNow

if TYPE_CHECKING:
    from onroll.office.schools.models import School

SENT = verb("attendance.registers_sent", "sent in registers", "load", "school")
NAMED = verb("attendance.columns_named", "said what the columns of registers are", "load")
CHECKED = verb(
    "attendance.registers_checked",
    "registers were checked: {rows} marks, {refused} refused, {quarantined} of nobody on roll",
    "load", "rows", "refused", "quarantined", "added", "changed", "dropped", "same", "state",
)  # fmt: skip
REJECTED = verb("attendance.registers_rejected", "turned away registers", "load")

FORGOTTEN = verb(
    "attendance.registers_forgotten", "destroyed the rows kept of {count} files of registers",
    "count",
)  # fmt: skip

# Long enough for the rolls to be put right and the file to be checked again.
KEEP_FOR = timedelta(days=28)
_MOST_FAULTS = 10


def send_in(
    *,
    filename: str,
    content: bytes,
    school: "School | None",
    by: Actor,
    on: date,
    ask: bool = False,
) -> RegisterFile:
    """Take in a file of registers: refuse it, ask what its columns are, or check it.

    `school` is the only one in the file, where its rows do not say. With `ask`, what was
    remembered of such columns is asked again.
    """
    can_load(by).require()
    store()  # whoever keeps the server is told before anybody names columns
    with transaction.atomic():
        landed = intake.land(
            loader=queries.REGISTERS,
            filename=filename,
            content=content,
            about=f"schools.School:{school.pk}" if school else "",
            keep_until=on + KEEP_FOR,
            by=by,
            on=on,
        )
        file = RegisterFile.objects.create(load=landed, school=school)
        record(SENT, by=by, subject=file, load=landed.pk, school=school.pk if school else None)
        try:
            found = opened(filename=filename, content=content)
        except Unreadable as error:
            intake.refuse(load=landed, faults=[Fault(None, "", str(error))], rows=0, by=by, on=on)
            return file
        file.header, file.is_wide = found.print, found.is_wide
        file.save(update_fields=["header", "is_wide"])
        known = None if ask else _known_columns(file, found)
        if known is not None:
            check(file, sifted_of(file, found, *known, on=on), *known, by=by, on=on)
    return file


def name_columns(
    *, file: RegisterFile, columns: Mapping[str, str], date_order: str, by: Actor, on: date
) -> RegisterFile:
    """Say what each column of a file is, remember it for the next one, and check the file.

    `columns` leads from the name in the file to what it is; "" means that it is not read.
    """
    policy.can_name_columns(by, file, on).require()
    found = queries.opened_again(file)
    meant = {theirs: ours for theirs, ours in columns.items() if ours and theirs in found.header}
    if wrong := lacks(meant, is_wide=found.is_wide, has_school=file.school_id is not None):
        raise Faulty(*(("", says) for says in wrong))
    with transaction.atomic():
        RegisterColumns.objects.update_or_create(
            header=file.header,
            defaults={
                "columns": meant,
                "date_order": date_order,
                "remembered_at": TransactionNow(),
                "remembered_by_id": by.pk,
            },
        )
        record(NAMED, by=by, subject=file, load=file.pk)
        # Whoever names the columns can name them otherwise: nothing is refused and forgotten yet.
        sifted = sifted_of(file, found, meant, date_order, on=on)
        if faults := check(file, sifted, meant, date_order, by=by, on=on, refuses=False):
            raise Faulty(*(("", fault.says) for fault in faults[:_MOST_FAULTS]))
    return file


def reject(*, file: RegisterFile, reason: str, by: Actor, on: date) -> RegisterFile:
    """Turn a file away: it is destroyed at once, and no mark is changed."""
    policy.can_reject(by, file).require()
    why = said(reason, "Say why the file is turned away")
    with transaction.atomic():
        fault = Fault(None, "", f"Turned away by {by.name}: {why}")
        intake.refuse(load=file.load, faults=[fault], rows=file.load.rows, by=by, on=on)
        decide(file, why, by)
        file.findings = None
        file.save(update_fields=["findings"])
        record(REJECTED, by=by, subject=file, load=file.pk)
    return file


def forget_findings(*, by: Actor) -> int:
    """Destroy what is kept by name of files that are destroyed; return of how many."""
    with transaction.atomic():
        gone = RegisterFile.objects.filter(findings__isnull=False, load__original=None)
        count = gone.update(findings=None)
        if count:
            record(FORGOTTEN, by=by, count=count)
    return count


def check(
    file: RegisterFile,
    sifted: Sifted,
    columns: Mapping[str, str],
    order: str,
    *,
    by: Actor,
    on: date,
    refuses: bool = True,
) -> Sequence[Fault]:
    """Hold a file against the rolls and the marks that are there; return why none can be read.

    The file then waits for somebody to apply it. With `refuses`, one of which no row can be read
    is refused and destroyed.
    """
    faults = () if sifted.taken or sifted.apart else _faults(sifted)
    if faults and not refuses:
        return faults
    told = changes(store(), sifted.taken, sealed_refs())
    file.columns, file.date_order = dict(columns), order
    note(file, sifted, told)
    file.findings = None if faults else file.findings
    file.held_for = [] if faults else [list(one) for one in odd_about(sifted, told)]
    file.save()
    if faults:
        intake.refuse(load=file.load, faults=faults, rows=sifted.rows, by=by, on=on)
    else:
        checked = checked_of(file, sifted)
        intake.hold(load=file.load, rows=sifted.rows, checked=checked, by=by, on=on)
    record(
        CHECKED,
        by=by,
        subject=file,
        load=file.pk,
        rows=sifted.rows,
        refused=file.refused,
        quarantined=file.quarantined,
        added=file.added,
        changed=file.changed,
        dropped=file.dropped,
        same=file.same,
        state=queries.state_of(file),
    )
    return faults


def sifted_of(
    file: RegisterFile, found: Opened, columns: Mapping[str, str], order: str, *, on: date
) -> Sifted:
    """Take the rows of a file apart, as the rolls are now."""
    only = key_of(file.school) if file.school is not None else ""
    piece, faults, empty = pieces(found, columns, order, only)
    return sift(piece, faults, on=on, empty=empty, only=file.school)


def note(
    file: RegisterFile, sifted: Sifted, told: Sequence[Change], *, put_at: datetime | None = None
) -> None:
    """Write down what a file comes to, unsaved but for its schools."""
    days = [on for one in sifted.taken for on in one.days]
    file.first_on, file.last_on = (min(days), max(days)) if days else (None, None)
    for name in ("added", "changed", "dropped", "same"):
        setattr(file, name, sum(getattr(one.says, name) for one in told))
    file.refused, file.quarantined = len(sifted.refused), sifted.quarantined
    file.findings = queries.packed(sifted)
    SchoolInFile.objects.filter(file=file).delete()
    SchoolInFile.objects.bulk_create(
        SchoolInFile(
            file=file,
            school=one.taken.school,
            first_on=one.taken.days[0],
            last_on=one.taken.days[-1],
            days=len(one.taken.days),
            added=one.says.added,
            changed=one.says.changed,
            dropped=one.says.dropped,
            same=one.says.same,
            put_at=put_at,
        )
        for one in told
    )


def checked_of(file: RegisterFile, sifted: Sifted) -> Checked:
    """Return what a check came to, as the pages of files show it."""
    counts = {
        "Marks added": file.added,
        "Marks changed": file.changed,
        "Marks dropped": file.dropped,
        "The same as before": file.same,
        "Refused": file.refused,
        "Of nobody on roll": file.quarantined,
    }
    return Checked((), tuple(Fault(None, "", says) for says in sifted.warnings), counts)


def decide(file: RegisterFile, why: str, by: Actor) -> None:
    """Write down who decided on a file, and why."""
    file.reason, file.decided_by_id = why, by.pk
    file.decided_at = TransactionNow()
    file.save(update_fields=["reason", "decided_by", "decided_at"])
    file.refresh_from_db(fields=["decided_at"])


def said(reason: str, otherwise: str) -> str:
    """Return a reason in one line. Raises Faulty where nothing was said."""
    why = " ".join(reason.split())
    if not why:
        raise Faulty(("reason", otherwise))
    return why


def _known_columns(file: RegisterFile, found: Opened) -> tuple[dict[str, str], str] | None:
    """Return what the columns are known to be, or None where somebody must be asked."""
    before = queries.remembered(file.header)
    if before is not None:
        columns = {name: ours for name, ours in before.columns.items() if name in found.header}
    else:
        columns = {column.name: column.guess for column in found.columns() if column.guess}
    if lacks(columns, is_wide=found.is_wide, has_school=file.school_id is not None):
        return None
    theirs = next((name for name, ours in columns.items() if ours == "on"), "")
    seen = date_order(found.cells[theirs]) if theirs else "dmy"
    if before is not None and seen and theirs and seen != before.date_order:
        return None  # the dates are written otherwise than in the last file
    return columns, seen or (before.date_order if before else "dmy")


def _faults(sifted: Sifted) -> tuple[Fault, ...]:
    found = tuple(Fault(row, column, says) for row, column, says in sifted.refused)
    return found or (Fault(None, "", "The file holds no mark."),)
