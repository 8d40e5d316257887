"""What differs between two lists, counted from hashes alone, against counting the lists."""

from random import Random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.sources import COLUMNS
from onroll.office.linkage.queries.sources_brake import is_beyond, moved, needs_two
from onroll.office.linkage.queries.sources_prints import Difference, compare, prints_of

KEY = b"a key of the test's own"
LISTS = st.dictionaries(st.integers(0, 40), st.sampled_from("abc"), max_size=30)


def table(listed: list[tuple[str, str]]) -> pa.Table:
    blank = {name: [None] * len(listed) for name in COLUMNS}
    filled = {"record_id": [who for who, _ in listed], "street": [says for _, says in listed]}
    columns = {**blank, **filled}
    return pa.table({name: pa.array(columns[name], pa.string()) for name in COLUMNS})


def prints(listed: dict[int, str]) -> bytes:
    return prints_of(table([(str(k), v) for k, v in listed.items()]), KEY, has_ids=True)


@given(before=LISTS, after=LISTS)
def test_what_differs_is_counted_as_it_is(before: dict[int, str], after: dict[int, str]) -> None:
    found = compare(prints(before), prints(after))

    assert found == Difference(
        before=len(before),
        after=len(after),
        dropped=len(before.keys() - after.keys()),
        added=len(after.keys() - before.keys()),
        changed=sum(before[k] != after[k] for k in before.keys() & after.keys()),
    )
    assert found.kept == len(before.keys() & after.keys())


@given(listed=LISTS, seed=st.randoms())
def test_the_order_of_a_list_is_no_difference(listed: dict[int, str], seed: Random) -> None:
    keys = list(listed)
    seed.shuffle(keys)

    assert prints(listed) == prints({k: listed[k] for k in keys})


@given(
    before=st.integers(1, 10_000), dropped=st.integers(0, 10_000), changed=st.integers(0, 10_000),
    added=st.integers(0, 10_000), share=st.integers(1, 100),
)  # fmt: skip
def test_the_brake_holds_exactly_what_is_beyond_the_share(
    before: int, dropped: int, changed: int, added: int, share: int
) -> None:
    dropped = min(dropped, before)
    changed = min(changed, before - dropped)
    found = Difference(before, before - dropped + added, dropped, added, changed)

    touched = max(dropped + changed, added)

    assert is_beyond(found, share) == (100 * touched > share * before)
    assert needs_two(found, share) == (100 * touched > 2 * share * before)


def test_a_first_list_is_never_beyond() -> None:
    found = Difference(before=0, after=100, added=100)

    assert not is_beyond(found, 5)
    assert moved(found) == 100


def test_a_child_twice_in_a_list_is_two_records_whatever_their_order() -> None:
    two = [("1", "a"), ("1", "b")]

    first = prints_of(table(two), KEY, has_ids=True)
    second = prints_of(table(two[::-1]), KEY, has_ids=True)

    assert first == second
    assert compare(first, prints_of(table(two[:1]), KEY, has_ids=True)).dropped == 1


def test_hashes_under_another_key_have_nothing_in_common() -> None:
    listed = table([("1", "a"), ("2", "b")])

    ours = prints_of(listed, KEY, has_ids=True)
    theirs = prints_of(listed, b"another", has_ids=True)

    assert compare(ours, theirs).kept == 0
