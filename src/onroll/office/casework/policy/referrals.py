"""Who may give a referral, decide on one, and see who made it."""

from onroll.office.casework.models import Referral, RiskFactor
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.casework.queries.risk import HARM
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import YES, Decision, because

OPEN_TO_ANYBODY = frozenset({Referral.Route.PUBLIC, Referral.Route.PROFESSIONAL})


def can_give(actor: Actor, route: str) -> Decision:
    """May they make a referral by this route? The public and professionals' forms ask nobody."""
    if route in OPEN_TO_ANYBODY:
        return YES
    if route == Referral.Route.PROGRAM:
        return because(actor.is_program, "Only the program itself makes such a referral.")
    applies_files = route == Referral.Route.FILE and actor.may("imports.apply")
    return because(
        actor.may("referrals.take") or applies_files, "Your role does not take referrals."
    )


def can_record(actor: Actor) -> Decision:
    """May they type up a referral that somebody made?"""
    return can_give(actor, Referral.Route.STAFF)


def can_take_back(actor: Actor) -> Decision:
    """May they take back the referrals of a file? The program itself may."""
    return because(
        actor.is_program or actor.may("imports.apply"),
        "Only people who apply files can take referrals back.",
    )


def can_withdraw(actor: Actor, referral: Referral) -> Decision:
    """May they take back a referral of their own, made by mistake?"""
    made_it = referral.taken_by_id is not None and referral.taken_by_id in actor.stands_for
    return (
        can_give(actor, Referral.Route.STAFF)
        & because(made_it, "Whoever made the referral can take it back. Others decide in triage.")
        & is_untouched(referral)
    )


def is_untouched(referral: Referral) -> Decision:
    """Has nobody worked on it since it was made?"""
    return because(
        referral.state == Referral.State.NEW
        and referral.version == 1
        and not referral.completed_by.exists(),
        "The referral has been worked on: it is decided in triage and cannot be taken back.",
    )


def can_triage(actor: Actor) -> Decision:
    """May they decide on referrals?"""
    return because(actor.may("referrals.triage"), "Your role does not decide on referrals.")


def can_decide(actor: Actor, referral: Referral) -> Decision:
    """May they decide on this one now?"""
    return (
        can_triage(actor)
        & because(
            referral.state in UNDECIDED,
            f"This referral has been decided: {referral.get_state_display().lower()}.",
        )
        & can_decide_on_own(actor, referral)
    )


def can_decide_on_own(actor: Actor, referral: Referral) -> Decision:
    """May they decide, as far as it matters whether they told of it themselves?"""
    return because(
        not Referral.objects.filter(pk=referral.pk).of_their_own(actor).exists(),
        "You told of this yourself: somebody else decides on it.",
    )


def can_see_factors(actor: Actor) -> Decision:
    """May they see the table by which referrals are scored?"""
    return because(
        actor.may("referrals.triage"),
        "Only those who decide on referrals see what a risk factor weighs.",
    )


def can_change_factors(actor: Actor) -> Decision:
    """May they change what risk factors weigh?

    It decides whom an officer looks at first: the judgement of those who give out the work and
    see restricted flags, not the administration of a code table.
    """
    return because(
        actor.may("cases.allocate") and actor.may("flags.restricted"),
        "Only a coordinator or team manager can change what a risk factor weighs.",
    )


def can_retire_factor(actor: Actor, factor: RiskFactor) -> Decision:
    """May they take a factor out of the score?"""
    return can_change_factors(actor) & because(
        factor.key != HARM,
        "Significant harm always stands first: it can be weighed otherwise, not taken out.",
    )


def can_complete(actor: Actor, referral: Referral) -> Decision:
    """May they make a fuller entry beside this one, which then stands for it in triage?"""
    told_it = (
        referral.taken_by_id is not None and referral.taken_by_id in actor.stands_for
    ) or referral.told_by_id in actor.schools
    return (
        can_give(actor, Referral.Route.STAFF)
        & because(
            told_it or actor.may("referrals.triage"),
            "Whoever told of this completes it, or those who decide on referrals. Record what you "
            "know as a referral of your own.",
        )
        & because(
            referral.state in UNDECIDED,
            "This referral has been decided. Write what you have learnt on the case.",
        )
    )


def can_see_referrer(actor: Actor, referral: Referral) -> Decision:
    """May they see who made this referral, where the referrer asked us not to say?"""
    took_it = referral.taken_by_id is not None and referral.taken_by_id == actor.pk
    return because(
        not referral.withhold_referrer or actor.may("referrals.referrer") or took_it,
        "They asked us not to say who they are.",
    )
