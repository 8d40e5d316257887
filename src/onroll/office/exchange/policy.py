"""Who may bring in a former system's records, and take them back."""

from onroll.office.exchange.models import Migration
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_migrate(actor: Actor) -> Decision:
    """May they bring records in? On the command line whoever may run it may."""
    return because(
        actor.may("imports.apply"), "Only people who apply files can bring in a former system."
    )


def can_undo(actor: Actor, migration: Migration) -> Decision:
    """May they take a migration back?"""
    return because(
        actor.may("imports.apply"), "Only people who apply files can undo a migration."
    ) & because(
        migration.state == Migration.State.APPLIED, "This migration has been undone already."
    )
