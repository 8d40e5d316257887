"""What the number of a case or the receipt of a referral leads to, for whoever may know it."""

from django.urls import reverse

from onroll.office.casework import kinds
from onroll.office.casework.models import Case, Referral
from onroll.office.casework.queries.told import child_name, receipt
from onroll.office.kernel.actor import Actor
from onroll.office.people.queries import Lead


def leads_to_cases(references: frozenset[str], by: Actor) -> list[Lead]:
    """Return the cases that have one of these numbers."""
    found = Case.objects.visible_to(by).filter(ref__in=references).select_related("child")
    return [
        Lead(
            url=reverse("casework:case", args=[case.ref]),
            says=f"Case {case.ref}: {case.child}, {kinds.title_of(case.kind).lower()}, "
            f"{'open' if case.is_open else 'closed'}",
        )
        for case in found.order_by("pk")
    ]


def leads_to_referrals(references: frozenset[str], by: Actor) -> list[Lead]:
    """Return the referrals that have one of these receipts."""
    among = (
        Referral.objects.visible_to(by)
        if by.may("referrals.triage")
        else Referral.objects.as_given_to(by)
    )
    return [
        Lead(
            url=reverse("casework:referral", args=[referral.ref]),
            says=f"Referral {receipt(referral.ref)}: {child_name(referral)}",
        )
        for referral in among.filter(ref__in=references).order_by("pk")
    ]
