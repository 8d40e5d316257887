"""Who may send in registers, and what may still be done with a file of them."""

from datetime import date

from onroll.office.attendance.models import RegisterFile
from onroll.office.attendance.policy.seeing import can_load
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because


def can_name_columns(actor: Actor, file: RegisterFile, on: date) -> Decision:
    """May they say what the columns of this file are?"""
    return (
        can_load(actor)
        & because(
            file.load.state in ("waiting", "held"),
            "What its columns are was settled: the file is neither waiting nor checked.",
        )
        & _is_kept(file, on)
    )


def can_apply(actor: Actor, file: RegisterFile, on: date) -> Decision:
    """May they put the marks of this file among those that are kept, without further words?"""
    return _is_ready(actor, file, on) & because(
        not file.held_for, "Something is odd about this file: say why it may be used all the same."
    )


def can_accept(actor: Actor, file: RegisterFile, on: date) -> Decision:
    """May they use this file although something about it is odd?"""
    return _is_ready(actor, file, on) & because(
        bool(file.held_for), "Nothing is odd about this file: apply it."
    )


def can_reject(actor: Actor, file: RegisterFile) -> Decision:
    """May they turn this file away?"""
    return can_load(actor) & because(
        file.load.state in ("waiting", "held"), "This file was decided on before."
    )


def can_check_again(actor: Actor, file: RegisterFile, on: date) -> Decision:
    """May they have this file held against the rolls again?"""
    return (
        can_load(actor)
        & because(file.load.state in ("held", "applied"), "This file has not been checked.")
        & because(
            file.load.state == "held" or file.quarantined > 0,
            "No mark of this file waits for a roll to be put right.",
        )
        & _is_kept(file, on)
    )


def can_take_back(actor: Actor, file: RegisterFile) -> Decision:
    """May they take back what this file changed?"""
    return can_load(actor) & because(
        file.load.state == "applied", "This file has not been applied."
    )


def _is_ready(actor: Actor, file: RegisterFile, on: date) -> Decision:
    told = file.added + file.changed + file.dropped + file.same
    return (
        can_load(actor)
        & because(file.load.state == "held", "This file is not waiting to be applied.")
        & because(
            told > 0,
            "No mark of this file can be used yet. Put right the rolls, then check it again.",
        )
        & _is_kept(file, on)
    )


def _is_kept(file: RegisterFile, on: date) -> Decision:
    has_original = getattr(file, "has_original", None)
    kept = file.load.original is not None if has_original is None else has_original
    until = file.load.keep_until
    return because(
        kept and (until is None or until >= on),
        "The file as received has been destroyed. Send it in again.",
    )
