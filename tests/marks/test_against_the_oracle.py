"""Every measure equals what a slow reading of the same marks gives, on 500 registers by chance."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from onroll.marks.alerts import KINDS
from onroll.marks.alphabet import KEYS, NO_MARK, NUMBER_OF, day_number, day_of
from onroll.marks.measuring import Measured, measure
from onroll.marks.register import Register, Rows, weekdays, written_up
from onroll.marks.shares import PERSISTENT, SEVERE, missed_at_least
from onroll.statute.calendars import NotSchool, SchoolCalendar, Session, Term
from onroll.statute.facts import DayMarks
from onroll.statute.thresholds import (
    BESIDE_RETURN,
    BESIDE_SICKNESS,
    CLOSED,
    DELETION_CODES,
    RETURN_CODES,
    SICKNESS_CODES,
    penalty_sessions,
    sickness_by_year,
    unbroken,
)
from tests.marks import oracle
from tests.marks.invented import some_marks
from tests.marks.oracle import Mark

REGISTERS = 500


def registers(marks: Sequence[Mark]) -> Iterator[Register]:
    for school in sorted({mark.school for mark in marks}):
        own = [mark for mark in marks if mark.school == school]
        pupils = sorted({mark.pupil for mark in own})
        latest = {m.pupil: m.year_group for m in sorted(own, key=lambda m: (m.on, m.session))}
        rows = Rows(
            np.array([pupils.index(mark.pupil) for mark in own], dtype=np.int32),
            np.array([day_number(mark.on) for mark in own], dtype=np.int32),
            np.array([mark.session == "PM" for mark in own], dtype=np.uint8),
            np.array([NUMBER_OF[mark.code] for mark in own], dtype=np.uint8),
        )
        yield written_up(school, pupils, [latest[pupil] for pupil in pupils], rows)[0]


def as_the_oracle_says(measured: Measured) -> Iterator[tuple[str, dict[str, object]]]:
    present, authorised, unauthorised = measured.counts
    possible, missed = measured.counts.sum(axis=0), authorised + unauthorised
    persistent = missed_at_least(missed, possible, PERSISTENT)
    severe = missed_at_least(missed, possible, SEVERE)
    for n, pupil in enumerate(measured.pupils):
        weeks = {
            day_of(monday): tuple(int(k) for k in measured.by_week[:, n, w])
            for w, monday in enumerate(measured.mondays)
            if measured.by_week[:, n, w].any()
        }
        yield (
            pupil,
            {
                "possible": possible[n],
                "present": present[n],
                "authorised": authorised[n],
                "unauthorised": unauthorised[n],
                "persistent": persistent[n],
                "severe": severe[n],
                "codes": Counter(
                    {key: int(k) for key, k in zip(KEYS, measured.by_code[n], strict=True) if k}
                ),
                "weeks": weeks,
                "alerts": {
                    found.kind: day_of(on)
                    for found in measured.alerts
                    for whose, on in zip(found.pupil, found.first_on, strict=True)
                    if whose == n
                },
            },
        )


@pytest.mark.parametrize("part", range(10))
def test_every_measure_equals_the_oracle(part: int) -> None:
    for seed in range(part, REGISTERS, 10):
        marks = some_marks(seed)
        expected = oracle.measures(marks)

        found = {
            (pupil, register.school): values
            for register in registers(marks)
            for pupil, values in as_the_oracle_says(measure(register))
        }

        assert found == expected, f"seed {seed}"


def test_the_registers_reach_every_code_and_every_alert() -> None:
    codes: Counter[str] = Counter()
    alerts: Counter[str] = Counter()
    for seed in range(REGISTERS):
        for values in oracle.measures(some_marks(seed)).values():
            codes.update(values["codes"])
            alerts.update(list(values["alerts"]))

    assert not set(oracle.CODES) - set(codes)
    assert not set(KINDS) - set(alerts)
    assert min(alerts[kind] for kind in KINDS) >= 20, alerts


@pytest.mark.parametrize("part", range(5))
def test_lengths_of_absence_are_those_that_the_law_finds_one_pupil_at_a_time(part: int) -> None:
    compared = 0
    for seed in range(part, REGISTERS, 5):
        for register in registers(some_marks(seed)):
            if not len(register.days) or (weekdays(register.days) >= 5).any():
                continue  # The calendars of the law know no Saturday school.
            measured, calendar = measure(register), calendar_of(register)
            for pupil, values in as_the_oracle_says(measured):
                days = days_of(register, pupil)
                compared += 1

                by_law = lengths_by_law(days, calendar)

                found = {kind: on for kind, on in values["alerts"].items() if kind in by_law}
                assert found == {k: on for k, on in by_law.items() if on}, f"seed {seed} {pupil}"
    assert compared > 100


def calendar_of(register: Register) -> SchoolCalendar:
    first, last = day_of(register.days[0]), day_of(register.days[-1])
    between = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    closed = [NotSchool(on) for on in between - {day_of(n) for n in register.days}]
    half_closed = [
        NotSchool(day_of(on), session=session)
        for on, held in zip(register.days, register.held, strict=True)
        for session, is_held in zip(Session, held, strict=True)
        if not is_held
    ]
    return SchoolCalendar((first, last), (Term(first, last),), (*closed, *half_closed))


def days_of(register: Register, pupil: str) -> tuple[DayMarks, ...]:
    own = register.marks[list(register.pupils).index(pupil)]
    keys = [[None if n == NO_MARK else KEYS[n] for n in day] for day in own]
    return tuple(
        DayMarks(day_of(on), *both)
        for on, both in zip(register.days, keys, strict=True)
        if any(both)
    )


def lengths_by_law(days: tuple[DayMarks, ...], calendar: SchoolCalendar) -> dict[str, date | None]:
    def run(codes: frozenset[str], n: int, beside: frozenset[str]) -> date | None:
        found = next(unbroken(days, calendar, codes, n, ignoring=beside), None)
        return found.days[-1] if found else None

    sick = [year.days for year in sickness_by_year(days, calendar) if len(year.days) >= 15]
    penalty = penalty_sessions(days, calendar)
    return {
        "absent_10_school_days": run(RETURN_CODES, 10, BESIDE_RETURN),
        "sickness_15_consecutive": run(SICKNESS_CODES, 15, BESIDE_SICKNESS),
        "sickness_15_total": sick[0][14] if sick else None,
        "unexplained_20_school_days": run(DELETION_CODES, 20, CLOSED),
        "penalty_notice_threshold": penalty.days[-1] if penalty else None,
    }
