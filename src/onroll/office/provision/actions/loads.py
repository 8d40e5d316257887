"""Loading many facts at once, and taking a load back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.facts import Fact
from onroll.office.kernel.tables import own_tables
from onroll.office.people.actions.changes import facts_changed
from onroll.office.people.queries import sealed_children
from onroll.office.provision import policy
from onroll.office.provision.models import HomeEducation, Judgement, Provision
from onroll.office.provision.queries import belong

LOADED = verb("provision.loaded", "loaded {count} rows of {table}", "table", "count")
UNLOADED = verb("provision.unloaded", "took back {count} rows of {tables}", "tables", "count")


def load(
    model: type[Fact],
    rows: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
) -> list[int]:
    """Record many facts of one kind at once, as `schools.actions.bulk` does; return their keys."""
    policy.can_load(by).require()
    sealed = sealed_children()
    if any(row["child_id"] in sealed for row in rows):
        raise Faulty(("rows", "A row is about a child who is entered one at a time only."))
    with transaction.atomic():
        made = model.objects.bulk_create(
            [model(**{"recorded_by_id": by.pk, **row}) for row in rows], batch_size=2_000
        )
        children = sorted({row["child_id"] for row in rows})
        record(LOADED, by=by, children=children, table=model._meta.label, count=len(made))
        facts_changed(children)
    return [row.pk for row in made]


def load_judgements(rows: Sequence[Mapping[str, Any]], *, by: Actor) -> list[int]:
    """Record many judgements at once; return their keys."""
    return load(Judgement, [{**row, "ends_on": row["starts_on"]} for row in rows], by=by)


def unload(*, made: Mapping[str, Sequence[int]], by: Actor) -> None:
    """Take back rows that a load made, by table. Whoever calls has asked what stands on them."""
    policy.can_load(by).require()
    with transaction.atomic():
        children: set[int] = set()
        for model, keys in own_tables("provision", made):
            rows = model._base_manager.filter(pk__in=keys)
            _refuse_judged(rows.filter(superseded_at=None), made.get(Judgement._meta.label, ()))
            if any(field.name == "child" for field in model._meta.concrete_fields):
                children.update(rows.values_list("child", flat=True))
            rows.delete()
        count = sum(len(keys) for keys in made.values())
        record(UNLOADED, by=by, tables=sorted(made), count=count)
        facts_changed(children)


def _refuse_judged(rows: Iterable[Model], ours: Iterable[int]) -> None:
    """Keep an education that was judged since: its judgements would be of nothing."""
    facts = [row for row in rows if isinstance(row, HomeEducation | Provision)]
    children = {fact.child_id for fact in facts}
    judged = Judgement.objects.as_known().filter(child__in=children).exclude(pk__in=list(ours))
    since = list(judged) if facts else []
    if any(belong(fact, since) for fact in facts):
        raise Refused(
            "Nothing was taken back: whether an education among it is suitable was judged since. "
            "Withdraw those judgements first."
        )
