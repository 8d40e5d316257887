from django.urls import URLPattern, path

from onroll.office.attendance.views import seeing as views
from onroll.office.attendance.views import seeing_pupils as pupils

seeing: list[URLPattern] = [
    path("", views.home, name="home"),
    path("schools/", views.schools, name="schools"),
    path("groups/", views.groups, name="groups"),
    path("codes/", views.codes, name="codes"),
    path("pupils/", pupils.pupils, name="pupils"),
    path("pupils/<str:ref>/", pupils.pupil, name="pupil"),
    path("schools/<str:key>/", views.school, name="school"),
    path("schools/<str:key>/pupils/", pupils.pupils, name="school_pupils"),
    path("schools/<str:key>/groups/", views.groups, name="school_groups"),
    path("schools/<str:key>/codes/", views.codes, name="school_codes"),
]
