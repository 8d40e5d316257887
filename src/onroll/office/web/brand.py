"""The authority's own name and colour; from settings where no page may need a database."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError
from django.http import HttpRequest

NEUTRAL = "#1d4f60"
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2, success criterion 1.4.3: white words stand on this colour and links are drawn in it.
LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Brand:
    """What a page needs to look like the authority's own."""

    authority: str
    service: str
    exit_url: str
    urgent_phone: str
    accessibility_url: str
    privacy_url: str


class Own(Protocol):
    """What an authority has said of itself in its own records."""

    name: str
    brand_colour: str
    quick_exit_url: str


def own(request: HttpRequest) -> Own | None:
    """Return the authority's record where a middleware has put it within reach of the page.

    None while the database is away: the page is then drawn from settings.
    """
    told: Callable[[], Own] | None = getattr(request, "authority", None)
    if told is None:
        return None
    try:
        return told()
    except DatabaseError:
        return None


def brand(told: Own | None = None) -> Brand:
    """Return the authority's identity: its own record's, else from settings, else neutral."""
    if told is not None:
        return replace(
            brand(), authority=told.name, exit_url=told.quick_exit_url or brand().exit_url
        )
    return Brand(
        authority=getattr(settings, "ONROLL_AUTHORITY_NAME", "OnRoll"),
        service=getattr(settings, "ONROLL_SERVICE_NAME", "OnRoll"),
        exit_url=getattr(settings, "ONROLL_EXIT_URL", "https://www.bbc.co.uk/weather"),
        urgent_phone=getattr(settings, "ONROLL_URGENT_PHONE_TEXT", ""),
        accessibility_url=getattr(settings, "ONROLL_ACCESSIBILITY_URL", ""),
        privacy_url=getattr(settings, "ONROLL_PRIVACY_URL", ""),
    )


def brand_colour(told: Own | None = None) -> str:
    """Return the authority's colour, or the neutral one where its own cannot be read on white."""
    colour = told.brand_colour if told else str(getattr(settings, "ONROLL_BRAND_COLOUR", NEUTRAL))
    if not HEX_COLOUR.fullmatch(colour) or contrast_with_white(colour) < LEAST_CONTRAST:
        return NEUTRAL
    return colour.lower()


def contrast_with_white(colour: str) -> float:
    """Return WCAG's contrast ratio between a #rrggbb colour and white, from 1 to 21."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    # The sRGB transfer function, as WCAG 2.2 defines relative luminance.
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def check_settings(app_configs: object = None, **kwargs: object) -> Sequence[CheckMessage]:
    """Say at start-up that a colour is refused, rather than show one that nobody can read."""
    colour = str(getattr(settings, "ONROLL_BRAND_COLOUR", NEUTRAL))
    if not HEX_COLOUR.fullmatch(colour):
        return [
            Error(
                f"ONROLL_BRAND_COLOUR is {colour!r}.",
                hint="Write it as # and six hexadecimal digits, for example #1d4f60.",
                id="web.E001",
            )
        ]
    if contrast_with_white(colour) < LEAST_CONTRAST:
        return [
            Error(
                f"ONROLL_BRAND_COLOUR {colour} has a contrast of "
                f"{contrast_with_white(colour):.1f} with white.",
                hint="Choose a darker colour: white words on it need a contrast of at least 4.5.",
                id="web.E002",
            )
        ]
    return []
