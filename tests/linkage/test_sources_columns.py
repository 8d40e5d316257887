"""What the columns of a list are: asked once, remembered, asked again."""

from datetime import timedelta

import pytest

from onroll.office.intake.models import Load
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.linkage.actions import sources_loads as actions
from onroll.office.linkage.models import ColumnMapping, Source
from onroll.office.linkage.queries import sources as queries
from tests.actors import TODAY
from tests.linkage.lists import SAID, a_source, csv_of, rows, sent, theirs

pytestmark = pytest.mark.django_db
EARLIER = TODAY - timedelta(days=30)


def test_columns_that_are_not_understood_are_asked_about_with_a_guess(
    births: Source, carol: Actor
) -> None:
    load = sent(births, theirs(), carol)

    columns, order, seen = queries.columns_of(load, carol)

    assert load.load.state == "waiting"
    assert {c.name: c.guess for c in columns} == {**SAID, "Worker": ""}
    assert columns[0].examples == ("R0", "R1", "R2")
    assert (order, seen) == ("dmy", "dmy")


def test_a_colleague_sees_the_shape_of_cells_and_not_what_they_say(
    births: Source, carol: Actor, mina: Actor
) -> None:
    load = sent(births, theirs(), carol)

    columns, _, _ = queries.columns_of(load, mina)

    assert columns[1].examples[0] == "aaaaaa, aaaaa aaa"
    assert columns[2].examples[0] == "99/99/9999"


def test_what_columns_are_is_remembered_for_the_next_list_of_that_source(
    births: Source, carol: Actor
) -> None:
    load = sent(births, theirs(), carol, as_at=EARLIER)
    actions.name_columns(load=load, columns=SAID, date_order="dmy", by=carol, on=TODAY)
    table = queries.read_again(load).table

    again = sent(births, theirs(31), carol)
    elsewhere = sent(a_source(carol, "Housing", "housing"), theirs(31), carol)
    asked = sent(births, theirs(32), carol, ask=True)

    first = {name: table[name][0].as_py() for name in ("given_name", "middle_names", "family_name")}
    assert first == {"given_name": "Amina", "middle_names": "Ann", "family_name": "Archer"}
    assert (again.load.state, again.added) == ("applied", 1)
    assert elsewhere.load.state == "waiting"
    assert asked.load.state == "waiting"


def test_what_columns_are_can_be_changed(births: Source, carol: Actor) -> None:
    load = sent(births, theirs(), carol)
    actions.name_columns(load=load, columns=SAID, date_order="dmy", by=carol, on=TODAY)
    asked = sent(births, theirs(31), carol, ask=True)

    actions.name_columns(
        load=asked, columns={**SAID, "Worker": "given_name"}, date_order="dmy", by=carol, on=TODAY
    )

    assert ColumnMapping.objects.get().columns["Worker"] == "given_name"
    assert asked.load.state == "held"
    assert "30 changed" in asked.held_for[0][0]


@pytest.mark.parametrize(
    ("said", "where", "says"),
    [
        ({**SAID, "Ref": "born_on"}, "DOB", "“Date of birth” is said of “Ref” and “DOB”"),
        ({"DOB": "born_on", "Post Code": "postcode"}, "", "by which to know a child"),
        ({**SAID, "Worker": "gossip"}, "Worker", "Choose what the column is"),
        ({**SAID, "Nought": "upn"}, "Nought", "no such column"),
        ({**SAID, "Ref": "", "Worker": "record_id"}, "", "One number stands in rows 2, 3, 4"),
    ],
)
def test_columns_said_wrong_are_refused_beside_the_column_and_nothing_is_remembered(
    births: Source, carol: Actor, said: dict[str, str], where: str, says: str
) -> None:
    load = sent(births, theirs(), carol)

    with pytest.raises(Faulty) as refused:
        actions.name_columns(load=load, columns=said, date_order="dmy", by=carol, on=TODAY)

    assert any(at == where and says in text for at, text in refused.value.faults)
    assert not ColumnMapping.objects.exists()
    assert Load.objects.get(pk=load.pk).state == "waiting"


def test_dates_written_otherwise_than_last_time_are_asked_about(
    births: Source, carol: Actor
) -> None:
    load = sent(births, theirs(), carol, as_at=EARLIER)
    actions.name_columns(load=load, columns=SAID, date_order="dmy", by=carol, on=TODAY)

    turned = sent(births, theirs(form="{m:02d}/{d:02d}/{y}"), carol)

    assert turned.load.state == "waiting"
    assert queries.columns_of(turned, carol)[1:] == ("mdy", "mdy")


def test_dates_that_could_be_either_are_asked_about(births: Source, carol: Actor) -> None:
    either = csv_of([(*row[:4], "03/04/2014", *row[5:]) for row in rows(3)])

    load = sent(births, either, carol)

    assert load.load.state == "waiting"
    assert queries.columns_of(load, carol)[2] == "doubtful"


def test_the_table_of_pupils_on_roll_of_a_census_extract_is_read_as_it_is(carol: Actor) -> None:
    census = a_source(carol, "Census", "census")
    header = ("pupilonrolltableid", "NativeId", "upn", "formerupn", "surname", "forename",
              "middlenames", "dob", "sex", "entrydate", "enrolstatus")  # fmt: skip
    listed = [
        (str(i), str(i), r[1], "", r[3], r[2], "", "2014-Feb-14 00:00:00", "F",
         "2025-Sep-02 00:00:00", "C")
        for i, r in enumerate(rows(19))
    ]  # fmt: skip

    load = sent(census, csv_of(listed, header), carol)

    assert load.load.state == "applied"
    row = queries.current_lists(TODAY)[0].rows().to_pylist()[0]
    assert (row["record_id"], row["born_on"], row["family_name"]) == ("2", "2014-02-14", "Archer")
