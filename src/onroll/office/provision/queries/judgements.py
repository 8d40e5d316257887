"""What was judged of an education, and what that comes to on each day of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact
from onroll.office.people.queries.sealed import believed, opened, sealed_children, sealed_rows
from onroll.office.provision.models import HomeEducation, Judgement, Provision
from onroll.office.schools.queries import placed_fact, placed_facts
from onroll.office.web.components import Badge
from onroll.statute import suitability
from onroll.statute.spans import Outcome
from onroll.statute.suitability import Aspect, Criterion, Finding, suitability_on
from onroll.statute.writing import listed

A_DAY = timedelta(days=1)
HOME = Judgement.What.HOME_EDUCATION.value
# What counts as education only while it is suitable; of education under a plan the law's
# classification does not ask.
SAYS_SUITABLE = frozenset(
    {"alternative_provision", "hospital_education", "private_tuition", "section_19"}
)
TITLES: Mapping[Criterion, str] = {
    Criterion.EFFICIENT: "Efficient",
    Criterion.FULL_TIME: "Full-time",
    Criterion.SUITABLE: "Suitable to age, ability, aptitude and any special educational needs",
}

Education: TypeAlias = HomeEducation | Provision
# A child, what is provided and by whom: what stays the same when a row is corrected.
Key: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody finds of one criterion, before it is recorded."""

    criterion: Criterion
    is_met: bool
    reasons: str = ""
    aspects: Mapping[Aspect, bool] = field(default_factory=dict)  # only those looked at


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of an education on which whether it was suitable had one answer."""

    fact: Education
    starts_on: date
    ends_on: date | None
    suitability: str  # a value of `Outcome`

    @property
    def what(self) -> str:
        return what_of(self.fact)

    @property
    def is_suitable(self) -> bool:
        return self.suitability == Outcome.SUITABLE

    @property
    def is_interim(self) -> bool:
        return isinstance(self.fact, Provision) and self.fact.is_interim

    def holds_on(self, day: date) -> bool:
        """Return whether the day is one of them."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def what_of(fact: Education) -> str:
    """Return what kind of education a fact is, by the key that judgements and the law use."""
    return fact.what if isinstance(fact, Provision) else HOME


def key_of(row: Education | Judgement) -> Key:
    """Return to which education a row belongs."""
    if isinstance(row, HomeEducation):
        return row.child_id, HOME, ""
    return row.child_id, row.what, row.provider


def belong(fact: Education, rows: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that were made of an education while it lasted, the first first."""
    own = [r for r in rows if key_of(r) == key_of(fact) and fact.holds_on(r.judged_on)]
    return sorted(own, key=lambda row: (row.judged_on, row.pk))


def judgements_of(
    fact: Education, *, by: Actor | None, known_at: datetime | None = None
) -> list[Judgement]:
    """Return what was judged of an education, as somebody may know it, the first first."""
    return belong(fact, placed_facts(Judgement, fact.child_id, by=by, known_at=known_at))


def judgement_for(actor: Actor, pk: int) -> Judgement:
    """Return one judgement that this person may know. Raises Unknown."""
    return placed_fact(Judgement, pk, by=actor)


def education_judged(row: Judgement) -> Education | None:
    """Return the education that a judgement is of, for a rule, if it is recorded still."""
    facts: list[Education] = [
        *placed_facts(HomeEducation, row.child_id, by=None, on=row.judged_on),
        *placed_facts(Provision, row.child_id, by=None, on=row.judged_on),
    ]
    return next((fact for fact in facts if key_of(fact) == key_of(row)), None)


def title_of_judged(row: Judgement) -> str:
    """Return of what education a judgement is, in words."""
    return f"{row.get_what_display()}{f', {row.provider}' if row.provider else ''}"


def counts_whatever(fact: Education) -> bool:
    """Return whether an education counts whatever is judged of it: one under a plan does."""
    what = what_of(fact)
    return what != HOME and what not in SAYS_SUITABLE


def as_law(row: Judgement) -> suitability.Judgement:
    """Return a judgement as the law reads it."""
    looked_at = {aspect: getattr(row, f"is_suited_to_{aspect}") for aspect in Aspect}
    return suitability.Judgement(
        criterion=Criterion(row.criterion),
        judged_on=row.judged_on,
        is_met=row.is_met,
        by=row.judged_by,
        reasons=row.reasons,
        aspects=tuple(Finding(a, is_met) for a, is_met in looked_at.items() if is_met is not None),
    )


def answer_on(fact: Education, judged: Sequence[Judgement], on: date) -> str:
    """Return whether an education was suitable on a day: as judged by then, else as recorded."""
    if not any(row.judged_on <= on for row in judged):
        return recorded_answer(fact)
    return suitability_on(map(as_law, judged), on).outcome.value


def recorded_answer(fact: Education) -> str:
    """Return the answer recorded with an education, which stands until its first judgement."""
    if isinstance(fact, HomeEducation):
        return fact.suitability
    return Outcome.SUITABLE if fact.is_suitable else Outcome.UNSUITABLE


def stretches(facts: Iterable[Education], rows: Iterable[Judgement]) -> list[Stretch]:
    """Return each education as the days between which the answer changes, in order."""
    by_key: dict[Key, list[Judgement]] = {}
    for row in rows:
        by_key.setdefault(key_of(row), []).append(row)
    return [
        stretch
        for fact in facts
        for stretch in _stretches(fact, belong(fact, by_key.get(key_of(fact), ())))
    ]


def _stretches(fact: Education, judged: Sequence[Judgement]) -> list[Stretch]:
    changes = [(fact.starts_on, answer_on(fact, judged, fact.starts_on))]
    for day in sorted({row.judged_on for row in judged}):
        answer = answer_on(fact, judged, day)
        if answer != changes[-1][1]:
            changes.append((day, answer))
    ends = [*(day - A_DAY for day, _ in changes[1:]), fact.ends_on]
    return [
        Stretch(fact, day, last, answer) for (day, answer), last in zip(changes, ends, strict=True)
    ]


def stretches_of(
    children: Iterable[int],
    *,
    known_at: datetime | None = None,
    of: Sequence[type[Education]] = (HomeEducation, Provision),
) -> list[Stretch]:
    """Return the education otherwise of many children for a rule of the program, sealed too.

    Home education first, then what is provided; each in order of its days.
    """
    *facts, judged = _rows_of((*of, Judgement), set(children), known_at)
    return stretches([fact for rows in facts for fact in rows], judged)


def home_education_of(child_id: int, *, on: date | None = None) -> list[Stretch]:
    """Return a child's home education for a rule, newest first; on one day if one is given."""
    return _newest(stretches_of([child_id], of=(HomeEducation,)), on)


def provision_of(child_id: int, *, on: date | None = None) -> list[Stretch]:
    """Return what is provided for a child for a rule, newest first; on one day if one is given."""
    return _newest(stretches_of([child_id], of=(Provision,)), on)


def _newest(found: Iterable[Stretch], on: date | None) -> list[Stretch]:
    kept = [stretch for stretch in found if on is None or stretch.holds_on(on)]
    return sorted(kept, key=lambda s: (s.starts_on, s.fact.pk), reverse=True)


def _rows_of(
    models: Sequence[type[Fact]], children: set[int], known_at: datetime | None
) -> list[list[Any]]:
    """Return the rows of several tables in order, asking once who is sealed."""
    found: list[list[Any]] = [
        list(model._default_manager.as_known(known_at).filter(child__in=children))
        for model in models
    ]
    if hidden := children & sealed_children():
        with opened():
            for rows, model in zip(found, models, strict=True):
                rows += believed(sealed_rows(model, children=hidden), known_at)
    return [sorted(rows, key=lambda row: (row.starts_on, row.pk)) for rows in found]


ANSWERS: Mapping[str, Badge] = {
    Outcome.SUITABLE: Badge("Suitable", "green"),
    Outcome.NOT_ASSESSED: Badge("Not assessed yet", "orange"),
    Outcome.UNSUITABLE: Badge("Unsuitable", "red"),
}
VERDICTS: Mapping[bool, Badge] = {True: Badge("Met", "green"), False: Badge("Not met", "red")}


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """One judgement as a page shows it."""

    pk: int
    criterion: Criterion
    verdict: Badge
    judged_on: date
    judged_by: str
    aspects: str
    reasons: str
    evidence: str
    recorded_by: str  # where somebody else wrote it down
    is_replaced: bool  # judged again since

    @property
    def title(self) -> str:
        return TITLES[self.criterion]

    @property
    def says(self) -> str:
        return f"Education judged: {self.criterion.says}, {self.verdict.label.lower()}"

    @property
    def why(self) -> str:
        rests = f"Rests on: {self.evidence}" if self.evidence else ""
        parts = (self.reasons, self.aspects, rests)
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether an education is suitable, by which judgements, and what is not judged yet.

    `criteria` has each of the three with the judgement that stands, or None.
    """

    answer: Badge
    criteria: Sequence[tuple[str, JudgementShown | None]]
    replaced: Sequence[JudgementShown]  # newest first

    @property
    def is_begun(self) -> bool:
        return bool(self.standing or self.replaced)

    @property
    def words(self) -> str:
        return self.answer.label.lower()

    @property
    def is_unsuitable(self) -> bool:
        return self.answer == ANSWERS[Outcome.UNSUITABLE]

    @property
    def standing(self) -> list[JudgementShown]:
        return [stands for _, stands in self.criteria if stands is not None]

    @property
    def missing(self) -> list[str]:
        return [title for title, stands in self.criteria if stands is None]


def judged(fact: Education, rows: Iterable[Judgement], on: date) -> Judged:
    """Return how an education is judged on a day; after its end, how it was judged at last."""
    own = belong(fact, rows)
    day = on if fact.ends_on is None else min(on, fact.ends_on)
    latest = {row.criterion: row for row in own if row.judged_on <= day}
    stands = {row.pk for row in latest.values()}
    return Judged(
        answer=ANSWERS[answer_on(fact, own, day)],
        criteria=[(TITLES[c], shown(latest[c]) if c in latest else None) for c in Criterion],
        replaced=[shown(row, is_replaced=True) for row in own[::-1] if row.pk not in stands],
    )


def judged_for(fact: Education, *, by: Actor, on: date) -> Judged:
    """Return how an education is judged on a day, as somebody may know it."""
    return judged(fact, judgements_of(fact, by=by), on)


def shown(row: Judgement, *, is_replaced: bool = False) -> JudgementShown:
    """Return a judgement in words."""
    wrote = str(row.recorded_by or "")
    return JudgementShown(
        pk=row.pk,
        criterion=Criterion(row.criterion),
        verdict=VERDICTS[row.is_met],
        judged_on=row.judged_on,
        judged_by=row.judged_by,
        aspects=aspects_in_words(row),
        reasons=row.reasons,
        evidence=row.evidence,
        recorded_by="" if wrote == row.judged_by else wrote,
        is_replaced=is_replaced,
    )


def aspects_in_words(row: Judgement) -> str:
    """Return what was found of each aspect that was looked at, or nothing."""
    looked_at = as_law(row).aspects
    met = [finding.aspect.says for finding in looked_at if finding.is_met]
    wanting = [finding.aspect.says for finding in looked_at if not finding.is_met]
    said = [f"suited to {listed(met)}"] if met else []
    said += [f"not suited to {listed(wanting)}"] if wanting else []
    return "; ".join(said).capitalize()
