"""Records on their way to becoming people, and how likely each person is to be unseen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from onroll.matching import residence
from onroll.matching.absence import Claims, chances, patterns_of
from onroll.matching.clusters import TWO_NHS_NUMBERS, TWO_UPNS, Facts, grouped
from onroll.matching.columns import numbered
from onroll.matching.comparisons import FIELDS, number_of
from onroll.matching.sources import Source

# In bits: what two records of one person weigh at least, before and after the second look.
ONE_PERSON = 5.0
ONE_OF_THE_FEW = 2.0
# Of two records of one list, what all but proves that it has one child twice.
SURELY_TWICE = 18.0
# From this chance on an entry counts as perhaps the person's own.
_MAY_WELL_BE = 0.02
# Whoever is nearest to an entry of another given name and sex, birth date and home the same, is
# at least so likely to be a twin of it.
_MAY_BE_A_TWIN = 0.02

# However many a list has, its lacking somebody is worth no more, in bits.
_ALL_BUT_PROOF = 6.0

_PLACE = {field.key: n for n, field in enumerate(FIELDS)}
_TWIN = number_of(FIELDS[_PLACE["given"]], "twin")
_OTHER_SEX = number_of(FIELDS[_PLACE["sex"]], "different")
_SAME_DAY = number_of(FIELDS[_PLACE["born"]], "same")
_SAME_HOME = [number_of(FIELDS[_PLACE["address"]], level) for level in ("house", "slip")]


class People:
    """The records of one search on their way to becoming people."""

    def __init__(self, records: pa.Table, sources: Sequence[Source]) -> None:
        self.records = records
        self.sources = sources
        self.source = records["source_no"].to_numpy()
        self.educates = np.array([source.is_education for source in sources])[self.source]
        self.upn, self.nhs = numbered(records["upn"]), numbered(records["nhs"])
        self.bits = np.left_shift(1, self.source.astype(np.int64))
        self.left = self.right = np.zeros(0, dtype=np.int64)
        self.weight = np.zeros(0)
        self.levels = np.zeros((0, len(FIELDS)), dtype=np.int8)
        self._order: Any = None
        self._first: Any = None

    def take(self, pairs: pa.Table) -> None:
        """Add scored pairs, each kept once."""
        one, other = pairs["uid_l"].to_numpy(), pairs["uid_r"].to_numpy()
        levels = np.column_stack(
            [pairs[field.key].to_numpy().astype(np.int8) for field in FIELDS]
        ) if len(pairs) else np.zeros((0, len(FIELDS)), dtype=np.int8)  # fmt: skip
        self.left = np.concatenate([self.left, np.minimum(one, other)])
        self.right = np.concatenate([self.right, np.maximum(one, other)])
        self.weight = np.concatenate([self.weight, pairs["weight"].to_numpy()])
        self.levels = np.concatenate([self.levels, levels])
        order = np.lexsort((-self.weight, self.right, self.left))
        one, other = self.left[order], self.right[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
        kept = order[first]
        self.left, self.right = self.left[kept], self.right[kept]
        self.weight, self.levels = self.weight[kept], self.levels[kept]

    def pair_of(self, one: int, other: int) -> int:
        """Return the place of the pair of two records, -1 where they were not compared."""
        low, high = min(one, other), max(one, other)
        first, last = np.searchsorted(self.left, [low, low + 1])
        at = int(first + np.searchsorted(self.right[first:last], high))
        return at if at < last and self.right[at] == high else -1

    def put_together(self) -> None:
        """Group the records, first where it is sure, then those left without education."""
        self.twice = self._twice()
        facts = Facts(self.source, self.upn, self.nhs, self.twice)
        group = grouped(facts, self.left, self.right, self.weight, ONE_PERSON)
        without = ~_any(self.educates, group)
        both = without[group[self.left]] & without[group[self.right]]
        joined = grouped(
            facts, self.left, self.right, np.where(both, self.weight, -99.0), ONE_OF_THE_FEW
        )
        self.group = np.where(without[group], joined, group)
        self._order = None

    def _twice(self) -> list[float]:
        """Return what it costs, in bits, that one child stands on a list twice."""
        same = (self.source[self.left] == self.source[self.right]) & (self.weight >= SURELY_TWICE)
        twice = np.bincount(self.source[self.left[same]], minlength=len(self.sources))
        size = np.bincount(self.source, minlength=len(self.sources))
        share = (twice + 0.5) / (size + 100)
        return [float(bits) for bits in np.clip(-np.log2(share / 0.8), 3.0, 12.0)]

    def members(self, group: int) -> list[int]:
        """Return the records of one group."""
        if self._order is None:
            self._order = np.argsort(self.group, kind="stable")
            self._first = np.searchsorted(self.group[self._order], np.arange(len(self.group) + 1))
        return sorted(self._order[self._first[group] : self._first[group + 1]].tolist())

    def few(self) -> Any:
        """Return the records of people without education."""
        return np.flatnonzero(~_any(self.educates, self.group)[self.group])

    def education(self) -> Any:
        """Return the records of the education lists."""
        return np.flatnonzero(self.educates)

    def weigh(self) -> None:
        """Work out for each person without education how likely it is that they are in none."""
        without = ~_any(self.educates, self.group)
        lists = _together(self.bits, self.group)
        heads = np.flatnonzero(np.bincount(self.group, minlength=len(self.group)) > 0)
        few = heads[without[heads]]
        place = np.full(len(self.group), -1)
        place[few] = np.arange(len(few))
        person, entry, bits, pair = self._claims(without, lists)
        _, entry_no = np.unique(entry, return_inverse=True)
        homes = sum(1 << n for n, source in enumerate(self.sources) if not source.is_education)
        sets = (lists[heads] & homes).tolist()
        number = patterns_of(sets)
        seen = dict(enumerate(np.bincount(number).tolist()))
        of_head = np.zeros(len(self.group), dtype=int)
        of_head[heads] = number
        educated = max(1, int(self.educates.sum()))
        none, share = chances(
            Claims(place[person], entry_no.ravel(), bits, lists[person] & homes),
            len(few),
            of_head[few],
            seen,
            per_entry=len(self.group) / (3.0 * educated),
        )
        self.few_heads, self.none = few, none
        self.nearest = _best(place[person], share, len(few))
        # A twin of the other sex is never out of sight.
        near = np.flatnonzero(self.nearest >= 0)
        levels = self.levels[pair[self.nearest[near]]]
        twins = near[
            (levels[:, _PLACE["given"]] == _TWIN) & (levels[:, _PLACE["sex"]] == _OTHER_SEX)
        ]
        none[twins] = np.maximum(none[twins], _MAY_BE_A_TWIN)
        self.claim_share, self.claim_pair, self.claim_entry = share, pair, entry
        self.person = self._joined(few, none)
        self._weigh_residence(few)

    def _weigh_residence(self, few: Any) -> None:
        """Work out for each person without education how likely it is that they live here."""
        heads, person = np.unique(self.group, return_inverse=True)
        person = person.ravel()
        house = _both(numbered(self.records["house"]), numbered(self.records["pc"]))
        family = numbered(self.records["sn_f"])
        day = np.array([source.as_at.toordinal() for source in self.sources])[self.source]
        at = np.flatnonzero(~self.educates)
        gone = residence.occupied(house[at], family[at], person[at], day[at], len(heads))
        alias = self._with_nearest(few, heads)
        siblings = residence.with_family_at_school(
            _both(house, family), alias[person], self.educates, len(heads)
        )[alias]
        lists = _together(np.where(self.educates, 0, self.bits), person)[: len(heads)]
        pattern = patterns_of(lists.tolist())
        # Whoever is on education lists alone shows nothing of what residents leave behind.
        traced = lists > 0
        found = np.ones(len(heads))
        found[traced] = residence.chances(
            pattern[traced], _any(self.educates, self.group)[heads][traced]
        )
        found = residence.weighed(found, others_there=gone, family_at_school=siblings)
        where = np.searchsorted(heads, few)
        self.lives_here = found[where]
        self.others_there, self.family_at_school = gone[where], siblings[where]

    def _with_nearest(self, few: Any, heads: Any) -> Any:
        """Number the people so that a nearest entry that may well be theirs is no relative."""
        alias = np.arange(len(heads))
        known = np.flatnonzero(self.nearest >= 0)
        near = known[self.claim_share[self.nearest[known]] >= _MAY_WELL_BE]
        entries = self.claim_entry[self.nearest[near]]
        alias[np.searchsorted(heads, few[near])] = np.searchsorted(heads, entries)
        return alias

    def _claims(self, without: Any, lists: Any) -> tuple[Any, Any, Any, Any]:
        """Return the best pair between each person without education and each one with."""
        a, b = self.group[self.left], self.group[self.right]
        between = without[a] != without[b]
        at = np.flatnonzero(between)
        person = np.where(without[a[at]], a[at], b[at])
        entry = np.where(without[a[at]], b[at], a[at])
        bits = self.weight[at].copy()
        shared = lists[person] & lists[entry]
        cost = np.zeros(len(at))
        for n, penalty in enumerate(self.twice):
            cost += np.where(shared >> n & 1, penalty, 0.0)
        # Where the pair itself has two numbers its weight has told so already.
        for key, numbers, bits_against in (
            ("upn", self.upn, TWO_UPNS),
            ("nhs", self.nhs, TWO_NHS_NUMBERS),
        ):
            told = self.levels[at, _PLACE[key]] >= 0
            cost += bits_against * (~told & numbers_differ(numbers, self.group, person, entry))
        bits += self._one_at_home(at, lists, person, entry) - cost
        order = np.lexsort((-bits, entry, person))
        person, entry, bits, at = person[order], entry[order], bits[order], at[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (person[1:] != person[:-1]) | (entry[1:] != entry[:-1])
        return person[first], entry[first], bits[first], at[first]

    def _one_at_home(self, at: Any, lists: Any, person: Any, entry: Any) -> Any:
        """Return what it is worth, in bits, that a list has one child of a home where two would be.

        Two of one home and one date of birth are twins, or one child under two names. Twins would
        both be on a list that nearly everybody in education is on; that it has the one without
        education and not the other says that they are one.
        """
        worth = np.zeros(len(at))
        heads = np.flatnonzero(np.bincount(self.group[self.educates], minlength=len(self.group)))
        levels = self.levels[at]
        alike = (
            (levels[:, _PLACE["born"]] == _SAME_DAY)
            & np.isin(levels[:, _PLACE["address"]], _SAME_HOME)
            & (levels[:, _PLACE["sex"]] != _OTHER_SEX)
        )
        for n, source in enumerate(self.sources):
            if source.is_education or not len(heads):
                continue
            # One more of each kind: three children who are all on a list prove little.
            lacking = int((~lists[heads] >> n & 1).sum())
            bits = min(_ALL_BUT_PROOF, -np.log2((lacking + 1) / (len(heads) + 2)))
            has_one = (lists[person] >> n & 1) > (lists[entry] >> n & 1)
            worth = np.maximum(worth, np.where(alike & has_one, bits, 0.0))
        return worth

    def _joined(self, few: Any, none: Any) -> Any:
        """Number the people: whoever is more likely than not somebody on a list becomes them."""
        person = self.group.copy()
        for n in np.flatnonzero((none < 0.5) & (self.nearest >= 0)):
            claim = self.nearest[n]
            if self.claim_share[claim] > 0.5:
                person[self.members(int(few[n]))] = self.claim_entry[claim]
        return person


def _both(a: Any, b: Any) -> Any:
    """Number the different pairs of two numbers, -1 where either is missing."""
    both = np.where((a >= 0) & (b >= 0), a * (b.max(initial=0) + 1) + b, -1)
    different, number = np.unique(both, return_inverse=True)
    return number.ravel() - (1 if len(different) and different[0] == -1 else 0)


def _any(flags: Any, group: Any) -> Any:
    """Whether any record of a group has the flag, at the group's own number."""
    return np.bincount(group, weights=flags, minlength=len(group)) > 0


def _together(bits: Any, group: Any) -> Any:
    """Return all bits of a group's records, at the group's own number."""
    found = np.zeros(len(group), dtype=np.int64)
    np.bitwise_or.at(found, group, bits)
    return found


def numbers_differ(numbers: Any, group: Any, one: Any, other: Any) -> Any:
    """Whether two groups have numbers and none in common, for each pair of groups."""
    known = numbers >= 0
    most = int(numbers.max(initial=0)) + 1
    held = np.unique(group[known] * most + numbers[known])
    owner, held = held // most, held % most
    start = np.searchsorted(owner, np.arange(len(group) + 1))
    count = np.diff(start)
    lowest = np.full(len(group), -1, dtype=np.int64)
    lowest[count > 0] = held[start[:-1][count > 0]]
    a, b = lowest[one], lowest[other]
    found = (a >= 0) & (b >= 0) & (a != b)
    for n in np.flatnonzero(found & ((count[one] > 1) | (count[other] > 1))).tolist():
        theirs = [set(held[start[g] : start[g + 1]].tolist()) for g in (one[n], other[n])]
        found[n] = theirs[0].isdisjoint(theirs[1])
    return found


def _best(person: Any, share: Any, persons: int) -> Any:
    """Return for each person the claim with the greatest share, -1 where there is none."""
    best = np.full(persons, -1)
    order = np.argsort(share, kind="stable")
    best[person[order]] = order
    return best
