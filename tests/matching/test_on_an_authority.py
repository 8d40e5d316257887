"""The search on a small synthetic authority of which the truth is known."""

import csv
from datetime import date
from pathlib import Path

import pytest

from bench.authority import make
from bench.authority.people import Shares
from onroll.matching.candidates import Candidate
from onroll.matching.find import Found, find_missing
from onroll.matching.sources import read_folder

ON = date(2026, 10, 1)
# Everybody in age whom no education list has is missing: nothing but the linking is at work.
CLOSED = Shares(cross_border=0.0, unlisted=0.0, moved_away=0.0, with_our_doctors_only=0.0)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("authority")
    make(4000, 11, "usual", ON, at, shares=CLOSED)
    return at


@pytest.fixture(scope="module")
def found(authority: Path) -> Found:
    return find_missing(read_folder(authority), on=ON)


@pytest.fixture(scope="module")
def person_of(authority: Path) -> dict[tuple[str, str], str]:
    with (authority / "truth.csv").open(encoding="utf-8", newline="") as opened:
        return {(row["source"], row["record_id"]): row["person"] for row in csv.DictReader(opened)}


def missing(authority: Path, person_of: dict[tuple[str, str], str]) -> set[str]:
    """Who is missing and on some list: nobody can be found who is on none."""
    with (authority / "children.csv").open(encoding="utf-8", newline="") as opened:
        truly = {row["person"] for row in csv.DictReader(opened) if row["missing"] == "true"}
    return truly & set(person_of.values())


def test_nearly_every_missing_child_is_among_the_first_two_names_for_each(
    authority: Path, found: Found, person_of: dict[tuple[str, str], str]
) -> None:
    truly = missing(authority, person_of)

    first = found.candidates[: 2 * len(truly)]
    reached = {person_of[record] for one in first for record in one.records} & truly

    assert len(truly) >= 20
    assert len(reached) >= 0.97 * len(truly)


def test_links_join_records_of_one_child_and_hardly_ever_of_two(
    authority: Path, found: Found, person_of: dict[tuple[str, str], str]
) -> None:
    names = [
        (source.name, record)
        for source in read_folder(authority)
        for record in source.table["record_id"].to_pylist()
    ]
    people = [person_of[name] for name in names]

    pairs = zip(found.links["uid_a"].to_pylist(), found.links["uid_b"].to_pylist(), strict=True)
    right = [people[a] == people[b] for a, b in pairs]

    assert sum(right) / len(right) > 0.995


def test_a_probability_means_what_it_says(
    found: Found, person_of: dict[tuple[str, str], str], authority: Path
) -> None:
    truly = missing(authority, person_of)

    def is_true(one: Candidate) -> bool:
        return any(person_of[record] in truly for record in one.records)

    sure = [one for one in found.candidates if one.probability >= 0.9]
    rest = [one for one in found.candidates if one.probability < 0.5]
    expected = sum(one.probability for one in found.candidates)

    assert sum(map(is_true, sure)) / len(sure) > 0.85
    assert sum(map(is_true, rest)) / len(rest) < 0.25
    assert abs(expected - sum(map(is_true, found.candidates))) < 0.25 * len(truly)


def test_what_one_search_learnt_begins_the_next(authority: Path, found: Found) -> None:
    again = find_missing(read_folder(authority), on=ON, known=found.model)

    assert again.model["learnt_from"] > found.model["learnt_from"] > 0
    first, second = ({one.records for one in each.candidates[:20]} for each in (found, again))
    assert len(first & second) >= 15


def test_the_same_seed_gives_the_same_answer(authority: Path, found: Found) -> None:
    again = find_missing(read_folder(authority), on=ON)

    assert again.candidates == found.candidates
    assert again.links.equals(found.links)
    assert again.people.tolist() == found.people.tolist()
