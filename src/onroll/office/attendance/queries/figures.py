"""What the registers of the authority, of some of its schools or of one say, in figures.

Whoever is not cleared for sealed records gets every figure as if no sealed child had ever been on
a roll; whoever is cleared counts them (ADR 13). A pupil of two schools is two, as in the published
statistics.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from onroll.data import published
from onroll.marks import tables
from onroll.marks.alerts import KINDS
from onroll.marks.alphabet import Booleans, day_of
from onroll.marks.compare import Compared, compared
from onroll.marks.courses import Courses, courses
from onroll.marks.measuring import Measured
from onroll.marks.tables import Enrolments
from onroll.office.attendance.queries import marks
from onroll.office.attendance.queries.marks import key_of
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.people.models import Child
from onroll.office.people.queries.sealed import kept_from
from onroll.office.schools.models import School, SchoolLocality
from onroll.office.schools.queries import own_schools_open_on
from onroll.statute.ages import year_of_school_day
from onroll.statute.thresholds import PENALTY_SESSIONS

_SPECIAL, _INDEPENDENT = "Special schools", "Independent schools"
# Days for which a school has no marks while others have some.
_LATE = 7
_ALTERNATIVE = frozenset({"14", "38", "42", "43"})
_MEASURES = ("absence_rate", "authorised_rate", "unauthorised_rate", "persistent_rate",
             "severe_rate")  # fmt: skip
# DfE's keys of the same five measures, by phase.
_PUBLISHED: Mapping[str, tuple[str, ...]] = {
    "": ("TotAbs", "TotAuthAbs", "TotUnAuthAbs", "TotPerAbNew", "TotSevPerAbNew"),
    "Primary": ("PriTotAbs", "PriAuth", "PriUnauth", "SFPriPerAbNew", "SFPriSevPerAbNew"),
    "Secondary": ("SecTotAbs", "SecAuth", "SecUnauth", "SFSecPerAbNew", "SFSecSevPerAbNew"),
    "Special": (
        "total_absence_special", "authorised_absence_special", "unauthorised_absence_special",
        "SpecPerAbNew", "SpecSevPerAbNew",
    ),
}  # fmt: skip
# What a pupil can be listed by beside the alerts of the law and of the statistics.
COURSES = {
    "penalty_now": "Ten or more sessions of G, N, O or U in the last ten school weeks",
    "newly_at_risk": "Newly at risk: a tenth or more missed in the last six weeks, not before",
    "improving": "Improving: persistently absent before, five points better in the last six weeks",
}
ALERTS = {
    "penalty_notice_threshold": "Penalty notice threshold met in the school year",
    "absent_10_school_days": "Ten school days in a row without leave",
    "sickness_15_consecutive": "Fifteen school days in a row of sickness",
    "sickness_15_total": "Fifteen school days of sickness in the school year",
    "unexplained_20_school_days": "Twenty school days in a row unexplained",
    "persistent": "Persistently absent: a tenth or more missed",
    "severe": "Severely absent: half or more missed",
}
assert tuple(ALERTS) == KINDS, "every alert has words"


@dataclass(frozen=True, slots=True)
class Place:
    """A school as marks and people name it; `phase` tells special and alternative schools apart."""

    key: str
    name: str
    phase: str
    locality: str
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a school year by the year in which it began, and which part of it."""

    year: int
    until: date | None = None
    phase: str = ""
    locality: str = ""
    school: str = ""

    @property
    def year_name(self) -> str:
        """The school year as people write it."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"


def this_year(on: date) -> int:
    """Return the school year of a day as the store names it."""
    return year_of_school_day(on)


def places(keys: Sequence[str], on: date) -> dict[str, Place]:
    """Return the schools that marks name, by name; one that nobody knows is called by its key."""
    urns = [int(key) for key in keys if key.isdecimal()]
    local = [int(key.removeprefix("local-")) for key in keys if _is_local(key)]
    found = School.objects.filter(Q(urn__in=urns) | Q(pk__in=local)).defer("extract")
    here = SchoolLocality.objects.on(on).filter(school__in=found)
    localities = dict(here.values_list("school", "locality__name"))
    known = {
        one.key: one for one in (_place(school, localities.get(school.pk, "")) for school in found)
    }
    all_of = {key: known.get(key, Place(key, f"School {key}", "", "")) for key in keys}
    return dict(sorted(all_of.items(), key=lambda item: item[1].name))


def place(key: str, on: date) -> Place:
    """Return one school of the marks or of the register of schools. Raises Unknown."""
    found = places([key], on)[key]
    if found.pk is None:
        raise Unknown("There is no such school.")
    return found


def _is_local(key: str) -> bool:
    return key.startswith("local-") and key.removeprefix("local-").isdecimal()


def _place(school: School, locality: str) -> Place:
    phase = school.phase
    if school.type_group == _SPECIAL:
        phase = "Special"
    elif school.type_code in _ALTERNATIVE:
        phase = "Alternative provision"
    return Place(key_of(school), school.name, phase, locality, school.pk)


def kept_out(by: Actor) -> frozenset[str]:
    """Return the pupils who do not exist for somebody because they are sealed, for the marks."""
    return frozenset(Child.objects.filter(pk__in=kept_from(by)).values_list("ref", flat=True))


@dataclass(frozen=True, eq=False)
class Figures:
    """What was counted of some schools; each table is made when it is asked for."""

    asked: Asked
    places: Mapping[str, Place]
    measured: Sequence[Measured]

    @cached_property
    def enrolments(self) -> Enrolments:
        """Every pupil of every school, in the order of `measured`."""
        return Enrolments.of(self.measured)

    @cached_property
    def total(self) -> Mapping[str, Any]:
        """All pupils together: the row that `onroll measure-absence` writes of an authority."""
        row: dict[str, Any] = tables.authority(self.enrolments).to_pylist()[0]
        return row

    @cached_property
    def weeks(self) -> list[dict[str, Any]]:
        """One row a week, the first first."""
        rows: list[dict[str, Any]] = tables.weeks(self.measured).to_pylist()
        return rows

    @cached_property
    def codes(self) -> list[dict[str, Any]]:
        """One row a code that was used."""
        rows: list[dict[str, Any]] = tables.codes(self.measured).to_pylist()
        return rows

    @cached_property
    def courses(self) -> Sequence[Courses]:
        """Where each pupil of each school is going, in the order of `measured`."""
        return [courses(one) for one in self.measured]

    @property
    def last_day(self) -> date | None:
        """The last day with marks."""
        days = [int(one.school_days[-1]) for one in self.measured if len(one.school_days)]
        return day_of(max(days)) if days else None

    def counts(self) -> dict[str, int]:
        """Return how many pupils meet each alert and each course."""
        found = {
            kind: sum(len(one.alerts[n].pupil) for one in self.measured)
            for n, kind in enumerate(KINDS)
        }
        # Persistent and severe are of the whole time, as the figures above are: an alert says that
        # the share was met once.
        found["persistent"] = int(self.enrolments.persistent.sum())
        found["severe"] = int(self.enrolments.severe.sum())
        for one in self.courses:
            for kind, who in courses_of(one).items():
                found[kind] = found.get(kind, 0) + int(who.sum())
        return found

    def by_school(self) -> list[Compared]:
        """Return the schools in order of absence, each with what chance explains."""
        of = self.enrolments
        return compared(of.school, of.missed, of.possible)

    @cached_property
    def by_key(self) -> dict[str, Mapping[str, Any]]:
        """The sums of each school."""
        rows = tables.by_label(self.enrolments, self.enrolments.school, "school").to_pylist()
        return {row["school"]: row for row in rows}


def courses_of(one: Courses) -> dict[str, Booleans]:
    """Return for each course which pupils of a school are on it."""
    return {
        "penalty_now": one.unauthorised >= PENALTY_SESSIONS,
        "newly_at_risk": one.is_newly_at_risk,
        "improving": one.is_improving,
    }


def figures(asked: Asked, *, by: Actor, on: date) -> Figures | None:
    """Return what was counted for a question; None where there are no marks for it."""
    if not marks.is_kept():
        return None
    keys = marks.store().schools(asked.year)
    if asked.school:
        keys = [key for key in keys if key == asked.school]
    chosen = {key: one for key, one in places(keys, on).items() if _is_asked(one, asked)}
    found = marks.measured(
        asked.year, schools=chosen.keys(), until=asked.until, without=kept_out(by)
    )
    return Figures(asked, chosen, found) if found else None


def _is_asked(one: Place, asked: Asked) -> bool:
    return asked.phase in ("", one.phase) and asked.locality in ("", one.locality)


def choices(year: int, on: date) -> tuple[list[str], list[str]]:
    """Return the phases and the localities of the schools that have marks in a year."""
    found = places(marks.store().schools(year), on).values() if marks.is_kept() else ()
    return (
        sorted({one.phase for one in found if one.phase}),
        sorted({one.locality for one in found if one.locality}),
    )


def year_group_choices(asked: Asked, *, by: Actor) -> list[tuple[str, str]]:
    """Return the year groups of the registers of a question, the youngest first, with names."""
    keys = [asked.school] if asked.school else None
    registers = marks.registers(asked.year, schools=keys, without=kept_out(by))
    found = {group for one in registers for group in one.year_groups if group}
    return [(group, year_group_words(group)) for group in sorted(found, key=age_of_group)]


def age_of_group(group: str) -> tuple[int, str]:
    """Return what year groups are put in order by."""
    return (int(group), "") if group.lstrip("-").isdecimal() else (-2, group)


def year_group_words(group: str) -> str:
    """Return a year group of a register as people write it."""
    if group in ("0", "R"):
        return "Reception"
    if group in ("-1", "N1", "N2"):
        return "Nursery"
    return f"Year {group}" if group.isdecimal() else group or "Not recorded"


@dataclass(frozen=True, slots=True)
class Beside:
    """One published area beside ours: its name, and a value for each measure or None."""

    name: str
    values: Mapping[str, float | None]


def published_beside(phase: str, la_code: str) -> tuple[str, list[Beside]]:
    """Return the latest published year, and what it says of this authority and those around it."""
    keys = _PUBLISHED.get(phase)
    if keys is None:
        return "", []
    years = published.absence_years(keys[0])
    if not years:
        return "", []
    found: dict[str, dict[str, float | None]] = {}
    for measure, key in zip(_MEASURES, keys, strict=True):
        for one in published.absence(key, la_code, years[0]):
            value = None if one.value is None else float(one.value)
            found.setdefault(one.area_name, {})[measure] = value
    rows = [Beside(name, values) for name, values in found.items()]
    return years[0], [row for row in rows if any(v is not None for v in row.values.values())]


@dataclass(frozen=True, slots=True)
class Gap:
    """A school that is open and from which no marks came for a while, or none at all."""

    place: Place
    last: date | None


def gaps(asked: Asked, *, on: date) -> list[Gap]:
    """Return the open schools of the area whose marks are missing or end before the others'."""
    last = marks.last_marked(asked.year)
    latest = max(last.values(), default=None)
    if latest is None:
        return []
    found = []
    for one in _open_places(on):
        if not _is_asked(one, asked):
            continue
        its = last.get(one.key)
        if its is None or (latest - its).days >= _LATE:
            found.append(Gap(one, its))
    return sorted(found, key=lambda gap: (gap.last or date.min, gap.place.name))


def _open_places(on: date) -> list[Place]:
    schools = [s for s in own_schools_open_on(on) if s.type_group != _INDEPENDENT]
    here = SchoolLocality.objects.on(on).filter(school__in=schools)
    localities = dict(here.values_list("school", "locality__name"))
    return [_place(school, localities.get(school.pk, "")) for school in schools]
