"""Bank holidays of England, and of the whole United Kingdom where the law counts those.

The days follow rules (Banking and Financial Dealings Act 1971, with Christmas Day and Good Friday
by common law) until a proclamation says otherwise, so each year is computed and the proclaimed
exceptions are listed in `ONE_OFFS`. A day proclaimed after this table was written is passed in as
`extra` or added to the table; nothing else changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from onroll.statute.sources import Confidence

FIRST_YEAR, LAST_YEAR = 2020, 2035

_DAY = timedelta(days=1)


class Nation(StrEnum):
    """Whose bank holidays."""

    ENGLAND = "england"
    UNITED_KINGDOM = "united_kingdom"
    """A bank holiday in any part, as the Freedom of Information Act 2000, section 10(6), means."""


@dataclass(frozen=True, slots=True)
class OneOff:
    """A day that a proclamation made a bank holiday, or moved."""

    on: date
    name: str
    instead_of: date | None = None
    nation: Nation = Nation.ENGLAND
    confidence: Confidence = Confidence.VERIFIED


# A one-off of England is a bank holiday of the United Kingdom as well.
ONE_OFFS = (
    OneOff(
        date(2020, 5, 8),
        "Early May bank holiday (moved for the 75th anniversary of VE Day)",
        instead_of=date(2020, 5, 4),
    ),
    OneOff(
        date(2022, 6, 2),
        "Spring bank holiday (moved for the Platinum Jubilee)",
        instead_of=date(2022, 5, 30),
    ),
    OneOff(date(2022, 6, 3), "Platinum Jubilee bank holiday"),
    OneOff(date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
    OneOff(date(2023, 5, 8), "Coronation of King Charles III"),
    OneOff(
        date(2026, 6, 15),
        "World Cup bank holiday (Scotland)",
        nation=Nation.UNITED_KINGDOM,
        confidence=Confidence.RECALLED,
    ),
)


def easter_sunday(year: int) -> date:
    """The date of Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(
    first_year: int = FIRST_YEAR,
    last_year: int = LAST_YEAR,
    *,
    nation: Nation = Nation.ENGLAND,
    extra: Mapping[date, str] | None = None,
) -> dict[date, str]:
    """Name every bank holiday of these years, both included, in order of date.

    `extra` adds days proclaimed since (date to name). Raises ValueError for a year outside
    2020 to 2035, whose exceptions nobody has listed here.
    """
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise ValueError(
            f"Bank holidays are listed for {FIRST_YEAR} to {LAST_YEAR}, not for {first_year} to "
            f"{last_year}. Ask within those years, or extend ONE_OFFS and the limits."
        )
    days: dict[date, str] = {}
    for year in range(first_year, last_year + 1):
        days.update(_year(year, nation))
    days.update(extra or {})
    return dict(sorted(days.items()))


@cache
def _year(year: int, nation: Nation) -> Mapping[date, str]:
    days = dict(_named(_regular(year, nation)))
    for change in ONE_OFFS:
        if change.on.year == year and change.nation in (Nation.ENGLAND, nation):
            if change.instead_of is not None:
                del days[change.instead_of]
            days[change.on] = change.name
    return days


def _regular(year: int, nation: Nation) -> Iterator[tuple[date, str]]:
    easter = easter_sunday(year)
    yield date(year, 1, 1), "New Year's Day"
    if nation is Nation.UNITED_KINGDOM:
        yield date(year, 1, 2), "2 January (Scotland)"
        yield date(year, 3, 17), "St Patrick's Day (Northern Ireland)"
    yield easter - 2 * _DAY, "Good Friday"
    yield easter + _DAY, "Easter Monday"
    yield _first_monday(year, 5), "Early May bank holiday"
    yield _last_monday(year, 5), "Spring bank holiday"
    if nation is Nation.UNITED_KINGDOM:
        yield date(year, 7, 12), "Battle of the Boyne (Northern Ireland)"
        yield _first_monday(year, 8), "Summer bank holiday (Scotland)"
    yield _last_monday(year, 8), "Summer bank holiday"
    if nation is Nation.UNITED_KINGDOM:
        yield date(year, 11, 30), "St Andrew's Day (Scotland)"
    yield date(year, 12, 25), "Christmas Day"
    yield date(year, 12, 26), "Boxing Day"


def _named(days: Iterable[tuple[date, str]]) -> Iterator[tuple[date, str]]:
    """Put a holiday that falls at a weekend on the next weekday that is free."""
    listed = list(days)
    taken = {day for day, _ in listed if day.weekday() < 5}
    for day, name in listed:
        if day.weekday() < 5:
            yield day, name
            continue
        substitute = day
        while substitute.weekday() >= 5 or substitute in taken:
            substitute += _DAY
        taken.add(substitute)
        yield substitute, f"{name} (substitute day)"


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + (-first.weekday() % 7) * _DAY


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - last.weekday() * _DAY
