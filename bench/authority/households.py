"""Households: where they lived when, which children were born to them, what became of these."""

from collections.abc import Iterator
from datetime import date
from random import Random

from bench.authority import ages
from bench.authority.children import Christening
from bench.authority.identifiers import Issuer
from bench.authority.names import name_household
from bench.authority.people import YEAR, Birth, Child, Household, Shares, Stay
from bench.authority.places import OUTSIDE_ABROAD, Places
from bench.authority.traditions import TRADITIONS, Tradition

YOUNGEST, ELDEST = 4, 17
TWINS, TRIPLETS = 0.0150, 0.0003  # of births
MOVES_A_YEAR = 0.125
COMES_FROM_OUTSIDE = 0.34  # of moves into a home
# How much likelier than others children of an origin are to be missing; made to average 1.
MISSING_BY_TRADITION = {
    "english": 0.85, "pakistani": 1.1, "romanian": 2.4, "slavic": 2.2, "arabic": 1.6,
    "somali": 1.6, "west_african": 1.3, "iberian": 1.4, "polish": 1.2,
}  # fmt: skip
_MISSING_MEAN = sum(t.share * MISSING_BY_TRADITION.get(t.key, 1.0) for t in TRADITIONS)
WHY_MISSING = (("left_roll", 0.45), ("new_arrival", 0.33), ("never_applied", 0.22))


class Authority:
    """Makes the people of one authority, household by household, from a seed."""

    def __init__(self, *, seed: int, children: int, on: date, shares: Shares) -> None:
        self.rng = Random(f"{seed}-people")
        self.children, self.on, self.shares = children, on, shares
        self.today = on.toordinal()
        self.first = ages.birthday(on, -ELDEST - 1).toordinal() + 1
        self.last = ages.birthday(on, -YOUNGEST).toordinal()
        self.places = Places(self.rng, children=children)
        self.issuer = Issuer(self.rng.randrange(1_000_000))
        self._naming = Christening(rng=self.rng, places=self.places, issuer=self.issuer, on=on)
        days = range(self.first, self.last + 1)
        self._in_age = {day: ages.is_of_school_age(date.fromordinal(day), on) for day in days}
        self.in_age_share = sum(self._in_age.values()) / len(days)
        self._households = 0

    def everyone(self) -> Iterator[Child]:
        """All children: those who live here, then among them those who left or live elsewhere."""
        here = gone = schooled = doctored = 0
        while here < self.children:
            for child in self._resident()[: self.children - here]:
                here += 1
                yield child
            while gone < here * self.shares.moved_away:
                for child in self._departed():
                    gone += 1
                    yield child
            while schooled < here * self.shares.in_our_schools_only:
                for child in self._elsewhere("in_our_school"):
                    schooled += 1
                    yield child
            while doctored < here * self.shares.with_our_doctors_only:
                for child in self._elsewhere("with_our_doctor"):
                    doctored += 1
                    yield child

    # Births

    def _births(self) -> list[Birth]:
        """The children of one mother who are of the ages asked for, eldest first."""
        rng = self.rng
        lot = rng.random()
        count = 1 if lot < 0.40 else 2 if lot < 0.80 else 3 if lot < 0.94 else 4
        days = [rng.randint(self.first, self.last)]
        for _ in range(count - 1):
            gap = int(YEAR * (1.05 + rng.gammavariate(2.2, 0.9)))
            days.append(days[0] - gap if rng.random() < 0.5 else days[-1] + gap)
            days.sort()
        births = []
        for day in days:
            if not self.first <= day <= self.last:
                continue
            lot = rng.random()
            many = 3 if lot < TRIPLETS else 2 if lot < TRIPLETS + TWINS else 1
            sex = "M" if rng.random() < 0.512 else "F"
            alike = rng.random() < 0.34
            for turn in range(many):
                if turn and not alike:
                    sex = "M" if rng.random() < 0.512 else "F"
                births.append(Birth(day, sex, ("", "twin", "triplet")[many - 1]))
        return births

    # Households

    def _resident(self) -> list[Child]:
        births = self._births()
        area = self.places.draw_area(self.rng)
        tradition = TRADITIONS[self.places.draw_tradition(self.rng, area)]
        statuses = self._statuses(births, tradition)
        why = self._why() if "missing" in statuses else ""
        household = self._household(births, tradition, area, recent=why == "new_arrival")
        return self._children(household, births, statuses, why)

    def _departed(self) -> list[Child]:
        rng = self.rng
        births = self._births()
        left = self.today - int(20 + rng.random() ** 1.3 * 13 * YEAR)
        births = [birth for birth in births if birth.born < left]
        area = self.places.draw_area(rng)
        tradition = TRADITIONS[self.places.draw_tradition(rng, area)]
        household = self._household(births, tradition, area, left=left)
        # Only who lived here for a while can be on a list.
        births = [birth for birth in births if household.arrived < left - 60]
        return self._children(household, births, ["moved_away"] * len(births), "")

    def _elsewhere(self, why: str) -> list[Child]:
        rng = self.rng
        births = self._births()
        tradition = TRADITIONS[self.places.draw_tradition(rng, self.places.draw_area(rng))]
        stays = (Stay(0, self.places.draw_outside(rng)),)
        self._households += 1
        kin = name_household(rng, tradition)
        household = Household(self._households, tradition, kin, stays, 0, False, 0)
        return self._children(household, births, ["lives_elsewhere"] * len(births), why)

    def _household(
        self, births: list[Birth], tradition: Tradition, area: int, *,
        recent: bool = False, left: int = 0,
    ) -> Household:  # fmt: skip
        """Walk back from the present home to the one in which the eldest was born."""
        rng, places = self.rng, self.places
        self._households += 1
        stays: list[Stay] = []
        day, arrived, from_abroad = self.today, 0, False
        if left:
            abroad = rng.random() < tradition.abroad
            stays.append(Stay(left, OUTSIDE_ABROAD if abroad else places.draw_outside(rng)))
            day = left
        eldest = min((birth.born for birth in births), default=day)
        while True:
            day -= 1 + int(rng.expovariate(MOVES_A_YEAR * (4.0 if recent else 1.0)) * YEAR)
            if recent:
                day = max(day, self.today - int((0.1 + rng.random()) * 1.5 * YEAR))
            stays.append(Stay(day, places.draw_home(rng, area)))
            if day <= eldest:
                break
            if recent or rng.random() < COMES_FROM_OUTSIDE:
                arrived = day
                from_abroad = rng.random() < (
                    max(tradition.abroad, 0.35) if recent else tradition.abroad
                )
                stays.append(Stay(0, OUTSIDE_ABROAD if from_abroad else places.draw_outside(rng)))
                break
            if rng.random() < 0.5:
                area = places.draw_area(rng)
        kin = name_household(rng, tradition)
        return Household(self._households, tradition, kin, tuple(stays), arrived, from_abroad, left)

    # What becomes of the children

    def _statuses(self, births: list[Birth], tradition: Tradition) -> list[str]:
        """A status each; brothers and sisters often share one, twins nearly always."""
        rng = self.rng
        shared = self._draw_status(tradition)
        statuses = []
        for birth in births:
            together = rng.random() < (0.85 if birth.multiple else 0.5)
            status = shared if together else self._draw_status(tradition)
            if not self._in_age[birth.born]:
                young = birth.born > self.today - 10 * YEAR
                status = "under_age" if young else "over_age"
            statuses.append(status)
        return statuses

    def _draw_status(self, tradition: Tradition) -> str:
        lot, shares = self.rng.random(), self.shares
        likelier = MISSING_BY_TRADITION.get(tradition.key, 1.0) / _MISSING_MEAN
        for status, share in (
            ("missing", shares.missing / self.in_age_share * likelier),
            ("cross_border_school", shares.cross_border),
            ("independent", shares.independent),
            ("home_educated", shares.home_educated),
            ("alternative_provision", shares.alternative),
        ):
            lot -= share
            if lot < 0:
                return status
        return "on_roll"

    def _why(self) -> str:
        lot = self.rng.random()
        for why, share in WHY_MISSING:
            lot -= share
            if lot < 0:
                return why
        return WHY_MISSING[-1][0]

    def _children(
        self, household: Household, births: list[Birth], statuses: list[str], why: str
    ) -> list[Child]:
        """Name the children and give them their numbers."""
        return self._naming.children(household, births, statuses, why)
