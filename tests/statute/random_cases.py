"""Random school years and random facts, for comparing the library with the oracle.

Everything comes from one seed, so that any case can be made again. Days at the edges are drawn
more often than others: first and last days of term, Fridays before holidays, bank holidays,
29 February, 31 August, the end of the year, 19 August 2024. Nobody here is real: there are only
days.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.statute.oracle_days import (
    ONE_DAY,
    Calendar,
    easter_sunday,
    is_school_day,
    is_weekend,
    monday_of,
    school_year_of,
)
from tests.statute.oracle_rows import BEFORE, BOARD, NATIONAL, PACKS, PRACTICE, Row

FIRST_YEAR, LAST_YEAR = 2019, 2029  # school years, by the autumn in which they begin
WEEK = timedelta(days=7)
ONCE_ONLY = [
    date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8),
]  # fmt: skip
MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),  # for the anniversary of 1945
    date(2022, 5, 30): date(2022, 6, 2),  # for the jubilee
}
NOTABLE = [date(2024, 8, 19), date(2024, 8, 18), date(2024, 8, 20), date(2024, 11, 1)]


@dataclass(slots=True)
class Case:
    """One set of facts, asked of one calendar."""

    calendar: Calendar
    facts: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    on: date | None = None
    pack: str = "national"


def next_weekday(day: date, weekday: int) -> date:
    """Return this day or the next that is such a weekday; Monday is 0."""
    while day.weekday() != weekday:
        day += ONE_DAY
    return day


def bank_holidays(year: int) -> list[date]:
    """Return the bank holidays of England in a year."""
    easter = easter_sunday(year)
    days = [
        next_weekday(date(year, 1, 1), 0) if date(year, 1, 1).weekday() > 4 else date(year, 1, 1),
        easter - timedelta(days=2),
        easter + ONE_DAY,
        next_weekday(date(year, 5, 1), 0),
        next_weekday(date(year, 5, 25), 0),
        next_weekday(date(year, 8, 25), 0),
    ]
    for day in (date(year, 12, 25), date(year, 12, 26)):
        while is_weekend(day) or day in days:
            day += ONE_DAY
        days.append(day)
    days = [MOVED.get(day, day) for day in days]
    return sorted({*days, *(day for day in ONCE_ONLY if day.year == year)})


def school_year(dice: random.Random, year: int) -> list[tuple[date, date]]:
    """Return six half terms as English schools have them, from the autumn of a year."""
    begins = date(year, 9, 1) + timedelta(days=dice.randint(0, 5))
    if dice.random() < 0.08:
        begins = date(year, 8, 24) + timedelta(days=dice.randint(0, 6))  # as in Leicestershire
    october = next_weekday(date(year, 10, 20), 0) + WEEK * dice.choice([0, 0, 0, -1])
    back = october + WEEK * dice.choice([1, 1, 1, 2])
    christmas = date(year, 12, 17) + timedelta(days=dice.randint(0, 6))
    new_year = date(year + 1, 1, 2) + timedelta(days=dice.randint(0, 5))
    february = next_weekday(date(year + 1, 2, 9), 0) + WEEK * dice.choice([0, 0, 1])
    good_friday = easter_sunday(year + 1) - timedelta(days=2)
    holiday = monday_of(good_friday) + WEEK * dice.choice([0, 0, -1, 1])
    holiday = min(max(holiday, date(year + 1, 3, 25)), date(year + 1, 4, 15))
    after = holiday + WEEK * 2 + timedelta(days=dice.choice([0, 0, 0, 1]))
    may = next_weekday(date(year + 1, 5, 25), 0)
    summer = date(year + 1, 7, 16) + timedelta(days=dice.randint(0, 9))
    halves = [
        (begins, october - timedelta(days=3)),
        (back, christmas),
        (new_year, february - timedelta(days=3)),
        (february + WEEK, holiday - timedelta(days=dice.choice([1, 2, 3]))),
        (after, may - timedelta(days=3)),
        (may + WEEK, summer),
    ]
    return [(first, last) for first, last in halves if first <= last]


def weekdays_between(first: date, last: date) -> list[date]:
    """Return the weekdays from the first day to the last."""
    days, day = [], first
    while day <= last:
        if not is_weekend(day):
            days.append(day)
        day += ONE_DAY
    return days


def written_as(dice: random.Random, halves: list[tuple[date, date]]) -> Calendar:
    """Return the terms of a year as an authority may write them: from six half terms to three."""
    joined = dice.choice([(), (), (0, 2, 4), (0, 2, 4), (0,), (2,), (4,), (0, 4)])
    terms: list[tuple[date, date]] = []
    not_school: list[date] = []
    i = 0
    while i < len(halves):
        first, last = halves[i]
        if i in joined and i + 1 < len(halves):
            not_school += weekdays_between(last + ONE_DAY, halves[i + 1][0] - ONE_DAY)
            last = halves[i + 1][1]
            i += 1
        terms.append((first, last))
        i += 1
    return {"terms": terms, "not_school": not_school}


def calendar(dice: random.Random) -> Calendar:
    """Return the calendar of a school: one to four school years, now and then not whole."""
    first_year = dice.choice([2023, 2024, dice.randint(FIRST_YEAR, LAST_YEAR)])
    last_year = min(first_year + dice.choice([0, 1, 1, 2, 3]), LAST_YEAR)
    terms: list[tuple[date, date]] = []
    not_school: list[date] = []
    for year in range(first_year, last_year + 1):
        written = written_as(dice, school_year(dice, year))
        terms += written["terms"]
        not_school += written["not_school"]
    days = [day for first, last in terms for day in weekdays_between(first, last)]
    edges = [day for first, last in terms for day in (first, last)]
    for _ in range(5 * (last_year - first_year + 1)):  # training days
        not_school.append(dice.choice(edges if dice.random() < 0.5 else days))
    for _ in range(dice.choice([0, 0, 1, 3])):  # snow, boilers, polling stations
        not_school.append(dice.choice(days))
    covers = [date(first_year, 9, 1), date(last_year + 1, 8, 31)]
    covers[0] = min(covers[0], terms[0][0])
    if dice.random() < 0.15:  # the rest is not published yet
        covers[1] = dice.choice(days[len(days) // 2 :]) + ONE_DAY * dice.choice([-1, 0, 1])
    if dice.random() < 0.05:
        covers[0] = dice.choice(days[: len(days) // 2])
    if dice.random() < 0.1:  # terms that are not known are not listed either
        terms = [term for term in terms if term[1] <= covers[1]] or terms[:1]
        covers[1] = max(covers[1], covers[0], terms[-1][1])
    return {
        "covers": (covers[0], covers[1]),
        "terms": terms,
        "not_school": sorted(set(not_school)),
        "bank_holidays": [
            day for year in range(first_year, last_year + 2) for day in bank_holidays(year)
        ],
    }


class Days:
    """Draws days of a calendar, the awkward ones oftener than others."""

    def __init__(self, dice: random.Random, calendar: Calendar) -> None:
        self.dice = dice
        self.calendar = calendar
        first, last = calendar["covers"]
        self.first, self.length = first, (last - first).days
        edges = [first, last, *NOTABLE, *calendar["bank_holidays"]]
        for begins, ends in calendar["terms"]:
            edges += [begins - ONE_DAY, begins, ends - ONE_DAY, ends, ends + ONE_DAY]
            edges += [monday_of(ends) - timedelta(days=3)]
        for year in range(first.year, last.year + 1):
            edges += [date(year, 1, 1), date(year, 8, 31), date(year, 12, 31), date(year, 1, 31)]
            edges += [date(year, 2, 28), date(year, 3, 1) - ONE_DAY]
        self.edges = edges
        self.school_days = [
            day for begins, ends in calendar["terms"] for day in weekdays_between(begins, ends)
            if is_school_day(day, calendar)
        ]  # fmt: skip
        # Only where the school year is whole is the number of its terms known.
        self.is_whole = (first.month, last.month, last.day) in ((9, 8, 31), (8, 8, 31))

    def any(self) -> date:
        """Return a day: at an edge, or anywhere."""
        if self.dice.random() < 0.45:
            return self.dice.choice(self.edges) + ONE_DAY * self.dice.choice([0, 0, 0, -1, 1])
        return self.first + ONE_DAY * self.dice.randint(-10, self.length + 10)

    def one_or_several(self) -> Any:
        """Return one day or, now and then, a list of different ones."""
        if self.dice.random() < 0.75:
            return self.any()
        return list({self.any() for _ in range(self.dice.randint(1, 3))})

    def after(self, day: date) -> date:
        """Return a day some time after another, seldom before."""
        return day + ONE_DAY * self.dice.choice([0, 0, 1, 5, 14, 15, 20, 21, 28, 30, 60, 90, -1])


def earliest(given: Any) -> date:
    """Return the first of one day or several."""
    return min(given) if isinstance(given, list) else given


def plain_facts(days: Days, case: Case) -> None:
    """Add some events that start plain clocks, and some days on which they were stopped."""
    dice = days.dice
    for _ in range(dice.randint(1, 3)):
        row: Row = dice.choice(PLAIN_BY_PACK[case.pack])
        given = days.one_or_several()
        case.facts[row.key] = given
        if row.stops and dice.random() < 0.5:
            stop = dice.choice(row.stops)
            near = earliest(given)
            if row.reading == BEFORE:
                near -= timedelta(days=dice.randint(0, 30))
            stopped_on = days.after(near)
            if stop == row.key:
                dates = given if isinstance(given, list) else [given]
                case.facts[stop] = sorted({*dates, stopped_on})
            else:
                case.facts[stop] = stopped_on


def board_facts(days: Days, case: Case) -> None:
    """Add a board that was told of a case and perhaps met."""
    case.attributes["board_case"] = days.dice.choice(list(BOARD))
    case.facts["board.told_on"] = days.one_or_several()
    if days.dice.random() < 0.5:
        case.facts["board.met_on"] = days.after(earliest(case.facts["board.told_on"]))


def one_suspension(days: Days, case: Case) -> None:
    """Add one suspension with its number of school days."""
    case.facts["suspension.first_day"] = days.any()
    case.facts["suspension.school_days"] = days.dice.choice([1, 5, 6, 6, 7, 10, 45])
    if days.dice.random() < 0.4:
        case.facts["provision.started_on"] = days.after(case.facts["suspension.first_day"])


def suspension_facts(days: Days, case: Case) -> None:
    """Add the suspensions of a pupil, apart from each other, each on a school day at least."""
    dice, given = days.dice, []
    at = dice.randrange(max(1, len(days.school_days) - 30))
    if dice.random() < 0.3:  # first days of a term are edges
        at = days.school_days.index(min(days.school_days, key=lambda d: abs(d - days.any())))
    for _ in range(dice.choice([1, 1, 2, 3, 4, 6])):
        length = dice.choice([1, 2, 3, 5, 5, 6, 10, 14, 15, 16, 30, 44, 45])
        inside = days.school_days[at : at + length]
        if not inside:
            break
        one: dict[str, Any] = {"first_day": inside[0], "last_day": inside[-1]}
        if school_year_of(inside[0]) != school_year_of(inside[-1]):
            break
        halves = dice.choice([0, 0, 0, 1, 1, 2, 3])
        if halves and is_in_one_term(inside):
            one["half_days"] = min(halves, len(inside))
        given.append(one)
        at += length + dice.choice([0, 1, 2, 10, 40])
    if not given:
        return
    case.facts["suspensions"] = given
    # Of a calendar that holds the whole year the terms themselves may decide.
    if not (days.is_whole and dice.random() < 0.5):
        case.attributes["terms_rule"] = terms_rule(case.calendar)
    if dice.random() < 0.5:
        case.attributes.setdefault("board_case", "over_15")
        told = [one["first_day"] + ONE_DAY * dice.choice([0, 0, 1, 2, -1]) for one in given]
        case.facts["board.told_on"] = sorted(set(told[: dice.randint(1, len(told))]))
        if dice.random() < 0.4:
            case.facts["board.met_on"] = days.after(told[0])


def is_in_one_term(inside: list[date]) -> bool:
    """Return whether no holiday parts these days: which of them were half days is not told."""
    return (inside[-1] - inside[0]).days < len(inside) * 2


def terms_rule(calendar: Calendar) -> str:
    """Return the rule of a school by the most terms that it has in any year."""
    starts = [school_year_of(first) for first, _ in calendar["terms"]]
    return "more_than_three" if max(map(starts.count, starts)) > 3 else "three_or_fewer"


USUAL = ["/", "\\", "L"]
OTHER = ["C", "M", "I", "E", "K", "D", "V", "P", "W", "B", "Y1", "Y4", "Y7", "T", "R", "S", "X",
         "C1", "C2", "J1", "Q", "Y2", "Y3", "Y5", "Y6", "Z", "#", "U"]  # fmt: skip
LONG = [["O"], ["G", "O", "O", "N"], ["O", "U"], ["N"], ["I"], ["I"], ["I"], ["I"], ["G"]]


def absence_facts(days: Days, case: Case) -> None:
    """Add the marks of a pupil: stretches of absence with odd sessions between them."""
    dice = days.dice
    rows: dict[date, list[Any]] = {}
    for _ in range(dice.choice([1, 1, 2, 3])):
        codes, clean = dice.choice(LONG), dice.choice([1.0, 1.0, 1.0, 0.98, 0.9, 0.5])
        start = days.any()
        if dice.random() < 0.6:
            start = dice.choice(days.school_days)
        for i in range(dice.choice([2, 14, 20, 25, 35, 50, 60])):
            day = start + ONE_DAY * i
            # Beyond what the calendar covers, people mark the weekdays that they know of.
            inside = days.first <= day <= days.calendar["covers"][1]
            is_marked = is_school_day(day, days.calendar) if inside else not is_weekend(day)
            if not is_marked and dice.random() > 0.01:
                continue
            if dice.random() < 0.004:
                rows.pop(day, None)
                continue
            rows[day] = [day, session(dice, codes, clean), session(dice, codes, clean)]
    if not rows:
        return
    case.facts["absence.codes"] = [rows[day] for day in sorted(rows)]
    if dice.random() < 0.3:
        case.facts["return.sent_on"] = days.after(min(rows) + timedelta(days=14))
    if dice.random() < 0.1:
        case.facts["joint_enquiry.agreed_on"] = days.after(min(rows) + timedelta(days=28))


def session(dice: random.Random, codes: list[str], clean: float) -> str | None:
    """Return a code of the stretch or, now and then, another or none."""
    if dice.random() < clean:
        return dice.choice(codes)
    return dice.choice(
        [dice.choice(USUAL), dice.choice(OTHER), dice.choice(["#", "Y4", "D", None])]
    )


def penalty_facts(days: Days, case: Case) -> None:
    """Add penalty notices, and the day proposed for another."""
    dice, given = days.dice, []
    proposed_on = max(days.any(), date(2024, 8, 19) + ONE_DAY * dice.randint(0, 1500))
    for _ in range(dice.choice([1, 2, 2, 3, 4])):
        back = dice.choice([0, 1, 30, 364, 366, 700, 1094, 1095, 1096, 1097, 1200, -5])
        issued_on = proposed_on - timedelta(days=back)
        if dice.random() < 0.1:
            issued_on = date(2028, 2, 29)
        notice: dict[str, Any] = {"issued_on": issued_on}
        offence_from = dice.choice([issued_on - timedelta(days=40)] * 3 + NOTABLE)
        notice["offence_from"] = min(issued_on, offence_from)
        if dice.random() < 0.3:
            notice["withdrawn"] = dice.random() < 0.5
        given.append(notice)
    case.facts["penalty_notices"] = given
    case.attributes["proposed_on"] = proposed_on


def subject_access_facts(days: Days, case: Case) -> None:
    """Add subject access requests, perhaps with questions, answers and an extension."""
    dice = days.dice
    received_on = days.any()
    if dice.random() < 0.6:  # since questions to the person delay the limit
        received_on = date(2026, 1, 1) + ONE_DAY * dice.randint(0, 1500)
    case.facts["sar.received_on"] = received_on
    if dice.random() < 0.6:
        asked_on = received_on + timedelta(days=dice.choice([0, 1, 5, 20, 28, 29, 30, 31, 40]))
        case.facts["sar.clarification_asked_on"] = asked_on
        if dice.random() < 0.8:
            case.facts["sar.clarification_given_on"] = asked_on + timedelta(
                days=dice.choice([0, 1, 3, 10, 31])
            )
    if dice.random() < 0.4:
        case.facts["sar.extended_on"] = received_on + timedelta(
            days=dice.choice([0, 10, 27, 28, 29, 30, 31, 32, 45])
        )
    if dice.random() < 0.4:
        case.facts["sar.sent_on"] = days.after(received_on)


PLAIN_BY_PACK = {pack: rows or [*NATIONAL, *PRACTICE] for pack, rows in PACKS.items()}
PARTS: list[tuple[Callable[[Days, Case], None], float]] = [
    (plain_facts, 0.55),
    (board_facts, 0.08),
    (one_suspension, 0.05),
    (suspension_facts, 0.10),
    (absence_facts, 0.16),
    (penalty_facts, 0.10),
    (subject_access_facts, 0.06),
]


def fill(days: Days, case: Case) -> None:
    """Add one or two kinds of facts to a case, and the day asked about."""
    dice = days.dice
    case.pack = dice.choice(
        ["national"] * 12 + ["leeds", "gloucestershire", "coventry", "act_2026"]
    )
    kinds, weights = zip(*PARTS, strict=True)
    if case.pack == "national":
        for kind in dice.choices(kinds, weights, k=dice.choice([1, 1, 1, 2])):
            kind(days, case)
    else:
        plain_facts(days, case)
    if dice.random() < 0.6:
        case.on = days.any()


def cases(seed: str, number: int) -> list[Case]:
    """Return so many cases of one calendar, the same for the same seed."""
    dice = random.Random(seed)
    of = calendar(dice)
    days = Days(dice, of)
    made = [Case(of) for _ in range(number)]
    for case in made:
        fill(days, case)
    return made
