"""What a child is and was believed to be: birth, sex, death, year taught, languages."""

from collections.abc import Iterable
from datetime import date, datetime

from onroll.office.people.models import Child, Language, Particulars, YearTaught


def particulars_of(
    children: Iterable[int], *, known_at: datetime | None = None
) -> dict[int, Particulars]:
    """Return what is or was believed of many children: birth, sex, death. One question.

    A child of whom nothing was recorded yet at that instant is no key.
    """
    found = Particulars.objects.as_known(known_at).filter(child__in=set(children))
    return {row.child_id: row for row in found}


def first_particulars_of(children: Iterable[int]) -> dict[int, Particulars]:
    """Return what was first believed of many children, which no correction changes."""
    found = Particulars.objects.filter(child__in=set(children))
    return {row.child_id: row for row in found.order_by("child", "pk").distinct("child")}


def years_taught(
    children: Iterable[int], on: date, *, known_at: datetime | None = None
) -> dict[int, int]:
    """Return the year group of those who are taught outside that of their age on a day."""
    found = YearTaught.objects.on(on, known_at).filter(child__in=set(children))
    return dict(found.values_list("child", "year_group"))


def languages(
    child: Child, *, on: date | None = None, known_at: datetime | None = None
) -> list[Language]:
    """Return the languages spoken with a child, the first language before the others."""
    found = Language.objects.as_known(known_at).filter(child=child)
    if on is not None:
        found = Language.objects.on(on, known_at).filter(child=child)
    return list(found.order_by("-is_first", "-starts_on", "language"))


def interpreter_words(spoken: Iterable[Language]) -> list[str]:
    """Return for what and for whom an interpreter is needed, as a banner says it."""
    words = []
    for one in spoken:
        needs = Language.Interpreter(one.interpreter)
        if needs in (Language.Interpreter.UNKNOWN, Language.Interpreter.NOBODY):
            continue
        whom = {"family": " for parents or carers", "both": " for child and carers"}.get(needs, "")
        words.append(f"Interpreter needed{whom}{f': {one.language}' if one.language else ''}")
    return words
