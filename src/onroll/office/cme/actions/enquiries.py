"""The ledger of enquiries, and what is concluded from it about where the child is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from onroll.office.casework import kinds
from onroll.office.casework.actions import cases as casework
from onroll.office.casework.actions import deadlines
from onroll.office.cme import policy, queries
from onroll.office.cme.models import Enquiry, EnquiryTemplate
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.facts import TransactionNow
from onroll.office.people.actions import check_place, conclude_whereabouts

if TYPE_CHECKING:
    from onroll.office.casework.models import Case

ASKED = verb("cme.asked", "made an enquiry: {template}", "enquiry", "template", "on", "expected_by")
ANSWERED = verb(
    "cme.answered", "recorded the answer to an enquiry", "enquiry", "result", "strength", "on"
)
CORRECTED = verb(
    "cme.corrected", "corrected the answer to an enquiry", "enquiry", "corrects", "result",
    "strength", "on",
)  # fmt: skip
CONCLUDED = verb(
    "cme.whereabouts", "concluded on whereabouts: {conclusion}", "conclusion", "strength", "on",
    "enquiry",
)  # fmt: skip
ACCEPTED = verb(
    "cme.accepted", "recorded that another authority accepted the child", "enquiry", "on", "how"
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Another authority has taken the child over: who there, when, how they said so."""

    on: date
    by: str
    how: str
    reference: str = ""


@transaction.atomic
def ask(
    *,
    case: "Case",
    template: EnquiryTemplate,
    by: Actor,
    on: date,
    asked_of: str = "",
    question: str = "",
    lawful_basis: str = "",
    expected_by: date | None = None,
    made_by_school: bool = False,
    country: str = "",
    la_code: str = "",
) -> Enquiry:
    """Make an enquiry, or record one that the school made; an answer is expected by a day."""
    policy.can_enquire(by, case).require()
    check_place(la_code=la_code, country=country)
    if expected_by is not None and expected_by < on:
        raise Faulty(("expected_by", "The answer can't be expected before the enquiry is made."))
    asked = Enquiry.objects.create(
        case=case, template=template, asked_of=asked_of or template.asked_of,
        made_by_school=made_by_school, asked_on=on, asked_by_id=by.pk, question=question,
        lawful_basis=lawful_basis or template.lawful_basis,
        expected_by=expected_by or on + timedelta(days=template.days_to_answer),
        country=country, la_code=la_code,
    )  # fmt: skip
    record(
        ASKED, by=by, subject=case, children=[case.child_id], enquiry=asked.pk,
        template=template.key, on=on, expected_by=asked.expected_by,
    )  # fmt: skip
    deadlines.rebuild(case)
    return asked


@transaction.atomic
def answer(
    *,
    enquiry: Enquiry,
    result: str,
    by: Actor,
    on: date,
    strength: str = "",
    account: str = "",
    country: str = "",
    la_code: str = "",
    accepted: Accepted | None = None,
    version: int | None = None,
) -> Enquiry:
    """Record what an enquiry brought, and how strong it is as evidence.

    An answer is written once. What turns out wrong in it is put right by `correct`. By `accepted`
    the authority of `la_code` takes the child over.
    """
    policy.can_enquire(by, enquiry.case).require()
    country, la_code = country or enquiry.country, la_code or enquiry.la_code
    _possible(enquiry, result, strength, on)
    check_place(la_code=la_code, country=country)
    acceptance = _acceptance(enquiry, accepted, la_code, result, strength, on)
    read = version if version is not None else enquiry.version
    claimed = Enquiry.objects.filter(pk=enquiry.pk, version=read, answered_on=None).update(
        answered_on=on, answered_at=TransactionNow(), answered_by_id=by.pk, result=result,
        strength=strength, account=account, country=country, la_code=la_code,
        version=F("version") + 1, **acceptance,
    )  # fmt: skip
    if not claimed:
        now = Enquiry.objects.get(pk=enquiry.pk)
        if now.version == read:
            raise Faulty(("result", ANSWERED_ALREADY))
        labels = dict(Enquiry.Result.choices)
        raise Stale(
            "this enquiry",
            [
                ("Result", labels[now.result], labels[result]),
                ("What was learnt", now.account, account),
            ],
        )
    record(
        ANSWERED, by=by, subject=enquiry.case, children=[enquiry.case.child_id],
        enquiry=enquiry.pk, result=result, strength=strength, on=on,
    )  # fmt: skip
    _note_acceptance(enquiry, enquiry.pk, accepted, by)
    deadlines.rebuild(enquiry.case)
    enquiry.refresh_from_db()
    return enquiry


ANSWERED_ALREADY = (
    "This enquiry is answered, and an answer is never overwritten. Correct it: the correction "
    "stands beside the answer."
)


@transaction.atomic
def correct(
    *,
    enquiry: Enquiry,
    result: str,
    by: Actor,
    on: date,
    strength: str = "",
    account: str = "",
    country: str = "",
    la_code: str = "",
    accepted: Accepted | None = None,
) -> Enquiry:
    """Correct an answer by another row that points at it; from now on the correction counts."""
    policy.can_enquire(by, enquiry.case).require()
    if enquiry.answered_on is None:
        raise Faulty(("result", "This enquiry is not answered yet: record its answer."))
    _possible(enquiry, result, strength, on)
    if not account.strip():
        raise Faulty(("account", "Say what was learnt, and what was wrong in the first answer."))
    check_place(la_code=la_code, country=country)
    acceptance = _acceptance(enquiry, accepted, la_code, result, strength, on)
    # Held until this act is done, so that two corrections of one answer meet here.
    Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    later = Enquiry.objects.filter(corrects=enquiry).first()
    if later is not None:
        labels = dict(Enquiry.Result.choices)
        raise Stale(
            "this answer",
            [
                ("Result", labels[later.result], labels[result]),
                ("What was learnt", later.account, account),
            ],
        )
    made = Enquiry.objects.create(
        case=enquiry.case, template=enquiry.template, asked_of=enquiry.asked_of,
        made_by_school=enquiry.made_by_school, asked_on=enquiry.asked_on,
        asked_by_id=enquiry.asked_by_id, question=enquiry.question,
        lawful_basis=enquiry.lawful_basis, expected_by=enquiry.expected_by,
        answered_on=on, answered_by_id=by.pk, result=result, strength=strength, account=account,
        country=country, la_code=la_code, corrects=enquiry, **acceptance,
    )  # fmt: skip
    record(
        CORRECTED, by=by, subject=enquiry.case, children=[enquiry.case.child_id],
        enquiry=made.pk, corrects=enquiry.pk, result=result, strength=strength, on=on,
    )  # fmt: skip
    _note_acceptance(enquiry, made.pk, accepted, by)
    deadlines.rebuild(enquiry.case)
    return made


def _possible(enquiry: Enquiry, result: str, strength: str, on: date) -> None:
    if on < enquiry.asked_on:
        raise Faulty(("on", "The answer can't have come before the enquiry was made."))
    if result not in Enquiry.Result.values or not result:
        raise Faulty(("result", "Choose what the enquiry brought."))
    if result == Enquiry.Result.LOCATED and not strength:
        raise Faulty(("strength", "Say how strong this is as evidence of where the child is."))


def _acceptance(
    enquiry: Enquiry, accepted: Accepted | None, la_code: str, result: str, strength: str, on: date
) -> dict[str, object]:
    """Check what makes an answer an acceptance, and return the columns that say so."""
    if accepted is None:
        return {}
    faults = []
    if enquiry.template.shows != queries.Shows.ACCEPTANCE:
        faults.append(("accepted", f"No authority accepts a child by an answer to "
                       f"“{enquiry.template.title}”: refer the child to it."))  # fmt: skip
    if result != Enquiry.Result.LOCATED:
        faults.append(("result", "An authority that accepts the child has located the child."))
    if strength not in queries.STRONG_ELSEWHERE:
        faults.append(("strength", "An acceptance is the authority's own record, or stronger."))
    if not la_code:
        faults.append(("la_code", "Choose the authority that accepted the child."))
    if not accepted.by.strip():
        faults.append(("accepted_by", "Say who at the other authority accepted the child."))
    if not accepted.how or accepted.how not in Enquiry.AcceptedHow.values:
        faults.append(("accepted_how", "Say how they told you."))
    if accepted.on < enquiry.asked_on or accepted.on > on:
        faults.append(("accepted_on", "They accepted between the day on which they were asked and "
                       "the day of the answer: correct one of the dates."))  # fmt: skip
    if faults:
        raise Faulty(*faults)
    return {
        "accepted_on": accepted.on, "accepted_by": accepted.by.strip(),
        "accepted_how": accepted.how, "accepted_reference": accepted.reference.strip(),
    }  # fmt: skip


def _note_acceptance(enquiry: Enquiry, row: int, accepted: Accepted | None, by: Actor) -> None:
    if accepted is not None:
        record(
            ACCEPTED, by=by, subject=enquiry.case, children=[enquiry.case.child_id], enquiry=row,
            on=accepted.on, how=accepted.how,
        )  # fmt: skip


@transaction.atomic
def conclude(
    *,
    case: "Case",
    conclusion: str,
    strength: str,
    evidence: str,
    by: Actor,
    on: date,
    enquiry: Enquiry | None = None,
    la_code: str = "",
    country: str = "",
    return_expected_on: date | None = None,
    version: int | None = None,
) -> "Case":
    """Conclude where the child is, on what evidence, and move the case where that leads.

    A confirmed conclusion that the child is elsewhere needs an answer strong enough to bear it.
    """
    policy.can_enquire(by, case).require()
    if enquiry is not None and enquiry.corrections.exists():
        raise Faulty(("enquiry", "This answer was corrected since: choose the correction."))
    _strong_enough(conclusion, strength, enquiry, la_code, country)
    if not evidence.strip() and enquiry is None:
        raise Faulty(("evidence", "Say on what the conclusion rests."))
    account = evidence.strip() or (queries.words_of(enquiry) if enquiry else "")
    conclude_whereabouts(
        child=case.child, conclusion=conclusion, strength=strength, la_code=la_code,
        country=country, evidence=account, return_expected_on=return_expected_on, starts_on=on,
        by=by, on=on,
    )  # fmt: skip
    record(
        CONCLUDED, by=by, subject=case, children=[case.child_id], conclusion=conclusion,
        strength=strength, on=on, enquiry=enquiry.pk if enquiry else None,
    )  # fmt: skip
    for move, conclusions in policy.CONCLUSIONS.items():
        if conclusion in conclusions and can_start(case, move):
            return casework.move(case=case, move=move, by=by, on=on, version=version)
    is_lost = conclusion in (queries.Conclusion.UNKNOWN, queries.Conclusion.NO_ADDRESS)
    if is_lost and can_start(case, "trace"):
        return casework.move(case=case, move="trace", by=by, on=on, version=version)
    return case


def _strong_enough(
    conclusion: str, strength: str, enquiry: Enquiry | None, la_code: str, country: str
) -> None:
    if strength != queries.Sureness.CONFIRMED:
        return
    refusal = {
        queries.Conclusion.ELSEWHERE: (
            enquiry is None or enquiry.accepted_on is None or enquiry.la_code != la_code,
            "That a child is in another authority's area is confirmed by that authority's "
            "acceptance: choose the answer that holds it, or record the conclusion as believed.",
        ),
        queries.Conclusion.ABROAD: (
            enquiry is None
            or enquiry.template.shows != queries.Shows.ABROAD
            or enquiry.strength not in queries.STRONG_ABROAD
            or enquiry.country != country,
            "That a child is abroad is confirmed by an independent answer from that country: "
            "choose it, or record the conclusion as believed.",
        ),
    }.get(queries.Conclusion(conclusion))
    if refusal is not None and refusal[0]:
        raise Faulty(("enquiry", refusal[1]))


def can_start(case: "Case", move: str) -> bool:
    """Return whether a move is possible from the case's state."""
    from_here = kinds.get(case.kind).workflow.moves_from(case.state)
    return any(possible.name == move for possible in from_here)
