"""What the record shows of each way in which a case may end, and from which day."""

from collections.abc import Sequence
from datetime import date, timedelta

from onroll import data
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import facts_of, standing
from onroll.office.casework.queries.clocks import pack
from onroll.office.cme.models import Enquiry, HomeEducationAcceptance
from onroll.office.cme.queries.ledger import STRONG_ABROAD, STRONG_ELSEWHERE, Shows, located
from onroll.office.cme.queries.records import episodes_of, place_of
from onroll.office.people.models import ChildAddress, Whereabouts
from onroll.office.provision import queries as provision
from onroll.office.provision.models import Plan
from onroll.office.provision.queries import Stretch
from onroll.office.schools.models import Enrolment
from onroll.office.schools.queries import placed_facts
from onroll.statute import classify
from onroll.statute.ages import compulsory_school_age
from onroll.statute.reasons import Place
from onroll.statute.writing import written

A_DAY = timedelta(days=1)
PROVIDED = ("alternative_provision", "hospital_education", "private_tuition", "section_19")


def started_enrolments(case: Case, on: date) -> list[Enrolment]:
    """Return the rolls on which the child is and has started.

    For rules and actions, which count a sealed child's roll too; a page asks for its reader.
    """
    rolls = placed_facts(Enrolment, case.child_id, by=None, on=on)
    return [roll for roll in rolls if not roll.is_expected]


def concluded(case: Case, on: date) -> str:
    """Return what is concluded on where the child is: the key of a conclusion, or nothing."""
    found = whereabouts(case, on)
    return found.conclusion if found else ""


def whereabouts(case: Case, on: date) -> Whereabouts | None:
    """Return the conclusion on whereabouts that holds on a day, for a rule."""
    return next(iter(placed_facts(Whereabouts, case.child_id, by=None, on=on)), None)


def home_education(case: Case, on: date) -> Stretch | None:
    """Return the home education that holds on a day, as it was judged by then, for a rule."""
    return next(iter(provision.home_education_of(case.child_id, on=on)), None)


def provided(case: Case, on: date) -> list[Stretch]:
    """Return the provision that holds on a day, as it was judged by then, for a rule."""
    return provision.provision_of(case.child_id, on=on)


def has_plan(case: Case, on: date) -> bool:
    """Return whether an EHC plan holds on a day, for a rule."""
    return bool(placed_facts(Plan, case.child_id, by=None, on=on))


def home_education_acceptance(case: Case, on: date) -> HomeEducationAcceptance | None:
    """Return the acceptance of home education into the register that holds on a day."""
    return HomeEducationAcceptance.objects.on(on).filter(case=case).first()


def _since_this_time(case: Case) -> date:
    """Return from when an answer bears on the child's being missing now.

    What ended an earlier time does not end this one.
    """
    told = episodes_of(case)
    return told[0].starts_on if len(told) > 1 else date.min


def acceptance(case: Case) -> Enquiry | None:
    """Return the answer by which another authority has accepted the child."""
    found = located(case).filter(
        template__shows=Shows.ACCEPTANCE,
        strength__in=STRONG_ELSEWHERE,
        accepted_on__gte=_since_this_time(case),
    )
    return found.select_related("template").order_by("-accepted_on", "-pk").first()


def verification(case: Case) -> Enquiry | None:
    """Return the answer that verifies for itself in which country the child is."""
    found = located(case).filter(
        template__shows=Shows.ABROAD,
        strength__in=STRONG_ABROAD,
        country__in=data.countries(),
        answered_on__gte=_since_this_time(case),
    )
    return found.select_related("template").order_by("-answered_on", "-pk").first()


def words_of(enquiry: Enquiry) -> str:
    """Return an enquiry and its answer in a line or two, as evidence."""
    said = f"{enquiry.template.title}: {enquiry.account}".strip(" :")
    if enquiry.accepted_on is None:
        return said
    theirs = f", reference {enquiry.accepted_reference}" if enquiry.accepted_reference else ""
    return (
        f"{data.name_of(enquiry.la_code)} accepted the child on {written(enquiry.accepted_on)}: "
        f"{enquiry.accepted_by}, {enquiry.get_accepted_how_display().lower()}{theirs}. {said}"
    )


def educated_from(case: Case, outcome: str, on: date) -> date | None:
    """Return the first day on which the child misses education no more, as an outcome says it.

    None where the outcome says that the child never did, or where it is not shown yet.
    """
    child = case.child
    place, accepted, verified = place_of(case), acceptance(case), verification(case)
    match outcome:
        case "on_roll":
            return place.confirmed_on if place else None
        case "home_educated":
            taught = provision.home_education_of(child.pk)
            return _unbroken([s for s in taught if s.suitability != "unsuitable"], on)
        case "alternative_provision":
            given = provision.provision_of(child.pk)
            return _unbroken([s for s in given if is_lasting(s)], on)
        case "eotas":
            given = provision.provision_of(child.pk)
            return _unbroken([s for s in given if s.what == "eotas"], on)
        case "left_area" if accepted and accepted.accepted_on:
            conclusion = Whereabouts.Conclusion.ELSEWHERE
            return _gone_from(case, conclusion, accepted.la_code, accepted.accepted_on, on)
        case "left_country" if verified and verified.answered_on:
            conclusion = Whereabouts.Conclusion.ABROAD
            return _gone_from(case, conclusion, verified.country, verified.answered_on, on)
        case "over_age" if child.born_on:
            return compulsory_school_age(child.born_on).ends_on + A_DAY
        case "died":
            return child.died_on
    return None


def is_lasting(provided: Stretch) -> bool:
    """Return whether provision is such that a case may close with it."""
    return provided.what in PROVIDED and provided.is_suitable and not provided.is_interim


def _unbroken(facts: Sequence[Stretch], on: date) -> date | None:
    """Return the first day of the time without a gap, up to a day, in which any of these held."""
    first = min((fact.starts_on for fact in facts if fact.holds_on(on)), default=None)
    while first is not None:
        joined = [f.starts_on for f in facts if f.starts_on < first and f.holds_on(first - A_DAY)]
        if not joined:
            break
        first = min(joined)
    return first


def is_the_same(found: Whereabouts, conclusion: str, where: str) -> bool:
    """Return whether a conclusion on whereabouts says the same, or leaves open which place."""
    said = found.la_code if conclusion == Whereabouts.Conclusion.ELSEWHERE else found.country
    return found.conclusion == conclusion and said in ("", where)


def _gone_from(case: Case, conclusion: str, where: str, shown_on: date, on: date) -> date:
    """Return since when the child is there: as was concluded, else when it was shown."""
    found = whereabouts(case, on)
    if found is None:
        return shown_on
    if is_the_same(found, conclusion, where):
        return found.starts_on
    return max(shown_on, found.starts_on)


def days_at(case: Case, first: date, last: date, *places: Place) -> list[date]:
    """Return the days from one to another on which the child stands in any of these places."""
    facts, rules = facts_of([case.child], last)[case.child_id], pack()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if classify.standing(facts, day, rules).place in places]


def missed_on(case: Case, first: date, last: date) -> date | None:
    """Return a day from one to another on which the child is missing education here, or None."""
    missed = days_at(case, first, last, Place.MISSING_EDUCATION)
    if not missed:
        return None
    # Whether the home is here is asked on the days on which it may have changed.
    homes = placed_facts(ChildAddress, case.child_id, by=None)
    moved = {home.starts_on for home in homes} & set(missed)
    for day in sorted({missed[0], missed[-1], *moved}):
        if standing(case.child, day).national_cme:
            return day
    return None
