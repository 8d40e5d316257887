"""The kinds of enquiry and the authority's own reasons: added, changed, ordered, retired.

Neither is overwritten: a change retires the row and adds another of the same key, so that an
enquiry asked or a reason given before keeps the words that it had.
"""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from onroll.office.cme import policy, queries
from onroll.office.cme.models import EnquiryTemplate, LocalReason
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.statute.codes import MISSING_REASONS
from onroll.statute.sources import Confidence

ADDED = verb("cme.enquiry_kind_added", "added a kind of enquiry: {key}", "key", "on")
CHANGED = verb("cme.enquiry_kind_changed", "changed a kind of enquiry: {key}", "key", "on")
RETIRED = verb("cme.enquiry_kind_retired", "retired a kind of enquiry: {key}", "key", "on")
RESTORED = verb("cme.enquiry_kind_restored", "brought back a kind of enquiry: {key}", "key", "on")
ORDERED = verb("cme.enquiry_kind_moved", "moved a kind of enquiry in the list: {key}", "key")
REASON_ADDED = verb("cme.reason_added", "added a reason of the authority’s own: {key}", "key", "on")
REASON_CHANGED = verb(
    "cme.reason_changed", "changed a reason of the authority’s own: {key}", "key", "on"
)
REASON_RETIRED = verb(
    "cme.reason_retired", "retired a reason of the authority’s own: {key}", "key", "on"
)
REASON_RESTORED = verb(
    "cme.reason_restored", "brought back a reason of the authority’s own: {key}", "key", "on"
)
A_STEP = 10


@transaction.atomic
def add_template(
    *,
    title: str,
    asked_by: str,
    asked_of: str,
    lawful_basis: str,
    days_to_answer: int,
    pathways: list[str],
    shows: str,
    cites: str,
    by: Actor,
    on: date,
) -> EnquiryTemplate:
    """Add a kind of enquiry at the end of the checklist."""
    policy.can_edit_checklist(by).require()
    _refuse_template(title, asked_by, lawful_basis, days_to_answer, pathways, shows)
    last = EnquiryTemplate.objects.filter(is_current=True).order_by("-position").first()
    added = EnquiryTemplate.objects.create(
        key=_new_key(title, queries.template_keys()), title=title.strip(), asked_by=asked_by,
        asked_of=asked_of.strip(), lawful_basis=lawful_basis.strip(), cites=cites.strip(),
        days_to_answer=days_to_answer, pathways=" ".join(pathways), shows=shows,
        position=(last.position if last else 0) + A_STEP, confidence=Confidence.LOCAL, since=on,
    )  # fmt: skip
    record(ADDED, by=by, subject=added, key=added.key, on=on)
    return added


@transaction.atomic
def change_template(
    *,
    template: EnquiryTemplate,
    title: str,
    asked_by: str,
    asked_of: str,
    lawful_basis: str,
    days_to_answer: int,
    pathways: list[str],
    shows: str,
    cites: str,
    by: Actor,
    on: date,
) -> EnquiryTemplate:
    """Change a kind of enquiry for those to come; one made before keeps what it was made with."""
    policy.can_edit_checklist(by).require()
    _refuse_template(title, asked_by, lawful_basis, days_to_answer, pathways, shows)
    _retire(template, title, on=on)
    made = EnquiryTemplate.objects.create(
        key=template.key, title=title.strip(), asked_by=asked_by, asked_of=asked_of.strip(),
        lawful_basis=lawful_basis.strip(), cites=cites.strip(), days_to_answer=days_to_answer,
        pathways=" ".join(pathways), shows=shows, position=template.position,
        confidence=Confidence.LOCAL, since=on,
    )  # fmt: skip
    record(CHANGED, by=by, subject=made, key=made.key, on=on)
    return made


@transaction.atomic
def retire_template(*, template: EnquiryTemplate, by: Actor, on: date) -> None:
    """Offer a kind of enquiry no more. Enquiries that were made stay, and count as they did."""
    policy.can_edit_checklist(by).require()
    _retire(template, template.title, on=on)
    record(RETIRED, by=by, subject=template, key=template.key, on=on)


@transaction.atomic
def restore_template(*, template: EnquiryTemplate, by: Actor, on: date) -> EnquiryTemplate:
    """Offer a kind of enquiry again as it was in a former row."""
    policy.can_edit_checklist(by).require()
    now = EnquiryTemplate.objects.filter(key=template.key, is_current=True).first()
    if now is not None:
        raise Stale("this enquiry", [("Enquiry", f"{now.title} (in use)", template.title)])
    made = EnquiryTemplate.objects.create(
        key=template.key, title=template.title, asked_by=template.asked_by,
        asked_of=template.asked_of, lawful_basis=template.lawful_basis, cites=template.cites,
        days_to_answer=template.days_to_answer, pathways=template.pathways, shows=template.shows,
        position=template.position, confidence=template.confidence, since=on,
    )  # fmt: skip
    record(RESTORED, by=by, subject=made, key=made.key, on=on)
    return made


@transaction.atomic
def move_template(*, template: EnquiryTemplate, is_up: bool, by: Actor) -> None:
    """Put a kind of enquiry before the one above it, or after the one below."""
    policy.can_edit_checklist(by).require()
    listed = list(
        EnquiryTemplate.objects.select_for_update()
        .filter(is_current=True)
        .order_by("position", "title")
    )
    place = next((n for n, one in enumerate(listed) if one.pk == template.pk), None)
    if place is None:
        raise Stale("this enquiry", [("Enquiry", "changed or retired", template.title)])
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(listed):
        listed[place], listed[other] = listed[other], listed[place]
    for n, one in enumerate(listed, start=1):
        EnquiryTemplate.objects.filter(pk=one.pk).update(position=n * A_STEP)
    record(ORDERED, by=by, subject=template, key=template.key)


def _retire(template: EnquiryTemplate, yours: str, *, on: date) -> None:
    claimed = EnquiryTemplate.objects.filter(pk=template.pk, is_current=True).update(
        is_current=False, until=on
    )
    if not claimed:
        raise Stale("this enquiry", [("Enquiry", "changed or retired", yours)])


def _refuse_template(
    title: str, asked_by: str, lawful_basis: str, days: int, pathways: list[str], shows: str
) -> None:
    faults = []
    if not title.strip():
        faults.append(("title", "Say what is asked."))
    if asked_by not in queries.ASKED_BY:
        faults.append(("asked_by", "Choose who asks."))
    if not lawful_basis.strip():
        faults.append(("lawful_basis", "Say on what lawful basis information is asked for."))
    if not 1 <= days <= 365:
        faults.append(("days_to_answer", "Give from 1 to 365 days."))
    needed = queries.PATHWAY_OF_PROOF.get(queries.Shows(shows))
    if needed is not None and needed not in pathways:
        faults.append(("shows", "Only an enquiry made where the child is believed to be there can "
                       f"show it: choose “{queries.PATHWAYS[needed]}” as well."))  # fmt: skip
    if faults:
        raise Faulty(*faults)


def _new_key(title: str, taken: set[str]) -> str:
    key = slugify(title).replace("-", "_")[:50].strip("_")
    if not key or key in taken:
        raise Faulty(("title", "There is, or was, one of nearly the same words: choose others, or "
                      "bring that one back."))  # fmt: skip
    return key


@transaction.atomic
def add_reason(*, title: str, national: str, by: Actor, on: date) -> LocalReason:
    """Add a reason of the authority's own under a national one."""
    policy.can_edit_checklist(by).require()
    _refuse_reason(title, national)
    added = LocalReason.objects.create(
        key=_new_key(title, queries.reason_keys()), title=title.strip(), national=national, since=on
    )
    record(REASON_ADDED, by=by, subject=added, key=added.key, on=on)
    return added


@transaction.atomic
def change_reason(
    *, reason: LocalReason, title: str, national: str, by: Actor, on: date
) -> LocalReason:
    """Change a reason for cases to come; those told of before keep its words and national one."""
    policy.can_edit_checklist(by).require()
    _refuse_reason(title, national)
    _retire_reason(reason, title, on=on)
    made = LocalReason.objects.create(
        key=reason.key, title=title.strip(), national=national, since=on
    )
    record(REASON_CHANGED, by=by, subject=made, key=made.key, on=on)
    return made


@transaction.atomic
def retire_reason(*, reason: LocalReason, by: Actor, on: date) -> None:
    """Offer a reason no more. Cases of which it was given keep it."""
    policy.can_edit_checklist(by).require()
    _retire_reason(reason, reason.title, on=on)
    record(REASON_RETIRED, by=by, subject=reason, key=reason.key, on=on)


@transaction.atomic
def restore_reason(*, reason: LocalReason, by: Actor, on: date) -> LocalReason:
    """Offer a reason again as it was in a former row."""
    policy.can_edit_checklist(by).require()
    now = LocalReason.objects.filter(key=reason.key, is_current=True).first()
    if now is not None:
        raise Stale("this reason", [("Reason", f"{now.title} (in use)", reason.title)])
    made = LocalReason.objects.create(
        key=reason.key, title=reason.title, national=reason.national, since=on
    )
    record(REASON_RESTORED, by=by, subject=made, key=made.key, on=on)
    return made


def _retire_reason(reason: LocalReason, yours: str, *, on: date) -> None:
    claimed = LocalReason.objects.filter(pk=reason.pk, is_current=True).update(
        is_current=False, until=on
    )
    if not claimed:
        raise Stale("this reason", [("Reason", "changed or retired", yours)])


def _refuse_reason(title: str, national: str) -> None:
    faults = []
    if not title.strip():
        faults.append(("title", "Give the reason in words."))
    if national not in MISSING_REASONS:
        faults.append(("national", "Choose the national reason under which it is reported."))
    if faults:
        raise Faulty(*faults)
