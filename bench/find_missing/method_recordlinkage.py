"""recordlinkage with the classifier that it documents for pairs without labels: ECM."""

from datetime import date
from pathlib import Path

import numpy as np
import recordlinkage

from bench.find_missing import groups
from bench.find_missing.answers import Answer
from bench.find_missing.method_splink import nearest
from bench.find_missing.tidy import tidied
from bench.find_missing.truth import lists_of, together

_BLOCKS = (["upn"], ["nhs"], ["fn", "sn"], ["sn", "dob"], ["fn", "dob"], ["dob", "pc"])


def run(folder: Path, on: date) -> Answer:
    """Block, compare as its guide does, let ECM classify, believe every match."""
    table = together(lists_of(folder))
    frame = tidied(table, on).to_pandas().set_index("uid")
    pairs = None
    for block in _BLOCKS:
        known = frame.dropna(subset=block)
        one = recordlinkage.index.Block(left_on=block).index(known)
        pairs = one if pairs is None else pairs.union(one)
    compare = recordlinkage.Compare()
    compare.string("fn", "fn", method="jarowinkler", threshold=0.85, label="fn")
    compare.string("sn", "sn", method="jarowinkler", threshold=0.85, label="sn")
    compare.exact("dob", "dob", label="dob")
    compare.exact("pc", "pc", label="pc")
    compare.exact("sex", "sex", label="sex")
    compare.exact("upn", "upn", label="upn")
    compare.exact("nhs", "nhs", label="nhs")
    features = compare.compute(pairs, frame)
    ecm = recordlinkage.ECMClassifier()
    matches = ecm.fit_predict(features)
    left, right = (matches.get_level_values(n).to_numpy() for n in (0, 1))
    chance = ecm.prob(features)
    near = nearest(
        table["educates"].to_numpy(),
        chance.index.get_level_values(0).to_numpy(),
        chance.index.get_level_values(1).to_numpy(),
        chance.to_numpy(),
    )
    people = groups.joined(len(table), left, right)
    notes = {"pairs": len(pairs), "matches": len(matches)}
    return groups.answer(table, np.asarray(people), on, near, notes)
