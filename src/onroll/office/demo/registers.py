"""The marks of Ashcombe's registers: two school years, with absence in the shares of a real area.

Each pupil has a habit of absence of their own; absences come in spells, as they do. A few pupils
meet each alert, and a few schools use a code in a way that somebody should ask about.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from onroll.marks.alphabet import KEYS, NO_MARK, NUMBER_OF, Small, day_number
from onroll.marks.register import SESSIONS
from onroll.marks.store import LAYOUT, Store
from onroll.office.attendance.actions.registers_marks import rebuild_feeds
from onroll.office.attendance.queries import marks
from onroll.office.demo import years
from onroll.office.demo.lives import InventedChild
from onroll.office.demo.records import has_free_meals
from onroll.office.demo.town import InventedSchool, schools
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people.queries.children import children_by_key
from onroll.office.schools.actions import load_enrolments
from onroll.statute.ages import compulsory_school_age, year_group, year_of_school_day
from onroll.statute.bank_holidays import bank_holidays

_EVENING = time(17, 30)
# What was sent three weeks ago is sent again with reasons found since.
_SENT_BEFORE = timedelta(days=21)
_NOT_YET_EXPLAINED = 5  # school days
_UNTIL_OFF_THE_ROLL = timedelta(days=60)
# Of a thousand pupils: who is hardly there, who is often away. The rest miss some days.
_SEVERE, _OFTEN = 19, 160
_ONE_IN_DUAL = 220  # so many children for one who is also at a unit or alternative academy
# Of the absences of one pupil: code, weight, most school days of a spell.
_SPELLS = (("I", 60, 4), ("M", 13, 1), ("C", 4, 1), ("R", 2, 1), ("G", 4, 8), ("O", 12, 2),
           ("U", 5, 1))  # fmt: skip
_SPELLS_OF_OFTEN = (("I", 42, 6), ("M", 7, 1), ("C", 3, 2), ("G", 5, 10), ("O", 32, 4),
                    ("U", 9, 1), ("E", 2, 4))  # fmt: skip
_WEIGHS = {"cin": 1.7, "cpp": 1.8, "sen_support": 1.35, "ehcp": 1.6, "grt": 1.9,
           "social_worker": 1.5, "young_carer": 1.5, "homeless": 1.7}  # fmt: skip
_FREE_MEALS = 1.6
# Schools, by their place in the town, whose pupils miss more or less whoever they are.
_OF_SCHOOL = {13: 1.6, 45: 1.7, 49: 0.6}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One pupil on one roll in one school year, from one day to another."""

    child: InventedChild
    ref: str
    first: date
    last: date
    is_main_of_two: bool = False
    is_at_unit: bool = False


def load(
    invented: Sequence[InventedChild],
    *,
    children: Mapping[int, int],
    schools_made: Mapping[int, int],
    seed: int,
    today: date,
    by: Actor,
) -> None:
    """Put the marks of this school year and the one before where marks are kept, if anywhere."""
    if not marks.is_kept():
        return
    refs = {one.pk: one.ref for one in children_by_key(by, list(children.values()))}
    ref_of = {key: refs[pk] for key, pk in children.items() if pk in refs}
    now = year_of_school_day(today)
    units = _at_units(invented, now)
    _enrol_at_units(units, children, schools_made, now)
    take(marks.store(), invented, ref_of, units=units, seed=seed, today=today)
    rebuild_feeds(by=by)


def take(
    keeper: Store,
    invented: Sequence[InventedChild],
    ref_of: Mapping[int, str],
    *,
    units: Mapping[int, int],
    seed: int,
    today: date,
) -> None:
    """Take the registers of this school year and the one before.

    `units` names the second school of those who have one.
    """
    now = year_of_school_day(today)
    for year in (now - 1, now):
        days = _school_days(year, until=today - timedelta(days=1))
        if not days:
            continue
        rolls = _rolls(invented, ref_of, units if year == now else {}, days)
        for n, school in enumerate(schools()):
            if entries := rolls.get(school.urn):
                _school(keeper, n, school, entries, days, seed, year == now)


def _school_days(year: int, *, until: date) -> list[date]:
    off = {day.on for day in years.inset_days(year)} | set(bank_holidays(year, year + 1))
    return [
        on
        for term in years.terms(year)
        for n in range((term.last - term.first).days + 1)
        if (on := term.first + timedelta(days=n)).weekday() < 5 and on not in off and on <= until
    ]


def _rolls(
    invented: Sequence[InventedChild],
    ref_of: Mapping[int, str],
    units: Mapping[int, int],
    days: Sequence[date],
) -> dict[int, list[_Entry]]:
    """Return who is on the roll of each school on some of these days."""
    found: dict[int, list[_Entry]] = {}
    for child in invented:
        if child.key not in ref_of:
            continue
        for n, one in enumerate(child.schooling):
            last = one.last or child.home_educated_from or days[-1]
            if n + 1 < len(child.schooling):
                last = min(last, child.schooling[n + 1].first - timedelta(days=1))
            if one.is_expected or one.first > days[-1] or last < days[0] or last < one.first:
                continue
            is_now = last >= days[-1] and child.key in units
            entry = _Entry(child, ref_of[child.key], one.first, last, is_main_of_two=is_now)
            found.setdefault(one.school, []).append(entry)
            if is_now:
                there = replace(entry, is_main_of_two=False, is_at_unit=True)
                found.setdefault(units[child.key], []).append(there)
    return found


def _at_units(invented: Sequence[InventedChild], now: int) -> dict[int, int]:
    """Return a few pupils of Years 9 to 11 who are also on the roll of a unit, with which one."""
    units = [s.urn for s in schools() if s.type_code in ("14", "42") or "Alternative" in s.name]
    september = date(now, 9, 3)
    may = [
        child
        for child in invented
        if child.schooling and child.schooling[-1].last is None and not child.stories
        and not child.is_sealed and not child.has_plan and child.home_educated_from is None
        and not child.schooling[-1].is_expected and child.schooling[-1].first <= september
        and year_group(child.born_on, september) in (9, 10, 11)
    ]  # fmt: skip
    wanted = len(invented) // _ONE_IN_DUAL
    step = max(len(may) // max(wanted, 1), 1)
    return {child.key: units[n % len(units)] for n, child in enumerate(may[::step][:wanted])}


def _enrol_at_units(
    units: Mapping[int, int], children: Mapping[int, int], made: Mapping[int, int], now: int
) -> None:
    began = date(now, 9, 14)
    rows = [
        {
            "child_id": children[key],
            "school_id": made[urn],
            "status": "S",
            "starts_on": began,
            "first_attended_on": began,
            "recorded_at": datetime.combine(began, _EVENING, tzinfo=UTC),
            "source": "Demonstration",
        }
        for key, urn in units.items()
    ]
    if rows:
        load_enrolments(rows, by=PROGRAM)


def _school(
    keeper: Store,
    n: int,
    school: InventedSchool,
    entries: Sequence[_Entry],
    days: Sequence[date],
    seed: int,
    is_now: bool,
) -> None:
    if is_now and n == 6:
        return  # nothing came from this school yet
    if is_now and n == 17:
        days = days[:-8]  # and nothing since from this one
    entries = sorted(entries, key=lambda entry: (entry.ref, entry.first))
    grid = np.stack([_marks(entry, n, days, seed, is_now) for entry in entries])
    if n == 11 and len(days) > 60:
        # The boiler failed in the cold: the school shut on one day.
        shut = grid[:, 57]
        shut[shut != NO_MARK] = NUMBER_OF["Y4"]
    if not is_now:
        _put(keeper, school, entries, days, grid, days[-1])
        return
    before = [on for on in days if on <= days[-1] - _SENT_BEFORE]
    if before:
        early = grid[:, : len(before)].copy()
        _forget_reasons(early)
        _put(keeper, school, entries, before, early, before[-1])
    if n != 44:
        _forget_reasons(grid)
    _put(keeper, school, entries, days, grid, days[-1])


def _forget_reasons(grid: Small) -> None:
    """Let some absences of the last days stand without a reason, as they do."""
    late = grid[:, -_NOT_YET_EXPLAINED:]
    is_absent = (late == NUMBER_OF["O"]) | (late == NUMBER_OF["I"])
    is_absent[::3] = False
    late[is_absent] = NUMBER_OF["N"]


def _put(
    keeper: Store,
    school: InventedSchool,
    entries: Sequence[_Entry],
    days: Sequence[date],
    grid: Small,
    sent_on: date,
) -> None:
    row, day, half = np.nonzero(grid != NO_MARK)
    groups = [year_group(entry.child.born_on, days[0]) for entry in entries]
    of_days = pa.array([day_number(on) for on in days], pa.int32()).cast(pa.date32())

    def texts(places: Any, values: Sequence[str]) -> pa.Array:
        return pa.array(values, pa.string()).take(pa.array(places))

    table = pa.table(
        {
            "pupil_id": texts(row, [entry.ref for entry in entries]),
            "school": pa.repeat(pa.scalar(str(school.urn), pa.string()), len(row)),
            "on": of_days.take(pa.array(day)),
            "session": texts(half, SESSIONS),
            "code": texts(grid[row, day, half], KEYS),
            "year_group": texts(row, ["" if group is None else str(group) for group in groups]),
        },
        schema=LAYOUT,
    )
    keeper.put(table, recorded_at=datetime.combine(sent_on, _EVENING, tzinfo=UTC))


def _marks(entry: _Entry, n: int, days: Sequence[date], seed: int, is_now: bool) -> Small:
    """Return the marks of one pupil, days × (AM, PM)."""
    child = entry.child
    chance = random.Random(f"marks of ashcombe {seed} {child.key} {n} {days[0].year}")  # noqa: S311 (a demonstration)
    row = np.tile(np.array([NUMBER_OF["/"], NUMBER_OF["\\"]], dtype=np.uint8), (len(days), 1))
    share = min(_share(child, seed) * _OF_SCHOOL.get(n, 1.0), 0.95)
    kinds = _SPELLS_OF_OFTEN if share > 0.1 else _SPELLS
    for first, length, code in _spells(chance, share, kinds, len(days)):
        row[first : first + length] = NUMBER_OF[code]
    _single_sessions(chance, row, share)
    _special(chance, entry, n, row, days, is_now)
    for story in child.stories:
        # Who went missing was not there until the name came off the roll. Ashcombe has so many of
        # them that their absences would swamp everybody else's: the school stopped marking.
        if timedelta(0) < entry.last - story.last_attended_on < _UNTIL_OFF_THE_ROLL:
            row[np.array([on > story.last_attended_on for on in days])] = NO_MARK
    is_on = np.array([entry.first <= on <= entry.last for on in days])
    row[~is_on] = NO_MARK
    return row


def _share(child: InventedChild, seed: int) -> float:
    """Return the share of days that a pupil tends to miss: a habit, the same every year."""
    chance = random.Random(f"habit {seed} {child.key}")  # noqa: S311 (a demonstration)
    weight = max([_WEIGHS.get(flag, 1.0) for flag in child.flags], default=1.0)
    weight *= _FREE_MEALS if has_free_meals(child) else 1.0
    draw = chance.random() * 1000 / weight
    if draw < _SEVERE:
        return chance.uniform(0.75, 1.6)
    if draw < _OFTEN:
        return chance.uniform(0.10, 0.24)
    return min(chance.gammavariate(2.2, 0.0155), 0.085)


def _spells(
    chance: random.Random, share: float, kinds: Sequence[tuple[str, int, int]], days: int
) -> Iterator[tuple[int, int, str]]:
    """Yield absences as (first day, days, code) until they come to the share of days."""
    left = share * days * chance.uniform(0.8, 1.2)
    weights = [weight for _, weight, _ in kinds]
    while left > 0:
        code, _, most = chance.choices(kinds, weights)[0]
        length = min(chance.randint(1, most) * (3 if share > 0.5 else 1), days)
        if left < length and chance.random() > left / length:
            return
        yield chance.randrange(days), length, code
        left -= length


def _single_sessions(chance: random.Random, row: Small, share: float) -> None:
    """Come late, see a dentist, go on a trip."""
    for code, often in (("L", 1.5 + 60 * share), ("M", 1.2), ("V", 1.0), ("P", 0.25)):
        for _ in range(int(chance.random() * 2 * often * len(row) / 190 + chance.random())):
            at, half = chance.randrange(len(row)), chance.randrange(2)
            if row[at, half] in (NUMBER_OF["/"], NUMBER_OF["\\"]):
                row[at, half] = NUMBER_OF[code]


def _special(
    chance: random.Random,
    entry: _Entry,
    n: int,
    row: Small,
    days: Sequence[date],
    is_now: bool,
) -> None:
    """Let a few pupils meet each alert, and a few schools use codes as they should not."""
    if compulsory_school_age(entry.child.born_on).is_under(days[0]):
        # The youngest begin with mornings.
        row[:8, 1] = NUMBER_OF["X"]
    if entry.is_main_of_two or entry.is_at_unit:
        _at_two(entry, row, days)
    elif is_now and len(days) > 50 and not entry.child.is_sealed:
        _alerts(entry.child.key % 500, row)
        _habits(chance, n, entry.child.key, row)


def _at_two(entry: _Entry, row: Small, days: Sequence[date]) -> None:
    """Mark D for the days at the other of two schools."""
    weekday = np.array([on.weekday() for on in days])
    elsewhere = np.isin(weekday, (1, 2, 3)) if entry.is_main_of_two else weekday % 4 == 0
    began = np.array([on >= date(days[0].year, 9, 14) for on in days])
    row[elsewhere & began] = NUMBER_OF["D"]
    if entry.is_at_unit:
        row[~began] = NO_MARK


def _alerts(lot: int, row: Small) -> None:
    """Let one in five hundred meet each alert of the law."""
    if lot == 7:
        row[-13:] = NUMBER_OF["O"]
    elif lot == 91:
        row[-26:] = NUMBER_OF["I"]
    elif lot == 133:
        row[-21:] = NUMBER_OF["N"]
    elif lot in (201, 202, 203):
        row[-40:-30] = NUMBER_OF["G"]
        row[-8:-6] = NUMBER_OF["O"]
    elif lot in (310, 311):
        row[-30:, 1] = NUMBER_OF["C2"]
    elif lot == 402:
        row[-20:] = NUMBER_OF["K"]


def _habits(chance: random.Random, n: int, key: int, row: Small) -> None:
    """Let a few schools use a code in a way to ask about."""
    if n == 44 and key % 2 == 0:
        # Reasons are never looked for here.
        row[row == NUMBER_OF["O"]] = NUMBER_OF["N"]
        row[(row == NUMBER_OF["I"]) & (chance.random() < 0.5)] = NUMBER_OF["N"]
    elif n == 47 and key % 9 == 0:
        row[-60::5] = NUMBER_OF["B"]
    elif n == 50 and key % 12 == 0:
        row[-18:, 1] = NUMBER_OF["C2"]
