"""Taking back what a load made."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from onroll.office.accounts import policy
from onroll.office.accounts.models import Recording
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.tables import own_tables

UNLOADED = verb("accounts.unloaded", "took back {count} rows of {tables}", "tables", "count")


def unload(
    *,
    made: Mapping[str, Sequence[int]],
    recordings: Mapping[str, tuple[date, str] | None],
    by: Actor,
) -> None:
    """Take back rows that a load made, by table, and what it said of when recording began.

    `recordings` holds for each series what was said before, None where nothing was. Whoever calls
    has asked what stands on the rows.
    """
    policy.can_load(by).require()
    with transaction.atomic():
        for model, keys in own_tables("accounts", made):
            model._base_manager.filter(pk__in=keys).delete()
        for series, before in recordings.items():
            if before is None:
                Recording.objects.filter(series=series).delete()
            else:
                began_on, says = before
                Recording.objects.filter(series=series).update(began_on=began_on, says=says)
        count = sum(len(keys) for keys in made.values()) + len(recordings)
        record(UNLOADED, by=by, tables=sorted(made), count=count)
