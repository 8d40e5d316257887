"""Coming off the old system: tried, applied, reckoned up."""

from datetime import date
from pathlib import Path

import pytest

from onroll.office.accounts.models import PostHolding, Recording
from onroll.office.accounts.queries import recording_caveat
from onroll.office.casework.models import Case, CaseState, Contact, Note
from onroll.office.cme.models import Enquiry, MissingEducation
from onroll.office.exchange.models import Migration
from onroll.office.kernel.decision import Refused
from onroll.office.people.models import Child, ChildAddress, ChildName, Flag, Identifier
from onroll.office.provision.models import HomeEducation
from onroll.office.schools.models import Enrolment
from tests.exchange import exports
from tests.exchange.conftest import Migrate, rows


def test_a_trial_counts_everything_and_writes_nothing(migrate: Migrate) -> None:
    before = rows()

    reckoning = migrate(is_applied=False)

    assert rows() == before
    assert not Migration.objects.exists()
    assert {t.file: (t.read, t.placed) for t in reckoning.tallies}["children.csv"] == (60, 60)


def test_applying_places_every_row_and_the_counts_agree(migrate: Migrate) -> None:
    reckoning = migrate()

    assert reckoning.unplaced == ()
    assert all(t.read == t.placed for t in reckoning.tallies), reckoning.tallies
    assert Child.objects.count() == 60
    assert Case.objects.filter(kind="cme").count() == 60
    assert HomeEducation.objects.count() == 10
    assert MissingEducation.objects.count() == 60
    assert Enquiry.objects.count() == 60
    assert Contact.objects.count() == 80
    assert Enrolment.objects.count() == 60
    assert ChildAddress.objects.count() == 60
    assert Flag.objects.count() == 10
    assert PostHolding.objects.count() == 3
    assert ChildName.objects.filter(use="former", family_name="Formerly").count() == 3


def test_a_migrated_record_says_from_where_and_keeps_its_own_dates(migrate: Migrate) -> None:
    ref = migrate().ref

    legacy = Identifier.objects.get(scheme="legacy", value="10007")
    state = CaseState.objects.filter(case__origin__startswith="Former system, case C0,").first()
    assert legacy.source == f"Former system, migrated on 1 March 2026 (migration {ref})"
    assert state is not None
    assert state.case.origin == "Former system, case C0, migrated on 1 March 2026"
    assert state.starts_on == exports.FIRST
    assert state.recorded_at.date() == exports.FIRST
    assert legacy.recorded_at == Migration.objects.get().applied_at


def test_other_kinds_of_case_are_kept_as_history_with_what_was_written(migrate: Migrate) -> None:
    migrate()

    attendance = Case.objects.get(origin__startswith="Former system, case C3,")
    assert (attendance.kind, attendance.state, attendance.outcome) == ("former", "kept", "kept")
    texts = set(Note.objects.filter(case=attendance).values_list("text", flat=True))
    assert "Attendance, from Former system. Outcome: Improved." in texts
    assert "Note 3.\nWritten by A. Person in Former system." in texts


def test_the_same_folder_is_not_brought_in_twice(migrate: Migrate) -> None:
    ref = migrate().ref

    with pytest.raises(Refused, match=f"already, as migration {ref}"):
        migrate()

    assert Child.objects.count() == 60


def test_every_row_without_a_place_is_named_and_nothing_is_applied_unless_left_out(
    migrate: Migrate, folder: Path
) -> None:
    exports.change(folder, "children", 4, DOB="31/02/2015")
    exports.change(folder, "roll", 9, School_URN="School of Nowhere")
    exports.change(folder, "flags", 2, Flag="Sad")
    exports.change(folder, "case_history", 12, Enquiry_type="Crystal ball", Entry_type="Enquiry")
    before = rows()

    with pytest.raises(Refused) as refused:
        migrate()
    listed = {(r.file, r.row, r.column) for r in refused.value.reckoning.unplaced}  # type: ignore[attr-defined]

    assert rows() == before
    assert {("children.csv", 6, "Date of birth"), ("roll.csv", 11, "School"),
            ("flags.csv", 4, "Flag")} <= listed  # fmt: skip
    assert ("addresses.csv", 6, "Person ID") in listed
    assert all(r.why and r.todo for r in refused.value.reckoning.unplaced)  # type: ignore[attr-defined]

    reckoning = migrate(leaves_out=True)

    assert Child.objects.count() == 59
    assert all(t.read == t.placed + t.here + t.unplaced for t in reckoning.tallies)
    assert len(Migration.objects.get().unplaced) == len(reckoning.unplaced)


def test_a_file_with_fewer_rows_than_the_former_system_counts_is_told(
    migrate: Migrate, folder: Path
) -> None:
    exports.write(folder, "totals", [{"File": "cases", "Rows": 81}, {"File": "roll", "Rows": 60}])

    with pytest.raises(Refused) as refused:
        migrate()

    (remark,) = refused.value.reckoning.unplaced  # type: ignore[attr-defined]
    assert remark.why == "The former system counts 81 rows and cases has 80."


def test_a_number_that_cannot_be_right_is_kept_and_shown(migrate: Migrate, folder: Path) -> None:
    exports.change(folder, "children", 1, UPN="Z999000000001")

    reckoning = migrate()

    assert "check letter" in reckoning.notices[0].why
    assert Identifier.objects.get(value="Z999000000001").scheme == "other"


def test_a_period_after_recording_began_is_counted_and_one_before_has_its_caveat(
    migrate: Migrate,
) -> None:
    migrate()

    in_period = CaseState.objects.during(date(2019, 11, 1), date(2020, 10, 31)).filter(
        is_open=True, case__kind="cme"
    )
    assert in_period.values("case").distinct().count() == 35
    assert Recording.objects.get(series="cases.cme").began_on == date(2019, 11, 1)
    assert recording_caveat("cases.cme", date(2019, 11, 1)) == ""
    assert recording_caveat("cases.cme", date(2019, 10, 31)) == (
        "Cases were not recorded before 1 November 2019."
    )
