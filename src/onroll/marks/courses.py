"""Where a pupil's attendance is going: the last weeks beside those before.

These are the words of the office and of no law: they choose whom to look at first.
"""

from dataclasses import dataclass

import numpy as np

from onroll.marks.alphabet import AUTHORISED, UNAUTHORISED, Booleans, Numbers
from onroll.marks.measuring import Measured
from onroll.marks.shares import LEAST_POSSIBLE, PERSISTENT, missed_at_least
from onroll.statute.thresholds import PENALTY_WEEKS

# Half a term: long enough for a habit, short enough to act on.
RECENT_WEEKS = 6
# Two weeks of sessions in those six; fewer say nothing.
_LEAST_RECENT = 20
# Percent points by which the last weeks must be better than those before.
_BETTER_BY = 5


@dataclass(frozen=True, slots=True, eq=False)
class Courses:
    """One value for each pupil of a school, as at its last school week.

    `possible` and `missed` are sessions of the last six school weeks, `before` the same pair of
    the weeks before them; `unauthorised` counts G, N, O and U of the last ten school weeks.
    """

    possible: Numbers
    missed: Numbers
    before: tuple[Numbers, Numbers]
    unauthorised: Numbers

    @property
    def is_newly_at_risk(self) -> Booleans:
        """Not persistently absent over the whole time, but so in the last six weeks."""
        possible, missed = self.possible + self.before[0], self.missed + self.before[1]
        found: Booleans = (
            (self.possible >= _LEAST_RECENT)
            & missed_at_least(self.missed, self.possible, PERSISTENT)
            & ~missed_at_least(missed, possible, PERSISTENT)
        )
        return found

    @property
    def is_improving(self) -> Booleans:
        """Persistently absent before the last six weeks, and at least five points better since."""
        possible, missed = self.before
        found: Booleans = (
            (self.possible >= _LEAST_RECENT)
            & (possible >= LEAST_POSSIBLE)
            & missed_at_least(missed, possible, PERSISTENT)
            # missed/possible - recent missed/recent possible >= 5/100, without fractions
            & (
                (missed.astype(np.int64) * self.possible - self.missed * possible) * 100
                >= _BETTER_BY * possible.astype(np.int64) * self.possible
            )
        )
        return found


def courses(measured: Measured) -> Courses:
    """Take a school's weeks apart into the last six and those before."""
    possible = measured.by_week.sum(axis=0, dtype=np.int32)
    missed = measured.by_week[[AUTHORISED, UNAUTHORISED]].sum(axis=0, dtype=np.int32)
    return Courses(
        np.asarray(possible[:, -RECENT_WEEKS:].sum(axis=1)),
        np.asarray(missed[:, -RECENT_WEEKS:].sum(axis=1)),
        (
            np.asarray(possible[:, :-RECENT_WEEKS].sum(axis=1)),
            np.asarray(missed[:, :-RECENT_WEEKS].sum(axis=1)),
        ),
        np.asarray(measured.by_week[UNAUTHORISED][:, -PENALTY_WEEKS:].sum(axis=1, dtype=np.int32)),
    )
