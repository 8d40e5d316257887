"""What the authority writes down of its own policies."""

from datetime import date, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.text import slugify

from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.reporting import policy as permission
from onroll.office.reporting.models import OwnPolicy
from onroll.statute.editions import SUBJECTS
from onroll.statute.writing import written

ADDED = verb(
    "policies.edition_added",
    "wrote down an edition of the authority’s policy {policy}, which applies from {starts_on}",
    "policy", "about", "starts_on",
)  # fmt: skip
CORRECTED = verb(
    "policies.edition_corrected",
    "corrected an edition of the authority’s policy {policy}: {fields}",
    "policy", "fields", "starts_on",
)  # fmt: skip
ENDED = verb(
    "policies.ended",
    "ended the authority’s policy {policy} after {ends_on}",
    "policy", "ends_on",
)  # fmt: skip
WITHDRAWN = verb(
    "policies.edition_withdrawn",
    "took back an edition of the authority’s policy {policy} that had been written down in error",
    "policy", "starts_on",
)  # fmt: skip

FIELDS = ("title", "subject", "edition", "starts_on", "review_on", "address", "note")
A_DAY = timedelta(days=1)


class Written(TypedDict):
    """What is written down of one edition."""

    title: str
    subject: str
    edition: str
    starts_on: date
    review_on: NotRequired[date | None]
    address: NotRequired[str]
    note: NotRequired[str]


@transaction.atomic
def add_policy(*, by: Actor, **edition: Unpack[Written]) -> OwnPolicy:
    """Write down a policy with one edition of it."""
    permission.can_keep_policies(by).require()
    key = slugify(edition["title"])[:50].strip("-")
    if not key or OwnPolicy.objects.filter(key=key).exists():
        raise Faulty(("title", "There is, or was, a policy of this title: add an edition to it"))
    return _insert(by, key, edition)


@transaction.atomic
def add_edition(*, key: str, by: Actor, **edition: Unpack[Written]) -> OwnPolicy:
    """Write down another edition of a policy: a later one, or one from before those on record.

    The edition before it ends on the day before; it ends itself where the one after begins.
    """
    permission.can_keep_policies(by).require()
    return _insert(by, key, edition)


@transaction.atomic
def correct_edition(*, policy: OwnPolicy, by: Actor, **edition: Unpack[Written]) -> OwnPolicy:
    """Correct what was written down of an edition; the editions beside it follow its first day."""
    permission.can_keep_policies(by).require()
    values = _filled(edition)
    changed = [name for name in FIELDS if values[name] != getattr(policy, name)]
    if not changed:
        return policy
    if "starts_on" in changed:
        _take_out(policy, by)
        made = _stated(by, key=policy.key, until=policy.ends_on, **values)
    else:
        _refuse(values)
        corrected = facts.supersede(policy, by=by, **{name: values[name] for name in changed})
        assert corrected is not None
        made = corrected
    record(
        CORRECTED, by=by, subject=made, policy=made.key, fields=changed,
        starts_on=values["starts_on"],
    )  # fmt: skip
    return made


@transaction.atomic
def end_policy(*, policy: OwnPolicy, ends_on: date, by: Actor) -> OwnPolicy:
    """Say that a policy applied until a day, with no edition after it."""
    permission.can_keep_policies(by).require()
    if ends_on < policy.starts_on:
        since = written(policy.starts_on)
        raise Faulty(("ends_on", f"This edition applies from {since}: give that day or later"))
    if OwnPolicy.objects.as_known().filter(key=policy.key, starts_on__gt=policy.starts_on).exists():
        raise Faulty(("ends_on", "A later edition took its place: end that one"))
    ended = facts.end(policy, on=ends_on, by=by)
    record(ENDED, by=by, subject=ended, policy=ended.key, ends_on=ends_on)
    return ended


@transaction.atomic
def withdraw_edition(*, policy: OwnPolicy, by: Actor) -> None:
    """Take back an edition that was written down in error; the one before it goes on."""
    permission.can_keep_policies(by).require()
    _take_out(policy, by)
    record(WITHDRAWN, by=by, subject=policy, policy=policy.key, starts_on=policy.starts_on)


def _filled(edition: Written) -> dict[str, Any]:
    """An edition with nothing left out."""
    return {"review_on": None, "address": "", "note": "", **edition}


def _insert(by: Actor, key: str, edition: Written) -> OwnPolicy:
    made = _stated(by, key=key, until=None, **_filled(edition))
    record(
        ADDED, by=by, subject=made, policy=made.key, about=made.subject,
        starts_on=made.starts_on,
    )  # fmt: skip
    return made


def _stated(by: Actor, *, key: str, until: date | None, **values: Any) -> OwnPolicy:
    """State an edition between those that there are: the one before it makes room."""
    _refuse(values)
    starts_on: date = values["starts_on"]
    beside = OwnPolicy.objects.as_known().filter(key=key).order_by("starts_on")
    others = list(beside.select_for_update())
    if any(other.starts_on == starts_on for other in others):
        raise Faulty(
            ("starts_on", "An edition that applies from this day is on record: correct it")
        )
    before = [other for other in others if other.starts_on < starts_on]
    after = next((other for other in others if other.starts_on > starts_on), None)
    if before and (before[-1].ends_on is None or before[-1].ends_on >= starts_on):
        facts.end(before[-1], on=starts_on - A_DAY, by=by)
    if after is not None:
        ends_on: date | None = after.starts_on - A_DAY
    else:
        ends_on = until if until is not None and until >= starts_on else None
    return facts.state(OwnPolicy, by=by, key=key, ends_on=ends_on, **values)


def _take_out(policy: OwnPolicy, by: Actor) -> None:
    """Stop believing an edition; the one that it followed goes on for as long as it did."""
    facts.supersede(policy, by=by, replace=False)
    before = OwnPolicy.objects.as_known().filter(key=policy.key, ends_on=policy.starts_on - A_DAY)
    if followed := before.first():
        facts.supersede(followed, by=by, ends_on=policy.ends_on)


def _refuse(values: dict[str, Any]) -> None:
    faults = []
    if not str(values["title"]).strip():
        faults.append(("title", "Give the policy’s title"))
    if not str(values["edition"]).strip():
        faults.append(("edition", "Say which edition it is"))
    if values["subject"] not in SUBJECTS:
        faults.append(("subject", "Choose what it is about"))
    if values["review_on"] is not None and values["review_on"] < values["starts_on"]:
        faults.append(("review_on", "The review comes after the day from which it applies"))
    if faults:
        raise Faulty(*faults)
