"""The measures of attendance again, slowly and one pupil at a time, from lists and dictionaries.

Nothing here looks at `onroll.marks` nor at `onroll.statute`: what a code means and how long an
absence has to be is written out a second time, by hand.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PRESENT = {"/", "\\", "L", "K", "V", "P", "W", "B"}
AUTHORISED = {"C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E"}
UNAUTHORISED = {"G", "N", "O", "U"}
NOT_POSSIBLE = {"X", "D", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#"}
CODES = sorted(PRESENT | AUTHORISED | UNAUTHORISED | NOT_POSSIBLE)

_FRAMEWORK = date(2024, 8, 19)


@dataclass(frozen=True)
class Mark:
    """One mark of one pupil."""

    pupil: str
    school: str
    on: date
    session: str
    code: str
    year_group: str = ""


def measures(marks: Iterable[Mark]) -> dict[tuple[str, str], dict[str, object]]:
    """Return by pupil and school the counts and the alerts (`kind: first day`)."""
    kept: dict[tuple[str, str, date, str], str] = {}
    for mark in marks:
        kept.setdefault((mark.pupil, mark.school, mark.on, mark.session), mark.code)
    found = {}
    for school in sorted({key[1] for key in kept}):
        of_school = {key: code for key, code in kept.items() if key[1] == school}
        held = sorted({(on, session) for (_, _, on, session), c in of_school.items() if c != "#"})
        for pupil in sorted({key[0] for key in of_school}):
            own = {(on, s): code for (who, _, on, s), code in of_school.items() if who == pupil}
            found[pupil, school] = _of_pupil(own, held)
    return found


def _of_pupil(
    own: dict[tuple[date, str], str], held: Sequence[tuple[date, str]]
) -> dict[str, object]:
    codes = Counter(own.values())
    present = sum(codes[code] for code in PRESENT)
    authorised = sum(codes[code] for code in AUTHORISED)
    unauthorised = sum(codes[code] for code in UNAUTHORISED)
    possible = present + authorised + unauthorised
    missed = authorised + unauthorised
    return {
        "possible": possible,
        "present": present,
        "authorised": authorised,
        "unauthorised": unauthorised,
        "persistent": possible > 0 and missed * 10 >= possible,
        "severe": possible > 0 and missed * 2 >= possible,
        "codes": codes,
        "weeks": _by_week(own),
        "alerts": _alerts(own, held),
    }


def _by_week(own: dict[tuple[date, str], str]) -> dict[date, tuple[int, int, int]]:
    weeks: dict[date, list[int]] = {}
    for (on, _), code in own.items():
        monday = on - timedelta(days=on.weekday())
        for n, codes in enumerate((PRESENT, AUTHORISED, UNAUTHORISED)):
            if code in codes:
                weeks.setdefault(monday, [0, 0, 0])[n] += 1
    return {monday: tuple(counts) for monday, counts in weeks.items()}


def _alerts(own: dict[tuple[date, str], str], held: Sequence[tuple[date, str]]) -> dict[str, date]:
    days = sorted({on for on, _ in held})
    per_day = [[own.get((on, s)) for d, s in held if d == on] for on in days]
    elsewhere = {"D", "K", "V", "P", "W", "B", "#"}
    found = {
        "penalty_notice_threshold": _penalty(own, days),
        "absent_10_school_days": _run(days, per_day, {"G", "N", "O", "U"}, elsewhere, 10),
        "sickness_15_consecutive": _run(days, per_day, {"I"}, {"#", "Y4"}, 15),
        "sickness_15_total": _total(days, per_day),
        "unexplained_20_school_days": _run(days, per_day, {"G", "N", "O"}, {"#"}, 20),
        "persistent": _share(own, 10),
        "severe": _share(own, 50),
    }
    return {kind: on for kind, on in found.items() if on is not None}


def _penalty(own: dict[tuple[date, str], str], days: Sequence[date]) -> date | None:
    weeks = sorted({on - timedelta(days=on.weekday()) for on in days})
    missed = [
        on for (on, _), code in sorted(own.items()) if code in UNAUTHORISED and on >= _FRAMEWORK
    ]
    for n in range(9, len(missed)):
        first, tenth = (
            weeks.index(on - timedelta(days=on.weekday())) for on in (missed[n - 9], missed[n])
        )
        if tenth - first + 1 <= 10:
            return missed[n]
    return None


def _run(
    days: Sequence[date],
    per_day: Sequence[Sequence[str | None]],
    codes: set[str],
    beside: set[str],
    n: int,
) -> date | None:
    length = 0
    for on, marks in zip(days, per_day, strict=True):
        if all(mark in codes for mark in marks):
            length += 1
            if length == n:
                return on
        elif not all(mark in codes or mark in beside for mark in marks):
            length = 0
    return None


def _total(days: Sequence[date], per_day: Sequence[Sequence[str | None]]) -> date | None:
    ill: Counter[int] = Counter()
    for on, marks in zip(days, per_day, strict=True):
        year = on.year if on.month >= 8 else on.year - 1
        if all(mark == "I" for mark in marks):
            ill[year] += 1
            if ill[year] == 15:
                return on
    return None


def _share(own: dict[tuple[date, str], str], percent: int) -> date | None:
    possible = missed = 0
    for (on, _), code in sorted(own.items()):
        possible += code not in NOT_POSSIBLE
        missed += code in AUTHORISED | UNAUTHORISED
        if code not in NOT_POSSIBLE and possible >= 40 and missed * 100 >= possible * percent:
            return on
    return None
