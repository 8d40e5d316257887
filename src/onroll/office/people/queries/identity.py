"""Which records are of one child, who said so, and what is asked and answered about others.

Nothing is moved when records are joined: every question that must see the whole child asks here
for all of the child's records and reads each where it is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.matching import normalise
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.people.models import (
    Child,
    ContactPoint,
    Flag,
    Identifier,
    JoinAsked,
    Relationship,
    SameChild,
    TwoChildren,
    Whereabouts,
)
from onroll.office.people.queries.sealed import sealed_children
from onroll.statute.identifiers import check_upn

if TYPE_CHECKING:
    from onroll.office.people.queries.children import KnownCarer

# More are not named to the database one by one: few records are joined, of however many children.
FEW = 500
# Social care works with the child: a wrong join would mix up what a court or a panel reads.
WEIGHTY_FLAGS = ("cla", "cpp", "s47")


def _joined(on: date | None, known_at: datetime | None) -> QuerySet[SameChild]:
    if on is None:
        return SameChild.objects.as_known(known_at)
    return SameChild.objects.on(on, known_at)


def groups(
    children: Iterable[int], *, on: date | None = None, known_at: datetime | None = None
) -> dict[int, tuple[int, ...]]:
    """Return for each child all records of that child, the one in use first; often only itself.

    On a day and as known at an instant, or as believed now whatever the day. For rules: whether
    somebody may know each of them is asked by whoever shows them.
    """
    asked = set(children)
    rows = _joined(on, known_at)
    if len(asked) <= FEW:
        heads = rows.filter(other__in=asked).values("child")
        rows = rows.filter(Q(child__in=asked) | Q(child__in=heads))
    folded: dict[int, list[int]] = {}
    head_of_: dict[int, int] = {}
    for child, other in rows.order_by("other").values_list("child", "other"):
        folded.setdefault(child, []).append(other)
        head_of_[other] = child
    found = {}
    for pk in asked:
        head = head_of_.get(pk, pk)
        found[pk] = (head, *folded.get(head, ()))
    return found


def records_of(
    child: int, *, on: date | None = None, known_at: datetime | None = None
) -> tuple[int, ...]:
    """Return every record of a child, the one in use first."""
    return groups([child], on=on, known_at=known_at)[child]


def head_of(child: int) -> int:
    """Return the record of a child that is in use; itself where none other is."""
    return records_of(child)[0]


def heads_known_to(by: Actor, children: Iterable[int]) -> dict[int, int]:
    """Return for each folded record the one in use, where somebody may know that one too.

    A record whose head they may not know stays itself for them: that it is folded is not told.
    """
    heads = {pk: found[0] for pk, found in groups(children).items() if found[0] != pk}
    if not heads:
        return {}
    known = set(
        Child.objects.visible_to(by).filter(pk__in=heads.values()).values_list("pk", flat=True)
    )
    return {pk: head for pk, head in heads.items() if head in known}


def folded(on: date, known_at: datetime | None = None) -> QuerySet[Any]:
    """Return the keys of the records that are folded into another on a day: counted with it."""
    return SameChild.objects.on(on, known_at).values("other")


def in_use(on: date) -> QuerySet[Any]:
    """Return the keys of the records into which another is folded on a day."""
    return SameChild.objects.on(on).values("child")


def in_use_of(children: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Return the keys of the records in use into which these records are folded on a day."""
    return SameChild.objects.on(on).filter(other__in=children).values("child")


@dataclass(frozen=True, slots=True)
class Joined:
    """Another record of a child, as somebody may know it, with who said so and why."""

    fact: SameChild
    record: Child

    @property
    def said_by(self) -> str:
        """Who said that it is one child, and who agreed."""
        agreed = self.fact.agreed_by
        said = str(self.fact.said_by or "OnRoll")
        return f"{said}, agreed by {agreed}" if agreed else said


def _with_people(rows: QuerySet[SameChild]) -> QuerySet[SameChild]:
    return rows.select_related("child", "other", "beside", "said_by", "agreed_by")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a record: into which it is folded, and which are folded into it."""

    into: Joined | None = None
    joined: tuple[Joined, ...] = ()

    @property
    def records(self) -> tuple[Child, ...]:
        """The other records, of those that are told."""
        return tuple(one.record for one in (*((self.into,) if self.into else ()), *self.joined))


def beside(child: Child, *, by: Actor) -> Beside:
    """Return the joins of a record with others that somebody may know, the first joined first."""
    rows = list(
        _with_people(SameChild.objects.as_known().filter(Q(child=child) | Q(other=child)))
        .order_by("pk")
    )  # fmt: skip
    known = _known(by, [pk for row in rows for pk in (row.child_id, row.other_id)])
    told = [row for row in rows if {row.child_id, row.other_id} <= known | {child.pk}]
    return Beside(
        into=next((Joined(row, row.child) for row in told if row.other_id == child.pk), None),
        joined=tuple(Joined(row, row.other) for row in told if row.child_id == child.pk),
    )


def known_records(child: Child, *, by: Actor) -> list[Child]:
    """Return a child's record with the others of the same child that somebody may know."""
    others = [pk for pk in records_of(child.pk) if pk != child.pk]
    if not others:
        return [child]
    return [child, *Child.objects.visible_to(by).filter(pk__in=others).order_by("pk")]


def _known(by: Actor, children: Sequence[int]) -> set[int]:
    if not children:
        return set()
    found = Child.objects.visible_to(by).filter(pk__in=children)
    return set(found.values_list("pk", flat=True))


def all_joined(*, by: Actor) -> QuerySet[SameChild]:
    """Return every join that stands, of records that somebody may both know, newest first."""
    known = Child.objects.visible_to(by).values("pk")
    rows = SameChild.objects.as_known().filter(child__in=known, other__in=known)
    return _with_people(rows).order_by("-said_at", "-pk")


def join_for(actor: Actor, pk: int) -> SameChild:
    """Return one join that stands. Raises Unknown where either record may not be known."""
    found = all_joined(by=actor).filter(pk=pk).first()
    if found is None:
        raise Unknown("These records are not joined.")
    return found


# --- what two people must agree on ------------------------------------------------------------

# What a package above knows that makes a join weighty: (records) -> why, or nothing.
Weigher = Callable[[Sequence[int]], str]
_weighers: dict[str, Weigher] = {}


def let_weigh(what: str, weigher: Weigher) -> None:
    """Let a package above say that a join needs two people: casework, of open cases.

    Called once from AppConfig.ready(); a later call for the same `what` replaces.
    """
    _weighers[what] = weigher


def why_two(child: Child, other: Child, *, by: Actor) -> tuple[str, ...]:
    """Return why one person alone may not join two records, in sentences; nothing: one may.

    What these are joined to already counts too.
    """
    ones, others = records_of(child.pk), records_of(other.pk)
    every = [*ones, *others]
    found = []
    if sealed_children().intersection(every):
        found.append("The whereabouts in one of the records are sealed.")
    raised = Flag.objects.as_known().filter(child__in=every, flag__in=WEIGHTY_FLAGS)
    if raised.filter(ends_on=None).exists():
        # Who may not see such a flag is not told that there is one.
        found.append(
            "The child is looked after, or social care enquires or has a plan of protection."
            if by.may("flags.restricted")
            else "Something in one of the records asks for a second person."
        )
    found += [why for weigher in _weighers.values() if (why := weigher(every))]
    if _upns(ones) and _upns(others) and not _upns(ones) & _upns(others):
        found.append("Each record has a UPN that checks, and the two are different.")
    births = dict(Child.objects.filter(pk__in=every).values_list("pk", "born_on"))
    born = [{births[pk] for pk in group if births.get(pk)} for group in (ones, others)]
    if born[0] and born[1] and born[0] != born[1]:
        found.append("The dates of birth are different.")
    return tuple(found)


def _upns(records: Sequence[int]) -> set[str]:
    held = Identifier.objects.as_known().filter(
        child__in=records, scheme=Identifier.Scheme.UPN, ends_on=None
    )
    return {value for value in held.values_list("value", flat=True) if not check_upn(value).errors}


def told_apart(child: int, other: int) -> TwoChildren | None:
    """Return who said that two records are of two children, and why, where somebody did."""
    ones, others = records_of(child), records_of(other)
    pairs = Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones)
    return (
        TwoChildren.objects.as_known()
        .filter(pairs)
        .select_related("recorded_by")
        .order_by("-pk")
        .first()
    )


def pairs_told_apart() -> set[tuple[int, int]]:
    """Return every pair of records that somebody said are of two children, the lower key first."""
    return set(TwoChildren.objects.as_known().values_list("first", "second"))


def taken_apart() -> dict[tuple[int, int], TwoChildren]:
    """Return the pairs that were joined and taken apart since, each with who did it and why.

    Taking apart says in one act that the join is believed no longer and that they are two. Who
    says so again, of the pair as it is listed since, has answered it as any other.
    """
    apart = SameChild.objects.filter(superseded_at=OuterRef("recorded_at")).filter(
        Q(beside=OuterRef("first"), other=OuterRef("second"))
        | Q(beside=OuterRef("second"), other=OuterRef("first"))
    )
    rows = TwoChildren.objects.as_known().filter(Exists(apart)).select_related("recorded_by")
    return {(row.first_id, row.second_id): row for row in rows}


def is_taken_apart(answer: TwoChildren | None) -> bool:
    """Return whether it was by taking a join apart that somebody said that they are two."""
    return answer is not None and answer.pk in {row.pk for row in taken_apart().values()}


# --- what waits for an answer ------------------------------------------------------------------


def _open_questions(by: Actor) -> QuerySet[JoinAsked]:
    known = Child.objects.visible_to(by).values("pk")
    return (
        JoinAsked.objects.filter(answer="", child__in=known)
        .select_related("child", "other", "asked_by")
        .order_by("asked_at", "pk")
    )


def waiting(*, by: Actor) -> list[JoinAsked]:
    """Return the joins that wait for a second person, of records that they may both know."""
    known = Child.objects.visible_to(by).values("pk")
    rows = list(_open_questions(by).filter(other__in=known))
    heads = groups({pk for row in rows for pk in (row.child_id, row.other_id) if pk})
    return [row for row in rows if heads[row.child_id][0] != heads[row.other_id or 0][0]]


def asked_for(actor: Actor, pk: int) -> JoinAsked:
    """Return one join that waits for an answer. Raises Unknown."""
    found = next((row for row in waiting(by=actor) if row.pk == pk), None)
    if found is None:
        raise Unknown("Nothing is asked here, or it is answered.")
    return found


def waiting_for(child: int, other: int) -> JoinAsked | None:
    """Return the question that waits about these two records, whichever way it was asked."""
    pair = Q(child=child, other=other) | Q(child=other, other=child)
    return JoinAsked.objects.filter(pair, answer="").select_related("asked_by").first()


def asked_of_keepers(*, by: Actor) -> list[JoinAsked]:
    """Return the records that colleagues referred to those who keep sealed records; else none."""
    return list(_open_questions(by).filter(other=None)) if by.may("sealed.read") else []


def keepers_question(actor: Actor, pk: int) -> JoinAsked:
    """Return one of `asked_of_keepers`. Raises Unknown."""
    found = next((row for row in asked_of_keepers(by=actor) if row.pk == pk), None)
    if found is None:
        raise Unknown("Nothing is asked here, or it is answered.")
    return found


# --- protections: what is said of one record holds for all of the child's -----------------------


def made_strictest(own: "Sequence[KnownCarer]", others: "Sequence[KnownCarer]") -> None:
    """Let what another record of the child forbids hold here too: a contact, a number, a house.

    The same person may stand beside the two records under one key or two: the name tells.
    """
    no, unsafe = Relationship.Contact.NO, ContactPoint.Safe.NO
    forbidden = {_named(k) for k in others if k.relationship.contact == no}
    values = {p.value for k in others for p in k.contact_points if p.safe == unsafe}
    places = {a.place for k in others for a in k.addresses if a.safe == unsafe}
    for known in own:
        if _named(known) in forbidden:
            known.relationship.contact = no
        for point in known.contact_points:
            if point.value in values:
                point.safe = unsafe
        for home in known.addresses:
            if home.place in places:
                home.safe = unsafe


def _named(known: "KnownCarer") -> tuple[str, ...]:
    name = f"{known.carer.given_names} {known.carer.family_name}"
    return tuple(sorted(normalise.name_words(name)))


def in_turn(
    concluded: "Sequence[Sequence[Whereabouts]]",
) -> "Iterator[tuple[Whereabouts, date | None]]":
    """Yield what was concluded on where a child is, on all records, each with its last day.

    On one record a new conclusion ends the one before; so it is on the records of one child, or
    an old “moved away” on one would outlast what was found out since and written on another.
    """
    if len(concluded) == 1:
        yield from ((row, row.ends_on) for row in concluded[0])
        return
    rows = sorted(
        (row for each in concluded for row in each),
        key=lambda r: (r.starts_on, r.recorded_at, r.pk),
    )
    for row, later in zip_longest(rows, rows[1:]):
        if later is None:
            yield row, row.ends_on
        elif later.starts_on > row.starts_on:
            before = later.starts_on - timedelta(days=1)
            yield row, min(row.ends_on or before, before)
