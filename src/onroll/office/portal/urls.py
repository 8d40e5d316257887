from django.urls import path

from onroll.office.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.start, name="start"),
    path("danger/", views.danger, name="danger"),
    path("child/", views.child, name="child"),
    path("child/urgent/", views.child, {"is_urgent": True}, name="child_urgent"),
    path("professional/", views.professional, name="professional"),
    path("professional/<slug:kind>/danger/", views.danger, name="professional_danger"),
    path("professional/<slug:kind>/", views.told_by_professional, name="professional_form"),
    path(
        "professional/<slug:kind>/urgent/",
        views.told_by_professional,
        {"is_urgent": True},
        name="professional_urgent",
    ),
    path("received/<str:token>/", views.received, name="received"),
]
