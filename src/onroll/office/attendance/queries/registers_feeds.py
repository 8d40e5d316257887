"""How far each school's marks reach: who sent what last, and what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.office.attendance.models import Feed
from onroll.office.schools import queries as schools
from onroll.office.schools.models import School
from onroll.statute.calendars import SchoolCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One school with how far its marks reach. `late` is None where nothing says how late."""

    school: School
    feed: Feed | None
    late: int | None  # school days since the last one with marks; today is not asked for yet
    says: str
    colour: str

    @property
    def is_late(self) -> bool:
        """Whether marks are missing, or were never sent."""
        return self.feed is None or bool(self.late)


def feeds(on: date, *, state: str = "") -> list[FeedLine]:
    """Return every open school of the area, those whose marks are furthest behind first."""
    own = schools.own_open_schools()
    known = {
        feed.school_id: feed
        for feed in Feed.objects.select_related("file__load__received_by").defer(
            "file__findings", "file__load__original", "file__load__undo"
        )
    }
    calendars = schools.calendars_on({(school.pk, on) for school in own})
    lines = [_line(school, known, calendars[school.pk, on], on) for school in own]
    if state == "late":
        lines = [line for line in lines if line.is_late]
    elif state == "never":
        lines = [line for line in lines if line.feed is None]
    return sorted(lines, key=_worst_first)


def _worst_first(line: FeedLine) -> tuple[int, int, str]:
    if line.feed is None:
        return (0, 0, line.school.name)
    return (1, -(line.late or 0), line.school.name)


def _line(
    school: School, known: Mapping[int, Feed], calendar: SchoolCalendar, on: date
) -> FeedLine:
    feed = known.get(school.pk)
    if feed is None:
        return FeedLine(school, None, None, "Never sent", "red")
    late = _days_late(calendar, feed.last_on, on)
    if late is None:
        return FeedLine(school, feed, None, "No term dates", "grey")
    if not late:
        return FeedLine(school, feed, 0, "Up to date", "green")
    word = "school day" if late == 1 else "school days"
    return FeedLine(school, feed, late, f"{late} {word} late", "orange" if late == 1 else "red")


def _days_late(calendar: SchoolCalendar, last: date, on: date) -> int | None:
    """Count the school days after the last one with marks, before today.

    None where the calendar does not reach today; days before it begins are not counted.
    """
    if calendar.covers is None or not calendar.reaches(on):
        return None
    first = max(last + _DAY, calendar.covers[0])
    if first >= on:
        return 0
    return len(calendar.school_days_between(first, on - _DAY))
