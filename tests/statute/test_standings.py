"""The standing of a child, case by case; the cases are in standings.toml."""

import json
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.classify import standing, stands_since
from onroll.statute.packs import load
from onroll.statute.reading import FaultyInput
from onroll.statute.reasons import Bearing, Place
from onroll.statute.spans import ChildFacts, Span, What, read_child

CASES = tomllib.loads(Path(__file__).with_name("standings.toml").read_text("utf-8"))["case"]


def child_of(case: dict[str, Any]) -> ChildFacts:
    born_on = case.get("born_on", date(2015, 5, 4))
    return read_child(
        {
            "born_on": None if born_on == "none" else born_on,
            "resident": case.get("resident", True),
            "year_group": case.get("taught_in"),
            "spans": case["spans"],
        }
    )


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_every_case_of_the_table(case: dict[str, Any]) -> None:
    on = case.get("on", date(2026, 3, 5))
    year = case.get("year_group", 6)

    found = standing(child_of(case), on, load(case.get("pack", "national")))

    missing = case["standing"] == "missing_education"
    assert found.place.value == case["standing"]
    assert found.national_cme is case.get("national", missing)
    assert found.local_cme is case.get("local", missing)
    assert found.cnis_scope is case["register"]
    assert found.compulsory_school_age is case.get("school_age", True)
    assert found.year_group == (None if year == "none" else year)
    why = " ".join(reason.says for reason in found.why)
    assert all(words in why for words in case.get("names", []))
    assert not any(words in why for words in case.get("silent", []))
    assert all(reason.says and reason.cites for reason in found.why)
    assert [reason.bearing for reason in found.why].index(Bearing.DECIDES) == 0
    assert [reason.bearing for reason in found.why].count(Bearing.DECIDES) == 1
    assert found.cnis_scope == any(reason.bearing is Bearing.REGISTER for reason in found.why)


def test_the_table_has_at_least_sixty_cases_and_every_standing() -> None:
    assert len(CASES) >= 60
    assert {case["standing"] for case in CASES} == {place.value for place in Place}
    used = {span["what"] for case in CASES for span in case["spans"]}
    assert used == {what.value for what in What}


SPANS = st.builds(
    Span,
    what=st.sampled_from(What),
    starts_on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    ends_on=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    part_time=st.booleans(),
    expected=st.booleans(),
    suitable=st.none() | st.booleans(),
    suitability=st.sampled_from(["suitable", "unsuitable", "not_assessed"]),
    confirmed=st.booleans(),
    verified=st.booleans(),
)


@given(
    st.lists(SPANS, max_size=6).map(tuple),
    st.none() | st.dates(date(2005, 1, 1), date(2024, 1, 1)),
    st.booleans(),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["national", "north_yorkshire", "example"]),
)
def test_every_answer_is_consistent_and_explained(
    spans: tuple[Span, ...], born_on: date | None, resident: bool, on: date, pack: str
) -> None:
    found = standing(ChildFacts(born_on, spans, resident), on, load(pack))

    assert found.why
    assert found.national_cme is (found.place is Place.MISSING_EDUCATION and resident)
    assert found.local_cme or not found.national_cme
    if found.national_cme:
        assert found.compulsory_school_age
        assert found.cnis_scope
    if found.cnis_scope:
        assert resident
        assert found.compulsory_school_age
    if found.place is Place.ON_ROLL:
        assert any(s.what is What.ROLL and not s.expected and s.holds_on(on) for s in spans)
    json.dumps(found.as_json())


@given(st.lists(SPANS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_listed_does_not_matter(
    spans: list[Span], random: Any
) -> None:
    on = date(2026, 3, 5)
    shuffled = list(spans)
    random.shuffle(shuffled)

    one = standing(ChildFacts(date(2015, 5, 4), tuple(spans)), on)
    other = standing(ChildFacts(date(2015, 5, 4), tuple(shuffled)), on)

    assert one.place is other.place
    assert one.cnis_scope is other.cnis_scope


def test_faults_in_the_facts_are_all_named() -> None:
    with pytest.raises(FaultyInput) as raised:
        read_child(
            {
                "resident": "yes",
                "year_group": 15,
                "spans": [
                    {"what": "rol", "from": "2026-01-05"},
                    {"what": "roll", "from": "2026-01-05", "to": "2025-01-05"},
                    {"what": "home_education", "from": "2026-01-05", "suitability": "good"},
                    {"what": "section_19", "from": None, "suitible": True},
                ],
                "born_on": "04/05/2015",
            }
        )

    assert [fault.where for fault in raised.value.faults] == [
        "born_on",
        "resident",
        "year_group",
        "spans[0].what",
        "spans[1]",
        "spans[2].suitability",
        "spans[3].suitible",
        "spans[3].from",
    ]
    assert "Did you mean roll?" in raised.value.faults[3].remedy


def test_a_date_of_birth_must_be_given_or_said_to_be_unknown() -> None:
    with pytest.raises(FaultyInput, match="born_on: is missing"):
        read_child({"spans": []})
    assert read_child({"born_on": None}).born_on is None


ON_A_ROLL = Span(What.ROLL, date(2022, 9, 5), date(2024, 7, 19))
BACK = Span(What.ROLL, date(2025, 1, 6), date(2025, 12, 19))


@pytest.mark.parametrize(
    ("spans", "on", "since"),
    [
        ((ON_A_ROLL,), date(2026, 3, 5), date(2024, 7, 20)),
        ((ON_A_ROLL, BACK), date(2026, 3, 5), date(2025, 12, 20)),
        ((ON_A_ROLL, BACK), date(2025, 3, 5), date(2025, 1, 6)),
        # An application changes what is said, not where the child stands.
        ((ON_A_ROLL, Span(What.APPLIED_FOR_PLACE, date(2024, 9, 2))), date(2024, 10, 1),
         date(2024, 7, 20)),
        # Where nothing is recorded of the time before, nobody can say since when.
        ((), date(2026, 3, 5), None),
        ((Span(What.APPLIED_FOR_PLACE, date(2026, 1, 5)),), date(2026, 3, 5), None),
    ],
)  # fmt: skip
def test_since_when_a_child_stands_where_it_stands(
    spans: tuple[Span, ...], on: date, since: date | None
) -> None:
    assert stands_since(ChildFacts(date(2015, 4, 3), spans), on) == since


ENDED = st.builds(
    lambda span, days: replace(span, ends_on=span.starts_on + timedelta(days=days)),
    SPANS,
    st.integers(0, 400),
)


@given(
    st.lists(SPANS | ENDED, max_size=6).map(tuple),
    st.dates(date(2008, 1, 1), date(2022, 1, 1)),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(0, 1000),
)
def test_the_standing_is_the_same_from_that_day_on_and_another_the_day_before(
    spans: tuple[Span, ...], born_on: date, on: date, days: int
) -> None:
    facts = ChildFacts(born_on, spans)
    since = stands_since(facts, on)
    if since is None:
        return
    place = standing(facts, on).place
    between = min(since + timedelta(days=days), on)

    assert standing(facts, since - timedelta(days=1)).place is not place
    assert standing(facts, between).place is place
