"""What waits for a second person here: held lists, and joins of two records."""

from datetime import date

from django.urls import reverse

from onroll.office.casework.queries.second_person import ToDecide
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.queries.sources import to_accept
from onroll.office.people.queries import identity
from onroll.office.web.templatetags.onroll import day


def joins_to_answer(actor: Actor) -> int:
    """Count the joins that colleagues ask for and this person may agree to or decline."""
    if not actor.may("identity.decide"):
        return 0
    return sum(row.asked_by_id != actor.pk for row in identity.waiting(by=actor))


def to_decide(actor: Actor, on: date) -> list[ToDecide]:
    """Return what My work tells of lists and joins: no name of a child stands in it."""
    found = []
    for load in to_accept(actor, on) if actor.may("find.load") else ():
        who = load.load.received_by.name if load.load.received_by else "OnRoll"
        says = f"A list of {load.source.name} as at {day(load.as_at)}, sent in by {who}, is held."
        url = reverse("linkage:list", args=[load.pk])
        found.append(ToDecide(says, "Use it or turn it away", url))
    if joins := joins_to_answer(actor):
        what = "1 join of two records waits" if joins == 1 else f"{joins:,} joins of records wait"
        says = f"{what} for somebody other than who asked."
        found.append(ToDecide(says, "Agree or decline", reverse("linkage:waiting")))
    return found
