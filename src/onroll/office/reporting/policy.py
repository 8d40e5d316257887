"""Who may run reports, and who keeps the authority's own policies."""

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_run(actor: Actor) -> Decision:
    """Say whether this person may run reports."""
    return because(actor.may("reports.run"), "Your role does not run reports.")


def can_keep_policies(actor: Actor) -> Decision:
    """Say whether this person may write down the authority's policies: whoever keeps its letters,
    its kinds of enquiry and its reasons."""
    return because(
        actor.is_program or actor.may("letters.templates"),
        "Only coordinators, managers and administrators write down the authority’s policies.",
    )
