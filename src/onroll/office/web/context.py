"""What every page is given: the authority, the way round, and who is signed in."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import DatabaseError
from django.urls import NoReverseMatch, reverse

from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web import navigation
from onroll.office.web.brand import brand, own


def office(request: OfficeRequest) -> dict[str, object]:
    """Give templates `brand`, `places`, what is `amiss`, `signed_in_as`, addresses and `today`."""
    actor = getattr(request, "actor", None)
    is_signed_in = actor is not None and actor.pk is not None
    may_find = actor is not None and is_signed_in and actor.may("children.find")
    return {
        "brand": brand(own(request)),
        "places": navigation.places(request) if is_signed_in else (),
        "amiss": _amiss(request) if is_signed_in else (),
        "signed_in_as": str(actor) if is_signed_in else "",
        "sign_out_url": _address_of("ONROLL_SIGN_OUT_URL_NAME", "account_logout"),
        "account_url": _address_of("ONROLL_ACCOUNT_URL_NAME", "") if is_signed_in else "",
        "find_url": _address_of("ONROLL_FIND_URL_NAME", "") if may_find else "",
        "today": clock.today(),
    }


def _amiss(request: OfficeRequest) -> Sequence[str]:
    """Return what a middleware says is wrong in the whole office; nothing without a database."""
    told: Callable[[], Sequence[str]] | None = getattr(request, "amiss", None)
    try:
        return told() if told is not None else ()
    except DatabaseError:
        return ()


def _address_of(setting: str, default: str) -> str:
    name = getattr(settings, setting, default)
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""
