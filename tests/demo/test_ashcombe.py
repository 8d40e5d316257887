"""Ashcombe looks like a real authority, and what is told of it agrees with itself."""

from collections import Counter
from datetime import date

import pytest

from onroll.office.casework.models import Case, Concern, Supervision
from onroll.office.casework.queries.at_risk import at_risk
from onroll.office.casework.queries.children import standings
from onroll.office.casework.queries.unfollowed import unfollowed
from onroll.office.demo import build, invent
from onroll.office.demo.lives import InventedChild
from onroll.office.people.models import Child
from onroll.office.people.queries.identity_pairs import probable_pairs
from onroll.statute.ages import year_group
from onroll.statute.reasons import Place
from tests import actors
from tests.database import Database

TODAY = date(2026, 11, 18)
OCTOBERS = [date(year, 10, 1) for year in (2023, 2024, 2025, 2026)]


@pytest.fixture(scope="module")
def invented() -> list[InventedChild]:
    return invent.children(count=5_000, seed=1, today=TODAY)


@pytest.fixture(scope="module")
def ashcombe(committed_db_of_module: Database) -> None:
    build.build(children=300, seed=1, today=TODAY, say=lambda said: None)


def open_on(children: list[InventedChild], day: date) -> list[InventedChild]:
    return [
        child
        for child in children
        for story in child.stories
        if story.triaged_on
        and story.triaged_on <= day
        and (story.closed_on is None or story.closed_on > day)
    ]


def test_the_same_seed_invents_the_same_children(invented: list[InventedChild]) -> None:
    assert invent.children(count=5_000, seed=1, today=TODAY) == invented
    assert invent.children(count=5_000, seed=2, today=TODAY) != invented


def test_open_cases_move_little_from_one_october_to_the_next(
    invented: list[InventedChild],
) -> None:
    counts = [len(open_on(invented, day)) for day in OCTOBERS]

    assert all(230 <= count <= 330 for count in counts)
    assert counts[-1] < counts[0]  # a small decline
    assert max(counts) - min(counts) < 0.2 * max(counts)


@pytest.mark.parametrize("day", [*OCTOBERS, TODAY])
def test_about_63_in_100_missing_children_are_of_primary_age(
    invented: list[InventedChild], day: date
) -> None:
    missing = open_on(invented, day)
    primary = sum((year_group(child.born_on, day) or 0) <= 6 for child in missing)

    assert 0.56 <= primary / len(missing) <= 0.72


def test_moves_abroad_and_to_other_authorities_are_the_commonest_reasons(
    invented: list[InventedChild],
) -> None:
    told = Counter(story.plot.reason for child in invented for story in child.stories)

    assert [reason for reason, _ in told.most_common(2)] == [
        "believed_moved_to_country",
        "believed_moved_to_authority",
    ]
    assert len(told) >= 14


def test_nobody_of_secondary_age_is_on_the_roll_of_a_primary_school(
    invented: list[InventedChild],
) -> None:
    phase = {school.urn: school.phase for school in build.town.schools()}
    out_of_place = [
        child
        for child in invented
        for entry in child.schooling
        if entry.last is None
        and phase[entry.school] == "Primary"
        and (year_group(child.born_on, TODAY) or 0) > 6
    ]

    assert out_of_place == []


@pytest.mark.usefixtures("ashcombe")
def test_whoever_has_an_open_case_is_missing_and_a_closed_one_ended_it() -> None:
    children = list(Child.objects.all())
    missing = {
        pk
        for pk, found in standings(children, TODAY).items()
        if found.place is Place.MISSING_EDUCATION
    }
    followed = set(Case.objects.filter(closed_on=None).values_list("child", flat=True))
    closed = set(Case.objects.exclude(closed_on=None).values_list("child", flat=True))

    assert followed
    assert followed <= missing
    assert not missing & closed - followed


@pytest.mark.usefixtures("ashcombe")
def test_every_part_of_the_office_has_something_to_show() -> None:
    coordinator = actors.carol()

    assert unfollowed(coordinator, TODAY)
    assert at_risk(coordinator, TODAY)
    assert Concern.objects.exists()
    assert Supervision.objects.exists()
    assert Child.objects.filter(birth_date_is="estimated").exists()


@pytest.mark.usefixtures("ashcombe")
def test_a_few_children_are_recorded_twice_each_with_another_slip() -> None:
    pairs = probable_pairs(by=actors.carol())

    again = Child.objects.filter(names__source="A referral by telephone")
    assert again.count() == 3
    shown = {pk for pair in pairs if not pair.may_be_twins for pk in (pair.child, pair.other)}
    assert set(again.values_list("pk", flat=True)) <= shown
