"""Which edition of a source applied on a day, and what is expected to change."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from onroll.statute import packs
from onroll.statute.days import is_within_reach
from onroll.statute.editions import (
    EDITIONS,
    EXPECTED,
    SUBJECTS,
    Edition,
    Expected,
    Kind,
    changed_since,
    followed,
    governing,
    history,
)
from onroll.statute.sources import Confidence

TODAY = date(2026, 11, 22)
A_DAY = timedelta(days=1)

GOVERNING = [
    ("attendance", "", date(2022, 8, 31), None),
    ("attendance", "", date(2022, 9, 1), "attendance_2022"),
    ("attendance", "", date(2024, 8, 18), "attendance_2022"),
    ("attendance", "", date(2024, 8, 19), "attendance_2024"),
    ("attendance", "", date(2026, 7, 8), "attendance_2024"),
    ("attendance", "", TODAY, "attendance_2026"),
    ("registers", "", date(2006, 8, 31), None),
    ("registers", "", date(2010, 3, 1), "registers_2006"),
    ("registers", "", date(2016, 9, 1), "registers_2016"),
    ("registers", "", date(2024, 8, 18), "registers_2016"),
    ("registers", "", date(2024, 8, 19), "registers_2024"),
    ("exclusions", "", date(2024, 9, 2), "exclusions_2024"),
    ("exclusions", "", date(2026, 7, 25), "exclusions_2024"),
    ("exclusions", "", date(2026, 7, 26), "exclusions_2026"),
    ("children_missing", "", date(2017, 4, 1), "children_missing_2016"),
    ("children_missing", "", date(2025, 9, 7), "children_missing_2024"),
    ("children_missing", "", TODAY, "children_missing_2025"),
    ("children_missing", "leeds", date(2024, 10, 31), None),
    ("children_missing", "leeds", TODAY, "leeds_guide_21"),
    ("children_missing", "north_yorkshire", TODAY, "north_yorkshire_forms"),
    ("children_missing", "worcestershire", TODAY, None),
    ("home_education", "", TODAY, "home_education_2019"),
    ("alternative_provision", "", TODAY, "alternative_provision_2025"),
    ("health_needs", "", date(2023, 11, 30), "health_needs_2013"),
    ("health_needs", "", TODAY, "health_needs_2023"),
    ("admissions", "", TODAY, "admissions_2021"),
    ("safeguarding", "", TODAY, "safeguarding_2025"),
    ("sixth_day", "", TODAY, "sixth_day_2007"),
    ("eotas", "", TODAY, None),
    ("eotas", "coventry", TODAY, "coventry_eotas"),
    ("section_19", "coventry", date(2025, 10, 31), None),
]


@pytest.mark.parametrize(("subject", "authority", "on", "key"), GOVERNING)
def test_one_edition_governs_a_day_or_none_is_recorded(
    subject: str, authority: str, on: date, key: str | None
) -> None:
    found = governing(subject, on, authority)

    assert (found.key if found else None) == key


def test_an_edition_ends_on_the_day_before_the_next_applies() -> None:
    pairs = [
        (earlier, later)
        for subject, authority in {(e.subject, e.authority) for e in EDITIONS}
        for earlier, later in pairwise(history(subject, authority))
        if earlier.applies_from and later.applies_from
    ]

    assert len(pairs) > 5
    for earlier, later in pairs:
        assert earlier.applies_until is not None
        assert earlier.applies_until + A_DAY == later.applies_from


def test_the_latest_edition_has_no_last_day() -> None:
    latest = [history(e.subject, e.authority)[-1] for e in EDITIONS]

    assert {edition.applies_until for edition in latest} == {None}


def test_the_history_of_a_subject_is_one_authority_s_or_the_nation_s() -> None:
    assert [e.key for e in history("attendance")] == [
        "attendance_2022",
        "attendance_2024",
        "attendance_2026",
    ]
    assert [e.key for e in history("children_missing", "gloucestershire")] == [
        "gloucestershire_form"
    ]
    assert history("plans") == ()


def test_a_subject_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="'behaviour' is not a subject"):
        governing("behaviour", TODAY)


def test_what_changed_since_a_day_comes_in_order_of_the_change() -> None:
    assert [e.key for e in changed_since(date(2026, 1, 1))] == [
        "exclusions_2026",
        "attendance_2026",
    ]
    assert changed_since(TODAY) == ()


def test_an_edition_published_before_a_day_and_applying_after_it_has_changed() -> None:
    changed = changed_since(date(2026, 6, 1))

    assert {e.key for e in changed} == {"exclusions_2026", "attendance_2026"}


def test_a_review_is_due_while_the_edition_still_applies() -> None:
    edition = history("children_missing")[0]

    assert edition.review_on == date(2019, 9, 30)
    assert not edition.is_review_due(date(2019, 9, 30))
    assert edition.is_review_due(date(2019, 10, 1))
    assert not edition.is_review_due(TODAY)
    assert not history("admissions")[0].is_review_due(TODAY)


def test_two_editions_of_one_series_cannot_begin_on_one_day() -> None:
    edition = history("admissions")[0]
    twin = replace(edition, key="twin")

    with pytest.raises(ValueError, match="begins on the same day"):
        followed([edition, twin])


def test_editions_of_two_authorities_do_not_end_each_other() -> None:
    edition = history("children_missing", "leeds")[0]
    later = replace(edition, key="later", authority="coventry", applies_from=TODAY)

    assert [e.applies_until for e in followed([edition, later])] == [None, None]


def test_an_edition_of_no_known_day_ends_none_and_is_ended_by_none() -> None:
    edition = history("admissions")[0]
    undated = replace(edition, key="undated", applies_from=None)

    both = followed([undated, edition])

    assert [e.applies_until for e in both] == [None, None]
    assert not both[0].governs(TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"authority": "leeds"},
        {"kind": Kind.LOCAL},
        {"confidence": Confidence.LOCAL},
        {"kind": Kind.LOCAL, "confidence": Confidence.LOCAL},
    ],
)
def test_a_local_statement_is_never_national_guidance(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="local in every respect or in none"):
        replace(history("admissions")[0], **change)


def test_an_edition_and_an_expected_change_stand_under_a_subject_that_there_is() -> None:
    with pytest.raises(ValueError, match="'behaviour' is not a subject"):
        replace(EDITIONS[0], subject="behaviour")
    with pytest.raises(ValueError, match="'behaviour' is not a subject"):
        replace(EXPECTED[0], subject="behaviour")


def test_every_key_is_there_once_and_every_source_is_named() -> None:
    entries: tuple[Edition | Expected, ...] = (*EDITIONS, *EXPECTED)

    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.title, entry.key
        assert entry.cites, entry.key
    assert all(SUBJECTS.values())


def test_every_day_is_near_enough_to_be_meant() -> None:
    days = [
        day
        for e in EDITIONS
        for day in (e.published_on, e.applies_from, e.applies_until, e.review_on)
        if day
    ]

    assert all(is_within_reach(day) for day in days)


def test_nothing_is_verified_that_was_not_read_at_an_official_address() -> None:
    verified = [e for e in (*EDITIONS, *EXPECTED) if e.confidence is Confidence.VERIFIED]

    assert verified
    for entry in verified:
        assert "gov.uk/" in entry.cites, entry.key
        assert not entry.cites.startswith("schools"), entry.key


def test_an_authority_is_known_by_the_key_of_its_pack() -> None:
    authorities = {e.authority for e in EDITIONS if e.is_local}

    assert authorities - {*packs.available()} == {"worcestershire"}


def test_guidance_and_law_have_their_weight() -> None:
    by_key = {edition.key: edition for edition in EDITIONS}

    assert by_key["registers_2024"].statutory
    assert by_key["attendance_2024"].statutory
    assert not by_key["attendance_2022"].statutory
    assert not by_key["home_education_2019"].statutory
    assert not by_key["leeds_guide_21"].statutory
    assert {e.issuer for e in EDITIONS if not e.is_local} == {"DfE"}


def test_a_caution_says_how_it_is_known_and_what_is_not() -> None:
    by_key = {edition.key: edition for edition in EDITIONS}

    assert by_key["registers_2024"].caution == ""
    assert by_key["attendance_2024"].caution == Confidence.SECONDARY.caution
    caution = by_key["attendance_2026"].caution
    assert caution.startswith(Confidence.SECONDARY.caution)
    assert "not been read" in caution


def test_no_day_is_named_for_the_parts_of_the_act_that_are_not_in_force() -> None:
    waiting = [e for e in EXPECTED if e.key.startswith("act_2026_")]

    assert len(waiting) == 5
    assert {e.expected_on for e in waiting} == {None}


def test_what_is_expected_says_what_is_known_of_its_day() -> None:
    assert all(change.says_when for change in EXPECTED)
    by_key = {change.key: change for change in EXPECTED}
    assert by_key["safeguarding_2026"].caution == Confidence.UNCONFIRMED.caution
    assert by_key["coventry_eotas_policy"].confidence is Confidence.LOCAL
    assert "Only the month" in by_key["send_reform"].caution
