"""Who may record education otherwise than on a roll, plans and part-time timetables."""

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_record(actor: Actor) -> Decision:
    """May they record how a child is educated? The program itself may."""
    return because(
        actor.is_program or actor.may("children.edit"),
        "Your role does not change a child's education record.",
    )


def can_load(actor: Actor) -> Decision:
    """May they load many at once, or take a load back? The program itself may."""
    return because(
        actor.is_program or actor.may("imports.apply"),
        "Only people who apply files can load records.",
    )


def can_judge(actor: Actor) -> Decision:
    """May they judge whether a child's education is suitable? The program itself may."""
    return because(
        actor.is_program or actor.may("children.edit"),
        "Your role does not judge a child's education.",
    )
