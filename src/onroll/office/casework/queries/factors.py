"""The table of risk factors as screens and forms want it: on a day, one factor with its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onroll.office.casework.models import Referral, RiskFactor
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.casework.queries.risk import factors_on, rule_version
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown


@dataclass(frozen=True, slots=True)
class Table:
    """The factors in force on a day, the mark of that rule, and what is out of force."""

    factors: Sequence[RiskFactor]
    rule: str
    retired: Sequence[RiskFactor]


def table_on(day: date) -> Table:
    """Return the factors of a day with the mark that scores of that day carry."""
    factors = factors_on(day)
    ended = RiskFactor.objects.as_known().filter(starts_on__lte=day, ends_on__lt=day)
    ended = ended.exclude(key__in=[factor.key for factor in factors])
    latest = {factor.key: factor for factor in ended.order_by("starts_on")}
    return Table(factors, f"risk {rule_version(factors)}", list(latest.values()))


def versions(key: str) -> list[RiskFactor]:
    """Return a factor as it counted from day to day, the newest first. Raises Unknown."""
    found = RiskFactor.objects.as_known().filter(key=key).select_related("recorded_by")
    if rows := list(found.order_by("-starts_on")):
        return rows
    raise Unknown(f"There is no risk factor called {key!r}.")


def version(key: str, pk: int) -> RiskFactor:
    """Return one version of a factor, believed or not, as somebody had it on a page."""
    found: RiskFactor | None = RiskFactor.objects.filter(key=key, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no such version of {key!r}.")
    return found


def waiting_with(key: str, actor: Actor) -> int:
    """Return how many referrals that wait carry a factor, of those that this person may see."""
    found = Referral.objects.visible_to(actor).filter(state__in=UNDECIDED)
    return found.filter(risk_working__contains=[{"factor": key}]).count()


def concern_kinds(on: date) -> list[RiskFactor]:
    """Return the factors of risk under which a concern is raised on a day."""
    return [factor for factor in factors_on(on) if factor.is_concern]


def concern_kind(key: str, on: date) -> RiskFactor:
    """Return one kind of concern. Raises Unknown."""
    for kind in concern_kinds(on):
        if kind.key == key:
            return kind
    raise Unknown(f"There is no kind of concern called {key!r}.")
