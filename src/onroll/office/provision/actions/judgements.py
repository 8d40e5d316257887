"""Judging an education by the three criteria of the Act, and correcting what was judged."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people.actions.changes import facts_changed
from onroll.office.people.actions.keeping import explain, restated, stated
from onroll.office.provision import policy
from onroll.office.provision.models import Judgement
from onroll.office.provision.queries import (
    Education,
    Verdict,
    education_judged,
    judgements_of,
    what_of,
)
from onroll.statute.suitability import Aspect, Criterion
from onroll.statute.writing import listed, written

JUDGED = verb(
    "provision.judged",
    "judged {what} on {judged_on}: {criteria}",
    "what",
    "judged_on",
    "criteria",
)
JUDGEMENT_CORRECTED = verb(
    "provision.judgement_corrected",
    "corrected what was judged of {what}: {criterion} ({changed})",
    "what",
    "criterion",
    "changed",
)
JUDGEMENT_WITHDRAWN = verb(
    "provision.judgement_withdrawn",
    "withdrew, as recorded in error, what was judged of {what}: {criterion}",
    "what",
    "criterion",
)

explain(
    "a_criterion_is_judged_once_a_day",
    "judged_on",
    "This was judged on that day already: correct that judgement, or give another day.",
)
Fault = tuple[str, str]


def judge(
    *,
    education: Education,
    verdicts: Sequence[Verdict],
    judged_on: date,
    judged_by: str,
    by: Actor,
    on: date,
    evidence: str = "",
) -> list[Judgement]:
    """Record what was found of one, two or all three criteria on a day; `on` is today."""
    policy.can_judge(by).require()
    faults = _faults_of_day(education, judged_on, on)
    if not judged_by:
        faults.append(("judged_by", "Enter who judged it."))
    if not verdicts:
        says = "Judge at least one of the three: choose “Met” or “Not met”."
        faults.append((Criterion.EFFICIENT, says))
    for verdict in verdicts:
        faults += _faults_of_verdict(verdict)
    faults += _faults_of_same_day(education, verdicts, judged_on)
    if faults:
        raise Faulty(*faults)
    child = education.child_id
    what = what_of(education)
    with transaction.atomic():
        made = [
            stated(
                Judgement,
                by,
                child_id=child,
                what=what,
                provider=getattr(education, "provider", ""),
                starts_on=judged_on,
                ends_on=judged_on,
                criterion=verdict.criterion.value,
                judged_by=judged_by,
                evidence=evidence,
                **_found(verdict),
            )
            for verdict in verdicts
        ]
        record(
            JUDGED,
            by=by,
            subject=education,
            children=[child],
            what=what,
            judged_on=judged_on,
            criteria=[verdict.criterion.value for verdict in verdicts],
        )
        facts_changed([child])
    return made


def correct_judgement(
    *,
    judgement: Judgement,
    verdict: Verdict,
    judged_on: date,
    judged_by: str,
    by: Actor,
    on: date,
    evidence: str = "",
) -> Judgement:
    """Replace what was judged of a criterion; the former version stays known. Raises Stale."""
    policy.can_judge(by).require()
    faults = _faults_of_day(education_judged(judgement), judged_on, on)
    faults += _faults_of_verdict(verdict)
    if not judged_by:
        faults.append(("judged_by", "Enter who judged it."))
    if faults:
        raise Faulty(*faults)
    changes = {
        "starts_on": judged_on,
        "ends_on": judged_on,
        "judged_by": judged_by,
        "evidence": evidence,
        **_found(verdict),
    }
    return _restated(judgement, by, changes)


def withdraw_judgement(*, judgement: Judgement, by: Actor) -> None:
    """Stop believing that something was judged."""
    policy.can_judge(by).require()
    with transaction.atomic():
        withdrawn([judgement], by=by)
        facts_changed([judgement.child_id])


def withdrawn(rows: Iterable[Judgement], *, by: Actor) -> None:
    """Stop believing judgements within an act that withdraws more than them."""
    for row in rows:
        restated(row, by, is_replaced=False)
        record(
            JUDGEMENT_WITHDRAWN,
            by=by,
            subject=row,
            children=[row.child_id],
            what=row.what,
            criterion=row.criterion,
        )


def follow(before: Education, after: Mapping[str, Any], *, by: Actor) -> None:
    """Keep the judgements with an education whose kind or provider is corrected."""
    renamed = {
        name: after[name]
        for name in ("what", "provider")
        if name in after and after[name] != getattr(before, name, after[name])
    }
    for row in judgements_of(before, by=None) if renamed else ():
        _restated(row, by, renamed)


def faults_of_judged_days(
    education: Education, starts_on: date, ends_on: date | None
) -> list[Fault]:
    """Return why an education cannot have these days: it was judged on one that they leave out."""
    days = [row.judged_on for row in judgements_of(education, by=None)]
    then = "Correct or withdraw that judgement first."
    if days and days[0] < starts_on:
        return [("starts_on", f"It was judged before that, on {written(days[0])}. {then}")]
    if days and ends_on is not None and days[-1] > ends_on:
        return [("ends_on", f"It was judged after that, on {written(days[-1])}. {then}")]
    return []


def _restated(row: Judgement, by: Actor, changes: Mapping[str, Any]) -> Judgement:
    changed = {name for name, value in changes.items() if getattr(row, name) != value}
    with transaction.atomic():
        corrected = restated(row, by, **changes)
        assert corrected is not None
        record(
            JUDGEMENT_CORRECTED,
            by=by,
            subject=corrected,
            children=[row.child_id],
            what=row.what,
            criterion=row.criterion,
            changed=sorted({_CALLED.get(name, name) for name in changed}),
        )
        facts_changed([row.child_id])
    return corrected


# It starts and ends on the day on which it was judged.
_CALLED = {"starts_on": "judged_on", "ends_on": "judged_on"}


def _found(verdict: Verdict) -> dict[str, Any]:
    return {
        "is_met": verdict.is_met,
        "reasons": verdict.reasons,
        **{f"is_suited_to_{aspect}": verdict.aspects.get(aspect) for aspect in Aspect},
    }


def _faults_of_day(education: Education | None, judged_on: date, on: date) -> list[Fault]:
    if judged_on > on:
        return [("judged_on", "The day must be today or in the past.")]
    # An education that is recorded no more has no days to keep to.
    if education is not None and judged_on < education.starts_on:
        began = written(education.starts_on)
        return [("judged_on", f"The education began on {began}: enter that day or a later one.")]
    if education is not None and education.ends_on is not None and judged_on > education.ends_on:
        ended = written(education.ends_on)
        return [("judged_on", f"The education ended on {ended}: enter that day or an earlier one.")]
    return []


def _faults_of_verdict(verdict: Verdict) -> list[Fault]:
    criterion = verdict.criterion
    faults = []
    if not verdict.is_met and not verdict.reasons.strip():
        says = f"{criterion.says.capitalize()} is not met: write why."
        faults.append((f"{criterion}_reasons", says))
    wanting = [aspect.says for aspect, is_met in verdict.aspects.items() if not is_met]
    if criterion is not Criterion.SUITABLE and verdict.aspects:
        faults.append((criterion, "Only “suitable” is judged by aspects."))
    elif wanting and verdict.is_met:
        says = (
            f"Not met for {listed(wanting)}, so “suitable” cannot be met: correct one of the two."
        )
        faults.append((criterion, says))
    elif not wanting and not verdict.is_met and verdict.aspects.keys() == set(Aspect):
        says = "Met for every aspect, so “suitable” is met: correct one of the two."
        faults.append((criterion, says))
    return faults


def _faults_of_same_day(
    education: Education, verdicts: Sequence[Verdict], judged_on: date
) -> list[Fault]:
    # A sealed child's judgements are compared in secret: only those cleared come this far.
    same_day = {
        row.criterion for row in judgements_of(education, by=None) if row.judged_on == judged_on
    }
    return [
        (
            verdict.criterion,
            f"{verdict.criterion.says.capitalize()} was judged on {written(judged_on)} already: "
            "correct that judgement, or give another day.",
        )
        for verdict in verdicts
        if verdict.criterion in same_day
    ]
