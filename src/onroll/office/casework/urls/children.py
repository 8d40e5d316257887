"""Addresses of a child's page."""

from django.urls import path

from onroll.office.casework.views import attention, cases, children

urlpatterns = [
    path("children/<str:ref>/", children.overview, name="child"),
    path("children/<str:ref>/chronology/", children.child_chronology, name="child_chronology"),
    path("children/<str:ref>/chronology.csv", children.chronology_csv, name="chronology_csv"),
    path(
        "children/<str:ref>/chronology/print/", children.chronology_print, name="chronology_print"
    ),
    path("children/<str:ref>/schooling/", children.education, name="child_education"),
    path("children/<str:ref>/people/", children.around, name="child_people"),
    path("children/<str:ref>/cases/", children.cases, name="child_cases"),
    path("children/<str:ref>/cases/open/", cases.open_case, name="case_open"),
    path("children/<str:ref>/all-contacts/", children.contacts, name="child_contacts"),
    path("children/<str:ref>/set-aside/", attention.set_aside, name="unfollowed_aside"),
    path("children/<str:ref>/documents/", children.documents, name="child_documents"),
    path("children/<str:ref>/looked/", children.looked, name="child_looked"),
]  # fmt: skip
