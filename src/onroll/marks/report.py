"""The page that a run leaves: how much was missed, when, where and why, and whom to look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onroll.charts.bars import Bar, bars
from onroll.charts.intervals import HIGHER, LOWER, WITHIN, Interval, intervals
from onroll.charts.lines import Line, lines
from onroll.charts.page import page as whole_page
from onroll.charts.page import paragraph, section, table
from onroll.charts.scale import Comparator
from onroll.marks.alerts import KINDS
from onroll.marks.alphabet import Numbers, day_of
from onroll.marks.compare import FEWEST_PUPILS, Compared, compared, lagging
from onroll.marks.engines import Measures
from onroll.marks.outputs import Findings
from onroll.marks.shares import PERSISTENT, SEVERE
from onroll.statute.ages import year_of_school_day
from onroll.statute.writing import listed, written

MEANING = {
    "penalty_notice_threshold": (
        "Penalty notice threshold",
        "Ten sessions without leave in ten school weeks: a penalty notice is to be considered.",
    ),
    "absent_10_school_days": (
        "Ten school days without leave",
        "Belongs in the school's attendance return to the authority.",
    ),
    "sickness_15_consecutive": (
        "Fifteen school days of sickness in a row",
        "Belongs in the school's sickness return.",
    ),
    "sickness_15_total": (
        "Fifteen school days of sickness in a year",
        "Belongs in the school's sickness return.",
    ),
    "unexplained_20_school_days": (
        "Twenty school days unexplained",
        "May be deleted from the register after joint enquiries, and not before.",
    ),
    "persistent": ("Persistent by some day", "A tenth or more missed, with forty possible."),
    "severe": ("Severe by some day", "Half or more missed, with forty possible."),
}
_MOST_REASONS = 40


def page(found: Findings, measured: Measures) -> str:
    """Return the page as HTML. It names no pupil: those stand in alerts.csv."""
    whole = found.authority.to_pylist()[0]
    return whole_page(
        "Attendance",
        _lead(whole, measured),
        [
            *_warnings(measured),
            _together(whole),
            _by_week(found),
            _by_school(found),
            _why(found),
            _groups(found),
            _alerts(found),
            _refused(measured),
            _how(),
        ],
    )


def _lead(whole: Mapping[str, Any], measured: Measures) -> str:
    if not whole["possible"]:
        return "No session was possible: every mark is of a kind that does not count."
    first, last = _ends(measured)
    schools = "one school" if whole["schools"] == 1 else f"{whole['schools']:,} schools"
    return (
        f"{whole['pupils']:,} pupils of {schools} missed {whole['absence_rate']:.1f}% of their "
        f"possible sessions from {written(first)} to {written(last)}. "
        f"{whole['persistent_rate']:.1f}% were persistently absent, {whole['severe_rate']:.1f}% "
        "severely."
    )


def _warnings(measured: Measures) -> Sequence[str]:
    said = []
    if measured.rejects:
        said.append(
            f"{len(measured.rejects):,} of {measured.rows:,} rows were not counted: see below."
        )
    if len({year_of_school_day(day) for day in _ends(measured)}) > 1:
        said.append(
            "The marks are of more than one school year and are counted together: measure each "
            "year apart before you set it beside published figures."
        )
    return [paragraph(text, kind="warning") for text in said]


def _ends(measured: Measures) -> tuple[date, ...]:
    """Return the first and last school day of all; nothing where there is none."""
    met = [one.school_days for one in measured.schools if len(one.school_days)]
    if not met:
        return ()
    return day_of(min(days[0] for days in met)), day_of(max(days[-1] for days in met))


def _together(whole: Mapping[str, Any]) -> str:
    def percent(key: str) -> str:
        return "" if whole[key] is None else f"{whole[key]:.2f}%"

    rows = [
        ("Possible sessions", f"{whole['possible']:,}", "Half days that a pupil could attend"),
        ("Attendance", percent("attendance_rate"), "Of the possible sessions"),
        ("Absence", percent("absence_rate"), "Of the possible sessions"),
        ("Authorised absence", percent("authorised_rate"), "With leave, ill, excluded"),
        ("Unauthorised absence", percent("unauthorised_rate"), "G, N, O and U"),
        (
            "Persistently absent",
            f"{whole['persistent']:,} ({percent('persistent_rate')})",
            f"{PERSISTENT}% or more of their own possible sessions missed",
        ),
        (
            "Severely absent",
            f"{whole['severe']:,} ({percent('severe_rate')})",
            f"{SEVERE}% or more of their own possible sessions missed",
        ),
    ]
    return section("All together", table("All together", ["", "", "What it is"], rows))


def _by_week(found: Findings) -> str:
    weeks = found.weeks.to_pylist()
    named = {"All": "absence_rate", "Authorised": "authorised_rate",
             "Unauthorised": "unauthorised_rate"}  # fmt: skip
    chart = lines(
        "Sessions missed week by week, of those possible",
        [_shortly(week["week"]) for week in weeks],
        [Line(name, tuple(week[key] for week in weeks)) for name, key in named.items()],
        head="Week from",
    )
    return section("Week by week", chart)


def _shortly(day: date) -> str:
    number, month, year = written(day).split()
    return f"{number} {month[:3]} {year}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}%"


def _by_school(found: Findings) -> str:
    schools = compared(found.pupils["school"].to_pylist(), *_missed_and_possible(found))
    given = [
        Interval(one.label, one.rate, one.low, one.high, one.pupils, words=_words(one))
        for one in schools
        if one.low is not None and one.high is not None
    ]
    whole = found.authority["absence_rate"][0].as_py()
    says = [
        "The highest absence first. The interval is what chance alone could make of it, pupils "
        "being as different as they are; a school is marked only where chance would make such a "
        "difference twice in a thousand times. It says nothing of why: schools teach different "
        "children."
    ]
    if few := [one.label for one in schools if one.low is None]:
        says.append(f"Left out, with fewer than {FEWEST_PUPILS} pupils: {listed(few)}.")
    chart = intervals("Absence by school", given, Comparator("All pupils", whole))\
        if given else ""  # fmt: skip
    return section("Schools", *(paragraph(text) for text in says), chart)


def _missed_and_possible(found: Findings) -> tuple[Numbers, Numbers]:
    pupils = found.pupils
    missed = pupils["authorised"].to_numpy() + pupils["unauthorised"].to_numpy()
    return missed, pupils["possible"].to_numpy()


def _words(one: Compared) -> str:
    if one.is_higher:
        return HIGHER
    return LOWER if one.is_lower else WITHIN


def _why(found: Findings) -> str:
    codes = [row for row in found.codes.to_pylist() if row["counts_as"].endswith("authorised")]
    given = [
        Bar(
            f"{row['code']} {row['title']}",
            row["sessions"],
            f"{row['percent_of_possible']:.2f}%",
            f"{row['sessions']:,} sessions, {row['counts_as']}",
        )
        for row in sorted(codes, key=lambda row: -row["sessions"])
    ]
    says = "Schools decide which code a session gets: a question of coding goes to the school."
    chart = bars("Absence by code, of all possible sessions", given, heads=("Code", "Share"))
    return section("Why", paragraph(says), chart)


def _groups(found: Findings) -> str:
    behind = {
        (name, one.label) for name, one in lagging(found.groups, *_missed_and_possible(found))
    }
    rows = [
        (
            row["by"].replace("_", " "),
            row["value"],
            "" if row["pupils"] is None else f"{row['pupils']:,}",
            _percent(row["absence_rate"]),
            _percent(row["persistent_rate"]),
            _percent(row["severe_rate"]),
            HIGHER if (row["by"], row["value"]) in behind else "",
        )
        for row in found.breakdowns.to_pylist()
    ]
    heads = ["By", "Group", "Pupils", "Absence", "Persistent", "Severe", "Beside all"]
    says = "Small groups name people: think before you pass this table on."
    return section("Groups", paragraph(says), table("Absence by group", heads, rows))


def _alerts(found: Findings) -> str:
    count = Counter(found.alerts["alert"].to_pylist())
    given = [Bar(MEANING[kind][0], count[kind], f"{count[kind]:,}", MEANING[kind][1])
             for kind in KINDS]  # fmt: skip
    says = (
        "Who they are stands in alerts.csv, with the day and the reason. An alert is there from "
        "the first day on which it was so, whatever came later; whether a child is of compulsory "
        "school age has to be looked up."
    )
    chart = bars("Pupils who met a threshold", given, heads=("Threshold", "Pupils"))
    return section("Whom to look at", paragraph(says), chart)


def _refused(measured: Measures) -> str:
    if not measured.rejects:
        return section("What was not counted", paragraph("Every row counted."))
    count = Counter(why for _, _, why in measured.rejects)
    rows = [(why, f"{n:,}") for why, n in count.most_common(_MOST_REASONS)]
    says = "Which rows they are stands in rejects.csv."
    if len(count) > _MOST_REASONS:
        says += f" The {_MOST_REASONS} most frequent of {len(count):,} reasons:"
    return section(
        "What was not counted", paragraph(says), table("Reasons", ["The row", "Rows"], rows)
    )


def _how() -> str:
    says = (
        "A school day is a day for which the school has any mark but #. Sessions marked X, D, Q, "
        "Y1 to Y7, Z or # are not possible; every other code counts, as in the published "
        "statistics. One pupil at one school is one row: who is registered at two is two rows, "
        "each with its own shares.",
        "Rates here are rounded; in the tables they are not.",
    )
    return section("How it counts", *(paragraph(text) for text in says))
