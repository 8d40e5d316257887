"""Reads of files of registers, for the screens and for what is done with them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q, QuerySet

from onroll.office.attendance.models import RegisterColumns, RegisterFile, SchoolInFile
from onroll.office.attendance.queries.registers_columns import Column
from onroll.office.attendance.queries.registers_reading import Opened, date_order, opened
from onroll.office.attendance.queries.registers_rows import Apart, Found, Sifted
from onroll.office.intake import queries as intake
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.schools import queries as schools
from onroll.office.schools.models import School

REGISTERS = "attendance.registers"  # the kind of file that intake knows them as
# Rows kept by name; of a file with more faults than these the columns are wrong.
MOST_FINDINGS = 20_000
_DAYS = ("first_on", "last_on")
# What intake's states are called here: a file with nothing odd about it only waits for a click.
STATES = {
    "waiting": ("Columns to be named", "yellow"),
    "held": ("Held", "orange"),
    "ready": ("Ready to apply", "yellow"),
    "refused": ("Refused", "red"),
    "applied": ("Applied", "green"),
    "undone": ("Taken back", "grey"),
}


def state_of(file: RegisterFile) -> str:
    """Return where a file stands: a key of STATES."""
    state = str(file.load.state)
    return "ready" if state == "held" and not file.held_for else state


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the list shows it."""

    file: RegisterFile
    state: str
    says: str
    colour: str
    schools: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The rows of a file that were not taken, by name, as far as they are kept."""

    refused: Sequence[Found] = ()
    apart: Sequence[Apart] = ()


def lines(actor: Actor, *, state: str = "", school: str = "") -> list[FileLine]:
    """Return the files of registers, newest first."""
    found = _described(RegisterFile.objects.visible_to(actor))
    if school:
        found = found.filter(Q(school=school) | Q(schools__school=school)).distinct()
    found = found.annotate(
        how_many=Count("schools", distinct=True), one=Min("schools__school__name")
    ).order_by("-pk")[:1_000]
    made = (_line(file) for file in found)
    return [line for line in made if not state or line.state == state]


def _line(file: Any) -> FileLine:
    state = state_of(file)
    says, colour = STATES[state]
    if file.how_many > 1:
        named = f"{file.how_many} schools"
    else:
        named = file.one or (file.school.name if file.school else "")
    return FileLine(file, state, says, colour, named)


def file_for(actor: Actor, pk: int) -> RegisterFile:
    """Return one file. Raises Unknown."""
    found = _described(RegisterFile.objects.visible_to(actor).filter(pk=pk)).first()
    if found is None:
        raise Unknown(f"no registers {pk}")
    return found


def schools_of(file: RegisterFile) -> list[SchoolInFile]:
    """Return what a file says of each school, by name."""
    found = file.schools.select_related("school").defer("school__extract")
    return list(found.order_by("school__name"))


def findings_of(file: RegisterFile) -> Findings:
    """Return the rows of a file that were not taken; none once they are destroyed."""
    kept = (
        RegisterFile.objects.filter(pk=file.pk, load__original__isnull=False)
        .values_list("findings", flat=True)
        .first()
    )
    if kept is None:
        return Findings()
    told = json.loads(encryption.decrypt(bytes(kept)))
    return Findings(
        refused=[(row, column, says) for row, column, says in told["refused"]],
        apart=[
            Apart(**(one | {key: date.fromisoformat(one[key]) for key in _DAYS}))
            for one in told["apart"]
        ],
    )


def packed(sifted: Sifted) -> bytes:
    """Return what was not taken of a file, encrypted, as its row keeps it."""
    told = {
        "refused": sifted.refused[:MOST_FINDINGS],
        "apart": [
            asdict(one) | {key: getattr(one, key).isoformat() for key in _DAYS}
            for one in sifted.apart[:MOST_FINDINGS]
        ],
    }
    return encryption.encrypt(json.dumps(told, ensure_ascii=False).encode())


def opened_again(file: RegisterFile) -> Opened:
    """Return a file's columns and rows, from its encrypted original. Raises Unknown."""
    return opened(filename=file.load.filename, content=intake.original(file.load))


def remembered(header: str) -> RegisterColumns | None:
    """Return what was said of a header before."""
    return RegisterColumns.objects.filter(header=header).first()


def columns_of(file: RegisterFile, actor: Actor) -> tuple[tuple[Column, ...], str, Opened]:
    """Return the columns of a file to be named, the order of its dates, and the file.

    Cells are shown to whoever sent the file in, who has it before them, and to nobody else.
    """
    known = opened_again(file)
    found = known.columns()
    before = remembered(file.header)
    said = file.columns or (before.columns if before else None)
    if said is not None:
        found = tuple(Column(c.name, c.examples, said.get(c.name, "")) for c in found)
    if file.load.received_by_id != actor.pk:
        found = tuple(Column(c.name, (), c.guess) for c in found)
    theirs = next((c.name for c in found if c.guess == "on"), "")
    order = date_order(known.cells[theirs]) if theirs else ""
    return found, order or (before.date_order if before else "dmy"), known


def school_choices() -> list[tuple[str, str]]:
    """Return the schools of which somebody may say that a file is theirs."""
    return schools.choices(empty="Many schools, or named in the file")


def school(pk: str) -> School | None:
    """Return the school that a form names, or None."""
    return schools.school(int(pk)) if pk else None


def _described(files: QuerySet[RegisterFile]) -> QuerySet[RegisterFile]:
    has_original = ExpressionWrapper(Q(load__original__isnull=False), BooleanField())
    return (
        files.select_related("load", "load__received_by", "decided_by", "school")
        .defer("findings", "load__original", "load__undo", "school__extract")
        .annotate(has_original=has_original)
    )
