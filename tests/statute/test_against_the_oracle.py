"""The library against the oracle: random facts, random calendars, no difference.

    ORACLE_CASES=1000000 ORACLE_SEED=2 pytest tests/statute/test_against_the_oracle.py

A case is one clock, answered by both. A failure prints the seed, the facts, the calendar and both
answers; the facts and the calendar can be saved and given to `onroll clocks` as they are.
"""

import json
import os
from collections import Counter
from datetime import date
from typing import Any

import pytest

from onroll.statute.calendar_file import read_calendar
from onroll.statute.calendars import SchoolCalendar
from onroll.statute.duties import PRACTICE, Clock, clocks
from onroll.statute.packs import load
from tests.statute import oracle
from tests.statute.oracle_answers import Answer
from tests.statute.oracle_days import why_not
from tests.statute.oracle_rows import BOARD, NATIONAL, PACKS, WORKING
from tests.statute.oracle_rows import PRACTICE as LOCAL
from tests.statute.random_cases import Case, cases

CASES = int(os.environ.get("ORACLE_CASES", "20000"))
SEED = os.environ.get("ORACLE_SEED", "1996")
CHUNKS = 8
FACTS_TO_A_CALENDAR = 25
LEAST = 20  # how often each duty must be met in a normal run

TOTALS = {"DAY6_SUSP", "EX_CAP", "REG_ATT_RETURN", "REG_DEL_UNEXPL", "REG_SICK_CONSEC",
          "REG_SICK_TOTAL", "REG_N_TO_O", "PN_SESSIONS", "PN_MAX", "SAR"}  # fmt: skip
EVERY_ID = {
    *TOTALS,
    *(id_ for id_, _ in BOARD.values()),
    *(row.id for rows in (NATIONAL, LOCAL, *PACKS.values()) for row in rows),
}
WORKING_DAYS = {row.id for row in NATIONAL if row.unit == WORKING}

Said = tuple[object, ...]
Key = tuple[str, str, int]


def said_by_the_oracle(answer: Answer) -> Said:
    """Return what is compared of an answer of the oracle."""
    return (
        answer.started_on,
        answer.due,
        answer.counted if answer.due else (),
        tuple(sorted(answer.skipped)) if answer.due else (),
        answer.stopped_on,
        answer.status,
        answer.needs,
        answer.is_deadline,
    )


def said_by_the_library(clock: Clock) -> Said:
    """Return the same of a clock of the library."""
    return (
        clock.started_on,
        clock.due,
        tuple(clock.counted),
        tuple(sorted(skipped.on for skipped in clock.skipped)),
        clock.stopped_on,
        str(clock.status) if clock.status else None,
        clock.needs,
        clock.duty.is_deadline,
    )


def untrue_reasons(clock: Clock, case: Case) -> list[str]:
    """Return the days that the library skipped for a reason that is not true of them."""
    if clock.started_by in ("penalty_notices", "sar.received_on"):
        return []
    unit = WORKING if clock.id in WORKING_DAYS else "school day"
    marks = {row[0]: f"marked {row[1]}/{row[2]}" for row in case.facts.get("absence.codes", ())}
    untrue = []
    for skipped in clock.skipped:
        reasons = why_not(skipped.on, unit, case.calendar)
        if clock.started_by == "absence.codes" and skipped.on in marks:
            reasons.add(marks[skipped.on])
        if not any(skipped.why.startswith(reason) for reason in reasons):
            untrue.append(f"{skipped.on}: {skipped.why!r}, but {sorted(reasons)}")
    return untrue


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def report(case: Case, seed: str, lines: list[str]) -> str:
    """Return everything that somebody needs to look at a difference again."""
    return "\n".join(
        [
            f"The library and the oracle differ. Seed {seed!r}, pack {case.pack}, on {case.on}.",
            f"F.json: {json.dumps(plain({'facts': case.facts, 'attributes': case.attributes}))}",
            f"C.json: {json.dumps(plain(case.calendar))}",
            *lines,
        ]
    )


def differences(case: Case, calendar: SchoolCalendar) -> tuple[list[str], list[str]]:
    """Return the ids that were compared, and a line or more for each difference."""
    law = oracle.answers(case.facts, case.attributes, case.calendar, on=case.on, pack=case.pack)
    library = clocks(
        case.facts,
        case.attributes,
        calendar,
        on=case.on,
        pack=load(case.pack),
        beside=PRACTICE,
    )
    expected = {(a.id, a.started_by, a.n): a for a in law}
    given = {(c.id, c.started_by, c.n): c for c in library}
    lines: list[str] = []
    if len(given) < len(library):
        lines.append("The library answers a clock twice.")
    for key in sorted({*expected, *given}):
        said = said_by_the_oracle(expected[key]) if key in expected else None
        found = said_by_the_library(given[key]) if key in given else None
        if said != found:
            lines += [f"{key}", f"   oracle:  {plain(said)}", f"   library: {plain(found)}"]
        elif key in given:
            lines += [f"{key} {line}" for line in untrue_reasons(given[key], case)]
    return [id_ for id_, _, _ in sorted({*expected, *given})], lines


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_library_and_the_oracle_agree_on_every_clock(chunk: int) -> None:
    met: Counter[str] = Counter()
    calendars = 0
    while met.total() < CASES / CHUNKS:
        seed = f"{SEED}.{chunk}.{calendars}"
        calendars += 1
        made = cases(seed, FACTS_TO_A_CALENDAR)
        calendar = read_calendar(plain(made[0].calendar))

        for case in made:
            ids, found = differences(case, calendar)
            met.update(ids)

            assert not found, report(case, seed, found)

    least = LEAST / CHUNKS if CASES >= 20_000 else 0
    seldom = {id_: met[id_] for id_ in EVERY_ID if met[id_] < least}
    assert not seldom, f"too seldom met to say anything: {seldom}"
