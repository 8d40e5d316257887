"""The scores of the search's benchmark, on cases small enough to work out by hand."""

import numpy as np
import pytest

from bench.find_missing.groups import joined
from bench.find_missing.scoring import (
    brier,
    names_for_each,
    precision_and_recall,
    recall_at,
    reliability,
    wilson,
)


def test_names_for_each_counts_what_is_read_until_the_share_is_found() -> None:
    hits = [1, None, 2, None, None, 3, None]

    assert names_for_each(hits, true=3, share=1.0) == 2.0


def test_names_for_each_rounds_the_share_up_to_whole_children() -> None:
    # 97% of 100 are 97 children; the 97th stands in the 98th place.
    hits = [*range(96), None, 96, *[None] * 50, 97, 98, 99]

    assert names_for_each(hits, true=100) == pytest.approx(98 / 97)


def test_a_child_named_twice_is_found_once_and_read_twice() -> None:
    hits = [1, 1, 2]

    assert names_for_each(hits, true=2, share=1.0) == 1.5
    assert recall_at(hits, true=2, names=1) == 0.5


def test_a_list_that_never_comes_to_the_share_has_no_names_for_each() -> None:
    assert names_for_each([1, None, 2], true=3) is None
    assert names_for_each([], true=3) is None


def test_recall_looks_at_so_many_names_for_each_true_child() -> None:
    hits = [1, None, None, 2, 3]

    assert [recall_at(hits, true=2, names=n) for n in (1, 2)] == [0.5, 1.0]
    assert recall_at([], true=0, names=2) == 0.0


def test_links_are_judged_by_pairs_of_records() -> None:
    true = np.array([1, 1, 1, 2, 2, 3])  # four pairs
    said = np.array([9, 9, 8, 8, 7, 6])  # two pairs, one of them right

    assert precision_and_recall(said, true) == (0.5, 0.25)


def test_links_said_by_nobody_are_all_right_and_find_nothing() -> None:
    assert precision_and_recall(np.array([1, 2, 3]), np.array([5, 5, 6])) == (1.0, 0.0)


def test_wilsons_interval_is_the_one_in_the_books() -> None:
    low, high = wilson(5, 10)

    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)


def test_wilsons_interval_stays_between_nothing_and_all() -> None:
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == pytest.approx(1.0)
    assert round(wilson(0, 10)[1], 4) == 0.2775
    assert wilson(0, 0) == (0.0, 1.0)


def test_chances_are_put_in_tenths_with_the_last_one_closed() -> None:
    tenths = reliability([0.05, 0.3, 0.35, 1.0, 0.9], [False, True, False, True, True])

    assert [(t.low, t.names, t.came) for t in tenths] == [(0.0, 1, 0), (0.3, 2, 1), (0.9, 2, 2)]
    assert tenths[1].said == pytest.approx(0.325)


def test_the_brier_score_is_nothing_for_a_prophet_and_a_quarter_for_a_coin() -> None:
    assert brier([1.0, 0.0], [True, False]) == 0.0
    assert brier([0.5, 0.5], [True, False]) == 0.25


def test_links_of_links_make_one_person() -> None:
    people = joined(6, np.array([0, 2, 4]), np.array([1, 1, 5]))

    assert people.tolist() == [0, 0, 0, 3, 4, 4]
