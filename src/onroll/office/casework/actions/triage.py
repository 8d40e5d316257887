"""Decisions on referrals. None is made without a recorded consideration of safeguarding."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from onroll.office.casework import kinds
from onroll.office.casework.actions import cases, deadlines
from onroll.office.casework.actions.whose import whose
from onroll.office.casework.models import Case, Consideration, Referral
from onroll.office.casework.policy import cases as cases_policy
from onroll.office.casework.policy import referrals as policy
from onroll.office.casework.queries import risk
from onroll.office.casework.queries.answers import ELSEWHERE as ELSEWHERE_KINDS
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.journal.actions import record, verb
from onroll.office.journal.verbs import Verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.schools.actions import enrol

if TYPE_CHECKING:
    from onroll.office.people.models import Child
    from onroll.office.schools.models import School

CONSIDERED = verb(
    "referrals.safeguarding_considered",
    "considered safeguarding on referral {ref}: {conclusion}",
    "ref", "conclusion", "on",
)  # fmt: skip
ACCEPTED = verb(
    "referrals.accepted", "accepted referral {ref} into case {case}", "ref", "case", "kind", "on"
)
ADDED = verb("referrals.added", "added referral {ref} to case {case}", "ref", "case", "on")
REOPENED = verb("referrals.reopened", "reopened case {case} on referral {ref}", "ref", "case", "on")
RETURNED = verb(
    "referrals.returned", "returned referral {ref} to the school as a matter of attendance",
    "ref", "on",
)  # fmt: skip
ELSEWHERE = verb(
    "referrals.sent_elsewhere", "referred {ref} elsewhere ({to_kind})", "ref", "to_kind", "on"
)
ASKED = verb("referrals.asked", "asked for more about referral {ref}", "ref", "on")
DISMISSED = verb("referrals.no_action", "took no action on referral {ref}", "ref", "on")
# Names no school: where a child is must not be read from the journal once it is sealed.
RECORDED = verb(
    "referrals.recorded", "recorded the place told of in referral {ref}: no case needed",
    "ref", "on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """What somebody concluded about safety before deciding, and why."""

    conclusion: str  # of Consideration.Conclusion
    because: str


@transaction.atomic
def accept(
    *,
    referral: Referral,
    version: int,
    child: "Child | None",
    safeguarding: Safeguarding,
    by: Actor,
    on: date,
    searched: str = "",
    kind: str = "",
    team: int | None = None,
    owner: int | None = None,
    reason: str = "",
) -> Case:
    """Accept a referral into a new case of a child; None adds the child from the referral.

    An `owner` leads it from the first day on; without one it waits for a key worker.

    `searched` is the proof of search that adding a child needs. Without a `kind` it is the usual
    one for such a referral.
    """
    kind = kind or kinds.usual_for(referral)
    held = _hold(referral, version, "Accept into a new case", by)
    child = whose(held, child, searched, by=by, on=on)
    case = cases.open_case(
        kind=kind,
        child=child,
        referral=held,
        team=team,
        is_urgent=risk.is_urgent(held),
        by=by,
        on=on,
    )
    if owner is not None:
        case = cases.allocate(case=case, owner=owner, by=by, on=on)
    _consider(held, safeguarding, by=by, on=on, case=case)
    _decide(
        held, Referral.State.ACCEPTED, ACCEPTED, reason, by=by, on=on, child=child, case=case,
        keeps={"case": case.ref, "kind": kind},
    )  # fmt: skip
    deadlines.rebuild(case)  # the receipt of the referral acknowledged it
    return case


@transaction.atomic
def add_to_case(
    *,
    referral: Referral,
    version: int,
    case: Case,
    safeguarding: Safeguarding,
    by: Actor,
    on: date,
    reason: str = "",
) -> Case:
    """Add a referral to a case of the child that is open already."""
    held = _hold(referral, version, "Add to an open case", by)
    if not case.is_open:
        raise Faulty(("case", f"Case {case.ref} is closed: reopen it first, or open a new one."))
    return _joined(held, case, ADDED, safeguarding, reason, by=by, on=on)


@transaction.atomic
def reopen_case(
    *,
    referral: Referral,
    version: int,
    case: Case,
    since: date,
    safeguarding: Safeguarding,
    reason: str,
    by: Actor,
    on: date,
) -> Case:
    """Open a closed case of the child again, and add the referral to it: no second case."""
    held = _hold(referral, version, "Reopen a closed case", by)
    cases_policy.can_reopen(by, case).require()
    reopens = kinds.get(case.kind).reopens
    assert reopens is not None  # the policy has asked
    _say_why(reason, "Say why the case is opened again.")
    if since > on:
        raise Faulty(("since", "It can't begin on a day to come."))
    whose(held, case.child, "", by=by, on=on)
    try:
        reopened = reopens(case=case, reason=reason, since=since, by=by, on=on)
    except Faulty as faulty:
        # The kind has its own name for the day.
        raise Faulty(
            *((k if k == "reason" else "since", says) for k, says in faulty.faults)
        ) from None
    return _joined(held, reopened, REOPENED, safeguarding, reason, by=by, on=on)


def _joined(
    held: Referral, case: Case, said: Verb, safeguarding: Safeguarding, reason: str, *,
    by: Actor, on: date,
) -> Case:  # fmt: skip
    if risk.is_urgent(held) and not case.is_urgent:
        case = cases.say_urgent(case=case, urgent=True, by=by, on=on)
    _consider(held, safeguarding, by=by, on=on, case=case)
    _decide(
        held, Referral.State.ADDED, said, reason, by=by, on=on, child=case.child, case=case,
        keeps={"case": case.ref},
    )  # fmt: skip
    deadlines.rebuild(case)  # the receipt of the referral acknowledged it
    return case


@transaction.atomic
def return_to_school(
    *,
    referral: Referral,
    version: int,
    safeguarding: Safeguarding,
    reason: str,
    by: Actor,
    on: date,
) -> Referral:
    """Return a referral to the school: the child is on its roll, so attendance is its work."""
    held = _hold(referral, version, "Return to the school", by)
    _say_why(reason, "Say why this is a matter of school attendance: the school will be told.")
    if held.school_id is None and not held.school_told:
        raise Faulty(("decision", "The referral names no school to which it could be returned."))
    _consider(held, safeguarding, by=by, on=on)
    return _decide(held, Referral.State.RETURNED, RETURNED, reason, by=by, on=on)


@transaction.atomic
def refer_elsewhere(
    *,
    referral: Referral,
    version: int,
    to_kind: str,
    to: str,
    safeguarding: Safeguarding,
    reason: str,
    by: Actor,
    on: date,
) -> Referral:
    """Record that a referral went to another authority, team or agency, and to which."""
    held = _hold(referral, version, "Refer elsewhere", by)
    if to_kind not in ELSEWHERE_KINDS:
        raise Faulty(("to_kind", "Choose whether it goes to an authority, a team or an agency."))
    if not to.strip():
        raise Faulty(("to", "Say to which authority, team or agency, and to whom there."))
    _say_why(reason, "Say why it is theirs.")
    _consider(held, safeguarding, by=by, on=on)
    words = f"To {to.strip()} ({ELSEWHERE_KINDS[to_kind].lower()}). {reason.strip()}"
    return _decide(
        held, Referral.State.ELSEWHERE, ELSEWHERE, words, by=by, on=on, keeps={"to_kind": to_kind}
    )


@transaction.atomic
def ask_for_more(
    *,
    referral: Referral,
    version: int,
    safeguarding: Safeguarding,
    reason: str,
    by: Actor,
    on: date,
) -> Referral:
    """Record that the referrer has been asked for what is missing. It stays in the queue."""
    held = _hold(referral, version, "Ask for more", by)
    _say_why(reason, "Say what was asked for, of whom and how.")
    _consider(held, safeguarding, by=by, on=on)
    return _decide(held, Referral.State.ASKED, ASKED, reason, by=by, on=on)


@transaction.atomic
def no_action(
    *,
    referral: Referral,
    version: int,
    safeguarding: Safeguarding,
    reason: str,
    by: Actor,
    on: date,
) -> Referral:
    """Decide that nothing more is to be done, and say why."""
    held = _hold(referral, version, "No further action", by)
    _say_why(reason, "Say why nothing more is to be done.")
    _consider(held, safeguarding, by=by, on=on)
    return _decide(held, Referral.State.NO_ACTION, DISMISSED, reason, by=by, on=on)


@transaction.atomic
def record_place(
    *,
    referral: Referral,
    version: int,
    child: "Child | None",
    school: "School",
    starts_on: date,
    safeguarding: Safeguarding,
    by: Actor,
    on: date,
    searched: str = "",
    reason: str = "",
) -> Referral:
    """Record the place that a referral tells of: an admission, or a leaver's next school.

    Neither is a case by itself. A leaver's next school has yet to confirm the start; an admission
    whose first day has come is told by the school itself.
    """
    held = _hold(referral, version, "Record the place", by)
    child = whose(held, child, searched, by=by, on=on)
    is_told_by_the_school = held.form == Referral.Form.ADMISSION and starts_on <= on
    enrol(
        child=child,
        school=school,
        starts_on=starts_on,
        is_expected=not is_told_by_the_school,
        source=f"Referral {held.ref}",
        on=on,
        by=by,
    )
    _consider(held, safeguarding, by=by, on=on)
    return _decide(held, Referral.State.RECORDED, RECORDED, reason, by=by, on=on, child=child)


def _hold(referral: Referral, version: int, yours: str, by: Actor) -> Referral:
    """Lock the referral until the decision is made. The second of two deciders finds it changed."""
    held = Referral.objects.select_for_update().get(pk=referral.pk)
    policy.can_triage(by).require()
    policy.can_decide_on_own(by, held).require()
    if held.version != version or held.state not in UNDECIDED:
        raise Stale(
            "this referral",
            [
                ("Decision", held.get_state_display(), yours),
                ("Decided by", str(held.decided_by or "Nobody yet"), str(by)),
                ("Reason", held.decision_reason, ""),
            ],
        )
    return held


def _say_why(reason: str, says: str) -> None:
    if not reason.strip():
        raise Faulty(("reason", says))


def _consider(
    referral: Referral,
    safeguarding: Safeguarding,
    *,
    by: Actor,
    on: date,
    case: Case | None = None,
) -> Consideration:
    if safeguarding.conclusion not in Consideration.Conclusion.values:
        raise Faulty(("conclusion", "Say what you concluded about the child's safety."))
    if not safeguarding.because.strip():
        raise Faulty(("because", "Say in a few words what you looked at and why you conclude so."))
    considered = Consideration.objects.create(
        referral=referral,
        case=case,
        conclusion=safeguarding.conclusion,
        because=safeguarding.because.strip(),
        on=on,
        by_id=by.pk,
    )
    record(
        CONSIDERED,
        by=by,
        subject=referral,
        children=[case.child_id] if case is not None else (),
        ref=referral.ref,
        conclusion=safeguarding.conclusion,
        on=on,
    )
    return considered


def _decide(
    referral: Referral,
    state: str,
    said: Verb,
    reason: str,
    *,
    by: Actor,
    on: date,
    child: "Child | None" = None,
    case: Case | None = None,
    keeps: dict[str, Any] | None = None,
) -> Referral:
    """Write the decision on the referral and on the thinner entries that it completes."""
    changes: dict[str, Any] = {
        "state": state,
        "decided_by_id": by.pk,
        "decided_on": on,
        "decision_reason": reason.strip(),
        "version": F("version") + 1,
    }
    if child is not None:
        changes["child"] = child
    if case is not None:
        changes["case"] = case
    chain = [referral.pk, *_earlier(referral)]
    Referral.objects.filter(pk__in=chain, state__in=UNDECIDED).update(**changes)
    record(
        said,
        by=by,
        subject=referral,
        children=[child.pk] if child is not None else (),
        ref=referral.ref,
        on=on,
        **(keeps or {}),
    )
    return Referral.objects.select_related("case", "child", "school").get(pk=referral.pk)


def _earlier(referral: Referral) -> list[int]:
    found: list[int] = []
    pk = referral.completes_id
    while pk is not None and pk not in found:
        found.append(pk)
        pk = Referral.objects.values_list("completes", flat=True).get(pk=pk)
    return found
