"""Taking back what a load made, caches and sealed copies included."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.tables import own_tables
from onroll.office.people import policy
from onroll.office.people.actions.terms import (
    FOUND_BY,
    OF_WORDS,
    found_by,
    lock_words,
    owners_of,
    rebuild_terms,
)
from onroll.office.people.models import (
    Access,
    Child,
    SealedFact,
    SearchTerm,
    SearchWord,
)
from onroll.office.people.queries.sealed import opened, sealables

UNLOADED = verb("children.unloaded", "took back {count} rows of {tables}", "tables", "count")

BATCH = 5_000


def unload(*, made: Mapping[str, Sequence[int]], subjects: Sequence[str] = (), by: Actor) -> None:
    """Take back rows that a load made, by table, in the order given; children come last.

    Facts that moved among sealed ones since, of any package, are taken from there. `subjects`
    are the things of packages above that let somebody know of a child. Whoever calls has asked
    what stands on the rows.
    """
    policy.can_load(by).require()
    # Tables of packages above that can be sealed have rows among sealed facts, and only those here.
    above = {label for label in sealables() if not label.startswith("people.")}
    ours = {label: keys for label, keys in made.items() if label not in above}
    with transaction.atomic(), opened():
        children = list(made.get(Child._meta.label, ()))
        changed = set(children)
        for model in FOUND_BY:
            rows = model._default_manager.filter(pk__in=made.get(model._meta.label, ()))
            changed |= found_by(model, owners_of(rows))
        _forget(sorted(changed))
        for start in range(0, len(subjects), BATCH):
            Access.objects.filter(subject__in=subjects[start : start + BATCH]).delete()
        for label, keys in made.items():
            SealedFact.objects.filter(table=label, row__in=keys).delete()
        for table, keys in own_tables("people", ours):
            table._base_manager.filter(pk__in=keys).delete()
        rebuild_terms(changed - set(children))
        count = sum(len(keys) for keys in made.values())
        record(UNLOADED, by=by, tables=sorted(made), count=count)


def _forget(children: Sequence[int]) -> None:
    """Take away the search terms of many children, and the words that nobody else has."""
    lock_words()
    terms = SearchTerm.objects.filter(child__in=children)
    words = set(terms.filter(what__in=OF_WORDS).values_list("term", flat=True))
    terms.delete()
    used = SearchTerm.objects.filter(term=OuterRef("word"), what__in=OF_WORDS)
    SearchWord.objects.filter(~Exists(used), word__in=words).delete()
