"""The first page of the authority or of a school: its figures beside those of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from onroll.office.accounts.queries.authority import authority
from onroll.office.attendance.queries.figures import (
    Beside,
    Figures,
    figures,
    published_beside,
)
from onroll.office.kernel.actor import Actor

# The same weekday a year before.
A_YEAR = timedelta(days=364)
_MEASURES = ("attendance_rate", "absence_rate", "authorised_rate", "unauthorised_rate",
             "persistent_rate", "severe_rate")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures beside those of last year, of the schools around, and of others as published."""

    rows: Sequence[Beside]
    published: str  # the school year of the published figures, "" where there are none
    published_rows: Sequence[Beside]
    last_year: Figures | None  # the whole of it, for the trend
    around: Figures | None  # the schools of the same phase, of one school


def overview(of: Figures, *, by: Actor, on: date) -> Overview:
    """Return what the first page shows of some figures."""
    asked, last = of.asked, of.last_day
    before = replace(asked, year=asked.year - 1, until=None)
    whole = figures(before, by=by, on=on)
    then = figures(replace(before, until=last - A_YEAR), by=by, on=on) if whole and last else None
    around = None
    name = authority().name or "The authority"
    if asked.school:
        phase = of.places[asked.school].phase
        around = figures(replace(asked, school="", phase=phase), by=by, on=on)
    own = of.places[asked.school].name if asked.school else _named(name, asked.phase)
    rows = [_row(own, of.total)]
    if then is not None:
        rows.append(_row("The same time last year", then.total))
    if around is not None:
        phase = of.places[asked.school].phase
        rows.append(_row(f"{name}, {phase.lower() or 'these'} schools", around.total))
    phase = of.places[asked.school].phase if asked.school else asked.phase
    year, published = published_beside(phase, authority().la_code)
    return Overview(rows, year, [_with_attendance(one) for one in published], whole, around)


def _named(name: str, phase: str) -> str:
    return f"{name}, {phase.lower()} schools" if phase else name


def _row(name: str, total: Mapping[str, Any]) -> Beside:
    return Beside(name, {measure: total[measure] for measure in _MEASURES})


def _with_attendance(one: Beside) -> Beside:
    absence = one.values.get("absence_rate")
    attendance = None if absence is None else 100.0 - absence
    return Beside(one.name, {"attendance_rate": attendance, **one.values})
