"""From links to people, and from people to a list of names: the same for every peer."""

import random
from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from bench.find_missing.answers import Answer, Name
from bench.find_missing.truth import of_age


def joined(records: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the person of each record when every link, however indirect, is believed."""
    person = np.arange(records)
    while len(left):
        least = np.minimum(person[left], person[right])
        np.minimum.at(person, left, least)
        np.minimum.at(person, right, least)
        person = person[person]
        apart = person[left] != person[right]
        if not apart.any():
            break
    return person


def answer(
    table: pa.Table,
    people: np.ndarray,
    on: date,
    near: Mapping[int, float] | None = None,
    notes: Mapping[str, object] | None = None,
) -> Answer:
    """List every person of age who is on no education list.

    Those whose likeliest link to an education list is least likely come first (`near`, by record,
    where a method has chances); then those on most lists; the rest by lot.
    """
    educates = table["educates"].to_numpy()
    source = table["source_no"].to_numpy()
    born = table["born_on"].to_pylist()
    seen = np.zeros(len(people), bool)
    seen[people[educates]] = True
    unseen = np.flatnonzero(~seen[people])
    order = unseen[np.argsort(people[unseen], kind="stable")]
    starts = np.flatnonzero(np.diff(people[order], prepend=-1))
    lot = random.Random(1)
    found = []
    for uids in np.split(order, starts[1:]) if len(order) else []:
        if of_age([born[uid] for uid in uids], on):
            nearest = max((near.get(int(uid), 0.0) for uid in uids), default=0.0) if near else 0.0
            lists = len(set(source[uids].tolist()))
            rank = (round(nearest, 4), -lists, lot.random())
            found.append((rank, tuple(uids.tolist()), nearest))
    found.sort()
    listed = [Name(uids, None if near is None else 1 - nearest) for _, uids, nearest in found]
    return Answer(people, listed, dict(notes or {}))
