"""States and moves as data."""

import pytest

from onroll.statute.workflow import IllegalMove, Move, Workflow

DOOR = Workflow(
    start="shut",
    states={"shut": "Shut", "open": "Open", "gone": "Taken away"},
    moves=(
        Move("open", "Open it", ("shut",), "open"),
        Move("shut", "Shut it", ("open",), "shut"),
        Move("remove", "Take it away", ("open", "shut"), "gone"),
    ),
)


def test_a_move_leads_to_its_state() -> None:
    assert DOOR.after("shut", "open") == "open"
    assert DOOR.after("open", "remove") == "gone"
    assert DOOR.can("open", "shut")
    assert not DOOR.can("shut", "shut")


def test_an_illegal_move_says_what_is_possible() -> None:
    with pytest.raises(IllegalMove, match="Possible: open, remove"):
        DOOR.after("shut", "shut")
    with pytest.raises(IllegalMove, match="it is an end"):
        DOOR.after("gone", "open")


def test_moves_are_listed_in_order_and_ends_are_known() -> None:
    assert [move.name for move in DOOR.moves_from("open")] == ["shut", "remove"]
    assert DOOR.ends == {"gone"}
    assert DOOR.unreachable() == frozenset()


def test_a_state_that_nothing_reaches_is_found() -> None:
    lost = Workflow("a", {"a": "A", "b": "B", "c": "C"}, (Move("go", "Go", ("c",), "b"),))

    assert lost.unreachable() == {"b", "c"}


def test_a_state_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="without a title: b"):
        Workflow("a", {"a": "A"}, (Move("go", "Go", ("a",), "b"),))


def test_two_moves_of_one_name_from_one_state_are_refused() -> None:
    moves = (Move("go", "Go", ("a",), "b"), Move("go", "Go on", ("a",), "a"))

    with pytest.raises(ValueError, match="'go' starts from 'a' twice"):
        Workflow("a", {"a": "A", "b": "B"}, moves)


def test_the_diagram_shows_every_state_and_move() -> None:
    assert DOOR.mermaid() == (
        "stateDiagram-v2\n"
        "    shut: Shut\n"
        "    open: Open\n"
        "    gone: Taken away\n"
        "    [*] --> shut\n"
        "    shut --> open: Open it\n"
        "    open --> shut: Shut it\n"
        "    open --> gone: Take it away\n"
        "    shut --> gone: Take it away\n"
        "    gone --> [*]\n"
    )
