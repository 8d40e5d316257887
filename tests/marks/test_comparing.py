"""Who stands out beyond chance, and whose attendance is going up or down."""

import random
from datetime import date, timedelta

import numpy as np
import pytest

from onroll.marks.alphabet import NUMBER_OF, day_number
from onroll.marks.compare import FEWEST_PUPILS, compared, lagging
from onroll.marks.courses import courses
from onroll.marks.measuring import Measured, measure
from onroll.marks.register import Rows, written_up

POSSIBLE = 300


def pupils(seed: int, n: int, mean: float) -> list[int]:
    """Sessions missed of 300 by each of some pupils: most few, some many, as in schools."""
    chance = random.Random(seed)
    return [min(int(chance.expovariate(1 / (mean * POSSIBLE))), POSSIBLE) for _ in range(n)]


def test_small_schools_are_rarely_said_to_stand_out_by_chance() -> None:
    out = 0
    for seed in range(40):
        schools = {f"S{n}": pupils(seed * 100 + n, 12, 0.07) for n in range(60)}
        labels = [name for name, missed in schools.items() for _ in missed]
        missed = np.array([n for each in schools.values() for n in each])

        found = compared(labels, missed, np.full(len(missed), POSSIBLE))

        out += sum(one.is_higher or one.is_lower for one in found)
    # By sessions alone, as if each were a toss of its own, more than half would stand out.
    assert out / (40 * 60) < 0.03


def test_a_school_that_is_worse_is_found() -> None:
    missed = np.array([*pupils(1, 400, 0.07), *pupils(2, 400, 0.07), *pupils(3, 400, 0.12)])
    labels = ["A"] * 400 + ["B"] * 400 + ["C"] * 400

    found = {one.label: one for one in compared(labels, missed, np.full(1200, POSSIBLE))}

    assert found["C"].is_higher
    assert not found["A"].is_higher
    assert found["C"].low is not None
    assert found["C"].low < found["C"].rate < (found["C"].high or 0)
    assert next(iter(found)) == "C"


def test_the_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    held = 0
    for seed in range(400):
        missed = np.array(pupils(seed, 60, 0.07))
        (one,) = compared(["A"] * 60, missed, np.full(60, POSSIBLE))
        # The mean of what `pupils` draws, cut off at all sessions and rounded down.
        held += (one.low or 0) <= 6.83 <= (one.high or 0)
    assert 0.91 < held / 400 < 0.98


def test_fewer_than_five_pupils_have_no_interval_and_never_stand_out() -> None:
    few = FEWEST_PUPILS - 1
    missed = np.array([0] * 100 + [POSSIBLE] * few)

    found = compared(["many"] * 100 + ["few"] * few, missed, np.full(100 + few, POSSIBLE))

    assert (found[0].label, found[0].low, found[0].is_higher) == ("few", None, False)


def test_groups_that_lag_are_named_with_the_column() -> None:
    missed = np.array([*pupils(1, 300, 0.06), *pupils(2, 300, 0.11)])
    groups = {"free_meals": ["no"] * 300 + ["yes"] * 300, "sex": ["F", "M"] * 300}

    found = lagging(groups, missed, np.full(600, POSSIBLE))

    assert [(name, one.label) for name, one in found] == [("free_meals", "yes")]


def measured(*weeks_of_each: str) -> Measured:
    """A pupil each; a letter a school week: `/` all present, `a` one day of the week missed."""
    monday, rows = date(2025, 9, 1), []
    for pupil, weeks in enumerate(weeks_of_each):
        for week, letter in enumerate(weeks):
            for day in range(5):
                on = day_number(monday + timedelta(weeks=week, days=day))
                code = NUMBER_OF["O" if letter == "a" and day == 0 else "/"]
                rows += [(pupil, on, session, code) for session in (0, 1)]
    columns = np.array(rows).T
    names = [f"P{n}" for n in range(len(weeks_of_each))]
    register, _ = written_up(
        "S",
        names,
        [""] * len(names),
        Rows(
            columns[0].astype(np.int32),
            columns[1].astype(np.int32),
            columns[2].astype(np.uint8),
            columns[3].astype(np.uint8),
        ),
    )
    return measure(register)


@pytest.mark.parametrize(
    ("weeks", "at_risk", "improving", "unauthorised"),
    [
        ("////////////" + "aaaaaa", True, False, 12),  # a fifth now, a fifteenth over all
        ("aaaaaaaaaaaa" + "//////", False, True, 8),
        ("aaaaaaaaaaaa" + "aaaaaa", False, False, 20),  # persistent throughout: not new
        ("////////////" + "//////", False, False, 0),
        ("aaaaaaaaaaaa" + "aaaaaa"[:5] + "/", False, False, 18),  # 3.3 points better only
    ],
)
def test_the_last_six_weeks_beside_those_before(
    weeks: str, at_risk: bool, improving: bool, unauthorised: int
) -> None:
    found = courses(measured(weeks, "/" * len(weeks)))

    assert found.is_newly_at_risk.tolist() == [at_risk, False]
    assert found.is_improving.tolist() == [improving, False]
    assert found.unauthorised.tolist() == [unauthorised, 0]
