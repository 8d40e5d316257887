"""Children who may go missing: derived from rolls, whereabouts and referrals, as work to do now.

Who is missing by what is recorded stands in `unfollowed`; these are not, or not yet.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef
from django.urls import reverse

from onroll.office.casework.kinds import Step
from onroll.office.casework.models import Case, Referral
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, Whereabouts
from onroll.office.schools.models import Enrolment
from onroll.statute.writing import written

LEAVES_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A child who may become missing, and why this is work before they are."""

    child: Child
    because: str
    since: date
    step: Step


def at_risk(actor: Actor, on: date) -> list[AtRisk]:
    """Return the children who may go missing: about to leave with nowhere to go, or not back.

    Derived from the rolls, whereabouts and referrals; a child with an open case or another roll
    is nobody's surprise and is left out.
    """
    found = [*_leavers(actor, on), *_not_back(actor, on)]
    handled = set(
        Case.objects.filter(child__in=[r.child.pk for r in found], closed_on=None).values_list(
            "child", flat=True
        )
    )
    kept = {r.child.pk: r for r in found if r.child.pk not in handled}
    return sorted(kept.values(), key=lambda r: (r.since, str(r.child)))


def _leavers(actor: Actor, on: date) -> list[AtRisk]:
    left = (
        Enrolment.objects.as_known()
        .filter(
            ends_on__gte=on, ends_on__lte=on + LEAVES_WITHIN, destination="",
            destination_school=None, is_expected=False, child__in=Child.objects.visible_to(actor),
        )
        # Death, the end of compulsory school age and home education leave nobody to look for.
        .exclude(deletion_ground__in=("k", "l", "f"))
        .select_related("child", "school")
    )  # fmt: skip
    listed = list(left.order_by("ends_on"))
    placed = set(
        Enrolment.objects.during(on, on + timedelta(days=365))
        .filter(child__in=[e.child_id for e in listed])
        .exclude(pk__in=[e.pk for e in listed])
        .values_list("child", flat=True)
    )
    return [
        AtRisk(
            child=e.child, since=e.ends_on, step=_look(e.child),
            because=f"Leaves {e.school} on {written(e.ends_on)} and no destination is recorded",
        )
        for e in listed
        if e.child_id not in placed and e.ends_on is not None
    ]  # fmt: skip


def _not_back(actor: Actor, on: date) -> list[AtRisk]:
    children = Child.objects.visible_to(actor)
    away = Whereabouts.objects.on(on).filter(return_expected_on__lt=on, child__in=children)
    told = Referral.objects.visible_to(actor).filter(
        departure=Referral.Departure.TEMPORARY, return_expected_on__lt=on, child__in=children,
        case=None,
    ).exclude(  # concluded since: whoever looked found out
        child__in=Whereabouts.objects.on(on)
        .filter(starts_on__gte=OuterRef("return_expected_on"))
        .values("child")
    )  # fmt: skip
    return [
        AtRisk(
            child=row.child, since=row.return_expected_on, step=_look(row.child),
            because=f"Was due back on {written(row.return_expected_on)}; no return is recorded",
        )
        for row in (*away.select_related("child"), *told.select_related("child"))
        if row.child is not None and row.return_expected_on is not None
    ]  # fmt: skip


def _look(child: Child) -> Step:
    return Step("Find out where the child is", reverse("casework:child", args=[child.ref]))
