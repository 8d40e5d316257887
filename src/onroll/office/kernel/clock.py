"""The only module that may ask the machine what time it is; called in views and commands."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return today's date in London, where the authority's working day is counted."""
    return timezone.localdate()
