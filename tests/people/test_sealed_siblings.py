"""A carer of a sealed child and of one who is not: who works with the one learns of no other."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from onroll.office.journal import queries as journal
from onroll.office.journal.actions import look
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import actions, queries
from onroll.office.people.models import Carer, CarerAddress, Child, ContactPoint, SealedFact
from tests import actors
from tests.actors import TODAY

Add = Callable[..., Child]
BEFORE = date(2025, 1, 1)


def _family(add: Add, by: Actor, name: str) -> tuple[Child, Child, Carer]:
    """Two children of one mother, whose address is recorded."""
    sister, brother = (add(given, name, date(2014, 6, 7)) for given in ("Ada", "Bo"))
    mother = actions.record_carer(
        child=sister, family_name=name, kind="mother", lives_with=True, starts_on=BEFORE,
        by=by, on=TODAY,
    ).carer  # fmt: skip
    actions.record_relationship(
        child=brother, carer=mother, kind="mother", lives_with=True, starts_on=BEFORE,
        by=by, on=TODAY,
    )  # fmt: skip
    return sister, brother, mother


@pytest.fixture
def shared(add: Add, alice: Actor, dave: Actor) -> tuple[Child, Child, Carer]:
    """The sister sealed, with an address of the mother that the refuge gave."""
    sister, brother, mother = _family(add, alice, "Quavermouth")
    actions.record_carer_address(
        child=sister, carer=mother, line_1="9 Xylophone Row", starts_on=BEFORE, by=alice, on=TODAY
    )
    actions.seal(child=sister, reason="A refuge", by=dave, on=TODAY)
    return sister, brother, mother


def _writes(child: Child, carer: Carer, by: Actor, line_1: str = "2 Elm Row") -> None:
    said: dict[str, Any] = {"child": child, "carer": carer, "by": by, "on": TODAY}
    actions.record_carer_address(line_1=line_1, starts_on=BEFORE, **said)
    actions.record_contact_point(kind="mobile", value="07700 900123", starts_on=BEFORE, **said)


def _shown(child: Child, by: Actor) -> list[tuple[list[str], list[str]]]:
    return [
        ([a.line_1 for a in c.addresses], [p.value for p in c.contact_points])
        for c in queries.carers(child, by=by, on=TODAY)
    ]


def test_what_somebody_uncleared_writes_of_a_shared_carer_stands_as_of_any_other(
    shared: tuple[Child, Child, Carer], add: Add, alice: Actor
) -> None:
    _, brother, mother = shared
    _, other, others_mother = _family(add, alice, "Ostergaard")

    _writes(brother, mother, alice)
    _writes(other, others_mother, alice)

    assert _shown(brother, alice) == _shown(other, alice) == [(["2 Elm Row"], ["07700 900123"])]


def test_what_lay_under_the_seal_stays_there_and_the_cleared_read_both(
    shared: tuple[Child, Child, Carer], alice: Actor, carol: Actor
) -> None:
    sister, brother, mother = shared

    _writes(brother, mother, alice)

    assert "Xylophone" not in str(_shown(brother, alice))
    assert sorted(_shown(sister, carol)[0][0]) == ["2 Elm Row", "9 Xylophone Row"]


def test_those_who_keep_sealed_records_are_shown_what_lies_open_and_nobody_else(
    shared: tuple[Child, Child, Carer], alice: Actor, carol: Actor, browse: Callable[..., Client]
) -> None:
    sister, brother, mother = shared
    _writes(brother, mother, alice)

    assert {(o.child, o.carer) for o in queries.open_beside_sealed(by=carol)} == {(sister, mother)}
    assert queries.open_beside_sealed(by=alice) == []
    page = browse(carol).get("/children/sealed/").content.decode()
    assert "Written in the open about carers of sealed children" in page


def test_what_somebody_cleared_corrects_of_it_goes_under_the_seal(
    shared: tuple[Child, Child, Carer], alice: Actor, carol: Actor
) -> None:
    sister, brother, mother = shared
    _writes(brother, mother, alice)
    number = ContactPoint.objects.as_known().get(carer=mother)

    actions.correct(
        fact=number, child=sister, because="The refuge told", value="07700 900999",
        by=carol, on=TODAY,
    )  # fmt: skip

    assert _shown(brother, alice) == [(["2 Elm Row"], [])]
    assert _shown(sister, carol)[0][1] == ["07700 900999"]


def test_what_a_load_brings_of_a_shared_carer_goes_under_the_seal(
    shared: tuple[Child, Child, Carer],
) -> None:
    _, _, mother = shared
    mina = actors.person("Mina", "team_manager")

    actions.load_contact_points(
        [{"carer_id": mother.pk, "kind": "mobile", "value": "07700 900777", "starts_on": TODAY}],
        by=mina,
    )

    assert not ContactPoint.objects.filter(carer=mother).exists()
    with queries.opened():
        assert SealedFact.objects.filter(table="people.ContactPoint").count() == 1


@pytest.mark.parametrize("is_open_later", [True, False])
def test_lifting_lets_the_later_account_stand_and_keeps_both_in_the_history(
    shared: tuple[Child, Child, Carer], alice: Actor, dave: Actor, erin: Actor, is_open_later: bool
) -> None:
    sister, brother, mother = shared
    _writes(brother, mother, alice)
    year = 2099 if is_open_later else 2020
    CarerAddress.objects.update(recorded_at=datetime(year, 1, 1, tzinfo=UTC))
    sealing = queries.sealing_of(sister, by=dave)
    assert sealing is not None
    asked = actions.ask_to_lift(sealing=sealing, by=dave)

    actions.lift_seal(sealing=asked, by=erin, on=TODAY)

    stands = "2 Elm Row" if is_open_later else "9 Xylophone Row"
    assert [a.line_1 for a in CarerAddress.objects.as_known()] == [stands]
    assert CarerAddress.objects.filter(carer=mother).count() == 2


def test_the_journal_keeps_every_event_of_a_sealed_child_from_those_not_cleared(
    shared: tuple[Child, Child, Carer], add: Add, alice: Actor, carol: Actor
) -> None:
    sister, brother, _ = shared
    mona = actors.person("Mona", "team_manager")
    look(by=carol, children=[sister.pk, brother.pk], page="people:sealed")

    kept, whole = ({e.pk for e in journal.written(by=by)} for by in (mona, carol))
    about = {e.pk for e in journal.written(by=carol).filter(children__contains=[sister.pk])}

    assert about
    assert whole - kept == about
    assert journal.who_has_looked(child=brother.pk, by=mona) == []
    assert len(journal.who_has_looked(child=brother.pk, by=carol)) == 1


def test_the_journal_names_no_school_that_may_know_of_a_child(add: Add, carol: Actor) -> None:
    child = add()

    actions.grant_access(
        child=child, holder_kind="school", holder=44, because="enrolment", subject="x:1",
        by=PROGRAM, on=TODAY,
    )  # fmt: skip

    (event,) = journal.written(by=carol, verb="children.access_granted")
    assert 44 not in event.data.values()
    assert "44" not in journal.lines([event])[0].says


def test_a_child_does_not_die_before_birth(add: Add, alice: Actor) -> None:
    child = add(born_on=date(2014, 6, 7))

    for changes in ({"died_on": date(2001, 1, 1)}, {"died_on": TODAY + timedelta(days=1)}):
        with pytest.raises(Faulty, match=r"one is wrong|in the future"):
            actions.change_details(child=child, version=None, by=alice, on=TODAY, **changes)
    actions.change_details(child=child, version=None, by=alice, on=TODAY, died_on=date(2020, 1, 1))
    with pytest.raises(Faulty, match="one is wrong"):
        actions.change_details(
            child=child, version=None, by=alice, on=TODAY, born_on=date(2021, 1, 1)
        )

    assert Child.objects.get(pk=child.pk).born_on == date(2014, 6, 7)


def test_nothing_is_so_of_a_child_before_birth(add: Add, alice: Actor) -> None:
    child = add(born_on=date(2014, 6, 7))
    said: dict[str, Any] = {"child": child, "by": alice, "on": TODAY}
    early = date(2013, 1, 1)

    with pytest.raises(Faulty, match="born on 7 June 2014"):
        actions.record_address(line_1="1 Row", starts_on=early, **said)
    with pytest.raises(Faulty, match="born on 7 June 2014"):
        actions.record_flag(flag="young_carer", starts_on=early, **said)
    home = actions.record_address(line_1="1 Row", starts_on=date(2014, 6, 7), **said)
    with pytest.raises(Faulty, match="born on 7 June 2014"):
        actions.correct(fact=home, because="Wrong day", starts_on=early, **said)

    assert queries.addresses(child, by=alice) == [home]
