"""The organisation's addresses by themselves, with a front page that shows one child."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from onroll.office.web.views import page


def front(request: HttpRequest) -> HttpResponse:
    return page(request, "web/base.html", {"title": "Front"}, children=[7, 9])


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a child's record")


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.name}")  # type: ignore[attr-defined]


urlpatterns = [
    path("", front, name="front"),
    path("undeclared/", undeclared, name="undeclared"),
    path("open/", open_to_all, name="open"),
    path("accounts/", include("allauth.urls")),
    path("organisation/", include("onroll.office.accounts.urls")),
    path("", include("onroll.office.web.urls")),
]

handler403 = "onroll.office.web.errors.forbidden"
handler404 = "onroll.office.web.errors.not_found"
handler500 = "onroll.office.web.errors.server_error"
