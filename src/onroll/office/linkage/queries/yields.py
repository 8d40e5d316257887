"""How well a search does, worked out from what people answered.

True is who was referred and is followed in a case that did not close as "not missing". False is
who was answered not missing, whom triage did not take, or whose case closed so. A referral that
triage has not decided is neither yet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from onroll.matching.causes import CAUSES
from onroll.office.casework import kinds
from onroll.office.casework.models import Case
from onroll.office.casework.queries.answers import UNDECIDED
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.models import Answer, Candidate, Counted, Run
from onroll.office.linkage.queries.candidates import Group, source_names
from onroll.office.linkage.queries.candidates_order import is_settled
from onroll.office.linkage.queries.candidates_prints import person_prints

SECONDS_A_DECISION = 20
# How many answers the search's own estimate is worth before people have answered.
PRIOR_WORTH = 8.0
# Fewer than so many are not shown apart: a share of three children tells of each of them.
FEWEST = 5
_Z = 1.96  # the interval is where 95 of 100 such shares would lie
_NEVER_MISSING = "not_cme"


@dataclass(frozen=True, slots=True)
class Yield:
    """The share truly missing that is to be expected, with its interval."""

    share: float
    low: float
    high: float
    decided: int

    @property
    def per_cent(self) -> int:
        """The share in hundredths, for a page."""
        return round(100 * self.share)

    @property
    def low_per_cent(self) -> int:
        """Where the interval begins."""
        return round(100 * self.low)

    @property
    def high_per_cent(self) -> int:
        """Where the interval ends."""
        return round(100 * self.high)

    @property
    def per_true(self) -> float | None:
        """How many people are looked at for each who is truly missing; None where nobody is."""
        return 1 / self.share if self.share > 0 else None

    @property
    def minutes_per_true(self) -> float | None:
        """Minutes of clearing for each who is truly missing, at 20 seconds a decision."""
        per_true = self.per_true
        return per_true * SECONDS_A_DECISION / 60 if per_true is not None else None


def expected(prior: float, true: int, decided: int, worth: float = PRIOR_WORTH) -> Yield:
    """Return the share truly missing: the search's own estimate, which answers replace.

    The estimate counts as `worth` answers; the more people have answered, the less it weighs. The
    interval is Wilson's, of the answers and the estimate together.
    """
    n = worth + decided
    share = (min(max(prior, 0.0), 1.0) * worth + true) / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Yield(share, min(low, share), max(high, share), decided)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one answer: truly missing, not, or not known yet."""

    candidate: Candidate
    is_true: bool | None


def outcomes(actor: Actor) -> list[Outcome]:
    """Return what came of every answer that stands, for those who see counts."""
    counted = Candidate.objects.counted_for(actor).defer("evidence")
    stands = (
        Answer.objects.as_known()
        .exclude(what=Answer.What.KEEPERS)
        .filter(candidate__in=counted.values("pk"))
        .select_related("referral", "referral__case")
    )
    candidates = counted.in_bulk([answer.candidate_id for answer in stands])
    return [Outcome(candidates[a.candidate_id], came_of(a)) for a in stands]


def came_of(answer: Answer) -> bool | None:
    """Return whether an answer was of somebody truly missing; None while nobody knows."""
    if answer.what == Answer.What.NOT_MISSING:
        return False
    referral = answer.referral
    if referral is None or referral.state in UNDECIDED:
        return None
    return referral.case is not None and referral.case.outcome != _NEVER_MISSING


def _forgotten() -> dict[str, dict[str, tuple[int, int]]]:
    """Return by each mark how many were true and false of those who are described no longer."""
    found: dict[str, dict[str, tuple[int, int]]] = {by: {} for by in Counted.By.values}
    for row in Counted.objects.all():
        found[row.by][row.value] = row.true, row.false
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers about one group: how many were true, false, and not known yet."""

    title: str
    true: int
    false: int
    pending: int
    is_held_back: bool = False  # so that another, which is too small, cannot be worked out

    @property
    def decided(self) -> int:
        """How many are known to be true or false."""
        return self.true + self.false

    @property
    def is_shown(self) -> bool:
        """Whether there are enough to show a share of them."""
        return self.decided >= FEWEST and not self.is_held_back

    @property
    def precision(self) -> float | None:
        """The share of those decided who were truly missing; None where too few to show."""
        return self.true / self.decided if self.is_shown else None

    @property
    def per_cent(self) -> int:
        """The precision in hundredths, for a bar."""
        return round(100 * (self.precision or 0))

    @property
    def minutes_per_true(self) -> float | None:
        """Minutes of clearing for each truly missing child."""
        if not self.is_shown or not self.true:
            return None
        return self.decided * SECONDS_A_DECISION / 60 / self.true


def tally(title: str, found: Iterable[Outcome]) -> Tally:
    """Return how many of these were true, false and not known yet."""
    known = [one.is_true for one in found]
    return Tally(title, known.count(True), known.count(False), known.count(None))


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many truly missing children are to be expected, of how many names to look at."""

    to_look_at: int
    settled: int
    answered: int
    missing: float


def outlook(expected_in: Sequence[tuple[Group, Yield]]) -> Outlook:
    """Return what is to be expected of all groups together."""
    groups = [group for group, _ in expected_in]
    return Outlook(
        to_look_at=sum(group.to_look_at for group in groups),
        settled=sum(group.settled for group in groups),
        answered=sum(group.answered for group in groups),
        missing=sum(y.share * group.to_look_at for group, y in expected_in),
    )


def with_yields(groups: Sequence[Group], actor: Actor) -> list[tuple[Group, Yield]]:
    """Return each group with the share truly missing that is to be expected of those to look at.

    Answers about children whom the office knew as gone or educated say nothing of the others.
    """
    found = [one for one in outcomes(actor) if not is_settled(one.candidate)]
    counted = {
        group.key: tally(group.title, (o for o in found if o.candidate.cause == group.key))
        for group in groups
    }
    return [
        (group, expected(group.chance, counted[group.key].true, counted[group.key].decided))
        for group in groups
    ]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the page: what it is by, and a tally for each."""

    title: str
    heading: str
    tallies: tuple[Tally, ...]


_AGES: Mapping[str, range] = {"5 to 7": range(8), "8 to 10": range(8, 11),
                              "11 to 13": range(11, 14), "14 to 16": range(14, 20)}  # fmt: skip
_ON_NO_LIST = "Not on any list"
_SEXES = {"F": "Female", "M": "Male", "": _ON_NO_LIST}


def tables(found: Sequence[Outcome]) -> list[Table]:
    """Return how often a search was right by cause, source, sex, age and postcode area.

    Those who are described no longer stand in the last three by their counts.
    """
    names = source_names()
    sources = sorted({key for one in found for key in one.candidate.sources})
    forgotten = _forgotten()
    sexes, ages, areas = (forgotten[by] for by in ("sex", "age", "area"))
    described = [one for one in found if not one.candidate.is_counted]
    listed = sorted({one.candidate.area for one in described} | areas.keys())
    return [
        _table("By likely cause", "Cause", found, {c.title: _of("cause", k) for k, c in
                                                   CAUSES.items()}),
        _table("By list", "On the list", found, {names.get(k, k): _on(k) for k in sources}),
        _table("By sex", "Sex", described, {says: _of("sex", k) for k, says in _SEXES.items()},
               {says: sexes.get(k, (0, 0)) for k, says in _SEXES.items()}),
        _table("By age", "Age", described, {says: _aged(range_) for says, range_ in _AGES.items()},
               {says: _within(ages, range_) for says, range_ in _AGES.items()}),
        _table("By postcode area", "Area", described,
               {area or _ON_NO_LIST: _of("area", area) for area in listed},
               {area or _ON_NO_LIST: areas.get(area, (0, 0)) for area in listed}),
    ]  # fmt: skip


def _of(column: str, value: str) -> Callable[[Outcome], bool]:
    return lambda one: getattr(one.candidate, column) == value


def _on(source: str) -> Callable[[Outcome], bool]:
    return lambda one: source in one.candidate.sources


def _aged(ages: range) -> Callable[[Outcome], bool]:
    return lambda one: one.candidate.age in ages


def _within(counted: Mapping[str, tuple[int, int]], ages: range) -> tuple[int, int]:
    among = [counts for age, counts in counted.items() if age and int(age) in ages]
    return sum(true for true, _ in among), sum(false for _, false in among)


def _table(
    title: str,
    heading: str,
    found: Sequence[Outcome],
    groups: Mapping[str, Callable[[Outcome], bool]],
    forgotten: Mapping[str, tuple[int, int]] | None = None,
) -> Table:
    tallies = []
    for name, belongs in groups.items():
        seen = tally(name, (one for one in found if belongs(one)))
        true, false = (forgotten or {}).get(name, (0, 0))
        counted = replace(seen, true=seen.true + true, false=seen.false + false)
        if counted.decided or counted.pending:
            tallies.append(counted)
    return Table(title, heading, held_back(tallies))


def held_back(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """Hold the smallest back where one alone is hidden: the total would tell what it is."""
    shown = [one for one in tallies if one.is_shown]
    if len(tallies) - len(shown) != 1 or not shown:
        return tuple(tallies)
    smallest = min(shown, key=lambda one: one.decided)
    return tuple(replace(one, is_held_back=one is smallest) for one in tallies)


@dataclass(frozen=True, slots=True)
class Recall:
    """Of the children found missing since the first search, how many a search had listed before.

    An estimate: nobody knows of whom neither a search nor anybody else has heard.
    """

    listed: int
    unlisted: int

    @property
    def opened(self) -> int:
        """Cases opened since the first search."""
        return self.listed + self.unlisted

    @property
    def is_shown(self) -> bool:
        """Whether there are enough to show a share of them."""
        return self.opened >= FEWEST

    @property
    def share(self) -> Yield:
        """The share listed, with its interval."""
        return expected(0.0, self.listed, self.opened, worth=1e-9)


def recall(actor: Actor) -> Recall | None:
    """Return how many of the children found missing meanwhile a search had listed; None before
    the first search."""
    first = Run.objects.filter(state=Run.State.DONE).order_by("as_at").first()
    if first is None:
        return None
    cases = (
        Case.objects.counted_for(actor)
        .filter(kind__in=kinds.missing(), opened_on__gte=first.as_at)
        .exclude(outcome=_NEVER_MISSING)
        .select_related("child")
    )
    counted = Candidate.objects.counted_for(actor).defer("evidence")
    children = set(counted.exclude(child=None).values_list("child", flat=True))
    referred = set(
        Answer.objects.as_known()
        .filter(candidate__in=counted.values("pk"), referral__case__isnull=False)
        .values_list("referral__case", flat=True)
    )
    persons = set(counted.exclude(person="").values_list("person", flat=True))
    listed = sum(
        case.pk in referred or case.child_id in children or _is_among(case, persons)
        for case in cases
    )
    return Recall(listed, len(cases) - listed)


def _is_among(case: Case, persons: set[str]) -> bool:
    child = case.child
    if child.born_on is None:
        return False
    prints = person_prints(child.given_names, child.family_name, child.born_on.isoformat())
    return not persons.isdisjoint(prints)
