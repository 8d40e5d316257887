"""Pages that fail in every expected way, and the style guide."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from onroll.office.kernel.decision import Refused, Stale, Unknown
from onroll.office.web import views
from onroll.statute.workflow import IllegalMove

FAILURES = {
    "unknown": Unknown("case"),
    "refused": Refused("Only the case owner can close it."),
    "stale": Stale(
        "the case", [("Note", "Family in Leeds", "Nobody in"), ("State", "Open", "Open")]
    ),
    "illegal": IllegalMove("cannot close from new"),
    "gone": OperationalError("connection refused"),
    "bug": ZeroDivisionError("a bug"),
}


@login_not_required
def fails(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]


@login_not_required
def public_form(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


public_form.not_received = True


@login_not_required
def shows(request: HttpRequest) -> HttpResponse:
    return views.page(request, "web/public.html", {"title": "Hello"}, children=[7, 8, 7])


@login_not_required
def saves(request: HttpRequest) -> HttpResponse:
    return views.download(
        request,
        filename="Größe; list.csv",
        content=b"a,b\n",
        content_type="text/csv",
        children=(9,),
    )


urlpatterns = [
    path("fails/<slug:how>/", fails),
    path("public-form/", public_form),
    path("shows/", shows),
    path("saves/", saves),
    path("sign-out/", shows, name="account_logout"),
    path("cases/", shows, name="cases"),
    path("", include("onroll.office.web.urls")),
]

handler400 = "onroll.office.web.errors.bad_request"
handler403 = "onroll.office.web.errors.forbidden"
handler404 = "onroll.office.web.errors.not_found"
handler500 = "onroll.office.web.errors.server_error"


class DatabaseGone:
    """A middleware that finds the database gone, as one that asks who is signed in does."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise OperationalError("connection refused")


class ReadsTheForm:
    """A middleware that reads what was sent, as the one against forgery does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _ = request.POST
        return self.get_response(request)
