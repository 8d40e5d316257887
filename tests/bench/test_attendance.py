"""The invented year of registers: the same from one seed, and shaped like an authority's."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from bench.attendance import answers, method_duckdb, method_onroll
from bench.attendance.authority_year import CODES, authority_year, write
from bench.attendance.meanings import COUNTS_AS
from bench.attendance.school_year import school_days

PUPILS = 6_000


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    write(folder, PUPILS, 1, 2025)
    return folder


def test_one_seed_gives_the_same_marks_and_another_gives_others() -> None:
    first, again, other = (
        [school.marks for school in authority_year(500, seed, 2025)] for seed in (1, 1, 2)
    )

    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not all(np.array_equal(one, two) for one, two in zip(first, other, strict=False))


def test_a_school_year_has_some_190_weekdays() -> None:
    assert all(184 <= len(school_days(begins)) <= 196 for begins in range(2016, 2026))


def test_shares_of_absence_are_near_those_of_england(year: Path) -> None:
    marks = pq.read_table(year, columns=["school", "pupil_id", "code"]).unify_dictionaries()
    sessions = marks.group_by(["school", "pupil_id", "code"]).aggregate([([], "count_all")])
    possible: dict[tuple[str, str], int] = {}
    missed: dict[tuple[str, str], int] = {}
    for row in sessions.to_pylist():
        who, counts_as = (row["school"], row["pupil_id"]), COUNTS_AS[row["code"]]
        possible[who] = possible.get(who, 0) + row["count_all"] * (counts_as < 3)
        missed[who] = missed.get(who, 0) + row["count_all"] * (counts_as in (1, 2))
    pupils = [who for who in possible if possible[who]]

    assert 0.06 < sum(missed.values()) / sum(possible.values()) < 0.085
    assert 0.16 < sum(missed[w] * 10 >= possible[w] for w in pupils) / len(pupils) < 0.23
    assert 0.015 < sum(missed[w] * 2 >= possible[w] for w in pupils) / len(pupils) < 0.035


def test_every_code_in_force_turns_up(year: Path) -> None:
    found = set(pq.read_table(year, columns=["code"])["code"].unique().to_pylist())

    assert found == set(CODES) == set(COUNTS_AS)


def test_ours_and_the_sql_of_a_peer_answer_alike(year: Path, tmp_path: Path) -> None:
    for name, method in (("ours", method_onroll), ("theirs", method_duckdb)):
        answers.write(method.run(year).answer(), tmp_path / name)

    assert answers.differences(tmp_path / "ours", tmp_path / "theirs") == []


def test_answers_that_differ_are_told_by_table(year: Path, tmp_path: Path) -> None:
    whole = method_duckdb.run(year).answer()
    answers.write(whole, tmp_path / "one")
    answers.write({**whole, "alerts": whole["alerts"][1:]}, tmp_path / "other")

    (told,) = answers.differences(tmp_path / "one", tmp_path / "other")

    assert told.startswith("alerts (")
