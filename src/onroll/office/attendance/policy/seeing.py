"""Who may see what the registers say."""

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_see(actor: Actor) -> Decision:
    """May they see attendance by school and group, in figures?"""
    return because(actor.may("attendance.see"), "Your role does not see attendance.")


def can_load(actor: Actor) -> Decision:
    """May they send in registers and take them back?"""
    return because(actor.may("attendance.load"), "Your role does not send in registers.")
