"""What the authority decides for itself, from a day on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from onroll.office.accounts import policy
from onroll.office.accounts.models import LocalRules
from onroll.office.accounts.queries.rules import (
    NOT_LAW_YET,
    Proposed,
    faults_of,
    pack_of,
    pack_title,
)
from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale

CHOSEN = verb(
    "accounts.rules_chosen",
    "chose the local rules from {starts_on} on: pack {pack}, not {pack_before}; not seen for "
    "{seen_within} days, not {seen_within_before}; no action for {quiet_after} days, not "
    "{quiet_after_before}",
    "starts_on", "pack", "pack_before", "seen_within", "seen_within_before", "quiet_after",
    "quiet_after_before",
)  # fmt: skip

Follower = Callable[[Actor, date], None]
_followers: list[Follower] = []


def when_pack_changes(follower: Follower) -> None:
    """Register what a package above works out anew in the same transaction: `follower(by, on)`."""
    if follower not in _followers:
        _followers.append(follower)


@transaction.atomic
def choose_rules(
    *,
    pack: str,
    seen_within: int,
    quiet_after: int,
    starts_on: date,
    by: Actor,
    on: date,
    source: str = "",
    instead_of: int | None = None,
) -> LocalRules:
    """Choose the pack and the limits from a day on; what held before ends the day before.

    A second choice for the same day takes the first one's place; both stay in the record.
    `instead_of` is the key of the rules that somebody saw when they chose, 0 where there were
    none: Stale is raised where they have changed since.
    """
    policy.can_edit(by).require()
    believed = LocalRules.objects.as_known()
    last: LocalRules | None = believed.select_for_update().order_by("-starts_on").first()
    before = last or LocalRules()
    if instead_of is not None and instead_of != (before.pk or 0):
        raise Stale("the local rules", _compared(before, pack, seen_within, quiet_after))
    if faults := faults_of(Proposed(pack, seen_within, quiet_after, starts_on), on, before):
        raise Faulty(*faults)
    chosen = pack_of(pack)
    if chosen is not None and not chosen.is_in_force:
        raise Faulty(("pack", f"{chosen.title} is {NOT_LAW_YET}"))
    values: dict[str, Any] = {"pack": pack, "seen_within": seen_within, "quiet_after": quiet_after}
    if last is not None and starts_on == last.starts_on:
        made = facts.supersede(last, by=by, source=source, **values)
        assert made is not None
    else:
        if last is not None:
            facts.end(last, on=starts_on - timedelta(days=1), by=by)
        made = facts.state(LocalRules, by=by, starts_on=starts_on, source=source, **values)
    record(
        CHOSEN,
        by=by,
        subject=made,
        starts_on=starts_on,
        **values,
        **{f"{name}_before": getattr(before, name) for name in values},
    )
    if pack != before.pack:
        for follower in _followers:
            follower(by, on)
    return made


def _compared(
    now: LocalRules, pack: str, seen_within: int, quiet_after: int
) -> list[tuple[str, str, str]]:
    """Return the rules that a colleague has chosen meanwhile beside those that were to be."""
    return [
        ("Policy pack", pack_title(now.pack), pack_title(pack)),
        ("Days until a child is not seen", str(now.seen_within), str(seen_within)),
        ("Days until nothing is done", str(now.quiet_after), str(quiet_after)),
    ]
