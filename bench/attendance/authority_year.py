"""A year of registers of an invented authority, always the same for one seed.

    python -m bench.attendance.authority_year --out DIR [--pupils 56400] [--seed 1] [--begins 2025]

One Parquet file a school, a row a mark: pupil_id, school, on, session, code, year_group. Shares of
absence are near those published for England in 2024/25 (overall 7%, persistent 18 to 20%, severe
2.4%), and every code in force turns up. Nothing here looks at `onroll`: a code is a letter.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bench.attendance.school_year import Days, school_days, staff_days

CODES = (
    *"/\\LKVPWB", "C1", "M", "J1", "S", "C2", *"CTRIE",
    *"XDQ", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", *"GNOUZ#",
)  # fmt: skip
_N = {code: n for n, code in enumerate(CODES)}
_NONE = 255

Marks = npt.NDArray[np.uint8]
Places = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class School:
    """One school's year: pupils by days by (morning, afternoon), 255 where there is no mark."""

    number: str
    pupils: list[str]
    year_groups: Places
    days: Days
    marks: Marks


def authority_year(pupils: int, seed: int, begins: int) -> Iterator[School]:
    """Return the schools of an authority: four primaries or so to each secondary school."""
    chance = np.random.default_rng((seed, begins))
    days = school_days(begins)
    area = 300 + seed % 600
    guests: list[tuple[str, int, Marks]] = []
    n = 0
    for number, size, groups in _schools(pupils, area, chance):
        names = [f"P{area}{begins % 100:02d}{n + i:07d}" for i in range(size)]
        n += size
        year_groups = np.sort(chance.choice(groups, size))
        marks = _year(days, year_groups, chance)
        hosted = [guest for guest in guests if guest[1] in groups]
        guests = [guest for guest in guests if guest[1] not in groups]
        if hosted:
            names += [name for name, _, _ in hosted]
            year_groups = np.append(year_groups, [group for _, group, _ in hosted])
            marks = np.concatenate([marks, np.stack([own for _, _, own in hosted])])
        # A few are registered at another school besides, where they are on two days of five.
        for place in chance.choice(size, size // 250, replace=False).tolist():
            away = np.isin(np.arange(len(days)) % 5, (1, 3))[:, None] & (marks[place] != _NONE)
            there = np.where(away, marks[place], np.where(marks[place] == _NONE, _NONE, _N["D"]))
            guests.append((names[place], int(year_groups[place]), there.astype(np.uint8)))
            marks[place][away] = _N["D"]
        _close(marks, days, chance)
        yield School(number, names, year_groups, days, marks)


def _schools(
    pupils: int, area: int, chance: np.random.Generator
) -> Iterator[tuple[str, int, Places]]:
    """Return each school's number, size and year groups, until every pupil has a place."""
    primaries = secondaries = 0
    left = pupils
    while left:
        is_primary = primaries < 4.4 * (secondaries + 1)
        mean = (chance.choice((105, 210, 315, 420, 630), p=(0.1, 0.4, 0.2, 0.25, 0.05))
                if is_primary else chance.choice((600, 900, 1200, 1500)))  # fmt: skip
        size = int(min(left, max(20, chance.normal(mean, mean * 0.06))))
        left -= size
        if is_primary:
            primaries += 1
            yield f"{area}{2000 + primaries}", size, np.arange(0, 7)
        else:
            secondaries += 1
            yield f"{area}{4000 + secondaries}", size, np.arange(7, 12)


def _year(days: Days, year_groups: Places, chance: np.random.Generator) -> Marks:
    """Mark a year for the pupils of one school: the later line stands."""
    pupils, n = len(year_groups), len(days)
    marks = np.empty((pupils, n, 2), dtype=np.uint8)
    marks[:, :, 0], marks[:, :, 1] = _N["/"], _N["\\"]
    is_secondary = year_groups >= 7
    # How often each is away: most seldom, some often; older pupils more.
    often = chance.gamma(1.0, 1.1, pupils) * np.where(is_secondary, 1.15, 0.85)
    everybody = np.arange(pupils)

    def spells(rate: Places | float, mean_days: float, code: str, who: Places = everybody) -> None:
        times = chance.poisson(np.broadcast_to(rate, pupils)[who])
        whose = np.repeat(who, times)
        # One in eight begins at noon, and one in eight ends there.
        is_late, is_short = chance.random((2, len(whose))) < 1 / 8
        first = 2 * chance.integers(0, n, len(whose)) + is_late
        length = 2 * chance.geometric(1 / mean_days, len(whose)) - is_short
        _spell(marks, whose, first, length, _N[code])

    def once(share: float, code: str, half: int | None = None, who: Places = everybody) -> None:
        found = who[chance.random(len(who)) < share]
        day = chance.integers(0, n, len(found))
        marks[found, day, chance.integers(0, 2, len(found)) if half is None else half] = _N[code]

    older = np.flatnonzero(is_secondary)
    _sprinkle(marks, chance, 0.018 * np.minimum(often, 3), 0, "L")
    _sprinkle(marks, chance, 0.003 * np.minimum(often, 4) * (0.5 + is_secondary), 0, "U")
    _sprinkle(marks, chance, np.full(pupils, 0.004), 1, "M")
    _trips(marks, year_groups, chance)
    for code, share in (("C", 0.3), ("C1", 0.02), ("R", 0.12), ("Y1", 0.02), ("Y2", 0.02),
                        ("Y7", 0.01), ("P", 0.1), ("Q", 0.002)):  # fmt: skip
        once(share, code)
    once(0.03, "J1", 1, older)
    spells(2.6 * (0.3 + often), 1.8, "I")
    spells(1.1 * often, 1.6, "O")
    spells(0.4 * often, 1.3, "N")
    spells(0.25, 5.0, "G")
    spells(0.006, 9.0, "T")
    spells(0.09 * often, 2.2, "E", older)
    spells(0.002, 20.0, "B", older)
    spells(0.001, 20.0, "K", older)
    spells(0.0004, 15.0, "Y5", older)
    spells(0.002, 3.0, "Y6")
    _severe(marks, is_secondary, chance)
    part_time = everybody[chance.random(pupils) < 0.003]
    for place, first in zip(part_time, chance.integers(0, n - 30, len(part_time)), strict=True):
        marks[place, first : first + 30, 1] = _N["C2"]
    # The youngest begin with mornings; the oldest sit examinations, and study at home before.
    marks[year_groups == 0, :10, 1] = _N["X"]
    leavers = np.flatnonzero(year_groups == 11)
    _spell(marks, leavers, np.full(len(leavers), 2 * n - 60), np.full(len(leavers), 24), _N["S"])
    _come_and_go(marks, chance)
    return marks


def _spell(marks: Marks, whose: Places, first: Places, length: Places, code: int) -> None:
    """Mark stretches of sessions with a code, each from a first one on."""
    pupils, days, _ = marks.shape
    length = np.minimum(length, 2 * days - first)
    within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    session = np.repeat(first, length) + within
    marks.reshape(pupils, 2 * days)[np.repeat(whose, length), session] = code


def _sprinkle(
    marks: Marks, chance: np.random.Generator, share: Places, half: int, code: str
) -> None:
    marks[:, :, half][chance.random(marks.shape[:2]) < share[:, None]] = _N[code]


def _trips(marks: Marks, year_groups: Places, chance: np.random.Generator) -> None:
    """Send each year group out for three days, and the tenth to work for a week."""
    for group in np.unique(year_groups):
        for day in chance.integers(0, marks.shape[1], 3):
            marks[year_groups == group, day] = _N["V"]
    marks[year_groups == 10, -15:-10] = _N["W"]


def _severe(marks: Marks, is_secondary: npt.NDArray[np.bool_], chance: np.random.Generator) -> None:
    """Keep a few away for half of the year or more, in stretches of five days."""
    rate = np.where(is_secondary, 0.040, 0.012)
    for place in np.flatnonzero(chance.random(len(rate)) < rate):
        missed = chance.random() * 0.4 + 0.55
        code = _N[str(chance.choice(("O", "I", "O", "N")))]
        is_away = np.repeat(chance.random(marks.shape[1] // 5 + 1) < missed, 5)[: marks.shape[1]]
        marks[place, is_away] = code


def _come_and_go(marks: Marks, chance: np.random.Generator) -> None:
    """Let some join and some leave in the year; some of the first stand as not yet on the roll."""
    pupils, n = marks.shape[:2]
    day = np.arange(n)
    for place in np.flatnonzero(chance.random(pupils) < 0.04):
        before = day < chance.integers(1, n)
        marks[place, before] = _N["Z"] if chance.random() < 0.3 else _NONE
    for place in np.flatnonzero(chance.random(pupils) < 0.04):
        marks[place, day > chance.integers(0, n)] = _NONE


def _close(marks: Marks, days: Days, chance: np.random.Generator) -> None:
    """Shut a school on its staff days, marked or not, and some for snow or a broken boiler."""
    if chance.random() < 0.3:
        shut = int(chance.integers(60, 120))
        marks[:, shut][marks[:, shut] != _NONE] = _N["Y4"]
    if chance.random() < 0.1:
        shut = int(chance.integers(0, len(days)))
        some = chance.random(len(marks)) < 0.5
        marks[some, shut] = np.where(marks[some, shut] == _NONE, _NONE, _N["Y3"])
    own = staff_days(days, chance)
    marks[:, own] = np.where(marks[:, own] == _NONE, _NONE, _N["#"])
    if chance.random() < 0.5:
        marks[:, own] = _NONE


def table(school: School) -> pa.Table:
    """Return the marks of a school as rows, by pupil, day and session."""
    pupil, day, session = np.nonzero(school.marks != _NONE)
    groups = [str(n) if n else "R" for n in range(12)]

    def coded(places: Places, texts: list[str]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), texts)

    columns = pa.table(
        {
            "pupil_id": coded(pupil, school.pupils),
            "school": coded(np.zeros(len(pupil)), [school.number]),
            "on": pa.array(school.days[day]).cast(pa.date32()),
            "session": coded(session, ["AM", "PM"]),
            "code": coded(school.marks[pupil, day, session], list(CODES)),
            "year_group": coded(school.year_groups[pupil], groups),
        }
    )
    # No cell is empty; a file that says so is read in half the time.
    return columns.cast(pa.schema([field.with_nullable(False) for field in columns.schema]))


def write(folder: Path, pupils: int, seed: int, begins: int) -> int:
    """Write one file a school into a folder. Returns the number of marks."""
    folder.mkdir(parents=True, exist_ok=True)
    marks = 0
    for school in authority_year(pupils, seed, begins):
        rows = table(school)
        marks += rows.num_rows
        pq.write_table(rows, folder / f"{school.number}.parquet", compression="zstd")
    return marks


def main() -> None:
    """Make a year and say how many marks it has."""
    asking = argparse.ArgumentParser(description="Writes a year of an invented authority.")
    asking.add_argument("--out", type=Path, required=True)
    asking.add_argument("--pupils", type=int, default=56_400, help="in the year; some come and go")
    asking.add_argument("--seed", type=int, default=1)
    asking.add_argument("--begins", type=int, default=2025, help="the year of its September")
    given = asking.parse_args()
    print(f"{write(given.out, given.pupils, given.seed, given.begins):,} marks")


if __name__ == "__main__":
    main()
