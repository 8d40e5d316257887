"""A file is applied whole or refused whole, said twice, undone, forgotten."""

from datetime import timedelta

import pytest

from onroll.office.accounts.models import Locality
from onroll.office.intake import actions, policy
from onroll.office.intake.kinds import Loader
from onroll.office.intake.models import Load
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Refused
from tests.actors import TODAY

THREE = b"Name,Since\nEast,1/9/2025\nWest,\nSouth,2025-09-01\n"


def sent(content: bytes, by: Actor, filename: str = "places.csv", **more: bool) -> Load:
    return actions.receive(
        loader="test.places", filename=filename, content=content, by=by, on=TODAY, **more
    )


def says(load: Load) -> list[tuple[object, object, object]]:
    return [(f["row"], f["column"], f["says"]) for f in load.faults]


def test_receiving_changes_nothing_and_says_what_applying_would_do(
    places: Loader, mina: Actor
) -> None:
    load = sent(THREE, mina)

    assert load.state == "checked"
    assert load.differences["counts"] == {"Localities added": 3}
    assert not Locality.objects.exists()
    assert THREE not in bytes(load.original or b"")


def test_applying_makes_every_row_and_remembers_what_it_made(places: Loader, mina: Actor) -> None:
    load = actions.apply(load=sent(THREE, mina), by=mina, on=TODAY)

    assert load.state == "applied"
    assert load.applied_at is not None
    assert {key for _, key in load.undo} == set(Locality.objects.values_list("pk", flat=True))
    assert Locality.objects.count() == 3
    assert Event.objects.filter(verb="intake.applied").count() == 1


def test_every_fault_is_named_by_row_and_column_at_once(places: Loader, mina: Actor) -> None:
    load = sent(
        b"Name,Since,Colour\nEast,31/02/2026,red\n,,\n,1/9/2025,\nNowhere,,\nEast,,,surplus\n"
        b"A name that is too long,,\n",
        mina,
    )

    assert load.state == "refused"
    assert load.original is None
    assert [(row, column) for row, column, _ in says(load)] == [
        (2, "Since"),
        (4, "Name"),
        (5, "Name"),
        (6, ""),
        (6, "Name"),
        (7, "Name"),
    ]
    assert "not a real date" in str(says(load)[0][2])
    assert "is empty" in str(says(load)[1][2])
    assert "repeats row 2" in str(says(load)[4][2])
    assert load.differences["warnings"][0]["column"] == "Colour"


def test_an_error_at_the_last_row_leaves_no_row_behind(places: Loader, mina: Actor) -> None:
    load = sent(THREE, mina)
    Locality.objects.create(name="South")

    with pytest.raises(Exception, match="locality_name"):
        actions.apply(load=load, by=mina, on=TODAY)

    assert list(Locality.objects.values_list("name", flat=True)) == ["South"]
    load.refresh_from_db()
    assert load.state == "checked"


def test_a_fault_that_appears_between_checking_and_applying_refuses_the_whole(
    places: Loader, mina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = sent(THREE, mina)
    later = sent(b"Name\nNowhere\n", mina)
    assert later.state == "refused"
    changed = Loader(**{**_values(places), "unique": ("since",)})
    from onroll.office.intake import kinds

    monkeypatch.setitem(kinds._loaders, places.key, changed)

    refused = actions.apply(load=load, by=mina, on=TODAY)

    assert refused.state == "refused"
    assert says(refused)[0][0] == 4
    assert not Locality.objects.exists()


def _values(loader: Loader) -> dict[str, object]:
    return {name: getattr(loader, name) for name in Loader.__dataclass_fields__}


def test_missing_columns_and_a_file_without_rows_are_one_sentence(
    places: Loader, mina: Actor
) -> None:
    assert "does not name “Name”" in str(says(sent(b"Since\n1/9/2025\n", mina))[0][2])
    assert "a header but no rows" in str(says(sent(b"Name,Since\n", mina))[0][2])


def test_the_same_file_twice_is_said_and_refused_unless_forced(places: Loader, mina: Actor) -> None:
    actions.apply(load=sent(THREE, mina), by=mina, on=TODAY)

    again = sent(THREE, mina, filename="other name.csv")
    forced = sent(THREE, mina, force=True)

    assert again.state == "refused"
    assert "by Mina and was applied" in str(says(again)[0][2])
    assert forced.state == "checked"


def test_a_file_waiting_to_be_applied_is_not_taken_a_second_time(
    places: Loader, mina: Actor
) -> None:
    sent(THREE, mina)

    assert "is waiting to be applied" in str(says(sent(THREE, mina))[0][2])


def test_a_file_is_applied_once(places: Loader, mina: Actor) -> None:
    load = sent(THREE, mina)
    actions.apply(load=load, by=mina, on=TODAY)

    with pytest.raises(Refused, match="not waiting"):
        actions.apply(load=load, by=mina, on=TODAY)


def test_undo_takes_back_what_was_made_and_the_file_may_come_again(
    places: Loader, mina: Actor
) -> None:
    load = actions.apply(load=sent(THREE, mina), by=mina, on=TODAY)

    undone = actions.undo(load=load, by=mina, on=TODAY)

    assert undone.state == "undone"
    assert not Locality.objects.exists()
    assert sent(THREE, mina).state == "checked"


def test_undo_refuses_where_later_work_stands_on_it_and_names_it(
    places: Loader, mina: Actor
) -> None:
    load = actions.apply(load=sent(b"Name\nIn use\nEast\n", mina), by=mina, on=TODAY)

    with pytest.raises(Refused, match="Schools are counted in In use"):
        actions.undo(load=load, by=mina, on=TODAY)

    load.refresh_from_db()
    assert load.state == "applied"
    assert Locality.objects.count() == 2


def test_the_example_of_the_template_is_left_out(places: Loader, mina: Actor) -> None:
    load = sent(b"Name,Since\nAshford North,01/09/2025\nEast,\n", mina)

    assert load.rows == 1
    assert "example of the template" in load.differences["warnings"][0]["says"]


def test_somebody_without_the_permission_is_refused_with_the_reason(
    places: Loader, alice: Actor
) -> None:
    with pytest.raises(Refused, match="does not load files of this kind"):
        sent(THREE, alice)

    assert not Load.objects.exists()


def test_originals_are_emptied_when_their_window_has_passed(places: Loader, mina: Actor) -> None:
    load = sent(THREE, mina)
    received = load.received_at if hasattr(load.received_at, "date") else None
    load.refresh_from_db()
    last = policy.kept_until(load)

    assert received is None or last > TODAY
    assert actions.forget_originals(by=PROGRAM, on=last) == 0
    assert actions.forget_originals(by=PROGRAM, on=last + timedelta(days=1)) == 1
    load.refresh_from_db()
    with pytest.raises(Refused, match="no longer kept"):
        actions.apply(load=load, by=mina, on=TODAY)


def test_a_row_that_shares_only_some_cells_with_the_example_is_kept(
    places: Loader, mina: Actor
) -> None:
    assert sent(b"Name\nAshford North\n", mina).rows == 1


def test_a_cell_at_fault_hides_no_other_fault_of_its_row_and_is_told_of_once(
    places: Loader, mina: Actor
) -> None:
    load = sent(b"Name,Since\nNowhere,31/02/2026\nNowhere but with a name too long,\n", mina)

    assert [(row, column) for row, column, _ in says(load)] == [
        (2, "Since"),
        (2, "Name"),
        (3, "Name"),
    ]
