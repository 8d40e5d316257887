"""Recording, correcting and ending the facts about a child."""

from datetime import date
from typing import TypeVar

from django.db import transaction

from onroll import data
from onroll.matching import normalise
from onroll.office.accounts.queries import authority
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import Fact
from onroll.office.people import policy
from onroll.office.people.actions.derived import refreshed
from onroll.office.people.actions.keeping import made_way, stated
from onroll.office.people.models import (
    Child,
    ChildAddress,
    ChildLocality,
    ChildName,
    Flag,
    HouseholdHazard,
    Identifier,
    Professional,
    Whereabouts,
)
from onroll.office.people.models.flags import UnknownFlag, flag_kind
from onroll.office.people.queries.sealed import facts_of
from onroll.statute import identifiers
from onroll.statute.writing import written

RECORDED = verb("children.fact_recorded", "recorded: {what}", "what")

# What kind of fact an event is about, in the words of the office; never what the fact says.
WORDS: dict[str, str] = {
    "people.ChildName": "a name",
    "people.Identifier": "a number",
    "people.ChildAddress": "an address",
    "people.ChildLocality": "a locality",
    "people.Flag": "a flag",
    "people.Relationship": "a carer",
    "people.ContactPoint": "a contact point",
    "people.CarerAddress": "a carer’s address",
    "people.Professional": "a professional",
    "people.Whereabouts": "a conclusion on whereabouts",
    "people.HouseholdHazard": "a hazard at a house",
    "people.YearTaught": "the year group taught",
    "people.Language": "a language",
}
F_ = TypeVar("F_", bound=Fact)

FURTHEST_AHEAD = 366  # days


def refuse_before_birth(child: Child, starts_on: date) -> None:
    """Refuse a fact from a day before the child was born, where that day is known and not guessed.

    A birth date that was guessed may be the wrong one of the two.
    """
    born_on = child.born_on if child.birth_date_is == Child.BirthDate.EXACT else None
    if born_on is not None and starts_on < born_on:
        raise Faulty(("starts_on", f"The child was born on {written(born_on)}, after that day."))


def noted(fact: Fact, child: int, by: Actor) -> None:
    """Leave the event of a fact recorded."""
    record(RECORDED, by=by, children=[child], subject=fact, what=WORDS[fact._meta.label])


def refuse_far_ahead(starts_on: date, on: date) -> None:
    """Refuse a first day that nobody can know of yet: a year mistyped, as a rule."""
    if (starts_on - on).days > FURTHEST_AHEAD:
        raise Faulty(
            ("starts_on", "This day is more than a year ahead: check the year."),
        )


@transaction.atomic
def record_name(
    *,
    child: Child,
    use: str,
    given_names: str,
    family_name: str,
    starts_on: date,
    by: Actor,
    on: date,
    ends_on: date | None = None,
    source: str = "",
) -> ChildName:
    """Record a name. A new legal name ends the one before on the day before it starts."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    if not given_names.strip() and not family_name.strip():
        raise Faulty(("family_name", "Enter a name, even if only one is known."))
    if use in (ChildName.Use.LEGAL, ChildName.Use.KNOWN_AS):
        current = ChildName.objects.as_known().filter(child=child, use=use)
        made_way(list(current), starts_on, by)
    name = stated(
        ChildName,
        by,
        child=child,
        use=use,
        given_names=given_names.strip(),
        family_name=family_name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(name, child.pk, by)
    refreshed(name, child.pk, on)
    return name


@transaction.atomic
def record_identifier(
    *,
    child: Child,
    scheme: str,
    value: str,
    starts_on: date,
    by: Actor,
    on: date,
    ends_on: date | None = None,
    source: str = "",
) -> Identifier:
    """Record a number. One that cannot be right is refused; one that may be is kept."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    checked = checked_identifier(scheme, value)
    if checked.errors:
        raise Faulty(*(("value", says) for says in checked.errors))
    if scheme == Identifier.Scheme.UPN:
        held = Identifier.objects.as_known().filter(child=child, scheme=scheme)
        made_way([i for i in held if i.value != checked.value], starts_on, by)
    identifier = stated(
        Identifier,
        by,
        child=child,
        scheme=scheme,
        value=checked.value,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(identifier, child.pk, by)
    refreshed(identifier, child.pk, on)
    return identifier


def checked_identifier(scheme: str, value: str) -> identifiers.Checked:
    """Return a number in its normal form with what is wrong with it."""
    match scheme:
        case Identifier.Scheme.UPN | Identifier.Scheme.FORMER_UPN:
            checked = identifiers.check_upn(value)
            if checked.kind is identifiers.UpnKind.TEMPORARY and scheme == Identifier.Scheme.UPN:
                says = "This is a temporary UPN: record it as one."
                problem = identifiers.Problem(identifiers.Severity.ERROR, says)
                return identifiers.Checked(checked.value, (problem,), checked.kind)
            return checked
        case Identifier.Scheme.TEMPORARY_UPN:
            return identifiers.check_upn(value)
        case Identifier.Scheme.NHS:
            return identifiers.check_nhs_number(value)
        case Identifier.Scheme.ULN:
            return identifiers.check_uln(value)
    plain = " ".join(value.split())
    if plain:
        return identifiers.Checked(plain)
    problem = identifiers.Problem(identifiers.Severity.ERROR, "Enter the number.")
    return identifiers.Checked(plain, (problem,))


@transaction.atomic
def record_address(
    *,
    child: Child,
    line_1: str,
    starts_on: date,
    by: Actor,
    on: date,
    use: str = ChildAddress.Use.HOME,
    line_2: str = "",
    town: str = "",
    postcode: str = "",
    uprn: str = "",
    la_code: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> ChildAddress:
    """Record where a child lives. It ends the address of the same use the day before."""
    policy.can_edit(by).require()
    check_place(la_code=la_code)
    refuse_far_ahead(starts_on, on)
    refuse_before_birth(child, starts_on)
    made_way(
        [a for a in facts_of(ChildAddress, by=by, child=child.pk) if a.use == use], starts_on, by
    )
    address = stated(
        ChildAddress,
        by,
        child=child,
        use=use,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        **placed(line_1, line_2, town, postcode),
        uprn=uprn.strip(),
        la_code=la_code,
    )
    noted(address, child.pk, by)
    refreshed(address, child.pk, on)
    return address


def check_place(*, la_code: str = "", country: str = "") -> None:
    """Refuse an authority or a country that is on no list, with what to choose instead."""
    if la_code and la_code != authority().la_code and (says := data.why_not(la_code)):
        raise Faulty(("la_code", says))
    if country and not data.is_country(country):
        raise Faulty(("country", f"“{country}” is not in the list of countries: choose one."))


@transaction.atomic
def record_locality(
    *,
    child: Child,
    locality: int,
    starts_on: date,
    by: Actor,
    on: date,
    ends_on: date | None = None,
    source: str = "",
) -> ChildLocality:
    """Count a child in a locality that is not the home's. It ends the one before."""
    policy.can_edit(by).require()
    made_way(facts_of(ChildLocality, by=by, child=child.pk), starts_on, by)
    counted = stated(
        ChildLocality, by, child=child, locality_id=locality, starts_on=starts_on, ends_on=ends_on,
        source=source,
    )  # fmt: skip
    noted(counted, child.pk, by)
    return counted


def placed(line_1: str, line_2: str, town: str, postcode: str) -> dict[str, str]:
    """Return an address as it is kept, with the key of its house."""
    return {
        "line_1": line_1.strip(),
        "line_2": line_2.strip(),
        "town": town.strip(),
        "postcode": normalise.postcode(postcode) or postcode.strip().upper(),
        "place": normalise.house_and_postcode(line_1, postcode),
    }


@transaction.atomic
def record_flag(
    *,
    child: Child,
    flag: str,
    starts_on: date,
    by: Actor,
    on: date,
    detail: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> Flag:
    """Raise a flag of the table. An unknown flag is refused."""
    try:
        kind = flag_kind(flag)
    except UnknownFlag as unknown:
        raise Faulty(("flag", str(unknown))) from None
    policy.can_flag(by, kind).require()
    refuse_far_ahead(starts_on, on)
    refuse_before_birth(child, starts_on)
    raised = stated(
        Flag,
        by,
        child=child,
        flag=kind.key,
        detail=detail,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(raised, child.pk, by)
    return raised


@transaction.atomic
def record_professional(
    *,
    child: Child,
    role: str,
    name: str,
    starts_on: date,
    by: Actor,
    on: date,
    organisation: str = "",
    telephone: str = "",
    email: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> Professional:
    """Record a professional who knows the child."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    known = stated(
        Professional,
        by,
        child=child,
        role=role,
        name=name.strip(),
        organisation=organisation,
        telephone=telephone,
        email=email,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(known, child.pk, by)
    return known


@transaction.atomic
def conclude_whereabouts(
    *,
    child: Child,
    conclusion: str,
    starts_on: date,
    by: Actor,
    on: date,
    strength: str = Whereabouts.Strength.BELIEVED,
    la_code: str = "",
    country: str = "",
    evidence: str = "",
    return_expected_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> Whereabouts:
    """Conclude where a child is; it ends the conclusion before. Confirmed needs its evidence."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    if strength == Whereabouts.Strength.CONFIRMED and not evidence.strip():
        raise Faulty(("evidence", "Say what confirmed it: who told, when, and how it was checked."))
    check_place(la_code=la_code, country=country)
    refuse_before_birth(child, starts_on)
    made_way(facts_of(Whereabouts, by=by, child=child.pk), starts_on, by)
    concluded = stated(
        Whereabouts,
        by,
        child=child,
        conclusion=conclusion,
        strength=strength,
        la_code=la_code,
        country=country,
        evidence=evidence,
        return_expected_on=return_expected_on,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(concluded, child.pk, by)
    return concluded


@transaction.atomic
def record_hazard(
    *,
    child: Child,
    place: str,
    hazard: str,
    starts_on: date,
    by: Actor,
    on: date,
    advice: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> HouseholdHazard:
    """Record what to know before visiting a house; `child` is whose record it was learnt from."""
    policy.can_edit(by).require()
    refuse_far_ahead(starts_on, on)
    known = stated(
        HouseholdHazard,
        by,
        place=place,
        hazard=hazard.strip(),
        advice=advice,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    noted(known, child.pk, by)
    return known
