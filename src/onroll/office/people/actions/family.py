"""The people beside a child: who they are, whether and how they may be reached, where they live."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.references import new_reference
from onroll.office.people import policy
from onroll.office.people.actions.derived import refreshed
from onroll.office.people.actions.facts import RECORDED, WORDS, placed, refuse_far_ahead
from onroll.office.people.actions.keeping import made_way, stated
from onroll.office.people.actions.sealing import seal_carer_with
from onroll.office.people.actions.terms import beside, rebuild_terms
from onroll.office.people.models import (
    Carer,
    CarerAddress,
    Child,
    ContactPoint,
    Relationship,
)
from onroll.office.people.queries.sealed import facts_of

CARER_CHANGED = verb("children.carer_changed", "changed {fields} of a carer", "fields")
CARER_FIELDS = ("title", "given_names", "family_name", "first_language", "needs_interpreter")


@transaction.atomic
def record_carer(
    *,
    child: Child,
    family_name: str,
    kind: str,
    starts_on: date,
    by: Actor,
    on: date,
    given_names: str = "",
    title: str = "",
    first_language: str = "",
    needs_interpreter: bool = False,
    **relationship: Any,
) -> Relationship:
    """Record somebody new beside a child. For one already known, use `record_relationship`."""
    policy.can_edit(by).require()
    if not family_name.strip() and not given_names.strip():
        raise Faulty(("family_name", "Enter a name, even if only one is known."))
    carer = Carer.objects.create(
        ref=new_reference(),
        title=title.strip(),
        given_names=given_names.strip(),
        family_name=family_name.strip(),
        first_language=first_language,
        needs_interpreter=needs_interpreter,
    )
    return record_relationship(
        child=child, carer=carer, kind=kind, starts_on=starts_on, by=by, on=on, **relationship
    )


@transaction.atomic
def record_relationship(
    *,
    child: Child,
    carer: Carer,
    kind: str,
    starts_on: date,
    by: Actor,
    on: date,
    parental_responsibility: str = Relationship.Responsibility.UNKNOWN,
    lives_with: bool | None = None,
    contact: str = Relationship.Contact.UNKNOWN,
    priority: int = 1,
    detail: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> Relationship:
    """Record who somebody already known is to a child. Contact not checked holds."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    relationship = stated(
        Relationship,
        by,
        child=child,
        carer=carer,
        kind=kind,
        parental_responsibility=parental_responsibility,
        lives_with=lives_with,
        contact=contact,
        priority=priority,
        detail=detail,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    what = WORDS[relationship._meta.label]
    record(RECORDED, by=by, children=[child.pk], subject=relationship, what=what)
    if lives_with is not False:
        seal_carer_with(child, carer)
    refreshed(relationship, child.pk, on)
    return relationship


@transaction.atomic
def change_carer(
    *, carer: Carer, child: Child, version: int | None, by: Actor, **changes: Any
) -> Carer:
    """Change a carer's own particulars. Raises Stale, with both versions, when late."""
    policy.can_edit(by).require()
    strangers = changes.keys() - set(CARER_FIELDS)
    if strangers:
        raise TypeError(f"not a particular of a carer: {', '.join(sorted(strangers))}")
    now = Carer.objects.get(pk=carer.pk)
    before = carer.version if version is None else version
    claimed = Carer.objects.filter(pk=carer.pk, version=before).update(
        version=F("version") + 1, **changes
    )
    if not claimed:
        raise Stale(
            str(carer),
            [
                (k.replace("_", " ").capitalize(), str(getattr(now, k)), str(v))
                for k, v in changes.items()
            ],
        )
    different = sorted(k for k, v in changes.items() if getattr(now, k) != v)
    record(CARER_CHANGED, by=by, subject=carer, children=[child.pk], fields=different)
    if {"given_names", "family_name"} & set(different):
        rebuild_terms(beside([carer.pk]))
    carer.refresh_from_db()
    return carer


@transaction.atomic
def record_contact_point(
    *,
    child: Child,
    kind: str,
    value: str,
    starts_on: date,
    by: Actor,
    on: date,
    carer: Carer | None = None,
    safe: str = ContactPoint.Safe.UNKNOWN,
    ends_on: date | None = None,
    source: str = "",
) -> ContactPoint:
    """Record a number or an address for mail, of a carer or of the child. Not checked holds."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    owner: dict[str, Any] = {"child": child} if carer is None else {"carer": carer}
    point = stated(
        ContactPoint,
        by,
        kind=kind,
        value=value.strip(),
        safe=safe,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        **owner,
    )
    record(RECORDED, by=by, children=[child.pk], subject=point, what=WORDS[point._meta.label])
    refreshed(point, child.pk, on)
    return point


@transaction.atomic
def record_carer_address(
    *,
    child: Child,
    carer: Carer,
    line_1: str,
    starts_on: date,
    by: Actor,
    on: date,
    line_2: str = "",
    town: str = "",
    postcode: str = "",
    safe: str = ContactPoint.Safe.UNKNOWN,
    ends_on: date | None = None,
    source: str = "",
) -> CarerAddress:
    """Record where a carer lives; it ends the address before. Not checked as safe holds letters."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    made_way(facts_of(CarerAddress, by=by, carer=carer.pk), starts_on, by)
    address = stated(
        CarerAddress,
        by,
        carer=carer,
        safe=safe,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        **placed(line_1, line_2, town, postcode),
    )
    record(RECORDED, by=by, children=[child.pk], subject=address, what=WORDS[address._meta.label])
    return address
