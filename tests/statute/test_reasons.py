"""Why a child stands where it stands: what each reason rests on, and what is kept an eye on."""

from datetime import date
from typing import Any

import pytest

from onroll.statute.classify import Standing, standing, stands_since
from onroll.statute.packs import LOCAL_GROUNDS, NATIONAL, Pack, load, read_pack
from onroll.statute.reasons import Bearing, Place
from onroll.statute.sources import Confidence
from onroll.statute.spans import What, read_child

ON = date(2026, 3, 5)
MONTHS_AGO = "2025-09-03"


def span(what: str, since: str = MONTHS_AGO, **more: object) -> dict[str, object]:
    return {"what": what, "from": since, **more}


ROLL = span("roll")
PART_TIME = span("roll", part_time=True)
LOST = span("whereabouts_unknown", "2026-02-24")  # ten days, Thursday 5 March included


def stood(
    *spans: dict[str, object], pack: Pack = NATIONAL, on: date = ON, **child: Any
) -> Standing:
    given = {"born_on": "2015-05-04", "spans": list(spans)} | child
    return standing(read_child(given), on, pack)


def criteria(found: Standing, bearing: Bearing) -> list[str]:
    return [reason.criterion for reason in found.why if reason.bearing is bearing]


PLACES: list[tuple[Place, tuple[dict[str, object], ...], dict[str, object]]] = [
    (Place.ON_ROLL, (ROLL,), {}),
    (Place.HOME_EDUCATED, (span("home_education"),), {}),
    (Place.ALTERNATIVE_PROVISION, (span("alternative_provision", suitable=True),), {}),
    (Place.HOSPITAL_EDUCATION, (span("hospital_education", suitable=True),), {}),
    (Place.EOTAS, (span("eotas"),), {}),
    (Place.DETAINED, (span("detained"),), {}),
    (Place.MISSING_EDUCATION, (), {}),
    (Place.LEFT_AREA, (span("moved_away", confirmed=True),), {}),
    (Place.LEFT_COUNTRY, (span("abroad", verified=True),), {}),
    (Place.UNDER_SCHOOL_AGE, (), {"born_on": "2023-01-01"}),
    (Place.OVER_SCHOOL_AGE, (), {"born_on": "2008-01-01"}),
    (Place.DIED, (span("died"),), {}),
]


@pytest.mark.parametrize(("place", "spans", "child"), PLACES, ids=[p.value for p, _, _ in PLACES])
def test_the_reason_that_decides_rests_on_the_standing(
    place: Place, spans: tuple[dict[str, object], ...], child: dict[str, object]
) -> None:
    found = stood(*spans, **child)

    assert found.place is place
    assert criteria(found, Bearing.DECIDES) == [place.value]


def test_every_place_is_tried() -> None:
    assert {place for place, _, _ in PLACES} == set(Place)


@pytest.mark.parametrize(
    ("given", "criterion", "confidence"),
    [
        (span("roll", expected=True), "roll", Confidence.VERIFIED),
        (span("home_education", suitability="unsuitable"), "home_education", Confidence.VERIFIED),
        (
            span("alternative_provision", suitable=False),
            "alternative_provision",
            Confidence.SECONDARY,
        ),
        (span("hospital_education"), "hospital_education", Confidence.SECONDARY),
        (span("private_tuition", suitable=False), "private_tuition", Confidence.SECONDARY),
        (span("section_19"), "section_19", Confidence.SECONDARY),
        (span("applied_for_place"), "applied_for_place", Confidence.VERIFIED),
        (span("offered_place"), "offered_place", Confidence.VERIFIED),
        (span("whereabouts_unknown"), "whereabouts_unknown", Confidence.SECONDARY),
        (span("destination_unknown"), "destination_unknown", Confidence.DERIVED),
        (span("moved_away"), "moved_away", Confidence.DERIVED),
        (span("abroad"), "abroad", Confidence.DERIVED),
        (span("roll", "2026-04-13"), "starts_later", Confidence.VERIFIED),
    ],
)
def test_what_does_not_stop_a_child_from_missing_education_is_named_by_its_key(
    given: dict[str, object], criterion: str, confidence: Confidence
) -> None:
    found = stood(given)

    assert found.place is Place.MISSING_EDUCATION
    (reason,) = [r for r in found.why if r.bearing is Bearing.BESIDE]
    assert (reason.criterion, reason.confidence) == (criterion, confidence)
    assert reason.cites


def test_what_is_not_known_of_the_child_is_named_by_its_key() -> None:
    assert criteria(stood(born_on=None), Bearing.BESIDE) == ["no_date_of_birth"]
    assert criteria(stood(resident=False), Bearing.BESIDE) == ["not_resident"]
    assert criteria(stood(ROLL, resident=False), Bearing.BESIDE) == []


def test_a_place_that_starts_later_is_no_matter_for_a_child_on_a_roll() -> None:
    assert criteria(stood(ROLL, span("roll", "2026-04-13")), Bearing.BESIDE) == []


@pytest.mark.parametrize("spans", [(), (PART_TIME,), (ROLL, span("eotas"))])
def test_a_register_that_is_not_law_is_always_the_last_and_says_so(
    spans: tuple[dict[str, object], ...],
) -> None:
    found = stood(*spans)

    assert found.cnis_scope
    assert found.why[-1].criterion == "register"
    assert "not in force" in found.why[-1].cites
    assert found.why[-1].confidence is Confidence.SECONDARY


def counting(*grounds: str, days: int = 0) -> Pack:
    return read_pack(
        {
            "key": "ours",
            "title": "Ashcombe",
            "local_cme": {
                "also_counts": list(grounds),
                "whereabouts_unknown_days": days,
                "cites": "Our procedure",
            },
        }
    )


EVERYTHING = counting(*LOCAL_GROUNDS)


@pytest.mark.parametrize(
    ("spans", "grounds"),
    [
        ((ROLL,), []),
        ((ROLL, span("irregular_attendance")), ["irregular_attendance"]),
        ((span("irregular_attendance"),), []),  # on no roll: missing education itself
        ((ROLL, LOST), ["whereabouts_unknown"]),
        ((ROLL, span("destination_unknown")), ["destination_unknown"]),
        ((PART_TIME,), ["part_time_timetable"]),
        ((span("home_education"),), ["home_education_not_assessed"]),
        ((span("home_education", suitability="suitable"),), []),
        (
            (span("home_education"), span("home_education", suitability="suitable")),
            [],
        ),
        ((ROLL, span("home_education")), []),
        (
            (PART_TIME, span("irregular_attendance"), LOST),
            ["irregular_attendance", "whereabouts_unknown", "part_time_timetable"],
        ),
        # Gone from the area: counted by nobody here.
        ((LOST, span("moved_away", confirmed=True)), []),
        ((span("destination_unknown"), span("abroad", verified=True)), []),
    ],
)
def test_for_what_an_authority_counts_a_child_beside_the_nation(
    spans: tuple[dict[str, object], ...], grounds: list[str]
) -> None:
    found = stood(*spans, pack=EVERYTHING)

    assert criteria(found, Bearing.LOCAL) == grounds
    assert found.local_cme is (bool(grounds) or found.national_cme)
    assert found.national_cme is stood(*spans).national_cme
    local = [reason for reason in found.why if reason.bearing is Bearing.LOCAL]
    assert {reason.confidence for reason in local} <= {Confidence.LOCAL}
    assert {reason.cites for reason in local} <= {"Our procedure"}


def test_an_authority_counts_only_what_it_says_that_it_counts() -> None:
    pack = counting("part_time_timetable")

    assert criteria(stood(PART_TIME, LOST, pack=pack), Bearing.LOCAL) == ["part_time_timetable"]
    assert criteria(stood(PART_TIME, LOST), Bearing.LOCAL) == []


def test_nobody_is_counted_locally_who_lives_elsewhere_or_is_not_of_school_age() -> None:
    assert not stood(ROLL, LOST, pack=EVERYTHING, resident=False).local_cme
    assert not stood(ROLL, LOST, pack=EVERYTHING, born_on="2023-01-01").local_cme


@pytest.mark.parametrize(
    ("since", "counted"),
    [("2026-02-25", False), ("2026-02-24", True), ("2025-09-03", True), ("2026-03-05", False)],
)
def test_unknown_whereabouts_are_counted_from_the_authoritys_number_of_days(
    since: str, counted: bool
) -> None:
    # From 24 February to 5 March are ten days, both included: five of February, five of March.
    pack = counting("whereabouts_unknown", days=10)

    found = stood(ROLL, span("whereabouts_unknown", since), pack=pack)

    assert found.local_cme is counted
    assert criteria(found, Bearing.BESIDE) == ["whereabouts_unknown", *["extended"] * counted]


def test_a_case_is_extended_by_the_longest_time_that_still_goes_on() -> None:
    ended = span("whereabouts_unknown", "2026-01-05", to="2026-03-01")
    two = (span("whereabouts_unknown", "2026-03-02"), LOST)

    assert "extended" not in criteria(
        stood(ended, span("whereabouts_unknown", "2026-03-02"), pack=load("coventry")),
        Bearing.BESIDE,
    )
    (reason,) = [r for r in stood(*two, pack=load("coventry")).why if r.criterion == "extended"]
    assert reason.says == ("Whereabouts unknown for 10 days; Coventry counts from 10 as extended.")
    assert (reason.confidence, reason.bearing) == (Confidence.LOCAL, Bearing.BESIDE)
    assert reason.cites == load("coventry").local_cites


def test_the_nation_names_no_number_of_days_for_an_extended_case() -> None:
    assert "extended" not in criteria(stood(span("whereabouts_unknown")), Bearing.BESIDE)


@pytest.mark.parametrize(
    ("spans", "keys"),
    [
        ((), ()),  # missing education is counted, not monitored
        ((ROLL,), ()),
        ((span("home_education"),), ("home_educated",)),
        ((span("eotas"),), ("eotas",)),
        ((span("section_19", suitable=True),), ("alternative_provision",)),
        ((span("hospital_education", suitable=True),), ("hospital_education",)),
        ((span("detained"),), ("detained",)),
        ((span("abroad", verified=True),), ()),
        ((LOST,), ()),
        ((PART_TIME,), ("part_time_timetable",)),
        (
            (ROLL, span("irregular_attendance"), LOST, span("destination_unknown")),
            ("irregular_attendance", "whereabouts_unknown", "destination_unknown"),
        ),
        (
            (PART_TIME, ROLL, span("irregular_attendance")),
            ("part_time_timetable", "irregular_attendance"),
        ),
    ],
)
def test_what_an_authority_keeps_an_eye_on_although_it_is_not_missing_education(
    spans: tuple[dict[str, object], ...], keys: tuple[str, ...]
) -> None:
    assert stood(*spans).monitored == keys


def test_nobody_outside_school_age_is_monitored() -> None:
    assert stood(PART_TIME, born_on="2023-01-01").monitored == ()
    assert stood(span("home_education"), born_on="2008-01-01").monitored == ()


@pytest.mark.parametrize(
    ("spans", "on_roll", "otherwise"),
    [
        ((), False, False),
        ((ROLL,), True, False),
        ((PART_TIME,), True, False),
        ((span("roll", expected=True),), False, False),
        ((span("eotas"),), False, True),
        ((ROLL, span("eotas")), True, True),
        ((span("alternative_provision", suitable=True),), False, True),
        ((span("alternative_provision", suitable=False),), False, False),
        ((span("section_19"),), False, False),
        ((span("private_tuition", suitable=True),), False, True),
        ((ROLL, span("hospital_education", suitable=True)), True, True),
        ((span("home_education"),), False, True),  # not assessed: taken for suitable
        ((span("home_education", suitability="suitable"),), False, True),
        ((span("home_education", suitability="unsuitable"),), False, False),
        ((span("detained"),), False, False),
        ((span("offered_place"), span("applied_for_place")), False, False),
    ],
)
def test_the_two_halves_of_the_definition_are_answered_one_by_one(
    spans: tuple[dict[str, object], ...], on_roll: bool, otherwise: bool
) -> None:
    found = stood(*spans)

    assert (found.on_roll, found.suitable_otherwise) == (on_roll, otherwise)
    # Education Act 1996 s.436A: missing education is neither the one nor the other.
    if found.place is not Place.DETAINED:
        assert found.national_cme is not (on_roll or otherwise)


def test_a_standing_is_printed_with_everything_that_was_asked() -> None:
    printed = stood(PART_TIME, span("eotas")).as_json()

    assert {key: printed[key] for key in ("on", "on_roll", "suitable_otherwise", "monitored")} == {
        "on": "2026-03-05",
        "on_roll": True,
        "suitable_otherwise": True,
        "monitored": ["part_time_timetable"],
    }
    why: Any = printed["why"]
    assert why[0] == {
        "says": "On the roll of a school since 3 September 2025.",
        "cites": "Education Act 1996 s.436A; SI 2024/208 reg 8",
        "bearing": "decides",
        "criterion": "on_roll",
        "confidence": "verified",
        "caution": "",
    }


def test_full_time_at_one_school_decides_before_part_time_at_another() -> None:
    full = span("roll", "2026-01-05", school="Ashcombe Primary")
    part = span("roll", "2025-09-03", school="Ashcombe Unit", part_time=True)

    for spans in ((full, part), (part, full)):
        assert stood(*spans).why[0].says == (
            "On the roll of Ashcombe Primary since 5 January 2026."
        )


def test_a_child_without_a_date_of_birth_stands_since_the_last_change() -> None:
    spans = [span("roll", to="2026-01-09"), span("applied_for_place", "2026-02-02")]
    child = read_child({"born_on": None, "spans": spans})

    assert stands_since(child, ON) == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("born_on", "since"),
    [("2015-05-04", date(2025, 9, 3)), (None, date(2025, 9, 3)), ("2026-02-01", None)],
)
def test_since_when_a_child_stands_is_known_from_the_first_change_recorded(
    born_on: str | None, since: date | None
) -> None:
    """A baby stood where it stands before anything was recorded of it: nobody knows since when."""
    nothing = read_child({"born_on": born_on, "spans": []})
    enrolled = read_child({"born_on": born_on, "spans": [ROLL]})

    assert stands_since(nothing, ON) is None
    assert stands_since(enrolled, ON) == since


@pytest.mark.parametrize("what", list(What))
def test_everything_recorded_has_words(what: What) -> None:
    assert what.says == {
        What.EOTAS: "education otherwise than at school",
        What.SECTION_19: "education arranged under section 19",
    }.get(what, what.value.replace("_", " "))
