"""Taking back what a load made."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.tables import own_tables
from onroll.office.people.actions.changes import facts_changed
from onroll.office.schools import policy

UNLOADED = verb("schools.unloaded", "took back {count} rows of {tables}", "tables", "count")


def unload(*, made: Mapping[str, Sequence[int]], by: Actor) -> None:
    """Take back rows that a load made, by table. Whoever calls has asked what stands on them."""
    policy.can_load_register(by).require()
    with transaction.atomic():
        children: set[int] = set()
        for model, keys in own_tables("schools", made):
            rows = model._base_manager.filter(pk__in=keys)
            if any(field.name == "child" for field in model._meta.concrete_fields):
                children.update(rows.values_list("child", flat=True))
            rows.delete()
        count = sum(len(keys) for keys in made.values())
        record(UNLOADED, by=by, tables=sorted(made), count=count)
        facts_changed(children)
