"""How two records of children are compared: field by field, each from alike to different.

A level is named by a key, under which weights are kept and sentences are written. Only SQL that
DuckDB and Spark both understand is used: equality, edit distance, lists in common.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule

# A value rarer than this is taken to be as rare: one in five thousand.
_LEAST_FREQUENCY = 0.0002
# To one pair of twins, how many pairs of records are of one child under two given names.
_ONE_CHILD_OF_TWO_NAMES = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """How often a level holds among records of one child (m), and of two children (u)."""

    m: float
    u: float


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a field. `rare_by` is the column whose rarity adds to the weight."""

    key: str
    rule: Any
    rare_by: str = ""
    # Sampled pairs hold too few of these, and a model that guesses them joins strangers.
    fixed: Weights | None = None
    # What this level takes back: (field, level) of others that agree for a reason of their own.
    undoes: tuple[tuple[str, str], ...] = ()

    @property
    def is_learnt(self) -> bool:
        """Whether its weights are learnt from the lists."""
        return self.fixed is None and not self.undoes


@dataclass(frozen=True, slots=True)
class Field:
    """One field: where it is empty on one side nothing is said; then its levels in order."""

    key: str
    empty: str
    levels: tuple[Level, ...]


def _sql(condition: str) -> Any:
    return cll.CustomLevel(condition)


_NEAR_GIVEN = cll.Or(cll.DamerauLevenshteinLevel("fn", 1), cll.JaroWinklerLevel("fn", 0.9))
_NEAR_FAMILY = cll.Or(cll.DamerauLevenshteinLevel("sn", 1), cll.JaroWinklerLevel("sn", 0.92))
# All words the same in another order, or the first name of each a part of the other's last.
_SWAPPED = (
    "all_f_l = all_f_r or ((fn_f_l = sn_1_r or fn_f_l = sn_z_r) "
    "and (fn_f_r = sn_1_l or fn_f_r = sn_z_l))"
)
_SAME_HOUSE = "pc_l = pc_r and house_l = house_r"

FIELDS: tuple[Field, ...] = (
    Field(
        "given",
        "fn",
        (
            Level("same", _sql("fn_l = fn_r"), "fn"),
            Level("respelt", _sql("fn_f_l = fn_f_r"), "fn_f"),
            Level("swapped", _sql(_SWAPPED), fixed=Weights(0.008, 2e-6)),
            Level("short", cll.ArrayIntersectLevel("also_list", 1)),
            Level("near", _NEAR_GIVEN),
            Level("middle", cll.ArrayIntersectLevel("given_list", 1)),
            Level(
                "initial",
                _sql(
                    "substr(fn_l, 1, 1) = substr(fn_r, 1, 1) and "
                    "(length(fn_l) = 1 or length(fn_r) = 1)"
                ),
            ),
            # Twins, far oftener than one child under two given names: that birth date, family name
            # and house agree says nothing then.
            Level(
                "twin",
                _sql(f"dob_s_l = dob_s_r and sn_f_l = sn_f_r and {_SAME_HOUSE}"),
                undoes=(
                    ("born", "same"),
                    ("family", "same"),
                    ("address", "house"),
                    ("sex", "same"),
                ),
            ),
            Level("different", cll.ElseLevel()),
        ),
    ),
    Field(
        "family",
        "sn",
        (
            Level("same", _sql("sn_l = sn_r"), "sn"),
            Level("respelt", _sql("sn_f_l = sn_f_r"), "sn_f"),
            # The given name carries it: one event is not told twice.
            Level("swapped", _sql(_SWAPPED), fixed=Weights(0.008, 0.008)),
            Level("part", cll.ArrayIntersectLevel("family_list", 1)),
            Level("near", _NEAR_FAMILY),
            Level("different", cll.ElseLevel()),
        ),
    ),
    Field(
        "born",
        "dob_s",
        (
            Level("same", _sql("dob_s_l = dob_s_r"), "dob_s"),
            Level("swapped", _sql("dob_y_l = dob_y_r and dob_m_l = dob_d_r and dob_d_l = dob_m_r")),
            Level("slip", cll.DamerauLevenshteinLevel("dob_s", 1)),
            Level(
                "january",
                _sql(
                    "abs(dob_y_l - dob_y_r) <= 1 and ((dob_m_l = 1 and dob_d_l = 1) "
                    "or (dob_m_r = 1 and dob_d_r = 1))"
                ),
            ),
            Level(
                "partly",
                _sql("dob_y_l = dob_y_r and (dob_m_l = dob_m_r or dob_d_l = dob_d_r)"),
            ),
            Level("different", cll.ElseLevel()),
        ),
    ),
    Field(
        "address",
        "pc",
        (
            Level("house", _sql(_SAME_HOUSE), "pc"),
            Level("postcode", _sql("pc_l = pc_r"), "pc"),
            Level(
                "slip",
                cll.And(
                    cll.DamerauLevenshteinLevel("pc", 1),
                    _sql("house_l = house_r"),
                ),
            ),
            Level("sector", _sql("pc_sector_l = pc_sector_r")),
            Level("district", _sql("pc_district_l = pc_district_r")),
            Level("different", cll.ElseLevel()),
        ),
    ),
    Field(
        "sex",
        "sex",
        (
            Level("same", _sql("sex_l = sex_r")),
            Level("different", cll.ElseLevel()),
        ),
    ),
    Field(
        "upn",
        "upn",
        (
            Level("same", _sql("upn_l = upn_r"), fixed=Weights(0.96, 1e-7)),
            Level("slip", cll.DamerauLevenshteinLevel("upn", 1), fixed=Weights(0.015, 1e-6)),
            Level("different", cll.ElseLevel(), fixed=Weights(0.025, 0.999999)),
        ),
    ),
    Field(
        "nhs",
        "nhs",
        (
            Level("same", _sql("nhs_l = nhs_r"), fixed=Weights(0.98, 1e-7)),
            Level("slip", cll.DamerauLevenshteinLevel("nhs", 1), fixed=Weights(0.01, 1e-6)),
            Level("different", cll.ElseLevel(), fixed=Weights(0.01, 0.999999)),
        ),
    ),
)

# Pairs that are worth comparing: each rule finds those that the others miss by one error.
BLOCKING: tuple[Any, ...] = (
    block_on("upn"),
    block_on("nhs"),
    block_on("dob_s", "sn_f"),
    block_on("dob_s", "fn_f"),
    block_on("dob_s", "pc_sector"),
    block_on("fn_f", "sn_f", "dob_y"),
    block_on("fn_f", "sn_f", "pc_district"),
    block_on("pc", "fn_f"),
    block_on("pc", "sn_f", "dob_y"),
    block_on("all_f", "dob_y"),
    CustomRule("l.fn_f = r.sn_1 and l.sn_1 = r.fn_f and l.dob_y = r.dob_y"),
)

# Looser rules, between the few who were found nowhere and the education lists.
LOOSE_BLOCKING: tuple[Any, ...] = (
    *BLOCKING,
    block_on("dob_s", "pc_district"),
    block_on("dob_s", "sex", "substr(fn, 1, 2)"),
    block_on("dob_s", "substr(sn, 1, 3)"),
    block_on("pc", "house"),
    block_on("pc", "dob_y"),
    block_on("fn_f", "sn_f"),
    block_on("sn_f", "dob_m", "dob_d"),
    block_on("fn_f", "dob_m", "dob_d"),
    block_on("fn_f", "dob_y", "dob_m", "pc_district"),
    block_on("sn_f", "dob_y", "dob_m"),
    CustomRule("l.dob_s = r.dob_s and l.fn_f = r.sn_1"),
    CustomRule("l.dob_s = r.dob_s and l.sn_1 = r.fn_f"),
    CustomRule("l.dob_s = r.dob_s and l.fn_f = r.sn_z"),
    CustomRule("l.dob_s = r.dob_s and l.sn_z = r.fn_f"),
    CustomRule("l.fn_f = r.fn_f and l.dob_y = r.dob_y and l.dob_m = r.dob_d and l.dob_d = r.dob_m"),
    CustomRule("l.sn_f = r.sn_f and l.dob_y = r.dob_y and l.dob_m = r.dob_d and l.dob_d = r.dob_m"),
)


def settings(
    weights: Mapping[str, Mapping[str, Weights]], chance: float, *, by_rarity: bool
) -> SettingsCreator:
    """Return what an engine needs to compare records of one table.

    `weights` by field and level are where learning starts; `chance` is that of two records taken
    at random being of one child; `by_rarity` lets a rare name weigh more than a common one, which
    only a table long enough to show what is common may do.
    """
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="uid",
        comparisons=[_comparison(field, weights, chance, by_rarity) for field in FIELDS],
        blocking_rules_to_generate_predictions=list(BLOCKING),
        probability_two_random_records_match=chance,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        max_iterations=15,
    )


def _comparison(
    field: Field, weights: Mapping[str, Mapping[str, Weights]], chance: float, by_rarity: bool
) -> Any:
    levels: list[Any] = [cll.NullLevel(field.empty)]
    for level in field.levels:
        known = level.fixed or weights[field.key][level.key]
        if level.undoes:
            known = _undoing(level, weights, chance)
        options: dict[str, Any] = {
            "label_for_charts": level.key,
            "m_probability": known.m,
            "u_probability": known.u,
        }
        if not level.is_learnt:
            options |= {"fix_m_probability": True, "fix_u_probability": True}
        if level.rare_by and by_rarity:
            options |= {
                "tf_adjustment_column": level.rare_by,
                "tf_minimum_u_value": _LEAST_FREQUENCY,
            }
        levels.append(level.rule.configure(**options))
    return cl.CustomComparison(output_column_name=field.key, comparison_levels=levels)


def _undoing(level: Level, weights: Mapping[str, Mapping[str, Weights]], chance: float) -> Weights:
    """Return weights by which a pair with this level is somewhat likelier two children than one.

    However many records there are, a twin stands beside a child as often as the child's own other
    name does: so the chance of two records at random is taken back as well.
    """
    agreed = math.prod(weights[field][key].m / weights[field][key].u for field, key in level.undoes)
    odds = agreed * chance / (1 - chance)
    return Weights(min(0.5, _ONE_CHILD_OF_TWO_NAMES / odds), 0.5)


def level_of(field: Field, gamma: int) -> Level | None:
    """Return the level that an engine's number means; None where a record says nothing.

    Splink numbers the levels from the last, 0, to the first, and gives -1 where one is empty.
    """
    return None if gamma < 0 else field.levels[len(field.levels) - 1 - gamma]


def number_of(field: Field, level: str) -> int:
    """Return the number by which an engine means a level of a field."""
    keys = [one.key for one in field.levels]
    return len(keys) - 1 - keys.index(level)


def used_columns() -> Sequence[str]:
    """Return the columns of `records.comparable` that any comparison or rule reads."""
    return (
        "uid", "source_no", "fn", "fn_f", "sn", "sn_f", "sn_1", "sn_z", "all_f", "given_list",
        "family_list", "also_list",
        "dob_s", "dob_y", "dob_m", "dob_d", "sex", "house", "pc", "pc_sector", "pc_district",
        "upn", "nhs",
    )  # fmt: skip
