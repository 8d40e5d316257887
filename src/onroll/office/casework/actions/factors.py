"""What a risk factor weighs, from a day on. Referrals that wait are scored anew at once."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from onroll.office.casework.models import Referral, RiskFactor
from onroll.office.casework.policy import referrals as policy
from onroll.office.casework.queries import risk
from onroll.office.casework.queries.answers import UNDECIDED, answers_of
from onroll.office.casework.queries.known import certain_match, known_about
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.statute.writing import written

ADDED = verb(
    "risk.factor_added",
    "added the risk factor {factor} with {weight} points; referrals that wait were scored anew "
    "under rule {rule}",
    "factor", "weight", "rule", "on",
)  # fmt: skip
CHANGED = verb(
    "risk.factor_changed",
    "changed the risk factor {factor} from {weight_before} to {weight} points ({fields}); "
    "referrals that wait were scored anew under rule {rule}",
    "factor", "weight_before", "weight", "fields", "rule", "on",
)  # fmt: skip
RETIRED = verb(
    "risk.factor_retired",
    "took the risk factor {factor} of {weight} points out of the score; referrals that wait were "
    "scored anew under rule {rule}",
    "factor", "weight", "rule", "on",
)  # fmt: skip
RESTORED = verb(
    "risk.factor_restored",
    "let the risk factor {factor} count again with {weight} points; referrals that wait were "
    "scored anew under rule {rule}",
    "factor", "weight", "rule", "on",
)  # fmt: skip
RESCORED = verb(
    "referrals.rescored",
    "scored a referral that waits anew, {before} to {after} points, under rule {rule}",
    "before", "after", "rule",
)  # fmt: skip

MOST = 99
CHANGES = ("title", "weight", "applies_when", "is_harm", "is_restricted", "is_concern")
MEANWHILE = "A colleague changed this factor in the meantime: look at it again."


@transaction.atomic
def add_factor(
    *,
    title: str,
    weight: int,
    by: Actor,
    on: date,
    applies_when: str = "",
    is_harm: bool = False,
    is_restricted: bool = False,
    is_concern: bool = False,
    source: str = "",
) -> RiskFactor:
    """Add a factor that forms ask about from that day on."""
    policy.can_change_factors(by).require()
    title = _checked(title, weight)
    key = slugify(title)[:50].replace("-", "_").strip("_")
    if not key or RiskFactor.objects.as_known().filter(key=key).exists():
        raise Faulty(("title", "There is, or was, a factor of this title: choose another"))
    last = RiskFactor.objects.aggregate(last=Max("position"))["last"] or 0
    added = facts.state(
        RiskFactor,
        by=by,
        starts_on=on,
        key=key,
        title=title,
        weight=weight,
        applies_when=applies_when.strip(),
        is_harm=is_harm,
        is_restricted=is_restricted,
        is_concern=is_concern,
        position=last + 1,
        source=source,
    )
    rule = _rescore(by, on)
    record(ADDED, by=by, subject=added, factor=key, weight=weight, rule=rule, on=on)
    return added


@transaction.atomic
def change_factor(*, factor: RiskFactor, by: Actor, on: date, **changes: Any) -> RiskFactor:
    """Let a factor count otherwise from that day on: any of CHANGES, and `source`.

    A second change on one day takes the first one's place; both stay in the record.
    """
    policy.can_change_factors(by).require()
    if strange := changes.keys() - {*CHANGES, "source"}:
        raise ValueError(f"a risk factor has no {', '.join(sorted(strange))}")
    _require_in_force(factor, on)
    changes["title"] = _checked(
        changes.get("title", factor.title), changes.get("weight", factor.weight)
    )
    if factor.key == risk.HARM:
        changes["is_harm"] = True
    changed = sorted(
        name for name in CHANGES if name in changes and changes[name] != getattr(factor, name)
    )
    if not changed:
        raise Faulty(("weight", "Nothing was changed"))
    if factor.starts_on == on:
        now = facts.supersede(factor, by=by, **changes)
        assert now is not None
    else:
        facts.end(factor, on=on - timedelta(days=1), by=by)
        kept = {name: getattr(factor, name) for name in _KEPT}
        now = facts.state(RiskFactor, by=by, starts_on=on, **{**kept, "source": "", **changes})
    rule = _rescore(by, on)
    record(
        CHANGED, by=by, subject=now, factor=factor.key, weight_before=factor.weight,
        weight=now.weight, fields=changed, rule=rule, on=on,
    )  # fmt: skip
    return now


@transaction.atomic
def retire_factor(*, factor: RiskFactor, by: Actor, on: date) -> None:
    """Let a factor count no more from that day on; scores of the past keep it."""
    policy.can_retire_factor(by, factor).require()
    _require_in_force(factor, on)
    if factor.starts_on == on:
        facts.supersede(factor, by=by, replace=False)
    else:
        facts.end(factor, on=on - timedelta(days=1), by=by)
    rule = _rescore(by, on)
    record(
        RETIRED, by=by, subject=factor, factor=factor.key, weight=factor.weight, rule=rule, on=on
    )


@transaction.atomic
def restore_factor(*, factor: RiskFactor, by: Actor, on: date) -> RiskFactor:
    """Let a factor that was taken out count again from that day on, as it last did."""
    policy.can_change_factors(by).require()
    if RiskFactor.objects.on(on).filter(key=factor.key).exists():
        raise Faulty(("factor", MEANWHILE))
    kept = {name: getattr(factor, name) for name in _KEPT}
    again = facts.state(RiskFactor, by=by, starts_on=on, **kept)
    rule = _rescore(by, on)
    record(RESTORED, by=by, subject=again, factor=again.key, weight=again.weight, rule=rule, on=on)
    return again


_KEPT = (
    "key", "title", "weight", "applies_when", "cites", "is_harm", "is_asked", "is_restricted",
    "is_concern", "position",
)  # fmt: skip


def _checked(title: str, weight: int) -> str:
    if not title.strip():
        raise Faulty(("title", "Enter what the factor is called"))
    if not 0 <= weight <= MOST:
        raise Faulty(("weight", f"A factor weighs from 0 to {MOST} points"))
    return title.strip()


def _require_in_force(factor: RiskFactor, on: date) -> None:
    if not factor.holds_on(on):
        raise Faulty(("weight", f"This factor does not count on {written(on)}."))


def _rescore(by: Actor, on: date) -> str:
    """Score every referral that waits by the table of a day; return the mark of its rule.

    Those that are decided keep the score by which they were.
    """
    waiting = Referral.objects.select_for_update().filter(state__in=UNDECIDED).order_by("pk")
    for referral in waiting.select_related(None):
        answers = answers_of(referral)
        child = certain_match(answers)
        scored = risk.score(
            answers,
            on=on,
            known=known_about(child, on) if child is not None else None,
            earlier=answers_of(referral.completes) if referral.completes is not None else None,
        )
        before = referral.risk_score
        Referral.objects.filter(pk=referral.pk).update(
            risk_score=scored.points, risk_working=scored.as_stored, risk_rule=scored.rule
        )
        if before != scored.points:
            record(
                RESCORED, by=by, subject=referral, before=before, after=scored.points,
                rule=scored.rule,
            )  # fmt: skip
    return risk.rule_version(risk.factors_on(on))
