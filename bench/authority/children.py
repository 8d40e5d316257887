"""Each child of a household: its names, its numbers, and what is particular to it."""

from datetime import date
from random import Random

from bench.authority.ages import is_of_school_age, school_year_start
from bench.authority.identifiers import OTHER_CODES, OUR_CODE, Issuer
from bench.authority.names import Kin, Name, name_child, name_household
from bench.authority.people import YEAR, Birth, Child, Household
from bench.authority.places import Address, Places
from bench.authority.variants import english_spelling, other_spelling

# Of the children of a status, those who have ever been given a UPN.
HAS_UPN = {
    "on_roll": 1.0, "alternative_provision": 1.0, "over_age": 0.93, "home_educated": 0.65,
    "independent": 0.12, "cross_border_school": 1.0, "under_age": 1.0, "moved_away": 0.93,
    "lives_elsewhere": 1.0,
}  # fmt: skip
HAS_UPN_BY_REASON = {"left_roll": 1.0, "new_arrival": 0.2, "never_applied": 0.0}
STARTS_SCHOOL = 4.5  # years old, more or less


class Christening:
    """Turns births into children."""

    def __init__(self, *, rng: Random, places: Places, issuer: Issuer, on: date) -> None:
        self.rng, self.places, self.issuer = rng, places, issuer
        self.on = on
        # Children born before this day have started in reception.
        start = school_year_start(on)
        self.reception = date(start.year - 4, 8, 31).toordinal()
        self._people = 0

    def children(
        self, household: Household, births: list[Birth], statuses: list[str], why: str
    ) -> list[Child]:
        """The children of a household, in the order of their births."""
        rng = self.rng
        english = household.tradition.style == "english"
        present = household.stays[0].home
        renamed = rng.random() < (0.11 if english else 0.04)
        apart = present.area >= 0 and rng.random() < (0.08 if english else 0.03)
        second_home = self.places.draw_home(rng, present.area) if apart else None
        kin_of = self._kin(household, births, 0.10 if english else 0.03)
        children: list[Child] = []
        used: set[str] = set()
        for birth, status in zip(births, statuses, strict=True):
            before = children[-1] if children and children[-1].born == birth.born else None
            like = before.name.given if before and rng.random() < 0.3 else ""
            kin = kin_of[birth.born]
            name, known_as = self._name(household, kin, birth, like, used)
            others = [other.born for other in births if other.born != birth.born]
            children.append(
                self._child(
                    household, kin, birth, status, why, name, known_as,
                    renamed=renamed, second_home=second_home,
                    sibling_born=rng.choice(others) if others else 0,
                )
            )  # fmt: skip
        return children

    def _kin(
        self, household: Household, births: list[Birth], stepfamilies: float
    ) -> dict[int, Kin]:
        """Whose names the children of each birth have: a stepfamily's are of two kinds."""
        rng = self.rng
        days = sorted({birth.born for birth in births})
        kin_of = dict.fromkeys(days, household.kin)
        if len(days) > 1 and rng.random() < stepfamilies:
            step = name_household(rng, household.tradition)
            for day in days[: rng.randrange(1, len(days))]:
                kin_of[day] = step
        return kin_of

    def _name(
        self, household: Household, kin: Kin, birth: Birth, like: str, used: set[str]
    ) -> tuple[Name, str]:
        """A name that no brother or sister has, nor goes by."""
        for _ in range(40):
            name, known_as = name_child(self.rng, household.tradition, kin, birth.sex, like=like)
            called = known_as if known_as in name.middles else name.given
            if called not in used:
                break
        used.add(called)
        return name, known_as

    def _child(
        self, household: Household, kin: Kin, birth: Birth, status: str, why: str, name: Name,
        known_as: str, *, renamed: bool, second_home: Address | None, sibling_born: int,
    ) -> Child:  # fmt: skip
        rng, tradition = self.rng, household.tradition
        self._people += 1
        reason = why if status in ("missing", "lives_elsewhere") else ""
        born_here = household.arrived <= birth.born
        second_given = second_family = ""
        if rng.random() < tradition.second_spelling:
            respell = english_spelling if tradition.style == "english" else other_spelling
            which = rng.random()
            if which < 0.7:
                second_given = respell(rng, name.given)
            if which > 0.4:
                second_family = respell(rng, name.family)
        upn, upn_since = self._upn(household, birth, status, reason)
        return Child(
            key=self._people,
            household=household,
            name=name,
            family_at_birth=kin.mother if renamed else name.family,
            other_family=kin.mother if rng.random() < 0.7 else kin.male,
            known_as=known_as if known_as != name.given else "",
            second_given=second_given,
            second_family=second_family,
            born=birth.born,
            sex=birth.sex,
            multiple=birth.multiple,
            sibling_born=sibling_born,
            status="never_in_education" if reason == "never_applied" else status,
            why=reason,
            in_age=is_of_school_age(date.fromordinal(birth.born), self.on),
            lives_here=status not in ("moved_away", "lives_elsewhere"),
            upn=upn,
            upn_since=upn_since,
            nhs_number=self.issuer.nhs_number(),
            default_date=household.from_abroad
            and not born_here
            and rng.random() < tradition.default_date,
            second_home=second_home,
        )

    def _upn(self, household: Household, birth: Birth, status: str, why: str) -> tuple[str, int]:
        """The number a state school gave the child, and when; none for who was never in one."""
        rng = self.rng
        chance = HAS_UPN_BY_REASON[why] if status == "missing" else HAS_UPN[status]
        since = max(birth.born + int(STARTS_SCHOOL * YEAR), 0)
        if why == "with_our_doctor" or birth.born > self.reception or rng.random() >= chance:
            return "", 0
        if household.left and since > household.left:
            return "", 0
        if household.from_abroad and since < household.arrived:
            since = household.arrived
        ours = household.home_at(since).area >= 0 and status != "cross_border_school"
        authority = OUR_CODE if ours else rng.choice(OTHER_CODES)
        year = 1970 + int((since - 719_163) / YEAR)
        school = 2_000 + rng.randrange(60 if ours else 900)
        return self.issuer.upn(authority=authority, school=school, year=year), since
