"""Find a child: by any name, however typed, by date, number and postcode."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people import actions, queries
from onroll.office.people.models import Child
from onroll.statute import identifiers
from tests.actors import TODAY

Add = Callable[..., Child]
UPN = identifiers.upn_letter("820200315001") + "820200315001"


def found(text: str, by: Actor) -> list[str]:
    return [c.name for c in queries.find(text=text, by=by, on=TODAY).children]


@pytest.mark.parametrize(
    "typed",
    [
        "Amelia Khan",
        "khan amelia",
        "KHAN, Amelia Rose",
        "amelia",
        "amel kha",
        "Amelia Kahn",
        "Ameila Khan",
        "Millie Khan",
        "khan 2015",
        "khan 3/4/2015",
        "3 Apr 15",
        "2015-04-03",
        "4/3/2015",
        "khan zz1 4ab",
        "zz14ab",
        "zz1 4",
        "A Khan",
        "khan 3/4/2016",
        "amelia xyzzy",
    ],
)
def test_a_child_is_found_however_it_is_typed(typed: str, amelia: Child, alice: Actor) -> None:
    assert "Amelia Rose Khan" in found(typed, alice)


@pytest.mark.parametrize("typed", ["", "k", "2015", "xyzzy", "zebedee quux", "5/6/2011"])
def test_others_are_not_found(typed: str, amelia: Child, alice: Actor) -> None:
    assert found(typed, alice) == []


def test_a_former_name_finds_the_child_and_says_so(amelia: Child, alice: Actor) -> None:
    actions.record_name(
        child=amelia,
        use="legal",
        given_names="Amelia Rose",
        family_name="Ahmed",
        starts_on=date(2024, 1, 1),
        by=alice,
        on=TODAY,
    )

    (child,) = queries.find(text="khan amelia", by=alice, on=TODAY).children

    assert child.name == "Amelia Rose Ahmed"
    assert child.other_names == ("Amelia Rose Khan",)
    assert child.why_matched == "Another name."


def test_a_number_is_found_with_and_without_spaces(add: Add, alice: Actor) -> None:
    add("Zara", "Quinn", upn=UPN)

    assert found(f"{UPN[:4]} {UPN[4:8]} {UPN[8:]}", alice) == ["Zara Quinn"]
    assert found(UPN.lower(), alice) == ["Zara Quinn"]
    assert found(UPN[:7], alice) == ["Zara Quinn"]


def test_a_transliteration_is_found_by_another_spelling(add: Add, alice: Actor) -> None:
    add("Muhammad", "Chowdhury", date(2016, 1, 1))

    assert found("mohammed chowdhury", alice) == ["Muhammad Chowdhury"]


def test_the_best_match_stands_first(add: Add, alice: Actor) -> None:
    add("Amelia", "Khanna", date(2014, 1, 1))
    add("Amelia", "Khan", date(2013, 1, 1))
    add("Amy", "Khan", date(2012, 1, 1))

    assert found("amelia khan", alice) == ["Amelia Khan", "Amelia Khanna", "Amy Khan"]


def test_more_than_are_shown_is_said(add: Add, alice: Actor) -> None:
    for day in range(1, 5):
        add("Amelia", "Khan", date(2014, 1, day))

    shown = queries.find(text="khan", by=alice, on=TODAY, most=3)

    assert len(shown.children) == 3
    assert shown.is_more


def test_those_who_know_of_nobody_find_nobody(amelia: Child, mallory: Actor, bob: Actor) -> None:
    assert found("khan", mallory) == []
    assert found("khan", bob) == []


def test_a_school_finds_its_own_child_and_no_other(
    amelia: Child, add: Add, alice: Actor, mallory: Actor
) -> None:
    add("Zara", "Khan")
    actions.grant_access(
        child=amelia,
        holder_kind="person",
        holder=mallory.pk or 0,
        because="enrolment",
        subject="schools.Enrolment:1",
        by=alice,
        on=TODAY,
    )

    assert found("khan", mallory) == ["Amelia Rose Khan"]


WORD = st.text(alphabet="abcdefghijklmnoprstuvyz", min_size=3, max_size=9)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given=WORD, family=WORD, former=WORD, data=st.data())
def test_a_child_is_found_by_any_of_its_names_swapped_and_with_one_slip(
    alice: Actor, given: str, family: str, former: str, data: st.DataObject
) -> None:
    (pk,) = actions.load_children(
        [
            actions.ChildRow(
                key="a",
                given_names=given,
                family_name=family,
                born_on=date(2015, 4, 3),
                known_from=date(2020, 1, 1),
                other_names=(("former", given, former, date(2015, 4, 3), date(2019, 12, 31)),),
            )
        ],
        by=PROGRAM,
        on=TODAY,
    ).values()
    surname = data.draw(st.sampled_from([family, former]))
    at = data.draw(st.integers(0, len(surname) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnoprstuvyz"))
    slip = data.draw(
        st.sampled_from(
            [
                surname,
                surname[:at] + letter + surname[at + 1 :],
                surname[:at] + surname[at + 1 :],
                surname[:at] + letter + surname[at:],
                surname[:at] + surname[at : at + 2][::-1] + surname[at + 2 :],
            ]
        )
    )
    typed = data.draw(st.sampled_from([f"{given} {slip}", f"{slip} {given}", f"{slip}, {given}"]))

    shown = queries.find(text=typed, by=alice, on=TODAY, most=200).children

    assert pk in [c.pk for c in shown], typed


def test_nobody_adds_a_child_without_a_search(alice: Actor) -> None:
    with pytest.raises(Refused, match="before adding"):
        actions.add_child(
            searched="", given_names="Amelia", family_name="Khan", born_on=None, by=alice, on=TODAY
        )


def test_a_search_for_somebody_else_does_not_count(alice: Actor) -> None:
    proof = queries.find(text="zebedee quux", by=alice, on=TODAY).proof

    with pytest.raises(Refused, match="somebody else"):
        actions.add_child(
            searched=proof,
            given_names="Amelia",
            family_name="Khan",
            born_on=None,
            by=alice,
            on=TODAY,
        )


def test_a_colleagues_search_does_not_count(alice: Actor, carol: Actor) -> None:
    proof = queries.find(text="amelia khan", by=carol, on=TODAY).proof

    with pytest.raises(Refused, match="Somebody else made that search"):
        actions.add_child(
            searched=proof,
            given_names="Amelia",
            family_name="Khan",
            born_on=None,
            by=alice,
            on=TODAY,
        )


def test_a_proof_tells_nothing_of_the_child(alice: Actor) -> None:
    proof = queries.find(text="amelia khan 3/4/2015", by=alice, on=TODAY).proof

    held = signing.loads(proof, salt="people.find")

    assert held["by"] == alice.pk
    assert all(len(d) == 24 and int(d, 16) >= 0 for d in held["what"])


def test_an_impossible_birth_is_refused(add: Add) -> None:
    with pytest.raises(Faulty, match="future"):
        add("Amelia", "Khan", date(2030, 1, 1))


def test_possible_matches_say_why(amelia: Child, alice: Actor) -> None:
    (match,) = queries.possible_matches(
        given_names="Khan",
        family_name="Amelia Rose",
        born_on=date(2015, 3, 4),
        by=alice,
        on=TODAY,
    )

    assert match.child.pk == amelia.pk
    assert match.why == [
        "The given and family names are changed over.",
        "The date of birth has day and month changed over.",
    ]
