"""The two ways in which a view answers: a page, or a file to keep.

Both must say whose records they show, because reads of a child's record are journalled.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from onroll.office.web.brand import brand_colour, own
from onroll.office.web.errors import csrf_failure

__all__ = ["csrf_failure", "download", "page", "theme"]


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    children: Iterable[int],
    status: int = 200,
) -> HttpResponse:
    """Return a rendered page that declares the ids of every child whose record it shows.

    `children=()` says that it shows none. The journal refuses a page that says nothing.
    """
    response = render(request, template, dict(context or {}), status=status)
    response.children_shown = tuple(dict.fromkeys(children))  # type: ignore[attr-defined]
    return response


def download(
    request: HttpRequest,
    *,
    filename: str,
    content: bytes,
    content_type: str,
    children: Iterable[int],
) -> HttpResponse:
    """Return a file to save, never to be opened inside the site, that declares its children."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=filename)
    )
    response.headers["Content-Length"] = str(len(content))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.children_shown = tuple(dict.fromkeys(children))  # type: ignore[attr-defined]
    return response


@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    """Return the authority's own colour as a style sheet."""
    colour = brand_colour(own(request))
    response = HttpResponse(
        f":root{{--govuk-brand-colour:{colour};--onroll-brand:{colour}}}\n", content_type="text/css"
    )
    response.headers["Cache-Control"] = "public, max-age=300"
    response.children_shown = ()  # type: ignore[attr-defined]
    return response


# The authority's colour is nobody's record, and is asked for by every page.
theme.may_be_kept = True  # type: ignore[attr-defined]
