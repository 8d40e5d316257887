from django.urls import include, path

urlpatterns = [
    path("", include("onroll.office.web.urls")),
    # People first: its fixed words (add, sealed, …) would else be read as a child's reference.
    path("children/", include("onroll.office.people.urls")),
    path("", include("onroll.office.casework.urls")),
    path("", include("onroll.office.schools.urls")),
    path("", include("onroll.office.provision.urls")),
    path("attendance/", include("onroll.office.attendance.urls")),
    path("cme/", include("onroll.office.cme.urls")),
    path("find-missing/", include("onroll.office.linkage.urls")),
    path("files/", include("onroll.office.intake.urls")),
    path("exchange/", include("onroll.office.exchange.urls")),
    path("reports/", include("onroll.office.reporting.urls")),
    path("organisation/", include("onroll.office.accounts.urls")),
    path("tell-us/", include("onroll.office.portal.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "onroll.office.web.errors.bad_request"
handler403 = "onroll.office.web.errors.forbidden"
handler404 = "onroll.office.web.errors.not_found"
handler500 = "onroll.office.web.errors.server_error"
