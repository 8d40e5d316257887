"""The duties as a handbook: one page of Markdown that an officer can read from end to end.

Each duty comes with an example, worked by the library itself in an invented school year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from onroll.statute.bank_holidays import bank_holidays
from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar, Term
from onroll.statute.counting import Reading, Unit, in_words
from onroll.statute.duties import CHAPTERS, DATED_ATTRIBUTES, clocks
from onroll.statute.duty import Clock, Duty
from onroll.statute.fact_keys import fact
from onroll.statute.markdown import table
from onroll.statute.numbers import NUMBERS
from onroll.statute.packs import NATIONAL, Pack, available, load
from onroll.statute.sources import Confidence
from onroll.statute.working import explain, in_sentences
from onroll.statute.writing import listed, written

# The Thursday before a half term: a count over it shows what is left out.
_THURSDAY = date(2026, 2, 12)
_LAST_DAY = date(2026, 8, 31)


def _week(monday: date) -> tuple[NotSchool, ...]:
    return tuple(NotSchool(monday + timedelta(days=i), DayKind.HOLIDAY) for i in range(5))


EXAMPLE = SchoolCalendar(
    covers=(date(2025, 9, 1), _LAST_DAY),
    terms=(
        Term(date(2025, 9, 3), date(2025, 12, 19)),
        Term(date(2026, 1, 5), date(2026, 3, 27)),
        Term(date(2026, 4, 13), date(2026, 7, 21)),
    ),
    not_school=(
        *_week(date(2025, 10, 27)),
        *_week(date(2026, 2, 16)),
        *_week(date(2026, 5, 25)),
        NotSchool(date(2026, 2, 23), DayKind.INSET),
    ),
    bank_holidays={d: n for d, n in bank_holidays(2025, 2026).items() if d <= _LAST_DAY},
)


def _absent(code: str, first: date, days: int) -> list[list[object]]:
    found = EXAMPLE.school_days_between(first, _LAST_DAY)[:days]
    return [[day, code, code] for day in found]


# Facts that are more than a day, as an example of each.
_FACTS: Mapping[str, Mapping[str, object]] = {
    "school_age.ends_on": {"school_age.ends_on": date(2026, 6, 26)},
    "suspension.first_day": {"suspension.first_day": _THURSDAY, "suspension.school_days": 8},
    "suspensions": {
        "suspensions": [
            {"first_day": date(2026, 1, 12), "last_day": date(2026, 1, 19)},
            {"first_day": _THURSDAY, "last_day": date(2026, 3, 6)},
            {"first_day": date(2026, 4, 20), "last_day": date(2026, 6, 9)},
        ],
        "board.told_on": [date(2026, 1, 12), _THURSDAY, date(2026, 4, 20)],
    },
    "penalty_notices": {
        "penalty_notices": [
            {"issued_on": date(2024, 11, 4), "offence_from": date(2024, 9, 16)},
            {"issued_on": date(2025, 6, 9), "offence_from": date(2025, 4, 28)},
        ]
    },
}
_MARKS: Mapping[str, list[list[object]]] = {
    "REG_ATT_RETURN": _absent("O", date(2026, 2, 9), 12),
    "REG_SICK_CONSEC": _absent("I", date(2026, 2, 2), 16),
    "REG_SICK_TOTAL": _absent("I", date(2025, 11, 3), 8) + _absent("I", date(2026, 2, 2), 7),
    "REG_DEL_UNEXPL": _absent("N", date(2026, 2, 2), 21),
    "REG_N_TO_O": _absent("N", _THURSDAY, 1),
    "PN_SESSIONS": _absent("G", date(2026, 2, 9), 4) + _absent("U", date(2026, 3, 9), 2),
}


def _facts_for(duty: Duty) -> Mapping[str, object]:
    if duty.started_by == "absence.codes":
        return {"absence.codes": _MARKS[duty.id]}
    return _FACTS.get(duty.started_by, {duty.started_by: _THURSDAY})


def _attributes_for(duty: Duty) -> dict[str, object]:
    given: dict[str, object] = {name: date(2026, 3, 2) for name in DATED_ATTRIBUTES}
    given["board_case"] = "exam"
    return given | (dict([duty.only_if]) if duty.only_if else {})


def example(duty: Duty, pack: Pack = NATIONAL) -> Clock | None:
    """The duty's first clock in the example year; None where the example starts none."""
    found = clocks(_facts_for(duty), _attributes_for(duty), EXAMPLE, None, pack)
    return next((c for c in found if c.duty == duty), None)


def page() -> str:
    """The whole handbook as Markdown."""
    return "\n".join((_INTRODUCTION, *_by_actor(), *_chapters(), *_local(), *_acts(), *_numbers()))


_WHAT_COUNTS = (
    (
        "school day",
        "a weekday in term on which that school holds at least one session; no INSET day, holiday "
        "or bank holiday",
        "exclusions, registers, school places",
    ),
    (
        "working day",
        "a weekday that is no bank holiday",
        "freedom of information, letters by post",
    ),
    ("calendar day", "every day", "notices to parents, the new-pupil return, penalties"),
    (
        "school week",
        "Monday to Sunday with at least one school day; weeks of holiday are left out",
        "the penalty notice threshold",
    ),
    ("month", "to the day of the same number, or the last of a shorter month", "orders, records"),
    ("term", "to the last day of a term as the calendar writes it", "one authority's meetings"),
)


_UNITS = table(("unit", "what counts", "where the law uses it"), _WHAT_COUNTS)

_INTRODUCTION = f"""# The handbook of duties

What the law, the guidance and some authorities ask of schools, authorities and parents when a
child is out of school, and by when. It is made from the rules by which the program counts, so that
what is written here is what is done. It is not legal advice.

## How days are counted

{_UNITS}
Four ways of beginning are never mixed:

- *{Reading.AFTER}*: "within fifteen days after";
- *{Reading.BEGINNING_WITH}*: "fifteen days beginning with the day of service";
- *{Reading.BEFORE}*: "at least five school days before the hearing";
- *{Reading.ENDING_WITH}*: the school weeks that end with an absence.

Months end on the day of the same number, or on the last day of a shorter month; months that begin
*with* a day end on the day before. Where term dates are not known far enough ahead, no day is
given: the answer says from when they are needed. A day on which a school shut unexpectedly is
passed over with a warning, because it is not settled whether it is a school day.

The examples are worked in an invented school year: terms from 3 September to 19 December 2025, 5
January to 27 March and 13 April to 21 July 2026, half terms from 27 October, 16 February and 25
May, and an INSET day on Monday 23 February 2026.
"""


def _heading(duty: Duty) -> str:
    return f"{duty.title} (`{duty.id}`)"


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^a-z0-9 _-]", "", heading.lower())
    return kept.replace(" ", "-")


def _by_actor() -> Iterator[str]:
    yield "## Who must do what\n"
    actors: dict[str, dict[str, Duty]] = {}
    for chapter in CHAPTERS.values():
        for duty in chapter:
            actors.setdefault(duty.who, {}).setdefault(duty.id, duty)
    for who in sorted(actors):
        yield f"**{who[:1].upper()}{who[1:]}**\n"
        for duty in actors[who].values():
            count = duty.limit_says or _short(duty)
            yield f"- [{duty.title}](#{_anchor(_heading(duty))}): {count}"
        yield ""


def _short(duty: Duty) -> str:
    assert duty.limit is not None  # asked only of a duty with one
    counted = in_words(duty.limit.n, duty.limit.unit)
    return f"{counted} before" if duty.limit.reading is Reading.BEFORE else counted


def _chapters() -> Iterator[str]:
    for title, chapter in CHAPTERS.items():
        yield f"## {title}\n"
        for duty in chapter:
            yield from _entry(duty, NATIONAL)


def _entry(duty: Duty, pack: Pack) -> Iterator[str]:
    yield f"{'###' if pack is NATIONAL else '####'} {_heading(duty)}\n"
    yield f"- **Who must act:** {duty.who}"
    case = f", where `{duty.only_if[0]}` is `{duty.only_if[1]}`" if duty.only_if else ""
    yield f"- **Begins with:** {_fact(duty.started_by)}{case}"
    yield f"- **Limit:** {duty.count_says}"
    if duty.stopped_by:
        ends = " or ".join(_fact(key) for key in duty.stopped_by)
        yield f"- **Ends with:** {ends}"
    if duty.pause is not None:
        between = f"{_fact(duty.pause.from_key)} and {_fact(duty.pause.to_key)}"
        yield f"- **Stands still between:** {between}, since {written(duty.pause.since)}"
    if duty.longer is not None:
        longer = duty.longer.limit
        yield f"- **Longer:** {longer.n} {longer.unit}s with {_fact(duty.longer.key)}"
    if not duty.is_deadline:
        yield "- **No duty is broken when it passes:** a right, a rate or a power begins or ends."
    shown = example(duty, pack)
    if shown is not None and shown.working is not None:
        yield f"- **For example:** {_example(duty, shown)}"
    for remark in (duty.note, duty.confidence.caution):
        if remark:
            yield f"- {remark}"
    yield f"- **Source:** {duty.cites}{_when(duty)} ({duty.confidence})\n"


def _example(duty: Duty, clock: Clock) -> str:
    if duty.limit is not None and duty.limit.unit in (Unit.SCHOOL_DAY, Unit.SCHOOL_WEEK):
        return in_sentences(clock).removesuffix(f" ({clock.cites})")
    told = explain(clock)
    return f"{told.started} {told.outcome}"


def _fact(key: str) -> str:
    return f"{fact(key).title} (`{key}`)"


def _when(duty: Duty) -> str:
    since = f", applies since {written(duty.since)}" if duty.since else ""
    return f"{since}, until {written(duty.until)}" if duty.until else since


def _local() -> Iterator[str]:
    yield "## Rules of single authorities\n"
    yield (
        "Taken from what each has published. In an office they run only where the authority has "
        "chosen them; `onroll clocks` answers with Coventry's under its name where the pack asked "
        "for has none of the id.\n"
    )
    for pack in _packs(act=False):
        if pack.duties and pack.authority_code:
            yield f"### {pack.title}\n"
            yield from _about(pack)
            for duty in pack.duties:
                yield from _entry(duty, pack)


def _acts() -> Iterator[str]:
    yield "## Acts that are not in force\n"
    for pack in _packs(act=True):
        yield f"### {pack.title}\n"
        yield from _about(pack)
        yield f"{pack.commencement_note}\n"
        ids = listed([f"`{one}`" for one, _ in pack.replaces]) or "no duty"
        yield f"It would take the place of {ids}.\n"
        for duty in pack.duties:
            yield from _entry(duty, pack)


def _packs(*, act: bool) -> Iterable[Pack]:
    return (pack for pack in map(load, available()) if pack.act is act)


def _about(pack: Pack) -> Iterator[str]:
    yield f"{pack.note} Source: {pack.cites}.\n".lstrip()


def _numbers() -> Iterator[str]:
    yield "## Numbers that are no clocks\n"
    rows = (
        (
            f"`{number.id}`",
            f"{number.title}. {number.note}" if number.note else number.title,
            f"{number.value} {number.unit}",
            number.cites,
            written(number.since) if number.since else "",
            _sure(number.confidence),
        )
        for number in NUMBERS.values()
    )
    yield table(("id", "what", "value", "source", "applies since", "confidence"), rows)


def _sure(confidence: Confidence) -> str:
    return f"{confidence}. {confidence.caution}" if confidence.caution else confidence.value
