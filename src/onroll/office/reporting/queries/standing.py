"""How the clocks of cases stood in a period, from the deadlines that are stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from onroll.office.casework import kinds
from onroll.office.casework.models import Deadline, Referral
from onroll.office.casework.queries.answers import SCHOOLS
from onroll.office.casework.queries.clocks import STARTS
from onroll.office.casework.queries.lateness import AWARE, NOTICES, RECEIVED
from onroll.office.reporting.queries.acts import Asked, School
from onroll.statute import packs
from onroll.statute.duties import duties
from onroll.statute.duty import Duty

# How each way to stand is headed in a table; the first three are always shown.
STANDS: tuple[tuple[str, str], ...] = (
    ("in_time", "Met in time"),
    ("late", "Met late"),
    ("overdue", "Overdue today"),
    ("running", "Running"),
    ("lapsed", "Unmet at closing"),
    ("uncounted", "No day to be late by"),
)
ALWAYS_SHOWN = ("in_time", "late", "overdue")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many clocks were met in time or late, are overdue today, or still run.

    `lapsed` had not been stopped when their case was closed; `uncounted` have no day by which
    anybody is late, or wait for term dates.
    """

    in_time: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0
    lapsed: int = 0
    uncounted: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def total(self) -> int:
        """How many clocks there are."""
        return sum(getattr(self, one.name) for one in fields(self))


_NAMES = tuple(one.name for one in fields(Standing))
_MET = _NAMES[:2]  # in time, late: how referrals stand


def kept_clocks(pack: packs.Pack) -> frozenset[str]:
    """Return the ids of the duties whose clocks are stored here, or are counted on referrals."""
    shown = {duty for kind in kinds.all_kinds() for duty in kind.duties}
    return frozenset(
        duty.id
        for duty in duties(pack)
        if is_for_referring(duty)
        or (duty.started_by in STARTS and (duty.jurisdiction == "local" or duty.id in shown))
    )


def is_for_referring(duty: Duty) -> bool:
    """Whether a duty limits how soon a school refers: it is counted when the referral comes."""
    return duty.started_by == AWARE and RECEIVED in duty.stopped_by


def standings(asked: Asked, today: date, pack: packs.Pack) -> dict[str, Standing]:
    """Return how the clocks of each duty stand, by its id: those that ran in the period."""
    ran = _ran(asked).values("duty").annotate(**_stands(today)).values_list("duty", *_NAMES)
    found = {duty: Standing(*counts) for duty, *counts in ran}
    limits = [duty.id for duty in duties(pack) if is_for_referring(duty)]
    referred = Standing(**_referred(asked).aggregate(**_in_time_or_late()))
    if referred.total:
        found |= dict.fromkeys(limits, referred)
    return found


def standings_by_team(
    asked: Asked, today: date, wanted: Collection[str]
) -> dict[str, dict[str, Standing]]:
    """Return how the clocks of these duties stand for the cases of each team, by its name."""
    way = "case__team__name"
    ran = _ran(asked).filter(duty__in=wanted).values("duty", way).annotate(**_stands(today))
    found: dict[str, dict[str, Standing]] = {}
    for duty, team, *counts in ran.values_list("duty", way, *_NAMES):
        found.setdefault(team or "", {})[duty] = Standing(*counts)
    return found


def standings_by_school(
    asked: Asked, today: date, wanted: Collection[str], pack: packs.Pack
) -> dict[School, Standing]:
    """Return how the clocks of these duties stand for each school that cases name as the last, or
    that referred."""
    found: dict[School, Standing] = {}
    for school, standing in (
        *_cases_by_school(asked, today, wanted),
        *_referrals_by_school(asked, wanted, pack),
    ):
        found[school] = found.get(school, Standing()) + standing
    return found


def _cases_by_school(
    asked: Asked, today: date, wanted: Collection[str]
) -> Iterator[tuple[School, Standing]]:
    way, name = "case__cme__last_school", "case__cme__last_school__name"
    ran = _ran(asked).filter(duty__in=wanted).exclude(**{way: None})
    counted = ran.values(way, name).annotate(**_stands(today)).values_list(way, name, *_NAMES)
    for school, called, *counts in counted:
        yield (school, called), Standing(*counts)


def _referrals_by_school(
    asked: Asked, wanted: Collection[str], pack: packs.Pack
) -> Iterator[tuple[School, Standing]]:
    if not any(duty.id in wanted and is_for_referring(duty) for duty in duties(pack)):
        return
    given = _referred(asked).values("school", "school__name").annotate(**_in_time_or_late())
    for school, called, *counts in given.values_list("school", "school__name", *_MET):
        yield (school, called), Standing(*counts)


def _ran(asked: Asked) -> QuerySet[Deadline]:
    """The clocks that ran on any day of the period, of cases that count for whoever asks."""
    first, last = asked.period.first, asked.period.last
    is_open = Q(case__closed_on=None) | Q(case__closed_on__gte=first)
    ran = Q(stopped_on__gte=first) | Q(is_open, stopped_on=None)
    found = Deadline.objects.filter(ran, started_on__lte=last, case__in=asked.cases.values("pk"))
    return found.order_by()


def _stands(today: date) -> dict[str, Count]:
    """The columns that count clocks by how they stand; each clock is in one of them."""
    counts = Q(is_deadline=True)
    dated = counts & Q(due_on__isnull=False)
    stopped, is_open = Q(stopped_on__isnull=False), Q(case__closed_on=None)
    passed = Q(due_on__lt=today)
    # A day on which something is to be done at once has no number to be late by.
    goes_on = counts & ~stopped & is_open & (Q(due_on=None, needs="") | dated & ~passed)
    return {
        "in_time": Count("pk", filter=dated & stopped & Q(stopped_on__lte=F("due_on"))),
        "late": Count("pk", filter=dated & stopped & Q(stopped_on__gt=F("due_on"))),
        "overdue": Count("pk", filter=dated & ~stopped & is_open & passed),
        "running": Count("pk", filter=goes_on),
        "lapsed": Count("pk", filter=counts & ~stopped & ~is_open),
        "uncounted": Count(
            "pk",
            filter=Q(is_deadline=False)
            | counts & Q(due_on=None) & (stopped | is_open & ~Q(needs="")),
        ),
    }


def _referred(asked: Asked) -> QuerySet[Referral]:
    """The referrals of schools in the period that a limit of the authority's was counted for."""
    given = Referral.objects.counted_for(asked.by).filter(
        received_on__range=(asked.period.first, asked.period.last),
        school__isnull=False, source__in=SCHOOLS, days_late__isnull=False,
    )  # fmt: skip
    return given.exclude(form__in=NOTICES).order_by()


def _in_time_or_late() -> dict[str, Count]:
    return {
        "in_time": Count("pk", filter=Q(days_late__lte=0)),
        "late": Count("pk", filter=Q(days_late__gt=0)),
    }
