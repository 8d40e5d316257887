"""Who may see searches, ask for one and stop it."""

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.office.linkage.models import Run


def can_see(actor: Actor) -> Decision:
    """May they see which searches there were and what came of them, in counts?"""
    return because(
        any(map(actor.may, ("find.load", "find.clear", "find.figures"))),
        "Your role does not search for missing children.",
    )


def can_run(actor: Actor) -> Decision:
    """May they ask for a search?"""
    return because(actor.may("find.load"), "Your role does not run searches of the lists.")


def can_stop(actor: Actor, run: Run) -> Decision:
    """May they stop this search?"""
    return can_run(actor) & because(
        run.is_going and run.stop_asked_at is None, "This search is over or stops already."
    )


def can_do(actor: Actor) -> Decision:
    """May they do the search itself? Only the program, in a process of its own."""
    return because(actor.is_program, "Only the program itself does a search.")


def can_see_yields(actor: Actor) -> Decision:
    """May they see how well the search does?"""
    return because(actor.may("find.figures"), "Your role does not see how well the search does.")
