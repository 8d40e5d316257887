"""How many statutory clocks a second the library answers on one core.

    python bench/clocks.py [--children 300] [--rounds 7] [--seed 1] [--table bench/clocks.md]

Invents children with the facts of a case, asks what the law says of each on a day, and prints
clocks a second: without the working (the last day, how it stands, what is needed), and with it
(every day counted or skipped, and why). Each number is the median of several rounds,
by the processor's time, so that other programs on a shared machine weigh little. Beside them
stands the oracle of the tests, which steps from day to day and looks everything up in lists; its
last days are compared with the library's, and a difference ends the run. The facts are synthetic.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from onroll.statute.calendar_file import read_calendar
from onroll.statute.duties import clocks
from tests.statute import oracle
from tests.statute.oracle_days import is_school_day

LEAST = 20_000  # clocks a second, all kinds together, without the working
TODAY = date(2026, 3, 5)
ONE_DAY = timedelta(days=1)
TERMS = [
    (date(2024, 9, 3), date(2024, 10, 25)), (date(2024, 11, 4), date(2024, 12, 20)),
    (date(2025, 1, 6), date(2025, 2, 14)), (date(2025, 2, 24), date(2025, 4, 11)),
    (date(2025, 4, 28), date(2025, 5, 23)), (date(2025, 6, 2), date(2025, 7, 22)),
    (date(2025, 9, 3), date(2025, 10, 24)), (date(2025, 11, 3), date(2025, 12, 19)),
    (date(2026, 1, 5), date(2026, 2, 13)), (date(2026, 2, 23), date(2026, 3, 27)),
    (date(2026, 4, 13), date(2026, 5, 22)), (date(2026, 6, 1), date(2026, 7, 21)),
]  # fmt: skip
CALENDAR = {
    "covers": (date(2024, 9, 1), date(2026, 8, 31)),
    "terms": TERMS,
    "not_school": [date(2024, 9, 3), date(2025, 1, 6), date(2025, 9, 3), date(2026, 1, 5)],
    "bank_holidays": [
        date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1), date(2025, 4, 18),
        date(2025, 4, 21), date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25),
        date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 4, 3),
        date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31),
    ],
}  # fmt: skip

Facts = dict[str, Any]
Asked = tuple[Facts, Facts]


def in_json(value: object) -> object:
    """Return the calendar as a file has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: in_json(inner) for key, inner in value.items()}
    return [in_json(inner) for inner in value] if isinstance(value, list | tuple) else value


def school_days() -> list[date]:
    """Return the days on which the school of this calendar meets."""
    days = []
    for first, last in TERMS:
        day = first
        while day <= last:
            if is_school_day(day, CALENDAR):
                days.append(day)
            day += ONE_DAY
    return days


class Children:
    """Invents what is recorded of children, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.days = school_days()

    def _day(self) -> date:
        return self.dice.choice(self.days[:-80])

    def excluded(self) -> Asked:
        """Return a permanent exclusion, decided by the board and taken to review."""
        day = self._day()
        facts = {
            "permanent_exclusion.on": day,
            "exclusion.decided_on": day,
            "exclusion.first_day": day + ONE_DAY,
            "board.told_on": day + ONE_DAY,
            "board.met_on": day + timedelta(days=20),
            "board.decision_given_on": day + timedelta(days=21),
            "review.applied_on": day + timedelta(days=30),
            "review.hearing_on": day + timedelta(days=50),
        }
        return facts, {"board_case": "permanent"}

    def missing(self) -> Asked:
        """Return a child who left a roll and for whom a place is sought."""
        day = self._day()
        facts = {
            "roll.deleted_on": day,
            "roll.left_on": day,
            "out_of_education.from": day,
            "in_year.applied_on": day + timedelta(days=7),
            "fair_access.agreed_on": day + timedelta(days=25),
            "place.allocated_on": day + timedelta(days=40),
            "roll.entered_on": day + timedelta(days=45),
        }
        return facts, {}

    def noticed(self) -> Asked:
        """Return notices served on a parent, and what people asked of the authority."""
        day = self._day()
        facts = {
            "notice_to_improve.started_on": day,
            "penalty_notice.received_on": day + timedelta(days=45),
            "sao_notice.served_on": day,
            "foi.received_on": day,
            "sar.received_on": day + ONE_DAY,
            "letter.posted_on": day,
        }
        return facts, {}

    def suspended(self) -> Asked:
        """Return the suspensions of a year."""
        given, at = [], self.dice.randrange(190)
        for _ in range(self.dice.randint(1, 5)):
            length = self.dice.randint(1, 8)
            lost = self.days[at : at + length]
            given.append({"first_day": lost[0], "last_day": lost[-1]})
            at += length + self.dice.randint(1, 20)
        return {"suspensions": given, "board.told_on": given[-1]["first_day"]}, {
            "terms_rule": "more_than_three",
            "board_case": "over_15",
        }

    def absent(self) -> Asked:
        """Return the marks of a term, with a month of absence in it."""
        at = self.dice.randrange(len(self.days) - 70)
        gone = range(self.dice.randrange(40), 70)
        code = self.dice.choice(["O", "I", "N"])
        rows = []
        for i, day in enumerate(self.days[at : at + 65]):
            mark = code if i in gone else "/"
            rows.append([day, mark, mark])
        return {"absence.codes": rows}, {}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one kind of facts: clocks a second."""

    kind: str
    clocks: int
    plain: float
    working: float
    oracle: float


def rate(work: Callable[[], int], rounds: int) -> float:
    """Return how many clocks a second the work answers: the median of the rounds."""
    work()  # to warm up
    rates = []
    for _ in range(rounds):
        began = time.process_time()
        answered = work()
        rates.append(answered / (time.process_time() - began))
    return statistics.median(rates)


def measure(kind: str, asked: list[Asked], rounds: int) -> Measured:
    """Measure one kind of facts; the library must give the oracle's last days."""
    calendar = read_calendar(in_json(CALENDAR))

    def plain() -> int:
        answered = 0
        for facts, attributes in asked:
            for clock in clocks(facts, attributes, calendar, on=TODAY):
                _ = clock.due, clock.status, clock.needs
                answered += 1
        return answered

    def working() -> int:
        answered = 0
        for facts, attributes in asked:
            for clock in clocks(facts, attributes, calendar, on=TODAY):
                _ = clock.due, clock.status, clock.needs, clock.counted, clock.skipped
                answered += 1
        return answered

    def peer() -> int:
        return sum(
            len(oracle.answers(facts, attributes, CALENDAR, on=TODAY, with_practice=False))
            for facts, attributes in asked
        )

    for facts, attributes in asked:
        ours = {(c.id, c.n, c.due) for c in clocks(facts, attributes, calendar, on=TODAY)}
        theirs = {
            (a.id, a.n, a.due)
            for a in oracle.answers(facts, attributes, CALENDAR, on=TODAY, with_practice=False)
        }
        if ours != theirs:
            raise SystemExit(
                f"The library and the oracle differ: {sorted(map(str, ours ^ theirs))}"
            )
    return Measured(
        kind, plain(), rate(plain, rounds), rate(working, rounds), rate(peer, max(1, rounds // 3))
    )


def table(measured: list[Measured]) -> str:
    """Return the results as a table in Markdown."""
    lines = [
        "| Facts | Clocks in a round | Clocks a second | With the working | Day by day (oracle) |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {m.kind} | {m.clocks:,} | {m.plain:,.0f} | {m.working:,.0f} | {m.oracle:,.0f} |"
        for m in measured
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure each kind and all together."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asking.add_argument("--children", type=int, default=300, help="of each kind")
    asking.add_argument("--rounds", type=int, default=7)
    asking.add_argument("--seed", type=int, default=1)
    asking.add_argument("--table", type=Path, help="write the table to this file")
    given = asking.parse_args()
    children = Children(given.seed)
    kinds: dict[str, list[Asked]] = {
        "permanent exclusion": [children.excluded() for _ in range(given.children)],
        "missing, then placed": [children.missing() for _ in range(given.children)],
        "notices and requests": [children.noticed() for _ in range(given.children)],
        "suspensions of a year": [children.suspended() for _ in range(given.children)],
        "marks of a term": [children.absent() for _ in range(given.children)],
    }
    kinds["all together"] = [one for asked in kinds.values() for one in asked]
    measured = [measure(kind, asked, given.rounds) for kind, asked in kinds.items()]
    if given.table:
        given.table.write_text(table(measured), "utf-8")
    else:
        print(table(measured))
    return 0 if measured[-1].plain >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
