"""The main ways in, as each package adds its own; drawn on every staff page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from onroll.office.kernel.requests import OfficeRequest


def _to_everyone(request: OfficeRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Way:
    """One item of the main navigation."""

    label: str
    url_name: str
    order: int
    shown_to: Callable[[OfficeRequest], bool] = _to_everyone


@dataclass(frozen=True, slots=True)
class Place:
    """A way in as one person sees it now."""

    label: str
    url: str
    is_current: bool


_ways: dict[str, Way] = {}
_settings: dict[str, Way] = {}


def add(way: Way) -> None:
    """Add one way in; a package calls it once, from its AppConfig.ready()."""
    _ways[way.url_name] = way


def add_setting(way: Way) -> None:
    """Add one page to those of the organisation; a package calls it once, from ready()."""
    _settings[way.url_name] = way


def settings(request: OfficeRequest) -> tuple[Way, ...]:
    """Return the pages that packages add to those of the organisation, for this person."""
    shown = (way for way in _settings.values() if way.shown_to(request))
    return tuple(sorted(shown, key=lambda way: (way.order, way.label)))


def ways() -> tuple[Way, ...]:
    """Return every way in, in the order of the page."""
    return tuple(sorted(_ways.values(), key=lambda way: (way.order, way.label)))


def places(request: OfficeRequest) -> tuple[Place, ...]:
    """Return what this person may open, with the one they are in marked.

    The place with the longest address that begins the page's own address is the current one.
    """
    shown = [(way.label, reverse(way.url_name)) for way in ways() if way.shown_to(request)]
    here = [
        url
        for _, url in shown
        if request.path == url or (url != "/" and request.path.startswith(url))
    ]
    current = max(here, key=len, default="")
    return tuple(Place(label, url, bool(current) and url == current) for label, url in shown)
