"""The addresses of casework and of the packages to which its pages lead."""

from django.urls import include, path

urlpatterns = [
    path("", include("onroll.office.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("organisation/", include("onroll.office.accounts.urls")),
    path("children/", include("onroll.office.people.urls")),
    path("", include("onroll.office.schools.urls")),
    path("", include("onroll.office.provision.urls")),
    path("", include("onroll.office.casework.urls")),
    path("cme/", include("onroll.office.cme.urls")),
]

handler403 = "onroll.office.web.errors.forbidden"
handler404 = "onroll.office.web.errors.not_found"
