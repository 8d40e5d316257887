"""The marks themselves: Parquet in a folder or object store, not rows of the database."""

from django.conf import settings

from onroll.marks.store import Store
from onroll.office.kernel.decision import Refused


def is_kept() -> bool:
    """Return whether there is a place where marks are kept."""
    return bool(settings.MARKS)


def store() -> Store:
    """Return where the marks are. Raises Refused, with what to do, where no place is set.

    A pupil stands in it by the reference of the child, a school by its URN; files name a school
    without one by `local-` and its key.
    """
    if not settings.MARKS:
        raise Refused("No place is set for the marks of registers: set ONROLL_MARKS to a folder.")
    return Store(settings.MARKS)
