"""Figures of registers as the components and charts draw them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onroll.charts.heat import Kind, Session, heat
from onroll.charts.intervals import HIGHER, LOWER, WITHIN, Interval, intervals
from onroll.charts.lines import Line, lines
from onroll.charts.scale import Comparator
from onroll.marks.compare import Compared
from onroll.office.attendance.queries.figures import ALERTS, COURSES, Figures
from onroll.office.attendance.queries.figures_child import AtSchool
from onroll.office.attendance.queries.figures_overview import A_YEAR
from onroll.office.web.components import Figure
from onroll.statute.codes.attendance import ATTENDANCE_CODES, Category

# A week in which fewer than this share of pupils had a session is no week to compare.
_FEW = 0.1
_KINDS = {
    Category.PRESENT: Kind.PRESENT,
    Category.APPROVED_ACTIVITY: Kind.APPROVED,
    Category.AUTHORISED: Kind.AUTHORISED,
    Category.UNAUTHORISED: Kind.UNAUTHORISED,
    Category.NOT_POSSIBLE: Kind.NOT_POSSIBLE,
}
# As lists are narrowed by them, what is to be acted on first before what is to be watched.
_ORDER = (
    "severe", "persistent", "newly_at_risk", "improving", "penalty_now",
    "penalty_notice_threshold", "absent_10_school_days", "sickness_15_consecutive",
    "sickness_15_total", "unexplained_20_school_days",
)  # fmt: skip

Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pupils meet an alert or are on a course, with the list of them."""

    title: str
    count: int
    url: str


def percent(value: float | None) -> str:
    """Return a share as it is written: 6.9%."""
    return "–" if value is None else f"{value:.1f}%"


def headline(of: Figures, address: Address) -> Sequence[Figure]:
    """Return the numbers at the head of a page."""
    total = of.total

    def pupils(kind: str) -> str:
        return f"{total[kind]:,} of {total['pupils']:,} pupils"

    return (
        Figure("Attendance", percent(total["attendance_rate"]),
               note=f"{total['possible']:,} possible sessions"),
        Figure("Absence", percent(total["absence_rate"]),
               note=f"{total['authorised'] + total['unauthorised']:,} sessions"),
        Figure("Authorised", percent(total["authorised_rate"])),
        Figure("Unauthorised", percent(total["unauthorised_rate"])),
        Figure("Persistently absent", percent(total["persistent_rate"]),
               address("pupils", kind="persistent"), note=pupils("persistent")),
        Figure("Severely absent", percent(total["severe_rate"]),
               address("pupils", kind="severe"), note=pupils("severe")),
    )  # fmt: skip


def counted(of: Figures, address: Address) -> Sequence[Counted]:
    """Return the alerts and courses with how many pupils meet each."""
    counts = of.counts()
    words = {**ALERTS, **COURSES}
    return [
        Counted(words[kind], counts.get(kind, 0), address("pupils", kind=kind)) for kind in _ORDER
    ]


def trend(of: Figures, last_year: Figures | None, around: Figures | None) -> str:
    """Return absence by week, beside last year's and that of the schools around."""
    own = _by_week(of)
    given = [Line(of.asked.year_name, tuple(own.values()))]
    if around is not None:
        beside = _by_week(around)
        given.append(Line("Such schools", tuple(beside.get(monday) for monday in own)))
    if last_year is not None:
        before = _by_week(last_year)
        then = tuple(before.get(monday - A_YEAR) for monday in own)
        if any(value is not None for value in then):
            given.append(Line(last_year.asked.year_name, then))
    return lines(
        "Absence by week, percent of possible sessions",
        [f"{monday.day} {monday:%b}" for monday in own],
        given,
        head="Week of",
    )


def _by_week(of: Figures) -> dict[date, float | None]:
    most = max((week["pupils"] for week in of.weeks), default=0)
    return {
        week["week"]: week["absence_rate"] for week in of.weeks if week["pupils"] >= most * _FEW
    }


def in_order(found: Sequence[tuple[Compared, str, str]], whole: float) -> str:
    """Return schools in order of absence with their intervals; each with its name and address."""
    return intervals(
        "Schools in order of absence, percent of possible sessions",
        [
            Interval(
                name, one.rate, one.low, one.high, one.pupils, url=url,
                words=HIGHER if one.is_higher else LOWER if one.is_lower else WITHIN,
            )
            for one, name, url in found
            if one.low is not None and one.high is not None
        ],
        Comparator("All these schools", whole),
        heads=("School", "Absence", "Pupils"),
    )  # fmt: skip


def year_of(one: AtSchool) -> str:
    """Return a pupil's year at one school as a picture, week by week."""
    sessions = [
        Session(day.on, is_afternoon, code, _kind(code))
        for day in one.days
        for is_afternoon, code in ((False, day.morning), (True, day.afternoon))
    ]
    meanings = {line.code: line.title for line in one.codes if line.code not in ("/", "\\")}
    return heat(f"{one.place.name}, {one.year_name}", sessions, meanings)


def _kind(code: str) -> Kind:
    return _KINDS[ATTENDANCE_CODES[code].category] if code else Kind.NO_MARK


def mix(rows: Sequence[Mapping[str, Any]]) -> Sequence[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Return the codes by what they count as, the most used first."""
    titles = {
        "authorised": "Authorised absence",
        "unauthorised": "Unauthorised absence",
        "present": "Present or at an approved activity",
        "not_possible": "Not possible sessions: in no rate",
    }
    return [
        (title, sorted((r for r in rows if r["counts_as"] == key), key=lambda r: -r["sessions"]))
        for key, title in titles.items()
        if any(row["counts_as"] == key for row in rows)
    ]
