"""Who may load and take back many cases at once."""

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_rebuild(actor: Actor) -> Decision:
    """May they work out what is due on every case anew? The program itself does, by night."""
    return because(actor.is_program, "Only the program itself works out every clock anew.")


def can_load(actor: Actor) -> Decision:
    """May they load cases from a file or a former system? The program itself may."""
    return because(
        actor.is_program or actor.may("imports.apply"),
        "Only people who apply files can load cases.",
    )
