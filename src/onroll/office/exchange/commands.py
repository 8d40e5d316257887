"""What `onroll import legacy` prints: a reckoning, a list of what has no place, an exit code."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from onroll.office.accounts.roles import PERMISSIONS
from onroll.office.exchange import actions, queries
from onroll.office.exchange.actions import NotPlaced, Reckoning, Remark
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.web.sheets import csv_file
from onroll.statute.days import iso_day

OK, INPUT_AT_FAULT = 0, 2
# Whoever may run commands on the server may write to its database; the journal says that it was
# done there.
OPERATOR = Actor(pk=None, name="Command line", permissions=frozenset(PERMISSIONS))
LIST = "not-placed.csv"
SHOWN = 40

Say = Callable[[str], None]


def legacy(options: argparse.Namespace, *, say: Say) -> int:
    """Try, apply or undo a migration; return 0, or 2 where the input is at fault."""
    if options.undo:
        return _undo(options.undo, say)
    wanted = {
        "a folder": options.folder,
        "--origin": options.origin,
        "--migrated-on": options.migrated_on,
    }
    missing = [name for name, given in wanted.items() if not given]
    if missing:
        say(f"Give {' and '.join(missing)}, or --undo with the reference of a migration.")
        return INPUT_AT_FAULT
    try:
        migrated_on = iso_day(options.migrated_on)
    except ValueError:
        say(f"--migrated-on {options.migrated_on}: give a day of 1900 to 2199, as 2026-09-01.")
        return INPUT_AT_FAULT
    try:
        reckoning = actions.migrate(
            folder=options.folder,
            origin=options.origin,
            migrated_on=migrated_on,
            by=OPERATOR,
            on=clock.today(),
            is_applied=options.apply,
            leaves_out=options.leave_out,
            say=say,
        )
    except Faulty as fault:
        for where, says in fault.faults:
            say(f"{where}: {says}")
        return INPUT_AT_FAULT
    except NotPlaced as refused:
        _tell(refused.reckoning, options.folder, say)
        say(str(refused))
        return INPUT_AT_FAULT
    except Refused as refused:
        say(str(refused))
        return INPUT_AT_FAULT
    _tell(reckoning, options.folder, say)
    if reckoning.ref:
        _print(f"Applied as migration {reckoning.ref}. To take it back: --undo {reckoning.ref}")
        return OK
    _print("This was a trial: nothing was changed. With --apply it is brought in.")
    return INPUT_AT_FAULT if reckoning.unplaced else OK


def _undo(ref: str, say: Say) -> int:
    try:
        migration = queries.migration_for(OPERATOR, ref)
        actions.undo(migration=migration, by=OPERATOR)
    except Unknown as unknown:
        say(str(unknown))
        return INPUT_AT_FAULT
    except Refused as refused:
        say(str(refused))
        return INPUT_AT_FAULT
    _print(f"Migration {migration.ref} was undone: what it made is gone.")
    return OK


def _tell(reckoning: Reckoning, folder: Path, say: Say) -> None:
    heads = ("File", "Rows read", "Placed", "Here already", "Not placed", "Their count")
    rows = [
        (t.file, t.read, t.placed, t.here, t.unplaced, "" if t.expected is None else t.expected)
        for t in reckoning.tallies
    ]
    _print(_table([heads, *rows]))
    _list("Not placed", reckoning.unplaced)
    _list("Placed, and to look at", reckoning.notices)
    remarks = [*(("Not placed", r) for r in reckoning.unplaced),
               *(("Look at", r) for r in reckoning.notices)]  # fmt: skip
    listed: list[tuple[object, ...]] = [("What", *queries.COLUMNS)]
    listed += [(w, r.file, r.row or "", r.column, r.why, r.todo) for w, r in remarks]
    where = folder / LIST
    try:
        where.write_bytes(csv_file(listed))
    except OSError as fault:
        say(f"The list could not be written to {where} ({fault.strerror}).")
    else:
        say(f"The whole list: {where}")


def _list(title: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    _print(f"\n{title}: {len(remarks):,}")
    for remark in remarks[:SHOWN]:
        row = f" row {remark.row}" if remark.row else ""
        _print(f"  {remark.file}{row}, {remark.column}: {remark.why} {remark.todo}")
    if len(remarks) > SHOWN:
        _print(f"  … and {len(remarks) - SHOWN:,} more in {LIST}")


def _table(rows: Sequence[Sequence[object]]) -> str:
    texts = [[f"{c:,}" if isinstance(c, int) else str(c) for c in row] for row in rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(texts[0]))]
    return "\n".join(
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w)
                  for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in texts
    )  # fmt: skip


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
