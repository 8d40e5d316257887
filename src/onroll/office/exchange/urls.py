from django.urls import path, re_path

from onroll.office.exchange import views

app_name = "exchange"

urlpatterns = [
    path("migrations/", views.migrations, name="migrations"),
    re_path(
        r"^migrations/template/(?P<key>[a-z_]+)\.(?P<form>csv|xlsx)$",
        views.template,
        name="template",
    ),
    path("migrations/<str:ref>/", views.migration, name="migration"),
    path("migrations/<str:ref>/undo/", views.undo, name="undo"),
    re_path(
        r"^migrations/(?P<ref>[0-9A-Z]+)/(?P<what>not-placed|look-at)\.csv$",
        views.unplaced,
        name="unplaced",
    ),
]
