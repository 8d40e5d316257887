"""Whom a search found: kept until answered for, hidden where sealed, forgotten after."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from onroll.office.casework.actions import referrals
from onroll.office.casework.queries.known import MATCHING
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.references import new_reference
from onroll.office.linkage.models import Answer, Candidate, Counted, Run
from onroll.office.linkage.policy import candidates as policy
from onroll.office.linkage.policy import runs as runs_policy
from onroll.office.linkage.queries.candidates import (
    Evidence,
    followed_among,
    person_of,
    unpacked,
)
from onroll.office.linkage.queries.candidates_memory import memory
from onroll.office.linkage.queries.candidates_prints import child_prints, prints
from onroll.office.linkage.queries.own_records import LEFT, places_of
from onroll.office.linkage.queries.yields import came_of
from onroll.office.people.actions.sealing import hold_identities
from onroll.office.people.queries.matches import SAME_CHILD_FROM, alike, sealed_among
from onroll.statute.ages import age_on
from onroll.statute.reasons import Place

LOOKED = verb(
    "linkage.candidates_looked_at", "looked at {count} children whom the search found",
    "count", "refs",
)  # fmt: skip
EXPORTED = verb(
    "linkage.candidates_exported",
    "exported {count} children whom the search found (cause: {cause})",
    "count", "cause",
)  # fmt: skip
FORGOTTEN = verb(
    "linkage.evidence_forgotten", "forgot the records of {count} children answered for", "count"
)

# After so many days an answer can still be taken back, but the records it rested on are gone.
DAYS_TO_TAKE_BACK = 28
_AT_A_TIME = 300
_MAY_HAVE_LEFT = ("never_seen", "expected_leaver", "independent_or_cross_border")
_UNDESCRIBED: Mapping[str, Any] = {"age": None, "sex": "", "area": "", "child": None}


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody whom a search found in no education list, with the records."""

    evidence: Evidence
    probability: float
    cause: str
    lives_here: float = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a search; nothing here counts anybody who may be a sealed child."""

    counts: Mapping[str, int]


@transaction.atomic
def keep(run: Run, found: Sequence[Found], on: date) -> Kept:
    """Keep the candidates of a search within its act, and forget those of earlier ones.

    Whoever was answered for is not listed again unless the condition of the answer has changed.
    Whoever may be a sealed child is kept apart from every list and count.
    """
    # Nobody seals, and nobody answers, between the comparison and what is kept of it.
    hold_identities()
    list(Candidate.objects.unanswered().select_for_update().values_list("pk"))
    remembered = memory()
    seen = [remembered.of(one.evidence.records) for one in found]
    sealed = may_be_sealed([one.evidence for one in found])
    children = known_children([one.evidence for one in found])
    followed = followed_among(children)
    places = places_of(children, on)
    rows, taken = [], set[str]()
    counts = dict.fromkeys(("listed", "asked_again", "remembered", "followed"), 0)
    for n, one in enumerate(found):
        is_sealed, child = n in sealed, children[n]
        if seen[n].is_settled and (is_sealed or not seen[n].is_with_keepers):
            counts["remembered"] += not (is_sealed or _was_sealed(seen[n].before))
            continue
        # That somebody was once taken for a sealed child is nothing that a page may tell.
        before = None if _was_sealed(seen[n].before) and not is_sealed else seen[n].before
        counts["followed"] += not is_sealed and child in followed
        counts["listed"] += not is_sealed and child not in followed
        counts["asked_again"] += not is_sealed and before is not None
        earlier = seen[n].earlier
        ref = earlier.ref if earlier is not None and earlier.ref not in taken else new_reference()
        taken.add(ref)
        rows.append(
            _row(run, one, on, ref, earlier, before, is_sealed=is_sealed,
                 child=None if is_sealed else child, places=places)
        )  # fmt: skip
    replaced = Candidate.objects.unanswered().filter(answers__isnull=True)
    counts["replaced"] = replaced.filter(is_sealed=False).count()
    replaced.delete()
    # Answers that were taken back stay on record; the person is listed anew under another row.
    Candidate.objects.unanswered().update(evidence=None, **_UNDESCRIBED)
    held = set(Candidate.objects.filter(ref__in=taken).values_list("ref", flat=True))
    for row in rows:
        if row.ref in held:
            row.ref = new_reference()
    Candidate.objects.bulk_create(rows, batch_size=500)
    return Kept(counts)


def _was_sealed(candidate: Candidate | None) -> bool:
    return candidate is not None and candidate.is_sealed


def _row(
    run: Run,
    one: Found,
    on: date,
    ref: str,
    earlier: Candidate | None,
    before: Candidate | None,
    *,
    is_sealed: bool,
    child: int | None,
    places: Mapping[int, Place],
) -> Candidate:
    evidence = one.evidence
    place = places.get(child) if child is not None else None
    made = prints(evidence.records)
    born = evidence.born_on
    postcode = "".join((evidence.newest.get("postcode") or "").split()).upper()
    sexes = [s for r in evidence.records if (s := (r.get("sex") or "")[:1].upper()) in ("F", "M")]
    return Candidate(
        run=run,
        ref=ref,
        person=made.person,
        records=list(made.records),
        places=list(made.places),
        probability=one.probability,
        lives_here=one.lives_here,
        # A list that has somebody who is known to have left is slow, until it has them newly.
        cause="moved_away" if place in LEFT and one.cause in _MAY_HAVE_LEFT else one.cause,
        sources=sorted({r.get("key") or "" for r in evidence.records}),
        age=age_on(born, on) if born is not None and born <= on else None,
        area=postcode[:-3][:8],
        sex=max(sexes, key=sexes.count) if sexes else "",
        evidence=evidence.packed(),
        is_sealed=is_sealed,
        child_id=child,
        standing=place or "",
        before=before,
        listed_on=earlier.listed_on if earlier is not None else on,
    )


def may_be_sealed(evidences: Sequence[Evidence]) -> set[int]:
    """Return the places in a list of those of whom any record may be a sealed child's.

    The nearest record of an education list counts too: it would show where the child is.
    """
    reports, whose = [], []
    for n, evidence in enumerate(evidences):
        told = [*evidence.records, *([evidence.nearest] if evidence.nearest else [])]
        reports += [person_of(record) for record in told]
        whose += [n] * len(told)
    return {whose[index] for index in sealed_among(reports)}


def known_children(evidences: Sequence[Evidence]) -> list[int | None]:
    """Return for each the child in the office who this probably is; never a sealed one."""
    known: list[int | None] = []
    for start in range(0, len(evidences), _AT_A_TIME):
        reports = [person_of(one.newest) for one in evidences[start : start + _AT_A_TIME]]
        for likely in alike(reports, by=MATCHING, most=1):
            is_one = bool(likely) and likely[0].score >= SAME_CHILD_FROM
            known.append(likely[0].child if is_one else None)
    return known


def candidates_follow_sealing(child: int, is_sealed: bool) -> None:
    """Hide whom a search found and who may be a child sealed now, or show them again.

    Called within the act of sealing or lifting. Every candidate whose records are kept is
    compared again: which of them is the child is nowhere written down. Who was referred to those
    who keep sealed records stays with them, whatever comes of the seal.
    """
    with_keepers = Answer.objects.as_known().filter(what=Answer.What.KEEPERS)
    every = Candidate.objects.exclude(pk__in=with_keepers.values("candidate"))
    kept = list(every.filter(evidence__isnull=False).order_by("pk"))
    hidden = may_be_sealed([unpacked(one.evidence) for one in kept if one.evidence is not None])
    for n, one in enumerate(kept):
        is_hidden = n in hidden
        if is_hidden != one.is_sealed:
            child_id = None if is_hidden else one.child_id
            Candidate.objects.filter(pk=one.pk).update(is_sealed=is_hidden, child=child_id)
    if is_sealed:
        # Records that are forgotten cannot be compared: the referral or the name tells whose.
        told = Q(child=child) | Q(answers__referral__child=child)
        told |= Q(answers__referral__case__child=child) | Q(person__in=child_prints(child))
        of_it = Candidate.objects.filter(told).values_list("pk", flat=True)
        Candidate.objects.filter(pk__in=list(of_it)).update(is_sealed=True, child=None)
        # What was handed over of them names the child and where it stood.
        told_of = Answer.objects.filter(candidate__is_sealed=True, referral__isnull=False)
        referrals.seal_with(told_of.values_list("referral", flat=True))


def hide_sealed_since(candidates: Sequence[Candidate]) -> bool:
    """Hide those who may be a sealed child by what was recorded of one since; say if there is any.

    A name, number or address may be recorded of a child who is sealed already, which tells nobody.
    So candidates are compared again before they are shown, and whoever shows them asks anew.
    """
    kept = [one for one in candidates if one.evidence is not None]
    hidden = may_be_sealed([unpacked(one.evidence) for one in kept if one.evidence is not None])
    pks = [kept[n].pk for n in hidden]
    # Somebody else may have hidden them since they were read: they are not shown all the same.
    Candidate.objects.filter(pk__in=pks, is_sealed=False).update(is_sealed=True, child=None)
    return bool(pks)


def look(*, candidates: Sequence[Candidate], by: Actor) -> None:
    """Write down whose records somebody is about to be shown."""
    if candidates:
        record(LOOKED, by=by, count=len(candidates), refs=[one.ref for one in candidates])


def export(*, candidates: Sequence[Candidate], cause: str, by: Actor) -> None:
    """Write down that somebody takes a list of candidates away."""
    policy.can_export(by).require()
    record(EXPORTED, by=by, count=len(candidates), cause=cause or "any")


def forget_answered(*, by: Actor, on: date) -> int:
    """Forget the records of those answered for, once the days to take it back have passed.

    What tells one of them from another goes into counts as soon as it is known whether they were
    truly missing: at once where the answer says so, else when triage or the case has.
    """
    runs_policy.can_do(by).require()
    with transaction.atomic():
        settled = Answer.objects.as_known().filter(
            answered_on__lt=on - timedelta(days=DAYS_TO_TAKE_BACK)
        )
        old = Candidate.objects.filter(pk__in=settled.values("candidate"), evidence__isnull=False)
        count = old.filter(is_sealed=False).count()
        old.update(evidence=None)
        _count(settled)
        if count:
            record(FORGOTTEN, by=by, count=count)
    return count


def _count(settled: Any) -> None:
    """Put into counts what describes those whose answer is settled and over, and blank it."""
    waiting = settled.filter(candidate__is_counted=False).select_related("referral__case")
    came: dict[int, bool | None] = {}
    for answer in waiting.order_by("pk").select_for_update(of=("self",)):
        case = answer.referral.case if answer.referral else None
        is_true = came_of(answer)
        is_open = answer.what == Answer.What.LOOK_INTO and is_true is None
        if not is_open and (case is None or not case.is_open):
            came[answer.candidate_id] = is_true
    counts: Counter[tuple[str, str, bool]] = Counter()
    done = Candidate.objects.filter(pk__in=came)
    for one in done.defer("evidence"):
        is_true = came[one.pk]
        marks = {"age": "" if one.age is None else str(one.age), "sex": one.sex, "area": one.area}
        counts.update((by, value, is_true) for by, value in marks.items() if is_true is not None)
    for (by, value, is_true), n in sorted(counts.items()):
        row, _ = Counted.objects.get_or_create(by=by, value=value)
        which = "true" if is_true else "false"
        Counted.objects.filter(pk=row.pk).update(**{which: F(which) + n})
    done.update(is_counted=True, **_UNDESCRIBED)
