"""Children who miss education by what is recorded, and of whom no case and no referral tells.

Nobody enters a child here and nothing but a case or a recorded education takes one off, however
long ago it began: a closed case, a refused referral and a forgotten leaver all come back. An
officer can say that they look into a child, or set one aside for four weeks at most.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from onroll.office.casework import kinds
from onroll.office.casework.models import Attention, Case, Referral
from onroll.office.casework.models.work import LONGEST
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.casework.queries.children import facts_of
from onroll.office.casework.queries.clocks import pack
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries import children as people
from onroll.office.people.queries import identity
from onroll.office.provision import queries as provision
from onroll.office.schools import queries as schools
from onroll.office.schools.models import Enrolment
from onroll.statute import ages, classify, reasons

# What decides is the same for all of them, and a register to come is nobody's work yet.
KNOWN_BESIDE = (reasons.Bearing.BESIDE, reasons.Bearing.LOCAL)
MOST_DAYS = LONGEST.days  # that a child is in somebody's hands, or set aside


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """One child with nobody on the case: since when and why, the last roll, the last case, and
    who looks into it or until when it is set aside."""

    child: Child
    year_group: int | None
    since: date | None  # None: nothing is recorded of the time before
    why: Sequence[str]
    last_roll: Enrolment | None
    last_case: Case | None  # closed, and known to the reader
    is_elsewhere: bool  # the home is in another authority's area
    taken: Attention | None = None
    aside: Attention | None = None

    @property
    def year_words(self) -> str:
        """The year group in words, or nothing where it is not known."""
        return "" if self.year_group is None else ages.year_group_name(self.year_group)

    @property
    def back_on(self) -> date | None:
        """The day on which a child that is set aside comes back to the list."""
        return back_on(self.aside) if self.aside else None

    @property
    def last_outcome(self) -> str:
        """With what the last case closed, in words."""
        case = self.last_case
        return kinds.outcome_title(case.kind, case.outcome) if case else ""


def unfollowed(actor: Actor, on: date) -> list[Unfollowed]:
    """Return the children this person may know of who miss education with no case, longest first.

    Those of whom nobody can say since when stand at the top: nothing is known of them at all.
    """
    rules = pack(on)
    children = {child.pk: child for child in _not_accounted_for(actor, on)}
    facts = facts_of(children.values(), on)
    missing = {
        pk: found
        for pk, read in facts.items()
        if (found := classify.standing(read, on, rules)).place is reasons.Place.MISSING_EDUCATION
    }
    rolls = schools.last_rolls(missing, on, by=actor)
    cases = _last_cases(actor, missing)
    taken = attention_on(on, Attention.What.TAKEN, missing)
    aside = attention_on(on, Attention.What.SET_ASIDE, missing)
    rows = [
        Unfollowed(
            child=children[pk],
            year_group=found.year_group,
            since=classify.stands_since(facts[pk], on, rules),
            why=[reason.says for reason in found.why if reason.bearing in KNOWN_BESIDE],
            last_roll=rolls.get(pk),
            last_case=cases.get(pk),
            is_elsewhere=not facts[pk].resident,
            taken=taken.get(pk),
            aside=aside.get(pk),
        )
        for pk, found in missing.items()
    ]
    return sorted(rows, key=lambda row: (row.since or date.min, str(row.child)))


def narrowed(
    rows: Iterable[Unfollowed],
    *,
    text: str = "",
    case: str = "",
    year: str = "",
    who: str = "",
    aside: str = "",
    mine: Container[int] = (),
) -> list[Unfollowed]:
    """Return those of a name, those with or without an earlier case, those of a year group.

    `who` is "me" (one of `mine`), "none" or "some"; `aside` is "only" or "all", and without it
    those that are set aside are left out.
    """
    words = text.casefold().split()
    return [
        row
        for row in rows
        if all(word in str(row.child).casefold() for word in words)
        and (not case or (row.last_case is not None) == (case == "before"))
        and (not year or str(row.year_group) == year)
        and (aside == "all" or (row.aside is not None) == (aside == "only"))
        and _is_with(row, who, mine)
    ]


def _is_with(row: Unfollowed, who: str, mine: Container[int]) -> bool:
    if who == "me":
        return row.taken is not None and row.taken.who_id in mine
    return not who or (row.taken is not None) == (who == "some")


def attention_on(
    on: date, what: Attention.What, children: Iterable[int]
) -> Mapping[int, Attention]:
    """Return who looks into these children on a day, or who set them aside, by child."""
    found = Attention.objects.on(on).filter(what=what, child__in=list(children))
    return {one.child_id: one for one in found.select_related("who")}


def back_on(aside: Attention) -> date:
    """Return the day on which a child that was set aside comes back."""
    assert aside.ends_on is not None
    return aside.ends_on + timedelta(days=1)


def _not_accounted_for(actor: Actor, on: date) -> QuerySet[Child]:
    """Return whom to ask the law about: of school age, nobody's case, kept by nothing obvious.

    A child with several records is asked about once, by the one in use.

    What is left out here can't be missing education; `tests/casework/test_unfollowed.py` holds
    that against asking about every child.
    """
    oldest, youngest = ages.births_of_school_age(on)
    followed = Case.objects.filter(closed_on=None).values("child")
    told = Referral.objects.filter(state__in=UNDECIDED, child__isnull=False).values("child")
    found = (
        Child.objects.visible_to(actor)
        .filter(Q(born_on=None) | Q(born_on__gte=oldest, born_on__lte=youngest))
        .exclude(pk__in=identity.folded(on))
        .exclude(pk__in=followed)
        .exclude(pk__in=identity.in_use_of(followed, on))
        .exclude(pk__in=told)
        .exclude(pk__in=identity.in_use_of(told, on))
        .exclude(pk__in=schools.on_a_roll(on))
    )
    for accounted in (*provision.educated_otherwise(on), *people.gone(on)):
        found = found.exclude(pk__in=accounted)
    return found


def _last_cases(actor: Actor, children: Iterable[int]) -> dict[int, Case]:
    closed = Case.objects.visible_to(actor).filter(child__in=list(children))
    return {case.child_id: case for case in closed.order_by("closed_on", "pk")}
