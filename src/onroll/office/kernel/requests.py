"""The request as an office view gets it."""

from django.http import HttpRequest

from onroll.office.kernel.actor import Actor


class OfficeRequest(HttpRequest):
    """A request with its actor, set by accounts' middleware before any view runs."""

    actor: Actor
