"""Who may answer for whom a search found, and take an answer back."""

from collections.abc import Sequence

from onroll.office.casework.policy.referrals import can_withdraw
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.office.linkage.models import Answer, Candidate

MOST_AT_ONCE = 200


def can_clear(actor: Actor) -> Decision:
    """May they see whom a search found, and answer?

    An answer is a person's: a score never decides alone.
    """
    return because(
        actor.may("find.clear") and actor.pk is not None,
        "Your role does not answer for children whom the search found.",
    )


def can_answer(actor: Actor, candidate: Candidate) -> Decision:
    """May they say of this candidate whether to look into it?"""
    return can_clear(actor) & because(not candidate.is_sealed, "There is nothing to answer here.")


def can_answer_many(actor: Actor, candidates: Sequence[Candidate]) -> Decision:
    """May they answer for so many at once?"""
    return can_clear(actor) & because(
        len(candidates) <= MOST_AT_ONCE, f"Answer for at most {MOST_AT_ONCE} at once."
    )


def can_refer(actor: Actor, candidate: Candidate) -> Decision:
    """May they open a referral for this candidate?"""
    return can_answer(actor, candidate) & because(
        actor.may("referrals.take"), "Your role does not take referrals."
    )


def can_take_back(actor: Actor, answers: Sequence[Answer]) -> Decision:
    """May they take these answers back?"""
    decision = can_clear(actor) & because(
        bool(answers), "These answers have been taken back already."
    )
    for answer in answers:
        decision &= _can_undo(actor, answer)
    return decision


def _can_undo(actor: Actor, answer: Answer) -> Decision:
    """May they take back this one? A referral goes with it, so only while nobody works on it."""
    if answer.referral is not None:
        return can_withdraw(actor, answer.referral)
    return because(
        answer.what == Answer.What.NOT_MISSING,
        "It is with those who keep sealed records and cannot be taken back here.",
    )


def can_export(actor: Actor) -> Decision:
    """May they take a list of candidates away as a file?"""
    return can_clear(actor) & because(
        actor.may("exports.children"), "Your role does not export children's records."
    )


def can_refer_to_keepers(actor: Actor) -> Decision:
    """May they refer somebody who may be a sealed child to those who keep sealed records?"""
    return because(
        actor.may("sealed.read") and actor.pk is not None, "Your role does not read sealed records."
    )
