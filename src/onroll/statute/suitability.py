"""Whether an education is suitable, from three judgements that are made and dated one by one.

The Act asks for an education that is efficient, full-time and suitable. Each is judged for itself,
may be judged again, and stands until then; what they come to on a day is worked out here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.statute.reasons import Bearing, Reason
from onroll.statute.sources import Confidence
from onroll.statute.spans import Outcome
from onroll.statute.writing import listed, written

_PARENT = "Education Act 1996 s.7"
_ACTS = f"{_PARENT}; s.436A"


class Criterion(StrEnum):
    """What the Act asks of an education."""

    EFFICIENT = "efficient"
    FULL_TIME = "full_time"
    SUITABLE = "suitable"

    @property
    def says(self) -> str:
        """The criterion in words."""
        return self.value.replace("_", "-")


class Aspect(StrEnum):
    """To what an education must be suitable."""

    AGE = "age"
    ABILITY = "ability"
    APTITUDE = "aptitude"
    NEEDS = "needs"

    @property
    def says(self) -> str:
        """The aspect in words."""
        return "special educational needs" if self is Aspect.NEEDS else self.value


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one aspect, where the aspects were looked at apart."""

    aspect: Aspect
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody judged of one criterion on a day, and why.

    `by` names who judged, by whatever the caller knows people by. `aspects` are findings on age,
    ability, aptitude and needs; only the third criterion has them, and they need not be given.
    """

    criterion: Criterion
    judged_on: date
    is_met: bool
    by: str
    reasons: str = ""
    aspects: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        found = {finding.aspect for finding in self.aspects}
        if self.aspects and self.criterion is not Criterion.SUITABLE:
            raise ValueError(f"{self.criterion.says.capitalize()} is judged whole, not by aspects.")
        if len(found) < len(self.aspects):
            raise ValueError("An aspect is there twice.")
        unmet = self.unmet
        if unmet and self.is_met:
            raise ValueError(f"Not suitable to {listed(unmet)}, so the criterion is not met.")
        if not unmet and not self.is_met and found == set(Aspect):
            raise ValueError("Suitable in every aspect, so the criterion is met.")

    @property
    def unmet(self) -> tuple[str, ...]:
        """The aspects that were found wanting, in words."""
        return tuple(finding.aspect.says for finding in self.aspects if not finding.is_met)

    @property
    def says(self) -> str:
        """The judgement in a sentence."""
        verdict = "met" if self.is_met else "not met"
        short = f" (not suitable to {listed(self.unmet)})" if self.unmet else ""
        why = f": {self.reasons}" if self.reasons else ""
        return (
            f"{self.criterion.says.capitalize()}: {verdict}{short}, judged on "
            f"{written(self.judged_on)} by {self.by}{why}"
        ).rstrip(".") + "."


@dataclass(frozen=True, slots=True)
class Suitability:
    """What the judgements come to on a day.

    `decided_by` holds the latest judgement of each criterion that has one, `missing` the criteria
    that have none; `why` has one reason for each of the three, those that decide first.
    """

    on: date
    outcome: Outcome
    decided_by: tuple[Judgement, ...]
    missing: tuple[Criterion, ...]
    why: tuple[Reason, ...]


def suitability_on(judgements: Iterable[Judgement], on: date) -> Suitability:
    """Work out whether an education was suitable on a day, as far as it had been judged by then.

    The latest judgement of each criterion on or before the day counts; of two on one day, the one
    given later. All three met is suitable, any not met unsuitable, anything else not assessed.
    """
    latest: dict[Criterion, Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: one.judged_on):
        if judgement.judged_on <= on:
            latest[judgement.criterion] = judgement
    decided_by = tuple(latest[c] for c in Criterion if c in latest)
    missing = tuple(c for c in Criterion if c not in latest)
    outcome = _outcome(decided_by, missing)
    reasons = (
        *(_of_judgement(judgement, outcome) for judgement in decided_by),
        *(_of_missing(criterion, outcome) for criterion in missing),
    )
    why = sorted(reasons, key=lambda reason: reason.bearing is not Bearing.DECIDES)
    return Suitability(on, outcome, decided_by, missing, tuple(why))


def _outcome(decided_by: tuple[Judgement, ...], missing: tuple[Criterion, ...]) -> Outcome:
    if any(not judgement.is_met for judgement in decided_by):
        return Outcome.UNSUITABLE
    return Outcome.NOT_ASSESSED if missing else Outcome.SUITABLE


def _of_judgement(judgement: Judgement, outcome: Outcome) -> Reason:
    decides = outcome is (Outcome.SUITABLE if judgement.is_met else Outcome.UNSUITABLE)
    return Reason(
        judgement.says,
        _ACTS,
        Confidence.VERIFIED,
        Bearing.DECIDES if decides else Bearing.BESIDE,
        judgement.criterion.value,
    )


def _of_missing(criterion: Criterion, outcome: Outcome) -> Reason:
    decides = outcome is Outcome.NOT_ASSESSED
    return Reason(
        f"{criterion.says.capitalize()}: not judged by that day.",
        _ACTS,
        # That nothing follows until all three are judged is our reading of the Act.
        Confidence.DERIVED,
        Bearing.DECIDES if decides else Bearing.BESIDE,
        criterion.value,
    )
