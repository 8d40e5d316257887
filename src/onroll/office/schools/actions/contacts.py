"""Whom to ring in a school, the locality in which it is counted, and the places it has free."""

from datetime import date

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.schools import policy
from onroll.office.schools.models import School, SchoolContact, SchoolLocality, Vacancy

CONTACT_RECORDED = verb("schools.contact_recorded", "recorded a school's {role}", "role")
CONTACT_CORRECTED = verb("schools.contact_corrected", "corrected a school's {role}", "role")
CONTACT_WITHDRAWN = verb("schools.contact_withdrawn", "withdrew a school's {role}", "role")
CONTACT_ENDED = verb("schools.contact_ended", "ended a school's {role}", "role", "on")
LOCALITY_SET = verb("schools.locality_set", "put a school into a locality", "locality", "on")
VACANCIES_SET = verb(
    "schools.vacancies_set",
    "recorded {places} places free in year {year_group}",
    "places",
    "year_group",
    "on",
)


def record_contact(
    *,
    school: School,
    role: str,
    name: str,
    starts_on: date,
    by: Actor,
    telephone: str = "",
    email: str = "",
    source: str = "",
) -> SchoolContact:
    """Record whom to speak to in a school, for what."""
    policy.can_edit_contacts(by, school).require()
    if role not in SchoolContact.Role.values:
        raise Faulty(("role", "Select what they are there for."))
    if not name.strip():
        raise Faulty(("name", "Enter a name, or “School office”."))
    twin = (
        SchoolContact.objects.as_known()
        .filter(school=school, role=role, name=name.strip(), ends_on__isnull=True)
        .first()
    )
    if twin is not None:
        raise Faulty(("name", f"{name.strip()} is already recorded as this. Change that instead."))
    with transaction.atomic():
        contact = facts.state(
            SchoolContact,
            by=by,
            school=school,
            role=role,
            name=name.strip(),
            telephone=telephone,
            email=email,
            starts_on=starts_on,
            source=source,
        )
        record(CONTACT_RECORDED, by=by, subject=school, role=role)
    return contact


def correct_contact(
    *, contact: SchoolContact, by: Actor, name: str, telephone: str, email: str
) -> SchoolContact:
    """Replace what was recorded of a contact; the former version stays known. Raises Stale."""
    policy.can_edit_contacts(by, contact.school).require()
    if not name.strip():
        raise Faulty(("name", "Enter a name, or “School office”."))
    with transaction.atomic():
        corrected = facts.supersede(
            contact, by=by, name=name.strip(), telephone=telephone, email=email
        )
        assert corrected is not None
        record(CONTACT_CORRECTED, by=by, subject=contact.school, role=contact.role)
    return corrected


def end_contact(*, contact: SchoolContact, on: date, by: Actor) -> SchoolContact:
    """Record that they are no longer the one to ring after that day."""
    policy.can_edit_contacts(by, contact.school).require()
    if on < contact.starts_on:
        raise Faulty(("ends_on", f"They began on {_day(contact.starts_on)}: enter a later date."))
    with transaction.atomic():
        ended = facts.end(contact, on=on, by=by)
        record(CONTACT_ENDED, by=by, subject=contact.school, role=contact.role, on=on)
    return ended


def withdraw_contact(*, contact: SchoolContact, by: Actor) -> None:
    """Stop believing a contact that was recorded in error. Raises Stale."""
    policy.can_edit_contacts(by, contact.school).require()
    with transaction.atomic():
        facts.supersede(contact, by=by, replace=False)
        record(CONTACT_WITHDRAWN, by=by, subject=contact.school, role=contact.role)


def put_in_locality(*, school: School, locality: int, on: date, by: Actor) -> SchoolLocality:
    """Count a school in a locality from that day on."""
    policy.can_edit(by).require()
    placed: SchoolLocality
    with transaction.atomic():
        now: SchoolLocality | None = SchoolLocality.objects.on(on).filter(school=school).first()
        if now is not None and now.locality_id == locality:
            return now
        if now is not None and now.starts_on == on:
            facts.supersede(now, by=by, replace=False)
        elif now is not None:
            facts.end(now, on=date.fromordinal(on.toordinal() - 1), by=by)
        later = SchoolLocality.objects.as_known().filter(school=school, starts_on__gt=on).first()
        if later is not None:
            raise Faulty(
                ("on", f"A locality is recorded from {_day(later.starts_on)}: enter a later date.")
            )
        placed = facts.state(
            SchoolLocality, by=by, school=school, locality_id=locality, starts_on=on
        )
        record(LOCALITY_SET, by=by, subject=school, locality=locality, on=on)
    return placed


def set_vacancies(
    *, school: School, year_group: int, places: int, on: date, by: Actor, source: str = ""
) -> Vacancy:
    """Record how many places a school has free in a year group from that day on."""
    policy.can_edit_contacts(by, school).require()
    if not 0 <= places <= 500:
        raise Faulty(("places", "Enter how many places are free, from 0 to 500."))
    with transaction.atomic():
        known = Vacancy.objects.as_known().filter(school=school, year_group=year_group)
        for row in known.filter(starts_on__gte=on):
            facts.supersede(row, by=by, replace=False)
        for row in Vacancy.objects.on(on).filter(school=school, year_group=year_group):
            facts.end(row, on=date.fromordinal(on.toordinal() - 1), by=by)
        vacancy = facts.state(
            Vacancy,
            by=by,
            school=school,
            year_group=year_group,
            places=places,
            starts_on=on,
            source=source,
        )
        record(VACANCIES_SET, by=by, subject=school, places=places, year_group=year_group, on=on)
    return vacancy


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
