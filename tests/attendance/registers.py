"""Files of registers of synthetic children, as systems of schools export them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from onroll.office.attendance.actions import registers, registers_marks
from onroll.office.attendance.models import RegisterFile
from onroll.office.attendance.queries.marks import store
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.schools.actions import load_enrolments
from onroll.office.schools.models import School
from tests.actors import TODAY
from tests.linkage.lists import csv_of, upn

NOW = datetime(2026, 3, 5, 17, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
HEADER = ("UPN", "School", "Date", "Session", "Mark")
_KNOWN_FROM = date(2020, 9, 1)

Line = tuple[str, ...]


def pupil(n: int, *at: School, since: date = _KNOWN_FROM, until: date | None = None) -> Child:
    """A child with the nth UPN, on the rolls of some schools."""
    row = people.ChildRow(
        key=str(n), given_names="Amelia", family_name=f"Khan-{n}", born_on=date(2013, 4, 3),
        known_from=_KNOWN_FROM, upn=upn(n),
    )  # fmt: skip
    key = people.load_children([row], by=PROGRAM, on=TODAY)[str(n)]
    on_roll(key, *at, since=since, until=until)
    return Child.objects.get(pk=key)


def on_roll(key: int, *at: School, since: date = _KNOWN_FROM, until: date | None = None) -> None:
    rows: list[dict[str, Any]] = [
        {"child_id": key, "school_id": school.pk, "starts_on": since, "ends_on": until,
         "year_group": 7}
        for school in at
    ]  # fmt: skip
    if rows:
        load_enrolments(rows, by=PROGRAM)


def day_of_marks(
    numbers: Iterable[int], school: School, on: date = MONDAY, codes: str = "/\\"
) -> list[Line]:
    """Both sessions of a day for some pupils, as a long file has them."""
    return [
        (upn(n), school.laestab, f"{on:%d/%m/%Y}", session, code)
        for n in numbers
        for session, code in zip(("AM", "PM"), codes, strict=True)
    ]


def sent(
    rows: Sequence[Line],
    by: Actor,
    *,
    header: Sequence[str] = HEADER,
    school: School | None = None,
    filename: str = "registers.csv",
    on: date = TODAY,
) -> RegisterFile:
    return registers.send_in(
        filename=filename, content=csv_of(rows, header), school=school, by=by, on=on
    )


def applied(file: RegisterFile, by: Actor, *, at: datetime = NOW, reason: str = "") -> RegisterFile:
    return registers_marks.apply(file=file, by=by, at=at, on=TODAY, reason=reason)


def marks(school: School, year: int = 2025) -> dict[tuple[str, date], str]:
    """What is kept of a school: by child and day the two codes."""
    said: dict[tuple[str, date], str] = {}
    for row in store().read(str(school.urn), year).to_pylist():
        key = row["pupil_id"], row["on"]
        said[key] = said.get(key, "") + row["code"]
    return said
