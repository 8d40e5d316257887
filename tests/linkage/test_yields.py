"""The share truly missing that is to be expected, and what is counted from answers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.office.casework.actions import referrals, triage
from onroll.office.casework.models import Case, Referral
from onroll.office.casework.queries.answers import ReferralAnswers
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.linkage.actions import answers, candidates
from onroll.office.linkage.actions.candidates import DAYS_TO_TAKE_BACK
from onroll.office.linkage.models import Candidate, Counted
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import yields
from onroll.office.linkage.queries.yields import PRIOR_WORTH, Tally, expected
from onroll.office.people import actions as people_actions
from onroll.office.people.actions import sealing
from onroll.office.people.models import Child
from onroll.office.people.queries import find
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


LONG_AFTER = TODAY + timedelta(days=DAYS_TO_TAKE_BACK + 1)


def told(actor: Actor) -> dict[str, list[tuple[str, int, int]]]:
    """What each table tells, without who is pending."""
    return {
        table.title: [(one.title, one.true, one.false) for one in table.tallies]
        for table in yields.tables(yields.outcomes(actor))
    }


@pytest.mark.django_db
def test_what_described_whoever_was_answered_for_goes_into_counts_that_name_nobody() -> None:
    carol, alice = actors.carol(), actors.alice()
    lists(carol)
    done(carol, people(9))
    found = list(queries.shown_to(alice, {}))
    answers.not_missing(candidates=found[:6], reason="died", note="", by=alice, on=TODAY)
    answers.look_into(candidate=found[6], why="", by=alice, on=TODAY)
    before = told(carol)

    assert candidates.forget_answered(by=PROGRAM, on=LONG_AFTER) == 7

    kept = Candidate.objects.filter(pk__in=[one.pk for one in found[:6]])
    assert set(kept.values_list("age", "sex", "area", "child", "evidence")) == {
        (None, "", "", None, None)
    }
    assert all(one.person and one.records and one.is_counted for one in kept)
    # Who waits in triage is a referral, which says the same; who waits for an answer is kept.
    assert Candidate.objects.filter(is_counted=False).exclude(age=None).count() == 3
    assert [(t, f) for t, f in Counted.objects.filter(by="sex").values_list("true", "false")] == [
        (0, 3), (0, 3),
    ]  # fmt: skip
    rest = told(carol)
    assert {t: sum(n for _, *pair in rows for n in pair) for t, rows in rest.items()} == {
        t: sum(n for _, *pair in rows for n in pair) for t, rows in before.items()
    }
    assert {t: sorted(rows) for t, rows in rest.items()} == {
        t: sorted(rows) for t, rows in before.items()
    }
    candidates.forget_answered(by=PROGRAM, on=LONG_AFTER)
    assert told(carol) == rest


@pytest.mark.django_db
def test_whoever_is_followed_is_described_until_the_case_has_closed() -> None:
    carol, alice = actors.carol(), actors.alice()
    lists(carol)
    done(carol, people(2))
    taken, dropped = (
        answers.look_into(candidate=one, why="", by=alice, on=TODAY).referral
        for one in queries.shown_to(alice, {})
    )
    assert taken is not None
    assert dropped is not None
    accepted(taken, carol)
    _no_action(dropped, carol)

    candidates.forget_answered(by=PROGRAM, on=LONG_AFTER)

    assert Candidate.objects.filter(is_counted=True).count() == 1
    assert list(Counted.objects.filter(by="sex").values_list("true", "false")) == [(0, 1)]
    taken.refresh_from_db()
    Case.objects.filter(pk=taken.case_id).update(
        closed_on=TODAY, outcome="on_roll", state="cme.closed"
    )
    candidates.forget_answered(by=PROGRAM, on=LONG_AFTER)
    assert not Candidate.objects.filter(is_counted=False).exists()
    assert sum(Counted.objects.filter(by="sex").values_list("true", flat=True)) == 1


@pytest.mark.django_db
def test_a_total_of_answers_stays_when_one_of_them_turns_out_to_be_of_a_sealed_child() -> None:
    carol, alice = actors.carol(), actors.alice()
    lists(carol)
    done(carol, people(8))
    found = list(queries.shown_to(alice, {}))
    answers.not_missing(candidates=found[:7], reason="known", note="", by=alice, on=TODAY)
    analyst = actors.person("Ana", "analyst")

    def figures() -> tuple[object, ...]:
        seen = [queries.groups(who) for who in (carol, analyst)]
        answered = [[group.answered for group in groups] for groups in seen]
        decided = [[y.decided for _, y in yields.with_yields(g, carol)] for g in seen]
        return answered, decided, told(carol), told(analyst)

    before = figures()
    child = _child_like(found[0], alice)
    sealing.seal(child=child, reason="Fled from violence", by=actors.dave(), on=TODAY)

    assert Candidate.objects.get(pk=found[0].pk).is_sealed
    assert figures() == before
    assert queries.shown_to(carol, {"answered": "any"}).count() == 6
    candidates.forget_answered(by=PROGRAM, on=LONG_AFTER)
    assert sum(f for *_, f in told(carol)["By sex"]) == 7
    assert not queries.shown_to(carol, {"answered": "any"}).exists()


def _child_like(one: Candidate, by: Actor) -> Child:
    assert one.evidence is not None
    evidence = queries.unpacked(one.evidence)
    newest = evidence.newest
    proof = find(text=evidence.name, by=by, on=TODAY).proof
    return people_actions.add_child(
        searched=proof, given_names=newest["given_name"] or "",
        family_name=newest["family_name"] or "", born_on=evidence.born_on, by=by, on=TODAY,
    )  # fmt: skip
