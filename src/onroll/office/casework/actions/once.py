"""A form sent twice is done once: a second press of the button, a page loaded again."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from onroll.office.casework.models import Submission


@transaction.atomic
def once(*, submission: UUID, act: Callable[[], object]) -> bool:
    """Do an act unless the same submission has done it; return whether it was done now.

    Two at one moment wait for each other; an act that raises leaves its submission free.
    """
    _, is_first = Submission.objects.get_or_create(key=submission)
    if is_first:
        act()
    return is_first
