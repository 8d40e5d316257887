"""What the first page of a child and of a case shows, each put together in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onroll.office.casework import kinds
from onroll.office.casework.kinds import Entry, Step
from onroll.office.casework.models import Attention, Case, CaseState, Consideration, Referral, Task
from onroll.office.casework.queries import cases as cases_queries
from onroll.office.casework.queries.cases import Written
from onroll.office.casework.queries.children import (
    CardShown,
    badge_of,
    cards_beside_case,
    child_cards,
    looked_into_by,
    standing,
)
from onroll.office.casework.queries.chronology import chronology
from onroll.office.casework.queries.clocks import clocks, face
from onroll.office.casework.queries.contacts import contacts_of_child
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries import children as people
from onroll.office.people.queries import particulars
from onroll.office.people.queries.localities import Counted, locality_of
from onroll.office.schools import queries as schools
from onroll.office.web.components import Badge, ClockFace, Row
from onroll.statute.classify import Standing

LATEST = 6


@dataclass(frozen=True, slots=True)
class CaseShown:
    """An open case on the child's page: where it stood on the day, and what is due today."""

    case: Case
    kind: str
    state: str
    days: int
    clocks: Sequence[ClockFace] = ()
    next: Step | None = None


@dataclass(frozen=True, slots=True)
class ChildPage:
    """The first page about a child, as on one day."""

    standing: Standing
    badge: Badge
    differs: Badge | None  # how the day is judged now, where it was judged otherwise then
    cases: Sequence[CaseShown]
    cards: Sequence[CardShown]
    latest: Sequence[Entry]
    facts: Sequence[Row]
    relatives: Sequence[Any]
    family_cases: Sequence[Case]
    hazards: Sequence[Any]
    taken: Attention | None  # who looks into a child without a case

    @property
    def others(self) -> tuple[int, ...]:
        """The other children whom the page shows."""
        return tuple(relative.child.pk for relative in self.relatives)


def child_page(
    child: Child, actor: Actor, *, today: date, on: date, known_at: datetime | None = None
) -> ChildPage:
    """Return what the first page about a child shows of a day, as it was known at an instant.

    Only the standing is as known then; home, school, cases and what happened are as of the day and
    as recorded now. What is due is shown for today alone.
    """
    found = standing(child, on, known_at)
    now = standing(child, on) if known_at else found
    is_today = on == today
    relatives = people.family(child, by=actor, on=today)
    open_cases = _open_on(child, actor, on)
    return ChildPage(
        standing=found,
        badge=badge_of(found),
        differs=badge_of(now) if now.place is not found.place else None,
        cases=[_case_shown(case, on, is_today) for case in open_cases],
        cards=child_cards(child, actor, today) if is_today else (),
        latest=chronology(child, by=actor, last=None if is_today else on)[-LATEST:][::-1],
        facts=_facts(child, actor, on),
        relatives=relatives,
        family_cases=cases_queries.cases_of_family([r.child.pk for r in relatives], actor),
        hazards=people.hazards_for(child, by=actor, on=today),
        taken=None if open_cases else looked_into_by(child, on),
    )


def _open_on(child: Child, actor: Actor, on: date) -> list[Case]:
    return [
        case
        for case in cases_queries.cases_of(child.pk, actor)
        if case.opened_on <= on and (case.closed_on is None or case.closed_on > on)
    ]


def _case_shown(case: Case, on: date, is_today: bool) -> CaseShown:
    if is_today:
        state = case.state
    else:
        held = CaseState.objects.on(on).filter(case=case).first()
        state = held.state if held is not None else case.state
    return CaseShown(
        case=case,
        kind=kinds.title_of(case.kind),
        state=kinds.state_title(case.kind, state),
        days=(on - case.opened_on).days,
        clocks=[face(c, on) for c in clocks(case, on) if c.stopped_on is None] if is_today else (),
        next=kinds.get(case.kind).next_step(case) if is_today else None,
    )


def _counted(where: Counted | None) -> str | None:
    if where is None:
        return None
    how = "recorded for the child" if where.is_own else "by the home’s postcode"
    return f"{where.name} ({how})"


def _facts(child: Child, actor: Actor, on: date) -> list[Row]:
    homes = people.addresses(child, by=actor, on=on)
    home = next((h for h in homes if h.use == "home"), homes[0] if homes else None)
    school = schools.school_on(child.pk, by=actor, on=on)
    where = people.whereabouts(child, by=actor, on=on)
    carers = people.carers(child, by=actor, on=on)
    spoken = particulars.languages(child, on=on)
    concluded = (
        f"{where[0].get_conclusion_display()} ({where[0].get_strength_display().lower()})"
        if where else None
    )  # fmt: skip
    return [
        Row("School", school and school.name),
        Row("Home", ", ".join(
            x for x in (home.line_1, home.line_2, home.town, home.postcode) if x)
            if home else None),
        Row("Locality", _counted(locality_of(child, by=actor, on=on))),
        Row("Whereabouts", concluded),
        Row("Carers", ", ".join(
            f"{c.carer} ({c.relationship.get_kind_display().lower()})" for c in carers) or None),
        Row("Language", ", ".join(x.language for x in spoken if x.language) or None),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CasePage:
    """The first page of a case."""

    next: Step | None
    clocks: Sequence[ClockFace]
    cards: Sequence[tuple[str, str, Any]]
    about: Sequence[CardShown]  # what packages say of the child, of no kind
    facts: Sequence[Row]
    considerations: Sequence[Consideration]
    tasks: Sequence[Task]
    contacts: Sequence[Written]
    referrals: Sequence[Referral]
    family_cases: Sequence[Case]
    hazards: Sequence[Any]

    @property
    def others(self) -> tuple[int, ...]:
        """The other children whom the page shows."""
        return tuple(case.child_id for case in self.family_cases)


def case_page(case: Case, actor: Actor, on: date) -> CasePage:
    """Return what the first page of a case shows today."""
    kind = kinds.get(case.kind)
    cards = sorted(kind.case_cards, key=lambda card: card.position)
    relatives = people.family(case.child, by=actor, on=on)
    return CasePage(
        next=kind.next_step(case) if case.is_open else None,
        clocks=[face(c, on) for c in clocks(case, on)],
        cards=[(card.title, card.template, card.context(case, actor, on)) for card in cards],
        about=cards_beside_case(case.child, actor, on),
        facts=_facts_of_case(case, actor, on),
        considerations=cases_queries.considerations(case)[:1],
        tasks=[task for task in cases_queries.tasks(case) if task.done_on is None][:5],
        contacts=cases_queries.contacts(case)[:3],
        referrals=cases_queries.referrals_of(case),
        family_cases=cases_queries.cases_of_family([r.child.pk for r in relatives], actor),
        hazards=people.hazards_for(case.child, by=actor, on=on) if case.is_open else (),
    )


def _facts_of_case(case: Case, actor: Actor, on: date) -> list[Row]:
    held = cases_queries.holder(case, on)
    holder = f"{held.get_body_display()}{f': {held.name}' if held.name else ''}" if held else None
    return [
        Row("Key worker", case.owner.name if case.owner else "Nobody yet"),
        Row("Team", case.team.name if case.team else None),
        Row("Authority told on", case.notified_on),
        Row("Opened on", case.opened_on),
        Row("Held by", holder),
        Row("Child last seen or spoken to", contacts_of_child(case.child, actor).last_on),
        *([Row("Came from", f"{case.origin} (a former system)")] if case.origin else []),
    ]
