"""Possible matches: who is offered, in which order, and what the program itself may conclude."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.explain import Person, births_near, compare
from onroll.office.kernel.actor import Actor
from onroll.office.people import queries
from onroll.office.people.models import Child
from onroll.office.people.queries import children
from onroll.office.people.queries.matches import SAME_CHILD_FROM, _could_be
from tests.actors import TODAY

Add = Callable[..., Child]


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[str, ...]]:
    """Schools as a package above would tell them."""
    told: dict[int, tuple[str, ...]] = {}
    recallers = {"school": lambda pks, by: {pk: told[pk] for pk in pks if pk in told}}
    monkeypatch.setattr(children, "_recallers", recallers)
    return told


def matched(by: Actor, **told: object) -> list[tuple[str, list[str]]]:
    report = {"given_names": "Hei", "family_name": "Stansfield", "born_on": date(2016, 9, 9)}
    found = queries.possible_matches(**{**report, **told}, by=by, on=TODAY)  # type: ignore[arg-type]
    return [(m.child.name, m.why) for m in found]


def test_the_same_name_with_another_birth_date_is_offered_before_those_who_share_the_day(
    add: Add, alice: Actor
) -> None:
    add("Oscar", "Whitlam", date(2016, 9, 9))
    add("Hei", "Norris", date(2016, 9, 9))
    add("Hei", "Stansfield", date(2015, 7, 12))

    assert matched(alice) == [
        ("Hei Norris", ["The date of birth is the same.", "The given name is the same."]),
        ("Hei Stansfield", ["The name is the same.", "The date of birth is different."]),
    ]


def test_the_last_school_counts_where_the_record_shows_it(
    add: Add, alice: Actor, remembered: dict[int, tuple[str, ...]]
) -> None:
    add("Hei", "Stansfield", date(2011, 1, 2))
    there = add("Hei", "Stansfield", date(2015, 7, 12))
    remembered[there.pk] = ("Elm Primary School", "Bell Lane Primary School")

    first, other = matched(alice, school="Bell Lane Primary")

    assert first[1] == [
        "The name is the same.",
        "A school in common: Bell Lane Primary School.",
        "The date of birth is different.",
    ]
    assert "A school in common: Bell Lane Primary School." not in other[1]


def test_another_spelling_with_another_birth_date_is_offered_where_the_school_agrees(
    add: Add, alice: Actor, remembered: dict[int, tuple[str, ...]]
) -> None:
    child = add("Muhammad", "Khan", date(2015, 7, 12))
    told = {"given_names": "Mohammed", "family_name": "Khan"}

    assert matched(alice, **told) == []
    remembered[child.pk] = ("St Bride's Primary School",)
    ((name, _),) = matched(alice, **told, school="st brides")
    assert name == "Muhammad Khan"


def test_strangers_who_share_only_a_birthday_are_not_offered(add: Add, alice: Actor) -> None:
    add("Oscar", "Whitlam", date(2016, 9, 9))

    assert matched(alice) == []
    assert matched(alice, given_names="", family_name="") == [
        ("Oscar Whitlam", ["The date of birth is the same."])
    ]


def test_many_reports_are_matched_in_as_many_questions_as_one_and_alike(
    add: Add, alice: Actor
) -> None:
    for day in range(1, 9):
        add("Hei", "Stansfield", date(2015, 7, day))
        add(f"Kas{'abcdefghi'[day]}er", "Kowalczyk", date(2014, 3, day))
    reports = [
        queries.reported("Hei", "Stansfield", date(2016, 9, 9)),
        queries.reported("Kasper", "Kowalczyk", date(2014, 3, 4)),
        queries.reported("", "", date(2014, 3, 5)),
        queries.reported("Nobody", "Atall", None),
    ]

    def asked(wanted: list[Person]) -> tuple[list[list[queries.Likeness]], int]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = queries.alike(wanted, by=alice)
        return found, len(seen)

    together, count = asked(reports)
    for report, found in zip(reports, together, strict=True):
        assert asked([report])[0] == [found]
    assert asked(reports * 5) == (together * 5, count)
    assert [bool(found) for found in together] == [True, True, True, False]


NAMES = st.sampled_from(["", "Amelia", "Amy Rose", "Mohammed", "Muhammad", "Khan", "Kahn"])
PEOPLE = st.builds(
    Person,
    given_names=NAMES,
    family_name=NAMES,
    other_names=st.lists(st.tuples(NAMES, NAMES), max_size=2).map(tuple),
    born_on=st.none() | st.dates(date(2009, 1, 1), date(2016, 12, 31)),
    upn=st.sampled_from(["", "H820200315001", "H820200315002", "A123"]),
    nhs_number=st.sampled_from(["", "9434765919", "9434765910"]),
    line_1=st.sampled_from(["", "14 High Street", "14 High St"]),
    postcodes=st.sampled_from([(), ("ZZ1 4AB",), ("zz14ab", "ZZ2 1AA")]),
    schools=st.sampled_from([(), ("St Brides",), ("St Bride's Primary School", "Elm School")]),
)


@given(PEOPLE, PEOPLE)
def test_who_cannot_be_the_same_child_never_scores_as_one(one: Person, other: Person) -> None:
    assert _could_be(one, other) or compare(one, other).score < SAME_CHILD_FROM


@given(PEOPLE, st.dates(date(2009, 1, 1), date(2016, 12, 31)))
def test_a_name_a_house_and_a_school_alone_are_never_one_child(one: Person, born_on: date) -> None:
    nameless = Person(
        one.given_names, one.family_name, one.other_names, None, "", "", one.line_1,
        one.postcodes, one.schools,
    )  # fmt: skip
    elsewhen = Person(
        one.given_names, one.family_name, one.other_names, born_on, "", "", one.line_1,
        one.postcodes, one.schools,
    )  # fmt: skip

    assert compare(nameless, elsewhen).score < SAME_CHILD_FROM
    born_before = Person(born_on=one.born_on)
    if compare(born_before, Person(born_on=born_on)).why == ("The date of birth is different.",):
        again = Person(
            one.given_names, one.family_name, one.other_names, one.born_on, "", "", one.line_1,
            one.postcodes, one.schools,
        )  # fmt: skip
        assert compare(again, elsewhen).score < SAME_CHILD_FROM


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(-4000, 4000))
def test_the_birth_dates_that_are_near_are_those_that_a_slip_explains(
    born_on: date, days: int
) -> None:
    other = born_on + timedelta(days=days)

    found = compare(Person(born_on=born_on), Person(born_on=other))

    assert (found.score > 10) == (other in births_near(born_on))
