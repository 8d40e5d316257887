"""The explained risk score of a referral: which factors, which weights, because of what.

The weights are facts, which the authority changes from a day on; the tests are here. Each score
carries the version of both, so that it can be told how any referral came to its place in the queue.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from onroll.office.casework.models import Referral, RiskFactor
from onroll.office.casework.queries.answers import Departure, Form, ReferralAnswers
from onroll.office.casework.queries.known import Known
from onroll.office.kernel.actor import Actor
from onroll.office.web.components import Factor, Risk
from onroll.statute.ages import age_on
from onroll.statute.writing import written

VERSION = "1"
# Where the bands begin, and where the bar is full: what an officer sees at a glance.
HIGH, MEDIUM, FULL = 15, 7, 30
HARM = "significant_harm"
RECENT = timedelta(days=180)  # brothers and sisters who were referred within so long

_THRESHOLD = re.compile(r"(no_contact|aged_under)_(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One factor that applies, and why."""

    factor: str
    title: str
    weight: int
    because: str
    harm: bool = False
    restricted: bool = False
    child: int | None = None  # on whose record it was read; None where it was told


@dataclass(frozen=True, slots=True)
class Score:
    """The points, their working and the rule that made them."""

    points: int
    working: tuple[Line, ...]
    rule: str

    @property
    def as_stored(self) -> list[dict[str, Any]]:
        """The working as the referral keeps it."""
        return [asdict(line) for line in self.working]


def factors_on(day: date) -> list[RiskFactor]:
    """Return the factors in force on a day, in the authority's order."""
    return list(RiskFactor.objects.on(day).order_by("position", "key"))


def asked_on(day: date) -> list[RiskFactor]:
    """Return the factors that forms ask about on a day."""
    return [factor for factor in factors_on(day) if factor.is_asked]


def rule_version(factors: Iterable[RiskFactor]) -> str:
    """Return the mark of the tests and the weights together."""
    table = ";".join(f"{f.key}={f.weight}{'!' if f.is_harm else ''}" for f in factors)
    return f"{VERSION}.{hashlib.sha256(table.encode()).hexdigest()[:6]}"


def score(
    answers: ReferralAnswers,
    *,
    on: date,
    known: Known | None = None,
    earlier: ReferralAnswers | None = None,
) -> Score:
    """Score a referral by what it says and what is on record about the child.

    `earlier` is the thinner entry that this one completes: what it said of danger still counts.
    """
    table = {factor.key: factor for factor in factors_on(on)}
    known = known or Known()
    beside: dict[str, str] = {}
    if earlier is not None:
        beside |= {key: f"{why} (in the earlier entry)" for key, why in _told(earlier)}
    if _siblings_referred(answers, on):
        beside.setdefault("sibling_missing", "A child of the same name and postcode was referred.")
    as_told = _because(table, answers, Known(), beside, on)
    reasons = _because(table, answers, known, beside, on)
    working = tuple(
        Line(
            key,
            f.title,
            f.weight,
            reasons[key],
            f.is_harm,
            f.is_restricted,
            child=known.child if reasons[key] != as_told.get(key) else None,
        )
        for key, f in table.items()
        if key in reasons
    )
    ordered = tuple(sorted(working, key=lambda line: (not line.harm, -line.weight)))
    return Score(sum(line.weight for line in ordered), ordered, rule_version(table.values()))


def _because(
    table: Mapping[str, RiskFactor],
    answers: ReferralAnswers,
    known: Known,
    beside: Mapping[str, str],
    on: date,
) -> dict[str, str]:
    """Return every factor that applies with its reason; what was told beside gives way."""
    reasons = {**beside, **dict(_reasons(answers, known, on))}
    return reasons | _reached(table, answers, known, on)


def _told(answers: ReferralAnswers) -> Iterator[tuple[str, str]]:
    if answers.significant_harm:
        yield HARM, "The referrer said so."
    for key in answers.factors:
        yield key, "The referrer ticked it."


def _reasons(answers: ReferralAnswers, known: Known, on: date) -> Iterator[tuple[str, str]]:
    # A later reason for the same factor takes the place of an earlier one.
    for key in known.flags:
        yield key, "On the record of the child who matches."
    yield from _told(answers)
    if answers.new_to_country:
        yield "new_to_country", "The referrer said so."
    if known.is_whereabouts_unknown:
        yield "whereabouts_unknown", "Concluded on the record of the child who matches."
    elif answers.form != Form.ADMISSION and not _says_where(answers):
        yield "whereabouts_unknown", "No address and no destination were given."
    if answers.form == Form.LEAVER and not answers.destination.strip():
        yield "no_destination", "The notice of leaving names no destination."
    expected = answers.return_expected_on
    if expected is not None and expected < on and answers.departure in ("", Departure.TEMPORARY):
        yield "return_overdue", f"Expected back on {written(expected)}."
    if known.siblings_missing:
        yield "sibling_missing", f"{known.siblings_missing} in the family with an open case."
    if known.was_missing_before:
        yield "missing_before", "An earlier case or referral is on record."


def _says_where(answers: ReferralAnswers) -> bool:
    return bool(answers.address.strip() or answers.postcode.strip() or answers.destination.strip())


def _reached(
    table: Mapping[str, RiskFactor], answers: ReferralAnswers, known: Known, on: date
) -> dict[str, str]:
    """Return the highest threshold reached of each series, with its reason."""
    series: dict[str, list[tuple[int, str]]] = {}
    for key in table:
        if found := _THRESHOLD.fullmatch(key):
            series.setdefault(found[1], []).append((int(found[2]), key))
    reached: dict[str, str] = {}
    days = (answers.child_seen_on, answers.last_attended_on, known.last_seen_on)
    seen_on = max((day for day in days if day is not None), default=None)
    if seen_on is not None:
        unseen_for = (on - seen_on).days
        past = [key for limit, key in sorted(series.get("no_contact", [])) if unseen_for >= limit]
        if past:
            reached[past[-1]] = f"Last seen on {written(seen_on)}."
    born_on = answers.born_on or known.born_on
    if born_on is not None and born_on <= on:
        age = age_on(born_on, on)
        under = [key for limit, key in sorted(series.get("aged_under", [])) if age < limit]
        if under:
            reached[under[0]] = f"{age} years old on {written(on)}."
    return reached


def _siblings_referred(answers: ReferralAnswers, on: date) -> bool:
    """Whether another child of the same family name and postcode was referred of late."""
    if not (answers.family_name and answers.postcode):
        return False
    return (
        Referral.objects.filter(
            family_name__iexact=answers.family_name,
            postcode__iexact=answers.postcode,
            received_on__gte=on - RECENT,
            is_sealed=False,
        )
        .exclude(given_names__iexact=answers.given_names)
        .exclude(given_names="")
        .exists()
    )


def band(points: int, *, is_harm: bool = False) -> str:
    """Return the band in words."""
    if is_harm:
        return "Harm"
    return "High" if points >= HIGH else "Medium" if points >= MEDIUM else "Low"


def shown(referral: Referral, actor: Actor) -> Risk:
    """Return a referral's score as this person may see it: restricted factors only if cleared.

    The total stays, because the order of the queue shows it anyway; the factor is not named.
    """
    lines = [line for line in referral.risk_working if _may_see(line, actor)]
    factors = [Factor(line["title"], line["weight"], line["because"]) for line in lines]
    withheld = sum(line["weight"] for line in referral.risk_working if not _may_see(line, actor))
    if withheld:
        factors.append(Factor("Restricted", withheld, "Shown to those who see restricted flags."))
    return Risk(
        score=referral.risk_score,
        most=FULL,
        band=band(referral.risk_score, is_harm=is_urgent(referral)),
        factors=factors,
        rule=f"risk {referral.risk_rule}",
    )


def is_urgent(referral: Referral) -> bool:
    """Whether significant harm was told or a factor of that rank applies: first in the queue."""
    return any(line.get("harm") for line in referral.risk_working)


def children_behind(referral: Referral) -> list[int]:
    """Return the children from whose records the score was made: showing it shows them."""
    found = (line.get("child") for line in referral.risk_working)
    return sorted({pk for pk in found if pk is not None})


def top(risk: Risk, most: int = 3) -> Sequence[Factor]:
    """Return the weightiest factors, for a row."""
    return risk.factors[:most]


def _may_see(line: Mapping[str, Any], actor: Actor) -> bool:
    return not line.get("restricted") or actor.may("flags.restricted")
