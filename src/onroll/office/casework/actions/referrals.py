"""The one route in for referrals, whoever tells and however."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from onroll.office.casework.models import Referral
from onroll.office.casework.policy import referrals as policy
from onroll.office.casework.queries import risk
from onroll.office.casework.queries.answers import (
    DEPARTURES,
    ENQUIRIES,
    FORMS,
    SOURCES,
    ReferralAnswers,
    answers_of,
    completeness,
)
from onroll.office.casework.queries.known import certain_match, known_about, told_of_somebody_like
from onroll.office.casework.queries.lateness import days_late
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.kernel.references import new_receipt
from onroll.office.people.queries import sealed_match
from onroll.statute.codes import DELETION_GROUNDS

RECEIVED = verb(
    "referrals.received",
    "received a referral ({route}, {source})",
    "ref", "route", "source", "form", "on", "harm", "completes",
)  # fmt: skip
TAKEN_BACK = verb("referrals.taken_back", "took back {count} referrals of a file", "count")
WITHDRAWN = verb("referrals.withdrawn", "took back a referral of their own, {ref}", "ref")

EARLIEST_BIRTH = date(1990, 1, 1)


class AlreadySent(Refused):
    """This form was sent before with other answers; what was sent first stands."""

    def __init__(self, referral: Referral) -> None:
        super().__init__(
            "This form has already been sent, with different answers. What you sent first has been "
            "received and has not been changed. To tell us more, start a new form."
        )
        self.referral = referral


def receive(
    *,
    answers: ReferralAnswers,
    submission: UUID,
    route: str,
    by: Actor,
    on: date,
    completes: Referral | None = None,
    load_id: int | None = None,
) -> Referral:
    """Record a referral once, scored and sealed where it must be; return it with its receipt.

    The same submission with the same answers gives the same referral, however often and from
    however many connections it comes; with other answers it raises AlreadySent. Show the receipt
    only after the transaction has been committed.
    """
    policy.can_give(by, route).require()
    answers = tidy(answers)
    if earlier := _sent_before(submission, answers):
        return earlier
    if completes is not None:
        policy.can_complete(by, completes).require()
        completes = fullest(completes, by)
    refuse_impossible(answers, on)
    try:
        with transaction.atomic():
            return _receive(answers, submission, route, by, on, completes, load_id)
    except IntegrityError:
        # A twin of this request came first: its referral is the answer to both.
        if earlier := _sent_before(submission, answers):
            return earlier
        raise


def _receive(
    answers: ReferralAnswers,
    submission: UUID,
    route: str,
    by: Actor,
    on: date,
    completes: Referral | None,
    load_id: int | None,
) -> Referral:
    child = certain_match(answers)
    scored = risk.score(
        answers,
        on=on,
        known=known_about(child, on) if child is not None else None,
        earlier=answers_of(completes) if completes is not None else None,
    )
    complete = completeness(answers)
    referral = Referral.objects.create(
        ref=new_receipt(),
        submission=submission,
        digest=answers.digest,
        route=route,
        received_on=on,
        taken_by_id=by.pk,
        told_by_id=_school_of(by, answers.school_id),
        is_sealed=_is_of_a_sealed_child(answers) or (completes is not None and completes.is_sealed),
        completeness=complete.percent,
        missing=list(complete.missing),
        days_late=days_late(answers, received_on=on),
        risk_score=scored.points,
        risk_working=scored.as_stored,
        risk_rule=scored.rule,
        completes=completes,
        load_id=load_id,
        **answers.columns,
    )
    if referral.is_sealed:
        Referral.objects.filter(pk__in=line_of(referral)).update(is_sealed=True)
    record(
        RECEIVED,
        by=by,
        subject=referral,
        ref=referral.ref,
        route=route,
        source=answers.source,
        form=answers.form,
        on=on,
        harm=risk.is_urgent(referral),
        completes=completes.ref if completes is not None else None,
    )
    return referral


def _sent_before(submission: UUID, answers: ReferralAnswers) -> Referral | None:
    referral = Referral.objects.filter(submission=submission).first()
    if referral is not None and referral.digest != answers.digest:
        raise AlreadySent(referral)
    return referral


def _school_of(by: Actor, named: int | None) -> int | None:
    """Return for which school somebody tells: of several of theirs, the one that they name."""
    if named in by.schools:
        return named
    return min(by.schools, default=None)


def fullest(referral: Referral, by: Actor) -> Referral:
    """Return the last of the entries beside this one that this person may complete.

    What they may not read stays listed beside theirs: it is neither hidden nor decided with it.
    """
    beside = Referral.objects.as_given_to(by).filter(completes=referral).order_by("pk")
    later = next((entry for entry in beside if policy.can_complete(by, entry)), None)
    return referral if later is None else fullest(later, by)


def line_of(referral: Referral) -> list[int]:
    """Return every entry that stands beside one, earlier or later, and that one."""
    found, new = set[int](), {referral.pk}
    while new:
        found |= new
        rows = Referral.objects.filter(Q(pk__in=new) | Q(completes__in=new))
        beside = {pk for pair in rows.values_list("pk", "completes") for pk in pair if pk}
        new = beside - found
    return sorted(found)


def take_back(*, referrals: list[Referral], by: Actor) -> int:
    """Take back the referrals of a file, while nobody has worked on any of them."""
    policy.can_take_back(by).require()
    pks = [referral.pk for referral in referrals]
    with transaction.atomic():
        held = list(Referral.objects.select_for_update().filter(pk__in=pks))
        touched = [r for r in held if not policy.is_untouched(r)]
        if touched:
            raise Refused(
                f"{len(touched)} of the {len(held)} referrals have been worked on since, such as "
                f"{touched[0].ref}. They cannot be taken back: decide on them in triage."
            )
        Referral.objects.filter(pk__in=pks).delete()
        record(TAKEN_BACK, by=by, count=len(held))
    return len(held)


def withdraw(*, referral: Referral, by: Actor) -> None:
    """Take back a referral that was a mistake, by whoever made it, while nobody has worked on it.

    Whatever points to it must let go of it first: the referral goes, the journal keeps its receipt.
    """
    with transaction.atomic():
        held = Referral.objects.select_for_update().filter(pk=referral.pk).first()
        if held is None:
            raise Stale("this referral")
        policy.can_withdraw(by, held).require()
        held.delete()
        record(WITHDRAWN, by=by, ref=referral.ref)


def follow_sealing(child: int, is_sealed: bool) -> None:
    """Make the referrals of a child as sealed as the child is; called within that act.

    Sealing also hides what was told of the child and never joined to anybody. Lifting leaves such
    a referral sealed: whom it is about has not been decided.
    """
    Referral.objects.filter(Q(child=child) | Q(case__child=child)).update(is_sealed=is_sealed)
    if not is_sealed:
        return
    for referral in told_of_somebody_like(child):
        if _is_of_a_sealed_child(referral):
            Referral.objects.filter(pk__in=line_of(referral)).update(is_sealed=True)


def seal_with(referrals: Iterable[int]) -> None:
    """Seal referrals that were made of somebody whom another package hides as a sealed child now.

    Called within that act.
    """
    for referral in Referral.objects.filter(pk__in=list(referrals), is_sealed=False):
        Referral.objects.filter(pk__in=line_of(referral)).update(is_sealed=True)


def _is_of_a_sealed_child(told: Referral | ReferralAnswers) -> bool:
    return sealed_match(
        given_names=told.given_names,
        family_name=told.family_name,
        born_on=told.born_on,
        upn=told.upn,
        postcode=told.postcode,
    )


def tidy(answers: ReferralAnswers) -> ReferralAnswers:
    """Return the answers with spaces trimmed and numbers in capitals, and nothing else changed."""
    trimmed: dict[str, Any] = {
        name: " ".join(value.split()) if name not in _PARAGRAPHS else value.strip()
        for name, value in answers.columns.items()
        if isinstance(value, str)
    }
    trimmed["upn"] = re.sub(r"\s", "", answers.upn).upper()
    postcode = re.sub(r"\s", "", answers.postcode).upper()
    trimmed["postcode"] = f"{postcode[:-3]} {postcode[-3:]}" if len(postcode) > 4 else postcode
    return replace(
        answers,
        **trimmed,
        carers=tuple(person for person in answers.carers if person.name.strip()),
        factors=tuple(sorted(set(answers.factors))),
    )


_PARAGRAPHS = frozenset(
    {"address", "reason", "concerns", "enquiries_detail", "harm_detail", "destination"}
)


def refuse_impossible(answers: ReferralAnswers, on: date) -> None:
    """Raise Faulty for what cannot be so. A thin referral is taken, an impossible one is not.

    A number or date that is only doubtful is taken as told: the officer sees that it is doubtful.
    """
    faults = []
    if not answers.identifies_a_child:
        faults.append(
            ("family_name", "Tell us one thing by which we can find the child: a name, where the "
             "child lives, or the school.")
        )  # fmt: skip
    born_on = answers.born_on
    if born_on is not None and not EARLIEST_BIRTH <= born_on <= on:
        faults.append(("born_on", "The date of birth must be in the past, and that of a child."))
    for name, words in _PAST_DAYS.items():
        day = getattr(answers, name)
        if day is not None and day > on:
            faults.append((name, f"{words} must be today or in the past."))
        elif day is not None and born_on is not None and day < born_on:
            faults.append((name, f"{words} is before the child was born."))
    for name, known in _CODES.items():
        value = getattr(answers, name)
        if value and value not in known:
            faults.append((name, f"“{value}” is not one of the answers that are known here."))
    if strange := {told.enquiry for told in answers.enquiries_made} - ENQUIRIES.keys():
        faults.append(("enquiries_made", f"“{min(strange)}” is not an enquiry known here."))
    if strange := set(answers.factors) - {factor.key for factor in risk.factors_on(on)}:
        faults.append(("factors", f"“{min(strange)}” is not a risk factor known here."))
    if faults:
        raise Faulty(*faults)


_PAST_DAYS = {
    "last_attended_on": "The last day of attendance",
    "aware_on": "The day on which you became aware",
    "child_seen_on": "The day on which the child was last seen",
}
_CODES = {
    "source": SOURCES,
    "form": FORMS,
    "departure": DEPARTURES,
    "sex": frozenset({"F", "M", "U"}),
    "on_roll_now": frozenset({"yes", "no", "unknown"}),
    "deletion_ground": frozenset(code.key for code in DELETION_GROUNDS),
}
