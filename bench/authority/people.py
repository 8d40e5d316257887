"""What is true of a child, of its household, and of how the children are divided."""

from dataclasses import dataclass

from bench.authority.names import Kin, Name
from bench.authority.places import Address
from bench.authority.traditions import Tradition

YEAR = 365.25


@dataclass(frozen=True)
class Shares:
    """How the children are divided. `missing` is of all who live here; the next four of those
    of compulsory school age; the rest are people besides, for each child living here."""

    missing: float = 0.0076
    cross_border: float = 0.02
    independent: float = 0.058
    home_educated: float = 0.014
    alternative: float = 0.005
    unlisted: float = 0.07
    moved_away: float = 0.30
    in_our_schools_only: float = 0.045
    with_our_doctors_only: float = 0.010


@dataclass(frozen=True, slots=True)
class Stay:
    """A home and the day from which it was lived in."""

    since: int
    home: Address


@dataclass(frozen=True, slots=True)
class Household:
    """People at one address; `stays` has the newest first."""

    key: int
    tradition: Tradition
    kin: Kin
    stays: tuple[Stay, ...]
    arrived: int  # the day on which it came to live here, 0 if before every birth
    from_abroad: bool
    left: int  # the day on which it moved away, 0 if it has not

    def home_at(self, day: int) -> Address:
        """Where it lived on a day."""
        for stay in self.stays:
            if stay.since <= day:
                return stay.home
        return self.stays[-1].home


@dataclass(frozen=True, slots=True)
class Child:
    """A child with everything that is true of it."""

    key: int
    household: Household
    name: Name
    family_at_birth: str
    other_family: str
    known_as: str
    second_given: str
    second_family: str
    born: int
    sex: str
    multiple: str
    sibling_born: int  # 0 without siblings born on another day
    status: str
    why: str
    in_age: bool
    lives_here: bool
    upn: str
    upn_since: int
    nhs_number: str
    default_date: bool
    second_home: Address | None


@dataclass(frozen=True, slots=True)
class Birth:
    """A child before it is named."""

    born: int
    sex: str
    multiple: str  # twin, triplet or nothing
