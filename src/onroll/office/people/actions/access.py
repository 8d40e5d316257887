"""Who may know of a child, and why: written by whoever makes the reason, ended when it ends."""

from datetime import date, timedelta

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.facts import Today, TransactionNow
from onroll.office.kernel.references import tidy_reference
from onroll.office.people import policy
from onroll.office.people.models import Access, Child
from onroll.office.people.queries.sealed import is_sealed

GRANTED = verb(
    "children.access_granted",
    "let a {holder_kind} know of the child: {because}",
    "holder_kind",
    "holder",
    "because",
)
ENDED = verb("children.access_ended", "ended access because of {because}", "because", "count")
BROKE_GLASS = verb(
    "children.glass_broken",
    "opened the record in an emergency, for {minutes} minutes; the reason is with the access",
    "minutes",
)
MINUTES = 60
LEAST_REASON = 10


@transaction.atomic
def grant_access(
    *,
    child: Child | int,
    holder_kind: str,
    holder: int,
    because: str,
    subject: str,
    by: Actor,
    on: date,
) -> Access:
    """Let a person, team or school know of a child from a day on. Granting twice is one grant.

    The action that makes the reason (an enrolment, a case) calls it and has decided.
    """
    pk = child if isinstance(child, int) else child.pk
    standing: Access | None = (
        Access.objects.as_known()
        .filter(
            child=pk,
            holder_kind=holder_kind,
            holder=holder,
            because=because,
            subject=subject,
            ends_on__isnull=True,
        )
        .first()
    )
    if standing is not None and standing.starts_on <= on:
        return standing
    if standing is not None:
        facts.supersede(standing, by=by, replace=False)
    granted = facts.state(
        Access,
        by=by,
        child_id=pk,
        holder_kind=holder_kind,
        holder=holder,
        because=because,
        subject=subject,
        starts_on=on,
    )
    record(
        GRANTED,
        by=by,
        subject=granted,
        children=[pk],
        holder_kind=holder_kind,
        # Which school may know of a child says where the child is, once the child is sealed.
        **({} if holder_kind == Access.Holder.SCHOOL else {"holder": holder}),
        because=because,
    )
    return granted


@transaction.atomic
def end_access(
    *,
    subject: str,
    by: Actor,
    on: date,
    holder_kind: str | None = None,
    holder: int | None = None,
) -> int:
    """End every grant that one thing gave, that day being the last; return how many ended.

    With a holder, only that one's: a case that changes hands keeps the other grants.
    """
    held = Access.objects.as_known().filter(subject=subject, ends_on__isnull=True)
    if holder_kind is not None:
        held = held.filter(holder_kind=holder_kind, holder=holder)
    ended = list(held.order_by("pk"))
    for access in ended:
        if access.starts_on > on:
            facts.supersede(access, by=by, replace=False)
        else:
            facts.end(access, on=on, by=by)
        record(
            ENDED,
            by=by,
            subject=access,
            children=[access.child_id],
            because=access.because,
            count=len(ended),
        )
    return len(ended)


@transaction.atomic
def break_glass(*, child_ref: str, reason: str, by: Actor) -> Child:
    """Open a record in an emergency, for an hour, with a reason that others will read.

    A sealed child's record is not opened so: for everybody who is not cleared there is none.
    """
    policy.can_break_glass(by).require()
    if len(reason.strip()) < LEAST_REASON:
        raise Faulty(("reason", "Say why you need the record now, in a sentence."))
    child = Child.objects.filter(ref=tidy_reference(child_ref), erased_at__isnull=True).first()
    if child is None or (is_sealed(child.pk) and not by.may("sealed.read")):
        raise Unknown("There is no such child.")
    access = facts.state(
        Access,
        by=by,
        child=child,
        holder_kind=Access.Holder.PERSON,
        holder=by.pk,
        because=Access.Because.BREAK_GLASS,
        reason=reason.strip(),
        starts_on=Today(),
        expires_at=TransactionNow() + timedelta(minutes=MINUTES),
    )
    record(BROKE_GLASS, by=by, subject=access, children=[child.pk], minutes=MINUTES)
    return child
