"""Who may see what the registers say."""

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_see(actor: Actor) -> Decision:
    """May they see attendance by school and group, in figures?"""
    return because(actor.may("attendance.see"), "Your role does not see attendance.")


def can_list(actor: Actor) -> Decision:
    """May they see which pupils are absent, by name, as far as they may know each of them?"""
    return can_see(actor) & because(
        actor.may("children.record"),
        "Your role counts pupils and lists none by name.",
    )


def can_export(actor: Actor) -> Decision:
    """May they take lists of pupils away as a file?"""
    return can_list(actor) & because(
        actor.may("exports.children"),
        "Your role takes no lists of children away. Ask your team manager for the file.",
    )


def can_load(actor: Actor) -> Decision:
    """May they send in registers and take them back?"""
    return because(actor.may("attendance.load"), "Your role does not send in registers.")
