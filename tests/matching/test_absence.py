"""How likely it is that somebody is in no education list, by every entry that may be theirs."""

import numpy as np

from onroll.matching.absence import Claims, chances

GP, BIRTHS = 1, 2


def asked(*claims: tuple[int, int, float, int], persons: int = 2) -> list[float]:
    """The chances of these claims: (person, entry, bits, lists of the person)."""
    columns = list(zip(*claims, strict=True)) if claims else [(), (), (), ()]
    given = Claims(
        np.array(columns[0], dtype=int),
        np.array(columns[1], dtype=int),
        np.array(columns[2], dtype=float),
        np.array(columns[3], dtype=int),
    )
    none, _ = chances(given, persons, np.zeros(persons, dtype=int), {0: 1000}, per_entry=1.0)
    return [float(chance) for chance in none]


def test_whoever_has_nothing_near_is_all_but_surely_in_none() -> None:
    assert min(asked()) > 0.9


def test_a_strong_entry_all_but_settles_it_and_a_hopeless_one_says_nothing() -> None:
    strong, hopeless = asked((0, 0, 12.0, GP), (1, 1, -40.0, GP))

    assert strong < 0.01
    assert hopeless > 0.9


def test_several_weak_entries_speak_against_together() -> None:
    one, three = asked((0, 0, -9.0, GP), (1, 1, -9.0, GP), (1, 2, -9.0, GP), (1, 3, -9.0, GP))

    assert three < one


def test_an_entry_that_a_neighbour_of_the_same_list_claims_speaks_less() -> None:
    alone = asked((0, 0, -6.0, GP))[0]
    rivalled = asked((0, 0, -6.0, GP), (1, 0, 10.0, GP))[0]
    of_another_list = asked((0, 0, -6.0, GP), (1, 0, 10.0, BIRTHS))[0]

    assert rivalled > alone
    assert abs(of_another_list - alone) < 0.05


def test_two_who_claim_one_entry_equally_come_to_rest() -> None:
    one, other = asked((0, 0, 2.0, GP), (1, 0, 2.0, GP))

    assert abs(one - other) < 1e-6
