"""Registers from a school's system to the marks that are kept, and back."""

from datetime import date, timedelta

import pytest

from onroll.office.attendance.actions import registers, registers_marks
from onroll.office.attendance.models import Feed, RegisterFile
from onroll.office.attendance.queries import registers as queries
from onroll.office.attendance.queries.marks import key_of, store
from onroll.office.intake.actions import forget_originals
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused
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
    on_roll,
    pupil,
    sent,
)
from tests.linkage.lists import upn

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def apart(file: RegisterFile) -> list[tuple[str, str, int]]:
    return [(one.upn, one.says, one.marks) for one in queries.findings_of(file).apart]


def refused(file: RegisterFile) -> list[tuple[int, str]]:
    return [(row, says) for row, _, says in queries.findings_of(file).refused]


def test_a_file_of_two_schools_shows_what_it_would_change_and_changes_it_when_applied(
    officer: Actor, oak: School, elm: School
) -> None:
    a, b = pupil(1, oak), pupil(2, elm)

    file = sent([*day_of_marks([1], oak), *day_of_marks([2], elm, codes="II")], officer)

    assert queries.state_of(file) == "ready"
    assert (file.added, file.refused, file.quarantined) == (4, 0, 0)
    assert marks(oak) == {}
    applied(file, officer)
    assert marks(oak) == {(a.ref, MONDAY): "/\\"}
    assert marks(elm) == {(b.ref, MONDAY): "II"}
    assert Feed.objects.get(school=oak).last_on == MONDAY
    event = Event.objects.get(verb="attendance.registers_applied")
    assert (event.data["schools"], event.data["added"]) == (2, 4)


def test_the_same_days_sent_again_change_nothing(officer: Actor, oak: School) -> None:
    pupil(1, oak)
    applied(sent(day_of_marks([1], oak), officer), officer)

    again = sent([*day_of_marks([1], oak), *day_of_marks([1], oak, TUESDAY)], officer)

    assert (again.added, again.same, again.changed, again.dropped) == (2, 2, 0, 0)


def test_a_file_that_was_applied_is_taken_back(officer: Actor, oak: School) -> None:
    a = pupil(1, oak)
    applied(sent(day_of_marks([1], oak, codes="NN"), officer), officer)
    second = sent(day_of_marks([1], oak, codes="II"), officer)
    applied(second, officer, at=LATER, reason="The school told why")
    assert marks(oak) == {(a.ref, MONDAY): "II"}

    days = registers_marks.take_back(
        file=second, by=officer, at=LATER + timedelta(hours=1), on=TODAY
    )

    assert days == 1
    assert marks(oak) == {(a.ref, MONDAY): "NN"}
    assert second.load.state == "undone"
    with pytest.raises(Refused):
        registers_marks.take_back(file=second, by=officer, at=LATER, on=TODAY)


def test_a_file_that_drops_or_changes_more_than_a_twentieth_is_held_until_somebody_says_why(
    officer: Actor, oak: School
) -> None:
    for n in range(1, 11):
        pupil(n, oak)
    applied(sent(day_of_marks(range(1, 11), oak), officer), officer)

    few = sent(day_of_marks(range(1, 9), oak), officer)

    assert queries.state_of(few) == "held"
    assert "drops 4 of 20" in few.held_for[0][0]
    with pytest.raises(Faulty):
        applied(few, officer, at=LATER, reason=" ")
    applied(few, officer, at=LATER, reason="Two pupils have left")
    assert few.load.state == "applied"
    assert len(marks(oak)) == 8
    assert few.reason == "Two pupils have left"


def test_a_correction_within_a_twentieth_needs_no_reason(officer: Actor, oak: School) -> None:
    for n in range(1, 11):
        pupil(n, oak)
    applied(sent(day_of_marks(range(1, 11), oak), officer), officer)

    rows = day_of_marks(range(1, 11), oak)
    rows[0] = (*rows[0][:4], "L")
    file = sent(rows, officer)

    assert queries.state_of(file) == "ready"
    assert (file.changed, file.same) == (1, 19)


def test_what_changed_since_the_check_is_looked_at_again_before_it_is_applied(
    officer: Actor, oak: School
) -> None:
    pupil(1, oak)
    first = sent(day_of_marks([1], oak), officer)
    applied(sent(day_of_marks([1], oak, codes="OO"), officer), officer)
    assert queries.state_of(first) == "ready"

    applied(first, officer, at=LATER)

    assert queries.state_of(first) == "held"
    assert marks(oak)[next(iter(marks(oak)))] == "OO"


def test_rows_that_cannot_be_read_are_refused_with_their_number(
    officer: Actor, oak: School
) -> None:
    for n in range(1, 4):
        pupil(n, oak)
    good = day_of_marks(range(1, 4), oak)
    bad = [
        (upn(1), oak.laestab, "03/03/2026", "AM", "Q9"),  # row 8
        (upn(1), oak.laestab, "31/02/2026", "AM", "/"),
        (upn(1), oak.laestab, "03/03/2026", "XM", "/"),
        (upn(1), "Nowhere School", "03/03/2026", "AM", "/"),
        (upn(1), oak.laestab, "06/03/2026", "AM", "/"),
        (upn(1), oak.laestab, "02/03/2026", "AM", "I"),
        ("", oak.laestab, "02/03/2026", "AM", "I"),
        (upn(1), oak.laestab, "03/03/2026", "AM", "H"),
    ]

    file = sent([*good, *bad], officer)

    assert [row for row, _ in refused(file)] == list(range(8, 16))
    says = dict(refused(file))
    assert "Q9" in says[8]
    assert "no day" in says[9]
    assert "neither AM nor PM" in says[10]
    assert "Nowhere School" in says[11]
    assert "still to come" in says[12]
    assert "second mark" in says[13]
    assert says[14] == "has no UPN"
    assert "withdrawn" in says[15]
    assert (file.added, file.refused) == (6, 8)
    assert queries.state_of(file) == "held", "more than a twentieth is refused"


def test_a_file_of_which_nothing_can_be_read_is_refused_and_destroyed(
    officer: Actor, oak: School
) -> None:
    file = sent([("A", oak.laestab, "02/03/2026", "AM", "Q9")], officer)

    file.load.refresh_from_db()
    assert file.load.state == "refused"
    assert file.load.original is None
    assert "Q9" in file.load.faults[0]["says"]


def test_who_is_not_on_the_roll_waits_and_is_taken_up_when_the_roll_is_put_right(
    officer: Actor, oak: School
) -> None:
    a, late, left = pupil(1, oak), pupil(2), pupil(3, oak, until=date(2026, 2, 27))

    file = sent(day_of_marks([1, 2, 3, 4], oak), officer)

    assert apart(file) == [
        (upn(2), "Not on this school’s roll on these days", 2),
        (upn(3), "Not on this school’s roll on these days", 2),
        (upn(4), "No child here has this UPN", 2),
    ]
    applied(file, officer)
    assert set(marks(oak)) == {(a.ref, MONDAY)}
    on_roll(late.pk, oak)

    registers_marks.check_again(file=file, by=officer, at=LATER, on=TODAY)

    assert set(marks(oak)) == {(a.ref, MONDAY), (late.ref, MONDAY)}
    assert (file.added, file.quarantined) == (4, 4)
    registers_marks.take_back(file=file, by=officer, at=LATER + timedelta(hours=1), on=TODAY)
    assert marks(oak) == {}
    assert left.ref not in str(marks(oak))


def test_what_is_taken_up_later_undoes_no_later_correction(officer: Actor, oak: School) -> None:
    a, late, soon = pupil(1, oak), pupil(2), pupil(3)
    first = applied(sent(day_of_marks([1, 2, 3], oak, codes="NN"), officer), officer)
    on_roll(soon.pk, oak)
    second = sent(day_of_marks([1, 3], oak, codes="II"), officer)
    applied(second, officer, at=LATER, reason="Told")
    on_roll(late.pk, oak)

    registers_marks.check_again(file=first, by=officer, at=LATER + timedelta(hours=1), on=TODAY)

    assert marks(oak) == {
        (a.ref, MONDAY): "II", (soon.ref, MONDAY): "II", (late.ref, MONDAY): "NN",
    }  # fmt: skip


def test_a_file_with_nobody_on_roll_waits_and_can_be_checked_again(
    officer: Actor, oak: School
) -> None:
    child = pupil(1)
    file = sent(day_of_marks([1], oak), officer)
    with pytest.raises(Refused, match="No mark of this file can be used yet"):
        applied(file, officer)
    on_roll(child.pk, oak)

    registers_marks.check_again(file=file, by=officer, at=NOW, on=TODAY)

    assert applied(file, officer).load.state == "applied"
    assert len(marks(oak)) == 1


def test_a_child_registered_at_two_schools_is_marked_at_both(
    officer: Actor, oak: School, elm: School
) -> None:
    child = pupil(1, oak, elm)
    rows = [*day_of_marks([1], oak, codes="DD"), *day_of_marks([1], elm)]

    applied(sent(rows, officer), officer)

    assert marks(oak)[child.ref, MONDAY] == "DD"
    assert marks(elm)[child.ref, MONDAY] == "/\\"


def test_marks_of_a_child_are_erased_from_every_file_and_version(
    officer: Actor, oak: School
) -> None:
    a, b = pupil(1, oak), pupil(2, oak)
    applied(sent(day_of_marks([1, 2], oak, codes="NN"), officer), officer)
    second = sent(day_of_marks([1, 2], oak), officer)
    applied(second, officer, at=LATER, reason="Told why")

    assert registers_marks.erase_marks(children=[a.pk], by=officer) == 4

    assert set(marks(oak)) == {(b.ref, MONDAY)}
    registers_marks.take_back(file=second, by=officer, at=LATER + timedelta(hours=1), on=TODAY)
    assert marks(oak) == {(b.ref, MONDAY): "NN"}


def test_a_file_turned_away_is_destroyed_and_changes_nothing(officer: Actor, oak: School) -> None:
    pupil(1, oak)
    file = sent(day_of_marks([1, 9], oak), officer)

    registers.reject(file=file, reason="Another school’s", by=officer, on=TODAY)

    file.load.refresh_from_db()
    assert (file.load.state, file.load.original) == ("refused", None)
    assert queries.findings_of(file).apart == ()
    assert marks(oak) == {}


def test_who_was_not_on_roll_is_forgotten_with_the_file(officer: Actor, oak: School) -> None:
    pupil(1, oak)
    file = sent(day_of_marks([1, 9], oak), officer)
    assert registers.forget_findings(by=PROGRAM) == 0
    forget_originals(by=PROGRAM, on=TODAY + timedelta(days=28))
    assert queries.findings_of(file).apart, "kept on its last day"

    forget_originals(by=PROGRAM, on=TODAY + timedelta(days=29))

    assert registers.forget_findings(by=PROGRAM) == 1
    file.refresh_from_db()
    assert file.findings is None
    assert file.quarantined == 2


def test_whoever_does_not_send_in_registers_can_do_nothing_with_them(
    officer: Actor, oak: School
) -> None:
    pupil(1, oak)
    file = sent(day_of_marks([1], oak), officer)
    for stranger in (actors.mallory(), actors.alice()):
        for act in (
            lambda by: sent(day_of_marks([1], oak, TUESDAY), by),
            lambda by: applied(file, by),
            lambda by: registers.reject(file=file, reason="x", by=by, on=TODAY),
            lambda by: registers_marks.check_again(file=file, by=by, at=NOW, on=TODAY),
            lambda by: registers_marks.take_back(file=file, by=by, at=NOW, on=TODAY),
        ):
            with pytest.raises(Refused):
                act(stranger)


def test_a_school_without_a_urn_is_kept_under_its_key_here(officer: Actor) -> None:
    unit = School.objects.create(name="Willow Unit", status="")
    child = pupil(1, unit)
    rows = [(upn(1), "02/03/2026", "AM", "B")]

    file = sent(rows, officer, header=("UPN", "Date", "Session", "Code"), school=unit)
    applied(file, officer)

    assert key_of(unit) == f"local-{unit.pk}"
    kept = queries.findings_of(file)
    assert kept.apart == []
    assert store().read(key_of(unit), 2025)["pupil_id"].to_pylist() == [child.ref]
