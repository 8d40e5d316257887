"""The cast, children and cases are those of casework."""

from tests.casework.conftest import (
    add,
    alice,
    amelia,
    as_,
    bob,
    carol,
    case,
    mallory,
    manager,
    school,
    screens,
    team,
)

__all__ = [
    "add", "alice", "amelia", "as_", "bob", "carol", "case", "mallory", "manager", "school",
    "screens", "team",
]  # fmt: skip
