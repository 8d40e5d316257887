"""Schools, their calendars, their rolls."""

from onroll.office.schools.models.calendars import Calendar, NonSchoolDay, Term
from onroll.office.schools.models.roll import Enrolment, InYearApplication, Offer, Vacancy
from onroll.office.schools.models.school import School, SchoolContact, SchoolLink, SchoolLocality

__all__ = [
    "Calendar",
    "Enrolment",
    "InYearApplication",
    "NonSchoolDay",
    "Offer",
    "School",
    "SchoolContact",
    "SchoolLink",
    "SchoolLocality",
    "Term",
    "Vacancy",
]
