"""A sealed child's marks are kept, and nothing that is told of a file tells of that child."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from onroll.office.attendance.actions import registers, registers_marks
from onroll.office.attendance.queries import registers as queries
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.schools.models import School
from tests import actors
from tests.actors import TODAY
from tests.attendance.registers import (
    MONDAY,
    NOW,
    TUESDAY,
    applied,
    day_of_marks,
    marks,
    pupil,
    sent,
)
from tests.linkage.lists import upn

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def told(rows: list[tuple[str, ...]], by: Actor) -> tuple[object, ...]:
    """Everything that a page can show of a file, with one UPN for another."""
    file = sent(rows, by)
    findings = queries.findings_of(file)
    found = (
        queries.state_of(file), file.added, file.changed, file.dropped, file.same, file.refused,
        file.quarantined, file.held_for, file.first_on, file.last_on, file.load.rows,
        file.load.differences,
        [(one.says, one.marks, one.school, one.row) for one in findings.apart],
        [(row, says) for row, _, says in findings.refused],
        [(s.school_id, s.days, s.added, s.changed, s.dropped, s.same)
         for s in queries.schools_of(file)],
    )  # fmt: skip
    registers.reject(file=file, reason="Sent in for a test", by=by, on=TODAY)
    return found


def in_small_letters(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(upn_.lower(), *rest) for upn_, *rest in rows]


def seal(child: object) -> None:
    people.seal(child=child, reason="At risk", by=actors.dave(), on=TODAY)


def test_a_sealed_child_is_told_as_one_whom_nobody_here_knows(
    officer: Actor, oak: School, elm: School
) -> None:
    a, hidden, gone = pupil(1, oak), pupil(2, oak), pupil(3, elm)
    applied(sent(day_of_marks([1, 2, 3], oak), officer), officer)
    assert (hidden.ref, MONDAY) in marks(oak)
    seal(hidden)
    seal(gone)
    assert a.ref != gone.ref

    # 9 is a UPN of nobody; 3 is of a sealed child on another roll.
    files: list[Callable[[int], list[tuple[str, ...]]]] = [
        lambda n: day_of_marks([n], oak),
        lambda n: day_of_marks([n], oak, TUESDAY),
        lambda n: day_of_marks([1, n], oak, codes="II"),
        lambda n: [*day_of_marks([1], oak), *day_of_marks([n], oak, codes="OO")],
        lambda n: [*day_of_marks([1, n], oak), *day_of_marks([n], oak)],
        lambda n: [*day_of_marks([1, n], oak), *in_small_letters(day_of_marks([n], oak))],
        lambda n: day_of_marks([1], oak),
    ]
    for days in files:
        assert told(days(2), officer) == told(days(9), officer) == told(days(3), officer)


def test_the_marks_of_a_sealed_child_go_in_with_the_day_of_the_others(
    officer: Actor, oak: School
) -> None:
    a, hidden = pupil(1, oak), pupil(2, oak)
    seal(hidden)

    file = sent([*day_of_marks([1, 2], oak, codes="NN"), *day_of_marks([2], oak, TUESDAY)], officer)
    applied(file, officer)

    assert marks(oak) == {(a.ref, MONDAY): "NN", (hidden.ref, MONDAY): "NN"}
    event = Event.objects.get(verb="attendance.registers_applied")
    assert event.data["added"] == 2
    assert event.children == []
    registers_marks.check_again(file=file, by=officer, at=LATER, on=TODAY)
    assert file.added == 2
    assert [one.upn for one in queries.findings_of(file).apart] == [upn(2)]


def test_taking_a_file_back_tells_no_more_of_a_sealed_child_than_of_nobody(
    officer: Actor, oak: School
) -> None:
    _, hidden = pupil(1, oak), pupil(2, oak)
    applied(sent(day_of_marks([1, 2], oak), officer), officer)
    seal(hidden)
    for n in (2, 9):
        rows = [*day_of_marks([1], oak), *day_of_marks([n], oak, codes="OO")]
        file = applied(sent(rows, officer), officer, at=LATER)

        registers_marks.take_back(file=file, by=officer, at=LATER + timedelta(hours=1), on=TODAY)

    one, other = Event.objects.filter(verb="attendance.registers_taken_back").order_by("pk")
    assert {**one.data, "load": 0} == {**other.data, "load": 0}
