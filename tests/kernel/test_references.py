"""References survive being read out over a telephone."""

from hypothesis import given
from hypothesis import strategies as st

from onroll.office.kernel.references import (
    ALPHABET,
    check_character,
    is_well_formed,
    new_receipt,
    tidy_reference,
)

BODIES = st.text(alphabet=ALPHABET, min_size=8, max_size=16)


def test_a_receipt_has_over_eighty_random_bits_and_a_check_character() -> None:
    receipts = {new_receipt() for _ in range(200)}

    assert len(receipts) == 200
    assert all(len(r) == 18 and is_well_formed(r) for r in receipts)


@given(BODIES)
def test_any_one_mistyped_character_is_caught(body: str) -> None:
    whole = body + check_character(body)
    for at in range(len(whole)):
        for other in ALPHABET.replace(whole[at], ""):
            assert not is_well_formed(whole[:at] + other + whole[at + 1 :])


@given(BODIES)
def test_two_swapped_neighbours_are_caught(body: str) -> None:
    whole = body + check_character(body)
    for at in range(len(whole) - 1):
        swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
        assert swapped == whole or not is_well_formed(swapped)


@given(BODIES)
def test_a_reference_is_read_whatever_its_capitals_and_dashes(body: str) -> None:
    typed = "-".join((body[:4].lower(), body[4:]))

    assert tidy_reference(typed) == body


def test_letters_that_look_like_digits_are_understood() -> None:
    assert tidy_reference("o0 iI lL") == "001111"
