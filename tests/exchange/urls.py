"""The addresses that the screens of this package need to be drawn."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from onroll.office.web.views import page


def home(request: HttpRequest) -> HttpResponse:
    return page(request, "web/base.html", {"title": "Home"}, children=())


urlpatterns = [
    path("", include("onroll.office.web.urls")),
    path("", home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("organisation/", include("onroll.office.accounts.urls")),
    path("exchange/", include("onroll.office.exchange.urls")),
]
handler403 = "onroll.office.web.errors.forbidden"
handler404 = "onroll.office.web.errors.not_found"
