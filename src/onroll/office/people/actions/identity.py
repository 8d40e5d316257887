"""Saying that two records are of one child, asking and agreeing, and taking records apart again.

Nothing is moved and nothing is rewritten: a join is one fact, and taking it apart stops believing
that fact. What protects either record protects both from the join on, and stays.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q

from onroll.office.journal.actions import record, verb
from onroll.office.journal.verbs import Verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale, Unknown
from onroll.office.kernel.facts import TransactionNow
from onroll.office.people import policy
from onroll.office.people.actions.changes import facts_changed
from onroll.office.people.actions.sealing import hold_identities, seal_all_of
from onroll.office.people.models import Child, JoinAsked, SameChild, TwoChildren
from onroll.office.people.queries import identity

JOINED = verb("children.joined", "joined {folded} to {kept}: one child", "kept", "folded", "agreed")
APART = verb("children.taken_apart", "took {folded} and {kept} apart again", "kept", "folded")
TWO = verb("children.told_apart", "said that {first} and {second} are two children",
           "first", "second")  # fmt: skip
ASKED = verb("children.join_asked", "asked for {folded} to be joined to {kept}", "kept", "folded")
DECLINED = verb("children.join_declined", "declined to join {folded} to {kept}", "kept", "folded")
TAKEN_BACK = verb(
    "children.join_taken_back", "no longer asks for {folded} to be joined to {kept}",
    "kept", "folded",
)  # fmt: skip
REFERRED = verb("children.referred_to_keepers", "referred it to those who keep sealed records")
LOOKED_INTO = verb("children.keepers_looked", "looked into what was referred to them")

ALREADY = ("other", "These two records are joined already: they are of one child.")
IN_FUTURE = ("starts_on", "The day from which it is one child must be today or in the past.")


@transaction.atomic
def join(
    *, child: Child, other: Child, starts_on: date, why: str, by: Actor, on: date
) -> SameChild:
    """Say that the record `other` is the same child as `child`, which stays in use.

    For one person alone; where `identity.why_two` says why not, it is refused: see `ask_to_join`.
    """
    _checked(child, other, starts_on, why, by=by, on=on)
    policy.can_join_alone(by, identity.why_two(child, other, by=by)).require()
    return _joined(
        child, other, starts_on, why.strip(), said_by=by.pk, agreed_by=None, by=by, on=on
    )


@transaction.atomic
def ask_to_join(
    *, child: Child, other: Child, starts_on: date, why: str, by: Actor, on: date
) -> JoinAsked:
    """Be the first of the two who say that two records are of one child."""
    _checked(child, other, starts_on, why, by=by, on=on)
    if identity.waiting_for(child.pk, other.pk) is not None:
        raise Faulty(("why", "Somebody has asked for these two already: it waits for an answer."))
    asked = JoinAsked.objects.create(
        child=child, other=other, starts_on=starts_on, why=why.strip(), asked_by_id=_person(by)
    )
    _noted(ASKED, asked.child, other, asked, by)
    return asked


def _checked(child: Child, other: Child, starts_on: date, why: str, *, by: Actor, on: date) -> None:
    """Refuse what cannot be; from here on nobody else joins, takes apart, seals or lifts."""
    policy.can_decide_identity(by).require()
    hold_identities()
    _refuse_unknown([child, other], by)
    if identity.head_of(child.pk) == identity.head_of(other.pk):
        raise Faulty(ALREADY)
    if starts_on > on:
        raise Faulty(IN_FUTURE)
    _need("why", why, "Say what shows that this is one child.")


def _refuse_unknown(children: list[Child], by: Actor) -> None:
    wanted = {child.pk for child in children}
    if Child.objects.visible_to(by).filter(pk__in=wanted).count() != len(wanted):
        raise Unknown("There is no such child.")


def _person(by: Actor) -> int:
    assert by.pk is not None  # the policy asked
    return by.pk


def _need(field: str, text: str, says: str) -> None:
    if not text.strip():
        raise Faulty((field, says))


def _joined(
    child: Child,
    other: Child,
    starts_on: date,
    why: str,
    *,
    said_by: int | None,
    agreed_by: int | None,
    by: Actor,
    on: date,
) -> SameChild:
    """Fold the record in use of `other`, with all that is folded into it, into that of `child`."""
    ones, others = identity.records_of(child.pk), identity.records_of(other.pk)
    every = sorted({*ones, *others})
    # Whoever seals one of them waits here, and then finds all of them.
    records = Child.objects.select_for_update().filter(pk__in=every).order_by("pk").in_bulk()
    kept, folded = records[ones[0]], records[others[0]]
    for answer in TwoChildren.objects.as_known().filter(
        Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones)
    ):
        facts.supersede(answer, by=by, replace=False)
    for row in SameChild.objects.as_known().filter(child=folded):
        facts.supersede(row, by=by, child_id=kept.pk)
    same = facts.state(
        SameChild,
        by=by,
        child=kept,
        other=folded,
        beside=kept,
        starts_on=starts_on,
        why=why,
        said_by_id=said_by,
        agreed_by_id=agreed_by,
    )
    seal_all_of(kept, by=by, on=on)
    record(
        JOINED, by=by, subject=same, children=every, kept=kept.ref, folded=folded.ref,
        agreed=agreed_by is not None,
    )  # fmt: skip
    facts_changed(every)
    return same


@transaction.atomic
def agree_to_join(*, asked: JoinAsked, by: Actor, on: date) -> SameChild:
    """Be the second of the two, who joins the records."""
    asked, other = _answering(asked, by)
    policy.can_answer_join(by, asked).require()
    if identity.head_of(asked.child_id) == identity.head_of(other.pk):
        raise Faulty(ALREADY)
    same = _joined(
        asked.child, other, asked.starts_on, asked.why,
        said_by=asked.asked_by_id, agreed_by=by.pk, by=by, on=on,
    )  # fmt: skip
    _answered(asked, JoinAsked.Answer.AGREED, by)
    return same


@transaction.atomic
def decline_to_join(*, asked: JoinAsked, why: str, by: Actor) -> None:
    """Be the second of the two, who does not agree. The records stay as they are."""
    asked, other = _answering(asked, by)
    policy.can_answer_join(by, asked).require()
    _need("why", why, "Say why you do not agree, for whoever asked.")
    _answered(asked, JoinAsked.Answer.DECLINED, by, why)
    _noted(DECLINED, asked.child, other, asked, by)


@transaction.atomic
def withdraw_asking(*, asked: JoinAsked, by: Actor) -> None:
    """Take back what was asked, before anybody has answered."""
    asked, other = _answering(asked, by)
    policy.can_withdraw_asking(by, asked).require()
    _answered(asked, JoinAsked.Answer.WITHDRAWN, by)
    _noted(TAKEN_BACK, asked.child, other, asked, by)


def _answering(asked: JoinAsked, by: Actor) -> tuple[JoinAsked, Child]:
    """Return the question as it stands now, with the other record; nobody else answers it."""
    policy.can_decide_identity(by).require()
    hold_identities()
    found = JoinAsked.objects.select_for_update(of=("self",)).select_related("child", "other")
    asked = found.get(pk=asked.pk)
    if asked.other is None:
        raise Unknown("Nothing is asked here, or it is answered.")
    _refuse_unknown([asked.child, asked.other], by)
    return asked, asked.other


def _answered(asked: JoinAsked, answer: str, by: Actor, why: str = "") -> None:
    claimed = JoinAsked.objects.filter(pk=asked.pk, answer="").update(
        answer=answer, answered_by=by.pk, answered_at=TransactionNow(), answer_why=why.strip()
    )
    if not claimed:
        raise Stale("what was asked")


def _noted(what: Verb, kept: Child, folded: Child, about: JoinAsked, by: Actor) -> None:
    record(
        what, by=by, subject=about, children=[kept.pk, folded.pk], kept=kept.ref, folded=folded.ref
    )


@transaction.atomic
def tell_apart(*, child: Child, other: Child, why: str, by: Actor, on: date) -> TwoChildren:
    """Say that two records are of two children: the pair is not offered again.

    Said of two that were taken apart, it takes them off the list too.
    """
    policy.can_decide_identity(by).require()
    hold_identities()
    _refuse_unknown([child, other], by)
    if identity.head_of(child.pk) == identity.head_of(other.pk):
        raise Faulty(("why", "These two records are joined: take them apart instead."))
    _need("why", why, "Say what shows that these are two children.")
    return _told_apart(child, other, why, by, on)


def _told_apart(child: Child, other: Child, why: str, by: Actor, on: date) -> TwoChildren:
    first, second = sorted((child, other), key=lambda one: one.pk)
    answers = TwoChildren.objects.as_known().filter(first=first, second=second)
    before: TwoChildren | None = answers.first()
    if before is not None and not identity.is_taken_apart(before):
        return before
    if before is not None:
        facts.supersede(before, by=by, replace=False)
    said = facts.state(
        TwoChildren, by=by, first=first, second=second, why=why.strip(), starts_on=on
    )
    record(
        TWO, by=by, subject=said, children=[first.pk, second.pk], first=first.ref,
        second=second.ref,
    )  # fmt: skip
    return said


@transaction.atomic
def take_apart(*, same: SameChild, why: str, by: Actor, on: date) -> None:
    """Stop believing that two records are of one child, and say that they are of two.

    The folded record stands alone again, with whatever had been joined to it. Nothing recorded
    meanwhile is moved: it stays on the record on which it was written. No seal is lifted.
    """
    policy.can_decide_identity(by).require()
    hold_identities()
    now = SameChild.objects.as_known().filter(pk=same.pk).select_related("other", "beside").first()
    if now is None:
        raise Stale("this join")
    rows = list(SameChild.objects.as_known().filter(child=now.child_id).order_by("pk"))
    every = sorted({now.child_id, *(row.other_id for row in rows)})
    _refuse_unknown([now.child, now.other], by)
    _need("why", why, "Say what shows that these are two children.")
    facts.supersede(now, by=by, replace=False)
    theirs = {now.other_id}
    while more := {row.other_id for row in rows if row.beside_id in theirs} - theirs:
        theirs |= more
    for row in rows:
        if row.other_id in theirs - {now.other_id}:
            facts.supersede(row, by=by, child_id=now.other_id)
    record(APART, by=by, subject=now, children=every, kept=now.beside.ref, folded=now.other.ref)
    _told_apart(now.beside, now.other, why, by, on)
    facts_changed(every)


@transaction.atomic
def refer_to_keepers(*, child: Child, why: str, by: Actor, on: date) -> JoinAsked:
    """Ask those who keep sealed records whether this child is one of theirs.

    The same for every record, whether there is such a child or not; nobody else hears the answer.
    """
    policy.can_decide_identity(by).require()
    _refuse_unknown([child], by)
    _need("why", why, "Say why you think that the child is recorded twice.")
    asked = JoinAsked.objects.create(
        child=child, starts_on=on, why=why.strip(), asked_by_id=_person(by)
    )
    record(REFERRED, by=by, subject=asked, children=[child.pk])
    return asked


@transaction.atomic
def looked_into(*, asked: JoinAsked, why: str, by: Actor) -> None:
    """Say, as one who keeps sealed records, that a referred record was compared with them."""
    policy.can_answer_for_keepers(by).require()
    _refuse_unknown([asked.child], by)
    _need("why", why, "Say what you found, for those who keep sealed records.")
    _answered(asked, JoinAsked.Answer.SEEN, by, why)
    record(LOOKED_INTO, by=by, subject=asked, children=[asked.child_id])
