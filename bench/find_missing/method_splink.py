"""Splink 5 with its own comparisons, set up as its tutorial does."""

from datetime import date
from pathlib import Path

import numpy as np
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.find_missing import groups
from bench.find_missing.answers import Answer
from bench.find_missing.tidy import tidied
from bench.find_missing.truth import lists_of, together

_SURE = 0.95


def run(folder: Path, on: date) -> Answer:
    """Link all records as one table with duplicates, which is linking and deduplicating."""
    table = together(lists_of(folder))
    tidy = tidied(table, on)
    api = DuckDBAPI()
    whole = api.register(tidy, dataset_display_name="records")
    rules = [
        block_on("upn"),
        block_on("nhs"),
        block_on("fn", "sn"),
        block_on("sn", "dob"),
        block_on("fn", "dob"),
        block_on("dob", "pc"),
        block_on("sn", "pc"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="uid",
        comparisons=[
            cl.ForenameSurnameComparison("fn", "sn"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("pc"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("upn"),
            cl.ExactMatch("nhs"),
        ],
        blocking_rules_to_generate_predictions=rules,
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(whole, settings)
    sure = [block_on("upn"), block_on("nhs"), block_on("fn", "sn", "dob")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("fn", "sn"), block_on("dob"), block_on("nhs")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        scored, threshold_match_probability=_SURE
    )
    pairs = scored.as_pyarrow_table()
    grouped = clusters.as_pyarrow_table()
    people = np.empty(len(table), np.int64)
    named = np.unique(grouped["cluster_id"].to_numpy(), return_inverse=True)[1]
    people[grouped["uid"].to_numpy()] = named
    near = nearest(
        table["educates"].to_numpy(),
        pairs["uid_l"].to_numpy(),
        pairs["uid_r"].to_numpy(),
        pairs["match_probability"].to_numpy(),
    )
    return groups.answer(table, people, on, near)


def nearest(
    educates: np.ndarray, left: np.ndarray, right: np.ndarray, chance: np.ndarray
) -> dict[int, float]:
    """Return each record's likeliest link to a record of education."""
    best: dict[int, float] = {}
    for one, other in ((left, right), (right, left)):
        which = educates[other] & ~educates[one]
        for uid, p in zip(one[which].tolist(), chance[which].tolist(), strict=True):
            best[uid] = max(p, best.get(uid, 0.0))
    return best
