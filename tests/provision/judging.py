"""What tests of judging share: days, verdicts, and where a child stands."""

from collections.abc import Callable
from datetime import date, timedelta

from onroll.office.casework.queries.children import standing
from onroll.office.people.models import Child
from onroll.office.provision.models import Judgement
from onroll.office.provision.queries import Verdict
from onroll.statute.reasons import Place
from onroll.statute.suitability import Criterion

JANUARY = date(2026, 1, 5)
FEBRUARY = date(2026, 2, 10)
A_DAY = timedelta(days=1)
EFFICIENT = Verdict(criterion=Criterion.EFFICIENT, is_met=True)
FULL_TIME = Verdict(criterion=Criterion.FULL_TIME, is_met=True)
SUITABLE = Verdict(criterion=Criterion.SUITABLE, is_met=True)
TOO_SHORT = Verdict(
    criterion=Criterion.FULL_TIME, is_met=False, reasons="An hour on two days of the week"
)
Judge = Callable[..., list[Judgement]]


def places(child: Child, *days: date) -> list[Place]:
    return [standing(child, day).place for day in days]
