"""Where children are by what was concluded, as the law's classification reads it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from onroll.office.people.models import Child, Particulars, Whereabouts
from onroll.office.people.queries.identity import in_turn
from onroll.office.people.queries.sealed import believed, opened, sealed_children, sealed_rows


def gone(on: date) -> tuple[QuerySet[Any], ...]:
    """Return the keys of the children who have died, are detained or are known to be elsewhere.

    Nobody sealed. The law's classification decides; this only spares asking it.
    """
    away = Q(conclusion__in=("elsewhere", "abroad"), strength=Whereabouts.Strength.CONFIRMED)
    held = Whereabouts.objects.on(on).filter(away | Q(conclusion="detained"))
    return Child.objects.filter(died_on__lte=on).values("pk"), held.values("child")


_SPAN_OF = {
    Whereabouts.Conclusion.ELSEWHERE: ("moved_away", "confirmed"),
    Whereabouts.Conclusion.ABROAD: ("abroad", "verified"),
    Whereabouts.Conclusion.UNKNOWN: ("whereabouts_unknown", ""),
    Whereabouts.Conclusion.NO_ADDRESS: ("whereabouts_unknown", ""),
    Whereabouts.Conclusion.DETAINED: ("detained", ""),
}


def spans(child_id: int, *, known_at: datetime | None = None) -> list[dict[str, object]]:
    """Return what the law's classification needs to know of where a child was, and when.

    Sealed conclusions count too; only what they are is told, never where.
    """
    return spans_of([child_id], known_at=known_at)[child_id]


def spans_of(
    children: Iterable[int],
    *,
    known_at: datetime | None = None,
    records: Mapping[int, tuple[int, ...]] | None = None,
) -> dict[int, list[dict[str, object]]]:
    """Return `spans` of many children in three queries, every child a key.

    A death counts from when it was known. With the `records` of each child, from all of them.
    """
    of = records or {pk: (pk,) for pk in children}
    wanted = {pk for group in of.values() for pk in group}
    rows = list(Whereabouts.objects.as_known(known_at).filter(child__in=wanted))
    if hidden := wanted & sealed_children():
        with opened():
            rows += believed(sealed_rows(Whereabouts, children=hidden), known_at)
    concluded: dict[int, list[Whereabouts]] = {pk: [] for pk in wanted}
    for row in sorted(rows, key=lambda r: (r.starts_on, r.pk)):
        concluded[row.child_id].append(row)
    died_on = dict(
        Child.objects.filter(pk__in=wanted, died_on__isnull=False).values_list("pk", "died_on")
    )
    if known_at is not None:
        believed_then = Particulars.objects.as_known(known_at).filter(child__in=wanted)
        died_on = dict(believed_then.exclude(died_on=None).values_list("child", "died_on"))
    found: dict[int, list[dict[str, object]]] = {pk: [] for pk in of}
    for pk, group in of.items():
        for row, ends_on in in_turn([concluded[record] for record in group]):
            what, proof = _SPAN_OF.get(Whereabouts.Conclusion(row.conclusion), ("", ""))
            if not what:
                continue
            span: dict[str, object] = {"what": what, "from": row.starts_on, "to": ends_on}
            if proof:
                span[proof] = row.strength == Whereabouts.Strength.CONFIRMED
            found[pk].append(span)
        for day in {died_on[record] for record in group if record in died_on}:
            found[pk].append({"what": "died", "from": day, "to": None})
    return found
