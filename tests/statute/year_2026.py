"""The calendar that the hand-worked cases use: spring and summer terms of 2026."""

from datetime import date, timedelta

from onroll.statute.bank_holidays import bank_holidays
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Term


def _week(monday: date) -> tuple[NotSchool, ...]:
    return tuple(NotSchool(monday + timedelta(days=i), DayKind.HOLIDAY) for i in range(5))


YEAR_2026 = SchoolCalendar(
    covers=(date(2026, 1, 1), date(2026, 8, 31)),
    terms=(
        Term(date(2026, 1, 5), date(2026, 3, 27)),
        Term(date(2026, 4, 13), date(2026, 7, 21)),
    ),
    not_school=(
        *_week(date(2026, 2, 16)),
        *_week(date(2026, 5, 25)),
        NotSchool(date(2026, 3, 6), DayKind.INSET),
    ),
    bank_holidays=bank_holidays(2026, 2026),
    name="Ashcombe, 2026",
)
