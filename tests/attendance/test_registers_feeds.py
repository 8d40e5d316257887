"""How far each school's marks reach, by its own term dates."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from onroll.marks.store import LAYOUT
from onroll.office.attendance.actions import registers_marks
from onroll.office.attendance.models import Feed
from onroll.office.attendance.queries.marks import store
from onroll.office.attendance.queries.registers_feeds import feeds
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.schools import actions as schools
from onroll.office.schools.models import School
from tests import actors
from tests.actors import TODAY
from tests.attendance.registers import (
    MONDAY,
    NOW,
    TUESDAY,
    WEDNESDAY,
    applied,
    day_of_marks,
    pupil,
    sent,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def term(oak: School) -> None:
    dates = [
        schools.TermDates(date(2025, 9, 3), date(2025, 12, 18), "Autumn"),
        schools.TermDates(date(2026, 1, 5), date(2026, 7, 21), "The rest"),
    ]
    manager = actors.person("Mina", "team_manager")
    schools.save_calendar(school=None, year=2025, terms=dates, by=manager)


def standing() -> dict[str, tuple[str, int | None]]:
    return {line.school.name: (line.says, line.late) for line in feeds(TODAY)}


def test_a_school_is_as_late_as_its_school_days_without_marks_before_today(
    officer: Actor, oak: School, elm: School, term: None
) -> None:
    pupil(1, oak)
    assert standing() == {"Elm School": ("Never sent", None), "Oak Academy": ("Never sent", None)}

    # TODAY is Thursday 5 March.
    applied(sent(day_of_marks([1], oak), officer), officer)
    assert standing()["Oak Academy"] == ("2 school days late", 2)
    second = applied(sent(day_of_marks([1], oak, WEDNESDAY), officer), officer, at=LATER)
    assert standing()["Oak Academy"] == ("Up to date", 0)

    registers_marks.take_back(file=second, by=officer, at=LATER + timedelta(hours=1), on=TODAY)

    assert standing()["Oak Academy"] == ("2 school days late", 2)
    assert [line.school.name for line in feeds(TODAY, state="never")] == ["Elm School"]


def test_an_older_file_does_not_set_a_school_back(officer: Actor, oak: School, term: None) -> None:
    pupil(1, oak)
    applied(sent(day_of_marks([1], oak, TUESDAY), officer), officer)

    older = applied(sent(day_of_marks([1], oak, MONDAY), officer), officer, at=LATER)

    feed = Feed.objects.get(school=oak)
    assert (feed.last_on, feed.file_id) == (TUESDAY, older.pk)


def test_the_worst_stands_first_and_without_term_dates_nothing_is_called_late(
    officer: Actor, oak: School, elm: School
) -> None:
    pupil(1, oak)
    applied(sent(day_of_marks([1], oak), officer), officer)

    assert [(line.school.name, line.says) for line in feeds(TODAY)] == [
        ("Elm School", "Never sent"),
        ("Oak Academy", "No term dates"),
    ]


def test_marks_on_a_day_without_school_are_kept_and_told(
    officer: Actor, oak: School, term: None
) -> None:
    pupil(1, oak)
    saturday = date(2026, 2, 28)

    file = sent([*day_of_marks([1], oak, saturday), *day_of_marks([1], oak)], officer)

    assert file.added == 4
    (warning,) = file.load.differences["warnings"]
    assert "Oak Academy marked 2 sessions on Saturday 28 February 2026" in warning["says"]


def test_how_far_marks_reach_is_worked_out_anew_from_the_marks(
    officer: Actor, oak: School, elm: School, term: None
) -> None:
    pupil(1, oak)
    other = pupil(2, elm)
    applied(sent(day_of_marks([1], oak, TUESDAY), officer), officer)
    by_hand = pa.table(
        {
            "pupil_id": [other.ref], "school": [str(elm.urn)], "on": [WEDNESDAY],
            "session": ["AM"], "code": ["/"], "year_group": ["7"],
        },
        schema=LAYOUT,
    )  # fmt: skip
    store().put(by_hand, recorded_at=NOW)
    Feed.objects.all().delete()

    assert registers_marks.rebuild_feeds(by=PROGRAM) == 2

    assert standing() == {
        "Oak Academy": ("1 school day late", 1),
        "Elm School": ("Up to date", 0),
    }
    assert Feed.objects.get(school=elm).file_id is None
