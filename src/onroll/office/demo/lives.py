"""What is invented of one child: the family, the home, the schooling, and what happened."""

from dataclasses import dataclass, field
from datetime import date

from onroll.office.demo.town import Community, InventedSchool


@dataclass(frozen=True, slots=True)
class Plot:
    """One way of going missing: how common, under which reasons, how it tends to end."""

    share: int
    reason: str  # national
    local: str  # the authority's own reason, "" for none
    endings: tuple[tuple[str, int], ...]
    median_days: int
    says: str
    whereabouts: str = "here"


@dataclass(frozen=True, slots=True)
class Schooling:
    """One entry on a roll. `last` is None while it lasts."""

    school: int  # URN
    first: date
    last: date | None
    ground: str = ""
    departure: str = ""
    destination: str = ""
    is_expected: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Something done on a case on a day."""

    what: str  # "enquiry", "visit", "call", "note"
    on: date
    text: str
    result: str = ""
    strength: str = ""
    answered_on: date | None = None
    child_seen: bool = False
    voice: str = ""
    template: str = ""
    country: str = ""
    la_code: str = ""


@dataclass(slots=True)
class Story:
    """One case from the first word of it to its end, or to today."""

    plot: Plot
    told_on: date
    aware_on: date
    last_attended_on: date
    last_school: InventedSchool
    route: str
    source: str
    significant_harm: bool
    factors: tuple[str, ...]
    officer: int
    triaged_on: date | None = None
    first_action_on: date | None = None
    located_on: date | None = None
    secured_on: date | None = None
    new_school: InventedSchool | None = None
    starts_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    country: str = ""
    la_code: str = ""
    steps: list[Step] = field(default_factory=list)
    schooling: list[Schooling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A house."""

    line_1: str
    town: str
    postcode: str


@dataclass(frozen=True, slots=True)
class InventedCarer:
    """An adult of a household."""

    key: int
    title: str
    given_names: str
    family_name: str
    kind: str
    lives_with: bool
    mobile: str
    email: str
    language: str


@dataclass(slots=True)
class InventedChild:
    """One child with a history."""

    key: int
    given_names: str
    family_name: str
    known_as: str
    former_family_name: str
    born_on: date
    sex: str
    community: Community
    upn: str
    nhs: str
    carers: tuple[InventedCarer, ...]
    home: Place
    since: date  # living at this home since
    earlier: Place | None
    flags: tuple[str, ...]
    has_plan: bool
    is_sealed: bool = False
    schooling: list[Schooling] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    home_educated_from: date | None = None
