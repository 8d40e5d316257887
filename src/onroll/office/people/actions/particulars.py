"""What is believed of a child themselves: particulars, the year group taught, languages."""

from datetime import date
from typing import Any

from django.db import transaction

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import policy
from onroll.office.people.actions.facts import noted, refuse_far_ahead
from onroll.office.people.actions.keeping import made_way, restated, stated
from onroll.office.people.models import Child, Language, Particulars, YearTaught
from onroll.statute import ages

BELIEVED = ("born_on", "birth_date_is", "sex", "ethnicity", "free_school_meals", "died_on")


def believed_of(child: Child) -> dict[str, Any]:
    """Return the particulars as they stand on the child's row."""
    return {name: getattr(child, name) for name in BELIEVED}


def believe(child: Child, *, by: Actor, on: date, source: str) -> Particulars:
    """Write the particulars as they now stand on the child's row; what was believed stays."""
    before: Particulars | None = Particulars.objects.as_known().filter(child=child).first()
    if before is None:
        starts_on = child.born_on or on
        return stated(
            Particulars,
            by,
            child=child,
            starts_on=starts_on,
            source=source,
            **believed_of(child),
        )
    now = restated(before, by, source=source, **believed_of(child))
    assert now is not None
    return now


def last_day_of_year(day: date) -> date:
    """Return the last day of the school year in which a day lies."""
    return ages.school_year(day).last


def faults_of_year_taught(starts_on: date, ends_on: date | None) -> list[tuple[str, str]]:
    """Return what is wrong with the days of a year group taught."""
    last = last_day_of_year(starts_on)
    if ends_on is None or ends_on <= last:
        return []
    says = (
        f"A year group is taught until 31 August {last.year} at the latest: record the next "
        "school year on its own."
    )
    return [("ends_on", says)]


@transaction.atomic
def record_year_taught(
    *,
    child: Child,
    year_group: int,
    starts_on: date,
    by: Actor,
    on: date,
    ends_on: date | None = None,
    source: str = "",
) -> YearTaught:
    """Record the year group in which a child is taught outside that of their age.

    Without a last day it lasts to the end of the school year.
    """
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    if faults := faults_of_year_taught(starts_on, ends_on):
        raise Faulty(*faults)
    taught = stated(
        YearTaught,
        by,
        child=child,
        year_group=year_group,
        starts_on=starts_on,
        ends_on=ends_on or last_day_of_year(starts_on),
        source=source,
    )
    noted(taught, child.pk, by)
    return taught


def spoken_by(first_language: str, needs_interpreter: bool) -> dict[str, Any]:
    """Return a first language and an interpreter's need as the fields of a Language."""
    needed = Language.Interpreter.CHILD if needs_interpreter else Language.Interpreter.UNKNOWN
    language = first_language.strip()
    return {"language": language, "is_first": bool(language), "interpreter": needed}


@transaction.atomic
def record_language(
    *,
    child: Child,
    language: str,
    starts_on: date,
    by: Actor,
    on: date,
    is_first: bool = False,
    at_home: bool | None = None,
    interpreter: str = Language.Interpreter.UNKNOWN,
    ends_on: date | None = None,
    source: str = "",
) -> Language:
    """Record a language. Another first language, or the same one again, ends the row before.

    The language may be blank where all that is known is that an interpreter is needed.
    """
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    named = " ".join(language.split())
    if not named and interpreter in (Language.Interpreter.UNKNOWN, Language.Interpreter.NOBODY):
        raise Faulty(("language", "Enter the language."))
    current = Language.objects.as_known().filter(child=child)
    made_way(
        [x for x in current if (is_first and x.is_first) or _same(x.language, named)],
        starts_on,
        by,
    )
    spoken = stated(
        Language,
        by,
        child=child,
        language=named,
        is_first=is_first,
        at_home=at_home,
        interpreter=interpreter,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(spoken, child.pk, by)
    return spoken


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
