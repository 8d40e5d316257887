"""DfE's register comes in as it is published, again and again, and never takes a school away."""

from datetime import date
from pathlib import Path

import pytest

from onroll.office.intake import actions as intake
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.schools import actions, extract, queries
from onroll.office.schools.models import School
from tests.actors import TODAY
from tests.schools.register import HEADER, establishment, register


def test_a_school_is_read_as_published(mina: Actor, tmp_path: Path) -> None:
    path = tmp_path / "edubasealldata20260305.csv"
    path.write_bytes(register([establishment(1)]))

    done = actions.load_gias(path, by=mina, on=TODAY)

    school = School.objects.get(urn=900001)
    assert done == actions.GiasLoaded(added=1)
    assert school.name == "St Zoë’s School 1"
    assert (school.type_code, school.phase, school.laestab) == ("2", "Secondary", "991/2001")
    assert (school.opened_on, school.closed_on) == (date(2012, 9, 1), None)
    assert (school.head, school.trust) == ("Ms Renée Example", "The Café Trust")
    assert school.extract["LastChangedDate"] == "05-03-2026"
    assert school.last_seen_in_extract_on == TODAY
    assert school.is_open


def test_loading_the_same_file_twice_changes_nothing(mina: Actor) -> None:
    file = register(establishment(n) for n in range(30))
    actions.load_gias(file, by=mina, on=TODAY)
    before = list(School.objects.order_by("pk").values())

    done = actions.load_gias(file, by=mina, on=TODAY)

    assert done == actions.GiasLoaded(unchanged=30)
    assert list(School.objects.order_by("pk").values()) == before


def test_a_school_gone_from_the_file_stays_and_one_changed_is_changed(mina: Actor) -> None:
    actions.load_gias(register([establishment(1), establishment(2)]), by=mina, on=TODAY)
    key = School.objects.get(urn=900001).pk
    changed = establishment(
        1, **{"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
    )

    done = actions.load_gias(register([changed]), by=mina, on=date(2026, 9, 1))

    assert (done.changed, done.added, done.gone) == (1, 0, 1)
    first, second = School.objects.get(urn=900001), School.objects.get(urn=900002)
    assert (first.pk, first.is_open, first.closed_on) == (key, False, date(2026, 8, 31))
    assert second.last_seen_in_extract_on == TODAY


def test_a_column_that_is_absent_leaves_its_field_alone(mina: Actor) -> None:
    actions.load_gias(register([establishment(1)]), by=mina, on=TODAY)
    less = register([establishment(1)], without=frozenset({"TelephoneNum", "LA (code)", "FSM"}))

    actions.load_gias(less, by=mina, on=TODAY)

    school = School.objects.get(urn=900001)
    assert (school.telephone, school.la_code) == ("01632960123", "991")


def test_only_the_authorities_asked_for_are_loaded(mina: Actor) -> None:
    file = register(establishment(n) for n in range(20))

    done = actions.load_gias(file, by=mina, on=TODAY, la_codes=["991", "992"])

    assert (done.added, done.left_out) == (4, 16)
    assert set(School.objects.values_list("la_code", flat=True)) == {"991", "992"}


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"Name,Code\nx,1\n", "not DfE's file of all establishment fields"),
        (register([establishment(1, URN="x")]), "“x” is not a URN"),
        (register([establishment(1), establishment(1)]), "URN 900001 is also in row 2"),
        (register([establishment(1, EstablishmentName="")]), "has no name"),
        (register([establishment(1, **{"LA (code)": "99999"})]), "longer than 3"),
        (b"URN,EstablishmentName\n1,a\x81\n", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_a_wrong_file_is_refused_whole_with_a_sentence(mina: Actor, file: bytes, says: str) -> None:
    first = register([establishment(7)])
    actions.load_gias(first, by=mina, on=TODAY)

    with pytest.raises(Faulty, match=says):
        actions.load_gias(file, by=mina, on=TODAY)

    assert School.objects.count() == 1


def test_who_may_not_apply_files_may_not_load_the_register(alice: Actor) -> None:
    with pytest.raises(Refused):
        actions.load_gias(register([establishment(1)]), by=alice, on=TODAY)


def test_a_dry_load_says_what_would_change_and_changes_nothing(mina: Actor) -> None:
    assert actions.load_gias(register([establishment(1)]), by=mina, on=TODAY, dry=True).added == 1
    assert not School.objects.exists()


def test_links_join_schools_that_are_known_once(mina: Actor) -> None:
    actions.load_gias(register([establishment(1), establishment(2)]), by=mina, on=TODAY)
    file = (
        b"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
        b"900001,900002,X,Predecessor,01-09-2012\n900001,123456,Y,Predecessor - merged,\n"
        b"123456,900001,Z,Successor,\n"
    )

    assert actions.load_links(file, by=mina) == 2
    assert actions.load_links(file, by=mina) == 0
    known, unknown = sorted(
        queries.links(School.objects.get(urn=900001)), key=lambda link: link.school is None
    )
    assert (known.school.urn, known.on) == (900002, date(2012, 9, 1))  # type: ignore[union-attr]
    assert (unknown.urn, unknown.school) == (123456, None)


def test_the_register_comes_in_through_the_screen_as_well(mina: Actor) -> None:
    load = intake.receive(
        loader="schools.register",
        filename="edubasealldata20260305.csv",
        content=register([establishment(1), establishment(2)]),
        by=mina,
        on=TODAY,
    )
    assert load.faults == []
    assert load.differences["counts"]["Schools added"] == 2
    assert load.differences["warnings"] == []
    assert not School.objects.exists()

    intake.apply(load=load, by=mina, on=TODAY)

    assert School.objects.get(urn=900001).extract["LastChangedDate"] == "05-03-2026"


def test_contacts_come_in_by_file_and_an_unknown_school_is_named(mina: Actor) -> None:
    actions.load_gias(register([establishment(1)]), by=mina, on=TODAY)
    rows = "School,Role,Name,Telephone\n{},Senior attendance leader,Sam Example,01632 960123\n"

    def sent(school: str):  # type: ignore[no-untyped-def]
        return intake.receive(
            loader="schools.contacts",
            filename="contacts.csv",
            content=rows.format(school).encode(),
            by=mina,
            on=TODAY,
        )

    assert (
        "“Nowhere School” is not a school that is known" in sent("Nowhere School").faults[0]["says"]
    )
    load = intake.apply(load=sent("991/2001"), by=mina, on=TODAY)
    school = School.objects.get(urn=900001)
    assert [c.name for c in queries.contacts(school, TODAY)] == ["Sam Example"]
    intake.undo(load=load, by=mina, on=TODAY)
    assert queries.contacts(school, TODAY) == []


def test_every_column_that_is_mapped_is_one_that_dfe_publishes() -> None:
    assert {*extract.FIELDS, *extract.ADDRESS, *extract.HEAD} <= set(HEADER)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("900001", "Oak Academy"),
        ("999/4001", "Oak Academy"),
        ("9994001", "Oak Academy"),
        ("oak  academy", "Oak Academy"),
        ("Oak", None),
        ("900009", None),
    ],
)
def test_one_school_is_meant_by_its_number_or_its_whole_name(
    oak: School, elm: School, typed: str, found: str | None
) -> None:
    school = queries.school_for(typed)

    assert (school.name if school else None) == found
