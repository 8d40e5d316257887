"""How often an act was done in a period, in the whole, by team and by school."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Model, Q, QuerySet, TextField, Value

from onroll.office.casework.models import Case, Referral
from onroll.office.journal import queries as journal
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import SealedFact
from onroll.office.people.queries.sealed import cleared, kept_from, unpacked
from onroll.office.reporting.queries.periods import Period
from onroll.office.reporting.queries.traces import TRACES, About, Trace

TRACED = frozenset(trace.verb for trace in TRACES)


@dataclass(frozen=True)
class Asked:
    """Who counts which days. Whoever may run reports counts every case; sealed children's, and
    what they told themselves, only if cleared (ADR 0013)."""

    by: Actor
    period: Period

    @cached_property
    def unseen(self) -> set[int]:
        """The children who do not exist for whoever asks."""
        return kept_from(self.by)

    @cached_property
    def cases(self) -> QuerySet[Case]:
        """The cases that count."""
        return Case.objects.counted_for(self.by)


def count_acts(asked: Asked, verbs: Collection[str]) -> Counter[str]:
    """Return how often each of these acts was done."""
    found: Counter[str] = Counter()
    for verb, number in _union(asked, verbs, {}):
        found[verb] += number
    for verb, _ in _sealed(asked, verbs):
        found[verb] += 1
    return found + _in_journal(asked, set(verbs) - TRACED)


def _in_journal(asked: Asked, verbs: Collection[str]) -> Counter[str]:
    """Count the acts of which only the journal tells, by the day on which it was told."""
    if not verbs:
        return Counter()
    events = journal.written(by=asked.by, since=asked.period.first, until=asked.period.last)
    counted = events.filter(verb__in=sorted(verbs)).order_by().values_list("verb")
    return Counter(dict(counted.annotate(n=Count("pk"))))


def acts_by_team(asked: Asked, verbs: Collection[str]) -> Counter[tuple[str, str]]:
    """Return how often each act was done on the cases of each team: (team's name, verb).

    The team is the one that has the case now, "" for none. What is no case's is left out.
    """
    found: Counter[tuple[str, str]] = Counter()
    for verb, number, team in _union(asked, verbs, {"of_team": _way_to_team}):
        found[team or "", verb] += number
    return found


School = tuple[int, str]


def acts_by_school(asked: Asked, verbs: Collection[str]) -> Counter[tuple[School, str]]:
    """Return how often each act concerned each school: ((its key, its name), verb)."""
    found: Counter[tuple[School, str]] = Counter()
    ways = {"of_school": _way_to_school, "of_school_called": _way_to_schools_name}
    for verb, number, school, name in _union(asked, verbs, ways):
        if school is not None:
            found[(school, name), verb] += number
    return found


def _way_to_team(trace: Trace) -> str:
    return {About.CASE: "case__team__name", About.ITSELF: "team__name"}.get(trace.about, "")


def _way_to_school(trace: Trace) -> str:
    usual = {About.CASE: "case__cme__last_school", About.ITSELF: "cme__last_school"}
    return trace.school or usual.get(trace.about, "")


def _way_to_schools_name(trace: Trace) -> str:
    way = _way_to_school(trace)
    return f"{way}__name" if way else ""


def _union(asked: Asked, verbs: Collection[str], by: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Ask every table at once: one question, however many acts there are."""
    parts = []
    for trace in TRACES:
        ways = {name: way(trace) for name, way in by.items()}
        if trace.verb not in verbs or not all(ways.values()):
            continue
        groups = {name: F(way) for name, way in ways.items()}
        said = {"act": Value(trace.verb, output_field=TextField())}
        counted = _rows(trace, asked).order_by().values(**said, **groups)
        parts.append(counted.annotate(n=Count("pk")).values_list("act", "n", *groups))
    if not parts:
        return iter(())
    first, *rest = parts
    return iter(first.union(*rest, all=True) if rest else first)


def _rows(trace: Trace, asked: Asked) -> "QuerySet[Any]":
    days = (asked.period.first, asked.period.last)
    rows = trace.table._default_manager.filter(trace.when, **{f"{trace.day}__range": days})
    if trace.given:
        rows = rows.exclude(**{trace.given: ""})
    if issubclass(trace.table, Fact):
        rows = rows.filter(superseded_at__isnull=True)
    return rows.filter(_may_be_counted(trace.about, asked))


def _may_be_counted(about: About, asked: Asked) -> Q:
    match about:
        case About.CASE:
            return Q(case__in=asked.cases.values("pk"))
        case About.ITSELF:
            return Q(pk__in=asked.cases.values("pk"))
        case About.REFERRAL:
            return Q(pk__in=Referral.objects.counted_for(asked.by).values("pk"))
        case About.TOLD:
            return Q(referral__in=Referral.objects.counted_for(asked.by).values("pk"))
        case About.CHILD:
            return ~Q(child__in=asked.unseen)
        case About.SEALABLE | About.NOBODY:
            return Q()  # what is sealed is not in these tables


def _sealed(asked: Asked, verbs: Collection[str]) -> Iterator[tuple[str, Model]]:
    """Yield what lies sealed, act by act, for whoever is cleared; for others nothing."""
    wanted = [t for t in TRACES if t.about is About.SEALABLE and t.verb in verbs]
    if not wanted or not asked.by.may("sealed.read"):
        return
    tables = {trace.table._meta.label: trace.table for trace in wanted}
    with cleared(asked.by):
        kept = list(SealedFact.objects.filter(table__in=tables).values_list("table", "payload"))
    for table, payload in kept:
        row = unpacked(tables[table], payload)
        for trace in wanted:
            if trace.table is tables[table] and _is_in(trace, row, asked.period):
                yield trace.verb, row


def _is_in(trace: Trace, row: Any, period: Period) -> bool:
    day = getattr(row, trace.day)
    is_given = not trace.given or bool(getattr(row, trace.given))
    is_dated = day is not None and period.first <= day <= period.last
    return is_dated and is_given and row.superseded_at is None
