"""Which lists there are: added, changed, retired, restored."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.facts import TransactionNow
from onroll.office.linkage.models import Source
from onroll.office.linkage.models.sources import MOST_DAYS_KEPT, USUAL_SHARE
from onroll.office.linkage.policy import sources as policy
from onroll.office.linkage.queries.own_records import NAME as OWN_RECORDS
from onroll.office.linkage.queries.sources_kinds import usual

ADDED = verb("linkage.source_added", "added the source {key} ({kind})", "key", "kind", "evidence")
CHANGED = verb("linkage.source_changed", "changed the source {key}: {fields}", "key", "fields")
AGREED = verb(
    "linkage.share_agreed", "agreed that {share}% of a list of {key} may change", "key", "share"
)
RETIRED = verb("linkage.source_retired", "retired the source {key}", "key")
RESTORED = verb("linkage.source_restored", "restored the source {key}", "key")

# Words that stand in addresses beside the keys of sources.
_RESERVED = {"add", "lists"}


def add(
    *,
    name: str,
    kind: str,
    supplier: str,
    lawful_basis: str,
    by: Actor,
    on: date,
    evidence: str = "",
    is_basis_checked: bool = False,
    stale_after_months: int | None = None,
    agreement_ends_on: date | None = None,
    brake_share: int = USUAL_SHARE,
    keep_days: int = MOST_DAYS_KEPT,
) -> Source:
    """Add a list that tells who lives here or who is being educated."""
    policy.can_keep(by).require()
    source = Source(
        name=name.strip(),
        kind=kind,
        evidence=_evidence(kind, evidence),
        supplier=supplier.strip(),
        lawful_basis=lawful_basis.strip(),
        is_basis_checked=is_basis_checked,
        stale_after_months=stale_after_months or usual(kind).stale_after_months,
        agreement_ends_on=agreement_ends_on,
        brake_share=brake_share,
        keep_days=keep_days,
    )
    with transaction.atomic():
        _check(source)
        source.key = _free_key(source.name)
        source.share_before, source.share_raised_by_id = _raised_from(USUAL_SHARE, brake_share, by)
        source.save(force_insert=True)
        record(ADDED, by=by, subject=source, key=source.key, kind=kind, evidence=source.evidence)
    return source


def change(
    *,
    source: Source,
    name: str,
    kind: str,
    supplier: str,
    lawful_basis: str,
    is_basis_checked: bool,
    stale_after_months: int,
    agreement_ends_on: date | None,
    brake_share: int,
    keep_days: int,
    by: Actor,
    on: date,
    evidence: str = "",
    agrees_to_share: bool = False,
) -> Source:
    """Change what is said of a source. Lists loaded before keep the day until which they stay.

    What a list is and how it is judged stays while one is held or in use. A share that one person
    raises is agreed to by another: `agrees_to_share` says so of the share that stands.
    """
    policy.can_keep(by).require()
    wanted = {
        "name": name.strip(),
        "kind": kind,
        "evidence": _evidence(kind, evidence),
        "supplier": supplier.strip(),
        "lawful_basis": lawful_basis.strip(),
        "is_basis_checked": is_basis_checked,
        "stale_after_months": stale_after_months,
        "agreement_ends_on": agreement_ends_on,
        "brake_share": brake_share,
        "keep_days": keep_days,
    }
    with transaction.atomic():
        held = Source.objects.select_for_update().get(pk=source.pk)
        fields = sorted(field for field, value in wanted.items() if getattr(held, field) != value)
        _refuse_under_lists(held, fields, by, on)
        raised = _raised(held, brake_share, by) if "brake_share" in fields else None
        for field in fields:
            setattr(held, field, wanted[field])
        _check(held)
        if raised is not None:
            held.share_before, held.share_raised_by_id = raised
        if fields:
            held.save(update_fields=[*fields, "share_before", "share_raised_by"])
            record(CHANGED, by=by, subject=held, key=held.key, fields=fields)
        if agrees_to_share and "brake_share" not in fields:
            policy.can_agree_to_share(by, held).require()
            held.share_before = held.share_raised_by_id = None
            held.save(update_fields=["share_before", "share_raised_by"])
            record(AGREED, by=by, subject=held, key=held.key, share=held.brake_share)
    return held


def retire(*, source: Source, by: Actor, on: date) -> Source:
    """Load this list no longer and search in it no longer. What was done with it stays."""
    policy.can_keep(by).require()
    with transaction.atomic():
        held = Source.objects.select_for_update().get(pk=source.pk)
        if held.retired_at is not None:
            raise Refused("This source is retired already.")
        held.retired_at = TransactionNow()
        held.save(update_fields=["retired_at"])
        record(RETIRED, by=by, subject=held, key=held.key)
    held.refresh_from_db()
    return held


def restore(*, source: Source, by: Actor, on: date) -> Source:
    """Use a retired source again."""
    policy.can_keep(by).require()
    with transaction.atomic():
        held = Source.objects.select_for_update().get(pk=source.pk)
        if held.retired_at is None:
            raise Refused("This source is in use.")
        held.retired_at = None
        held.save(update_fields=["retired_at"])
        record(RESTORED, by=by, subject=held, key=held.key)
    return held


def _evidence(kind: str, chosen: str) -> str:
    # What a list shows follows from what it is; only an unlisted kind leaves a choice.
    if kind != Source.Kind.OTHER:
        return usual(kind).evidence
    return chosen


def _refuse_under_lists(source: Source, fields: Sequence[str], by: Actor, on: date) -> None:
    faults = []
    if "brake_share" in fields and (may := policy.can_change_share(source)).refusal:
        faults.append(("brake_share", may.refusal))
    if {"kind", "evidence"} & set(fields) and (
        may := policy.can_change_kind(by, source, on)
    ).refusal:
        faults.append(("evidence", may.refusal))
    if faults:
        raise Faulty(*faults)


def _raised(source: Source, share: int, by: Actor) -> tuple[int | None, int | None]:
    """Return the share that goes on holding whoever raises it, and who that is; else nothing.

    Several steps of one person are one: the share before the first of them goes on.
    """
    before = source.brake_share
    if source.share_before is not None and source.share_raised_by_id == by.pk:
        before = source.share_before
    return _raised_from(before, share, by)


def _raised_from(before: int, share: int, by: Actor) -> tuple[int | None, int | None]:
    return (before, by.pk) if share > before and by.pk is not None else (None, None)


def _check(source: Source) -> None:
    faults = []
    if not source.name:
        faults.append(("name", "Enter the name of the list"))
    twins = Source.objects.exclude(pk=source.pk).filter(name__iexact=source.name)
    if twin := twins.first():
        is_retired = " It is retired: restore it" if twin.retired_at else ""
        faults.append(
            ("name", f"There is a source of this name. Give this one another name.{is_retired}")
        )
    if source.name == OWN_RECORDS:
        faults.append(("name", "What OnRoll itself knows has this name. Give the list another"))
    if source.kind not in Source.Kind.values:
        faults.append(("kind", "Choose what kind of list it is"))
    if source.evidence not in Source.Evidence.values:
        faults.append(("evidence", "Choose what being on the list shows"))
    for field, what in (("supplier", "who supplies the list"), ("lawful_basis", "the basis")):
        if not getattr(source, field):
            faults.append((field, f"Enter {what}"))
    for field, least, most, says in (
        ("stale_after_months", 1, 60, "Enter a number of months from 1 to 60"),
        ("brake_share", 1, 100, "Enter a share from 1 to 100 per cent"),
        ("keep_days", 1, MOST_DAYS_KEPT, f"Enter a number of days from 1 to {MOST_DAYS_KEPT}"),
    ):
        if not least <= getattr(source, field) <= most:
            faults.append((field, says))
    if faults:
        raise Faulty(*faults)


def _free_key(name: str) -> str:
    stem = slugify(name)[:40] or "list"
    taken = set(Source.objects.filter(key__startswith=stem).values_list("key", flat=True))
    taken |= _RESERVED
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}-{n}"
    return key
