"""What holds of a child on a day and does not decide where the child stands."""

from collections.abc import Iterator

from onroll.statute.counting import days_since
from onroll.statute.packs import Pack
from onroll.statute.reasons import ACT, PROVISION, Bearing, ChildDay, Place, Reason
from onroll.statute.sources import Confidence
from onroll.statute.spans import Outcome, Span, What
from onroll.statute.writing import written

_GUIDANCE = "Children missing education, statutory guidance (updated 8 September 2025)"
_REGISTER_ACT = "Education Act 1996 s.436B, inserted by the Act of 2026 s.38 (not in force)"

_GONE = (Place.DIED, Place.LEFT_AREA, Place.LEFT_COUNTRY)


def beside(day: ChildDay, place: Place, pack: Pack) -> Iterator[Reason]:
    """Name what holds as well and does not decide."""
    if day.child.born_on is None:
        yield Reason(
            "No date of birth is recorded: taken to be of compulsory school age until one is.",
            "Education Act 1996 s.445 presumes so in court",
            Confidence.DERIVED,
            Bearing.BESIDE,
            "no_date_of_birth",
        )
    if not day.child.resident and place is Place.MISSING_EDUCATION:
        says = "Does not live in this area: counted by the authority of the home."
        yield Reason(says, ACT, Confidence.DERIVED, Bearing.BESIDE, "not_resident")
    for span in day.spans:
        if says := _does_not_decide(span):
            sure = _HOW_SURE.get(span.what, _SURE)
            yield Reason(says, _GUIDANCE, sure, Bearing.BESIDE, span.what.value)
    yield from _extended(day, pack)
    if place is not Place.MISSING_EDUCATION:
        return
    for span in day.child.spans:
        if span.what is What.ROLL and span.starts_on > day.on:
            says = f"A place starts on {written(span.starts_on)}; until then the child is missing."
            yield Reason(says, _GUIDANCE, _SURE, Bearing.BESIDE, "starts_later")


# What the guidance says of these is known from others' reports of it, or follows from it.
_SURE = Confidence.VERIFIED
_HOW_SURE = {
    What.WHEREABOUTS_UNKNOWN: Confidence.SECONDARY,
    What.DESTINATION_UNKNOWN: Confidence.DERIVED,
    What.ALTERNATIVE_PROVISION: Confidence.SECONDARY,
    What.HOSPITAL_EDUCATION: Confidence.SECONDARY,
    What.PRIVATE_TUITION: Confidence.SECONDARY,
    What.SECTION_19: Confidence.SECONDARY,
    What.MOVED_AWAY: Confidence.DERIVED,
    What.ABROAD: Confidence.DERIVED,
}


def _unknown_for(day: ChildDay) -> int:
    """For how many days, this one included, nobody has known where the child is; -1 if known."""
    since = [span.starts_on for span in day.of(What.WHEREABOUTS_UNKNOWN)]
    return days_since(min(since), day.on) + 1 if since else -1


def _extended(day: ChildDay, pack: Pack) -> Iterator[Reason]:
    """Whether whereabouts have been unknown as long as makes a case an extended one here."""
    days, least = _unknown_for(day), pack.whereabouts_unknown_days
    if least and days >= least:
        rule = f"{pack.local_title} counts from {least} as extended"
        says = f"Whereabouts unknown for {days} days; {rule}."
        yield Reason(says, pack.local_cites, Confidence.LOCAL, Bearing.BESIDE, "extended")


# Ways of being educated that are followed and never counted as missing, and what is recorded of
# a child on a roll that asks for the same care.
_MONITORED_PLACES = frozenset(
    {
        Place.HOME_EDUCATED,
        Place.EOTAS,
        Place.ALTERNATIVE_PROVISION,
        Place.HOSPITAL_EDUCATION,
        Place.DETAINED,
    }
)
_MONITORED = (What.IRREGULAR_ATTENDANCE, What.WHEREABOUTS_UNKNOWN, What.DESTINATION_UNKNOWN)


def monitored(day: ChildDay, place: Place) -> Iterator[str]:
    """The keys of what an authority keeps an eye on although it does not count as missing."""
    if place in _MONITORED_PLACES:
        yield place.value
    if place is Place.ON_ROLL:
        if any(span.part_time for span in day.of(What.ROLL)):
            yield "part_time_timetable"
        yield from (what.value for what in _MONITORED if day.of(what))


def _does_not_decide(span: Span) -> str:
    match span.what:
        case What.ROLL if span.expected:
            return "A school place is accepted; the child has not started there."
        case What.HOME_EDUCATION if span.suitability == Outcome.UNSUITABLE:
            return "Home education is recorded and was judged unsuitable."
        case (
            What.ALTERNATIVE_PROVISION
            | What.HOSPITAL_EDUCATION
            | What.PRIVATE_TUITION
            | What.SECTION_19
        ) if not span.suitable:
            if span.suitable is None:
                return f"There is {span.what.says}; nobody has recorded whether it is suitable."
            return f"There is {span.what.says}, judged unsuitable."
        case What.APPLIED_FOR_PLACE:
            return "A school place has been applied for; an application is not education."
        case What.OFFERED_PLACE:
            return "A school place is offered; an offer is not education."
        case What.WHEREABOUTS_UNKNOWN:
            return "Nobody knows where the child is."
        case What.DESTINATION_UNKNOWN:
            return "Nobody knows to which school the child has gone."
        case What.MOVED_AWAY if not span.confirmed:
            return "The child is said to have moved away; it is not confirmed."
        case What.ABROAD if not span.verified:
            return "The child is said to be abroad; it is not verified."
    return ""


def local(day: ChildDay, place: Place, pack: Pack) -> Iterator[Reason]:
    """The reasons for which this authority counts the child, beside the national definition."""
    if place in _GONE:
        return
    holds = {
        "irregular_attendance": place is Place.ON_ROLL and bool(day.of(What.IRREGULAR_ATTENDANCE)),
        "whereabouts_unknown": _unknown_for(day) >= pack.whereabouts_unknown_days,
        "destination_unknown": bool(day.of(What.DESTINATION_UNKNOWN)),
        "part_time_timetable": place is Place.ON_ROLL
        and any(span.part_time for span in day.of(What.ROLL)),
        "home_education_not_assessed": place is Place.HOME_EDUCATED
        and all(span.suitability != Outcome.SUITABLE for span in day.of(What.HOME_EDUCATION)),
    }
    for ground in pack.also_counts:
        if holds[ground]:
            words = ground.replace("_", " ")
            says = f"{pack.local_title} counts this locally: {words}."
            yield Reason(says, pack.local_cites, Confidence.LOCAL, Bearing.LOCAL, ground)


def register(day: ChildDay, place: Place, is_school_age: bool) -> Iterator[Reason]:
    """Why the child would be in the register of children not in school, once that is law.

    Whom it will hold is known from others' accounts of the Act of 2026.
    """
    if not is_school_age or not day.child.resident or place in _GONE:
        return
    entry = day.enrolled
    if entry is None:
        yield _registered("Would be in the register: not registered at a school.")
    elif entry.part_time:
        yield _registered("Would be in the register: on a part-time timetable.")
    elif elsewhere := [span.what.says for span in day.spans if span.what in _ELSEWHERE]:
        says = f"Would be in the register: educated elsewhere some of the time ({elsewhere[0]})."
        yield _registered(says)


def _registered(says: str) -> Reason:
    return Reason(says, _REGISTER_ACT, Confidence.SECONDARY, Bearing.REGISTER, "register")


_ELSEWHERE = (*PROVISION, What.EOTAS, What.HOME_EDUCATION)
