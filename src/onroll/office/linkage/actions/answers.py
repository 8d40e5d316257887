"""What people say of whom a search found: not missing because, look into it, and taken back."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from onroll.matching.causes import CAUSES
from onroll.office.casework.actions import referrals
from onroll.office.casework.queries.answers import Form, ReferralAnswers, Route, Source
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.kernel.facts import TransactionNow
from onroll.office.linkage.actions.candidates import may_be_sealed
from onroll.office.linkage.models import Answer, Candidate
from onroll.office.linkage.policy import candidates as policy
from onroll.office.linkage.queries.candidates import (
    Evidence,
    address_of,
    lines_of,
    name_of,
    unpacked,
)
from onroll.office.linkage.queries.candidates_names import ordinary
from onroll.office.linkage.queries.candidates_sides import in_words
from onroll.office.web.templatetags.onroll import day

NOT_MISSING = verb(
    "linkage.not_missing", "answered that {count} children whom the search found are not missing: "
    "{reason}",
    "count", "reason", "refs", "batch",
)  # fmt: skip
REFERRED = verb(
    "linkage.referred", "opened a referral for {ref}, whom the search found", "ref", "referral"
)
TAKEN_BACK = verb(
    "linkage.answers_taken_back", "took back {count} answers ({reason})",
    "count", "reason", "batch",
)  # fmt: skip
TO_KEEPERS = verb(
    "linkage.referred_to_keepers", "referred somebody to those who keep sealed records", "ref"
)

What, Reason = Answer.What, Answer.Reason
MOST_WORDS = 1_000


def not_missing(
    *, candidates: Sequence[Candidate], reason: str, note: str, by: Actor, on: date
) -> uuid.UUID:
    """Record why these are not missing education; return by what they are taken back together.

    Raises Stale, and records nothing, where a colleague has answered for one of them meanwhile.
    """
    policy.can_answer_many(by, candidates).require()
    for one in candidates:
        policy.can_answer(by, one).require()
    note = note.strip()
    _refuse_reason(candidates, reason, note)
    batch = uuid.uuid4()
    with transaction.atomic():
        _claim(candidates)
        Answer.objects.bulk_create(
            [
                Answer(
                    candidate=one, what=What.NOT_MISSING, reason=reason, note=note,
                    answered_on=on, batch=batch, recorded_by_id=_person(by),
                )
                for one in candidates
            ]
        )  # fmt: skip
        record(
            NOT_MISSING, by=by, count=len(candidates), reason=reason,
            refs=[one.ref for one in candidates], batch=str(batch),
            children=[one.child_id for one in candidates if one.child_id],
        )  # fmt: skip
    return batch


def look_into(*, candidate: Candidate, why: str, by: Actor, on: date) -> Answer:
    """Open a referral for somebody whom the search found, by the one route.

    Once: a colleague who asks for the same at the same moment gets the referral that was made.
    """
    policy.can_refer(by, candidate).require()
    try:
        with transaction.atomic():
            _claim([candidate])
            told = _as_told(candidate, why.strip(), by, on)
            referral = referrals.receive(
                answers=told,
                submission=uuid.uuid5(uuid.NAMESPACE_URL, f"linkage.candidate:{candidate.pk}"),
                route=Route.STAFF,
                by=by,
                on=on,
            )
            answer = Answer.objects.create(
                candidate=candidate, what=What.LOOK_INTO, answered_on=on, batch=uuid.uuid4(),
                referral=referral, recorded_by_id=_person(by),
            )  # fmt: skip
            record(REFERRED, by=by, subject=candidate, ref=candidate.ref, referral=referral.ref)
    except Stale:
        first = _stands(candidate)
        if first is None or first.what != What.LOOK_INTO:
            raise
        return first
    return answer


def take_back(*, answers: Sequence[Answer], by: Actor, on: date) -> int:
    """Take answers back, with the referral that one made: those they were about wait again."""
    policy.can_take_back(by, answers).require()
    with transaction.atomic():
        pks = [answer.pk for answer in answers]
        held = Answer.objects.as_known().select_for_update(of=("self",)).filter(pk__in=pks)
        taken = list(held.select_related("referral"))
        if len(taken) != len(pks):
            raise Stale("these answers")
        Answer.objects.filter(pk__in=pks).update(
            superseded_at=TransactionNow(), superseded_by_id=by.pk, referral=None
        )
        for answer in taken:
            if answer.referral is not None:
                referrals.withdraw(referral=answer.referral, by=by)
        first = answers[0]
        record(
            TAKEN_BACK, by=by, count=len(taken), reason=first.reason or first.what,
            batch=str(first.batch),
        )  # fmt: skip
    return len(taken)


def refer_to_keepers(*, candidate: Candidate, by: Actor, on: date) -> Answer:
    """Refer somebody who may be a sealed child to those who keep sealed records.

    The only answer that there is for such a candidate; nobody who is not cleared hears of it.
    """
    policy.can_refer_to_keepers(by).require()
    with transaction.atomic():
        _claim([candidate], is_sealed=True)
        answer = Answer.objects.create(
            candidate=candidate, what=What.KEEPERS, answered_on=on, batch=uuid.uuid4(),
            recorded_by_id=_person(by),
        )  # fmt: skip
        record(TO_KEEPERS, by=by, subject=candidate, ref=candidate.ref)
    return answer


def _claim(candidates: Sequence[Candidate], *, is_sealed: bool = False) -> None:
    """Hold the candidates until the act is done.

    Raises Stale where one is answered, gone, or may be a sealed child by what is known now.
    """
    pks = [one.pk for one in candidates]
    found = Candidate.objects.select_for_update().filter(pk__in=pks, is_sealed=is_sealed)
    held = list(found.order_by("pk"))
    told = [unpacked(one.evidence) for one in held if one.evidence is not None]
    if len(held) != len(set(pks)) or (not is_sealed and may_be_sealed(told)):
        raise Stale("this list")
    answered = Answer.objects.as_known().filter(candidate__in=pks).select_related("recorded_by")
    if first := answered.first():
        said = first.get_reason_display() if first.reason else first.get_what_display()
        compared = [("Answered by", str(first.recorded_by), "You"), ("Answer", said, "Yours")]
        raise Stale("one of these answers", compared)


def _person(by: Actor) -> int:
    # A score never decides alone: an answer is of somebody who signed in.
    if by.pk is None:
        raise Refused("Only a person answers for whom a search found.")
    return by.pk


def _stands(candidate: Candidate) -> Answer | None:
    found = Answer.objects.as_known().filter(candidate=candidate)
    answer: Answer | None = found.select_related("referral").first()
    return answer


def _refuse_reason(candidates: Sequence[Candidate], reason: str, note: str) -> None:
    faults = []
    if not candidates:
        faults.append(("", "Tick at least one child who still waits for an answer"))
    if reason not in Reason.values:
        faults.append(("reason", "Choose why they are not missing education"))
    if reason == Reason.OTHER and not note:
        faults.append(("note", "Write down the reason"))
    if len(note) > MOST_WORDS:
        faults.append(("note", f"Write at most {MOST_WORDS} characters"))
    if faults:
        raise Faulty(*faults)


def _as_told(candidate: Candidate, why: str, by: Actor, on: date) -> ReferralAnswers:
    if candidate.evidence is None:
        raise Stale("this list")
    evidence = unpacked(candidate.evidence)
    newest, born_on = evidence.newest, evidence.born_on
    given = " ".join(n for p in ("given_name", "middle_names") if (n := newest.get(p)))
    upns = [upn for record in evidence.records if (upn := record.get("upn"))]
    others = dict.fromkeys(ordinary(n) for r in evidence.records if (n := name_of(r)))
    others.pop(ordinary(name_of(newest)), None)
    return ReferralAnswers(
        source=Source.INTERNAL,
        form=Form.GENERAL,
        given_names=ordinary(given),
        family_name=ordinary(newest.get("family_name") or ""),
        also_known_as="; ".join(others)[:200],
        born_on=born_on,
        sex=candidate.sex,
        upn=upns[0] if upns else "",
        address=address_of({**newest, "postcode": None}),
        postcode=newest.get("postcode") or "",
        on_roll_now="unknown",
        reason=_reason(candidate, evidence, by, on),
        concerns=why,
        referrer_name=by.name,
        referrer_organisation="Search of the lists for missing children",
    )


def _reason(candidate: Candidate, evidence: Evidence, by: Actor, on: date) -> str:
    """Return why the search found the child, a paragraph for each thing that an officer needs."""
    cause = CAUSES[candidate.cause].title if candidate.cause in CAUSES else candidate.cause
    said = [
        f"Found by the search of {day(candidate.run.as_at)} on lists of who lives here and on no "
        f"list of who is being educated. Likely cause: {cause}.",
        "What the lists say:",
        *(in_words(record) for record in evidence.records),
    ]
    if evidence.nearest is not None:
        chance = evidence.nearest_probability
        percent = "under 1%" if chance < 0.01 else f"{chance:.0%}"
        said += [
            f"Nearest entry of a list of who is being educated ({percent} that it is this child):",
            in_words(evidence.nearest),
        ]
    (line,) = lines_of([candidate], by=by, on=on)
    if line.child is not None:
        standing = line.child.standing
        said.append(
            f"Probably known here already: reference {line.child.ref}"
            + (f", standing on {day(on)}: {standing.label}." if standing else ".")
        )
    return "\n".join(said)
