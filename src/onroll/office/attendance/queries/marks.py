"""The marks themselves: Parquet in a folder or object store, not rows of the database.

Registers that were read are kept in memory by each process for as long as their file stays the
same (ADR 36): a page then counts arrays and opens no file.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock

import numpy as np
from django.conf import settings

from onroll.marks.alphabet import day_number, day_of
from onroll.marks.gathering import register_of
from onroll.marks.measuring import Measured, measure
from onroll.marks.register import Register
from onroll.marks.store import Store
from onroll.office.kernel.decision import Refused
from onroll.office.schools.models import School

_THREADS = 2
# Schools times school years: eight years of an authority of 140 schools.
_MOST_KEPT = 1_200
# Of one register: the whole, without the sealed, and as at a few earlier days.
_MOST_MEASURED = 6

_Version = tuple[int, int]
_Which = tuple[int | None, frozenset[str]]


@dataclass(slots=True)
class _Kept:
    version: _Version
    register: Register
    measured: "OrderedDict[_Which, Measured]" = field(default_factory=OrderedDict)


_kept: "OrderedDict[tuple[str, int, str], _Kept]" = OrderedDict()
_lock = Lock()


def is_kept() -> bool:
    """Return whether there is a place where marks are kept."""
    return bool(settings.MARKS)


def store() -> Store:
    """Return where the marks are. Raises Refused, with what to do, where no place is set.

    A pupil stands in it by the reference of the child, a school by `key_of`.
    """
    if not settings.MARKS:
        raise Refused("No place is set for the marks of registers: set ONROLL_MARKS to a folder.")
    return Store(settings.MARKS)


def key_of(school: School) -> str:
    """Return the name of a school among the marks: its URN, or its key here where it has none."""
    return str(school.urn) if school.urn else f"local-{school.pk}"


def years() -> list[int]:
    """Return the school years that have marks, the latest first; none where no place is set."""
    return store().years() if is_kept() else []


def registers(
    year: int, *, schools: Collection[str] | None = None, without: Collection[str] = ()
) -> list[Register]:
    """Return the registers of some schools in a school year, in the order of their names.

    `without` are pupils who are left out, as if they had never been on the roll.
    """
    return [_without(kept.register, frozenset(without)) for kept in _read(year, schools)]


def measured(
    year: int,
    *,
    schools: Collection[str] | None = None,
    until: date | None = None,
    without: Collection[str] = (),
) -> list[Measured]:
    """Return what is counted of some schools in a school year, up to the end of a day."""
    last, gone = None if until is None else day_number(until), frozenset(without)
    kept = _read(year, schools)
    with ThreadPoolExecutor(_THREADS) as pool:
        found = list(pool.map(lambda one: _measured(one, last, gone), kept))
    return [one for one in found if len(one.pupils) and len(one.mondays)]


def register_as_known(
    school: str, year: int, known_at: datetime, *, without: Collection[str] = ()
) -> Register | None:
    """Return a school's register as it was known at an instant; read anew each time."""
    found = register_of(store().read(school, year, known_at=known_at))
    return None if found is None else _without(found, frozenset(without))


def last_marked(year: int) -> Mapping[str, date]:
    """Return the last day with marks of each school of a school year."""
    return {
        kept.register.school: day_of(kept.register.days[-1])
        for kept in _read(year, None)
        if len(kept.register.days)
    }


def _read(year: int, schools: Collection[str] | None) -> list[_Kept]:
    """Return the registers of some schools, reading those whose file is new or has changed."""
    if not is_kept():
        return []
    place, keeper = str(settings.MARKS), store()
    versions = keeper.versions(year)
    wanted = [name for name in sorted(versions) if schools is None or name in schools]
    keys = {name: (place, year, name) for name in wanted}
    with _lock:
        held = {name: _kept.get(key) for name, key in keys.items()}
    stale = [name for name, kept in held.items() if kept is None or kept.version != versions[name]]

    def read(name: str) -> Register | None:
        return keeper.register(name, year)

    with ThreadPoolExecutor(_THREADS) as pool:
        for name, register in zip(stale, pool.map(read, stale), strict=True):
            held[name] = None if register is None else _Kept(versions[name], register)
    found = {name: kept for name, kept in held.items() if kept is not None}
    with _lock:
        # Whoever was erased stays in no memory: what is no longer in the store is let go.
        _let_go(key for key in _kept if key[:2] == (place, year) and key[2] not in versions)
        for name, kept in found.items():
            _kept[keys[name]] = kept
            _kept.move_to_end(keys[name])
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return list(found.values())


def _let_go(keys: Iterable[tuple[str, int, str]]) -> None:
    for key in list(keys):
        del _kept[key]


def _measured(kept: _Kept, last: int | None, without: frozenset[str]) -> Measured:
    days = kept.register.days
    if last is not None and (not len(days) or days[-1] <= last):
        last = None
    which = last, without.intersection(kept.register.pupils)
    with _lock:
        found = kept.measured.get(which)
        if found is not None:
            kept.measured.move_to_end(which)
            return found
    register = _without(kept.register, which[1])
    found = measure(register if last is None else register.until(last))
    with _lock:
        kept.measured[which] = found
        while len(kept.measured) > _MOST_MEASURED:
            kept.measured.popitem(last=False)
    return found


def _without(register: Register, pupils: frozenset[str]) -> Register:
    stays = [n for n, pupil in enumerate(register.pupils) if pupil not in pupils]
    if len(stays) == len(register.pupils):
        return register
    rows = np.array(stays, dtype=np.intp)
    return replace(
        register,
        pupils=[register.pupils[n] for n in stays],
        year_groups=[register.year_groups[n] for n in stays],
        marks=register.marks[rows],
        closed=register.closed[rows],
    )
