from django.urls import URLPattern, path

from onroll.office.attendance.views import seeing as views

seeing: list[URLPattern] = [
    path("", views.home, name="home"),
]
