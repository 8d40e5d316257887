"""Who may do what about a child, each answer with its reason."""

from collections.abc import Sequence

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.office.people.models import JoinAsked, Sealing
from onroll.office.people.models.flags import FlagKind
from onroll.office.people.queries.children import NOT_THE_RECORD


def can_find(actor: Actor) -> Decision:
    """May they look for any child of the area?"""
    return because(
        actor.may("children.find"),
        "Your role does not look for children. Ask your team manager if it should.",
    )


def can_read_record(actor: Actor) -> Decision:
    """May they read the whole record of a child whom they may know of? A school may not."""
    return because(actor.may("children.record"), NOT_THE_RECORD)


def can_edit(actor: Actor) -> Decision:
    """May they add children and record facts about those they know of?"""
    return because(
        actor.may("children.edit"),
        "Your role reads children's records and does not change them.",
    )


def can_read_sealed(actor: Actor) -> Decision:
    """May they read what is sealed of a child, and see which children are sealed?"""
    return because(
        actor.may("sealed.read"), "Only people cleared to read sealed records see this page."
    )


def can_flag(actor: Actor, kind: FlagKind) -> Decision:
    """May they raise, correct or end a flag of this kind?"""
    return can_edit(actor) & because(
        not kind.is_restricted or actor.may("flags.restricted"),
        "Only people who see restricted safeguarding flags may record one.",
    )


def can_break_glass(actor: Actor) -> Decision:
    """May they open a record in an emergency?"""
    return because(
        actor.may("glass.break") and actor.pk is not None,
        "Your role does not open records in an emergency. Ring the duty manager.",
    )


def can_seal(actor: Actor) -> Decision:
    """May they seal a child's whereabouts, and be one of the two who lift a seal?"""
    return because(
        actor.may("sealed.change") and actor.pk is not None,
        "Only those who keep sealed records may seal a child's whereabouts or lift a seal.",
    )


def can_ask_to_lift(actor: Actor, sealing: Sealing) -> Decision:
    """May they be the first of the two who lift a seal?"""
    return can_seal(actor) & because(
        sealing.lift_asked_by_id is None, "Somebody has already asked to lift this seal."
    )


def can_lift(actor: Actor, sealing: Sealing) -> Decision:
    """May they be the second of the two who lift a seal?"""
    return (
        can_seal(actor)
        & because(
            sealing.lift_asked_by_id is not None,
            "A colleague has to ask for the seal to be lifted first.",
        )
        & because(
            sealing.lift_asked_by_id != actor.pk,
            "You asked for this seal to be lifted: somebody else has to lift it.",
        )
    )


def can_load(actor: Actor) -> Decision:
    """May they load many children at once, or take a load back? The program itself may."""
    return because(
        actor.is_program or actor.may("imports.apply"),
        "Only people who apply files can load children.",
    )


def can_decide_identity(actor: Actor) -> Decision:
    """May they say that two records are of one child or of two, and take records apart?

    They must also be able to know of both: a record they may not know is none they can name.
    """
    return because(
        actor.may("identity.decide") and actor.pk is not None,
        "Your role does not say which records are of one child. Tell a CME officer.",
    )


def can_join_alone(actor: Actor, why_two: Sequence[str]) -> Decision:
    """May they join two records without a second person? `why_two` is of `identity.why_two`."""
    return can_decide_identity(actor) & because(
        not why_two, f"Two people must agree that this is one child. {' '.join(why_two)}"
    )


def can_answer_join(actor: Actor, asked: JoinAsked) -> Decision:
    """May they be the second person, who agrees that two records are of one child or declines?"""
    return (
        can_decide_identity(actor)
        & because(not asked.answer, "Somebody has already answered.")
        & because(
            asked.asked_by_id != actor.pk,
            "You asked for these records to be joined: somebody else has to answer.",
        )
    )


def can_withdraw_asking(actor: Actor, asked: JoinAsked) -> Decision:
    """May they take back what they asked?"""
    return (
        can_decide_identity(actor)
        & because(not asked.answer, "Somebody has already answered.")
        & because(asked.asked_by_id == actor.pk, "Only whoever asked can take it back.")
    )


def can_answer_for_keepers(actor: Actor) -> Decision:
    """May they look into what colleagues refer to those who keep sealed records?"""
    return can_decide_identity(actor) & can_read_sealed(actor)
