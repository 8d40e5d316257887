"""Subject access requests: the month, the longer limit, and the days of waiting (UK GDPR, Art. 12).

The request of these cases comes on Monday 2 March 2026, so that the month ends on 2 April.
"""

from datetime import date, timedelta

import pytest

from onroll.statute.calendars import SchoolCalendar
from onroll.statute.duties import Clock, Status, clocks

RECEIVED = "2026-03-02"
ASKED, GIVEN = "sar.clarification_asked_on", "sar.clarification_given_on"
WAITING = "waiting for what is needed to know who asks and for what"


def requests(facts: dict[str, object], on: str | None = None) -> tuple[Clock, ...]:
    """The clocks of requests; months need no calendar."""
    given = {"sar.received_on": RECEIVED} | facts
    day = None if on is None else date.fromisoformat(on)
    return clocks(given, {}, SchoolCalendar(covers=None), day)


def request(facts: dict[str, object], on: str | None = None) -> Clock:
    (clock,) = requests(facts, on)
    return clock


def due(facts: dict[str, object], on: str | None = None) -> str | None:
    day = request(facts, on).due
    return None if day is None else day.isoformat()


def test_a_request_is_answered_within_a_month() -> None:
    assert due({}) == "2026-04-02"
    assert due({"sar.received_on": "2026-01-31"}) == "2026-02-28"


def test_the_days_of_waiting_move_the_limit_and_are_not_counted() -> None:
    clock = request({ASKED: "2026-03-05", GIVEN: "2026-03-10"})

    # Five days, 6 to 10 March: 2 April and five are 7 April.
    assert clock.due == date(2026, 4, 7)
    assert [skip.on.day for skip in clock.skipped] == [6, 7, 8, 9, 10]
    assert {skip.why for skip in clock.skipped} == {WAITING}
    # The month had 31 days, 3 March to 2 April, and 31 days are counted still.
    assert len(clock.counted) == 31
    assert (clock.counted[0], clock.counted[-1]) == (date(2026, 3, 3), date(2026, 4, 7))
    assert date(2026, 3, 8) not in clock.counted
    assert clock.limit_says == (
        "1 month, counted from the day after, which is day 1; moved by 5 days of waiting"
    )


def test_one_day_of_waiting_is_one_day() -> None:
    clock = request({ASKED: "2026-03-05", GIVEN: "2026-03-06"})

    assert clock.due == date(2026, 4, 3)
    assert clock.limit_says.endswith("; moved by 1 day of waiting")


def test_a_question_answered_on_the_day_moves_nothing() -> None:
    clock = request({ASKED: "2026-03-05", GIVEN: "2026-03-05"})

    assert clock.due == date(2026, 4, 2)
    assert clock.skipped == ()
    assert "moved" not in clock.limit_says


def test_while_a_question_is_open_there_is_no_due_date() -> None:
    clock = request({ASKED: "2026-03-05"}, on="2026-04-20")

    assert clock.due is None
    assert clock.status is Status.NOT_COUNTED
    assert clock.needs is None
    assert not clock.is_overdue(date(2026, 4, 20))
    assert clock.says(date(2026, 4, 20)) == f"Stands still since 5 March 2026: {WAITING}"
    assert request({ASKED: "2026-03-05"}).status is None


@pytest.mark.parametrize(
    ("on", "reached", "status"),
    [
        ("2026-03-04", "2026-04-02", Status.RUNNING),  # nothing has been asked yet
        ("2026-03-05", None, Status.NOT_COUNTED),
        ("2026-03-09", None, Status.NOT_COUNTED),  # the answer has not come yet
        ("2026-03-10", "2026-04-07", Status.RUNNING),
        ("2026-04-07", "2026-04-07", Status.RUNNING),
        ("2026-04-08", "2026-04-07", Status.OVERDUE),
    ],
)
def test_a_request_stands_as_it_did_on_the_day(
    on: str, reached: str | None, status: Status
) -> None:
    facts: dict[str, object] = {ASKED: "2026-03-05", GIVEN: "2026-03-10"}

    assert due(facts, on) == reached
    assert request(facts, on).status is status


@pytest.mark.parametrize(
    ("asked", "given", "reached"),
    [
        # Asked again while the first question is open: the five days are counted once.
        (["2026-03-05", "2026-03-07"], "2026-03-10", "2026-04-07"),
        # Two questions one after the other: five days and five.
        (["2026-03-05", "2026-03-20"], ["2026-03-10", "2026-03-25"], "2026-04-12"),
        # Listed in any order.
        (["2026-03-20", "2026-03-05"], ["2026-03-25", "2026-03-10"], "2026-04-12"),
        # Asked within the limit as the first question has moved it (7 April): four days more.
        (["2026-03-05", "2026-04-04"], ["2026-03-10", "2026-04-08"], "2026-04-11"),
        # On the last day of the limit; the waiting ends after it.
        ("2026-04-02", "2026-04-09", "2026-04-09"),
        # The day after the limit: too late to move it.
        ("2026-04-03", "2026-04-09", "2026-04-02"),
        ("2026-04-03", None, "2026-04-02"),
        # Before the request: it belongs to something else.
        ("2026-02-27", "2026-03-05", "2026-04-02"),
        # On the day of the request itself: 3 to 6 March.
        ("2026-03-02", "2026-03-06", "2026-04-06"),
    ],
)
def test_which_questions_move_the_limit(asked: object, given: object, reached: str) -> None:
    assert due({ASKED: asked, GIVEN: given}) == reached


def test_a_question_asked_twice_and_never_answered_stands_from_the_first() -> None:
    clock = request({ASKED: ["2026-03-07", "2026-03-05"]}, on="2026-03-20")

    assert clock.limit_says.startswith("Stands still since 5 March 2026")


@pytest.mark.parametrize(
    ("told", "reached"),
    [
        ("2026-03-02", "2026-06-02"),  # the day of the request
        ("2026-04-02", "2026-06-02"),  # the last day of the month
        ("2026-04-03", "2026-04-02"),  # a day too late
        ("2026-03-01", "2026-04-02"),  # before there was a request
        (["2026-04-03", "2026-03-20"], "2026-06-02"),
    ],
)
def test_three_months_only_if_the_person_is_told_within_the_first(
    told: object, reached: str
) -> None:
    assert due({"sar.extended_on": told}) == reached


def test_three_months_end_on_the_last_day_of_a_shorter_month() -> None:
    facts: dict[str, object] = {"sar.received_on": "2025-11-30", "sar.extended_on": "2025-12-10"}

    assert due(facts) == "2026-02-28"


@pytest.mark.parametrize(
    ("told", "reached"),
    [
        # The first limit is 7 April, moved by five days; the longer one 2 June, and five.
        ("2026-04-07", "2026-06-07"),
        ("2026-04-08", "2026-04-07"),
    ],
)
def test_the_person_may_be_told_within_the_limit_as_it_was_moved(told: str, reached: str) -> None:
    facts: dict[str, object] = {
        ASKED: "2026-03-05",
        GIVEN: "2026-03-10",
        "sar.extended_on": told,
    }

    assert due(facts) == reached


def test_a_question_within_the_longer_limit_moves_that_one() -> None:
    facts: dict[str, object] = {
        "sar.extended_on": "2026-04-01",
        ASKED: "2026-05-04",
        GIVEN: "2026-05-11",
    }

    # After the first limit and within the longer: seven days, 2 June to 9 June.
    assert due(facts) == "2026-06-09"
    assert request(facts).limit_says.startswith("3 months")


def test_nobody_knows_of_the_longer_limit_before_the_person_is_told() -> None:
    facts: dict[str, object] = {"sar.extended_on": "2026-04-01"}

    assert due(facts, on="2026-03-31") == "2026-04-02"
    assert due(facts, on="2026-04-01") == "2026-06-02"


def test_a_question_belongs_to_the_latest_request_before_it() -> None:
    found = requests(
        {
            "sar.received_on": ["2026-03-20", "2026-03-02"],
            ASKED: "2026-03-25",
            GIVEN: "2026-03-30",
        }
    )

    # The second: 20 April and five days.
    assert [(c.n, c.started_on.day, c.due) for c in found] == [
        (1, 2, date(2026, 4, 2)),
        (2, 20, date(2026, 4, 25)),
    ]


@pytest.mark.parametrize(
    ("told", "reached"),
    [
        ("2026-03-19", (date(2026, 6, 2), date(2026, 4, 20))),
        ("2026-03-20", (date(2026, 4, 2), date(2026, 6, 20))),
    ],
)
def test_the_longer_limit_belongs_to_the_latest_request_before_it(
    told: str, reached: tuple[date, date]
) -> None:
    facts: dict[str, object] = {
        "sar.received_on": ["2026-03-02", "2026-03-20"],
        "sar.extended_on": told,
    }

    assert tuple(clock.due for clock in requests(facts)) == reached


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ("2026-04-07", Status.MET, "Met"),
        ("2026-04-08", Status.LATE, "Met 1 day late"),
        ("2026-04-10", Status.LATE, "Met 3 days late"),
    ],
)
def test_an_answer_is_in_time_by_the_limit_as_it_was_moved(
    sent: str, status: Status, says: str
) -> None:
    facts: dict[str, object] = {
        ASKED: "2026-03-05",
        GIVEN: "2026-03-10",
        "sar.sent_on": sent,
    }

    clock = request(facts)

    assert clock.status is status
    assert clock.says(date(2026, 5, 1)) == says


@pytest.mark.parametrize("asked", ["2026-03-20", "2026-03-25"])
def test_a_question_that_comes_with_the_answer_or_after_it_moves_nothing(asked: str) -> None:
    clock = request({"sar.sent_on": "2026-03-20", ASKED: asked}, on="2026-04-20")

    assert (clock.due, clock.status) == (date(2026, 4, 2), Status.MET)


def test_nobody_takes_longer_over_what_is_answered() -> None:
    assert due({"sar.sent_on": "2026-03-20", "sar.extended_on": "2026-03-25"}) == "2026-04-02"


@pytest.mark.parametrize(
    ("asked", "given", "reached"),
    [
        # Received on 15 January 2026. The time has waited for an answer since February.
        ("2026-01-20", "2026-01-30", "2026-02-15"),
        ("2026-01-31", "2026-02-10", "2026-02-15"),
        ("2026-02-01", "2026-02-11", "2026-02-25"),
        ("2026-01-20", None, "2026-02-15"),
    ],
)
def test_no_question_stopped_the_time_before_the_law_said_so(
    asked: str, given: str | None, reached: str
) -> None:
    facts: dict[str, object] = {"sar.received_on": "2026-01-15", ASKED: asked, GIVEN: given}

    assert due(facts) == reached


def test_a_question_to_which_nobody_replied_ends_with_the_answer() -> None:
    facts: dict[str, object] = {ASKED: "2026-03-05", "sar.sent_on": "2026-03-20"}

    # Fifteen days of waiting, 6 to 20 March: 2 April and fifteen.
    clock = request(facts, on="2026-04-20")
    assert (clock.due, clock.stopped_on) == (date(2026, 4, 17), date(2026, 3, 20))
    assert clock.says(date(2026, 4, 20)) == "Met"
    assert request(facts, on="2026-03-19").status is Status.NOT_COUNTED
    # A reply that comes after all of it counts for nothing.
    assert due(facts | {GIVEN: "2026-03-25"}) == "2026-04-17"


def test_every_day_of_the_time_is_either_counted_or_passed_over() -> None:
    clock = request({ASKED: ["2026-03-05", "2026-03-20"], GIVEN: ["2026-03-10", "2026-03-25"]})

    days = sorted([*clock.counted, *(skip.on for skip in clock.skipped)])
    assert days == [date(2026, 3, 3) + timedelta(days=i) for i in range(41)]
    assert days[-1] == clock.due
