"""Who may load which files, and what may still be done with one."""

from datetime import date, timedelta

from onroll.office.intake import kinds
from onroll.office.intake.kinds import Loader
from onroll.office.intake.models import Load
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because

# The originals are personal data: kept long enough to answer "what did the file say?", no longer.
KEEP_ORIGINALS_FOR = timedelta(days=90)


def can_load(actor: Actor, loader: Loader) -> Decision:
    """May they send in files of this kind, and see what came of them?"""
    return because(
        actor.may(loader.permission), f"Your role does not load files of this kind: {loader.title}."
    )


def can_see(actor: Actor, load: Load) -> Decision:
    """May they see this file and what came of it?"""
    return because(
        Load.objects.visible_to(actor).filter(pk=load.pk).exists(),
        "Only whoever sent this file in may see it.",
    )


def can_apply(actor: Actor, load: Load) -> Decision:
    """May they apply this file now?"""
    loader = kinds.get(load.loader)
    if loader is None:
        return Decision("Files of this kind are no longer taken.")
    return (
        can_load(actor, loader)
        & because(not loader.sent_at, "This is a list: it is used or held where it was sent in.")
        & can_see(actor, load)
        & because(load.state == Load.State.CHECKED, "This file is not waiting to be applied.")
        & because(load.original is not None, "The original is no longer kept: send it in again.")
    )


def can_undo(actor: Actor, load: Load) -> Decision:
    """May they take back what this file made?"""
    loader = kinds.get(load.loader)
    if loader is None:
        return Decision("Files of this kind are no longer taken.")
    return (
        can_load(actor, loader)
        & because(not loader.sent_at, "This is a list: it is taken back where it was sent in.")
        & because(actor.may("imports.apply"), "Your role does not undo files.")
        & because(load.state == Load.State.APPLIED, "This file has not been applied.")
        & Decision(loader.no_undo)
    )


def kept_until(load: Load) -> date:
    """Return the last day on which the original is kept."""
    return load.keep_until or load.received_at.date() + KEEP_ORIGINALS_FOR
