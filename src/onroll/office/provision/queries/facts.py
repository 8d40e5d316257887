"""Education otherwise than on a roll, for pages and for the law's classification."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import Child
from onroll.office.provision.models import (
    HomeEducation,
    Judgement,
    PartTimeTimetable,
    Plan,
    Provision,
)
from onroll.office.provision.queries.judgements import (
    HOME,
    SAYS_SUITABLE,
    Judged,
    Stretch,
    judged,
    stretches_of,
)
from onroll.office.schools.queries import choices, placed_fact, placed_facts, school
from onroll.statute.codes import HOME_EDUCATION_REASONS
from onroll.statute.spans import Outcome
from onroll.statute.writing import written

WHATS = tuple(Provision.What.choices)
SUITABILITIES = tuple(HomeEducation.Suitability.choices)
REASONS = HOME_EDUCATION_REASONS.choices()
# Types of special educational need as the school census codes them.
NEEDS = (
    ("SPLD", "Specific learning difficulty"),
    ("MLD", "Moderate learning difficulty"),
    ("SLD", "Severe learning difficulty"),
    ("PMLD", "Profound and multiple learning difficulty"),
    ("SEMH", "Social, emotional and mental health"),
    ("SLCN", "Speech, language and communication"),
    ("HI", "Hearing impairment"),
    ("VI", "Vision impairment"),
    ("MSI", "Multi-sensory impairment"),
    ("PD", "Physical disability"),
    ("ASD", "Autistic spectrum disorder"),
    ("DS", "Down syndrome"),
    ("OTH", "Other"),
    ("NSA", "No specialist assessment of type"),
)
KINDS: Mapping[str, type[Fact]] = {
    "home-education": HomeEducation,
    "provision": Provision,
    "plan": Plan,
    "part-time": PartTimeTimetable,
}
# What is judged by the three criteria of the Act.
JUDGED_KINDS = ("home-education", "provision")
_IS_SUITABLE: Mapping[str, bool | None] = {
    Outcome.SUITABLE: True,
    Outcome.UNSUITABLE: False,
    Outcome.NOT_ASSESSED: None,
}


def facts_of(
    kind: str,
    child_id: int,
    *,
    by: Actor | None,
    on: date | None = None,
    known_at: datetime | None = None,
) -> list[Fact]:
    """Return one kind of fact about a child, newest first."""
    return placed_facts(KINDS[kind], child_id, by=by, on=on, known_at=known_at)


def fact_for(actor: Actor, kind: str, pk: int) -> Fact:
    """Return one fact that this person may know. Raises Unknown."""
    if kind not in KINDS:
        raise Unknown(f"no facts of kind {kind!r}")
    return placed_fact(KINDS[kind], pk, by=actor)


def spans(child_id: int, *, known_at: datetime | None = None) -> list[dict[str, object]]:
    """Return what the law's classification needs to know of education otherwise."""
    return spans_of([child_id], known_at=known_at)[child_id]


def spans_of(
    children: Iterable[int], *, known_at: datetime | None = None
) -> dict[int, list[dict[str, object]]]:
    """Return `spans` of many children, in as many questions as of one; every child a key."""
    found: dict[int, list[dict[str, object]]] = {pk: [] for pk in children}
    for stretch in stretches_of(found, known_at=known_at):
        found[stretch.fact.child_id].append(_span(stretch))
    return found


def _span(stretch: Stretch) -> dict[str, object]:
    span: dict[str, object] = {
        "what": stretch.what,
        "from": stretch.starts_on,
        "to": stretch.ends_on,
    }
    if stretch.what == HOME:
        span["suitability"] = stretch.suitability
    elif stretch.what in SAYS_SUITABLE:
        span["suitable"] = _IS_SUITABLE[stretch.suitability]
    return span


def educated_otherwise(on: date) -> tuple[QuerySet[Any], ...]:
    """Return the keys of the children whom something here keeps from missing education that day.

    Home education that is not judged unsuitable, and provision that is suitable or needs no
    judgement; nobody sealed. The law's classification decides; this only spares asking it, so
    that whoever may have been judged otherwise is left to it.
    """
    by_then = Judgement.objects.as_known().filter(starts_on__lte=on)
    found_wanting = by_then.filter(what=HOME, is_met=False).values("child")
    judged_otherwise = by_then.filter(what__in=SAYS_SUITABLE).values("child")
    at_home = HomeEducation.objects.on(on).exclude(suitability="unsuitable")
    as_recorded = Q(is_suitable=True) & ~Q(child__in=judged_otherwise)
    provided = Provision.objects.on(on).filter(as_recorded | ~Q(what__in=SAYS_SUITABLE))
    return at_home.exclude(child__in=found_wanting).values("child"), provided.values("child")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as the child's page shows it."""

    kind: str  # a key of KINDS
    pk: int
    title: str
    detail: str
    starts_on: date
    ends_on: date | None
    review_on: date | None
    is_current: bool
    is_review_late: bool
    fact: Fact
    judged: Judged | None = None  # of what is judged by the three criteria

    @property
    def judged_title(self) -> str:
        """What is judged, told from every other education of the child."""
        provider = getattr(self.fact, "provider", "")
        named = f"{self.title[:1].lower()}{self.title[1:]}{f', {provider},' if provider else ''}"
        return f"Judged: {named} from {written(self.starts_on)}"


@dataclass(frozen=True, slots=True)
class Summary:
    """Education otherwise, plans and timetables, with what needs saying about them."""

    lines: Sequence[Line]
    notices: Sequence[str]

    @property
    def current(self) -> list[Line]:
        return [line for line in self.lines if line.is_current]

    @property
    def judged(self) -> list[Line]:
        """The educations of which anything was judged."""
        return [one for one in self.lines if one.judged and one.judged.is_begun]


def summary(child: Child, *, by: Actor, on: date, known_at: datetime | None = None) -> Summary:
    """Return a child's education otherwise than on a roll as somebody may know it."""
    lines = lines_of(KINDS, child, by=by, on=on, known_at=known_at)
    return Summary(lines, _notices(lines))


def lines_of(
    kinds: Iterable[str], child: Child, *, by: Actor, on: date, known_at: datetime | None = None
) -> list[Line]:
    """Return the facts of some kinds as lines, what holds on the day first, then the newest."""
    rows = [
        (kind, row) for kind in kinds for row in facts_of(kind, child.pk, by=by, known_at=known_at)
    ]
    is_judged = any(kind in JUDGED_KINDS for kind, _ in rows)
    judgements = placed_facts(Judgement, child.pk, by=by, known_at=known_at) if is_judged else []
    lines = [line_of(kind, row, on, judgements) for kind, row in rows]
    return sorted(lines, key=lambda line: (line.is_current, line.starts_on), reverse=True)


def line_of(kind: str, row: Fact, on: date, judgements: Iterable[Judgement] = ()) -> Line:
    """Return one fact as a line."""
    title, details, review_on = _TOLD[kind](row)
    is_current = row.holds_on(on)
    return Line(
        kind=kind,
        pk=row.pk,
        title=title,
        detail=" · ".join(part for part in details if part),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=review_on,
        is_current=is_current,
        is_review_late=is_current and review_on is not None and review_on < on,
        fact=row,
        judged=judged(row, judgements, on) if isinstance(row, HomeEducation | Provision) else None,
    )


Told = tuple[str, Sequence[str], date | None]


def _home_education(row: HomeEducation) -> Told:
    reason = dict(REASONS).get(row.reason, row.reason)
    return "Home education", [reason, row.previous_setting], None


def _provision(row: Provision) -> Told:
    where = row.school.name if row.school else row.provider
    title = row.get_what_display() + (" (interim)" if row.is_interim else "")
    return title, [where, _hours(row.hours_a_week)], row.review_on


def _plan(row: Plan) -> Told:
    where = f"Names {row.named_school.name}" if row.named_school else "No school named"
    need = dict(NEEDS).get(row.primary_need, row.primary_need)
    waiting = "Awaiting a place" if row.awaiting_place else ""
    return "EHC plan", [waiting, where, need, row.coordinator], row.next_review_on


def _part_time(row: PartTimeTimetable) -> Told:
    agreed = "" if row.parent_agreed_on else "No parent's agreement recorded"
    return (
        "Part-time timetable",
        [row.school.name, _hours(row.hours_a_week), row.reason, agreed],
        row.review_on,
    )


_TOLD: Mapping[str, Callable[[Any], Told]] = {
    "home-education": _home_education,
    "provision": _provision,
    "plan": _plan,
    "part-time": _part_time,
}


def _hours(hours: object) -> str:
    return f"{float(hours):g} hours a week" if hours is not None else ""  # type: ignore[arg-type]


def _notices(lines: Sequence[Line]) -> list[str]:
    notices = []
    for line in lines:
        fact = line.fact
        if not line.is_current:
            continue
        if isinstance(fact, Plan) and fact.awaiting_place:
            has_interim = any(
                isinstance(other.fact, Provision) and other.is_current for other in lines
            )
            notices.append(
                "Has an EHC plan and awaits a place; interim education is recorded."
                if has_interim
                else "Has an EHC plan and awaits a place, and no interim education is recorded."
            )
        if isinstance(fact, HomeEducation) and line.judged and line.judged.is_unsuitable:
            notices.append("The home education was found unsuitable: it does not count.")
        if isinstance(fact, PartTimeTimetable) and fact.ends_on is None:
            notices.append("The part-time timetable has no end: it must be for a time.")
        if line.is_review_late:
            notices.append(f"{line.title}: the review is late.")
    return notices


def awaiting_place(on: date) -> list[int]:
    """Return the children with a plan who await a place on a day, the sealed left out."""
    return list(Plan.objects.on(on).filter(awaiting_place=True).values_list("child_id", flat=True))


def listed_schools() -> set[str]:
    """Return the keys of the schools that a form lists."""
    return {key for key, _ in choices()}


def school_number(pk: int) -> str:
    """Return what to type for a school that a form does not list: its URN, else its name."""
    found = school(pk)
    return str(found.urn or found.name)
