"""Who may change the organisation, arrange cover and read the journal."""

from datetime import date

from onroll.office.accounts import queries
from onroll.office.accounts.models import RoleAsked, User
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.statute.writing import written


def can_edit(actor: Actor) -> Decision:
    """Whether somebody may change users, teams, posts and the authority's details."""
    return because(
        actor.is_program or actor.may("organisation.edit"),
        "Only an administrator can change users, teams, posts and the authority’s details.",
    )


def can_change_rights(actor: Actor, user: User) -> Decision:
    """Whether somebody may give a person roles or end them: an administrator, never their own."""
    return can_edit(actor) & because(
        actor.pk != user.pk,
        "Nobody changes their own roles or closes their own account: ask another administrator.",
    )


def can_agree(actor: Actor, asked: RoleAsked) -> Decision:
    """Whether somebody may be the second who lets a person read sealed records, or who refuses."""
    return (
        because(
            actor.may("sealed.change") and actor.pk is not None,
            "Only those who keep sealed records let another person read them.",
        )
        & because(actor.pk != asked.asked_by_id, "You asked for this role: somebody else agrees.")
        & because(actor.pk != asked.user_id, "Nobody agrees to a role of their own.")
        & because(asked.is_agreed is None, "This has been answered already.")
    )


def can_keep_readers(actor: Actor) -> Decision:
    """Whether somebody may see who reads sealed records and who is asked to."""
    return because(
        actor.may("sealed.change"), "Only those who keep sealed records see who reads them."
    )


def can_make_links(actor: Actor) -> Decision:
    """Whether somebody makes such links at all: administrators, and those who keep sealed records
    for those who read them."""
    return can_edit(actor) | because(
        actor.may("sealed.change"), "Only an administrator makes a link to choose a password."
    )


def can_link(actor: Actor, user: User) -> Decision:
    """Whether somebody may make the link by which a person chooses a password.

    Whoever has the link can be that person. For those who read sealed records, or are asked to,
    it is made by somebody who keeps them and is not that person: never by an administrator alone.
    """
    if actor.is_program or not queries.reads_sealed(user):
        return can_edit(actor)
    return because(
        actor.may("sealed.change") and actor.pk != user.pk,
        f"{user.name} reads sealed records or is asked to: whoever keeps those makes the link.",
    )


def can_load(actor: Actor) -> Decision:
    """Whether somebody may load posts and people from files, or take a load back."""
    return because(
        actor.is_program or actor.may("imports.apply"),
        "Only people who apply files can load an organisation.",
    )


def can_load_rights(actor: Actor) -> Decision:
    """Whether somebody may load people who sign in, with their roles."""
    return because(actor.is_program, "People with roles are invited, not loaded from files.")


def can_see_posts(actor: Actor) -> Decision:
    """Whether somebody may see posts with the names of those who held them."""
    return because(
        actor.may("reports.run") or actor.may("organisation.edit"),
        "Only people who run reports can see who held which post.",
    )


def can_read_journal(actor: Actor) -> Decision:
    """Whether somebody may read what was done and who looked."""
    return because(
        actor.may("journal.read"),
        "Only managers and information governance officers can read the journal.",
    )


def can_arrange_cover(actor: Actor, absent: int) -> Decision:
    """Whether somebody may say who does an absent person's work: that person, or a manager."""
    return because(
        actor.pk == absent or actor.may("cases.allocate"),
        "You can arrange cover for yourself; a team manager can arrange it for others.",
    )


def can_cover(covering: Actor, on: date) -> Decision:
    """Whether somebody can do an absent person's work: they must do casework themselves."""
    return because(
        covering.may("cases.work"),
        f"{covering.name} holds no role that works on cases on {written(on)}.",
    )
