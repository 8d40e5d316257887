"""Small registers by chance, in which every code and every edge turns up."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from tests.marks.oracle import CODES, Mark

_STARTS = (date(2024, 7, 1), date(2024, 9, 2), date(2025, 9, 3), date(2026, 1, 5), date(2026, 6, 8))


def some_marks(seed: int) -> list[Mark]:
    """Return the marks of one to three schools, in no order.

    Pupils join and leave in mid-week, attend two schools, have whole spells under one code, miss
    marks; schools close for days, half days, weeks, unexpectedly, and meet on a Saturday.
    """
    chance = random.Random(seed)
    start = chance.choice(_STARTS)
    length = chance.choice((1, 12, 40, 90, 200, 420))
    marks: list[Mark] = []
    for school in ("3311001", "3312002", "3314003")[: chance.randint(1, 3)]:
        days = _open_days(chance, start, length)
        for n in range(chance.randint(1, 4)):
            # Two schools may well have one pupil, on one day even.
            pupil = f"P{n}" if chance.random() < 0.5 else f"{school}-{n}"
            marks += _of_pupil(chance, pupil, school, days)
    chance.shuffle(marks)
    # A mark for a session that has one already, which comes later in the file.
    again = [chance.choice(marks) for _ in range(chance.choice((0, 0, 2)))] if marks else []
    return marks + [
        Mark(m.pupil, m.school, m.on, m.session, chance.choice(CODES), m.year_group) for m in again
    ]


def _open_days(chance: random.Random, start: date, length: int) -> list[tuple[date, str]]:
    """Return the sessions with what is marked for all: nothing, `#` or `Y4`."""
    sessions = []
    shut = ""
    for n in range(length):
        on = start + timedelta(days=n)
        if on.weekday() == 0 or chance.random() < 0.05:
            shut = chance.choice(("", "", "", "", "", "#", "Y4", "out"))
        if on.weekday() == 6 or (on.weekday() == 5 and chance.random() < 0.9) or shut == "out":
            continue
        if chance.random() < 0.04:
            # A half day off: the other session is not held, or marked as closed.
            sessions.append((on, chance.choice(("AM", "PM")), ""))
            continue
        sessions += [(on, "AM", shut), (on, "PM", shut)]
    return [(on, f"{session} {all_}".strip()) for on, session, all_ in sessions]


def _of_pupil(
    chance: random.Random, pupil: str, school: str, days: Sequence[tuple[date, str]]
) -> list[Mark]:
    if not days:
        return []
    first = chance.choice((0, 0, 0, chance.randrange(len(days))))
    last = chance.choice((len(days), len(days), chance.randrange(first, len(days)) + 1))
    few = chance.sample(CODES, chance.randint(1, 4))
    absent = chance.choice((["O", "G", "N", "U"], ["I"], ["N", "O"], ["O", "B", "D"], few, CODES))
    gaps = chance.choice((0.0, 0.0, 0.02))
    spell = chance.choice((0.02, 0.1, 0.5))
    marks, code = [], ""
    for on, when in days[first:last]:
        session, _, all_ = when.partition(" ")
        if chance.random() < spell:
            code = chance.choice(("", "", *absent))
        if chance.random() < gaps:
            continue
        usual = "/" if session == "AM" else "\\"
        one_off = chance.choice(CODES) if chance.random() < 0.01 else ""
        marks.append(
            Mark(pupil, school, on, session, all_ or one_off or code or usual, str(on.year % 14))
        )
    return marks
