"""Who may read safeguarding concerns, supervise and audit."""

from onroll.office.casework.models import Case
from onroll.office.casework.policy.cases import can_work
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_read_concerns(actor: Actor) -> Decision:
    """Say whether this person may read safeguarding concerns."""
    return because(
        actor.is_program or actor.may("concerns.read"),
        "Safeguarding concerns are restricted to those who need them.",
    )


def can_raise(actor: Actor, case: Case) -> Decision:
    """Say whether this person may raise a concern: anybody who works on the case may."""
    return can_work(actor, case)


def can_escalate(actor: Actor, case: Case) -> Decision:
    """Say whether this person may escalate a concern and record its result."""
    return can_read_concerns(actor) & can_work(actor, case)


def can_supervise(actor: Actor) -> Decision:
    """Say whether this person may record supervision and audits."""
    return because(
        actor.is_program or actor.may("oversight.write"),
        "Only managers record supervision and audits.",
    )


def can_read_supervision(actor: Actor, case: Case) -> Decision:
    """Say whether this person may read supervision notes: managers and the key worker."""
    return because(
        actor.may("oversight.write") or case.owner_id in actor.stands_for,
        "Supervision is between the key worker and their manager.",
    )
