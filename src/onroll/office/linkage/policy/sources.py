"""Who may keep sources and load lists, and what may still be done with one."""

from datetime import date

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import YES, Decision, because
from onroll.office.linkage.models import PopulationLoad, Source
from onroll.office.linkage.queries import sources as queries


def can_keep(actor: Actor) -> Decision:
    """May they say which lists there are, and load them?"""
    return because(actor.may("find.load"), "Your role does not load lists of the whole population.")


def can_agree_to_share(actor: Actor, source: Source) -> Decision:
    """May they agree to a share that a colleague raised?"""
    return (
        can_keep(actor)
        & because(source.share_before is not None, "Nobody raised the share that may change.")
        & because(
            actor.pk is not None and source.share_raised_by_id != actor.pk,
            "You raised the share that may change. A colleague who loads lists must agree to it.",
        )
    )


def can_change_share(source: Source) -> Decision:
    """May anybody change the share now?"""
    return because(
        not queries.has_held(source),
        "A list of this source is held by this share. Accept it or turn it away, then change it.",
    )


def can_change_kind(actor: Actor, source: Source, on: date) -> Decision:
    """May they say now that the list is of another kind, or shows something else?

    What a list was taken for when it came is what it goes on being; and whoever had one turned
    away does not send it in again under another name alone.
    """
    stands = queries.last_accepted(source)
    is_in_use = stands is not None and queries.is_kept(stands, on)
    return because(
        not queries.has_open(source) and not is_in_use,
        "A list of this source waits, is held or is in use as what it was sent in for. Accept it "
        "or turn it away, and take back or destroy the one in use; or add another source.",
    ) & because(
        actor.pk not in queries.turned_away_by(source),
        "You sent in or turned away the last list of this source. A colleague must say that it is "
        "of another kind; or add another source.",
    )


def can_send(actor: Actor, source: Source, on: date) -> Decision:
    """May they send in a list of this source now?"""
    ended = source.agreement_ends_on
    says = f"{ended.day} {ended:%B %Y}" if ended else ""
    return (
        can_keep(actor)
        & because(
            source.retired_at is None, "This source is retired. Restore it to load a list again."
        )
        & because(
            ended is None or ended >= on,
            f"The agreement by which {source.supplier} supplies this list ended on {says}. Agree "
            "it again, then change the source and enter the day on which the new agreement ends.",
        )
    )


def can_name_columns(actor: Actor, load: PopulationLoad, on: date) -> Decision:
    """May they say, or say again, what the columns of this list are?"""
    return (
        can_keep(actor)
        & because(
            load.load.state in ("waiting", "held"), "This list is no longer waiting to be read."
        )
        & _is_kept(load, on)
    )


def can_accept(actor: Actor, load: PopulationLoad, on: date) -> Decision:
    """May they let this list be used although something about it is odd?

    Two people look at a list that changes more than twice what its source allows, or that has
    nothing to be compared with because all before it was taken back: whoever sent the wrong file
    is the last to see that it is wrong.
    """
    is_other = load.load.received_by_id != actor.pk
    return (
        can_keep(actor)
        & because(load.load.state == "held", "This list is not held.")
        & _is_kept(load, on)
        & because(
            is_other or not load.needs_a_second_person,
            "You sent this list in, and what is odd about it needs a second person. A colleague "
            "who loads lists must accept it.",
        )
    )


def can_reject(actor: Actor, load: PopulationLoad) -> Decision:
    """May they turn this list away?"""
    return can_keep(actor) & because(
        load.load.state in ("waiting", "held"), "This list is neither waiting nor held."
    )


def can_undo(actor: Actor, load: PopulationLoad) -> Decision:
    """May they take this list back?"""
    latest = queries.last_accepted(load.source)
    return (
        can_keep(actor)
        & because(load.load.state == "applied", "This list is not in use.")
        & because(
            latest is not None and latest.pk == load.pk,
            "A later list of this source has been accepted. Take that one back first.",
        )
    )


def can_destroy(actor: Actor, load: PopulationLoad, on: date) -> Decision:
    """May they destroy the list as received before its window has passed?"""
    return (
        can_keep(actor)
        & because(load.load.state == "applied", "Only a list in use is kept to be destroyed.")
        & _is_kept(load, on)
    )


def _is_kept(load: PopulationLoad, on: date) -> Decision:
    if queries.is_kept(load, on):
        return YES
    return Decision("The list as received has been destroyed. Send it in again.")
