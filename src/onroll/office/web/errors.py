"""Plain pages for what goes wrong, and the one table that turns failures into answers."""

import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.urls import Resolver404, resolve

from onroll.office.kernel.decision import Refused, Stale, Unknown
from onroll.office.web.brand import brand, own
from onroll.office.web.components import Link
from onroll.statute.workflow import IllegalMove

DATABASE_GONE = (OperationalError, InterfaceError)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = 120


def answer_for(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """Return the page for an expected failure, or None when the error is a bug."""
    if isinstance(error, Unknown):
        return not_found(request, error)
    if isinstance(error, Refused):
        return forbidden(request, error)
    if isinstance(error, Stale):
        return stale(request, error)
    if isinstance(error, IllegalMove):
        return illegal_move(request, error)
    if isinstance(error, DATABASE_GONE):
        return database_gone(request)
    return None


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """400, or 413 when more was sent than one request may carry."""
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    return _failed(
        request,
        400,
        "This request could not be read",
        [
            "Something in the address or the form was not in the form expected. Nothing was saved.",
            "Go back, reload the page and try again.",
        ],
    )


def forbidden(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """403 with the reason of the decision."""
    reason = str(exception or "")
    return _failed(
        request,
        403,
        "You can’t do this",
        [
            reason or "Your role does not allow it.",
            "Nothing was changed. If it is part of your work, ask your team manager.",
        ],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page is too old or came from elsewhere; set as CSRF_FAILURE_VIEW."""
    return _failed(
        request,
        403,
        "The page had been open too long",
        [
            "Nothing was saved. Go back, copy what you typed, reload the page and send it again.",
            "This site needs its own cookie: if this happens every time, allow cookies for it.",
        ],
    )


def not_found(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """404, in the same words whether nothing is there or it may not be known about."""
    return _failed(
        request,
        404,
        "Page not found",
        [
            "There is nothing at this address, or nothing that you may see.",
            "If you typed the address, check it. If you followed a link, it may be out of date.",
        ],
    )


def illegal_move(request: HttpRequest, error: BaseException) -> HttpResponse:
    """409 when the case has moved on and the step no longer applies."""
    return _failed(
        request,
        409,
        "That step no longer applies",
        [
            f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}.",
            "Nothing was changed. Somebody may have moved the case on: open it as it is now.",
        ],
        links=[Link("Open it as it is now", _page_of(request))],
    )


def stale(request: HttpRequest, error: Stale) -> HttpResponse:
    """409 with both versions side by side."""
    if _wants_json(request):
        return _json(409, str(error))
    context = {
        "title": str(error).rstrip("."),
        "compared": error.compared,
        "url": _page_of(request),
    }
    response = _render(request, "web/errors/stale.html", 409, context)
    # The page repeats values of a record, so it counts as a look at it where the error says whose.
    response.children_shown = tuple(getattr(error, "children", ()))  # type: ignore[attr-defined]
    return response


def too_large(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """413 when a form or its files are larger than the site accepts."""
    return _failed(
        request,
        413,
        "That was too large to receive",
        ["Nothing was saved. Send a smaller file, or split the spreadsheet into parts."],
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or the page of an expected failure raised by a middleware, where none is translated."""
    error = sys.exc_info()[1]
    expected = answer_for(request, error) if error is not None else None
    if expected is not None:
        return expected
    return _without_database(
        request,
        500,
        "Something went wrong",
        [
            "This is a fault in the program. It has been recorded.",
            "What you were saving was not saved. Go back and try again; "
            "if it happens twice, tell whoever looks after this system, and what you were doing.",
        ],
    )


def database_gone(request: HttpRequest) -> HttpResponse:
    """503: to staff, that nothing was saved; to the public, that nothing was received."""
    if _is_public_form(request):
        response = not_received()
    else:
        response = _without_database(
            request,
            503,
            "The database can’t be reached",
            [
                "Nothing was saved. Go back: what you typed is usually still there. "
                "Try again in a few minutes.",
                "If it goes on, tell whoever looks after this system.",
            ],
        )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.children_shown = ()  # type: ignore[attr-defined]
    return response


def not_received() -> HttpResponse:
    """The page for a public form that could not be saved, made without the database."""
    context = {"title": "Not received", "brand": brand(), "urgent_phone": brand().urgent_phone}
    response = HttpResponse(
        loader.render_to_string("web/errors/not_received.html", context), status=503
    )
    response.children_shown = ()  # type: ignore[attr-defined]
    return response


def _is_public_form(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return False
    return bool(getattr(match.func, "not_received", False))


def _page_of(request: HttpRequest) -> str:
    """The page to open afresh: the address itself, which a GET shows as it is now."""
    return request.path


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _json(status: int, says: str) -> HttpResponse:
    response = JsonResponse({"error": says}, status=status)
    response.children_shown = ()  # type: ignore[attr-defined]
    return response


def _failed(
    request: HttpRequest, status: int, title: str, says: Sequence[str], links: Sequence[Link] = ()
) -> HttpResponse:
    if _wants_json(request):
        return _json(status, " ".join([f"{title}.", *says]))
    context = {"title": title, "says": says, "links": links}
    return _render(request, "web/errors/failed.html", status, context)


def _render(
    request: HttpRequest, template: str, status: int, context: Mapping[str, object]
) -> HttpResponse:
    actor = getattr(request, "actor", None)
    signed_in = actor is not None and actor.pk is not None
    layout = "web/base.html" if signed_in else "web/bare.html"
    # A page that says that the database is away must not ask it for the authority's name.
    whose = own(request) if status != HTTPStatus.SERVICE_UNAVAILABLE else None
    html = loader.render_to_string(
        template,
        {"brand": brand(whose), **context, "layout": layout},
        request if signed_in else None,
    )
    response = HttpResponse(html, status=status)
    response.children_shown = ()  # type: ignore[attr-defined]
    return response


def _without_database(
    request: HttpRequest, status: int, title: str, says: Sequence[str]
) -> HttpResponse:
    """Render with no request, so that no context processor can ask the database anything."""
    if _wants_json(request):
        return _json(status, " ".join([f"{title}.", *says]))
    context = {
        "title": title,
        "says": says,
        "brand": brand(),
        "layout": "web/bare.html",
        "urgent_phone": brand().urgent_phone,
    }
    response = HttpResponse(
        loader.render_to_string("web/errors/failed.html", context), status=status
    )
    response.children_shown = ()  # type: ignore[attr-defined]
    return response
