import math

from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.answers import Answered, corrected, shift_from, shifted

probabilities = st.floats(0.01, 0.99)


def answers(probability: float, unseen: int, seen: int) -> list[Answered]:
    return [Answered(probability, True)] * unseen + [Answered(probability, False)] * seen


def test_nobody_s_answer_shifts_nothing() -> None:
    assert shift_from([]) == 0.0


def test_one_answer_moves_little_and_many_move_it_to_what_was_found() -> None:
    one = shifted(0.9, shift_from(answers(0.9, 0, 1)))
    many = shifted(0.9, shift_from(answers(0.9, 100, 300)))

    assert 0.75 < one < 0.9
    assert math.isclose(many, 0.25, abs_tol=0.03)


def test_a_model_keeps_its_shift_and_everything_else() -> None:
    model = {"version": 1, "learnt_from": 7, "weights": {}}

    kept = corrected(model, answers(0.5, 30, 0))

    assert kept["shift"] > 1
    assert {key: kept[key] for key in model} == model


@given(probabilities, st.integers(0, 200), st.integers(0, 200))
def test_answers_move_towards_what_was_found_and_never_past_it(
    probability: float, unseen: int, seen: int
) -> None:
    after = shifted(probability, shift_from(answers(probability, unseen, seen)))

    share = unseen / (unseen + seen) if unseen + seen else probability
    low, high = sorted((probability, share))
    assert low - 1e-3 <= after <= high + 1e-3


@given(st.lists(probabilities, min_size=2, max_size=9), st.floats(-6, 6))
def test_a_shift_changes_no_order(chances: list[float], shift: float) -> None:
    after = [shifted(chance, shift) for chance in sorted(chances)]

    assert after == sorted(after)
    assert all(0 < chance < 1 for chance in after)
