"""What a migration made, and what stands on it since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from onroll.office.casework.models import Case
from onroll.office.exchange.models import Migration
from onroll.office.journal.models import Event
from onroll.office.journal.verbs import LOOKED, told
from onroll.office.kernel.facts import Fact, TransactionNow
from onroll.office.people.models import Access, Child, SealedFact, Sealing
from onroll.office.people.queries.sealed import opened, sealed_children, unpacked
from onroll.statute.writing import written

# Facts about children and carers; loads of them give counts, so they are found by their source.
OF_PEOPLE = (
    "people.ChildName", "people.Identifier", "people.ChildAddress", "people.Flag",
    "people.Relationship", "people.ContactPoint", "people.Particulars", "people.YearTaught",
    "people.Language",
)  # fmt: skip
# Made again from the facts, or no work of anybody's.
CACHES = frozenset({"people.SearchTerm", "casework.Deadline", "people.Access", "people.SealedFact"})
MOST_NAMED = 20
# Said of every refusal alike, so that it tells nobody whether a sealed child is among them.
WORKED_ON = "work was done on what it brought in, not all of which is named here"


def facts_of_people(source: str) -> dict[str, list[int]]:
    """Return the keys of the facts with a source, by table."""
    return {
        label: list(
            apps.get_model(label)._base_manager.filter(source=source).values_list("pk", flat=True)
        )
        for label in OF_PEOPLE
    }


def access_made(children: Iterable[int]) -> list[int]:
    """Return who was let know of these children in this very transaction."""
    found = Access.objects.filter(child__in=list(children), recorded_at=TransactionNow())
    return list(found.values_list("pk", flat=True))


def sealings_made(children: Iterable[int]) -> list[int]:
    """Return the seals put on these children in this very transaction."""
    found = Sealing.objects.filter(child__in=list(children), recorded_at=TransactionNow())
    return list(found.values_list("pk", flat=True))


def packed(made: Mapping[str, Sequence[int]]) -> dict[str, list[list[int]]]:
    """Return keys as runs of numbers that follow one another: short, and exactly those keys."""
    return {label: list(_runs(sorted(set(keys)))) for label, keys in made.items() if keys}


def _runs(keys: Sequence[int]) -> Iterator[list[int]]:
    start = last = keys[0]
    for key in keys[1:]:
        if key != last + 1:
            yield [start, last]
            start = key
        last = key
    yield [start, last]


def unpacked_keys(made: Mapping[str, Sequence[Sequence[int]]]) -> dict[str, list[int]]:
    """Return the keys of a migration, by table."""
    return {
        label: [key for first, last in runs for key in range(first, last + 1)]
        for label, runs in made.items()
    }


def later_work(migration: Migration, made: Mapping[str, Sequence[int]]) -> list[str]:
    """Return what stands on a migration since, in words, or nothing.

    What concerns a sealed child is not named. The first sentence is the same whether there is
    such a child or not.
    """
    found: list[str] = []
    is_any = False
    for each in (_acts, _changes, _additions, _sealed_since, _recordings):
        for says in each(migration, made):
            is_any = True
            if says is not None and says not in found:
                found.append(says)
            if len(found) > MOST_NAMED:
                return [WORKED_ON, *found[:MOST_NAMED]]
    return [WORKED_ON, *found] if is_any else []


# Each yields a sentence, or None for what must not be named.
Later = Iterator[str | None]


def _acts(migration: Migration, made: Mapping[str, Sequence[int]]) -> Later:
    """What was done on the children and cases since, from the journal."""
    children = list(made.get("people.Child", ()))
    later = Event.objects.filter(at__gt=migration.applied_at).exclude(verb=LOOKED.key)
    acts = list(later.filter(children__overlap=children).order_by("pk")[:MOST_NAMED])
    cases = {f"casework.Case:{key}" for key in made.get("casework.Case", ())}
    acts += [
        act
        for act in later.filter(subject__startswith="casework.Case:").order_by("pk")
        if act.subject in cases
    ]
    sealed = sealed_children()
    named = _refs({pk for act in acts for pk in act.children} & set(children))
    for act in acts:
        who = ", ".join(named[pk] for pk in act.children if pk in named) or _case(act)
        says = f"on {_day(act.at)} {act.actor_name} {told(act.verb, act.data)}"
        yield f"{who}: {says}" if who and sealed.isdisjoint(act.children) else None


def _case(act: Event) -> str:
    table, _, key = act.subject.rpartition(":")
    if table != Case._meta.label:
        return ""
    ref = Case.objects.filter(pk=key, is_sealed=False).values_list("ref", flat=True).first()
    return f"case {ref}" if ref else ""


def _changes(migration: Migration, made: Mapping[str, Sequence[int]]) -> Later:
    """Rows that were corrected, ended or changed since."""
    for label, keys in made.items():
        model = apps.get_model(label)
        rows = model._base_manager.filter(pk__in=keys)
        if issubclass(model, Fact):
            for row in rows.filter(superseded_at__isnull=False)[:MOST_NAMED]:
                on = _day(row.superseded_at)
                yield _about(row, f"{_words(model)} corrected or ended on {on}")
        elif any(field.name == "version" for field in model._meta.concrete_fields):
            for row in rows.filter(version__gt=1)[:MOST_NAMED]:
                yield _about(row, f"{_words(model)} changed since")


def _additions(migration: Migration, made: Mapping[str, Sequence[int]]) -> Later:
    """Rows of any table that point at what was made and that the migration did not make."""
    for label, keys in made.items():
        for relation in apps.get_model(label)._meta.related_objects:
            model = relation.related_model
            if isinstance(model, str) or model._meta.label in CACHES:
                continue
            ours = made.get(model._meta.label, ())
            rows = model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            for row in rows.exclude(pk__in=ours)[:MOST_NAMED]:
                yield _about(row, f"{_words(model)} recorded since")


def _sealed_since(migration: Migration, made: Mapping[str, Sequence[int]]) -> Later:
    children = made.get("people.Child", ())
    ours = {label: set(keys) for label, keys in made.items()}
    with opened():
        for kept in SealedFact.objects.filter(child__in=children):
            row = unpacked(apps.get_model(kept.table), kept.payload)
            is_ours = kept.row in ours.get(kept.table, ())
            if not is_ours or getattr(row, "superseded_at", None) is not None:
                yield None


def _recordings(migration: Migration, made: Mapping[str, Sequence[int]]) -> Later:
    model = apps.get_model("accounts.Recording")
    for series, (_, ours) in migration.recordings.items():
        now = model._base_manager.filter(series=series).first()
        if now is None or [now.began_on.isoformat(), now.says] != ours:
            yield f"{series}: since when it is recorded was changed"


def _about(row: Model, says: str) -> str | None:
    """Say something of what a row belongs to; None where that is a sealed child."""
    child: Any = row if isinstance(row, Child) else None
    case: Any = row if isinstance(row, Case) else getattr(row, "case", None)
    if case is not None:
        child = case.child
    elif child is None:
        child = getattr(row, "child", None)
    if child is None:
        return f"{row._meta.verbose_name}: {says}"
    named = _refs({child.pk}).get(child.pk)
    if named is None:
        return None
    return f"case {case.ref}: {says}" if case is not None else f"{named}: {says}"


def _refs(children: Iterable[int]) -> dict[int, str]:
    """Return how children are named, without the sealed ones."""
    refs = Child.objects.filter(pk__in=set(children) - sealed_children())
    return {pk: f"child {ref}" for pk, ref in refs.values_list("pk", "ref")}


def _words(model: type[Model]) -> str:
    return str(model._meta.verbose_name)


def _day(at: datetime) -> str:
    return written(timezone.localtime(at).date())
