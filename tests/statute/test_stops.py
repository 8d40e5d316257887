"""What stops a clock: counted back, met late, coming round again; and what it says of itself."""

from datetime import date, timedelta
from typing import Any

import pytest

from onroll.statute.counting import Reading, Unit
from onroll.statute.duties import NATIONAL_DUTIES, Clock, Duty, Limit, Status, clocks
from onroll.statute.duty import due_in_words
from onroll.statute.packs import NATIONAL, Pack, load
from onroll.statute.sources import Confidence
from tests.statute.year_2026 import YEAR_2026


def of(
    duty: str, facts: dict[str, object], on: str | None = None, pack: Pack = NATIONAL
) -> tuple[Clock, ...]:
    day = None if on is None else date.fromisoformat(on)
    return tuple(c for c in clocks(facts, {}, YEAR_2026, day, pack) if c.id == duty)


def how(found: tuple[Clock, ...]) -> list[tuple[Status | None, str | None]]:
    """How each clock stands, and the day on which it was stopped."""
    return [(c.status, None if c.stopped_on is None else c.stopped_on.isoformat()) for c in found]


# The off-site direction begins on Monday 13 April, the first day of term. Two school days before:
# 27 March is day 1, 26 March day 2.
@pytest.mark.parametrize(
    ("given", "on", "stands"),
    [
        ("2026-03-25", None, (Status.MET, "2026-03-25")),
        ("2026-03-26", None, (Status.MET, "2026-03-26")),
        ("2026-03-27", None, (Status.LATE, "2026-03-27")),
        ("2026-04-13", None, (Status.LATE, "2026-04-13")),  # the day itself: late, and given
        ("2026-04-14", "2026-04-14", (Status.LATE, "2026-04-14")),  # after it: late
        (None, "2026-03-26", (Status.RUNNING, None)),
        (None, "2026-03-27", (Status.OVERDUE, None)),
        ("2026-03-26", "2026-03-25", (Status.RUNNING, None)),  # not given yet, on that day
        (["2026-03-27", "2026-03-20"], None, (Status.MET, "2026-03-20")),
    ],
)
def test_a_notice_that_is_counted_back_is_met_before_the_day(
    given: object, on: str | None, stands: tuple[Status, str | None]
) -> None:
    facts = {"offsite.starts_on": "2026-04-13", "offsite.notice_given_on": given}

    found = of("OFFSITE_NOTICE", facts, on)

    assert how(found) == [stands]
    assert found[0].due == date(2026, 3, 26)


@pytest.mark.parametrize(
    ("given", "first", "second"),
    [
        # For the direction of 2 March (due 26 February) and that of 13 April (due 26 March).
        ("2026-02-25", (Status.MET, "2026-02-25"), (Status.OVERDUE, None)),
        ("2026-03-02", (Status.LATE, "2026-03-02"), (Status.OVERDUE, None)),
        ("2026-03-03", (Status.OVERDUE, None), (Status.MET, "2026-03-03")),
        (
            ["2026-02-25", "2026-03-27"],
            (Status.MET, "2026-02-25"),
            (Status.LATE, "2026-03-27"),
        ),
    ],
)
def test_one_notice_does_not_serve_two_directions(
    given: object, first: tuple[Status, str | None], second: tuple[Status, str | None]
) -> None:
    facts = {
        "offsite.starts_on": ["2026-04-13", "2026-03-02"],
        "offsite.notice_given_on": given,
    }

    assert how(of("OFFSITE_NOTICE", facts, "2026-04-13")) == [first, second]


def test_papers_sent_for_a_hearing_that_was_put_off_are_not_those_of_the_next() -> None:
    # Five school days before Monday 9 March: 5, 4, 3, 2 March, 27 February; before the 23rd: 16th.
    facts: dict[str, object] = {
        "review.hearing_on": ["2026-03-09", "2026-03-23"],
        "review.papers_sent_on": ["2026-02-27", "2026-03-16"],
    }

    found = of("IRP_PAPERS", facts)

    assert [clock.due for clock in found] == [date(2026, 2, 27), date(2026, 3, 16)]
    assert how(found) == [(Status.MET, "2026-02-27"), (Status.MET, "2026-03-16")]


@pytest.mark.parametrize(
    ("given", "status"), [("2026-03-07", Status.MET), ("2026-03-08", Status.LATE)]
)
def test_forty_eight_hours_are_two_days_whether_school_meets_or_not(
    given: str, status: Status
) -> None:
    # Provision from Monday 9 March: Sunday 8 is day 1, Saturday 7 day 2.
    facts: dict[str, object] = {
        "exclusion_provision.starts_on": "2026-03-09",
        "exclusion_provision.details_given_on": given,
    }

    assert how(of("EX_PROV_DETAIL", facts)) == [(status, given)]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("2026-02-27", Status.MET),  # the notice may be given before the exclusion begins
        ("2026-03-02", Status.MET),
        ("2026-03-03", Status.LATE),
    ],
)
def test_a_notice_that_may_be_early_is_met_before_the_day_and_late_after_it(
    given: str, status: Status
) -> None:
    facts: dict[str, object] = {
        "exclusion.first_day": "2026-03-02",
        "exclusion.notice_given_on": given,
    }

    assert how(of("EX_S104_NOTICE", facts)) == [(status, given)]


def test_an_early_notice_of_one_exclusion_is_not_that_of_the_next() -> None:
    facts: dict[str, object] = {
        "exclusion.first_day": ["2026-03-02", "2026-04-20"],
        "exclusion.notice_given_on": "2026-03-02",
    }

    assert how(of("EX_S104_NOTICE", facts, "2026-04-21")) == [
        (Status.MET, "2026-03-02"),
        (Status.OVERDUE, None),
    ]


def test_each_back_up_ends_the_time_for_it_and_begins_the_next() -> None:
    facts: dict[str, object] = {
        "register.backed_up_on": ["2026-03-09", "2026-01-05", "2026-02-02"],
    }

    found = of("REG_BACKUP", facts, "2026-04-10")

    # 5 January to 5 February, made on the 2nd; to 2 March, made on the 9th; to 9 April.
    assert [clock.due for clock in found] == [
        date(2026, 2, 5),
        date(2026, 3, 2),
        date(2026, 4, 9),
    ]
    assert how(found) == [
        (Status.MET, "2026-02-02"),
        (Status.LATE, "2026-03-09"),
        (Status.OVERDUE, None),
    ]
    assert found[1].says(date(2026, 4, 10)) == "Met 7 days late"


def test_a_back_up_does_not_meet_its_own_deadline() -> None:
    found = of("REG_BACKUP", {"register.backed_up_on": ["2026-01-05", "2026-01-05"]}, "2026-02-05")

    assert how(found) == [(Status.RUNNING, None), (Status.RUNNING, None)]


def test_a_meeting_with_the_school_is_due_each_term() -> None:
    facts: dict[str, object] = {"support_meeting.held_on": ["2026-02-02", "2026-06-08"]}

    first, second = of("TSM_CADENCE", facts, pack=load("coventry"))

    assert (first.due, first.status) == (date(2026, 7, 21), Status.MET)
    assert (second.due, second.needs) == (None, "term dates needed from 2026-09-01")


def test_a_personal_budget_is_reviewed_after_three_months_and_then_yearly() -> None:
    facts: dict[str, object] = {
        "eotas_budget.started_on": "2024-11-30",
        "eotas_budget.reviewed_on": ["2025-02-28", "2026-03-02"],
    }

    found = of("EOTAS_PB_REVIEW", facts, "2026-03-02", load("coventry"))

    # Three months from 30 November end on the last of February; twelve from the 28th on the 28th.
    assert [(clock.started_on, clock.due) for clock in found] == [
        (date(2024, 11, 30), date(2025, 2, 28)),
        (date(2025, 2, 28), date(2026, 2, 28)),
        (date(2026, 3, 2), date(2027, 3, 2)),
    ]
    assert [clock.status for clock in found] == [Status.MET, Status.LATE, Status.RUNNING]


@pytest.mark.parametrize(
    ("duty", "facts", "says"),
    [
        # A deadline is met or met late; a right is used, whenever it is.
        ("FOI", {"foi.received_on": "2026-03-02", "foi.sent_on": "2026-03-30"}, "Met"),
        ("FOI", {"foi.received_on": "2026-03-02", "foi.sent_on": "2026-03-31"}, "Met 1 day late"),
        ("FOI", {"foi.received_on": "2026-03-02", "foi.sent_on": "2026-04-09"}, "Met 10 days late"),
        (
            "SAO_NOTICE",
            {"sao_notice.served_on": "2026-03-01", "sao_notice.answered_on": "2026-03-15"},
            "Done",
        ),
        (
            "SAO_NOTICE",
            {"sao_notice.served_on": "2026-03-01", "sao_notice.answered_on": "2026-03-16"},
            "Done 1 day after",
        ),
        (
            "SAO_NOTICE",
            {"sao_notice.served_on": "2026-03-01", "sao_notice.answered_on": "2026-03-18"},
            "Done 3 days after",
        ),
        # Without a day: the words of the law, or that it has been done.
        ("REG_DELETE_RETURN", {"roll.deleted_on": "2026-03-02"}, "When the name is deleted"),
        (
            "REG_DELETE_RETURN",
            {"roll.deleted_on": "2026-03-02", "return.sent_on": "2026-03-04"},
            "Done",
        ),
        # Beyond the calendar: what is missing, done or not.
        (
            "FAP_ALLOC",
            {"fair_access.agreed_on": "2026-07-10"},
            "Term dates needed from 2026-09-01",
        ),
        (
            "FAP_ALLOC",
            {"fair_access.agreed_on": "2026-07-10", "place.allocated_on": "2026-07-13"},
            "Term dates needed from 2026-09-01",
        ),
    ],
)
def test_what_a_clock_says_once_it_is_over_or_cannot_be_counted(
    duty: str, facts: dict[str, object], says: str
) -> None:
    (clock,) = of(duty, facts, "2026-07-31")

    assert clock.says(date(2026, 7, 31)) == says


@pytest.mark.parametrize(
    ("away", "deadline", "opens"),
    [
        (-1001, "Overdue by 1,001 days", "Reached 1,001 days ago"),
        (-2, "Overdue by 2 days", "Reached 2 days ago"),
        (-1, "Overdue by 1 day", "Reached 1 day ago"),
        (0, "Due today", "Today"),
        (1, "Due tomorrow", "Tomorrow"),
        (2, "Due in 2 days", "In 2 days"),
        (2192, "Due in 2,192 days", "In 2,192 days"),
    ],
)
def test_how_far_off_a_day_is(away: int, deadline: str, opens: str) -> None:
    on = date(2026, 3, 2)
    due = on + timedelta(days=away)

    assert due_in_words(due, on) == deadline
    assert due_in_words(due, on, is_deadline=False) == opens


def test_a_clock_that_was_stopped_is_not_overdue() -> None:
    facts: dict[str, object] = {"foi.received_on": "2026-03-02", "foi.sent_on": "2026-04-09"}
    (clock,) = of("FOI", facts)

    assert not clock.is_overdue(date(2026, 4, 20))
    assert of("FOI", {"foi.received_on": "2026-03-02"})[0].is_overdue(date(2026, 4, 20))


def a_duty(**more: object) -> Duty:
    given: dict[str, Any] = {
        "id": "X_ONE",
        "title": "Do it",
        "started_by": "x.begun_on",
        "who": "authority",
        "cites": "Nowhere",
        "confidence": Confidence.VERIFIED,
    }
    return Duty(**(given | more))


def test_a_duty_has_a_number_or_the_words_of_the_law() -> None:
    with pytest.raises(ValueError, match="X_ONE has neither a limit nor the words"):
        a_duty()

    assert a_duty(limit_says="without delay").count_says == "without delay"
    back = Limit(1, Unit.SCHOOL_DAY, Reading.BEFORE)
    assert a_duty(limit=back).count_says == (
        "1 school day, counted back from the day before, which is day 1"
    )
    both = a_duty(limit=back, limit_says="the day before")
    assert both.count_says == "the day before"


def test_a_duty_names_every_fact_that_it_asks_for() -> None:
    named = {duty.id: duty.keys for duty in NATIONAL_DUTIES}

    assert named["SAR"] == (
        "sar.received_on",
        "sar.sent_on",
        "sar.clarification_asked_on",
        "sar.clarification_given_on",
        "sar.extended_on",
    )
    assert named["INYEAR_OUTCOME"] == (
        "in_year.applied_on",
        "in_year.outcome_on",
        "place.allocated_on",
    )
    assert named["POST_DEEMED"] == ("letter.posted_on",)
