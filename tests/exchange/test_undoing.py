"""Taking a migration back: exactly what it made, and only where nothing stands on it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onroll.office.accounts.models import Recording
from onroll.office.casework.actions import work
from onroll.office.casework.models import Case
from onroll.office.exchange import actions
from onroll.office.exchange.commands import OPERATOR
from onroll.office.exchange.models import Migration
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.decision import Refused
from onroll.office.people import actions as people
from onroll.office.people.actions import ChildRow
from onroll.office.people.models import Child, ChildAddress, Flag, SearchTerm
from tests import actors
from tests.database import Database
from tests.exchange import exports
from tests.exchange.conftest import ON, Migrate, add_school, rows


def undo() -> Migration:
    return actions.undo(migration=Migration.objects.get(), by=OPERATOR)


def test_undoing_restores_the_rows_of_every_table(migrate: Migrate, folder: Path) -> None:
    given, family, born_on = "Ada", "Example", date(2010, 9, 1)
    linked = ChildRow("k", given, family, born_on, born_on)
    child = people.load_children([linked], by=OPERATOR, on=ON)["k"]
    Recording.objects.create(series="cases.cme", began_on=date(2018, 1, 1), says="Before.")
    before = rows()
    terms = set(SearchTerm.objects.values_list("child", "term", "is_current"))
    migrate()
    assert rows() != before

    undone = undo()

    assert rows() == before
    assert set(SearchTerm.objects.values_list("child", "term", "is_current")) == terms
    assert Child.objects.get().pk == child
    assert Recording.objects.get().says == "Before."
    assert undone.state == "undone"


def test_an_undone_folder_may_be_brought_in_again_and_undone_once(migrate: Migrate) -> None:
    migrate()
    migration = undo()

    migrate()

    assert Child.objects.count() == 60
    with pytest.raises(Refused, match="undone already"):
        actions.undo(migration=migration, by=OPERATOR)


def note_on_a_case() -> None:
    case = Case.objects.filter(kind="cme", closed_on=None).order_by("pk")[0]
    work.note(case=case, text="Rang again.", by=PROGRAM, on=ON)


def correct_an_address() -> None:
    address = ChildAddress.objects.order_by("pk")[0]
    people.correct(
        fact=address,
        child=address.child,
        because="The town was wrong.",
        by=OPERATOR,
        on=ON,
        town="Elsewhere",
    )


def raise_a_flag() -> None:
    child = Child.objects.order_by("pk")[0]
    row = {"child_id": child.pk, "flag": "ehcp", "starts_on": ON}
    people.load_flags([row], by=OPERATOR)
    assert Flag.objects.filter(flag="ehcp").exists()


def note_on_another_case() -> None:
    sealed = Child.objects.order_by("pk")[0]
    case = Case.objects.filter(kind="cme", closed_on=None).exclude(child=sealed).order_by("pk")[0]
    work.note(case=case, text="Rang again.", by=PROGRAM, on=ON)


def seal_a_child() -> None:
    people.seal(
        child=Child.objects.order_by("pk")[0], reason="Court order", by=actors.erin(), on=ON
    )


@pytest.mark.parametrize("act", [note_on_a_case, correct_an_address, raise_a_flag])
def test_a_migration_on_which_later_work_stands_is_not_undone_and_the_work_is_named(
    committed_db: Database, tmp_path: Path, act: Callable[[], None]
) -> None:
    add_school()
    actions.migrate(
        folder=exports.export(tmp_path / "exports"), origin="Former system",
        migrated_on=date(2026, 3, 1), by=OPERATOR, on=ON, is_applied=True,
    )  # fmt: skip
    act()
    before = rows()

    with pytest.raises(Refused, match=r"later work stands on migration .*(child|case) [0-9A-Z]+: "):
        undo()

    assert rows() == before


def test_a_refusal_does_not_tell_that_a_child_was_sealed(
    committed_db: Database, tmp_path: Path
) -> None:
    add_school()
    actions.migrate(
        folder=exports.export(tmp_path / "exports"), origin="Former system",
        migrated_on=date(2026, 3, 1), by=OPERATOR, on=ON, is_applied=True,
    )  # fmt: skip
    said = []
    for act in (seal_a_child, note_on_another_case):
        act()
        with pytest.raises(Refused) as refused:
            undo()
        said.append(str(refused.value))

    ref = Child.objects.order_by("pk")[0].ref
    start = said[0].removesuffix(".")
    assert said[1].startswith(start)
    for words in said:
        assert ref not in words
        assert "seal" not in words.lower()
        assert "apart" not in words
