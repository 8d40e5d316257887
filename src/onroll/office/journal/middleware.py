"""Reads of children's records are journalled here, for every page, before the page leaves.

A page says which children it shows (`web.views.page(…, children=…)`); a page that does not say
is not sent, so that nobody can forget (ADR 0006).
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from onroll.office.journal.actions import look
from onroll.office.kernel.requests import OfficeRequest

Answer = Callable[[OfficeRequest], HttpResponseBase]

# Pages of libraries that show no child: sign-in, single sign-on, static files.
OK = 200
SHOW_NO_CHILD = ("allauth.", "django.", "whitenoise.")


class Undeclared(RuntimeError):
    """A view answered a signed-in person without saying which children it shows."""


class ReadsAreJournalled:
    """Writes the look, commits it, then lets the page go."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.user.is_authenticated:
            return response
        shown = getattr(response, "children_shown", None)
        match = request.resolver_match
        if shown is None:
            # A redirect or an error's page shows no record unless it says so.
            if response.status_code != OK:
                return response
            module = match.func.__module__ if match else "django."
            if module.startswith(SHOW_NO_CHILD):
                return response
            raise Undeclared(f"{request.path} ({module}) does not say which children it shows")
        if shown:
            name = match.view_name if match else request.path
            look(by=request.actor, children=shown, page=name)
        if not isinstance(response, HttpResponse):
            raise Undeclared("a streamed answer leaves before its reads are journalled")
        return response
