"""Why the child misses education, the place secured, the way back to school."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from onroll.office.casework.actions import cases as casework
from onroll.office.casework.actions.history import follow
from onroll.office.cme import policy, queries
from onroll.office.cme.actions.enquiries import can_start
from onroll.office.cme.models import (
    Episode,
    LocalReason,
    MissingEducation,
    Placement,
    TransitionStep,
)
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.facts import supersede
from onroll.office.schools.actions import enrol, start
from onroll.statute.codes import MISSING_REASONS
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.casework.models import Case
    from onroll.office.schools.models import School


REASONED = verb("cme.reason", "recorded why the child misses education", "reason", "local_reason")
SECURED = verb("cme.secured", "recorded a place secured", "school", "on", "expected_on")
STARTED = verb("cme.started", "recorded that the child started", "on")
PLANNED = verb("cme.step", "added a step to the plan for going back", "step", "by_when")
STEPPED = verb("cme.step_done", "recorded a step of the plan as done", "step", "on")
HANDED_ON = verb("cme.post_16", "recorded risk and handover to post-16", "at_risk", "handed_on")


@transaction.atomic
def record_reason(
    *, case: "Case", reason: str, by: Actor, local_reason: LocalReason | None = None
) -> Episode:
    """Record why the child misses education: a national reason, or a local one under it.

    The reason given before is superseded, and still answers what was known then.
    """
    policy.can_secure(by, case).require()
    national = local_reason.national if local_reason else reason
    if national not in MISSING_REASONS:
        raise Faulty(("reason", "Choose a reason from the list."))
    current = queries.episode_of(case)
    if (current.reason, current.local_reason) != (national, local_reason):
        supersede(current, by=by, reason=national, local_reason=local_reason)
    record(
        REASONED, by=by, subject=case, children=[case.child_id], reason=national,
        local_reason=local_reason.key if local_reason else None,
    )  # fmt: skip
    return queries.episode_of(case)


@transaction.atomic
def secure_place(
    *,
    case: "Case",
    by: Actor,
    on: date,
    expected_on: date,
    school: "School | None" = None,
    otherwise: str = "",
    secured_by: str = "",
    version: int | None = None,
) -> "Case":
    """Record a place secured and watch it until the start is confirmed.

    A school place is entered on the roll as expected; the child misses education until it starts.
    """
    policy.can_secure(by, case).require()
    if school is None and not otherwise.strip():
        raise Faulty(("school", "Choose the school, or say what other education is secured."))
    for place in queries.places_of(case):
        if place.ends_on is not None and on <= place.ends_on:
            raise Faulty(
                (
                    "on",
                    f"Another place was secured until {written(place.ends_on)}: give a later day.",
                )
            )
    follow(
        Placement, case=case.pk, by=by, on=on, school=school, otherwise=otherwise.strip(),
        secured_by=secured_by.strip() or by.name, expected_on=expected_on, confirmed_on=None,
        confirmed_by="",
    )  # fmt: skip
    if school is not None:
        enrol(child=case.child, school=school, starts_on=expected_on, is_expected=True, by=by)
    record(
        SECURED, by=by, subject=case, children=[case.child_id], on=on, expected_on=expected_on,
        school=school.pk if school else None,
    )  # fmt: skip
    if can_start(case, "secure"):
        return casework.move(case=case, move="secure", by=by, on=on, version=version)
    return case


@transaction.atomic
def confirm_start(*, case: "Case", confirmed_by: str, by: Actor, on: date) -> Placement:
    """Record that the school confirmed the day on which the child started."""
    policy.can_secure(by, case).require()
    if not confirmed_by.strip():
        raise Faulty(("confirmed_by", "Say who confirmed it: a name and the school."))
    secured = queries.place_of(case)
    if secured is None:
        raise Faulty(("on", "Record the place first: which school or provision."))
    episode = queries.found_episode(case)
    if episode is not None and on < episode.starts_on:
        raise Faulty(
            ("on", f"The child has been missing since {written(episode.starts_on)}: a start before "
             "that day is not the end of it.")
        )  # fmt: skip
    place = (
        queries.expected_enrolment(case, school=secured.school_id) if secured.school_id else None
    )
    if on < secured.starts_on and place is not None:
        raise Faulty(
            ("on", f"The place was secured on {written(secured.starts_on)}: the start can’t come "
             "before it.")
        )  # fmt: skip
    if place is not None:
        start(enrolment=place, on=on, by=by)
    started = supersede(secured, by=by, confirmed_on=on, confirmed_by=confirmed_by.strip())
    assert started is not None
    record(STARTED, by=by, subject=case, children=[case.child_id], on=on)
    return started


@transaction.atomic
def plan_step(
    *, case: "Case", what: str, by: Actor, by_when: date | None = None, whose: str = ""
) -> TransitionStep:
    """Add a step to the plan for going back to school."""
    policy.can_secure(by, case).require()
    step = TransitionStep.objects.create(
        case=case, what=what.strip(), by_when=by_when, whose=whose.strip()
    )
    record(PLANNED, by=by, subject=case, children=[case.child_id], step=step.pk, by_when=by_when)
    return step


@transaction.atomic
def finish_step(*, step: TransitionStep, by: Actor, on: date, result: str = "") -> TransitionStep:
    """Record that a step of the plan was taken, and how it went."""
    policy.can_secure(by, step.case).require()
    claimed = TransitionStep.objects.filter(pk=step.pk, done_on=None).update(
        done_on=on, result=result.strip()
    )
    if not claimed:
        raise Stale("this step", [("Step", "done already", step.what)])
    record(STEPPED, by=by, subject=step.case, children=[step.case.child_id], step=step.pk, on=on)
    step.refresh_from_db()
    return step


@transaction.atomic
def hand_to_post_16(
    *, case: "Case", at_risk: bool, by: Actor, handed_on: date | None = None
) -> MissingEducation:
    """Record whether the young person may end up in no education or work, and the handover."""
    policy.can_secure(by, case).require()
    MissingEducation.objects.filter(case=case).update(
        at_risk_of_neet=at_risk, handed_to_post_16_on=handed_on
    )
    record(
        HANDED_ON, by=by, subject=case, children=[case.child_id], at_risk=at_risk,
        handed_on=handed_on,
    )  # fmt: skip
    return queries.record_of(case)
