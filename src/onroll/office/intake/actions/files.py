"""What is done with a file: received and checked, applied whole or refused whole, undone."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from onroll.office.intake import kinds, policy, reading
from onroll.office.intake.kinds import Checked, Fault, Loader, Row
from onroll.office.intake.models import Load
from onroll.office.intake.reading import Unreadable
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.kernel.facts import TransactionNow

RECEIVED = verb(
    "intake.received", "sent in a file ({loader}, {rows} rows)", "loader", "digest", "rows"
)
REFUSED = verb(
    "intake.refused",
    "sent in a file that was refused ({loader}, {faults} faults)",
    "loader",
    "digest",
    "rows",
    "faults",
)
APPLIED = verb(
    "intake.applied", "applied a file ({loader}, {rows} rows)", "loader", "digest", "rows", "made"
)
UNDONE = verb("intake.undone", "undid a file ({loader})", "loader", "digest", "made")
FORGOTTEN = verb(
    "intake.originals_forgotten", "emptied {count} originals of files", "count", "rows"
)
LIST_FORGOTTEN = verb(
    "intake.list_forgotten",
    "destroyed a list as received ({rows} rows)",
    "loader",
    "digest",
    "rows",
)

# A file with thousands of faults has one cause; the rest is not worth storing.
MOST_FAULTS = 1_000


def receive(
    *,
    loader: str,
    filename: str,
    content: bytes,
    by: Actor,
    on: date,
    force: bool = False,
) -> Load:
    """Take in one file, check all of it, and say what applying would do. Nothing is applied.

    A file at fault is kept as refused, with every fault, and without its content. `force` takes
    a file that was sent in before.
    """
    taken = kinds.get(loader)
    if taken is None:
        raise Refused("Files of this kind are not taken here.")
    policy.can_load(by, taken).require()
    if taken.sent_at:
        raise Refused("Files of this kind are sent in where more is asked about them.")
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        one_at_a_time(digest)
        rows: Sequence[Row] = ()
        try:
            _refuse_the_same_again(taken, digest, by=by, force=force)
            rows, checked = _checked(taken, filename=filename, content=content, by=by, on=on)
        except Unreadable as error:
            checked = Checked(faults=(Fault(None, "", str(error)),))
        load = Load.objects.create(
            loader=taken.key,
            state=Load.State.REFUSED if checked.faults else Load.State.CHECKED,
            filename=filename[-200:],
            digest=digest,
            size=len(content),
            original=None if checked.faults else encryption.encrypt(content),
            rows=len(rows),
            faults=as_json(checked.faults[:MOST_FAULTS]),
            differences={
                "counts": dict(checked.differences),
                "warnings": as_json(checked.warnings[:MOST_FAULTS]),
                "all_faults": len(checked.faults),
            },
            received_by_id=by.pk,
        )
        if checked.faults:
            record(
                REFUSED,
                by=by,
                subject=load,
                loader=taken.key,
                digest=digest,
                rows=len(rows),
                faults=len(checked.faults),
            )
        else:
            record(RECEIVED, by=by, subject=load, loader=taken.key, digest=digest, rows=len(rows))
    return load


def apply(*, load: Load, by: Actor, on: date) -> Load:
    """Apply a checked file whole, in one transaction; or refuse it whole, with its faults.

    The file is read and checked again first, because the world may have moved on since.
    """
    policy.can_apply(by, load).require()
    loader = _loader(load)
    assert load.original is not None
    content = encryption.decrypt(bytes(load.original))
    try:
        with transaction.atomic():
            claim(load, Load.State.CHECKED)
            rows, checked = _checked(loader, filename=load.filename, content=content, by=by, on=on)
            if checked.faults:
                raise _FaultsNow(checked.faults)
            applied = loader.apply(
                rows=rows, by=by, on=on, source=f"File {load.pk}: {load.filename}"
            )
            load.state = Load.State.APPLIED
            load.undo = [list(made) for made in applied.made]
            load.differences = {**load.differences, "counts": dict(checked.differences)}
            load.applied_at = TransactionNow()
            load.save(update_fields=["state", "undo", "differences", "applied_at"])
            record(
                APPLIED,
                by=by,
                subject=load,
                children=applied.children,
                loader=loader.key,
                digest=load.digest,
                rows=len(rows),
                made=len(applied.made),
            )
    except _FaultsNow as now:
        return _refuse(load, loader, now.faults, by=by)
    except Faulty as faulty:
        return _refuse(load, loader, [_from_action(says) for says in faulty.faults], by=by)
    load.refresh_from_db()
    return load


def undo(*, load: Load, by: Actor, on: date) -> Load:
    """Take back what a file made. Raises Refused where later work stands on it."""
    policy.can_undo(by, load).require()
    loader = _loader(load)
    with transaction.atomic():
        claim(load, Load.State.APPLIED)
        made = [(str(table), int(key)) for table, key in load.undo]
        loader.undo(made=made, by=by, on=on)
        load.state = Load.State.UNDONE
        load.undone_at = TransactionNow()
        load.save(update_fields=["state", "undone_at"])
        record(
            UNDONE,
            by=by,
            subject=load,
            loader=loader.key,
            digest=load.digest,
            made=len(made),
        )
    load.refresh_from_db()
    return load


def forget_originals(*, by: Actor, on: date) -> int:
    """Empty the originals whose window has passed, and return how many.

    What is about a source is a list of very many people, and the end of each is an event.
    """
    with transaction.atomic():
        due = Load.objects.filter(original__isnull=False).filter(
            Q(keep_until__lt=on)
            | Q(keep_until=None, received_at__date__lt=on - policy.KEEP_ORIGINALS_FOR)
        )
        found = list(due.select_for_update(skip_locked=True).defer("original", "undo"))
        Load.objects.filter(pk__in=[load.pk for load in found]).update(original=None)
        for load in found:
            if load.about:
                record(
                    LIST_FORGOTTEN,
                    by=by,
                    subject=load,
                    loader=load.loader,
                    digest=load.digest,
                    rows=load.rows,
                )
        if others := [load for load in found if not load.about]:
            record(FORGOTTEN, by=by, count=len(others), rows=sum(load.rows for load in others))
    return len(found)


class _FaultsNow(Exception):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("faults")
        self.faults = faults


def _loader(load: Load) -> Loader:
    loader = kinds.get(load.loader)
    if loader is None:
        raise Refused("Files of this kind are no longer taken.")
    return loader


def one_at_a_time(digest: str) -> None:
    """Wait for whoever sends in the same file at this moment."""
    # The same file sent twice at once would otherwise pass the check for its twin twice.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [digest])


def claim(load: Load, *states: str) -> None:
    """Lock a file that must be in one of these states. Raises Stale when it no longer is."""
    locked = Load.objects.select_for_update().only("state").get(pk=load.pk)
    if locked.state not in states:
        raise Stale(
            "this file",
            [("State", locked.get_state_display(), Load.State(states[0]).label)],
        )


def _refuse(load: Load, loader: Loader, faults: Sequence[Fault], *, by: Actor) -> Load:
    with transaction.atomic():
        load.refresh_from_db()
        load.state = Load.State.REFUSED
        load.faults = as_json(faults[:MOST_FAULTS])
        load.differences = {**load.differences, "all_faults": len(faults)}
        load.original = None
        load.save(update_fields=["state", "faults", "differences", "original"])
        record(
            REFUSED,
            by=by,
            subject=load,
            loader=loader.key,
            digest=load.digest,
            rows=load.rows,
            faults=len(faults),
        )
    return load


def _from_action(fault: tuple[str, str]) -> Fault:
    # An action that knows its row says so as "row:12"; others name a field.
    where, says = fault
    row = int(where[4:]) if where.startswith("row:") and where[4:].isdecimal() else None
    return Fault(row, "" if row else where, says)


def _refuse_the_same_again(loader: Loader, digest: str, *, by: Actor, force: bool) -> None:
    twin = (
        Load.objects.filter(
            loader=loader.key, digest=digest, state__in=[Load.State.CHECKED, Load.State.APPLIED]
        )
        .select_related("received_by")
        .order_by("-pk")
        .first()
    )
    if twin is None or force:
        return
    again = (
        "If it is to be loaded again all the same, tick “Take it although it was sent in before”."
    )
    if not policy.can_see(by, twin):
        raise Unreadable(f"This very file was sent in before. {again}")
    who = twin.received_by.name if twin.received_by else "OnRoll"
    day = twin.received_at.date()
    became = "was applied" if twin.state == Load.State.APPLIED else "is waiting to be applied"
    raise Unreadable(
        f"This very file was sent in on {day.day} {day:%B %Y} by {who} and {became}. {again}"
    )


def _checked(
    loader: Loader, *, filename: str, content: bytes, by: Actor, on: date
) -> tuple[list[Row], Checked]:
    table = reading.read(filename=filename, content=content, limit=settings.UPLOAD_LIMIT)
    columns = {name: loader.column_for(name) for name in table.header}
    _refuse_missing_columns(loader, table)
    faults: list[Fault] = [
        Fault(row, "", "has more cells than the header has names.") for row in table.strays
    ]
    warnings = [
        Fault(None, name, "is not a column that is read here; it was left out.")
        for name, column in columns.items()
        if column is None and not loader.keeps_unknown_columns
    ]
    rows: list[Row] = []
    for line in table.lines:
        if _is_example(loader, line, columns):
            warnings.append(
                Fault(line.number, "", "is the example of the template; it was left out.")
            )
            continue
        row, wrong = _row(line, columns)
        faults += wrong
        rows.append(row)
    faults += _twins(loader, rows)
    if not rows:
        raise Unreadable("The file has a header but no rows.")
    # Every fault is told at once: what could be read of a row is asked about even if a cell failed.
    checked = loader.check(rows=rows, by=by, on=on)
    told = {(fault.row, fault.column) for fault in faults if fault.column}
    faults += [fault for fault in checked.faults if (fault.row, fault.column) not in told]
    faults.sort(key=lambda fault: fault.row or 0)
    return rows, Checked(
        faults=tuple(faults),
        warnings=(*warnings, *checked.warnings),
        differences=checked.differences,
    )


def _refuse_missing_columns(loader: Loader, table: reading.Table) -> None:
    found = [column.key for name in table.header if (column := loader.column_for(name))]
    missing = [c.name for c in loader.columns if c.required and c.key not in found]
    if missing:
        named = ", ".join(f"“{name}”" for name in missing)
        raise Unreadable(
            f"The header does not name {named}. The first row must hold the names of the columns "
            "as the template has them."
        )
    if len(found) != len(set(found)):
        twice = next(c.name for c in loader.columns if found.count(c.key) > 1)
        raise Unreadable(f"The header names the column “{twice}” twice under two names.")


def _row(line: reading.Line, columns: dict[str, kinds.Column | None]) -> tuple[Row, list[Fault]]:
    values: dict[str, object] = {}
    extra: dict[str, str] = {}
    faults: list[Fault] = []
    wrong: set[str] = set()
    for name, text in line.cells.items():
        column = columns[name]
        if column is None:
            extra[name] = text
        elif not text:
            values[column.key] = None
            if column.required:
                wrong.add(column.key)
                faults.append(Fault(line.number, column.name, "is empty and must be filled in."))
        else:
            try:
                values[column.key] = column.parse(text)
            except ValueError as error:
                wrong.add(column.key)
                faults.append(Fault(line.number, column.name, str(error)))
    return Row(line.number, values, extra, frozenset(wrong)), faults


def _is_example(
    loader: Loader, line: reading.Line, columns: dict[str, kinds.Column | None]
) -> bool:
    given = {c.key: line.cells[name] for name, c in columns.items() if c is not None}
    example = {c.key: c.example for c in loader.columns if c.example}
    return bool(example) and all(given.get(key) == text for key, text in example.items())


def _twins(loader: Loader, rows: Sequence[Row]) -> list[Fault]:
    if not loader.unique:
        return []
    by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        key = tuple(row[name] for name in loader.unique)
        if all(part is not None for part in key):
            by_key[key].append(row.number)
    named = ", ".join(c.name for c in loader.columns if c.key in loader.unique)
    return [
        Fault(number, named, f"repeats row {numbers[0]}. Keep one of them.")
        for numbers in by_key.values()
        for number in numbers[1:]
    ]


def as_json(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Return faults as they are stored."""
    return [{"row": f.row, "column": f.column, "says": f.says} for f in faults]
