"""The register of what is asked, of whom, and which clocks run for it."""

from dataclasses import replace

import pytest

from onroll.statute import packs
from onroll.statute.duties import NATIONAL_DUTIES
from onroll.statute.responsibilities import (
    RESPONSIBILITIES,
    AskedOf,
    Kind,
    Source,
    asked_of,
    owned_by,
    timed_by,
)
from onroll.statute.sources import Confidence

BY_KEY = {entry.key: entry for entry in RESPONSIBILITIES}
NATIONAL = {duty.id for duty in NATIONAL_DUTIES}
LOCAL = {duty.id for key in packs.available() for duty in packs.load(key).duties}

# How a letter counts as received is nobody's task.
NOBODY_S = {"POST_DEEMED"}


def test_every_key_and_every_sentence_is_there_once() -> None:
    assert len(BY_KEY) == len(RESPONSIBILITIES)
    assert len({entry.title for entry in RESPONSIBILITIES}) == len(RESPONSIBILITIES)


def test_every_clock_that_is_named_exists() -> None:
    named = {duty for entry in RESPONSIBILITIES for duty in entry.duties}

    assert named <= NATIONAL | LOCAL


def test_every_clock_of_the_nation_runs_for_some_responsibility() -> None:
    assert {duty for duty in NATIONAL - NOBODY_S if not timed_by(duty)} == set()


def test_every_entry_says_where_it_is_asked_and_who_owns_it() -> None:
    for entry in RESPONSIBILITIES:
        assert entry.title, entry.key
        assert entry.cites, entry.key
        assert entry.owned_by, entry.key
        assert len(set(entry.acts)) == len(entry.acts), entry.key


@pytest.mark.parametrize(
    ("who", "subject"),
    [
        (AskedOf.AUTHORITY, subject)
        for subject in ("attendance", "children_missing", "exclusions", "sixth_day", "section_19",
                        "health_needs", "home_education", "eotas", "plans", "admissions",
                        "safeguarding", "registers", "penalty_notices", "information")
    ]
    + [
        (AskedOf.SCHOOL, subject)
        for subject in ("attendance", "children_missing", "exclusions", "registers", "safeguarding",
                        "home_education", "off_site")
    ]
    + [(AskedOf.BOARD, "exclusions"), (AskedOf.BOARD, "sixth_day")]
    + [(AskedOf.PARENT, "attendance"), (AskedOf.PARENT, "home_education"),
       (AskedOf.PARENT, "exclusions")],
)  # fmt: skip
def test_each_subject_asks_something_of_each_who_has_a_part_in_it(
    who: AskedOf, subject: str
) -> None:
    found = asked_of(who, subject)

    assert found
    assert {(entry.asked_of, entry.subject) for entry in found} == {(who, subject)}
    assert set(found) < set(asked_of(who))


@pytest.mark.parametrize(
    ("key", "cites", "confidence"),
    [
        ("identify_missing", "Education Act 1996 s.436A", Confidence.VERIFIED),
        ("identify_missing", "Education and Inspections Act 2006 s.4", Confidence.VERIFIED),
        ("section_19_arrange", "Education Act 1996 s.19", Confidence.VERIFIED),
        ("parent_educate", "Education Act 1996 s.7", Confidence.VERIFIED),
        ("safeguarding_schools", "Education Act 2002 s.175", Confidence.RECALLED),
        ("excluded_sixth_day", "SI 2007/1870 reg 4", Confidence.VERIFIED),
        ("return_new_pupil", "SI 2024/208 reg 13(1)-(3)", Confidence.VERIFIED),
        ("return_deletion", "SI 2024/208 reg 13(4)-(6)", Confidence.VERIFIED),
        ("return_attendance", "SI 2024/208 reg 13(7)-(8)", Confidence.VERIFIED),
        ("return_sickness", "SI 2024/208 reg 13(9)-(11)", Confidence.VERIFIED),
        ("eotas_arrange", "Children and Families Act 2014 s.61", Confidence.SECONDARY),
    ],
)
def test_the_law_is_cited_with_how_surely_it_is_known(
    key: str, cites: str, confidence: Confidence
) -> None:
    assert cites in BY_KEY[key].cites
    assert BY_KEY[key].confidence is confidence


def test_what_one_authority_asks_is_marked_as_its_own() -> None:
    local = [entry for entry in RESPONSIBILITIES if entry.authority]

    assert {entry.kind for entry in local} == {Kind.LOCAL}
    assert {entry.authority for entry in local} - {*packs.available()} == {"worcestershire"}
    assert all(entry.caution.startswith(Confidence.LOCAL.caution) for entry in local)


@pytest.mark.parametrize(
    ("kind", "confidence", "authority"),
    [
        (Kind.LOCAL, Confidence.LOCAL, ""),
        (Kind.DUTY, Confidence.LOCAL, ""),
        (Kind.DUTY, Confidence.VERIFIED, "leeds"),
        (Kind.LOCAL, Confidence.VERIFIED, "leeds"),
    ],
)
def test_a_source_is_local_in_every_respect_or_in_none(
    kind: Kind, confidence: Confidence, authority: str
) -> None:
    with pytest.raises(ValueError, match="local in every respect or in none"):
        Source("A guide", confidence, kind, authority)


def test_a_responsibility_stands_under_a_subject_that_there_is() -> None:
    with pytest.raises(ValueError, match="'behaviour' is not a subject"):
        replace(RESPONSIBILITIES[0], subject="behaviour")


def test_a_local_clock_runs_for_a_local_responsibility_only() -> None:
    wrong = [
        entry.key
        for entry in RESPONSIBILITIES
        if not entry.authority and set(entry.duties) - NATIONAL
    ]

    assert not wrong


def test_a_role_knows_what_it_owns() -> None:
    owned = {entry.key for entry in owned_by("home_education_coordinator")}

    assert {"home_oversee", "attendance_order_notice", "parent_educate"} <= owned
    assert owned_by("nobody") == ()


def test_a_clock_knows_for_what_it_runs() -> None:
    assert {entry.key for entry in timed_by("FOI")} == {"information_request"}
    assert {entry.asked_of for entry in timed_by("IRP_HEAR")} == {
        AskedOf.AUTHORITY,
        AskedOf.SCHOOL,
    }


def test_a_caution_says_how_it_is_known_and_what_is_not() -> None:
    assert BY_KEY["return_new_pupil"].caution == ""
    assert BY_KEY["section_19_health"].caution == Confidence.SECONDARY.caution
    assert BY_KEY["safeguarding_schools"].caution.startswith(Confidence.RECALLED.caution)
    assert "it asks less" in BY_KEY["identify_missing"].caution
