"""A school's register as at an earlier day."""

from datetime import date, timedelta

import numpy as np

from onroll.marks.alphabet import NUMBER_OF, day_number
from onroll.marks.measuring import measure
from onroll.marks.register import Register, Rows, written_up

MONDAY = day_number(date(2026, 1, 5))


def register(*marks: tuple[int, int, str]) -> Register:
    """Pupil, day after the Monday, and the code of both sessions."""
    rows = [(pupil, MONDAY + day, half, code) for pupil, day, code in marks for half in (0, 1)]
    found, _ = written_up(
        "S",
        ["A", "B", "C"],
        ["7", "8", "9"],
        Rows(
            np.array([row[0] for row in rows], dtype=np.int32),
            np.array([row[1] for row in rows], dtype=np.int32),
            np.array([row[2] for row in rows], dtype=np.uint8),
            np.array([NUMBER_OF[row[3]] for row in rows], dtype=np.uint8),
        ),
    )
    return found


def test_as_at_an_earlier_day_the_register_is_as_if_it_ended_there() -> None:
    week = timedelta(weeks=1).days
    found = register((0, 0, "/"), (0, week, "O"), (1, week, "/"), (2, 1, "#"), (0, 1, "#"))

    early = found.until(MONDAY + week - 1)

    assert early.pupils == ["A", "C"]
    assert early.year_groups == ["7", "9"]
    assert measure(early).counts.sum(axis=0).tolist() == [2, 0]
    assert len(early.mondays) == 1
    assert measure(found).counts.sum(axis=0).tolist() == [4, 2, 0]


def test_a_day_on_which_everybody_is_marked_as_closed_is_no_school_day() -> None:
    found = register((0, 0, "/"), (0, 1, "#"), (1, 1, "#"), (1, 0, "Y4"))

    assert [int(on) - MONDAY for on in found.days] == [0]
    assert found.closed.tolist() == [2, 2, 0]
