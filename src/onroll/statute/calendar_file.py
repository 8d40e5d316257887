"""Reads a school's calendar as the command's users write it."""

from collections.abc import Iterable
from datetime import date

from onroll.statute.ages import YEAR_13
from onroll.statute.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Session, Term
from onroll.statute.reading import Reader


def read_calendar(given: object) -> SchoolCalendar:
    """Read `{"covers", "terms", "not_school", "bank_holidays"}` as parsed from JSON.

    A day of `not_school` is a date, or `{"on", "kind", "session", "year_group"}` with a kind of
    inset, holiday, closure or bank; `session` (am or pm) where the school meets for the other one,
    `year_group` where only that one stays away. `name` and `version` may stand beside them. Raises
    FaultyInput naming each fault.
    """
    reader = Reader()
    table = reader.mapping(given, "calendar")
    keys = ("covers", "terms", "not_school", "bank_holidays", "name", "version")
    reader.known_keys(table, keys, "")
    if "covers" not in table and not reader.faults:
        reader.fault("covers", "is missing.", "Give the first and last day that you know of.")
    covers = reader.period(table["covers"], "covers") if "covers" in table else None
    terms = [
        reader.period(term, f"terms[{i}]")
        for i, term in enumerate(reader.items(table.get("terms", []), "terms"))
    ]
    off = [
        _read_not_school(reader, day, f"not_school[{i}]")
        for i, day in enumerate(reader.items(table.get("not_school", []), "not_school"))
    ]
    holidays = reader.dates(table.get("bank_holidays", []), "bank_holidays")
    words = {name: reader.words(table.get(name) or "", name) for name in ("name", "version")}
    reader.finish()
    return SchoolCalendar(
        covers=covers,
        terms=tuple(Term(*term) for term in terms if term is not None),
        not_school=tuple(day for day in off if day is not None),
        bank_holidays=_named(holidays),
        name=words["name"],
        version=words["version"],
    )


def _read_not_school(reader: Reader, given: object, where: str) -> NotSchool | None:
    if not isinstance(given, dict):
        day = reader.a_date(given, where)
        return None if day is None else NotSchool(day)
    before = len(reader.faults)
    reader.known_keys(given, ("on", "kind", "session", "year_group"), where)
    day = reader.a_date(given.get("on"), f"{where}.on")
    kind = reader.one_of(given.get("kind", "other"), f"{where}.kind", [k.value for k in DayKind])
    half, year = given.get("session"), given.get("year_group")
    if half is not None:
        half = reader.one_of(half, f"{where}.session", [one.value for one in Session])
    if year is not None:
        year = reader.whole_number(year, f"{where}.year_group", most=YEAR_13)
    if day is None or kind is None or len(reader.faults) > before:
        return None
    return NotSchool(day, DayKind(kind), None if half is None else Session(half), year)


def _named(days: Iterable[date]) -> dict[date, str]:
    known = bank_holidays(FIRST_YEAR, LAST_YEAR)
    return {day: known.get(day, "as listed in this calendar") for day in sorted(set(days))}
