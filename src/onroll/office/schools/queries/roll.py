"""The roll as facts: of one child, of one school, and as the law's classification reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import Child
from onroll.office.people.queries import cleared, is_sealed, opened, sealed_children
from onroll.office.people.queries.sealed import believed, sealed_row, sealed_rows
from onroll.office.schools.models import Enrolment, InYearApplication, Offer, School
from onroll.office.web.components import Link
from onroll.statute.codes import DELETION_GROUNDS

F_ = TypeVar("F_", bound=Fact)

STATUSES = tuple(Enrolment.Status.choices)
ANSWERS = tuple(Offer.Answer.choices)
OUTCOMES = tuple(InYearApplication.Outcome.choices)
DEPARTURES = (
    ("school", "To another school in the area"),
    ("area", "Out of the area"),
    ("country", "Out of the country"),
)


def placed_facts(
    model: type[F_],
    child_id: int,
    *,
    by: Actor | None,
    known_at: datetime | None = None,
    on: date | None = None,
) -> list[F_]:
    """Return facts that reveal a child's place, sealed ones too where they may be known.

    `by` None is a rule of the program itself, whose answer must not tell the place. Newest first.
    """
    rows = list(
        model.objects.as_known(known_at).filter(child=child_id).select_related("recorded_by")
    )
    if is_sealed(child_id):
        with opened() if by is None else cleared(by):
            rows += believed(sealed_rows(model, children=[child_id]), known_at)
    if on is not None:
        rows = [row for row in rows if row.holds_on(on)]
    _with_schools(rows)
    return sorted(rows, key=lambda row: (row.starts_on, row.pk), reverse=True)


def _with_schools(rows: Sequence[Fact]) -> None:
    """Fetch the schools of all rows at once, so that a page costs the same for any number."""
    names = [n for n in ("school", "destination_school", "named_school")]
    wanted = {pk for row in rows for n in names if (pk := getattr(row, f"{n}_id", None))}
    found = School.objects.defer("extract").in_bulk(wanted) if wanted else {}
    for row in rows:
        for name in names:
            if (pk := getattr(row, f"{name}_id", None)) in found:
                setattr(row, name, found[pk])


def placed_fact(model: type[F_], pk: int, *, by: Actor) -> F_:
    """Return one fact as now believed that this person may know. Raises Unknown."""
    row = model.objects.as_known().filter(pk=pk).first()
    if row is None:
        with cleared(by):
            row = sealed_row(model, pk)
    if row is None or row.superseded_at is not None:
        raise Unknown(f"no {model._meta.verbose_name} {pk}")
    if not Child.objects.visible_to(by).filter(pk=row.child_id).exists():  # type: ignore[union-attr]
        raise Unknown(f"no {model._meta.verbose_name} {pk}")
    return row


def enrolment_for(actor: Actor, pk: int) -> Enrolment:
    """Return one entry on a roll that this person may know. Raises Unknown."""
    return placed_fact(Enrolment, pk, by=actor)


def offer_for(actor: Actor, pk: int) -> Offer:
    """Return one offer that this person may know. Raises Unknown."""
    return placed_fact(Offer, pk, by=actor)


def application_for(actor: Actor, pk: int) -> InYearApplication:
    """Return one application that this person may know. Raises Unknown."""
    return placed_fact(InYearApplication, pk, by=actor)


def roll(
    child_id: int,
    *,
    by: Actor | None,
    on: date | None = None,
    known_at: datetime | None = None,
) -> list[Enrolment]:
    """Return where a child is or was on roll, newest first; on one day where `on` is given."""
    return placed_facts(Enrolment, child_id, by=by, known_at=known_at, on=on)


def school_on(child_id: int, *, by: Actor | None, on: date) -> School | None:
    """Return the school that a child attends on a day: the main one where there are two."""
    here = [e for e in roll(child_id, by=by, on=on) if not e.is_expected]
    here.sort(key=lambda e: e.status in ("S", "G"))
    return here[0].school if here else None


def placed_of(
    model: type[F_], children: Iterable[int], *, known_at: datetime | None = None
) -> list[F_]:
    """Return the facts of many children for a rule of the program, sealed ones too, in order."""
    wanted = set(children)
    rows = list(model.objects.as_known(known_at).filter(child__in=wanted))
    if hidden := wanted & sealed_children():
        with opened():
            rows += believed(sealed_rows(model, children=hidden), known_at)
    return sorted(rows, key=lambda row: (row.starts_on, row.pk))


def spans(child_id: int, *, known_at: datetime | None = None) -> list[dict[str, object]]:
    """Return what the law's classification needs to know of rolls, applications and offers.

    Sealed entries count too. The name of the school is left out for a sealed child.
    """
    return spans_of([child_id], known_at=known_at)[child_id]


def spans_of(
    children: Iterable[int], *, known_at: datetime | None = None
) -> dict[int, list[dict[str, object]]]:
    """Return `spans` of many children, in as many questions as of one; every child a key."""
    found: dict[int, list[dict[str, object]]] = {pk: [] for pk in children}
    sealed = found.keys() & sealed_children()
    entries = placed_of(Enrolment, found, known_at=known_at)
    _with_schools(entries)
    for e in entries:
        found[e.child_id].append(
            {
                "what": "roll",
                "from": e.starts_on,
                "to": e.ends_on,
                "school": "" if e.child_id in sealed else e.school.name,
                "part_time": e.is_part_time,
                "expected": e.is_expected,
            }
        )
    for asked in placed_of(InYearApplication, found, known_at=known_at):
        span = {"what": "applied_for_place", "from": asked.starts_on, "to": asked.ends_on}
        found[asked.child_id].append(span)
    for offer in placed_of(Offer, found, known_at=known_at):
        span = {"what": "offered_place", "from": offer.starts_on, "to": offer.ends_on}
        found[offer.child_id].append(span)
    return found


def on_a_roll(on: date) -> QuerySet[Any]:
    """Return the keys of the children on a school's roll that day, started, not sealed."""
    return Enrolment.objects.on(on).filter(is_expected=False).values("child")


def last_rolls(children: Iterable[int], on: date, *, by: Actor) -> dict[int, Enrolment]:
    """Return the last roll that each of many children left before a day, as somebody may know."""
    asked = list(children)
    with cleared(by):
        rows = believed(sealed_rows(Enrolment, children=asked), None)
    rows += Enrolment.objects.as_known().filter(child__in=asked)
    left = [(row.ends_on, row.pk, row) for row in rows if row.ends_on and row.ends_on < on]
    found = {row.child_id: row for _, _, row in sorted(left)}
    _with_schools(list(found.values()))
    return found


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """One entry on a roll as the child's page shows it."""

    pk: int
    school: School
    starts_on: date
    ends_on: date | None
    status: str  # in words; empty for an ordinary entry
    is_expected: bool
    is_current: bool
    is_overdue: bool  # was expected by now and has not started
    ground: str  # in words
    destination: str
    fact: Enrolment


@dataclass(frozen=True, slots=True)
class Education:
    """What is known of a child's schooling, with what looks wrong about it."""

    enrolments: Sequence[EnrolmentLine]
    applications: Sequence[InYearApplication]
    offers: Sequence[Offer]
    notices: Sequence[str]

    @property
    def current(self) -> list[EnrolmentLine]:
        return [e for e in self.enrolments if e.is_current]


def education(child: Child, *, by: Actor, on: date, known_at: datetime | None = None) -> Education:
    """Return a child's schooling as somebody may know it."""
    lines = [_line(e, on) for e in roll(child.pk, by=by, known_at=known_at)]
    return Education(
        enrolments=lines,
        applications=placed_facts(InYearApplication, child.pk, by=by, known_at=known_at),
        offers=placed_facts(Offer, child.pk, by=by, known_at=known_at),
        notices=_notices(lines),
    )


def _line(e: Enrolment, on: date) -> EnrolmentLine:
    grounds = {ground.key: ground for ground in DELETION_GROUNDS}
    ground = grounds.get(e.deletion_ground)
    where = e.destination_school.name if e.destination_school else e.destination
    departed = dict(DEPARTURES).get(e.departure, "")
    return EnrolmentLine(
        pk=e.pk,
        school=e.school,
        starts_on=e.starts_on,
        ends_on=e.ends_on,
        status="" if e.status == Enrolment.Status.CURRENT else e.get_status_display(),
        is_expected=e.is_expected,
        is_current=not e.is_expected and e.holds_on(on),
        is_overdue=e.is_expected and e.starts_on < on and e.holds_on(on),
        ground=f"({ground.key}) {ground.title}" if ground else "",
        destination="; ".join(part for part in (where, departed) if part),
        fact=e,
    )


def _notices(lines: Sequence[EnrolmentLine]) -> list[str]:
    notices = []
    main = [e for e in lines if e.is_current and e.fact.status == Enrolment.Status.CURRENT]
    if len(main) > 1:
        named = " and ".join(e.school.name for e in main)
        notices.append(
            f"On the rolls of {named} at once, and not marked as dual registered: ask which "
            "school should take the name off."
        )
    notices += [
        f"Was expected to start at {e.school.name} and no start is recorded: ask the school."
        for e in lines
        if e.is_overdue
    ]
    return notices


@dataclass(frozen=True, slots=True)
class RollLine:
    """One child on a school's roll."""

    child: Child
    year_group: int | None
    starts_on: date
    status: str
    is_expected: bool


def roll_of(of: School, *, by: Actor, on: date) -> list[RollLine]:
    """Return the children on a school's roll on a day whom this person may know, by name."""
    found = (
        Enrolment.objects.on(on)
        .filter(school=of, child__in=Child.objects.visible_to(by))
        .select_related("child")
        .order_by("child__family_name", "child__given_names")
    )
    return [
        RollLine(
            child=e.child,
            year_group=e.year_group,
            starts_on=e.starts_on,
            status="" if e.status == Enrolment.Status.CURRENT else e.get_status_display(),
            is_expected=e.is_expected,
        )
        for e in found
    ]


# What packages above can do with the children of a roll: a link, or None for who may not.
BesideRoll = Callable[[Actor, School], Link | None]
_beside_rolls: list[BesideRoll] = []


def let_link_beside_rolls(link: BesideRoll) -> None:
    """Let a package above put a link beside each school's roll; called from AppConfig.ready()."""
    if link not in _beside_rolls:
        _beside_rolls.append(link)


def links_beside_roll(actor: Actor, of: School) -> list[Link]:
    """Return what this person can do with the children of a school's roll."""
    return [found for link in _beside_rolls if (found := link(actor, of)) is not None]


def roll_count(of: School, *, on: date) -> int:
    """Return how many children are on a school's roll on a day, leaving out the sealed.

    A count that moved when a child is sealed would tell where that child is.
    """
    return (
        Enrolment.objects.on(on)
        .filter(school=of, is_expected=False)
        .exclude(child__in=sealed_children())
        .count()
    )


def tell_schools(children: Sequence[int], by: Actor, on: date) -> Mapping[int, str]:
    """Return the name of each child's school today, for lists and banners."""
    rows = list(
        Enrolment.objects.on(on)
        .filter(child__in=children, is_expected=False)
        .select_related("school")
        .defer("school__extract")
    )
    with cleared(by):
        sealed = believed(sealed_rows(Enrolment, children=children), None)
    _with_schools(sealed)
    rows += [e for e in sealed if e.holds_on(on) and not e.is_expected]
    rows.sort(key=lambda e: e.status in ("S", "G"), reverse=True)
    return {e.child_id: e.school.name for e in rows}


def recall_schools(children: Sequence[int], by: Actor) -> Mapping[int, tuple[str, ...]]:
    """Return the names of every school of each child, of today and before, the last first."""
    rows = list(Enrolment.objects.as_known().filter(child__in=children, is_expected=False))
    with cleared(by):
        sealed = believed(sealed_rows(Enrolment, children=children), None)
    rows += [e for e in sealed if not e.is_expected]
    _with_schools(rows)
    found: dict[int, dict[str, None]] = {}
    for e in sorted(rows, key=lambda e: (e.starts_on, e.pk), reverse=True):
        for name in (e.school.name, e.previous_school):
            if name:
                found.setdefault(e.child_id, {})[name] = None
    return {pk: tuple(names) for pk, names in found.items()}


def ground_choices(on: date) -> list[tuple[str, str]]:
    """Return the grounds of deletion in force on a day, for a form."""
    return [(g.key, f"({g.key}) {g.title}") for g in DELETION_GROUNDS.on(on)]
