"""The facts that start and stop clocks, as they are given and as they are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from onroll.statute.codes import ATTENDANCE_CODES
from onroll.statute.fact_keys import FACT_KEYS, FactKey, Shape
from onroll.statute.reading import Reader


@dataclass(frozen=True, slots=True)
class DayMarks:
    """The marks of one pupil on one day; None where a session has no mark."""

    on: date
    am: str | None
    pm: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """The marks there are, morning first."""
        return tuple(code for code in (self.am, self.pm) if code is not None)

    def is_all(self, codes: Collection[str]) -> bool:
        """Whether both sessions are marked with one of these codes.

        Only of a day with two marks can anything be said as a whole.
        """
        return self.am in codes and self.pm in codes


@dataclass(frozen=True, slots=True)
class Suspension:
    """One suspension, first and last day included.

    `half_days` is how many of its school days were lost by half only, as at lunchtime (SI
    2012/1033, regulation 2(2)): the last ones, where it matters which. None: all of them.
    """

    first_day: date
    last_day: date
    half_days: int | None = 0


@dataclass(frozen=True, slots=True)
class PenaltyNotice:
    """One penalty notice to one parent for one child; `offence_from` is its first day of absence.

    `withdrawn` and `acquitted` notices are not counted against the two that are allowed.
    """

    issued_on: date
    offence_from: date
    withdrawn: bool = False
    acquitted: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts given, read and checked. Ask with the keys of FACT_KEYS or of a pack."""

    _dates: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    _days: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    marks: tuple[DayMarks, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    penalty_notices: tuple[PenaltyNotice, ...] = ()

    def has(self, key: str) -> bool:
        """Whether there is anything under a key."""
        several: Mapping[str, tuple[object, ...]] = {
            "absence.codes": self.marks,
            "suspensions": self.suspensions,
            "penalty_notices": self.penalty_notices,
        }
        return bool(several.get(key) or self._dates.get(key) or self._days.get(key))

    def dates(self, key: str) -> tuple[date, ...]:
        """The dates under a key in the order given; none if it was not given."""
        return self._dates.get(key, ())

    def days(self, key: str) -> tuple[float, ...]:
        """The numbers of days under a key; none if it was not given."""
        return self._days.get(key, ())

    def first_from(self, keys: tuple[str, ...], start: date) -> date | None:
        """The earliest date under any of the keys on or after a day."""
        later = [day for key in keys for day in self.dates(key) if day >= start]
        return min(later, default=None)


def read_facts(given: Mapping[str, object], *, also: Mapping[str, FactKey] | None = None) -> Facts:
    """Check facts as given, dates as dates or as 2026-03-05. A value of None counts as not given.

    `also` adds keys that a pack's duties use. Raises FaultyInput naming each key at fault.
    """
    keys = {**FACT_KEYS, **also} if also else FACT_KEYS
    reader = Reader()
    reader.known_keys(given, keys, "facts")
    dates: dict[str, tuple[date, ...]] = {}
    days: dict[str, tuple[float, ...]] = {}
    marks: tuple[DayMarks, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    notices: tuple[PenaltyNotice, ...] = ()
    for key, value in given.items():
        if key not in keys or value is None:
            continue
        where = f"facts.{key}"
        match keys[key].shape:
            case Shape.DATES:
                dates[key] = reader.dates(value, where)
            case Shape.DAYS:
                days[key] = _read_days(reader, value, where)
            case Shape.MARKS:
                marks = _read_marks(reader, value, where)
            case Shape.SUSPENSIONS:
                suspensions = _read_suspensions(reader, value, where)
            case _:  # penalty notices: every other shape is above
                notices = _read_notices(reader, value, where)
    reader.finish()
    return Facts(dates, days, marks, suspensions, notices)


def _read_days(reader: Reader, value: object, where: str) -> tuple[float, ...]:
    several = value if isinstance(value, (list, tuple)) else [value]
    read = (reader.days(item, f"{where}[{i}]") for i, item in enumerate(several))
    return tuple(number for number in read if number is not None)


def _read_marks(reader: Reader, value: object, where: str) -> tuple[DayMarks, ...]:
    found: dict[date, DayMarks] = {}
    for i, row in enumerate(reader.items(value, where)):
        place = f"{where}[{i}]"
        if not isinstance(row, (list, tuple)) or len(row) != 3:
            remedy = 'Write it as ["2026-03-05", "N", "O"].'
            reader.fault(place, "is not a date, a morning and an afternoon code.", remedy)
            continue
        on = reader.a_date(row[0], f"{place}[0]")
        am = _read_code(reader, row[1], f"{place}[1]")
        pm = _read_code(reader, row[2], f"{place}[2]")
        if on in found:
            reader.fault(place, f"{on} is there twice.", "Keep one row for each day.")
        elif on is not None:
            found[on] = DayMarks(on, am, pm)
    return tuple(found[on] for on in sorted(found))


_CODES = dict.fromkeys(code.key for code in ATTENDANCE_CODES)  # in order, for the message


def _read_code(reader: Reader, value: object, where: str) -> str | None:
    if value is None or value == "":
        return None
    return reader.one_of(value, where, _CODES)


def _read_suspensions(reader: Reader, value: object, where: str) -> tuple[Suspension, ...]:
    found: list[Suspension] = []
    for i, row in enumerate(reader.items(value, where)):
        place = f"{where}[{i}]"
        given = reader.mapping(row, place)
        reader.known_keys(given, ("first_day", "last_day", "half_days"), place)
        first = reader.a_date(given.get("first_day"), f"{place}.first_day")
        last = reader.a_date(given.get("last_day"), f"{place}.last_day")
        halves = _read_halves(reader, given.get("half_days"), f"{place}.half_days")
        if first is None or last is None:
            continue
        if last < first:
            reader.fault(place, f"ends on {last}, before it starts on {first}.", "Swap the dates.")
        else:
            found.append(Suspension(first, last, halves))
    found.sort(key=lambda one: one.first_day)
    for one, other in pairwise(found):
        if other.first_day <= one.last_day:
            remedy = "Write each day of suspension once."
            reader.fault(where, f"two suspensions hold {other.first_day}.", remedy)
    return tuple(found)


def _read_halves(reader: Reader, value: object, where: str) -> int | None:
    if value is None or isinstance(value, bool):
        return None if value else 0
    return reader.whole_number(value, where)


def _read_notices(reader: Reader, value: object, where: str) -> tuple[PenaltyNotice, ...]:
    found = []
    for i, row in enumerate(reader.items(value, where)):
        place = f"{where}[{i}]"
        given = reader.mapping(row, place)
        reader.known_keys(given, ("issued_on", "withdrawn", "offence_from", "acquitted"), place)
        issued = reader.a_date(given.get("issued_on"), f"{place}.issued_on")
        offence = reader.a_date(given.get("offence_from"), f"{place}.offence_from")
        is_out = {
            name: reader.truth(given[name], f"{place}.{name}")
            for name in ("withdrawn", "acquitted")
            if given.get(name) is not None
        }
        if issued is None or offence is None:
            continue
        if issued < offence:
            says = f"was issued on {issued}, before the absence of {offence}."
            reader.fault(place, says, "Correct one of the dates.")
        else:
            out = (bool(is_out.get(name)) for name in ("withdrawn", "acquitted"))
            found.append(PenaltyNotice(issued, offence, *out))
    return tuple(sorted(found, key=lambda notice: notice.issued_on))
