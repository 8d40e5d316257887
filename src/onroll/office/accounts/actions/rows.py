"""The rows of an organisation as a load takes them, each by its natural key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

SINCE_EVER = date(1974, 4, 1)  # the Local Government Act 1972 made most of today's authorities


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; no last day = still so."""

    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person; `roles` and `teams` give each key its days, `schools` the school of a role."""

    email: str
    name: str
    job_title: str = ""
    telephone: str = ""
    qualifications: str = ""
    is_active: bool = True
    roles: Mapping[str, Span] = field(default_factory=dict)
    teams: Mapping[str, Span] = field(default_factory=dict)  # by the team's key
    school_id: int | None = None  # of every role that is a school's


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, where it stood from when to when, and who delivered it."""

    key: str
    name: str
    email: str = ""
    telephone: str = ""
    kinds: tuple[str, ...] = ()
    duties: str = ""
    is_current: bool = True
    services: Sequence[tuple[str, Span]] = ()
    bodies: Sequence[tuple[str, Span]] = ()


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and those who held it: (name, days, share of full time, e-mail or nothing)."""

    title: str
    category: str
    established_on: date
    abolished_on: date | None = None
    employer: str = "authority"
    team: str = ""
    holders: Sequence[tuple[str, Span, Decimal, str]] = ()


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A named person of an office, or their deputy."""

    office: str
    name: str
    span: Span
    is_deputy: bool = False
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Everything that can be loaded; each part may be left out."""

    authority: Mapping[str, str] = field(default_factory=dict)  # any of authority.DETAILS
    rules: Sequence[tuple[Span, Mapping[str, Any]]] = ()  # columns of LocalRules
    bodies: Sequence[tuple[str, str]] = ()  # (name, nature)
    localities: Sequence[str] = ()
    areas: Sequence[tuple[str, str, Span]] = ()  # (locality, how its postcodes begin, days)
    services: Sequence[tuple[str, str]] = ()  # (name, part of: an earlier name or nothing)
    teams: Sequence[TeamRow] = ()
    users: Sequence[UserRow] = ()
    posts: Sequence[PostRow] = ()
    appointments: Sequence[AppointmentRow] = ()
    cover: Sequence[tuple[str, str, Span]] = ()  # (absent, covering, days), by e-mail
    recordings: Sequence[tuple[str, date, str]] = ()  # (series, began on, what to say)
