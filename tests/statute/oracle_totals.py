"""The oracle's reading of suspensions, penalty notices and subject access.

Readings that the law leaves open and that are taken as given:

1. Two half days of a suspension count as one day. The facts do not say which days were lost by
   half, so the whole days come first.
2. A suspension starts one clock of the board at most, the stricter one, by the highest total that
   any term reaches with it.
3. Where the calendar does not reach a suspension, the totals of its school year are not known
   from then on, and every later suspension of the year says which days are needed.
4. The board counts from the first day on which it was told, on or after the first excluded day.
   Until then there is a clock without a last day. Only a meeting since then stops it.
5. Where the school does not say whether it has more than three terms, the calendar's terms of
   that school year are counted.
6. A penalty notice counts while the proposed day is before the third anniversary of its issue:
   in the three years that begin with that day. Those of 29 February end with a 28 February.
"""

from datetime import date

from tests.statute.oracle_answers import (
    BY_THEN,
    MAY_PASS,
    Answer,
    Facts,
    answered,
    days_of,
    first_stop,
)
from tests.statute.oracle_days import (
    ONE_DAY,
    Calendar,
    Counted,
    count_months,
    count_on,
    easter_monday,
    is_covered,
    is_school_day,
    school_year_of,
    term_of,
)
from tests.statute.oracle_rows import AFTER, ATTENDANCE_2024, BEGINNING, SCHOOL

CAP = 45
PAUSED_SINCE = date(2026, 2, 1)  # the law reference gives the month


def every_day(first: date, last: date) -> list[date]:
    """Return all days from the first to the last."""
    days = [first]
    while days[-1] < last:
        days.append(days[-1] + ONE_DAY)
    return days


def has_more_than_three_terms(day: date, attributes: Facts, calendar: Calendar) -> bool:
    """Return whether the school of this day has more than three terms in the school year."""
    rule = attributes.get("terms_rule")
    if rule:
        return bool(rule == "more_than_three")
    year = school_year_of(day)
    return len([first for first, _ in calendar["terms"] if school_year_of(first) == year]) > 3


def term_for_totals(day: date, attributes: Facts, calendar: Calendar) -> object:
    """Return the term in which a suspended day counts.

    The school's own term; but with more than three of them a year, one of the three times that
    are divided by 31 December, Easter Monday and 31 July.
    """
    if not has_more_than_three_terms(day, attributes, calendar):
        return term_of(day, calendar)
    if day.month >= 8:
        return ("to 31 December", day.year)
    if day <= easter_monday(day.year):
        return ("to Easter Monday", day.year)
    return ("to 31 July", day.year)


def lost_days(one: Facts, calendar: Calendar) -> list[tuple[date, float]]:
    """Return each school day of a suspension with how much of it was lost, whole days first."""
    days = [
        day for day in every_day(one["first_day"], one["last_day"]) if is_school_day(day, calendar)
    ]
    halves = one.get("half_days", 0)
    whole = len(days) - halves
    return [(day, 1.0 if i < whole else 0.5) for i, day in enumerate(days)]


def first_not_covered(one: Facts, calendar: Calendar) -> date | None:
    """Return the first day of a suspension that the calendar does not reach."""
    for day in every_day(one["first_day"], one["last_day"]):
        if not is_covered(day, calendar):
            return day
    return None


def not_to_be_told(
    started_on: date, n: int, met_on: date | None, lacks: date, on: date | None
) -> list[Answer]:
    """Answer both clocks of the board with the first day that is needed."""
    blanks = [
        Answer(id_, "suspensions", started_on, n, stopped_on=met_on)
        for id_ in ("GB_OVER15", "GB_6_15_REPS")
    ]
    return [answered(blank, Counted(None, lacks=lacks), BY_THEN, on) for blank in blanks]


def suspensions(
    facts: Facts, attributes: Facts, calendar: Calendar, on: date | None
) -> list[Answer]:
    """Answer the board's clocks and the cap, suspension by suspension."""
    answers: list[Answer] = []
    by_term: dict[object, float] = {}
    by_year: dict[int, list[tuple[date, float]]] = {}
    is_capped: set[int] = set()
    not_known: dict[int, date] = {}  # school years with a suspension beyond the calendar
    given = sorted(facts.get("suspensions", ()), key=lambda one: one["first_day"])
    for n, one in enumerate(given, 1):
        started_on = one["first_day"]
        met_on = first_stop(facts, ("board.met_on",), started_on, on)
        lacks = first_not_covered(one, calendar)
        if lacks:
            for day in (one["first_day"], one["last_day"]):
                not_known.setdefault(school_year_of(day), lacks)
            answers += not_to_be_told(started_on, n, met_on, lacks, on)
            blank = Answer("EX_CAP", "suspensions", started_on, n)
            answers.append(answered(blank, Counted(None, lacks=lacks), MAY_PASS, on))
            continue
        highest = 0.0
        before = [
            not_known[school_year_of(day)]
            for day, _ in lost_days(one, calendar)
            if school_year_of(day) in not_known
        ]
        for day, lost in lost_days(one, calendar):
            term, year = term_for_totals(day, attributes, calendar), school_year_of(day)
            by_term[term] = by_term.get(term, 0) + lost
            highest = max(highest, by_term[term])
            so_far = by_year.setdefault(year, [])
            so_far.append((day, lost))
            if year in not_known:
                continue  # how much was lost before is not known, nor when the cap is reached
            if year not in is_capped and sum(lost for _, lost in so_far) >= CAP:
                is_capped.add(year)
                counted = tuple(day for day, _ in so_far)
                blank = Answer("EX_CAP", "suspensions", started_on, n)
                answers.append(answered(blank, Counted(day, counted), MAY_PASS, on))
        if before:
            # Days that nobody can count come first, so no total of this year can be told.
            answers += not_to_be_told(started_on, n, met_on, before[0], on)
            continue
        if highest > 15:
            id_, number = "GB_OVER15", 15
        elif highest > 5:
            id_, number = "GB_6_15_REPS", 50
        else:
            continue
        told_on = first_stop(facts, ("board.told_on",), started_on, None)
        count = Counted(None)
        if told_on:
            count = count_on(told_on, number, SCHOOL, AFTER, calendar)
            met_on = first_stop(facts, ("board.met_on",), told_on, on)
        blank = Answer(id_, "suspensions", started_on, n, stopped_on=met_on)
        answers.append(answered(blank, count, BY_THEN, on))
    return answers


def third_anniversary(day: date) -> date:
    """Return the day after the three years that begin with this day."""
    last = count_months(day, 36, BEGINNING).due
    assert last is not None
    return last + ONE_DAY


def penalty_notices(
    facts: Facts, attributes: Facts, calendar: Calendar, on: date | None
) -> list[Answer]:
    """Answer before which day two notices in three years bar a third."""
    given = sorted(facts.get("penalty_notices", ()), key=lambda notice: notice["issued_on"])
    if not given:
        return []
    proposed_on = attributes["proposed_on"]
    counted: list[date] = []
    skipped: list[date] = []
    for notice in given:
        issued_on = notice["issued_on"]
        is_counted = (
            not notice.get("withdrawn", False)
            and notice["offence_from"] >= ATTENDANCE_2024
            and issued_on <= proposed_on < third_anniversary(issued_on)
        )
        (counted if is_counted else skipped).append(issued_on)
    if len(counted) < 2:
        return []
    # A third may follow when only one of them still counts: when the last but one falls away.
    last_but_one = counted[-2]
    count = Counted(third_anniversary(last_but_one), tuple(counted), tuple(skipped))
    blank = Answer("PN_MAX", "penalty_notices", last_but_one, 1)
    return [answered(blank, count, MAY_PASS, on)]


def subject_access(facts: Facts, on: date | None) -> list[Answer]:
    """Answer subject access requests: a month, three when extended, without the time of waiting."""
    answers = []
    for n, received_on in enumerate(days_of(facts, "sar.received_on"), 1):
        sent_on = first_stop(facts, ("sar.sent_on",), received_on, on)
        count = a_month_or_three(facts, received_on, sent_on, on)
        blank = Answer("SAR", "sar.received_on", received_on, n, stopped_on=sent_on)
        answers.append(answered(blank, count, BY_THEN, on))
    return answers


def a_month_or_three(
    facts: Facts, received_on: date, sent_on: date | None, on: date | None
) -> Counted:
    """Count a month; three, where the person was told so before the month was over.

    What the person was asked or told once the answer was sent changes nothing, nor does what was
    asked before questions delayed the limit in law.
    """
    known = [
        [day for day in days_of(facts, key) if on is None or day <= on]
        for key in ("sar.clarification_asked_on", "sar.clarification_given_on", "sar.extended_on")
    ]
    asked, given, extended = known
    asked = [day for day in asked if day >= PAUSED_SINCE]
    if sent_on is not None:
        # Nobody waits any longer once the answer to the request is sent.
        given = sorted([*given, sent_on])
        asked = [day for day in asked if day < sent_on]
        extended = [day for day in extended if day < sent_on]
    first = months_without_waiting(received_on, 1, asked, given)
    if first.due is not None and any(received_on <= day <= first.due for day in extended):
        return months_without_waiting(received_on, 3, asked, given)
    return first


def months_without_waiting(
    received_on: date, months: int, asked: list[date], given: list[date]
) -> Counted:
    """Walk through the months, and move the limit by each day on which an answer was awaited.

    The days of waiting are those after the question, to the day of its answer. While an answer is
    still awaited there is no limit. A question asked after the limit delays nothing.
    """
    limit = count_months(received_on, months, AFTER).due
    assert limit is not None
    day, is_waiting = received_on, received_on in asked and received_on not in given
    counted: list[date] = []
    skipped: list[date] = []
    while day < limit or is_waiting:
        day += ONE_DAY
        if is_waiting and not any(answer >= day for answer in given):
            return Counted(None)
        if is_waiting:
            skipped.append(day)
            limit += ONE_DAY
        else:
            counted.append(day)
        if day in given:
            # A reply ends one question; another that is asked on its day waits for the next.
            is_waiting = is_waiting and day in asked
        elif day in asked:
            is_waiting = True
    return Counted(limit, tuple(counted), tuple(skipped))
