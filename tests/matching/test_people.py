"""Two groups speak against each other by a number only where they have none in common."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.people import numbers_differ


def conflict(numbers: Sequence[int], group: Sequence[int], one: int, other: int) -> bool:
    found = numbers_differ(np.array(numbers), np.array(group), np.array([one]), np.array([other]))
    return bool(found[0])


@pytest.mark.parametrize(
    ("numbers", "is_against"),
    [
        ([7, -1, 8, -1], True),
        ([7, -1, 7, -1], False),
        ([7, -1, -1, -1], False),
        ([-1, -1, -1, -1], False),
        ([7, 9, 9, 5], False),
        ([7, 9, 8, 5], True),
    ],
)
def test_a_number_in_common_is_no_conflict(numbers: list[int], is_against: bool) -> None:
    assert conflict(numbers, [0, 0, 2, 2], 0, 2) is is_against


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 4)), min_size=4, max_size=16))
def test_it_is_what_sets_say(records: list[tuple[int, int]]) -> None:
    group = [who for who, _ in records]
    numbers = [number for _, number in records]
    held = [{n for g, n in records if g == who and n >= 0} for who in (0, 1)]
    expected = bool(held[0]) and bool(held[1]) and not held[0] & held[1]

    assert conflict(numbers, group, 0, 1) is expected
