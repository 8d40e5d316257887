"""Safeguarding and oversight: considerations, concerns, challenges, supervision, audits."""

import random
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from onroll.office.casework.models import (
    AuditSample,
    Case,
    Challenge,
    Concern,
    Consideration,
    RiskFactor,
    Supervision,
)
from onroll.office.casework.policy import cases as case_policy
from onroll.office.casework.policy import oversight as policy
from onroll.office.journal.actions import record, verb
from onroll.office.journal.verbs import Verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale

if TYPE_CHECKING:
    from onroll.office.schools.models import School

CONSIDERED = verb("cases.considered", "considered safeguarding", "consideration", "on")
RAISED = verb("cases.concern", "raised a safeguarding concern", "concern", "on")
ESCALATED = verb("cases.concern_escalated", "escalated a safeguarding concern", "concern", "on")
RESULTED = verb("cases.concern_result", "recorded what came of a concern", "concern", "on")
CHALLENGED = verb("cases.challenged", "challenged a barrier to education", "challenge", "on")
ANSWERED = verb("cases.challenge_answered", "recorded what came of a challenge", "challenge", "on")
SUPERVISED = verb("cases.supervised", "recorded supervision of the case", "supervision", "on")
DRAWN = verb("cases.sample_drawn", "drew {count} cases for audit", "count", "seed", "on")
AUDITED = verb("cases.audited", "audited the case", "audit", "judgement", "on")

AUDIT_QUESTIONS: Mapping[str, str] = {
    "timely": "Was the first action taken in time?",
    "enquiries": "Were the enquiries reasonable, and were answers followed up?",
    "voice": "Has the child been seen, and are the child's own words recorded?",
    "safeguarding": "Was safeguarding considered, and acted on where needed?",
    "family": "Was the family worked with, and the support it needed offered?",
    "plan": "Is there a clear plan towards education, with dates?",
    "recording": "Could a colleague take the case over from the record?",
    "evidence": "Is the evidence for the outcome or conclusion strong enough?",
}
JUDGEMENTS: Mapping[str, str] = {
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "inadequate": "Inadequate: put right now",
}


@transaction.atomic
def consider(*, case: Case, conclusion: str, because: str, by: Actor, on: date) -> Consideration:
    """Record that somebody considered safeguarding on a case, and concluded."""
    case_policy.can_work(by, case).require()
    if not because.strip():
        raise Faulty(("because", "Say on what the conclusion rests."))
    made = Consideration.objects.create(
        case=case, conclusion=conclusion, because=because.strip(), on=on, by_id=by.pk
    )
    record(CONSIDERED, by=by, subject=case, children=[case.child_id], consideration=made.pk, on=on)
    return made


@transaction.atomic
def concern(
    *, case: Case, factor: RiskFactor, account: str, by: Actor, on: date, action: str = ""
) -> Concern:
    """Raise a safeguarding concern, under a factor of risk that is a kind of concern."""
    policy.can_raise(by, case).require()
    if not factor.is_concern:
        raise Faulty(("factor", f"“{factor.title}” is no kind of safeguarding concern."))
    if not account.strip():
        raise Faulty(("account", "Write what was seen, heard or told."))
    raised = Concern.objects.create(
        case=case, factor=factor, account=account.strip(), action=action.strip(), raised_on=on,
        raised_by_id=by.pk,
    )  # fmt: skip
    record(RAISED, by=by, subject=case, children=[case.child_id], concern=raised.pk, on=on)
    return raised


@transaction.atomic
def escalate(*, concern: Concern, to: str, by: Actor, on: date, ref: str = "") -> Concern:
    """Record that a concern went to children's social care or another body, and when."""
    policy.can_escalate(by, concern.case).require()
    if on < concern.raised_on:
        raise Faulty(("on", "This is before the concern was raised. Correct the date."))
    claimed = Concern.objects.filter(pk=concern.pk, escalated_on=None).update(
        escalated_to=to, escalated_on=on, escalation_ref=ref
    )
    if not claimed:
        raise Stale("this concern", [("Escalated to", concern.escalated_to, to)])
    _of_concern(ESCALATED, concern, by=by, on=on)
    concern.refresh_from_db()
    return concern


@transaction.atomic
def conclude_concern(*, concern: Concern, result: str, by: Actor, on: date) -> Concern:
    """Record what came of a concern or its escalation."""
    policy.can_escalate(by, concern.case).require()
    if not result.strip():
        raise Faulty(("result", "Write what came of it."))
    claimed = Concern.objects.filter(pk=concern.pk, resulted_on=None).update(
        result=result.strip(), resulted_on=on
    )
    if not claimed:
        raise Stale("this concern", [("Result", concern.result, result)])
    _of_concern(RESULTED, concern, by=by, on=on)
    concern.refresh_from_db()
    return concern


@transaction.atomic
def challenge(
    *,
    case: Case,
    to: str,
    barrier: str,
    by: Actor,
    on: date,
    school: "School | None" = None,
    is_escalated: bool = False,
) -> Challenge:
    """Challenge a school or an agency about a barrier to the child's education."""
    case_policy.can_work(by, case).require()
    if not to.strip() and school is None:
        raise Faulty(("to", "Name the school or agency that is challenged."))
    made = Challenge.objects.create(
        case=case, to=to.strip() or str(school), school=school, barrier=barrier.strip(),
        made_on=on, made_by_id=by.pk, is_escalated=is_escalated,
    )  # fmt: skip
    record(CHALLENGED, by=by, subject=case, children=[case.child_id], challenge=made.pk, on=on)
    return made


@transaction.atomic
def answer_challenge(*, challenge: Challenge, result: str, by: Actor, on: date) -> Challenge:
    """Record what came of a challenge."""
    case_policy.can_work(by, challenge.case).require()
    claimed = Challenge.objects.filter(pk=challenge.pk, resulted_on=None).update(
        result=result.strip(), resulted_on=on
    )
    if not claimed:
        raise Stale("this challenge", [("Result", challenge.result, result)])
    record(
        ANSWERED, by=by, subject=challenge.case, children=[challenge.case.child_id],
        challenge=challenge.pk, on=on,
    )  # fmt: skip
    challenge.refresh_from_db()
    return challenge


@transaction.atomic
def supervise(*, case: Case, account: str, by: Actor, on: date, agreed: str = "") -> Supervision:
    """Record that a manager and the key worker talked the case over, and what they agreed."""
    policy.can_supervise(by).require()
    if not account.strip():
        raise Faulty(("account", "Write what was discussed."))
    made = Supervision.objects.create(
        case=case, on=on, by_id=by.pk, account=account.strip(), agreed=agreed.strip()
    )
    record(SUPERVISED, by=by, subject=case, children=[case.child_id], supervision=made.pk, on=on)
    return made


@transaction.atomic
def draw_sample(
    *, kind: str, size: int, seed: int, by: Actor, on: date, why: str = "", team: int | None = None
) -> list[AuditSample]:
    """Draw cases at random for a quality audit; the same seed draws the same from the same list.

    Cases that await an audit already are left out.
    """
    policy.can_supervise(by).require()
    waiting = AuditSample.objects.filter(audited_on=None).values("case")
    cases = Case.objects.visible_to(by).filter(kind=kind).exclude(pk__in=waiting)
    if team is not None:
        cases = cases.filter(team=team)
    listed = list(cases.order_by("pk"))
    if not listed:
        raise Faulty(("size", "There is no case to draw from: change the kind or the team."))
    drawn = random.Random(seed).sample(listed, min(size, len(listed)))  # noqa: S311 - repeatable
    samples = [
        AuditSample.objects.create(case=case, drawn_on=on, drawn_by_id=by.pk, why=why)
        for case in sorted(drawn, key=lambda case: case.pk)
    ]
    record(
        DRAWN, by=by, subject="casework.AuditSample", count=len(samples), seed=seed, on=on,
        children=[case.child_id for case in drawn],
    )  # fmt: skip
    return samples


@transaction.atomic
def audit(
    *, sample: AuditSample, answers: Mapping[str, str], judgement: str, by: Actor, on: date,
    findings: str = "",
) -> AuditSample:  # fmt: skip
    """Record the answers of an audit. Nobody audits a case of their own."""
    policy.can_supervise(by).require()
    if sample.case.owner_id is not None and sample.case.owner_id == by.pk:
        raise Faulty(("judgement", "You are the key worker of this case: ask a colleague."))
    if judgement not in JUDGEMENTS:
        raise Faulty(("judgement", "Choose a judgement."))
    known = {key: answer for key, answer in answers.items() if key in AUDIT_QUESTIONS}
    claimed = AuditSample.objects.filter(pk=sample.pk, audited_on=None).update(
        answers=known, judgement=judgement, findings=findings.strip(), audited_on=on,
        audited_by_id=by.pk,
    )  # fmt: skip
    if not claimed:
        raise Stale("this audit", [("Judgement", sample.judgement, judgement)])
    record(
        AUDITED, by=by, subject=sample.case, children=[sample.case.child_id], audit=sample.pk,
        judgement=judgement, on=on,
    )  # fmt: skip
    sample.refresh_from_db()
    return sample


def _of_concern(what: Verb, concern: Concern, *, by: Actor, on: date) -> None:
    record(
        what, by=by, subject=concern.case, children=[concern.case.child_id],
        concern=concern.pk, on=on,
    )  # fmt: skip
