"""A case from opening to closing: its states, its key worker and team, the body that holds it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from onroll.office.casework import kinds
from onroll.office.casework.actions import deadlines
from onroll.office.casework.actions.history import follow
from onroll.office.casework.models import (
    Allocation,
    Case,
    CaseState,
    CaseUrgency,
    Referral,
    Responsibility,
)
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.queries import cases as queries
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.references import new_reference
from onroll.office.people.actions import end_access, grant_access
from onroll.office.people.queries.identity import records_of
from onroll.office.people.queries.sealed import is_sealed

if TYPE_CHECKING:
    from onroll.office.people.models import Child
    from onroll.office.schools.models import School

OPENED = verb("cases.opened", "opened a {kind} case, {ref}", "kind", "ref", "on", "referral")
MOVED = verb(
    "cases.moved", "moved the case to “{title}”", "move", "from_state", "state", "title", "on",
    "outcome",
)  # fmt: skip
ALLOCATED = verb("cases.allocated", "gave the case to a key worker or team", "owner", "team", "on")
HANDED = verb("cases.handed", "recorded that {body} holds the case", "body", "school", "on")
REFERRED = verb("cases.referred", "referred the child to {kind} casework", "kind", "to", "on")
SAID_URGENT = verb("cases.urgency", "marked the case urgent: {urgent}", "urgent")

A_DAY = timedelta(days=1)
LONG_ENOUGH = 8  # and its check character


@transaction.atomic
def open_case(
    *,
    kind: str,
    child: "Child",
    by: Actor,
    on: date,
    team: int | None = None,
    owner: int | None = None,
    referral: Referral | None = None,
    notified_on: date | None = None,
    is_urgent: bool = False,
    origin: str = "",
) -> Case:
    """Open a case of a kind for a child: cover sheet, first state, and the kind's own record."""
    policy.can_open(by, kind).require()
    kind_of = kinds.get(kind)
    records = records_of(child.pk)
    already = Case.objects.filter(child__in=records, kind=kind, closed_on=None).first()
    if already is not None:
        raise Faulty(("child", f"An open case of this kind exists: {already.ref}. Add to it."))
    if team is None:
        team = queries.team_for(kind)
    start = kind_of.workflow.start
    try:
        with transaction.atomic():
            case = Case.objects.create(
                ref=new_reference(LONG_ENOUGH),
                kind=kind,
                child=child,
                state=start,
                owner_id=owner,
                team_id=team,
                is_urgent=is_urgent,
                is_sealed=is_sealed(child.pk),
                notified_on=notified_on or (referral.received_on if referral else on),
                opened_on=on,
                origin=origin,
            )
    except IntegrityError as clash:
        raise Stale("the child's cases", [("Case", "opened by a colleague", "yours")]) from clash
    follow(CaseState, case=case.pk, by=by, on=on, state=start, is_open=True)
    given = follow(Allocation, case=case.pk, by=by, on=on, owner_id=owner, team_id=team)
    follow(Responsibility, case=case.pk, by=by, on=on, body=Responsibility.Body.AUTHORITY)
    if is_urgent:
        facts.state(CaseUrgency, by=by, case=case, starts_on=on)
    _let_know(given, by=by, on=on)
    kind_of.opens(case=case, referral=referral, by=by, on=on)
    record(
        OPENED, by=by, subject=case, children=[child.pk], kind=kind, ref=case.ref, on=on,
        referral=referral.ref if referral else None,
    )  # fmt: skip
    deadlines.rebuild(case)
    return case


@transaction.atomic
def move(
    *,
    case: Case,
    move: str,
    by: Actor,
    on: date,
    reason: str = "",
    outcome: str = "",
    version: int | None = None,
) -> Case:
    """Move a case to another state: the only door through which a state changes.

    Closing needs one of the kind's outcomes. Raises IllegalMove, Refused, Faulty or Stale.
    """
    _same_version(case, version, _yours(case, move))
    kind = kinds.get(case.kind)
    state = kind.workflow.after(case.state, move)
    is_closing = case.is_open and state not in kind.open_states
    if is_closing and outcome not in kind.outcomes:
        raise Faulty(("outcome", "Choose the outcome with which the case closes."))
    policy.can_move(by, case, move, on=on, outcome=outcome).require()
    if on < case.opened_on:
        raise Faulty(("on", "This is before the case was opened. Correct the date."))
    changes: dict[str, object] = {"state": state}
    if is_closing:
        changes |= {"closed_on": on, "outcome": outcome}
    elif state in kind.open_states and not case.is_open:
        changes |= {"closed_on": None, "outcome": ""}
    _claim(case, _yours(case, move), **changes)
    follow(
        CaseState, case=case.pk, by=by, on=on, state=state, is_open=state in kind.open_states,
        reason=outcome or reason,
    )  # fmt: skip
    if is_closing:
        _let_go(case, by=by, on=on)
    elif changes.get("outcome") == "":
        _turn(case, owner=case.owner_id, team=case.team_id, by=by, on=on, why=reason)
    record(
        MOVED, by=by, subject=case, children=[case.child_id], move=move, from_state=case.state,
        state=state, title=kind.workflow.states[state], on=on, outcome=outcome,
    )  # fmt: skip
    return _afresh(case)


@transaction.atomic
def allocate(
    *,
    case: Case,
    owner: int | None,
    by: Actor,
    on: date,
    team: int | None = None,
    why: str = "",
    version: int | None = None,
) -> Case:
    """Give a case to a key worker in a team; the team stays as it is unless one is named."""
    team = team if team is not None else case.team_id
    names = (queries.name_of(case.owner_id), queries.name_of(owner))
    _same_version(case, version, [("Key worker", *names)])
    policy.can_allocate(by, case, owner=owner).require()
    if owner is not None:
        policy.can_hold(owner, team, on=on).require()
    _give(case, owner=owner, team=team, by=by, on=on, why=why)
    return _afresh(case)


@transaction.atomic
def transfer(
    *, case: Case, team: int, by: Actor, on: date, why: str, owner: int | None = None,
    version: int | None = None,
) -> Case:  # fmt: skip
    """Give a case to another team: one case, one history, a new team and key worker."""
    if team == case.team_id:
        raise Faulty(("team", "The case is with this team already. Choose another."))
    if not why.strip():
        raise Faulty(("why", "Say why the case goes to another team."))
    names = (queries.team_name(case.team_id), queries.team_name(team))
    _same_version(case, version, [("Team", *names)])
    policy.can_allocate(by, case).require()
    if owner is not None:
        policy.can_hold(owner, team, on=on).require()
    _give(case, owner=owner, team=team, by=by, on=on, why=why)
    return _afresh(case)


@transaction.atomic
def reassign(*, cases: Iterable[Case], owner: int, by: Actor, on: date, why: str) -> int:
    """Give many cases to one key worker, all or none; return how many."""
    policy.can_reassign(by).require()
    given = 0
    for case in cases:
        policy.can_allocate(by, case, owner=owner).require()
        policy.can_hold(owner, case.team_id, on=on).require()
        if case.owner_id != owner:
            _give(case, owner=owner, team=case.team_id, by=by, on=on, why=why)
            given += 1
    return given


@transaction.atomic
def hand_to(
    *,
    case: Case,
    body: str,
    by: Actor,
    on: date,
    why: str,
    name: str = "",
    school: "School | None" = None,
) -> Responsibility:
    """Record which body holds the case from a day on; a return to the school says why."""
    policy.can_work_open(by, case).require()
    if body not in Responsibility.Body.values:
        raise Faulty(("body", "Choose who holds the case."))
    if body == Responsibility.Body.SCHOOL and school is None:
        raise Faulty(("school", "Choose the school that holds the case now."))
    if not why.strip():
        raise Faulty(("why", "Give the reason, so that it can be read later."))
    held = follow(
        Responsibility, case=case.pk, by=by, on=on, body=body, school=school, why=why,
        name=name or (str(school) if school else ""),
    )  # fmt: skip
    record(
        HANDED, by=by, subject=case, children=[case.child_id], body=body, on=on,
        school=school.pk if school else None,
    )  # fmt: skip
    return held


@transaction.atomic
def refer(*, case: Case, to: str, by: Actor, on: date, why: str) -> Case:
    """Refer the child to another kind of casework: its open case, or a new one.

    Kinds never import each other; one that ends in another's work asks for it here.
    """
    policy.can_work(by, case).require()
    if to == case.kind:
        raise Faulty(("to", "The case is of this kind already."))
    if not why.strip():
        raise Faulty(("why", "Say why the child is referred."))
    other = Case.objects.filter(child=case.child_id, kind=to, closed_on=None).first()
    if other is None:
        other = open_case(kind=to, child=case.child, by=by, on=on, is_urgent=case.is_urgent)
    record(
        REFERRED, by=by, subject=case, children=[case.child_id], kind=kinds.title_of(to),
        to=other.ref, on=on,
    )  # fmt: skip
    return other


@transaction.atomic
def say_urgent(
    *, case: Case, urgent: bool, by: Actor, on: date, version: int | None = None
) -> Case:
    """Mark a case as urgent from a day on, or as urgent no longer from that day."""
    _same_version(case, version, [("Urgent", str(case.is_urgent), str(urgent))])
    policy.can_work_open(by, case).require()
    _claim(case, [("Urgent", str(case.is_urgent), str(urgent))], is_urgent=urgent)
    _urgency(case, urgent=urgent, by=by, on=on)
    record(SAID_URGENT, by=by, subject=case, children=[case.child_id], urgent=urgent)
    return _afresh(case)


def _urgency(case: Case, *, urgent: bool, by: Actor, on: date) -> None:
    held = CaseUrgency.objects.as_known().filter(case=case, ends_on=None).first()
    if urgent and held is None:
        # Called off and marked again on one day: the day was urgent all along.
        eve = on - A_DAY
        before = CaseUrgency.objects.as_known().filter(case=case, ends_on__gte=eve).first()
        if before is not None:
            facts.supersede(before, by=by, ends_on=None)
        else:
            facts.state(CaseUrgency, by=by, case=case, starts_on=on)
    elif held is not None and not urgent:
        if held.starts_on < on:
            facts.end(held, on=on - A_DAY, by=by)
        else:
            facts.supersede(held, by=by, replace=False)


def cases_follow_sealing(child: int, sealed: bool) -> None:
    """Make the cases of a child as sealed as the child is, in the act that seals or lifts."""
    Case.objects.filter(child=child).exclude(is_sealed=sealed).update(is_sealed=sealed)


def _give(
    case: Case, *, owner: int | None, team: int | None, by: Actor, on: date, why: str
) -> None:
    yours = [
        ("Key worker", queries.name_of(case.owner_id), queries.name_of(owner)),
        ("Team", queries.team_name(case.team_id), queries.team_name(team)),
    ]
    _claim(case, yours, owner_id=owner, team_id=team)
    _turn(case, owner=owner, team=team, by=by, on=on, why=why)
    record(ALLOCATED, by=by, subject=case, children=[case.child_id], owner=owner, team=team, on=on)


def _turn(
    case: Case, *, owner: int | None, team: int | None, by: Actor, on: date, why: str
) -> None:
    """End the turn of a key worker and team, with what it let them know, and begin the next."""
    _let_go(case, by=by, on=on)
    given = follow(Allocation, case=case.pk, by=by, on=on, owner_id=owner, team_id=team, why=why)
    _let_know(given, by=by, on=on)


def access_subject(turn: Allocation) -> str:
    """Return the name under which a turn of a key worker and team lets them know of the child."""
    # Each turn is a reason of its own, so that a case may come back to somebody on the same day.
    return f"casework.Allocation:{turn.pk}"


def _let_go(case: Case, *, by: Actor, on: date) -> None:
    for turn in Allocation.objects.as_known().filter(case=case, ends_on=None):
        end_access(subject=access_subject(turn), by=by, on=on)


def _let_know(turn: Allocation, *, by: Actor, on: date) -> None:
    """Record why the key worker and the team may know of the child."""
    for kind, holder in holders(turn):
        grant_access(
            child=turn.case.child_id, holder_kind=kind, holder=holder,
            because="case", subject=access_subject(turn), by=by, on=on,
        )  # fmt: skip


def holders(turn: Allocation) -> list[tuple[str, int]]:
    """Return the key worker and the team of a turn, as those who may know of a child are kept."""
    found = (("person", turn.owner_id), ("team", turn.team_id))
    return [(kind, holder) for kind, holder in found if holder is not None]


def _same_version(case: Case, version: int | None, yours: list[tuple[str, str, str]]) -> None:
    if version is not None and version != case.version:
        raise Stale(f"case {case.ref}", yours)


def _claim(case: Case, yours: list[tuple[str, str, str]], **changes: object) -> None:
    """Change the cover sheet if nobody has since it was read; compare and swap, in one update."""
    as_read = Case.objects.filter(pk=case.pk, state=case.state, version=case.version)
    claimed = as_read.update(version=F("version") + 1, **changes)
    if not claimed:
        now = Case.objects.get(pk=case.pk)
        theirs = {
            "State": kinds.state_title(now.kind, now.state),
            "Key worker": queries.name_of(now.owner_id),
            "Team": queries.team_name(now.team_id),
        }
        compared = [(label, theirs.get(label, before), mine) for label, before, mine in yours]
        raise Stale(f"case {case.ref}", compared)


def _yours(case: Case, move: str) -> list[tuple[str, str, str]]:
    """Return what a move would change, as (label, as it is now, as it would be)."""
    titles = {m.name: m.title for m in kinds.get(case.kind).workflow.moves}
    return [("State", kinds.state_title(case.kind, case.state), titles.get(move, move))]


def _afresh(case: Case) -> Case:
    fresh = Case.objects.select_related("child", "owner", "team").get(pk=case.pk)
    deadlines.rebuild(fresh)
    return fresh
