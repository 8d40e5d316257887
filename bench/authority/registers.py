"""Which list has whom, and what each list is like."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from bench.authority.ages import school_year_start
from bench.authority.people import YEAR, Child


@dataclass(frozen=True)
class Register:
    """One list: what it is evidence of, how fresh it is, and how carefully it is kept."""

    name: str
    letter: str  # with which its record ids begin
    evidence: str
    days_old: int
    by_default: bool
    upn: float = 0.0  # chance that a child who has one is entered with it
    nhs: float = 0.0
    slips: float = 1.0  # times the common rates
    usual: float = 1.0  # times the chance that the name gone by is entered
    former: float = 1.0  # times the chance that the name at birth is entered
    late: float = 1.0  # times the chance that an earlier home is entered
    middles: float = 1.0  # times the chance that middle names are dropped
    twice: float = 0.0  # of its children, those entered twice at the usual noise
    same_number: float = 0.0  # of those, whose two entries have one number
    capitals: bool = False  # family names stand in capitals


SCHOOLS = Register(
    "school_rolls", "S", "education", 3, True, upn=1.0, usual=1.0, middles=0.6, twice=0.004,
    same_number=0.9,
)  # fmt: skip
INDEPENDENT = Register(
    "independent_schools", "I", "education", 130, False, upn=0.05, slips=1.4, usual=1.6,
    middles=1.3, twice=0.003,
)  # fmt: skip
HOME = Register(
    "home_education", "H", "education", 25, False, upn=0.45, slips=1.6, usual=1.2, middles=1.4,
    twice=0.006, same_number=0.5,
)  # fmt: skip
ALTERNATIVE = Register(
    "alternative_provision", "A", "education", 40, False, upn=0.9, slips=1.5, usual=1.6,
    middles=1.2, twice=0.006, same_number=0.9,
)  # fmt: skip
OTHERS = Register(
    "other_authorities", "O", "education", 60, False, upn=0.97, middles=0.8, twice=0.002,
    same_number=0.9,
)  # fmt: skip
TOGETHER = Register(
    "independent_and_other", "I", "education", 60, True, upn=1.0, slips=1.4, usual=1.4,
    middles=1.3, twice=0.004, same_number=0.7,
)  # fmt: skip
DOCTORS = Register(
    "gp_list", "G", "residence", 14, True, nhs=1.0, usual=0.25, former=1.3, late=1.3,
    middles=0.9, twice=0.010, same_number=0.35, capitals=True,
)  # fmt: skip
BIRTHS = Register(
    "births", "B", "residence", 45, True, nhs=0.96, slips=0.5, usual=0.0, late=0.0, middles=0.05,
    twice=0.0005, same_number=0.9,
)  # fmt: skip
ADMISSIONS = Register(
    "admissions", "D", "residence", 20, True, upn=0.5, slips=1.4, usual=0.9, late=0.5,
    middles=1.3, twice=0.025, same_number=0.6,
)  # fmt: skip
HOUSING = Register(
    "housing", "T", "residence", 35, False, slips=1.8, usual=0.8, late=0.8, middles=1.6, twice=0.01
)
COUNCIL_TAX = Register(
    "council_tax_support", "C", "residence", 30, False, slips=1.6, usual=0.6, late=0.8,
    middles=1.6, twice=0.006,
)  # fmt: skip
DEFAULT = (SCHOOLS, TOGETHER, DOCTORS, BIRTHS, ADMISSIONS)
ALL = (
    SCHOOLS, INDEPENDENT, HOME, ALTERNATIVE, OTHERS, DOCTORS, BIRTHS, ADMISSIONS, HOUSING,
    COUNCIL_TAX,
)  # fmt: skip
# Of the applications for a place, how likely one was made, by what became of the child.
APPLIES = {
    "on_roll": 0.96, "alternative_provision": 0.95, "under_age": 0.96, "over_age": 0.93,
    "home_educated": 0.6, "independent": 0.35, "cross_border_school": 0.85, "moved_away": 0.9,
}  # fmt: skip
APPLIES_BY_REASON = {"left_roll": 0.85, "new_arrival": 0.35, "never_applied": 0.06}
KEPT_YEARS = 5  # for which applications are kept


@dataclass(frozen=True, slots=True)
class Sighting:
    """A child stands on a list, as it was on a day."""

    register: Register
    seen_on: int
    again: bool = False  # a second entry in the same list


class Lists:
    """Decides on which lists a child stands."""

    def __init__(
        self, *, rng: Random, again: Random, on: date, all_sources: bool, twice: float,
        unlisted: float,
    ) -> None:  # fmt: skip
        # Second entries have numbers of their own, so that noise does not change who is listed.
        self.rng, self.again, self.all_sources = rng, again, all_sources
        self.twice, self.unlisted = twice, unlisted
        self.today = on.toordinal()
        self.reception = date(school_year_start(on).year - 4, 8, 31).toordinal()
        self.registers = ALL if all_sources else DEFAULT

    def of(self, child: Child) -> list[Sighting]:
        """Every entry of the child in every list."""
        found = [*self._educated(child), *self._living(child)]
        for sighting in list(found):
            if self.again.random() < sighting.register.twice * self.twice:
                earlier = int(self.again.expovariate(1 / 1.5) * YEAR)
                seen_on = max(sighting.seen_on - earlier, child.born)
                found.append(replace(sighting, seen_on=seen_on, again=True))
        return found

    def _educated(self, child: Child) -> Iterator[Sighting]:
        rng, status = self.rng, child.status
        lot, also = rng.random(), rng.random()
        register: Register | None = None
        match status:
            case "on_roll":
                register = SCHOOLS
            case "under_age":
                register = SCHOOLS if child.born <= self.reception and lot < 0.95 else None
            case "over_age":
                register = SCHOOLS if lot < 0.45 else None
            case "independent":
                register = INDEPENDENT if lot >= self.unlisted else None
            case "home_educated":
                register = HOME if lot >= self.unlisted else None
            case "alternative_provision":
                register = ALTERNATIVE if lot < 0.9 else SCHOOLS
                if register is ALTERNATIVE and also < 0.4:
                    yield self._seen(SCHOOLS)
            case "lives_elsewhere" if child.why == "in_our_school":
                inside = child.born <= self.reception and (child.in_age or lot < 0.45)
                register = (SCHOOLS if also < 0.9 else INDEPENDENT) if inside else None
            case "cross_border_school" if self.all_sources and lot < 0.8:
                register = OTHERS
        if register is None:
            return
        if not self.all_sources and register is not SCHOOLS:
            # One list of all the rest, in which few but those in provision have their UPN.
            numbered = replace(TOGETHER, upn=register.upn, same_number=register.same_number)
            yield Sighting(numbered, self.today - register.days_old)
            return
        yield self._seen(register)

    def _seen(self, register: Register) -> Sighting:
        return Sighting(register, self.today - register.days_old)

    def _living(self, child: Child) -> Iterator[Sighting]:
        rng, household = self.rng, child.household
        if self._has_doctor(child):
            seen_on = household.left - 1 if household.left else self.today - DOCTORS.days_old
            yield Sighting(DOCTORS, seen_on)
        if household.home_at(child.born).area >= 0 and rng.random() < 0.992:
            yield Sighting(BIRTHS, child.born)
        applied_on = self._applied_on(child)
        if applied_on:
            yield Sighting(ADMISSIONS, applied_on)
        if self.all_sources and child.lives_here:
            poor = household.key % 5 == 0
            if poor and rng.random() < 0.92:
                yield Sighting(HOUSING, self.today - int(rng.expovariate(0.5) * YEAR))
            if (poor or household.key % 7 == 0) and rng.random() < 0.9:
                yield Sighting(COUNCIL_TAX, self.today - int(rng.expovariate(0.8) * YEAR))

    def _has_doctor(self, child: Child) -> bool:
        lot, household = self.rng.random(), child.household
        if household.left:
            # Who has gone stays on the list until somebody notices.
            return lot < (0.40 if household.left > self.today - 500 else 0.035)
        if child.status == "lives_elsewhere":
            return child.why == "with_our_doctor" or lot < 0.25
        if child.why == "left_roll":
            return lot < 0.93
        if household.arrived > self.today - 300:
            return lot < 0.80
        return lot < 0.983

    def _applied_on(self, child: Child) -> int:
        """The day of the latest application that is still kept, or 0."""
        rng, household = self.rng, child.household
        if child.status == "lives_elsewhere":
            return 0
        chance = APPLIES_BY_REASON[child.why] if child.why else APPLIES[child.status]
        # For reception, for year 7, and when a family comes at another time.
        days = [child.born + int(4.35 * YEAR), child.born + int(11.1 * YEAR)]
        if household.arrived > days[0]:
            days.append(household.arrived + 20)
        oldest = self.today - int(KEPT_YEARS * YEAR)
        until = (household.left or self.today) - 15
        for day in sorted(days, reverse=True):
            if (
                oldest <= day <= until
                and household.home_at(day).area >= 0
                and rng.random() < chance
            ):
                return day
        return 0
