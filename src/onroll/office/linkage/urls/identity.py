from django.urls import URLPattern, path

from onroll.office.linkage.views import identity as views
from onroll.office.linkage.views import identity_answers as answers

_TWO = "duplicates/of/<slug:ref>/and/<slug:other>/"

identity: list[URLPattern] = [
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/of/<slug:ref>/", views.same_child, name="same_child"),
    path("duplicates/of/<slug:ref>/refer/", views.refer, name="refer"),
    path(_TWO, views.compare, name="compare"),
    path(f"{_TWO}one/", views.join, name="join"),
    path(f"{_TWO}two/", views.tell_apart, name="tell_apart"),
    path("duplicates/waiting/", answers.waiting, name="waiting"),
    path("duplicates/waiting/<int:pk>/", answers.answer, name="answer"),
    path("duplicates/joined/", answers.joined, name="joined"),
    path("duplicates/joined/<int:pk>/", answers.take_apart, name="take_apart"),
    path("duplicates/sealed/", answers.keepers, name="keepers"),
    path("duplicates/sealed/<int:pk>/", answers.looked_into, name="looked_into"),
]
