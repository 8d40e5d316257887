from dataclasses import replace
from datetime import date, timedelta

import pytest

from onroll.office.web.clocks import clock_face
from onroll.statute.counting import Skipped
from onroll.statute.duty import Clock, Duty, Status, Tally
from onroll.statute.sources import Confidence

TODAY = date(2026, 3, 5)
DUTY = Duty(
    id="TEST",
    title="First enquiries",
    started_by="referral.received_on",
    who="the authority",
    cites="Local practice",
    confidence=Confidence.LOCAL,
    jurisdiction="local",
    authority="Ashcombe",
    since=date(2025, 9, 1),
    note="By telephone first.",
    limit_says="without delay",
)


def clock(due: date | None, **rest: object) -> Clock:
    counted = tuple(TODAY + timedelta(days=n) for n in range(3))
    skipped = (Skipped(TODAY + timedelta(days=3), "weekend"),)
    working = Tally(due, counted, skipped, "3 school days") if due else None
    return Clock(DUTY, 1, date(2026, 2, 20), working, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "state", "says"),
    [
        (clock(date(2026, 3, 2), status=Status.OVERDUE), "overdue", "Overdue by 3 days"),
        (clock(date(2026, 3, 4), status=Status.OVERDUE), "overdue", "Overdue by 1 day"),
        (clock(date(2026, 3, 5), status=Status.RUNNING), "due_soon", "Due today"),
        (clock(date(2026, 3, 6), status=Status.RUNNING), "due_soon", "Due tomorrow"),
        (clock(date(2026, 3, 8), status=Status.RUNNING), "due_soon", "Due in 3 days"),
        (clock(date(2026, 3, 9), status=Status.RUNNING), "running", "Due in 4 days"),
        (clock(date(2026, 3, 2), status=Status.MET, stopped_on=TODAY), "met", "Met"),
        (clock(date(2026, 3, 2), status=Status.LATE, stopped_on=TODAY), "late", "Met 3 days late"),
        (
            clock(None, needs="term dates needed from 1 May"),
            "unknown",
            "Term dates needed from 1 May",
        ),
        (clock(None), "at_once", "Without delay"),
    ],
)
def test_where_a_clock_stands_is_said_in_words(given: Clock, state: str, says: str) -> None:
    face = clock_face(given, today=TODAY)

    assert (face.state, face.says) == (state, says)


@pytest.mark.parametrize(
    ("due", "state", "says"),
    [
        (date(2026, 3, 2), "running", "Reached 3 days ago"),
        (date(2026, 3, 5), "running", "Today"),
        (date(2026, 3, 6), "running", "Tomorrow"),
        (date(2026, 3, 9), "running", "In 4 days"),
    ],
)
def test_a_right_or_a_rate_is_never_shown_as_overdue(due: date, state: str, says: str) -> None:
    given = replace(clock(due, status=Status.OVERDUE), duty=replace(DUTY, is_deadline=False))

    face = clock_face(given, today=TODAY)

    assert (face.state, face.says) == (state, says)


def test_the_working_numbers_each_counted_day_and_gives_the_reason_for_each_other() -> None:
    face = clock_face(clock(date(2026, 3, 7), status=Status.RUNNING), today=TODAY)

    assert [(d.number, d.why) for d in face.days] == [(1, ""), (2, ""), (3, ""), (None, "weekend")]
    assert face.counted == 3


def test_a_rule_that_was_not_read_in_the_law_carries_its_caution() -> None:
    assert clock_face(clock(None), today=TODAY).warning == Confidence.LOCAL.caution != ""


def test_a_clock_is_shown_with_its_remark_since_when_whose_rule_and_which_term_dates() -> None:
    face = clock_face(clock(TODAY, counted_by="2025/26 of the authority, edition 2"), today=TODAY)

    assert face.note == "By telephone first."
    assert face.since == date(2025, 9, 1)
    assert face.authority == "Ashcombe"
    assert face.counted_by == "2025/26 of the authority, edition 2"
