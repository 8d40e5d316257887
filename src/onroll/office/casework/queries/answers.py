"""What a referral says, as one value; and what a good one of its kind would have said besides."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Protocol

from onroll.office.casework.models import Referral

Source = Referral.Source
Form = Referral.Form
Route = Referral.Route
Departure = Referral.Departure
State = Referral.State

SOURCES = frozenset(Source.values)
FORMS = frozenset(Form.values)
DEPARTURES = frozenset(Departure.values)

UNDECIDED = frozenset({State.NEW, State.ASKED})

SCHOOLS = frozenset({Source.SCHOOL, Source.INDEPENDENT_SCHOOL})
THE_PUBLIC = frozenset({Source.FAMILY, Source.PUBLIC})

# To whom triage may send a referral that is not ours.
ELSEWHERE: Mapping[str, str] = {
    "authority": "Another local authority",
    "team": "Another team of this authority",
    "agency": "Another agency",
}

# Steps that a school or an agency can take before it refers. The list inside the national guidance
# has not been read; this one is put together from authorities' published procedures.
ENQUIRIES: Mapping[str, str] = {
    "first_day_contact": "Rang home on the first day, and again while unexplained",
    "emergency_contacts": "Tried every emergency contact, at different times of day",
    "family_and_friends": "Asked brothers’ and sisters’ schools, relatives and friends",
    "home_visit": "Visited the home",
    "letter_home": "Wrote to the last address to say that a referral would follow",
    "professionals": "Asked professionals who know the family (social care, school nurse, GP)",
    "school_to_school": "Looked on the school-to-school system (S2S)",
    "other_authority": "Asked the authority of the area the family is said to be in",
    "online": "Looked at what is public online",
}
ENQUIRY_RESULTS: Mapping[str, str] = {
    "done": "Done",
    "nothing": "Done: nothing learnt",
    "no_answer": "Done: no answer",
    "lead": "Done: something learnt",
    "located": "Done: child located",
}


@dataclass(frozen=True, slots=True)
class PersonTold:
    """A parent, carer, relative or friend, as the referrer named them."""

    name: str
    relationship: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class EnquiryTold:
    """An enquiry that was made before the referral, and what came of it."""

    enquiry: str  # a key of ENQUIRIES
    result: str  # a key of ENQUIRY_RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswers:
    """Everything that a referrer may tell, whatever the form, the file or the telephone."""

    source: str
    form: str = Form.GENERAL
    given_names: str = ""
    family_name: str = ""
    also_known_as: str = ""
    born_on: date | None = None
    age_told: str = ""
    sex: str = ""
    upn: str = ""
    address: str = ""
    postcode: str = ""
    languages: str = ""
    carers: tuple[PersonTold, ...] = ()
    school_id: int | None = None
    school_told: str = ""
    on_roll_now: str = ""
    last_attended_on: date | None = None
    aware_on: date | None = None
    departure: str = ""
    destination: str = ""
    return_expected_on: date | None = None
    deletion_ground: str = ""
    starts_on: date | None = None
    new_to_country: bool = False
    reason: str = ""
    concerns: str = ""
    enquiries_made: tuple[EnquiryTold, ...] = ()
    enquiries_detail: str = ""
    factors: tuple[str, ...] = ()
    significant_harm: bool = False
    harm_detail: str = ""
    child_seen_on: date | None = None
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_organisation: str = ""
    referrer_telephone: str = ""
    referrer_email: str = ""
    withhold_referrer: bool = False

    @property
    def digest(self) -> str:
        """The same for the same answers, whenever and however often they are sent."""
        plain = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()

    @property
    def columns(self) -> dict[str, Any]:
        """The answers under the names of the referral's columns."""
        values = asdict(self)
        for many in ("carers", "enquiries_made", "factors"):
            values[many] = list(values[many])
        return values

    @property
    def identifies_a_child(self) -> bool:
        """Whether there is anything at all by which the child could be found."""
        return any(
            (self.given_names, self.family_name, self.upn, self.address, self.postcode,
             self.also_known_as, self.carers, self.school_id, self.school_told)
        )  # fmt: skip


class Told(Protocol):
    """What completeness looks at: answers on their way in, or a referral as it lies."""

    @property
    def source(self) -> Any: ...

    @property
    def form(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that a referral of some kind should say, and how to ask for it."""

    key: str
    ask: str
    weight: int
    is_given: Callable[[Any], bool]
    of: Callable[[Any], bool] = lambda told: True


def _given(*names: str) -> Callable[[Any], bool]:
    return lambda told: any(bool(getattr(told, name)) for name in names)


def _from_a_school(told: Any) -> bool:
    return told.source in SCHOOLS


def _from_professionals(told: Any) -> bool:
    return told.source not in THE_PUBLIC


def _of_form(*forms: str) -> Callable[[Any], bool]:
    return lambda told: told.form in forms


def _telephone_of_a_carer(told: Any) -> bool:
    people = [p if isinstance(p, dict) else asdict(p) for p in told.carers]
    return any(p.get("telephone") or p.get("email") for p in people)


EXPECTED: tuple[Expected, ...] = (
    Expected("name", "The child’s full name", 20, lambda t: bool(t.given_names and t.family_name)),
    Expected("age", "The child’s date of birth, or about how old", 12,
             _given("born_on", "age_told")),
    Expected("address", "Where the child lives or last lived", 12, _given("address", "postcode")),
    Expected("school", "The child’s school, or last school", 8, _given("school_id", "school_told")),
    Expected("reason", "Why you think that the child is missing education", 8,
             _given("reason", "concerns", "departure")),
    Expected("born_on", "The exact date of birth", 6, _given("born_on"), _from_professionals),
    Expected("carers", "The name of a parent or carer", 8, _given("carers")),
    Expected("carer_contact", "A telephone number or e-mail address of a parent or carer", 6,
             _telephone_of_a_carer, _from_professionals),
    Expected("upn", "The unique pupil number (UPN)", 6, _given("upn"), _from_a_school),
    Expected("last_attended_on", "The last day on which the child attended", 8,
             _given("last_attended_on"),
             lambda t: _from_a_school(t) and t.form != Form.ADMISSION),
    Expected("aware_on", "The day on which you became aware", 6, _given("aware_on"),
             lambda t: _from_professionals(t) and t.form in (Form.GENERAL, Form.REFERRAL)),
    Expected("enquiries_made", "The enquiries made so far and what came of them", 10,
             _given("enquiries_made", "enquiries_detail"),
             lambda t: _from_a_school(t) and t.form in (Form.GENERAL, Form.REFERRAL)),
    Expected("destination", "Where the child is going: school, area or country", 10,
             _given("destination"), _of_form(Form.LEAVER)),
    Expected("deletion_ground", "The ground on which the name leaves the register", 8,
             _given("deletion_ground"), _of_form(Form.LEAVER)),
    Expected("starts_on", "The first day at the school", 10, _given("starts_on"),
             _of_form(Form.ADMISSION)),
    Expected("child_seen_on", "When anyone last saw the child", 4,
             _given("child_seen_on", "last_attended_on"), lambda t: t.form != Form.ADMISSION),
    Expected("referrer", "Your name and how to reach you", 6,
             lambda t: bool(t.referrer_name and (t.referrer_telephone or t.referrer_email)),
             _from_professionals),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what such a referral should say it says; what to ask for, weightiest first."""

    percent: int
    missing: tuple[str, ...]


def completeness(told: Told) -> Completeness:
    """Return how complete a referral is against what its source and form should say."""
    wanted = [item for item in EXPECTED if item.of(told)]
    lacking = sorted(
        (item for item in wanted if not item.is_given(told)), key=lambda item: -item.weight
    )
    total = sum(item.weight for item in wanted)
    got = total - sum(item.weight for item in lacking)
    return Completeness(100 * got // total, tuple(item.ask for item in lacking))


def answers_of(referral: Referral) -> ReferralAnswers:
    """Return what a referral says, as the value that it was made from."""
    told = {
        field.name: getattr(referral, field.name)
        for field in fields(ReferralAnswers)
        if field.name not in ("carers", "enquiries_made", "factors")
    }
    return ReferralAnswers(
        **told,
        carers=tuple(PersonTold(**person) for person in referral.carers),
        enquiries_made=tuple(EnquiryTold(**enquiry) for enquiry in referral.enquiries_made),
        factors=tuple(referral.factors),
    )
