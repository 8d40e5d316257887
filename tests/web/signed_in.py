"""One officer who is signed in, with no database and no accounts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from onroll.office.kernel.actor import Actor


class SignedIn:
    """Says that one officer is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = Actor(pk=1, name="Ann Ashworth")
        return self.get_response(request)
