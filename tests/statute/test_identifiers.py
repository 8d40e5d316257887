"""Checks of pupil numbers, NHS numbers and learner numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.identifiers import (
    UPN_LETTERS,
    UpnKind,
    check_nhs_number,
    check_uln,
    check_upn,
    upn_letter,
)

# Worked from the data standard; the first is its best-known published example.
PERMANENT = [
    "B801200005001",
    "P207000016049",
    "F331400025001",
    "T383700124017",
    "V815500020123",
    "V885600119042",
    "L331400025099",
]
TEMPORARY = ["R33140002500A", "E38370012401Z"]


@pytest.mark.parametrize("upn", PERMANENT)
def test_a_permanent_number_passes(upn: str) -> None:
    checked = check_upn(upn)

    assert checked.is_valid
    assert checked.kind is UpnKind.PERMANENT
    assert checked.problems == ()
    assert upn_letter(upn[1:]) == upn[0]


@pytest.mark.parametrize("upn", TEMPORARY)
def test_a_temporary_number_passes_with_a_warning(upn: str) -> None:
    checked = check_upn(upn)

    assert checked.is_valid
    assert checked.kind is UpnKind.TEMPORARY
    assert any("temporary" in says for says in checked.warnings)


@given(st.sampled_from(PERMANENT), st.sampled_from(UPN_LETTERS))
def test_any_other_check_letter_is_an_error_naming_the_right_one(upn: str, letter: str) -> None:
    checked = check_upn(letter + upn[1:])

    assert checked.is_valid is (letter == upn[0])
    if not checked.is_valid:
        assert f"goes with {upn[0]}" in checked.errors[0]


@given(st.sampled_from(PERMANENT), st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(upn: str, position: int, shift: int) -> None:
    wrong = str((int(upn[position]) + shift) % 10)

    assert not check_upn(upn[:position] + wrong + upn[position + 1 :]).is_valid


def test_an_unknown_authority_is_a_warning_and_not_an_error() -> None:
    body = "999900005001".replace("999", "150", 1)
    checked = check_upn(upn_letter(body) + body)

    assert checked.is_valid
    assert "150" in checked.warnings[0]


def test_what_was_typed_is_put_in_its_normal_form() -> None:
    assert check_upn(" b801 2000 05001 ").value == "B801200005001"
    assert check_upn(" b801-2000-05001 ").is_valid


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("B8O12OOOO5OO1", "B801200005001"),
        ("B80120000500I", "B801200005001"),
        ("R3314OOO25OOA", "R33140002500A"),
        ("B8O12OOOO5OO2", None),
    ],
)
def test_a_slip_of_typing_is_offered_and_never_applied(typed: str, offered: str | None) -> None:
    checked = check_upn(typed)

    assert not checked.is_valid
    assert checked.value == typed
    assert checked.suggestion == offered


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "No unique pupil number was given."),
        ("B80120000500", "has 13 characters; this has 12."),
        ("1801200005001", "begins with a letter; this begins with 1."),
        ("I801200005001", "never begins with I"),
        ("B80A200005001", "a letter and twelve digits"),
        ("B80120000500O", "a letter and twelve digits"),
        ("B٨01200005001", "a letter and twelve digits"),
    ],
)
def test_a_wrong_shape_is_explained(typed: str, says: str) -> None:
    assert says in check_upn(typed).errors[0]


def test_a_letter_is_given_only_to_a_body_of_the_right_shape() -> None:
    with pytest.raises(ValueError, match="twelve characters"):
        upn_letter("80120000500")


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "401-023-2137"])
def test_an_nhs_number_passes(number: str) -> None:
    assert check_nhs_number(number).is_valid


@given(st.integers(0, 10**9 - 1))
def test_at_most_one_last_digit_fits_nine_others(nine: int) -> None:
    fitting = [d for d in range(10) if check_nhs_number(f"{nine:09d}{d}").is_valid]

    remainder = sum(int(c) * w for c, w in zip(f"{nine:09d}", range(10, 1, -1), strict=True)) % 11
    assert fitting == ([] if remainder == 1 else [(11 - remainder) % 11])


def test_an_nhs_number_that_cannot_be_is_explained() -> None:
    assert "does not fit" in check_nhs_number("943 476 5918").errors[0]
    assert "has 10 digits; this has 9" in check_nhs_number("943476591").errors[0]
    assert "digits only" in check_nhs_number("94347659A9").errors[0]
    assert check_nhs_number("9434765919".replace("0", "O")).is_valid
    assert check_nhs_number("4O1O232137").suggestion == "4010232137"
    assert "same" in check_nhs_number("1111111111").warnings[0]
    assert "not given" in check_nhs_number("").errors[0]


@pytest.mark.parametrize(
    "number", ["9276308686", "1000000019", "1234567899", "1000000043", "7000000235"]
)
def test_a_learner_number_passes(number: str) -> None:
    assert check_uln(number).is_valid


@pytest.mark.parametrize("stem", ["100000006", "100000023", "100000037"])
def test_some_stems_have_no_learner_number(stem: str) -> None:
    assert not any(check_uln(f"{stem}{digit}").is_valid for digit in range(10))


def test_a_learner_number_that_cannot_be_is_explained() -> None:
    assert "does not begin with 0" in check_uln("0276308686").errors[0]
    assert "does not fit" in check_uln("9276308687").errors[0]
    assert check_uln("1OOOOOOO19").suggestion == "1000000019"
