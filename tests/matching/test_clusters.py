"""Records become people best pair first, and what speaks against a group is not forgotten."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.clusters import Facts, grouped

ROLL, GP = 0, 1
ALONE = -1


def facts(source: list[int], upn: list[int] | None = None, nhs: list[int] | None = None) -> Facts:
    none = [ALONE] * len(source)
    return Facts(np.array(source), np.array(upn or none), np.array(nhs or none), twice=(9.0, 9.0))


def groups(known: Facts, pairs: list[tuple[int, int, float]], least: float = 5.0) -> list[int]:
    left, right, weight = (np.array(column) for column in zip(*pairs, strict=True))
    return [int(n) for n in grouped(known, left, right, weight.astype(float), least)]


def test_the_best_pair_is_joined_and_its_rival_of_the_same_list_is_not() -> None:
    twins = facts([ROLL, GP, GP])

    found = groups(twins, [(0, 1, 20.0), (0, 2, 12.0)])

    assert found == [0, 0, 2]


def test_a_child_twice_on_one_list_is_joined_where_the_pair_outweighs_it() -> None:
    assert groups(facts([GP, GP]), [(0, 1, 15.0)]) == [0, 0]
    assert groups(facts([GP, GP]), [(0, 1, 13.0)]) == [0, 1]


def test_two_different_numbers_speak_against_a_group_as_a_whole() -> None:
    # The third record has no UPN; the group that it would join two others through has two.
    known = facts([ROLL, 1, 0], upn=[1, ALONE, 2])

    found = groups(
        Facts(known.source, known.upn, known.nhs, twice=(0.0, 0.0)), [(0, 1, 20.0), (1, 2, 10.0)]
    )

    assert found == [0, 0, 2]


def test_a_pair_below_what_is_asked_joins_nobody() -> None:
    assert groups(facts([ROLL, GP]), [(0, 1, 4.9)]) == [0, 1]


@st.composite
def scored_pairs(draw: st.DrawFn) -> tuple[Facts, list[tuple[int, int, float]]]:
    n = draw(st.integers(2, 12))
    source = draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))
    number = st.lists(st.integers(-1, 3), min_size=n, max_size=n)
    known = facts(source, draw(number), draw(number))
    some = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(-5, 40))
    pairs = draw(st.lists(some.filter(lambda pair: pair[0] < pair[1]), min_size=1, max_size=30))
    return known, pairs


@given(scored_pairs())
def test_a_group_is_named_after_its_first_record_and_holds_together(
    given: tuple[Facts, list[tuple[int, int, float]]],
) -> None:
    known, pairs = given

    found = groups(known, pairs)

    assert all(found[head] == head <= record for record, head in enumerate(found))
    kept = [(a, b) for a, b, weight in pairs if weight >= 5 and found[a] == found[b]]
    reached = {head: {head} for head in set(found)}
    for _ in found:
        for a, b in kept:
            if {a, b} & reached[found[a]]:
                reached[found[a]] |= {a, b}
    assert all(record in reached[head] for record, head in enumerate(found))


@given(scored_pairs())
def test_the_order_in_which_pairs_come_makes_no_difference(
    given: tuple[Facts, list[tuple[int, int, float]]],
) -> None:
    known, pairs = given

    assert groups(known, pairs) == groups(known, pairs[::-1])
