"""Each legal step about attendance offers itself when the law allows it, and says why not else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.enforcement import (
    Improvement,
    Offer,
    Situation,
    Step,
    offers,
)
from onroll.statute.facts import PenaltyNotice
from onroll.statute.penalty_notices import Penalty, must_withdraw, price
from onroll.statute.sources import Confidence

ON = date(2026, 11, 27)
# Twelve sessions of autumn, support offered in September, a notice to improve that did not help.
READY = Situation(
    on=ON,
    absence_from=date(2026, 9, 14),
    absence_to=date(2026, 11, 20),
    missed=12,
    threshold_met_on=date(2026, 11, 2),
    support_offered_on=date(2026, 9, 21),
    improvement=Improvement(
        starts_on=date(2026, 10, 5), ends_on=date(2026, 11, 8), is_improved=False
    ),
    supervision_considered_on=date(2026, 11, 25),
    supervision_reasons="The family works with us; supervision would add nothing.",
    are_defences_considered=True,
)


def penalty(
    issued_on: date,
    *,
    offence_from: date | None = None,
    received_on: date | None = None,
    paid_on: date | None = None,
    withdrawn: bool = False,
    acquitted: bool = False,
) -> Penalty:
    start = offence_from or issued_on - timedelta(days=60)
    return Penalty(
        notice=PenaltyNotice(issued_on, start, withdrawn=withdrawn, acquitted=acquitted),
        offence_to=start + timedelta(days=50),
        received_on=received_on,
        paid_on=paid_on,
    )


def offered(step: Step, situation: Situation) -> Offer:
    return next(one for one in offers(situation) if one.step is step)


def bars(step: Step, situation: Situation) -> str:
    return " ".join(reason.says for reason in offered(step, situation).bars)


def cautions(step: Step, situation: Situation) -> str:
    return " ".join(reason.says for reason in offered(step, situation).cautions)


def test_every_step_is_offered_once_in_its_order_with_its_power() -> None:
    found = offers(READY)

    assert [one.step for one in found] == list(Step)
    assert all(one.step.says and one.step.cites for one in found)
    assert all(reason.cites for one in found for reason in (*one.bars, *one.cautions))


def test_when_everything_was_tried_these_steps_are_open_without_a_caution() -> None:
    is_open = {one.step for one in offers(READY) if one.is_open}

    assert is_open == {
        Step.CONTRACT,
        Step.IMPROVEMENT,
        Step.PENALTY,
        Step.SUPERVISION,
        Step.PROSECUTION,
    }
    assert not cautions(Step.PENALTY, READY)
    assert not cautions(Step.PROSECUTION, READY)


@pytest.mark.parametrize(
    ("step", "change", "says"),
    [
        (Step.CONTRACT, {"is_of_school_age": False}, "not of compulsory school age"),
        (Step.CONTRACT, {"missed": 0}, "No session was missed without leave"),
        (Step.PENALTY, {"is_pupil": False}, "on no school roll"),
        (Step.PENALTY, {"is_of_school_age": False}, "not of compulsory school age"),
        (Step.IMPROVEMENT, {"threshold_met_on": None}, "have not been reached"),
        (Step.IMPROVEMENT, {"support_offered_on": None}, "No support has been offered"),
        (Step.SUPERVISION, {"is_in_care": True}, "in the care"),
        (Step.SUPERVISION, {"is_of_school_age": False}, "not of compulsory school age"),
        (Step.PROSECUTION, {"supervision_considered_on": None}, "must be considered first"),
        (Step.PROSECUTION, {"supervision_reasons": ""}, "must be considered first"),
        (Step.PROSECUTION, {"defence": "leave was given."}, "A defence stands: leave was given."),
        (Step.KNOWING, {}, "Nothing shows that the parent knew"),
        (Step.PARENTING, {}, "has not been convicted"),
        (Step.PUBLIC_PLACE, {}, "not found in a public place"),
        (Step.PUBLIC_PLACE, {"is_of_school_age": False}, "not of compulsory school age"),
    ],
)
def test_what_bars_a_step_is_said(step: Step, change: dict[str, object], says: str) -> None:
    situation = replace(READY, **change)

    assert not offered(step, situation).is_open
    assert says in bars(step, situation)


def test_a_notice_to_improve_is_not_given_while_one_runs_nor_on_its_last_day() -> None:
    notice = Improvement(starts_on=ON - timedelta(days=27), ends_on=ON)

    assert "runs until 27 November 2026" in bars(
        Step.IMPROVEMENT, replace(READY, improvement=notice)
    )
    over = replace(READY, improvement=notice, on=ON + timedelta(days=1))
    assert offered(Step.IMPROVEMENT, over).is_open
    assert offered(Step.IMPROVEMENT, replace(READY, improvement=None)).is_open


def test_a_third_notice_in_three_years_is_refused_with_the_day_from_which_it_may_be_given() -> None:
    first, second = penalty(date(2025, 3, 3)), penalty(date(2026, 2, 2))
    two = replace(READY, penalties=(second, first))

    assert not offered(Step.PENALTY, two).is_open
    assert bars(Step.PENALTY, two) == (
        "Notices were issued on 3 March 2025 and 2 February 2026: a third in three years is not "
        "allowed before 3 March 2028. The code of conduct says what is done instead."
    )
    assert not offered(Step.PENALTY, replace(two, on=date(2028, 3, 2))).is_open
    assert offered(Step.PENALTY, replace(two, on=date(2028, 3, 3))).is_open


@pytest.mark.parametrize(
    "other",
    [
        penalty(date(2026, 2, 2), withdrawn=True),
        penalty(date(2026, 2, 2), acquitted=True),
        penalty(date(2024, 9, 30), offence_from=date(2024, 7, 1)),
    ],
)
def test_a_notice_that_does_not_count_leaves_room_for_a_second(other: Penalty) -> None:
    situation = replace(READY, penalties=(penalty(date(2025, 3, 3)), other))

    assert offered(Step.PENALTY, situation).is_open
    assert price(situation.penalties, issued_on=ON, received_on=ON).full == 160
    assert price(situation.penalties, issued_on=ON, received_on=ON).lower is None


def test_absence_before_the_framework_is_no_ground_for_a_notice() -> None:
    old = replace(READY, absence_from=date(2024, 6, 3), absence_to=date(2024, 8, 18))

    assert "before 19 August 2024" in bars(Step.PENALTY, old)
    late = replace(old, absence_to=date(2024, 9, 20))
    assert offered(Step.PENALTY, late).is_open


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"threshold_met_on": None}, "a notice needs reasons"),
        ({"support_offered_on": None}, "say why it would not fit"),
        ({"improvement": None}, "There was no notice to improve"),
        (
            {"improvement": Improvement(starts_on=date(2026, 11, 9), ends_on=date(2026, 12, 13))},
            "runs until 13 December 2026",
        ),
        (
            {"improvement": Improvement(starts_on=date(2026, 10, 5), ends_on=date(2026, 11, 8))},
            "Nobody has judged",
        ),
        (
            {
                "improvement": Improvement(
                    starts_on=date(2026, 10, 5), ends_on=date(2026, 11, 8), is_improved=True
                )
            },
            "Attendance improved",
        ),
    ],
)
def test_a_penalty_notice_stays_open_with_what_somebody_must_weigh(
    change: dict[str, object], says: str
) -> None:
    situation = replace(READY, **change)

    assert offered(Step.PENALTY, situation).is_open
    assert says in cautions(Step.PENALTY, situation)


def test_a_holiday_needs_no_notice_to_improve_where_somebody_says_why() -> None:
    holiday = replace(READY, improvement=None, why_no_improvement="A holiday: support cannot help.")

    assert not cautions(Step.PENALTY, holiday)


def test_defences_that_nobody_went_through_are_a_caution() -> None:
    situation = replace(READY, are_defences_considered=False)

    assert "have not been gone through" in cautions(Step.PROSECUTION, situation)
    assert "Consult children's services" in cautions(Step.SUPERVISION, situation)
    assert "agreed freely" in cautions(Step.CONTRACT, situation)


def test_nobody_is_prosecuted_while_a_notice_for_the_absence_may_be_paid_or_once_it_is() -> None:
    about = {"offence_from": date(2026, 9, 14)}
    received = date(2026, 10, 30)  # day 28 is 26 November
    unpaid = penalty(date(2026, 10, 28), received_on=received, **about)
    situation = replace(READY, penalties=(unpaid,))

    assert unpaid.payable_until == date(2026, 11, 26)
    assert offered(Step.PROSECUTION, situation).is_open
    assert "until 26 November 2026" in bars(
        Step.PROSECUTION, replace(situation, on=date(2026, 11, 26))
    )
    paid = replace(unpaid, paid_on=date(2026, 11, 20))
    assert "was paid" in bars(Step.PROSECUTION, replace(READY, penalties=(paid,)))
    never = replace(unpaid, received_on=None)
    assert never.payable_until is None
    assert "when it was received" in bars(Step.PROSECUTION, replace(READY, penalties=(never,)))


def test_notices_about_other_absence_and_withdrawn_ones_bar_no_prosecution() -> None:
    other = penalty(date(2026, 3, 2), paid_on=date(2026, 3, 9))
    gone = penalty(date(2026, 11, 20), offence_from=date(2026, 9, 14), paid_on=ON, withdrawn=True)

    assert offered(Step.PROSECUTION, replace(READY, penalties=(other, gone))).is_open
    nothing = replace(READY, penalties=(gone,), absence_from=None, absence_to=None, missed=0)
    assert bars(Step.PROSECUTION, nothing) == "No session was missed without leave."
    asked = replace(
        nothing, penalties=(replace(gone, notice=replace(gone.notice, withdrawn=False)),)
    )
    assert "paid" not in bars(Step.PROSECUTION, asked)


def test_knowing_and_convicted_open_the_last_steps() -> None:
    knew = replace(READY, knew="Five letters, two meetings.", convicted_on=ON)

    assert offered(Step.KNOWING, knew).is_open
    assert offered(Step.PARENTING, knew).is_open
    assert not offered(Step.KNOWING, replace(knew, supervision_considered_on=None)).is_open


def test_an_excluded_child_in_a_public_place_counts_on_the_five_days_alone() -> None:
    days = tuple(ON + timedelta(days=n) for n in range(5))
    found = replace(READY, excluded_days=days, found_in_public_on=days[4])

    assert offered(Step.PUBLIC_PLACE, found).is_open
    later = replace(found, found_in_public_on=days[4] + timedelta(days=1))
    assert "none of the first five school days" in bars(Step.PUBLIC_PLACE, later)


def test_a_first_notice_is_cheaper_for_three_weeks_that_begin_with_its_receipt() -> None:
    found = price((), issued_on=ON, received_on=date(2026, 12, 1))

    assert (found.lower, found.lower_until) == (80, date(2026, 12, 21))
    assert (found.full, found.until) == (160, date(2026, 12, 28))
    assert found.confidence is Confidence.VERIFIED


def test_a_third_notice_has_no_price() -> None:
    two = (penalty(date(2025, 3, 3)), penalty(date(2026, 2, 2)))

    with pytest.raises(ValueError, match="no third"):
        price(two, issued_on=ON, received_on=ON)


def test_an_unpaid_notice_is_withdrawn_when_nobody_prosecutes() -> None:
    one = penalty(date(2026, 10, 28), received_on=date(2026, 10, 30))

    assert must_withdraw(one, on=date(2026, 11, 27), is_prosecuted=False)
    assert not must_withdraw(one, on=date(2026, 11, 26), is_prosecuted=False)
    assert not must_withdraw(one, on=date(2026, 11, 27), is_prosecuted=True)
    for gone in (
        replace(one, paid_on=date(2026, 11, 1)),
        replace(one, received_on=None),
        replace(one, notice=replace(one.notice, withdrawn=True)),
    ):
        assert not must_withdraw(gone, on=date(2026, 12, 27), is_prosecuted=False)


def test_an_absence_has_both_its_ends_in_order() -> None:
    with pytest.raises(ValueError, match="or neither"):
        Situation(on=ON, absence_from=ON)
    with pytest.raises(ValueError, match="ends before"):
        Situation(on=ON, absence_from=ON, absence_to=ON - timedelta(days=1))


@given(issued=st.lists(st.dates(date(2024, 9, 1), date(2030, 1, 1)), max_size=6), on=st.dates(
    date(2024, 9, 1), date(2030, 1, 1)
))  # fmt: skip
def test_a_notice_is_barred_exactly_when_two_lie_in_the_three_years_that_end_that_day(
    issued: list[date], on: date
) -> None:
    penalties = tuple(penalty(day, offence_from=date(2024, 8, 20)) for day in issued)
    situation = replace(READY, on=on, penalties=penalties)

    def three_years_before(day: date) -> date:
        return date(day.year - 3, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)

    inside = [day for day in issued if three_years_before(on) < day <= on]
    assert offered(Step.PENALTY, situation).is_open is (len(inside) < 2)
