"""Children who are here already: linked, put to a person, or held back."""

from datetime import date
from pathlib import Path

import pytest

from onroll.office.casework.models import Case
from onroll.office.exchange import actions
from onroll.office.exchange.commands import OPERATOR
from onroll.office.exchange.models import Migration
from onroll.office.kernel.decision import Refused
from onroll.office.people import actions as people
from onroll.office.people import queries
from onroll.office.people.actions import ChildRow
from onroll.office.people.models import (
    Child,
    ChildAddress,
    Identifier,
    SealedFact,
    Sealing,
    SearchTerm,
)
from tests import actors
from tests.exchange import exports
from tests.exchange.conftest import ON, Migrate, rows


def known(given: str, family: str, born_on: date, upn: str = "") -> Child:
    """A child who was here before the migration."""
    row = ChildRow("k", given, family, born_on, born_on, upn=upn)
    return Child.objects.get(pk=people.load_children([row], by=OPERATOR, on=ON)["k"])


def of_row(folder: Path, number: int) -> tuple[str, str, date, str]:
    row = exports.children(60)[number]
    day, month, year = str(row["DOB"]).split("/")
    return (
        str(row["Forename"]),
        str(row["Surname"]),
        date(int(year), int(month), int(day)),
        str(row["UPN"]),
    )


@pytest.mark.parametrize("number", [0, 1], ids=["by names and birth", "by UPN"])
def test_a_child_who_is_here_is_linked_and_not_doubled(
    migrate: Migrate, folder: Path, number: int
) -> None:
    given, family, born_on, upn = of_row(folder, number)
    if number == 1:
        family, child = "Married", known(given, "Married", born_on, upn)
    else:
        child = known(given, family, born_on)

    reckoning = migrate()

    assert Child.objects.count() == 60
    assert Identifier.objects.get(scheme="legacy", value=str(10_000 + number)).child == child
    assert ChildAddress.objects.filter(child=child).count() == 1
    assert reckoning.tallies[0].here == 1
    child.refresh_from_db()
    assert child.family_name == family


def test_a_probable_match_waits_for_a_person_who_decides(migrate: Migrate, folder: Path) -> None:
    given, family, born_on, _ = of_row(folder, 7)
    near = known(given, f"{family}s", born_on)

    with pytest.raises(Refused) as refused:
        migrate()
    remarks = refused.value.reckoning.unplaced  # type: ignore[attr-defined]
    assert near.ref in remarks[0].why
    assert "decisions.csv" in remarks[0].todo

    exports.write(folder, "decisions", [{"Person ID": 10_007, "Same as": near.ref}])
    reckoning = migrate()

    assert reckoning.unplaced == ()
    assert Child.objects.count() == 60


def test_a_person_may_decide_that_it_is_another_child(migrate: Migrate, folder: Path) -> None:
    given, family, born_on, _ = of_row(folder, 7)
    known(given, f"{family}s", born_on)
    exports.write(folder, "decisions", [{"Person ID": 10_007, "Same as": "new"}])

    migrate()

    assert Child.objects.count() == 61


def test_one_child_with_two_numbers_there_becomes_one_child_here(
    migrate: Migrate, folder: Path
) -> None:
    first = exports.children(60)[2]
    exports.change(folder, "children", 12, **{k.replace(" ", "_"): v for k, v in first.items()
                                             if k != "Stud ID"})  # fmt: skip

    reckoning = migrate(leaves_out=True)

    assert Child.objects.count() == 59
    child = Identifier.objects.get(scheme="legacy", value="10002").child
    assert Identifier.objects.get(scheme="legacy", value="10012").child == child
    assert any("same child as Person ID 10002" in r.why for r in reckoning.notices)


def test_a_row_that_is_probably_a_sealed_child_is_held_back_and_nothing_tells_it(
    migrate: Migrate, folder: Path
) -> None:
    given, family, born_on, upn = of_row(folder, 8)
    hidden = known(given, family, born_on, upn)
    people.seal(child=hidden, reason="A refuge.", by=actors.erin(), on=ON)

    reckoning = migrate()

    twin = Identifier.objects.get(scheme="legacy", value="10008").child
    assert twin.pk != hidden.pk
    assert Sealing.objects.as_known().filter(child=twin, lifted_on=None).exists()
    assert reckoning.unplaced == ()
    assert all(t.read == t.placed for t in reckoning.tallies)
    assert not any(hidden.ref in r.why or "10008" in r.why for r in reckoning.notices)
    assert not ChildAddress.objects.filter(child=twin).exists()
    assert not SearchTerm.objects.filter(child=twin).exists()
    assert set(Case.objects.filter(child=twin).values_list("is_sealed", flat=True)) == {True}
    assert not Child.objects.visible_to(actors.alice()).filter(pk=twin.pk).exists()
    carol = actors.carol()
    assert Child.objects.visible_to(carol).filter(pk=twin.pk).exists()
    with queries.cleared(carol):
        assert SealedFact.objects.filter(child=twin, table="people.ChildAddress").count() == 1
        assert SealedFact.objects.filter(child=twin, table="schools.Enrolment").count() == 1


def test_undoing_takes_a_held_back_child_and_its_sealed_facts_with_it(
    migrate: Migrate, folder: Path
) -> None:

    hidden = known(*of_row(folder, 8))
    people.seal(child=hidden, reason="A refuge.", by=actors.erin(), on=ON)
    carol = actors.carol()
    before = rows()
    with queries.cleared(carol):
        sealed = SealedFact.objects.count()
    migrate()

    actions.undo(migration=Migration.objects.get(), by=OPERATOR)

    assert rows() == before
    with queries.cleared(carol):
        assert SealedFact.objects.count() == sealed
