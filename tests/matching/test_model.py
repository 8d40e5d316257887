"""What a search learns is weighed with what was known before; what is law of numbers stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching import model
from onroll.matching.comparisons import FIELDS
from onroll.matching.model import Model, start, taught

GIVEN = next(field for field in FIELDS if field.key == "given")
FREE = [level.key for level in GIVEN.levels if level.is_learnt]
RECORDS = 50_000


def learnt(pairs: float, level: str = FREE[0]) -> Model:
    """Return what so many pairs teach that all show one level of the given name."""
    return taught(start(RECORDS), {"given": {level: 1.0}}, {}, {"given": pairs}, 0)


def m_of(found: Model, level: str = FREE[0]) -> float:
    return found.weights["given"][level].m


def test_no_pair_teaches_nothing() -> None:
    for field, levels in learnt(0).weights.items():
        for level, weights in levels.items():
            known = start(RECORDS).weights[field][level]
            assert (weights.m, weights.u) == pytest.approx((known.m, known.u), rel=0.02)


def test_a_few_pairs_move_a_weight_a_little_and_many_move_it_to_what_they_show() -> None:
    before, few, many = m_of(start(RECORDS)), m_of(learnt(10)), m_of(learnt(1_000_000))

    assert before < few < many
    assert few - before < 0.1 * (many - before)
    assert many > 0.95


def test_a_fixed_level_keeps_its_weights_whatever_is_seen() -> None:
    seen = taught(start(RECORDS), {"upn": {"different": 1.0}}, {"upn": {"same": 1.0}},
                  {"upn": 1e6}, 1e6)  # fmt: skip

    assert seen.weights["upn"] == start(RECORDS).weights["upn"]


@given(
    st.dictionaries(st.sampled_from(FREE), st.floats(0.001, 1), min_size=1),
    st.floats(0, 1e7),
)
def test_the_shares_of_a_field_stay_shares_of_one_whole(
    seen: dict[str, float], pairs: float
) -> None:
    found = taught(start(RECORDS), {"given": seen}, {"given": seen}, {"given": pairs}, pairs)

    for weights in ([w.m for w in found.weights["given"].values()],
                    [w.u for w in found.weights["given"].values()]):  # fmt: skip
        assert 0.99 < sum(weights) < 1.01
        assert min(weights) > 0


def test_a_model_is_read_back_as_it_was_kept() -> None:
    kept = learnt(5_000).as_json()

    back = model.from_json(kept, RECORDS)

    assert back.as_json() == kept
    assert back.learnt_from == 5_000
