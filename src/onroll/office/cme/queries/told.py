"""What the clocks of many cases read of them, in as many questions as of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Min

from onroll.office.casework.models import Case
from onroll.office.cme.models import Absence, Enquiry, Episode, JointEnquiry, MissingEducation
from onroll.office.schools.models import InYearApplication
from onroll.office.schools.queries.roll import placed_of

OfCase = TypeVar("OfCase", Absence, JointEnquiry)


@dataclass(frozen=True, slots=True)
class Told:
    """What one case tells of enquiries, of applications for a place, and of a roll."""

    first_asked_on: date | None  # by the authority
    applications: Sequence[InYearApplication]  # made while the child was missing
    absences: Sequence[Absence]
    joint_enquiries: Sequence[JointEnquiry]


def told_of_many(cases: Sequence[Case]) -> dict[int, Told]:
    """Return what each case tells; none of those that have no record of missing education yet."""
    recorded = MissingEducation.objects.filter(case__in=cases)
    kept = set(recorded.values_list("case_id", flat=True))
    episodes = Episode.objects.as_known().filter(case__in=kept).order_by("case", "-starts_on")
    since = dict(episodes.distinct("case").values_list("case_id", "starts_on"))
    asked = Enquiry.objects.filter(case__in=kept, made_by_school=False).order_by()
    first_asked = dict(asked.values_list("case_id").annotate(first=Min("asked_on")))
    absences = _by_case(Absence.objects.as_known().filter(case__in=kept))
    joint = _by_case(JointEnquiry.objects.as_known().filter(case__in=kept))
    of_child: dict[int, list[InYearApplication]] = {}
    children = {case.child_id for case in cases if case.pk in kept}
    for made in placed_of(InYearApplication, children) if children else ():
        of_child.setdefault(made.child_id, []).append(made)
    return {
        case.pk: Told(
            first_asked_on=first_asked.get(case.pk),
            applications=[
                made
                for made in of_child.get(case.child_id, ())
                if made.starts_on >= since.get(case.pk, case.notified_on)
            ],
            absences=absences.get(case.pk, ()),
            joint_enquiries=joint.get(case.pk, ()),
        )
        for case in cases
        if case.pk in kept
    }


def _by_case(rows: Iterable[OfCase]) -> Mapping[int, list[OfCase]]:
    found: dict[int, list[OfCase]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def last_schools(cases: Sequence[Case]) -> dict[int, int | None]:
    """Return by whose calendar the clocks of each case count, by case."""
    noted = MissingEducation.objects.filter(case__in=cases)
    found = dict(noted.values_list("case_id", "last_school_id"))
    return {case.pk: found.get(case.pk) for case in cases}
