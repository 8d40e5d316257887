"""Reads of what is special about a child missing education."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from onroll.office.casework.models import Case, Referral
from onroll.office.cme.models import (
    Absence,
    Episode,
    Ground,
    JointEnquiry,
    MissingEducation,
    Placement,
    TransitionStep,
)
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.people.models import Child, Whereabouts
from onroll.office.provision.models import Plan, Provision
from onroll.office.schools.models import Enrolment, InYearApplication, Offer
from onroll.office.schools.queries import placed_facts
from onroll.statute.codes import MISSING_REASONS, DurationBand, duration_band

Conclusion = Whereabouts.Conclusion
Sureness = Whereabouts.Strength
Departure = Referral.Departure
Route = Referral.Route
CONCLUSIONS = tuple(Whereabouts.Conclusion.choices)
HOW_SURE = tuple(Whereabouts.Strength.choices)
GROUNDS = tuple(Ground.choices)


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a child has been missing education, and in which national band."""

    days: int
    band: DurationBand
    until: date | None

    @property
    def says(self) -> str:
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        weeks = self.days // 7
        return f"{f'{weeks} weeks' if weeks >= 2 else days} (band: {self.band.title})"

    @property
    def is_on_an_edge(self) -> bool:
        """Whether the band depends on how a day on the edge of two is read."""
        return self.days > 0 and self.days == self.band.from_days


def record_of(case: Case) -> MissingEducation:
    """Return the record behind a case's cover sheet. Raises Unknown."""
    found = MissingEducation.objects.select_related("last_school").filter(case=case).first()
    if found is None:
        raise Unknown("This case has no record of missing education.")
    return found


def last_school(case: Case) -> int | None:
    """Return the school by whose calendar the case's clocks count."""
    found = MissingEducation.objects.filter(case=case).values_list("last_school_id", flat=True)
    return found.first()


def episodes(child: Child, actor: Actor) -> list[Episode]:
    """Return the times that a child missed education, of which this person may know."""
    return list(
        Episode.objects.as_known()
        .filter(case__child=child, case__in=Case.objects.visible_to(actor))
        .select_related("case", "local_reason")
        .order_by("-starts_on", "-pk")
    )


def episodes_of(case: Case) -> list[Episode]:
    """Return the times that the child missed education under this case, the latest first."""
    found = Episode.objects.as_known().filter(case=case).select_related("local_reason")
    return list(found.order_by("-starts_on"))


def found_episode(case: Case) -> Episode | None:
    """Return the latest episode, which is not there while the case is being opened."""
    return next(iter(episodes_of(case)), None)


def episode_of(case: Case) -> Episode:
    """Return the latest time that the child missed education under this case. Raises Unknown."""
    found = found_episode(case)
    if found is None:
        raise Unknown("This case has no record of missing education.")
    return found


def absences_of(case: Case) -> list[Absence]:
    """Return the absences from a roll that may give a ground for deletion, the latest first."""
    return list(Absence.objects.as_known().filter(case=case).order_by("-starts_on", "-pk"))


def absence_of(case: Case, ground: str) -> Absence | None:
    """Return the absence that holds still and may give this ground, if there is one."""
    found = (a for a in absences_of(case) if a.ground == ground and a.ends_on is None)
    return next(found, None)


def joint_enquiries_of(case: Case) -> list[JointEnquiry]:
    """Return the joint enquiries of school and authority, the latest first."""
    found = JointEnquiry.objects.as_known().filter(case=case).select_related("recorded_by")
    return list(found.order_by("-starts_on"))


def joint_enquiry_of(case: Case) -> JointEnquiry | None:
    """Return the joint enquiry that stands, if there is one."""
    return next((j for j in joint_enquiries_of(case) if j.ends_on is None), None)


def joint_enquiry_needed(case: Case) -> list[Absence]:
    """Return the absences since whose first day school and authority have not both enquired."""
    done = [joint.starts_on for joint in joint_enquiries_of(case)]
    held = (absence for absence in absences_of(case) if absence.ends_on is None)
    return [a for a in held if not any(day >= a.starts_on for day in done)]


def absence_seen(case: Case) -> str:
    """Return what stands for the days of absence as they are now, to notice that they changed."""
    keys = [f.pk for f in (found_episode(case), *absences_of(case)) if f is not None]
    return "-".join(str(key) for key in keys)


def places_of(case: Case) -> list[Placement]:
    """Return the places secured under this case, the latest first."""
    found = Placement.objects.as_known().filter(case=case).select_related("school")
    return list(found.order_by("-starts_on"))


def place_of(case: Case) -> Placement | None:
    """Return the place that is secured now, if there is one."""
    return next((place for place in places_of(case) if place.ends_on is None), None)


def duration(episode: Episode, on: date) -> Duration:
    """Return how long the child has been missing on a day; to the end where it has ended."""
    until = episode.ends_on + timedelta(days=1) if episode.ends_on else None
    last = min(until, on) if until else on
    last = max(last, episode.starts_on)
    return Duration(
        days=(last - episode.starts_on).days,
        band=duration_band(episode.starts_on, last),
        until=until,
    )


def watched(cases: QuerySet[Case]) -> QuerySet[Placement]:
    """Return the places whose start the school has not confirmed."""
    return (
        Placement.objects.as_known()
        .filter(case__in=cases, case__closed_on=None, ends_on=None, confirmed_on=None)
        .select_related("case__child", "case__owner", "case__team", "school")
        .order_by("expected_on", "pk")
    )


def reason_title(episode: Episode) -> str:
    """Return the national reason in words, with the authority's own beside it."""
    national = MISSING_REASONS[episode.reason].title if episode.reason in MISSING_REASONS else ""
    if episode.local_reason is None:
        return national or episode.reason
    return f"{episode.local_reason.title} (national: {national})"


def steps(case: Case) -> list[TransitionStep]:
    """Return the plan for going back to school, what is not done first."""
    return list(TransitionStep.objects.filter(case=case).order_by("done_on", "by_when", "pk"))


def step_for(case: Case, pk: int) -> TransitionStep:
    """Return one step of the plan. Raises Unknown."""
    found = TransitionStep.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no step {pk} on this case.")
    return found


def expected_enrolment(
    case: Case, *, by: Actor | None = None, school: int | None = None
) -> Enrolment | None:
    """Return the place accepted and not started, if there is one that this reader may know.

    With a school, the place there.
    """
    places = placed_facts(Enrolment, case.child_id, by=by)
    wanted = (p for p in places if school is None or p.school_id == school)
    return next((place for place in wanted if place.is_expected), None)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A child with an EHC plan who waits for a place, and what is in place meanwhile."""

    plan: Plan
    interim: Provision | None

    @property
    def says(self) -> str:
        if self.interim is None:
            return "No interim tuition or provision is recorded."
        hours = f", {self.interim.hours_a_week} hours a week" if self.interim.hours_a_week else ""
        return f"Meanwhile: {self.interim.get_what_display()}, {self.interim.provider}{hours}."


def awaiting_place(case: Case, on: date, *, by: Actor) -> Awaiting | None:
    """Return the plan under which the child awaits a place, if that is so."""
    plans = [p for p in placed_facts(Plan, case.child_id, by=by, on=on) if p.awaiting_place]
    if not plans:
        return None
    interim = placed_facts(Provision, case.child_id, by=by, on=on)
    interim.sort(key=lambda provided: not provided.is_interim)
    return Awaiting(plan=plans[0], interim=interim[0] if interim else None)


@dataclass(frozen=True, slots=True)
class RoadToAPlace:
    """Applications, offers and the place accepted, for the card on the case."""

    applications: tuple[InYearApplication, ...]
    offers: tuple[Offer, ...]
    expected: Enrolment | None


def road_to_a_place(case: Case, *, by: Actor) -> RoadToAPlace:
    """Return how far the child is on the way to a school place."""
    return RoadToAPlace(
        applications=tuple(placed_facts(InYearApplication, case.child_id, by=by)),
        offers=tuple(placed_facts(Offer, case.child_id, by=by)),
        expected=expected_enrolment(case, by=by),
    )
