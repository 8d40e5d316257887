"""What is done to schools, calendars, contacts and rolls."""

from onroll.office.schools.actions.applications import (
    answer_offer,
    record_application,
    record_offer,
    tell_outcome,
)
from onroll.office.schools.actions.bulk import (
    load_applications,
    load_contacts,
    load_enrolments,
    load_localities,
    load_offers,
    load_vacancies,
)
from onroll.office.schools.actions.calendars import (
    DayOff,
    TermDates,
    copy_authoritys,
    drop_calendar,
    save_calendar,
    when_term_dates_change,
)
from onroll.office.schools.actions.contacts import (
    correct_contact,
    end_contact,
    put_in_locality,
    record_contact,
    set_vacancies,
    withdraw_contact,
)
from onroll.office.schools.actions.register import (
    GiasLoaded,
    add_setting,
    load_gias,
    load_links,
    load_schools,
)
from onroll.office.schools.actions.roll import (
    NOWHERE,
    Destination,
    correct_enrolment,
    drop_expectation,
    enrol,
    remove_from_roll,
    start,
)

__all__ = [
    "NOWHERE",
    "DayOff",
    "Destination",
    "GiasLoaded",
    "TermDates",
    "add_setting",
    "answer_offer",
    "copy_authoritys",
    "correct_contact",
    "correct_enrolment",
    "drop_calendar",
    "drop_expectation",
    "end_contact",
    "enrol",
    "load_applications",
    "load_contacts",
    "load_enrolments",
    "load_gias",
    "load_links",
    "load_localities",
    "load_offers",
    "load_schools",
    "load_vacancies",
    "put_in_locality",
    "record_application",
    "record_contact",
    "record_offer",
    "remove_from_roll",
    "save_calendar",
    "set_vacancies",
    "start",
    "tell_outcome",
    "when_term_dates_change",
    "withdraw_contact",
]
