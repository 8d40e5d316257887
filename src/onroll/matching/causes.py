"""Why somebody may be in no education list: likely causes, so that alike cases are cleared alike.

A cause is a guess from the lists alone, made before a person looks, and decides nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np

from onroll.matching.sources import Source
from onroll.statute.ages import year_group

# From this chance on, that somebody is on an education list after all, the link is the question.
_WEAKLY_LINKED_BELOW = 0.85
_LEAVING = 11
_HARDLY_HERE = 0.1
# That older lists lack somebody tells of an arrival where so few residents are on none of them, by
# so many residents; that a newer one does, tells of a departure where as few lack that.
_FEW_LACK, _BY_SO_MANY = 0.05, 30
# A postcode district is unlike the others from this share of unseen residents, and this many.
_UNLIKE_SHARE, _UNLIKE_TIMES, _UNLIKE_LEAST = 0.08, 3.0, 30


@dataclass(frozen=True, slots=True)
class Cause:
    """One likely cause: what it is called, and what to do about a group of them."""

    title: str
    says: str


CAUSES: Mapping[str, Cause] = {
    "weak_link": Cause(
        "Perhaps on a roll under other details",
        "An education list has an entry that may be this child. Compare the two first.",
    ),
    "stale_source": Cause(
        "Only on an old list",
        "Only lists too old to say who lives here now have this child. Most families have moved "
        "away.",
    ),
    "moved_away": Cause(
        "Probably moved away",
        "Only lists that keep those who have left have this child, or a newer list has another "
        "family at the house.",
    ),
    "expected_leaver": Cause(
        "Expected to leave school this year",
        "The child is in Year 11. Ask the last school before anybody else.",
    ),
    "independent_or_cross_border": Cause(
        "Perhaps at an independent school or across the border",
        "Many children of this area are on none of the education lists. Ask the independent "
        "schools and the neighbouring authority for theirs.",
    ),
    "newly_arrived": Cause(
        "Newly arrived",
        "The lists that have this child had not when they last came, or older lists that hardly "
        "any resident is missing from have not. Ask admissions whether a place is applied for.",
    ),
    "never_seen": Cause(
        "Never seen in education",
        "Lists of who lives here have this child, and no education list does.",
    ),
}


class Search(Protocol):
    """What is asked of a search: its records, the person of each, and who has no education."""

    records: Any
    source: Any
    person: Any
    educates: Any


class Teller:
    """Answers, for one search, what a record is called and why a person may be unseen."""

    def __init__(self, search: Search, sources: Sequence[Source], on: date) -> None:
        self.sources = sources
        self.on = on
        self._search = search
        self._ids = search.records["record_id"].to_pylist()
        self._districts = search.records["pc_district"].to_pylist()
        self._in_age = search.records["in_age"].to_pylist()
        self._nobody = search.records["is_nobody"].to_pylist()
        self._unlike: frozenset[str] | None = None
        self._residents: Any = None
        self._arrived: dict[int, bool] = {}

    def named(self, uid: int) -> tuple[str, str]:
        """Return a record's source and its id there."""
        return self.sources[int(self._search.source[uid])].name, self._ids[uid]

    def is_nobody(self, uid: int) -> bool:
        """Whether a record describes no one child, as a household's or a total's."""
        return bool(self._nobody[uid])

    def is_in_age(self, uid: int) -> bool:
        """Whether a record is of somebody of compulsory school age on the day."""
        return bool(self._in_age[uid])

    def lists(self, uids: Sequence[int]) -> tuple[Source, ...]:
        """Return the lists that hold any of the records, the newest first."""
        numbers = {int(self._search.source[uid]) for uid in uids}
        found = [self.sources[n] for n in sorted(numbers)]
        return tuple(sorted(found, key=lambda source: source.as_at, reverse=True))

    def cause_of(
        self,
        uids: Sequence[int],
        probability: float,
        born_on: date | None,
        *,
        others_there: bool,
        lives_here: float,
    ) -> str:
        """Return the key of the likeliest cause for one person's records.

        `others_there`: a newer list has only other families at the person's last house;
        `lives_here`: the chance that they live here at all.
        """
        lists = self.lists(uids)
        if probability < _WEAKLY_LINKED_BELOW:
            return "weak_link"
        if all((self.on - source.as_at).days > source.stale_after_days for source in lists):
            return "stale_source"
        if others_there or lives_here < _HARDLY_HERE:
            return "moved_away"
        if born_on and (year_group(born_on, self.on) or 0) >= _LEAVING:
            return "expected_leaver"
        if self._area_is_unlike(uids):
            return "independent_or_cross_border"
        if self._has_newly_come(uids):
            return "newly_arrived"
        return "never_seen"

    def _has_newly_come(self, uids: Sequence[int]) -> bool:
        """Whether each of the person's lists took them in lately.

        A list whose earlier load is known tells it itself. Where none is, older lists tell it,
        and the day of any other list does not matter.
        """
        numbers = {int(self._search.source[uid]) for uid in uids}
        came = [
            self._ids[uid] in newcomers
            for uid in uids
            if (newcomers := self.sources[int(self._search.source[uid])].newcomers) is not None
        ]
        if not all(came):
            return False
        if came and all(self.sources[n].newcomers is not None for n in numbers):
            return True
        bits = sum(1 << n for n in numbers)
        if bits not in self._arrived:
            self._arrived[bits] = self._arrived_by_older(bits, numbers)
        return self._arrived[bits]

    def _arrived_by_older(self, bits: int, numbers: set[int]) -> bool:
        """Whether residents on these lists are on an older one as well, nearly all of them."""
        if self._residents is None:
            self._residents = _lists_of_residents(self._search)
        alike = self._residents[(self._residents & bits) > 0]
        if len(alike) < _BY_SO_MANY:
            return False
        first = min(self.sources[n].as_at for n in numbers)
        last = max(self.sources[n].as_at for n in numbers)
        others = [(1 << n, s.as_at) for n, s in enumerate(self.sources) if not s.is_education]
        older = sum(bit for bit, as_at in others if as_at < first)
        newer = [bit for bit, as_at in others if as_at > last]
        lack = [float(((alike & asked) == 0).mean()) for asked in (older, *newer)]
        return lack[0] <= _FEW_LACK and all(share > _FEW_LACK for share in lack[1:])

    def _area_is_unlike(self, uids: Sequence[int]) -> bool:
        if self._unlike is None:
            self._unlike = _unlike(self._districts, self._search)
        return any(self._districts[uid] in self._unlike for uid in uids)


def _lists_of_residents(search: Search) -> Any:
    """Return the lists of everybody who is being educated, each as bits: they do live here."""
    lists = np.zeros(int(search.person.max(initial=-1)) + 1, dtype=np.int64)
    np.bitwise_or.at(lists, search.person, np.left_shift(1, search.source.astype(np.int64)))
    return lists[np.unique(search.person[search.educates])]


def _unlike(named: Sequence[str | None], search: Search) -> frozenset[str]:
    """Return the postcode districts whose residents are unseen unlike those of the others."""
    educated = set(search.person[search.educates].tolist())
    here: Counter[str] = Counter()
    unseen: Counter[str] = Counter()
    for uid, person in enumerate(search.person.tolist()):
        district = named[uid]
        if district and not search.educates[uid]:
            here[district] += 1
            unseen[district] += person not in educated
    usual = sum(unseen.values()) / max(1, sum(here.values()))
    return frozenset(
        district
        for district, n in here.items()
        if n >= _UNLIKE_LEAST and unseen[district] / n >= max(_UNLIKE_SHARE, _UNLIKE_TIMES * usual)
    )
