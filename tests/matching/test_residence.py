"""Who is likely to live here at all, by the traces that residents leave."""

import numpy as np

from onroll.matching import residence

FRESH, STALE = 0, 1


def test_whoever_leaves_the_traces_of_residents_is_likelier_to_be_one() -> None:
    # Of 1,000 in school nine in ten are on the fresh list; of the unseen most only on the stale.
    kind = np.array([FRESH] * 900 + [STALE] * 100 + [FRESH] * 50 + [STALE] * 950)
    educated = np.array([True] * 1000 + [False] * 1000)

    found = residence.chances(kind, educated)

    fresh, stale = found[1000], found[1999]
    assert fresh > 0.8
    assert stale < 0.05


def test_nothing_is_said_where_hardly_anybody_is_in_school() -> None:
    found = residence.chances(np.array([0, 1, 0]), np.array([True, False, False]))

    assert found.tolist() == [1.0, 1.0, 1.0]


def test_another_family_on_a_newer_list_tells_that_a_house_has_changed_hands() -> None:
    house, family = np.array([7, 7, 8, 8, -1]), np.array([1, 2, 3, 3, 4])
    person, day = np.array([0, 1, 2, 3, 4]), np.array([100, 200, 100, 200, 100])

    found = residence.occupied(house, family, person, day, 5)

    assert found.tolist() == [True, False, False, False, False]


def test_a_house_that_no_newer_list_has_tells_nothing() -> None:
    house, family = np.array([7, 8]), np.array([1, 2])

    found = residence.occupied(house, family, np.array([0, 1]), np.array([100, 200]), 2)

    assert found.tolist() == [False, False]


def test_a_brother_in_school_counts_and_the_child_itself_does_not() -> None:
    home = np.array([5, 5, 6, 6, -1])
    person = np.array([0, 1, 2, 2, 3])
    educates = np.array([True, False, True, False, True])

    found = residence.with_family_at_school(home, person, educates, 4)

    # 1 is the brother of 0, who is in school; 2 is in school alone; 3 has no address.
    assert found.tolist() == [False, True, False, False]


def test_a_house_moves_a_chance_and_a_family_in_school_all_but_settles_it() -> None:
    found = residence.weighed(
        np.array([0.8, 0.8, 0.1]),
        others_there=np.array([False, True, True]),
        family_at_school=np.array([False, False, True]),
    )

    assert found[1] < found[0] < found[2]
