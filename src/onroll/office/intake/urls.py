from django.urls import path, re_path

from onroll.office.intake import views

app_name = "intake"

urlpatterns = [
    path("", views.files, name="files"),
    path("send/", views.choose, name="choose"),
    path("send/<str:key>/", views.upload, name="upload"),
    re_path(
        r"^template/(?P<key>[a-z0-9_.]+)\.(?P<form>csv|xlsx)$", views.template, name="template"
    ),
    path("<int:pk>/", views.file, name="file"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/faults.csv", views.faults, name="faults"),
]
