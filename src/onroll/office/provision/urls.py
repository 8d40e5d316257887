"""Addresses of a child's education otherwise; included at the root of the site."""

from django.urls import path

from onroll.office.provision import views

app_name = "provision"

urlpatterns = [
    path("children/<str:ref>/provision/", views.provision, name="provision"),
    path(
        "children/<str:ref>/provision/judgements/<int:pk>/",
        views.correct_judgement,
        name="judgement_correct",
    ),
    path(
        "children/<str:ref>/provision/judgements/<int:pk>/withdraw/",
        views.withdraw_judgement,
        name="judgement_withdraw",
    ),
    path("children/<str:ref>/provision/<slug:kind>/", views.record, name="record"),
    path("children/<str:ref>/provision/<slug:kind>/<int:pk>/", views.correct, name="correct"),
    path("children/<str:ref>/provision/<slug:kind>/<int:pk>/end/", views.end, name="end"),
    path("children/<str:ref>/provision/<slug:kind>/<int:pk>/judge/", views.judge, name="judge"),
    path(
        "children/<str:ref>/provision/<slug:kind>/<int:pk>/withdraw/",
        views.withdraw,
        name="withdraw",
    ),
]
