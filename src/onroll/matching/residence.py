"""How likely it is that somebody whom no education list has lives here at all.

Most who are on old lists and in no school have moved away. Nothing says who; but those who are
being educated do live here, and show which lists a resident child is on. Among the unseen, those
who look like residents are the ones to ask about first.
"""

from typing import Any

import numpy as np

# A kind of person is compared once this share of the educated, and so many, are of it.
_SHARE, _COUNT = 0.01, 30
_LEAST = 0.02
_MOST_BY_TRACES, _OTHERS_THERE, _FAMILY_AT_SCHOOL = 0.9, 0.3, 0.97


def chances(kind: Any, educated: Any) -> Any:
    """Return for each person the chance that they live here, by the kind of trace they leave.

    `kind` numbers what people look alike in; `educated` says who is on an education list. The
    unseen are a mixture of residents, who leave traces as the educated do, and of people who are
    gone. Of residents there can be no more than would fit into every kind of trace.
    """
    kinds = int(kind.max(initial=0)) + 1
    of_educated = np.bincount(kind[educated], minlength=kinds).astype(float)
    of_unseen = np.bincount(kind[~educated], minlength=kinds).astype(float)
    known, unseen = of_educated.sum(), of_unseen.sum()
    if known < _COUNT or unseen < 1:
        return np.ones(len(kind))
    share = of_educated / known
    usual = (share >= _SHARE) & (of_educated >= _COUNT)
    if not usual.any():
        return np.ones(len(kind))
    # A little more than was counted, so that an empty kind does not make everybody a stranger.
    room = (of_unseen + np.sqrt(of_unseen) + 1) / np.maximum(share, 1e-9)
    residents = min(unseen, float(room[usual].min()))
    expected = residents * (of_educated + 0.5) / (known + 0.5 * kinds)
    return np.clip(expected / np.maximum(of_unseen, 1), _LEAST, _MOST_BY_TRACES)[kind]


def occupied(house: Any, family: Any, person: Any, newest: Any, persons: int) -> Any:
    """Return for each person whether a newer list has only other families at their last house.

    For each record: the number of its house and of its family name, -1 where it has none, and of
    its person; and `newest`, the day of its list as a number.
    """
    last = np.full(persons, -1, dtype=np.int64)
    np.maximum.at(last, person, newest)
    found = np.zeros(persons, dtype=bool)
    with_house = house >= 0
    if not with_house.any():
        return found
    houses = int(house.max()) + 1
    seen_on = np.full(houses, -1, dtype=np.int64)
    np.maximum.at(seen_on, house[with_house], newest[with_house])
    # The families at each house on its newest list.
    at_newest = with_house & (newest == seen_on[np.maximum(house, 0)]) & (family >= 0)
    lives_there = set(zip(house[at_newest].tolist(), family[at_newest].tolist(), strict=True))
    somebody = np.zeros(houses, dtype=bool)
    somebody[house[at_newest]] = True
    mine = with_house & (newest == last[person]) & (family >= 0)
    at = np.flatnonzero(mine)
    newer = (seen_on[house[at]] > newest[at]) & somebody[house[at]]
    for record in at[newer].tolist():
        if (int(house[record]), int(family[record])) not in lives_there:
            found[person[record]] = True
    return found


def with_family_at_school(home: Any, person: Any, educates: Any, persons: int) -> Any:
    """Return for each person whether somebody else of their family and house is being educated.

    For each record: the number of its house and family name together, -1 where either is missing,
    its person, and whether it is of an education list.
    """
    found = np.zeros(persons, dtype=bool)
    at = np.flatnonzero((home >= 0) & educates)
    if not len(at):
        return found
    pupils = np.unique(np.column_stack([home[at], person[at]]), axis=0)
    homes = int(home.max()) + 1
    of_home = np.bincount(pupils[:, 0], minlength=homes)
    living = np.unique(np.column_stack([home[home >= 0], person[home >= 0]]), axis=0)
    codes = pupils[:, 0] * persons + pupils[:, 1]
    themselves = np.isin(living[:, 0] * persons + living[:, 1], codes)
    np.logical_or.at(found, living[:, 1], of_home[living[:, 0]] - themselves > 0)
    return found


def weighed(chances: Any, *, others_there: Any, family_at_school: Any) -> Any:
    """Return the chances with what a house tells.

    Another family on a newer list makes it unlikely that a child still lives there; a brother or
    sister in a school of ours, at the same house, makes it all but sure.
    """
    found = np.where(others_there, chances * _OTHERS_THERE, chances)
    return np.where(family_at_school, np.maximum(found, _FAMILY_AT_SCHOOL), found)
