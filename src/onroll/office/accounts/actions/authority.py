"""The authority's own details, since when it has recorded, and cover for people who are away."""

from datetime import date

from django.db import transaction

from onroll.office.accounts import policy
from onroll.office.accounts.models import Authority, Cover, Recording, User
from onroll.office.journal.actions import record
from onroll.office.journal.verbs import verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty

DESCRIBED = verb(
    "accounts.authority_described", "changed the authority’s details: {fields}", "fields"
)
RECORDING = verb(
    "accounts.recording_began",
    "said that {series} has been recorded since {began_on}",
    "series",
    "began_on",
)
COVERED = verb("accounts.cover_arranged", "arranged cover from {starts_on}", "starts_on", "ends_on")
UNCOVERED = verb("accounts.cover_ended", "ended cover on {ends_on}", "ends_on")

DETAILS = (
    "name",
    "la_code",
    "gss_code",
    "address",
    "po_box",
    "postcode",
    "website",
    "email",
    "telephone",
    "brand_colour",
    "harm_telephone",
    "harm_telephone_out_of_hours",
    "quick_exit_url",
)


@transaction.atomic
def describe_authority(*, by: Actor, **details: str) -> Authority:
    """Set the authority's identity, letterhead and telephone numbers: any of DETAILS."""
    policy.can_edit(by).require()
    surplus = details.keys() - set(DETAILS)
    if surplus:
        raise ValueError(f"an authority has no {', '.join(sorted(surplus))}")
    now = Authority.objects.select_for_update().first()
    changed = [k for k, v in details.items() if now is None or getattr(now, k) != v]
    Authority.objects.update_or_create(pk=1, defaults=details)
    own = Authority.objects.get(pk=1)
    if changed:
        record(DESCRIBED, by=by, subject=own, fields=changed)
    return own


@transaction.atomic
def say_recording_began(*, series: str, began_on: date, by: Actor, says: str = "") -> Recording:
    """Say since when a series has been recorded here, and what to say of the time before."""
    policy.can_edit(by).require()
    said, _ = Recording.objects.update_or_create(
        series=series, defaults={"began_on": began_on, "says": says}
    )
    record(RECORDING, by=by, subject=said, series=series, began_on=began_on)
    return said


@transaction.atomic
def arrange_cover(
    *,
    absent: User,
    covering: Actor,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    why: str = "",
) -> Cover:
    """Let one person see and do another's work while they are away."""
    policy.can_arrange_cover(by, absent.pk).require()
    policy.can_cover(covering, starts_on).require()
    if covering.pk == absent.pk:
        raise Faulty(("covering", "Choose somebody else to cover"))
    if ends_on is not None and ends_on < starts_on:
        raise Faulty(("ends_on", "The last day must be the first day or later"))
    clash = Cover.objects.during(starts_on, ends_on or date.max)
    if clash.filter(absent=absent, covering_id=covering.pk).exists():
        raise Faulty(("covering", "This person already covers in that time"))
    made = facts.state(
        Cover,
        by=by,
        absent=absent,
        covering_id=covering.pk,
        starts_on=starts_on,
        ends_on=ends_on,
        why=why,
    )
    record(COVERED, by=by, subject=made, starts_on=starts_on, ends_on=ends_on)
    return made


@transaction.atomic
def end_cover(*, cover: Cover, ends_on: date, by: Actor) -> None:
    """End cover after a last day; cover that has not begun is withdrawn."""
    policy.can_arrange_cover(by, cover.absent_id).require()
    if ends_on < cover.starts_on:
        facts.supersede(cover, by=by, replace=False)
    else:
        facts.end(cover, on=ends_on, by=by)
    record(UNCOVERED, by=by, subject=cover, ends_on=ends_on)
