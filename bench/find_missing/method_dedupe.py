"""dedupe, which learns from labelled pairs: they are given from the truth, so it is favoured."""

import random
from collections import defaultdict
from datetime import date
from pathlib import Path

import dedupe
import numpy as np
from dedupe import variables

from bench.find_missing import groups
from bench.find_missing.answers import Answer
from bench.find_missing.tidy import tidied
from bench.find_missing.truth import together, world

_SAMPLED = 300  # people
_LABELS = 200  # of each kind, alike and unlike
# Without sex: a rule that blocks on half of everybody does not fit in memory.
_FIELDS = ("fn", "sn", "dob", "pc", "upn", "nhs")


def run(folder: Path, on: date) -> Answer:
    """Train on pairs drawn from the truth, then cluster everything at its usual half."""
    known = world(folder)
    table = together(known.sources)
    rows = tidied(table, on).select(list(_FIELDS)).to_pylist()
    for row in rows:
        # The day first: its rules look at how a text begins, and all years begin alike.
        row["dob"] = "".join(reversed(row["dob"].split("-"))) if row["dob"] else None
    records = dict(enumerate(rows))
    linker = dedupe.Dedupe(
        [
            variables.String("fn", has_missing=True),
            variables.String("sn", has_missing=True),
            variables.ShortString("dob", has_missing=True),
            variables.String("pc", has_missing=True),
            variables.Exact("upn", has_missing=True),
            variables.Exact("nhs", has_missing=True),
        ],
        num_cores=1,
    )
    random.seed(1)
    np.random.seed(1)
    # It learns its blocking rules from up to 5,000 records, whose pairs take more than 6 GB here.
    people = random.sample(sorted(set(known.person.tolist())), _SAMPLED)
    few = np.flatnonzero(np.isin(known.person, people)).tolist()
    linker.prepare_training({uid: records[uid] for uid in few}, sample_size=500)
    linker.mark_pairs(_labelled(known.person, rows, few))
    linker.train(recall=0.9, index_predicates=False)
    found = np.arange(len(table))
    for members, _ in linker.partition(records, threshold=0.5):
        found[list(members)] = min(members)
    return groups.answer(table, found, on)


def _labelled(
    person: np.ndarray, rows: list[dict[str, object]], few: list[int]
) -> dict[str, list[object]]:
    """Return pairs of one person, and pairs that share a name or a birth date and are two."""
    draw = random.Random(1)
    by_person, by_value = defaultdict(list), defaultdict(list)
    for uid in few:
        by_person[person[uid]].append(uid)
        for field in ("fn", "sn", "dob", "pc"):
            by_value[field, rows[uid][field]].append(uid)
    several = [uids for uids in by_person.values() if len(uids) > 1]
    alike = [draw.sample(draw.choice(several), 2) for _ in range(_LABELS)]
    shared = [uids for (_, value), uids in by_value.items() if value and len(uids) > 1]
    unlike: list[list[int]] = []
    while len(unlike) < _LABELS:
        one, other = draw.sample(draw.choice(shared), 2)
        if person[one] != person[other]:
            unlike.append([one, other])
    return {
        "match": [(rows[a], rows[b]) for a, b in alike],
        "distinct": [(rows[a], rows[b]) for a, b in unlike],
    }
