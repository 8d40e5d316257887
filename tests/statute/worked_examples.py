"""The examples worked by hand, as written in the folder `worked` and read by the test beside it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Session, Term

FOLDER = Path(__file__).with_name("worked")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = timedelta(days=1)

# "Mon 5 Jan", "Mon 2 to Thu 5 Mar", "Mon 30 Mar to Thu 2 Apr", "Thu 25 Jun back to Fri 15 May"
SPAN = (
    r"(?P<weekday>\w{3}) (?P<day>\d+)( (?P<month>[A-Z]\w\w))?"
    r"( (back )?to (?P<last_weekday>\w{3}) (?P<last_day>\d+) (?P<last_month>\w{3}))?"
)
# "Mon 23 Feb 1", "Mon 2 to Thu 5 Mar 1-4"; a year only where the days lie far apart
COUNTED = re.compile(SPAN + r"( (?P<year>\d{4}))? (?P<number>\d+)(-(?P<last_number>\d+))?")
# "Mon 5 Jan 2026: O O", "Mon 5 Jan to Fri 23 Jan 2026: I I"
REGISTERED = re.compile(SPAN + r" (?P<year>\d{4}): (?P<am>\S+) (?P<pm>\S+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a clock, with the answer that was found by counting in a calendar."""

    says: str
    law: str
    calendar: str
    id: str
    facts: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    register: tuple[str, ...] = ()
    pack: str = "national"
    on: date | None = None
    n: int | None = None  # which event of its kind; none where there is only one
    started_on: date | None = None
    counting: str = ""
    skipped: list[date] | None = None
    due: date | None = None
    needs: str | None = None
    absent: bool = False
    not_counted: bool = False
    status: str | None = None
    stopped_on: date | None = None

    @property
    def started_by(self) -> str:
        """The key of the fact that starts the clock, which is written first."""
        return "absence.codes" if self.register else next(iter(self.facts))

    @property
    def starts_on(self) -> date | None:
        """The day on which it starts, where it is said or is the day of the event."""
        if self.started_on is not None or self.started_by in ("absence.codes", "penalty_notices"):
            return self.started_on
        events = self.facts[self.started_by]
        if self.started_by == "suspensions":
            events = [suspension["first_day"] for suspension in events]
        days: list[date] = sorted(events) if isinstance(events, list) else [events]
        return days[(self.n or 1) - 1]

    @property
    def answers(self) -> int:
        """How many answers it gives, of which there can be only one."""
        return sum((self.due is not None, self.needs is not None, self.absent, self.not_counted))


def read_examples() -> list[Example]:
    """Every example of every file but that of the calendars."""
    paths = [path for path in sorted(FOLDER.glob("*.toml")) if path.stem != "calendars"]
    tables = [
        table for path in paths for table in tomllib.loads(path.read_text("utf-8"))["example"]
    ]
    return [Example(**{"register": (), **table}) for table in tables]


def read_calendars() -> dict[str, SchoolCalendar]:
    """The calendars of the examples by name, those put together of several years as well."""
    tables = tomllib.loads((FOLDER / "calendars.toml").read_text("utf-8"))
    return {name: _calendar(name, _together(table, tables)) for name, table in tables.items()}


def _together(table: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    if "years" not in table:
        return table
    years = [tables[name] for name in table["years"]]
    lists = {key for year in years for key in year} - {"covers"}
    joined = {key: [each for year in years for each in year.get(key, [])] for key in lists}
    return {**joined, "covers": [years[0]["covers"][0], years[-1]["covers"][1]]}


def _calendar(name: str, table: dict[str, Any]) -> SchoolCalendar:
    first, last = table["covers"]
    off = {day: DayKind.HOLIDAY for span in table.get("holidays", []) for day in span_of(*span)}
    off |= dict.fromkeys(table.get("inset", []), DayKind.INSET)
    off |= dict.fromkeys(table.get("closures", []), DayKind.CLOSURE)
    half = (NotSchool(d, DayKind.INSET, Session.PM) for d in table.get("afternoons_off", []))
    return SchoolCalendar(
        covers=(first, last),
        terms=tuple(Term(*term) for term in table.get("terms", [])),
        not_school=(*(NotSchool(day, kind) for day, kind in off.items()), *half),
        bank_holidays=dict.fromkeys(table.get("bank_holidays", []), "a bank holiday"),
        name=name,
    )


def span_of(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, backwards where the other is earlier."""
    step = DAY if first <= last else -DAY
    for i in range(abs((last - first).days) + 1):
        yield first + i * step


def marks_of(example: Example, calendar: SchoolCalendar) -> list[list[object]]:
    """The rows of `absence.codes` that the lines of a register stand for."""
    marks: dict[date, tuple[str, str]] = {}
    for line in example.register:
        found = REGISTERED.fullmatch(line)
        assert found is not None, f"{line!r} is no line of a register"
        days = _days_named(found, near=date(int(found["year"]), 1, 1))
        if len(days) > 1:
            days = [day for day in days if _meets(calendar, day)]
        marks |= dict.fromkeys(days, (found["am"], found["pm"]))
    return [
        [day, *(None if mark == "-" else mark for mark in sessions)]
        for day, sessions in sorted(marks.items())
    ]


def _meets(calendar: SchoolCalendar, day: date) -> bool:
    """Whether the school meets, by the words at the head of the calendars."""
    return (
        day.weekday() < 5
        and any(term.first <= day <= term.last for term in calendar.terms)
        and day not in [off.on for off in calendar.not_school]
        and day not in calendar.bank_holidays
    )


def days_counted(counting: str, near: date) -> list[date]:
    """The days that a counting names, in its order, each with its right weekday and number."""
    days: list[date] = []
    for part in " ".join(counting.split()).split(", "):
        found = COUNTED.fullmatch(part)
        assert found is not None, f"{part!r} names no day and its number"
        span = _days_named(found, near=days[-1] if days else near)
        number = int(found["number"])
        assert number == len(days) + 1, f"{part!r} should begin with {len(days) + 1}"
        assert int(found["last_number"] or number) == number + len(span) - 1, f"{part!r} misnumbers"
        days += span
    return days


def _days_named(found: re.Match[str], near: date) -> list[date]:
    """The days of a span, in the year that it says, or else as near as can be to another day."""
    month = found["month"] or found["last_month"]
    year = None if found["year"] is None else int(found["year"])
    first = _named(found["weekday"], int(found["day"]), month, year, near)
    if found["last_day"] is None:
        return [first]
    last = _named(found["last_weekday"], int(found["last_day"]), found["last_month"], year, first)
    return list(span_of(first, last))


def _named(weekday: str, day: int, month: str, year: int | None, near: date) -> date:
    years = [near.year - 1, near.year, near.year + 1] if year is None else [year]
    if (day, month) == (29, "Feb"):
        years = [each for each in years if each % 4 == 0]
    named = min(
        (date(each, MONTHS.index(month) + 1, day) for each in years),
        key=lambda each: abs(each - near),
    )
    assert f"{named:%a}" == weekday, f"{named:%d %b %Y} is a {named:%A}"
    return named
