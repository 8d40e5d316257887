"""Faults that somebody could make in the law, each as a change to one line of it.

Each is planted in a copy of the library; the examples worked by hand and the oracle must notice.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """What goes wrong, the file of the library, and the text that takes another's place in it."""

    says: str
    file: str
    right: str
    wrong: str


FAULTS = (
    Fault(
        "the day after is skipped as well",
        "counting.py",
        "return day - length * _DAY if reading.is_backward else day + length * _DAY",
        "return day - length * _DAY if reading.is_backward else day + 2 * length * _DAY",
    ),
    Fault(
        "an inclusive start is read as exclusive",
        "counting.py",
        "        return self in (Reading.BEGINNING_WITH, Reading.ENDING_WITH)",
        "        return self is Reading.ENDING_WITH",
    ),
    Fault(
        "an exclusive start is read as inclusive",
        "counting.py",
        "    if reading.counts_the_day_itself:",
        "    if reading.counts_the_day_itself or reading is Reading.AFTER:",
    ),
    Fault(
        "counting back goes forward",
        "counting.py",
        "        return self in (Reading.BEFORE, Reading.ENDING_WITH)",
        "        return self is Reading.ENDING_WITH",
    ),
    Fault(
        "one day too many is counted",
        "calendars.py",
        "bisect_left(days, first) + n - 1",
        "bisect_left(days, first) + n",
    ),
    Fault(
        "one day too few is counted back",
        "calendars.py",
        "return bisect_right(days, first) - n if",
        "return bisect_right(days, first) - n + 1 if",
    ),
    Fault(
        "a bank holiday counts as a school day",
        "calendars.py",
        '        reasons |= {day: f"bank holiday: {name}" for day, name in self.bank_holidays.items()}\n',
        "",
    ),
    Fault(
        "a bank holiday counts as a working day",
        "calendars.py",
        "tuple(d for d in weekdays if d not in self.bank_holidays)",
        "tuple(weekdays)",
    ),
    Fault(
        "Saturday counts as a school day",
        "calendars.py",
        "weekdays = [day for day in known if day.weekday() < 5]",
        "weekdays = [day for day in known if day.weekday() < 6]",
    ),
    Fault(
        "the first day of term is left out",
        "calendars.py",
        "for term in self.terms for day in _days_between(term.first, term.last)",
        "for term in self.terms for day in _days_between(term.first, term.last)[1:]",
    ),
    Fault(
        "the last day of term is left out",
        "calendars.py",
        "for term in self.terms for day in _days_between(term.first, term.last)",
        "for term in self.terms for day in _days_between(term.first, term.last)[:-1]",
    ),
    Fault(
        "INSET days and holidays are school days",
        "calendars.py",
        "if day in in_term and day not in reasons)",
        "if day in in_term and day not in self.bank_holidays)",
    ),
    Fault(
        "a day with one session off is no school day",
        "calendars.py",
        "for session in Session if off.session is None else (off.session,):",
        "for session in Session:",
    ),
    Fault(
        "a count goes beyond the calendar in silence",
        "calendars.py",
        "        return days[at] if 0 <= at < len(days) else self._beyond(reading)",
        "        return days[max(0, min(at, len(days) - 1))]",
    ),
    Fault(
        "a count stops a day before the calendar does",
        "calendars.py",
        "return days[at] if 0 <= at < len(days) else",
        "return days[at] if 0 <= at < len(days) - 1 else",
    ),
    Fault(
        "months forget that a month may be shorter",
        "counting.py",
        "min(day.day, (first_of_next - _DAY).day)",
        "min(day.day, 28)",
    ),
    Fault(
        "months that begin with a day end a day late",
        "counting.py",
        "    return same - _DAY if same.day == day.day else same",
        "    return same",
    ),
    Fault(
        "the sixth day is the fifth",
        "duties/exclusions.py",
        '        started_by="permanent_exclusion.on",\n        stopped_by=("provision.started_on",),\n        limit=Limit(6',
        '        started_by="permanent_exclusion.on",\n        stopped_by=("provision.started_on",),\n        limit=Limit(5',
    ),
    Fault(
        "the first excluded day of a suspension is day 0",
        "duties/exclusions.py",
        "limit=Limit(6, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH)",
        "limit=Limit(6, Unit.SCHOOL_DAY)",
    ),
    Fault(
        "a suspension of five days starts the sixth-day duty",
        "duties/exclusions.py",
        "        if length > 5:",
        "        if length >= 5:",
    ),
    Fault(
        "fifteen school days are sixteen",
        "duties/reviews.py",
        '    started_by="board.decision_given_on",\n    stopped_by=("review.applied_on",),\n    limit=Limit(15',
        '    started_by="board.decision_given_on",\n    stopped_by=("review.applied_on",),\n    limit=Limit(16',
    ),
    Fault(
        "school days are counted as calendar days",
        "duties/places.py",
        "limit=Limit(20, Unit.SCHOOL_DAY)",
        "limit=Limit(20, Unit.CALENDAR_DAY)",
    ),
    Fault(
        "calendar days are counted as school days",
        "duties/registers.py",
        "limit=Limit(5, Unit.CALENDAR_DAY)",
        "limit=Limit(5, Unit.SCHOOL_DAY)",
    ),
    Fault(
        "working days are counted as school days",
        "duties/information.py",
        "limit=Limit(20, Unit.WORKING_DAY)",
        "limit=Limit(20, Unit.SCHOOL_DAY)",
    ),
    Fault(
        "a notice to satisfy runs from the day after",
        "duties/orders.py",
        '        started_by="sao_notice.served_on",\n        stopped_by=("sao_notice.answered_on",),\n        limit=Limit(15, Unit.CALENDAR_DAY, Reading.BEGINNING_WITH)',
        '        started_by="sao_notice.served_on",\n        stopped_by=("sao_notice.answered_on",),\n        limit=Limit(15, Unit.CALENDAR_DAY)',
    ),
    Fault(
        "over fifteen is fifteen or more",
        "duties/suspensions.py",
        "lambda most: most > MANY",
        "lambda most: most >= MANY",
    ),
    Fault(
        "over five is five or more",
        "duties/suspensions.py",
        "SOME < most <= MANY",
        "SOME <= most <= MANY",
    ),
    Fault(
        "half a day of suspension is a whole one",
        "duties/suspensions.py",
        "{day: 1.0 if i < whole else 0.5 for",
        "{day: 1.0 for",
    ),
    Fault(
        "the spring stretch ends a week after Easter",
        "duties/suspensions.py",
        "easter_sunday(year + 1).toordinal() + 1",
        "easter_sunday(year + 1).toordinal() + 8",
    ),
    Fault(
        "a term may straddle 31 December",
        "duties/suspensions.py",
        "(date(year, AUGUST, 1), date(year, 12, 31))",
        "(date(year, AUGUST, 1), date(year + 1, 1, 31))",
    ),
    Fault(
        "suspensions of two school years are added up",
        "ages.py",
        "    return on.year if on.month >= AUGUST else on.year - 1",
        "    return on.year",
    ),
    Fault(
        "the cap is reached a day late",
        "duties/suspensions.py",
        "if lost[year] >= CAP and",
        "if lost[year] > CAP and",
    ),
    Fault(
        "ten days of absence are nine",
        "thresholds.py",
        "            if len(run) == n and not is_told:",
        "            if len(run) == n - 1 and not is_told:",
    ),
    Fault(
        "a long absence starts a duty again every day",
        "thresholds.py",
        "            run.append(day.on)\n            if len(run) == n and not is_told:",
        "            run.append(day.on)\n            if len(run) >= n:",
    ),
    Fault(
        "a day without marks does not break an absence",
        "thresholds.py",
        "        if expected is not None and place != expected:",
        "        if expected is not None and place < expected:",
    ),
    Fault(
        "a session of another code does not break an absence",
        "facts.py",
        "return self.am in codes and self.pm in codes",
        "return self.am in codes or self.pm in codes",
    ),
    Fault(
        "another code does not break an absence",
        "thresholds.py",
        "        elif not _is_all(day, passed, calendar):",
        "        elif _is_all(day, codes, calendar):",
    ),
    Fault(
        "sickness is added up over two school years",
        "thresholds.py",
        "groupby(sick, key=year_of_school_day)",
        "groupby(sick, key=lambda _: 0)",
    ),
    Fault(
        "U does not count towards a penalty notice",
        "thresholds.py",
        'PENALTY_CODES = frozenset({"G", "N", "O", "U"})',
        'PENALTY_CODES = frozenset({"G", "N", "O"})',
    ),
    Fault(
        "the penalty window is eleven school weeks",
        "numbers.py",
        '        "PN_WINDOW",\n        "Penalty notice threshold: school weeks within which the sessions lie",\n        "10"',
        '        "PN_WINDOW",\n        "Penalty notice threshold: school weeks within which the sessions lie",\n        "11"',
    ),
    Fault(
        "absence before 19 August 2024 counts",
        "thresholds.py",
        "if not missed or day.on < PENALTIES_2024:",
        "if not missed:",
    ),
    Fault(
        "a withdrawn penalty notice counts",
        "duties/penalties.py",
        "    if notice.withdrawn:",
        "    if notice.withdrawn and notice.acquitted:",
    ),
    Fault(
        "notices of more than three years ago count",
        "duties/penalties.py",
        'return "" if proposed_on < free_again(notice.issued_on) else "more than three years before"',
        'return ""',
    ),
    Fault(
        "a duty holds before it was law",
        "duty.py",
        "        return (self.since is None or self.since <= day) and (",
        "        return (self.since is None or True) and (",
    ),
    Fault(
        "a stop before the start is taken",
        "facts.py",
        "later = [day for key in keys for day in self.dates(key) if day >= start]",
        "later = [day for key in keys for day in self.dates(key)]",
    ),
    Fault(
        "papers sent after the hearing were sent before it",
        "duty.py",
        "its_own = [day for day in done if is_last or not back or day <= event.started_on]",
        "its_own = done",
    ),
    Fault(
        "a notice given before its day is forgotten",
        "duties/exclusions.py",
        "        may_be_early=True,\n",
        "",
    ),
    Fault(
        "done on the last day is late",
        "duties/__init__.py",
        "return Status.MET if stopped_on <= due else Status.LATE",
        "return Status.MET if stopped_on < due else Status.LATE",
    ),
    Fault(
        "the last day itself is overdue",
        "duties/__init__.py",
        "return Status.RUNNING if on <= due else Status.OVERDUE",
        "return Status.RUNNING if on < due else Status.OVERDUE",
    ),
    Fault(
        "a pause is not taken into account",
        "pauses.py",
        "        passed_over += (end - start).days\n",
        "        passed_over += 0\n",
    ),
    Fault(
        "a longer limit is taken although told too late",
        "pauses.py",
        "            if any(d <= event.working.due for d in told):",
        "            if told:",
    ),
    Fault(
        "compulsory school age begins on the fifth birthday",
        "ages.py",
        "starts_on=min(day for day in prescribed if day >= fifth)",
        "starts_on=fifth",
    ),
    Fault(
        "compulsory school age ends on the sixteenth birthday",
        "ages.py",
        "ends_on=school_leaving_date(sixteenth.year + is_next_year)",
        "ends_on=sixteenth",
    ),
    Fault(
        "the leaving date is the last Thursday",
        "ages.py",
        "(last.weekday() - 4) % 7",
        "(last.weekday() - 3) % 7",
    ),
    Fault(
        "a place accepted counts as a place taken up",
        "reasons.py",
        "(s for s in self.of(What.ROLL) if not s.expected)",
        "(s for s in self.of(What.ROLL))",
    ),
    Fault(
        "unsuitable home education is home education",
        "classify.py",
        "    if Outcome.NOT_ASSESSED in suitabilities:",
        "    if suitabilities:",
    ),
    Fault(
        "a child said to be abroad has left the country",
        "classify.py",
        "any(span.verified for span in day.of(What.ABROAD))",
        "any(span for span in day.of(What.ABROAD))",
    ),
    Fault(
        "a child on a roll abroad has left the country",
        "classify.py",
        "    _on_roll,\n    _abroad,\n",
        "    _abroad,\n    _on_roll,\n",
    ),
    Fault(
        "a span ends the day before its last",
        "spans.py",
        "(self.ends_on is None or day <= self.ends_on)",
        "(self.ends_on is None or day < self.ends_on)",
    ),
    Fault(
        "a pupil registered full time is in the register of the Act",
        "beside.py",
        "    elif entry.part_time:",
        "    elif entry:",
    ),
)
