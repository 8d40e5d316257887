"""What the screens of identity show: probable duplicates, and two records side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from onroll.office.casework import kinds
from onroll.office.casework.models import Case
from onroll.office.casework.queries.cases import cases_of
from onroll.office.casework.queries.children import referrals_of
from onroll.office.casework.queries.chronology import chronology
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.references import is_well_formed, tidy_reference
from onroll.office.people import queries as people
from onroll.office.people.models import Child, JoinAsked, SameChild, TwoChildren
from onroll.office.people.queries import identity
from onroll.office.people.queries.asked import Asked
from onroll.office.people.queries.find import FoundChild, described
from onroll.office.people.queries.identity_pairs import Pair, likeness
from onroll.office.provision import queries as provision
from onroll.office.schools import queries as schools
from onroll.office.web.components import Badge
from onroll.office.web.templatetags.onroll import day

AGREE, DIFFER, IN_PART = (
    Badge("Agree", "green"),
    Badge("Differ", "red"),
    Badge("Agree in part", "orange"),
)
UNMARKED = {CASES := "Cases", REFERRALS := "Referrals", ENTRIES := "Entries in the chronology"}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One pair of records that are probably of one child, as a list shows it."""

    one: FoundChild
    other: FoundChild
    pair: Pair


def narrowed(
    pairs: Iterable[Pair], *, text: str = "", least: str = "", twins: str = ""
) -> list[Pair]:
    """Return the pairs of a name, from a score on; those who may be twins only where asked for."""
    words = text.casefold().split()
    from_score = int(least) if least else 0
    return [
        pair
        for pair in pairs
        if pair.score >= from_score
        and pair.may_be_twins == (twins == "only")
        and all(word in pair.names.casefold() for word in words)
    ]


def taken_apart_from(child: Child) -> set[int]:
    """Return the records that were joined to a child's and taken apart again."""
    own = set(identity.records_of(child.pk))
    return {pk for pair in identity.taken_apart() if own & set(pair) for pk in pair} - own


def shown(pairs: Sequence[Pair], *, by: Actor, on: date) -> list[Duplicate]:
    """Return what the list shows of one page of pairs, in their order."""
    pks = list(dict.fromkeys(pk for pair in pairs for pk in (pair.child, pair.other)))
    found = {one.pk: one for one in described(pks, wanted=Asked(text=""), by=by, on=on)}
    return [
        Duplicate(found[pair.child], found[pair.other], pair)
        for pair in pairs
        if pair.child in found and pair.other in found
    ]


def likely_of(child: Child, *, by: Actor, on: date) -> list[people.Match]:
    """Return the records that may be of the same child as one, the likeliest first."""
    upn = next((i.value for i in people.identifiers(child) if i.scheme == "upn"), "")
    found = people.possible_matches(
        given_names=child.given_names, family_name=child.family_name, born_on=child.born_on,
        upn=upn, by=by, on=on,
    )  # fmt: skip
    own, apart = set(identity.records_of(child.pk)), taken_apart_from(child)
    return [
        match
        for match in found
        if match.child.pk not in own
        and (match.child.pk in apart or identity.told_apart(child.pk, match.child.pk) is None)
    ]


def other_record(actor: Actor, ref: str) -> Child | None:
    """Return the record of a reference that somebody may know, or nothing.

    Nothing, for a reference that nobody has, that is erased or misspelt, and for one of a record
    that is sealed from them: whoever shows it says the same of all of these.
    """
    known = Child.objects.visible_to(actor)
    found: Child | None = known.filter(ref=tidy_reference(ref)[:20]).first()
    return found


def tidied(text: str) -> str:
    """Return a reference as it is stored, however it was typed."""
    return tidy_reference(text)


def is_same_reference(text: str, child: Child) -> bool:
    """Return whether a typed reference is that of the record itself."""
    return tidy_reference(text) == child.ref


def is_a_reference(text: str) -> bool:
    """Return whether a text can be a reference at all: its check character is right."""
    return is_well_formed(tidy_reference(text))


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that two records say, beside each other, and whether they agree."""

    label: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    is_marked: bool = True  # whether agreeing says anything: two records have their own cases

    @property
    def mark(self) -> Badge | None:
        """Whether they agree; nothing where one of them does not say."""
        if not self.is_marked:
            return None
        one, other = ({v.casefold() for v in values} for values in (self.one, self.other))
        if not one or not other:
            return None
        if one == other:
            return AGREE
        return IN_PART if one & other else DIFFER


@dataclass(frozen=True, slots=True)
class Side:
    """What one of two records is: where it leads, what hangs on it."""

    record: Child
    is_sealed: bool
    into: identity.Joined | None  # the record into which it is folded
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two records side by side, how alike they are, and what has been said of the two."""

    one: Side
    other: Side
    lines: Sequence[Line]
    score: int
    why: Sequence[str]
    may_be_twins: bool
    why_two: Sequence[str]
    told_apart: TwoChildren | None
    is_taken_apart: bool  # they were joined once, and `told_apart` says who took them apart
    second_began_on: date  # the first day of which the later of the two records says anything
    waits: JoinAsked | None
    is_joined: bool

    @property
    def children(self) -> tuple[int, int]:
        """Whose records are shown."""
        return self.one.record.pk, self.other.record.pk


def compared(one: Child, other: Child, *, by: Actor, on: date) -> Compared:
    """Return two records side by side, with everything that helps to tell one child from two."""
    score, why, may_be_twins = likeness(one.pk, other.pk, by=by)
    sides = [_side(record, by) for record in (one, other)]
    entries = [[e.on for e in chronology(record, by=by)] for record in (one, other)]
    told_of = [_lines(side, days, by, on) for side, days in zip(sides, entries, strict=True)]
    told_apart = identity.told_apart(one.pk, other.pk)
    labels = list(dict.fromkeys(label for lines in told_of for label in lines))
    return Compared(
        one=sides[0],
        other=sides[1],
        lines=[
            Line(
                label,
                one=told_of[0].get(label, ()),
                other=told_of[1].get(label, ()),
                is_marked=label not in UNMARKED,
            )
            for label in labels
        ],
        score=score,
        why=why,
        may_be_twins=may_be_twins,
        why_two=identity.why_two(one, other, by=by),
        told_apart=told_apart,
        is_taken_apart=identity.is_taken_apart(told_apart),
        second_began_on=max(map(_began_on, (one, other), entries)),
        waits=identity.waiting_for(one.pk, other.pk),
        is_joined=identity.head_of(one.pk) == identity.head_of(other.pk),
    )


def _side(record: Child, by: Actor) -> Side:
    return Side(
        record=record,
        is_sealed=people.sealing_of(record, by=by) is not None,
        into=identity.beside(record, by=by).into,
        cases=cases_of(record.pk, by),
    )


def _began_on(record: Child, entries: Sequence[date]) -> date:
    """Return from when a record says anything of the child, beyond what holds from birth.

    The day on which it was made, where it says nothing of an earlier one: records that came with
    a file or a migration were all made on one day and are years older.
    """
    made_on = localtime(record.created_at).date()
    return min([made_on, *(day for day in entries if day != record.born_on)])


def _lines(side: Side, entries: Sequence[date], by: Actor, on: date) -> dict[str, tuple[str, ...]]:
    child = side.record
    names = people.names(child)
    legal = f"{child.given_names} {child.family_name}"
    others = dict.fromkeys(f"{n.given_names} {n.family_name}" for n in names)
    found: dict[str, tuple[str, ...]] = {
        "Name": (legal,),
        "Other names": tuple(name for name in others if name != legal),
        "Date of birth": (day(child.born_on),) if child.born_on else (),
        "Sex": (child.get_sex_display(),) if child.sex != Child.Sex.UNKNOWN else (),
    }
    for number in people.identifiers(child):
        label = number.get_scheme_display()
        found[label] = (*found.get(label, ()), number.value)
    homes = people.addresses(child, by=by)
    beside = people.carers(child, by=by)
    rolls = schools.education(child, by=by, on=on).enrolments
    otherwise = provision.lines_of(provision.JUDGED_KINDS, child, by=by, on=on)
    flags = people.flags(child, by=by)
    referrals = referrals_of(child, by)
    found |= {
        "Homes": _once(f"{home.line_1}, {home.postcode}" for home in homes),
        "Parents and carers": _once(str(known.carer) for known in beside),
        "Schools": _once(str(roll.school) for roll in rolls),
        "Other education": _once(str(line.title) for line in otherwise),
        "Whereabouts": _once(
            f"{w.get_conclusion_display()}, from {day(w.starts_on)}"
            for w in people.whereabouts(child, by=by, on=on)
        ),
        "Flags": _once(raised.kind.title for raised in flags if raised.fact.ends_on is None),
        CASES: tuple(case_words(case) for case in side.cases),
        REFERRALS: (str(len(referrals)),),
        ENTRIES: (_entries_words(entries),),
    }
    return found


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip(" ,") for value in values))


def case_words(case: Case) -> str:
    """Return a case in one line."""
    state = "open" if case.is_open else f"closed {day(case.closed_on)}"
    return f"{kinds.title_of(case.kind)} {case.ref}, {state}"


def _entries_words(days: Sequence[date]) -> str:
    if not days:
        return "None"
    return f"{len(days)}, from {day(min(days))} to {day(max(days))}"


def stays_first(seen: Compared) -> list[tuple[str, str]]:
    """Return the two records to choose from, first the one that should stay in use.

    The one with an open case, and of two alike the one that was made first.
    """

    def order(side: Side) -> tuple[bool, int]:
        return not any(case.is_open for case in side.cases), side.record.pk

    sides = sorted((seen.one, seen.other), key=order)
    return [(side.record.ref, f"{side.record}, {side.record.ref}") for side in sides]


def head_ref(child: Child) -> str:
    """Return the reference of the record in use of a child."""
    return Child.objects.get(pk=identity.head_of(child.pk)).ref


def joined(*, by: Actor, text: str = "") -> QuerySet[SameChild]:
    """Return the joins that stand, newest first, narrowed by a name or reference."""
    found = identity.all_joined(by=by)
    for word in text.split():
        found = found.filter(
                Q(child__ref__iexact=word) | Q(other__ref__iexact=word)
                | Q(child__given_names__icontains=word) | Q(child__family_name__icontains=word)
                | Q(other__given_names__icontains=word) | Q(other__family_name__icontains=word)
        )  # fmt: skip
    return found
