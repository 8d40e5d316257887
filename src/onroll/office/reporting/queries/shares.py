"""The evidence of one entry by team and by school."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, F, QuerySet

from onroll.office.accounts.queries.rules import pack_on
from onroll.office.casework.models import Letter
from onroll.office.kernel.actor import Actor
from onroll.office.reporting.queries.acts import Asked, School, acts_by_school, acts_by_team
from onroll.office.reporting.queries.periods import Period
from onroll.office.reporting.queries.standing import (
    Standing,
    standings_by_school,
    standings_by_team,
)
from onroll.statute.responsibilities import AskedOf, Responsibility

W = TypeVar("W")

OF_SCHOOLS = (AskedOf.SCHOOL, AskedOf.BOARD)


@dataclass(frozen=True, slots=True)
class Share:
    """What one team or one school has of the evidence: acts by verb, letters, clocks.

    `school` is the school's key; None for a team.
    """

    name: str
    school: int | None
    acts: Mapping[str, int]
    letters: int
    standing: Standing


def by_team(entry: Responsibility, *, by: Actor, period: Period, today: date) -> list[Share]:
    """Return the evidence of each team that has any, by the cases that are its own now."""
    asked = Asked(by, period)
    acts = _grouped(acts_by_team(asked, entry.acts))
    clocks = standings_by_team(asked, today, entry.duties)
    issued = _letters(asked, entry).values_list("case__team__name").annotate(n=Count("pk"))
    letters = {name or "": number for name, number in issued}
    names = acts.keys() | clocks.keys() | letters.keys()
    return [
        Share(
            name=name or "In no team",
            school=None,
            acts=acts.get(name, {}),
            letters=letters.get(name, 0),
            standing=sum(clocks.get(name, {}).values(), Standing()),
        )
        for name in sorted(names, key=lambda name: (not name, name))
    ]


def by_school(entry: Responsibility, *, by: Actor, period: Period, today: date) -> list[Share]:
    """Return the evidence of each school that has any; nothing where the school is not asked."""
    if entry.asked_of not in OF_SCHOOLS:
        return []
    asked = Asked(by, period)
    acts = _grouped(acts_by_school(asked, entry.acts))
    clocks = standings_by_school(asked, today, entry.duties, pack_on().pack)
    way = "case__cme__last_school"
    of_schools = _letters(asked, entry).exclude(**{way: None})
    given = of_schools.values(at=F(way), called=F(f"{way}__name"))
    letters: dict[School, int] = {
        (row["at"], row["called"]): row["n"] for row in given.annotate(n=Count("pk"))
    }
    schools = acts.keys() | clocks.keys() | letters.keys()
    return [
        Share(
            name=name,
            school=key,
            acts=acts.get((key, name), {}),
            letters=letters.get((key, name), 0),
            standing=clocks.get((key, name), Standing()),
        )
        for key, name in sorted(schools, key=lambda school: (school[1], school[0]))
    ]


def _letters(asked: Asked, entry: Responsibility) -> QuerySet[Letter]:
    days = (asked.period.first, asked.period.last)
    return Letter.objects.filter(
        state=Letter.State.ISSUED, issued_on__range=days, template__key__in=entry.letters,
        case__in=asked.cases.values("pk"),
    ).order_by()  # fmt: skip


def _grouped(counted: Counter[tuple[W, str]]) -> dict[W, dict[str, int]]:
    found: dict[W, dict[str, int]] = {}
    for (whose, verb), number in counted.items():
        found.setdefault(whose, {})[verb] = number
    return found


def columns(entry: Responsibility, shares: Sequence[Share]) -> list[str]:
    """Return the verbs of which some team or school has any: each is a column."""
    return [verb for verb in entry.acts if any(share.acts.get(verb) for share in shares)]
