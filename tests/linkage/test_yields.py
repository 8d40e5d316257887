"""The share truly missing that is to be expected, and what is counted from answers."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.office.casework.actions import referrals, triage
from onroll.office.casework.models import Referral
from onroll.office.casework.queries.answers import ReferralAnswers
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.actions import answers
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import yields
from onroll.office.linkage.queries.yields import PRIOR_WORTH, Tally, expected
from tests import actors
from tests.actors import TODAY
from tests.linkage.found import done, lists, people
from tests.linkage.test_clearing import accepted

shares = st.floats(0, 1)
counts = st.integers(0, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares, counts)
def test_a_yield_is_a_share_within_its_interval(prior: float, of: tuple[int, int]) -> None:
    found = expected(prior, *of)

    assert 0 <= found.low <= found.share <= found.high <= 1


@given(shares)
def test_before_anybody_answered_a_yield_is_the_estimate_of_the_search(prior: float) -> None:
    assert expected(prior, 0, 0).share == pytest.approx(prior)


@given(shares, counts)
def test_a_yield_lies_between_the_estimate_and_the_precision(
    prior: float, of: tuple[int, int]
) -> None:
    true, decided = of
    found = expected(prior, true, decided).share
    ends = [prior, true / decided] if decided else [prior]

    assert min(ends) - 1e-9 <= found <= max(ends) + 1e-9


@given(shares, counts)
def test_one_more_true_answer_never_lowers_a_yield_and_one_false_never_raises_it(
    prior: float, of: tuple[int, int]
) -> None:
    true, decided = of
    found = expected(prior, true, decided).share

    assert expected(prior, true + 1, decided + 1).share >= found - 1e-9
    assert expected(prior, true, decided + 1).share <= found + 1e-9


@given(shares, st.integers(1, 30), st.integers(1, 30))
def test_more_answers_of_the_same_kind_narrow_the_interval(
    prior: float, true: int, false: int
) -> None:
    few = expected(prior, true, true + false)
    many = expected(true / (true + false), 100 * true, 100 * (true + false))

    assert many.high - many.low < few.high - few.low


@given(shares, st.integers(0, 20), st.integers(0, 20))
def test_the_estimate_weighs_nothing_in_the_end(prior: float, true: int, false: int) -> None:
    n = (true + false) * 10_000
    if n:
        precision = true / (true + false)
        gap = abs(expected(prior, true * 10_000, n).share - precision)
        assert gap <= PRIOR_WORTH / n + 1e-9


def test_ten_answers_of_which_four_are_true_cost_fifty_seconds_each() -> None:
    found = Tally("All", true=4, false=6, pending=1)

    assert found.precision == 0.4
    assert found.minutes_per_true == pytest.approx(10 * 20 / 60 / 4)


def test_fewer_than_five_are_not_shown_apart() -> None:
    assert Tally("All", true=1, false=3, pending=9).precision is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_no_single_hidden_number_is_worked_out_from_those_shown(
    pairs: list[tuple[int, int]],
) -> None:
    tallies = [Tally(str(n), true, false, 0) for n, (true, false) in enumerate(pairs)]

    shown = yields.held_back(tallies)

    hidden = [one for one in shown if not one.is_shown]
    assert len(hidden) != 1 or len(shown) == 1


@pytest.mark.django_db
def test_true_is_who_was_taken_into_a_case_and_pending_who_waits_in_triage() -> None:
    carol, alice = actors.carol(), actors.alice()
    lists(carol)
    done(carol, people(5))
    found = list(queries.shown_to(alice, {}))
    answers.not_missing(candidates=found[:2], reason="died", note="", by=alice, on=TODAY)
    taken, dropped, _ = (
        answers.look_into(candidate=one, why="", by=alice, on=TODAY).referral for one in found[2:]
    )
    assert taken is not None
    assert dropped is not None
    accepted(taken, carol)
    _no_action(dropped, carol)

    counted = yields.tally("All", yields.outcomes(alice))

    assert (counted.true, counted.false, counted.pending) == (1, 3, 1)


@pytest.mark.django_db
def test_a_child_found_by_other_ways_counts_against_the_search() -> None:
    carol, alice = actors.carol(), actors.alice()
    lists(carol)
    assert yields.recall(carol) is None
    done(carol, people(2))
    found = list(queries.shown_to(alice, {}))
    listed = answers.look_into(candidate=found[0], why="", by=alice, on=TODAY).referral
    assert listed is not None
    accepted(listed, carol)
    accepted(_told_by_somebody(alice), carol)

    seen = yields.recall(carol)

    assert seen is not None
    assert (seen.listed, seen.unlisted) == (1, 1)


def _no_action(referral: Referral, by: Actor) -> None:
    triage.no_action(
        referral=referral, version=1, reason="At school in another authority.", by=by, on=TODAY,
        safeguarding=triage.Safeguarding("no_concern", "Nothing is known that worries."),
    )  # fmt: skip


def _told_by_somebody(by: Actor) -> Referral:
    told = ReferralAnswers(
        source="health", given_names="Petra", family_name="Nowhere", born_on=date(2015, 5, 5)
    )
    return referrals.receive(answers=told, submission=uuid4(), route="staff", by=by, on=TODAY)
