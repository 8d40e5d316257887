"""Addresses of schools, and of a child's education; included at the root of the site."""

from django.urls import path

from onroll.office.schools.views import calendars, directory, education

app_name = "schools"

urlpatterns = [
    path("schools/", directory.schools, name="schools"),
    path("schools/gaps/", directory.gaps, name="gaps"),
    path("schools/term-dates/", calendars.calendars, name="calendars"),
    path("schools/term-dates/<int:year>/", calendars.calendar, name="calendar"),
    path("schools/term-dates/<int:year>/edit/", calendars.edit, name="edit_calendar"),
    path("schools/<int:pk>/", directory.school, name="school"),
    path("schools/<int:pk>/contacts/add/", directory.add_contact, name="add_contact"),
    path("schools/contacts/<int:pk>/", directory.change_contact, name="change_contact"),
    path("schools/contacts/<int:pk>/end/", directory.end_contact, name="end_contact"),
    path("schools/<int:pk>/locality/", directory.locality, name="locality"),
    path("schools/<int:pk>/vacancies/", directory.vacancies, name="vacancies"),
    path("schools/<int:pk>/term-dates/<int:year>/", calendars.calendar, name="school_calendar"),
    path(
        "schools/<int:pk>/term-dates/<int:year>/edit/",
        calendars.edit,
        name="edit_school_calendar",
    ),
    path(
        "schools/<int:pk>/term-dates/<int:year>/drop/", calendars.drop, name="drop_school_calendar"
    ),
    path("children/<str:ref>/education/", education.education, name="education"),
    path("children/<str:ref>/education/enrol/", education.enrol, name="enrol"),
    path("children/<str:ref>/education/<int:pk>/start/", education.start, name="start"),
    path("children/<str:ref>/education/<int:pk>/leave/", education.leave, name="leave"),
    path("children/<str:ref>/education/<int:pk>/correct/", education.correct, name="correct"),
    path("children/<str:ref>/education/<int:pk>/not-taken-up/", education.drop, name="drop"),
    path("children/<str:ref>/education/apply/", education.apply, name="apply"),
    path("children/<str:ref>/education/<int:pk>/outcome/", education.outcome, name="outcome"),
    path("children/<str:ref>/education/offer/", education.offer, name="offer"),
    path("children/<str:ref>/education/<int:pk>/answer/", education.answer, name="answer"),
]
