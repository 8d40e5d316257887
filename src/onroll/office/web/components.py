"""The values that the components draw; a view or a kind builds them, a template only shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Colour = Literal["grey", "blue", "green", "yellow", "orange", "red", "purple", "teal", "magenta"]
ClockState = Literal["overdue", "due_soon", "running", "met", "late", "unknown", "at_once"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a colour; the word must say it without the colour."""

    label: str
    colour: Colour = "grey"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; `post` makes it a button that sends a form."""

    label: str
    url: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list; an empty value is shown as "Not recorded"."""

    label: str
    value: object
    note: str = ""
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a chronology; a withdrawn entry stays, struck through, with what replaced it."""

    on: date | datetime
    title: str
    by: str = ""
    text: str = ""
    kind: str = ""
    url: str = ""
    badges: Sequence[Badge] = ()
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of a thing, each with its own address."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a clock's working: counted as the nth, or skipped and why."""

    on: date
    number: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A statutory clock as it is shown: where it stands, and how that was worked out."""

    title: str
    state: ClockState
    says: str
    due_on: date | None = None
    started: str = ""
    started_on: date | None = None
    limit: str = ""
    who: str = ""
    counted: int = 0
    days: Sequence[CountedDay] = ()
    counted_by: str = ""  # whose term dates, in which edition
    cites: str = ""
    rule: str = ""
    since: date | None = None
    authority: str = ""  # whose own rule it is; empty for the law
    warning: str = ""
    doubts: Sequence[str] = ()  # what the law leaves open about the count
    stopped_on: date | None = None  # the day on which it was met, where it is
    note: str = ""

    @property
    def colour(self) -> Colour:
        return CLOCK_COLOURS[self.state]


CLOCK_COLOURS: Mapping[ClockState, Colour] = {
    "overdue": "red",
    "due_soon": "orange",
    "running": "blue",
    "met": "grey",
    "late": "grey",
    "unknown": "purple",
    "at_once": "orange",
}


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that adds to a risk score, with how much and why."""

    label: str
    points: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A score of so many points out of a most, its band in words and colour, and what made it."""

    score: int
    most: int
    band: str
    factors: Sequence[Factor] = ()
    rule: str = ""
    colour: Colour = "blue"


@dataclass(frozen=True, slots=True)
class ChildBanner:
    """Who a page is about, at the head of every page about a child."""

    name: str
    url: str
    born_on: date | None = None
    age: str = ""
    year_group: str = ""
    standing: Badge | None = None
    flags: Sequence[Badge] = ()
    identifiers: Sequence[tuple[str, str]] = ()
    note: str = ""
    birth_is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at the head of a worklist, with the list that it counts."""

    label: str
    value: object
    url: str = ""
    colour: Colour = "grey"
    note: str = ""
