"""Why two records may be of one child."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.explain import Comparison, Person, compare

AMELIA = Person(
    given_names="Amelia Rose",
    family_name="Khan",
    born_on=date(2015, 4, 3),
    upn="H820200315001",
    line_1="14 High Street",
    postcodes=("ZZ1 4AB",),
)

NAMES = st.sampled_from(
    ["", "Amelia", "Amy", "Mohammed", "Muhammad", "Khan", "Kahn", "Smith-Jones", "de la Cruz"]
)
PEOPLE = st.builds(
    Person,
    given_names=NAMES,
    family_name=NAMES,
    other_names=st.lists(st.tuples(NAMES, NAMES), max_size=2).map(tuple),
    born_on=st.none() | st.dates(date(2014, 1, 1), date(2016, 12, 31)),
    upn=st.sampled_from(["", "H820200315001", "H820200315002", "A123"]),
    nhs_number=st.sampled_from(["", "9434765919", "9434765910"]),
    line_1=st.sampled_from(["", "14 High Street", "Rose Cottage"]),
    postcodes=st.sampled_from([(), ("ZZ1 4AB",), ("zz14ab", "ZZ2 1AA")]),
    schools=st.sampled_from([(), ("St Brides",), ("St Bride's Primary School", "Elm School")]),
)


@given(PEOPLE, PEOPLE)
def test_the_order_of_the_two_makes_no_difference(one: Person, other: Person) -> None:
    assert compare(one, other) == compare(other, one)


@given(PEOPLE, PEOPLE)
def test_a_score_is_from_0_to_100_and_always_has_a_reason(one: Person, other: Person) -> None:
    found = compare(one, other)

    assert 0 <= found.score <= 100
    assert found.score == 0 or found.why


@given(PEOPLE)
def test_a_record_is_wholly_like_itself(person: Person) -> None:
    if (person.given_names or person.family_name) and person.born_on:
        assert compare(person, person).score == 100


@pytest.mark.parametrize(
    ("changes", "least", "most", "says"),
    [
        ({"given_names": "Khan", "family_name": "Amelia Rose"}, 95, 100, "changed over"),
        ({"family_name": "Khun"}, 90, 100, "one letter different"),
        ({"born_on": date(2015, 3, 4)}, 85, 100, "day and month changed over"),
        ({"born_on": date(2015, 4, 5)}, 85, 100, "differs in one digit"),
        ({"born_on": date(2014, 4, 3)}, 80, 100, "differs in one digit"),
        ({"upn": "", "postcodes": ()}, 85, 85, "date of birth is the same"),
        ({"upn": "", "postcodes": (), "born_on": date(2010, 9, 9)}, 35, 35, "is different"),
        ({"upn": "", "postcodes": (), "born_on": date(2010, 9, 9), "family_name": "Ahmed"},
         0, 0, "is different"),
        ({"upn": "", "postcodes": (), "given_names": "Amy Rose"}, 70, 84, "same in part"),
        ({"upn": "", "postcodes": (), "given_names": "Amy"}, 70, 84, "short form"),
        (
            {"upn": "", "postcodes": (), "given_names": "Zara", "family_name": "Ahmed",
             "other_names": (("Amelia Rose", "Khan"),)},
            80, 84, "Another recorded name",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_named(
    changes: dict[str, object], least: int, most: int, says: str
) -> None:
    found = compare(AMELIA, replace(AMELIA, **changes))

    assert least <= found.score <= most, found
    assert any(says in sentence for sentence in found.why), found


def test_another_date_counts_less_against_a_whole_name_and_a_school_in_common_orders() -> None:
    told = replace(AMELIA, upn="", postcodes=(), born_on=date(2010, 9, 9))
    there = replace(AMELIA, schools=("Elm Primary School", "St Bride's C of E Primary School"))

    assert compare(told, AMELIA).score == 35
    found = compare(replace(told, schools=("St Brides",)), there)
    assert (found.score, found.why[1]) == (
        43, "A school in common: St Bride's C of E Primary School."
    )  # fmt: skip


def test_a_second_given_name_left_out_counts_where_the_school_agrees() -> None:
    told = Person("Amelia", "Khan", born_on=date(2010, 9, 9), schools=("Elm School",))

    assert compare(told, AMELIA).score < 30
    assert compare(told, replace(AMELIA, schools=("Elm Primary School",))).score >= 30


def test_a_date_of_birth_a_year_out_is_named() -> None:
    found = compare(Person(born_on=date(2010, 1, 1)), Person(born_on=date(2009, 1, 1)))

    assert found.why == ("The date of birth is one year out.",)


def test_nothing_said_is_no_reason() -> None:
    assert compare(Person(), AMELIA) == Comparison(score=0, why=())
