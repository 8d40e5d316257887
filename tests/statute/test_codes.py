"""The code tables: complete, dated, cited, and the bands without a gap."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.codes import (
    ABSENCE_AREAS,
    ABSENCE_REASONS,
    ATTENDANCE_CODES,
    DELETION_GROUNDS,
    DURATION_BANDS,
    EXCLUSION_REASONS,
    FAIR_ACCESS_GROUPS,
    HOME_EDUCATION_REASONS,
    LOCAL_MISSING_REASONS,
    MISSING_REASONS,
    TABLES,
    Category,
    codes_as_json,
    duration_band,
)
from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.sources import Confidence

TODAY = date(2026, 11, 22)


def test_the_tables_have_the_sizes_of_their_sources() -> None:
    assert len(MISSING_REASONS) == 20
    assert len(HOME_EDUCATION_REASONS) == 19
    assert "".join(ground.key for ground in DELETION_GROUNDS) == "abcdefghijklmno"
    assert len(EXCLUSION_REASONS.on(date(2025, 10, 1))) == 16
    assert len(EXCLUSION_REASONS.on(TODAY)) == 29
    assert len(DURATION_BANDS) == 8
    assert "".join(group.key for group in FAIR_ACCESS_GROUPS) == "abcdefghijklm"


def test_reasons_that_nobody_confirmed_are_marked() -> None:
    unsure = {r.key for r in EXCLUSION_REASONS if r.confidence is Confidence.UNCONFIRMED}

    assert len(unsure) == 14
    assert {"PH", "VR", "OS"} <= unsure
    recalled = {r.key for r in EXCLUSION_REASONS if r.confidence is Confidence.RECALLED}
    assert recalled == {"VP", "VA", "RA", "SM", "TH"}
    assert not [r for r in EXCLUSION_REASONS if r.confidence is Confidence.VERIFIED]


def test_a_day_of_beginning_that_was_worked_out_carries_a_caution() -> None:
    """Five of the twenty came in autumn 2025 and nobody could find which."""
    assert {r.confidence for r in MISSING_REASONS} == {Confidence.DERIVED}
    assert "added in autumn 2025" in MISSING_REASONS.caution
    assert MISSING_REASONS["unknown"].as_json()["caution"] == MISSING_REASONS.caution
    assert "edge" in DURATION_BANDS["2_to_4_weeks"].caution
    assert "2022" in HOME_EDUCATION_REASONS.caution
    assert EXCLUSION_REASONS.caution == ""  # some of them are surer than others
    assert EXCLUSION_REASONS["VP"].caution == Confidence.RECALLED.caution


def test_every_entry_has_a_title_and_a_source() -> None:
    for table in TABLES:
        assert table.title
        for entry in table:
            assert entry.title
            assert entry.cites
            json.dumps(entry.as_json())
        assert len({entry.title for entry in table}) == len(table)


def test_the_reasons_use_the_words_of_the_national_file() -> None:
    titles = [reason.title for reason in MISSING_REASONS]

    assert titles[0] == "Moved in from another local authority"
    assert "Offered school place but not yet accepted" in titles
    assert titles[-3:] == ["Unknown", "Not recorded", "Other"]


@pytest.mark.parametrize(
    ("category", "codes"),
    [
        (Category.PRESENT, "/ \\ L"),
        (Category.APPROVED_ACTIVITY, "B K P V W"),
        (Category.AUTHORISED, "C C1 C2 E I J1 M R S T"),
        (Category.UNAUTHORISED, "G N O U"),
        (Category.NOT_POSSIBLE, "# D Q X Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z"),
    ],
)
def test_attendance_codes_have_their_statistical_category(category: Category, codes: str) -> None:
    found = {code.key for code in ATTENDANCE_CODES.on(TODAY) if code.category is category}

    assert found == set(codes.split())


def test_withdrawn_codes_are_known_up_to_their_last_day() -> None:
    assert {"H", "J", "Y"} <= {code.key for code in ATTENDANCE_CODES.on(date(2024, 8, 18))}
    assert not {"H", "J", "Y"} & {code.key for code in ATTENDANCE_CODES.on(date(2024, 8, 19))}


def test_an_absence_is_authorised_or_not() -> None:
    assert ATTENDANCE_CODES["I"].is_absence
    assert ATTENDANCE_CODES["O"].is_absence
    assert not ATTENDANCE_CODES["K"].is_absence
    assert not ATTENDANCE_CODES["Y4"].is_possible


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "Less than 2 weeks"),
        (13, "Less than 2 weeks"),
        (14, "2 to 4 weeks"),
        (28, "4 to 8 weeks"),
        (55, "4 to 8 weeks"),
        (56, "8 to 12 weeks"),
        (84, "12 to 26 weeks"),
        (182, "26 to 52 weeks"),
        (363, "26 to 52 weeks"),
        (364, "Over 52 weeks"),
        (5000, "Over 52 weeks"),
    ],
)
def test_a_day_on_the_edge_belongs_to_the_longer_band(days: int, band: str) -> None:
    found = duration_band(TODAY - timedelta(days=days), TODAY)

    assert found.title == band
    assert found.confidence is Confidence.DERIVED


@given(st.integers(0, 4000))
def test_the_bands_leave_no_gap_and_never_overlap(days: int) -> None:
    assert sum(band.holds(days) for band in DURATION_BANDS) == 1


def test_a_child_missing_since_nobody_knows_when() -> None:
    assert duration_band(None, TODAY).title == "Unknown"
    with pytest.raises(ValueError, match="after"):
        duration_band(TODAY + timedelta(days=1), TODAY)


def test_a_table_answers_by_key_and_refuses_a_key_twice() -> None:
    assert "k" in DELETION_GROUNDS
    assert DELETION_GROUNDS["k"].title == "Died"
    assert DELETION_GROUNDS.choices()[10] == ("k", "Died")
    with pytest.raises(KeyError, match="grounds of deletion"):
        DELETION_GROUNDS["z"]
    entry = Code("x", "X", "nowhere", Confidence.RECALLED)
    with pytest.raises(ValueError, match="key twice"):
        CodeTable("t", "things", (entry, entry))


def test_no_two_tables_have_one_name() -> None:
    assert len({table.name for table in TABLES}) == len(TABLES)


def test_the_letters_of_fair_access_groups_carry_a_caution() -> None:
    assert {group.confidence for group in FAIR_ACCESS_GROUPS} == {Confidence.SECONDARY}
    assert all("recalled" in group.caution for group in FAIR_ACCESS_GROUPS)
    assert "declined" in FAIR_ACCESS_GROUPS["l"].caution
    assert not FAIR_ACCESS_GROUPS.on(date(2021, 8, 31))
    assert len(FAIR_ACCESS_GROUPS.on(TODAY)) == 13


def test_a_local_reason_is_returned_under_a_national_one() -> None:
    for reason in LOCAL_MISSING_REASONS:
        assert reason.national in MISSING_REASONS
        assert set(reason.or_else) <= {national.key for national in MISSING_REASONS}
        assert reason.national not in reason.or_else
        assert reason.key not in MISSING_REASONS
        assert reason.confidence is Confidence.DERIVED
        assert "our choice" in reason.caution
    assert {r.key for r in LOCAL_MISSING_REASONS if r.plans_only} == {
        "plan_new_to_area",
        "plan_placement_broken_down",
    }


def test_a_reason_in_law_for_absence_is_recorded_by_marks_that_are_not_unauthorised() -> None:
    marks = [mark for reason in ABSENCE_REASONS for mark in reason.marks]

    assert len(set(marks)) == len(marks)
    for mark in marks:
        assert mark in ATTENDANCE_CODES
        assert ATTENDANCE_CODES[mark].in_force(TODAY)
        assert ATTENDANCE_CODES[mark].category in (Category.AUTHORISED, Category.NOT_POSSIBLE)
    assert "worked out here" in ABSENCE_REASONS["sickness"].caution
    assert "200" in ABSENCE_REASONS["trade"].caution


def test_ways_of_being_out_of_education_are_counted_or_only_watched() -> None:
    counted = [area.key for area in ABSENCE_AREAS if area.is_counted]
    watched = [area.key for area in ABSENCE_AREAS if not area.is_counted]

    assert counted == ["attendance", "missing_education", "exclusion"]
    assert watched == ["eotas", "home_education"]
    assert ABSENCE_AREAS["missing_education"].rests_on == "Education Act 1996 s.436A"


def test_two_reasons_for_home_education_lead_to_a_question_to_the_school() -> None:
    asked = {reason.key for reason in HOME_EDUCATION_REASONS if reason.may_be_off_rolling}

    assert asked == {"school_suggestion", "risk_of_exclusion"}
    suggested = HOME_EDUCATION_REASONS["school_suggestion"].as_json()
    assert suggested["off_rolling_confidence"] == "derived"
    assert suggested["off_rolling"]
    assert HOME_EDUCATION_REASONS["religious"].as_json()["off_rolling_confidence"] is None


def test_every_table_is_there_as_data_with_what_its_entries_mean() -> None:
    # As another program reads them.
    tables = {table["name"]: table for table in json.loads(json.dumps(codes_as_json()))}

    assert list(tables) == [table.name for table in TABLES]
    entries = {
        name: {entry["key"]: entry for entry in table["entries"]} for name, table in tables.items()
    }
    assert entries["attendance_codes"]["N"]["is_absence"] is True
    assert entries["attendance_codes"]["H"]["until"] == "2024-08-18"
    assert entries["duration_bands"]["over_52_weeks"]["from_days"] == 364
    assert entries["duration_bands"]["over_52_weeks"]["below_days"] is None
    assert entries["absence_reasons"]["sickness"]["marks"] == ["I"]
    assert entries["absence_areas"]["eotas"]["is_counted"] is False
    assert entries["local_missing_reasons"]["medically_unfit"]["or_else"] == ["mental_health"]
    assert entries["fair_access_groups"]["a"]["since"] == "2021-09-01"
    assert entries["missing_reasons"]["other"]["caution"]
