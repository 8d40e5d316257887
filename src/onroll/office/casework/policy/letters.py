"""Who may write a letter, and whether it may go: asked when it is written and when it is issued."""

from onroll.office.casework import letters
from onroll.office.casework.models import Case, Letter
from onroll.office.casework.policy.cases import can_work
from onroll.office.casework.queries.letters import CONTACT, SAFE, Recipient
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import YES, Decision, because
from onroll.office.people.queries import sealed

UNISSUED = frozenset({Letter.State.DRAFT, Letter.State.HELD})
MEND = "Check it, correct it on the child’s page, and then issue the letter."


def can_write(actor: Actor, case: Case) -> Decision:
    """Say whether this person may write a letter on a case, open or closed."""
    return can_work(actor, case) & _is_cleared(actor, case)


def may_go(actor: Actor, case: Case, recipient: Recipient) -> Decision:
    """Say whether a letter to this recipient may go now: what nobody has checked holds it."""
    decision = _is_cleared(actor, case) & because(
        case.child.died_on is None,
        "The child is recorded as having died. Speak to your manager before anything is sent.",
    )
    return decision & (_carer_may_be_written_to(recipient) if recipient.carer else YES)


def _is_cleared(actor: Actor, case: Case) -> Decision:
    return because(
        actor.may("sealed.read") or not sealed.is_sealed(case.child_id),
        "Only those cleared for it may write about this child.",
    )


def _carer_may_be_written_to(recipient: Recipient) -> Decision:
    name = recipient.name
    refusals = (
        (not recipient.contact, f"{name} is no longer recorded as a carer of the child. Withdraw "
         "the letter, or record who they are on the child’s page."),
        (recipient.contact == CONTACT.NO, f"{name} must not be contacted. If that is no longer "
         "so, your manager can correct it on the child’s page."),
        (recipient.contact != CONTACT.YES, f"Nobody has checked whether {name} may be contacted. "
         f"{MEND}"),
        (not recipient.lines, f"No address is recorded for {name}. Record it on the child’s page "
         "and say whether it is safe."),
        (recipient.safe == SAFE.NO, f"The address of {name} is marked not safe. Do not write "
         "there. Find another way to reach them."),
        (recipient.safe != SAFE.YES, f"Nobody has checked whether the address of {name} is safe to "
         f"write to. {MEND}"),
    )  # fmt: skip
    return next((Decision(says) for holds, says in refusals if holds), YES)


def can_change(actor: Actor, letter: Letter) -> Decision:
    """Say whether this person may change the words of a letter."""
    return can_write(actor, letter.case) & because(
        letter.state in UNISSUED, "A letter that was issued or withdrawn stays as it is."
    )


def can_issue(actor: Actor, letter: Letter, recipient: Recipient) -> Decision:
    """Say whether this person may issue a letter now."""
    left = letters.gaps(letter.subject, letter.body)
    return (
        can_change(actor, letter)
        & may_go(actor, letter.case, recipient)
        & because(not left, f"Fill in or take out first: {', '.join(left)}.")
    )


def can_withdraw(actor: Actor, letter: Letter) -> Decision:
    """Say whether this person may withdraw a letter."""
    return can_write(actor, letter.case) & because(
        letter.state != Letter.State.WITHDRAWN, "The letter is withdrawn already."
    )


def can_edit_templates(actor: Actor) -> Decision:
    """Say whether this person may change the templates of letters."""
    return because(
        actor.may("letters.templates"), "Your role does not change the templates of letters."
    )
