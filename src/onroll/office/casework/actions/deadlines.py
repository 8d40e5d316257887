"""The cache of what is due, rebuilt from the facts of a case.

Lists read the cache, a case's own page works its clocks out. So that the two agree, whatever
changes a fact rebuilds the cases concerned in its own transaction; what changes too many at once
marks them, says so in the lists and leaves them to the keeper, which takes them within seconds.
Every night, and when the rules have changed, the keeper works out all of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from onroll.office.casework import kinds
from onroll.office.casework.models import Case, Deadline
from onroll.office.casework.policy import bulk as policy
from onroll.office.casework.queries.clocks import AGAIN, clocks_of_many, pack
from onroll.office.journal import queries as journal
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.locks import alone
from onroll.statute.duties import rules_version

REBUILT_ALL = verb(
    "cases.all_deadlines_rebuilt",
    "worked out the clocks of every open case: {count} had differed",
    "count",
    "on",
    "rules",
)

REBUILT_MARKED = verb(
    "cases.marked_deadlines_rebuilt",
    "worked out the clocks of {count} cases again after what they count by had changed",
    "count",
)

KEY = ("duty", "started_by", "n")
VALUES = ("started_on", "due_on", "stopped_on", "needs", "rule_since", "is_deadline")

AT_ONCE = 200  # cases: about two seconds of somebody's waiting
A_FEW_CHILDREN = 1_000
LOCK = 0x636C6B73  # one keeper of clocks at a time


def rebuild(case: Case) -> bool:
    """Work out the clocks of a case anew and store them; return whether anything changed.

    It runs inside the transaction of the act that changed a fact, and every night for all.
    """
    return rebuild_many([case]) > 0


def rebuild_many(cases: Sequence[Case]) -> int:
    """Work out the clocks of some cases anew and store them; return how many had differed."""
    wanted = {
        (pk, clock.id, clock.started_by, clock.n): {
            "started_on": clock.started_on,
            "due_on": clock.due,
            "stopped_on": clock.stopped_on,
            "needs": clock.needs or "",
            "rule_since": clock.since,
            "is_deadline": clock.duty.is_deadline,
        }
        for pk, found in clocks_of_many(cases).items()
        for clock in found
    }
    stored = {
        (kept.case_id, *(getattr(kept, name) for name in KEY)): kept
        for kept in Deadline.objects.filter(case__in=cases)
    }
    gone = {key: kept.pk for key, kept in stored.items() if key not in wanted}
    if gone:
        Deadline.objects.filter(pk__in=gone.values()).delete()
    changed = {
        key: values
        for key, values in wanted.items()
        if (known := stored.get(key)) is None
        or any(getattr(known, name) != value for name, value in values.items())
    }
    # Two acts on one child may both store a clock that neither saw stored.
    Deadline.objects.bulk_create(
        [
            Deadline(case_id=pk, **dict(zip(KEY, key, strict=True)), **values)
            for (pk, *key), values in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["case", *KEY],
        update_fields=VALUES,
    )
    return len({pk for pk, *_ in (*gone, *changed)})


def follow_facts(children: frozenset[int]) -> None:
    """Keep the clocks of children of whom something was recorded: those of their open cases."""
    found = Case.objects.filter(closed_on=None)
    if len(children) > A_FEW_CHILDREN:
        _follow([case for case in found if case.child_id in children])
    else:
        _follow(list(found.filter(child__in=children)))


def follow_term_dates(school: int | None) -> None:
    """Keep the clocks that count by term dates that changed: a school's, or all for None."""
    found = Case.objects.filter(closed_on=None)
    _follow([c for c in found if school is None or kinds.get(c.kind).school(c) == school])


def _follow(cases: Sequence[Case]) -> None:
    if len(cases) > AT_ONCE:
        Deadline.objects.filter(case__in=[case.pk for case in cases]).update(needs=AGAIN)
        return
    rebuild_many(cases)


def rebuild_marked(*, by: Actor) -> int:
    """Rebuild the clocks that were marked, some hundred cases at a time; return how many."""
    policy.can_rebuild(by).require()
    done = 0
    with alone(LOCK) as is_alone:
        while is_alone:
            marked = Deadline.objects.filter(needs=AGAIN, case__closed_on=None)
            keys = set(marked.order_by("case").values_list("case", flat=True)[:AT_ONCE])
            if not keys:
                break
            with transaction.atomic():
                _rebuild(keys)
                record(REBUILT_MARKED, by=by, count=len(keys))
            done += len(keys)
    return done


def rebuild_daily(*, by: Actor, on: date) -> bool:
    """Rebuild every open case, unless it was done that day under these rules.

    Return whether it is done: not while another server is at it.
    """
    with alone(LOCK) as is_alone:
        if not is_alone:
            return False
        if not _is_done(on):
            rebuild_all(by=by, on=on)
        return True


def rebuild_all(*, by: Actor, on: date) -> int:
    """Rebuild the deadlines of every open case; return how many cases had drifted."""
    policy.can_rebuild(by).require()
    return _rebuild_all(by, on)


def follow_pack(by: Actor, on: date) -> None:
    """Work every clock out anew within the act that chose another policy pack."""
    _rebuild_all(by, on)


def _rebuild_all(by: Actor, on: date) -> int:
    keys = list(Case.objects.filter(closed_on=None).order_by("pk").values_list("pk", flat=True))
    batches = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    drifted = sum(_rebuild(batch) for batch in batches)
    record(REBUILT_ALL, by=by, count=drifted, on=on, rules=rules())
    return drifted


def rules() -> str:
    """Return the mark of the rules by which clocks run here: the law's and the authority's."""
    return rules_version(pack())


@transaction.atomic
def _rebuild(keys: Iterable[int]) -> int:
    # A case that closed meanwhile keeps the clocks with which it closed.
    cases = Case.objects.filter(pk__in=list(keys), closed_on=None).order_by("pk")
    return rebuild_many(list(cases))


def _is_done(on: date) -> bool:
    done = journal.written(by=PROGRAM, verb=REBUILT_ALL.key, since=on).values_list(
        "data", flat=True
    )
    now = rules()
    return any(data.get("rules") == now and data.get("on") == on.isoformat() for data in done)
