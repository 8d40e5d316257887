"""How schools use the codes of the register, and where one uses a code in an unusual way.

These are the words of the office and of no law, but for the age of an N: they choose what to ask a
school about, and prove nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from onroll.marks.alphabet import COUNTS_AS, NOT_POSSIBLE, NUMBER_OF, Booleans, day_number
from onroll.marks.measuring import Measured
from onroll.marks.register import Register
from onroll.office.attendance.queries import marks
from onroll.office.attendance.queries.figures import Figures, Place, kept_out
from onroll.office.kernel.actor import Actor

# SI 2024/208, regulation 10(7): an N is corrected within five school days, or becomes O.
N_DAYS = 5
# Fewer sessions than these are no way of using a code.
LEAST = 20
# One pupil whom nobody can reach is a case, and no way of using a code.
N_PUPILS = 3
# Times the share that all pupils of the same phase have.
B_TIMES = 3
# Weeks in which a code begins, and pupils for whom it does.
C2_WEEKS, C2_PUPILS = 6, 5

RULES: Mapping[str, str] = {
    "N": f"{LEAST} or more sessions of {N_PUPILS} or more pupils are marked N still after "
    f"{N_DAYS} school days. The "
    "reason must be found within five school days, else the mark becomes O (SI 2024/208, "
    "regulation 10(7)).",
    "B": f"Code B takes up a share of sessions that is {B_TIMES} times the share in schools of the "
    f"same phase, or more, and {LEAST} sessions at least. Ask where these pupils are taught.",
    "C2": f"{C2_PUPILS} or more pupils were marked C2 in the last {C2_WEEKS} school weeks and not "
    "before in the school year. Ask for the agreements on part-time timetables.",
}
_IS_POSSIBLE = np.frombuffer(COUNTS_AS, dtype=np.uint8)[: len(NUMBER_OF)] < NOT_POSSIBLE


@dataclass(frozen=True, slots=True)
class Unusual:
    """One school that uses a code in an unusual way, with the figures that say so."""

    place: Place
    code: str
    says: str

    @property
    def rule(self) -> str:
        """The rule in words."""
        return RULES[self.code]


def unusual(of: Figures, *, by: Actor) -> list[Unusual]:
    """Return the schools of some figures that use a code in an unusual way."""
    asked = of.asked
    registers = marks.registers(asked.year, schools=of.places.keys(), without=kept_out(by))
    if asked.until is not None:
        registers = [one.until(day_number(asked.until)) for one in registers]
    found = [
        *_old_n(registers, of.places), *_much_b(of.measured, of.places),
        *_sudden_c2(registers, of.places),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (list(RULES).index(one.code), one.place.name))


def _old_n(registers: Sequence[Register], places: Mapping[str, Place]) -> Iterator[Unusual]:
    for one in registers:
        old = one.marks[:, : max(len(one.days) - N_DAYS, 0)] == NUMBER_OF["N"]
        count = int(np.count_nonzero(old))
        whose = int(np.count_nonzero(old.any(axis=(1, 2))))
        if count >= LEAST and whose >= N_PUPILS:
            says = (
                f"{count:,} sessions of {whose:,} pupils have been marked N for more than "
                f"{N_DAYS} school days"
            )
            yield Unusual(places[one.school], "N", says)


def _much_b(measured: Sequence[Measured], places: Mapping[str, Place]) -> Iterator[Unusual]:
    b = NUMBER_OF["B"]
    sums = [(places[one.school], one.by_code.sum(axis=0, dtype=np.int64)) for one in measured]
    for place, own in sums:
        others = [sum_ for beside, sum_ in sums if beside.phase == place.phase]
        whole = sum(int(sum_[_IS_POSSIBLE].sum()) for sum_ in others)
        usual = sum(int(sum_[b]) for sum_ in others) / max(whole, 1)
        share = int(own[b]) / max(int(own[_IS_POSSIBLE].sum()), 1)
        if own[b] >= LEAST and len(others) > 1 and share >= B_TIMES * usual:
            says = f"{share:.1%} of sessions are marked B, {usual:.1%} in schools of this phase"
            yield Unusual(place, "B", says)


def _sudden_c2(registers: Sequence[Register], places: Mapping[str, Place]) -> Iterator[Unusual]:
    for one in registers:
        first = max(len(one.mondays) - C2_WEEKS, 0)
        is_late = one.week >= first
        is_c2 = (one.marks == NUMBER_OF["C2"]).any(axis=2)
        new: Booleans = is_c2[:, is_late].any(axis=1) & ~is_c2[:, ~is_late].any(axis=1)
        count = int(np.count_nonzero(new))
        if first and count >= C2_PUPILS:
            says = f"{count:,} pupils are marked C2 for the first time since {_on(one, first)}"
            yield Unusual(places[one.school], "C2", says)


def _on(register: Register, week: int) -> str:
    monday = date.fromordinal(date(1970, 1, 1).toordinal() + int(register.mondays[week]))
    return f"{monday.day} {monday:%B}"
