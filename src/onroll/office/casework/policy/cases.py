"""Who may do what to a case."""

from collections.abc import Collection
from datetime import date

from django.db.models import Model
from django.urls import reverse

from onroll.office.casework import kinds
from onroll.office.casework.models import Case
from onroll.office.casework.queries.cases import is_member
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import YES, Decision, because
from onroll.office.web.components import Link
from onroll.statute.workflow import Move

CLOSED = "This case is closed. Reopen it first."


def can_open(actor: Actor, kind: str) -> Decision:
    """Say whether this person may open a case of a kind."""
    if kind not in {k.key for k in kinds.all_kinds()}:
        return Decision(f"There is no kind of case called {kind!r}.")
    return because(
        actor.is_program or kinds.may_open(kind, actor), "Only caseworkers can open a case."
    )


def can_open_some(actor: Actor) -> Decision:
    """Say whether this person opens cases at all, of whatever kind."""
    return because(
        any(can_open(actor, kind.key) for kind in kinds.all_kinds()),
        "Only caseworkers can open a case.",
    )


def can_open_another(actor: Actor, already: Collection[str]) -> Decision:
    """Say whether this person may open a case of a kind of which none is open for the child."""
    opens = {kind.key for kind in kinds.all_kinds() if can_open(actor, kind.key)}
    return can_open_some(actor) & because(
        bool(opens - set(already)), "The child has an open case of every kind that you open."
    )


def can_work(actor: Actor, case: Case) -> Decision:
    """Say whether this person may add to a case: contacts, notes, tasks, enquiries."""
    if actor.is_program:
        return YES
    is_theirs = case.owner_id in actor.stands_for or case.team_id in actor.teams
    return because(actor.may("cases.work"), "Only caseworkers can work on a case.") & because(
        is_theirs or actor.may("cases.see_all"),
        "Only the key worker, their team and those who oversee casework can add to this case.",
    )


def can_work_open(actor: Actor, case: Case) -> Decision:
    """Say whether this person may do what only an open case allows."""
    return can_work(actor, case) & because(case.is_open, CLOSED)


def can_set_task(actor: Actor, *, owner: int | None) -> Decision:
    """Say whether this person may set somebody a task that belongs to no case."""
    if actor.is_program:
        return YES
    return because(actor.may("cases.work"), "Only caseworkers set tasks.") & because(
        owner in actor.stands_for or actor.may("cases.allocate"),
        "Only a manager or coordinator can set a task for somebody else.",
    )


def can_move(
    actor: Actor, case: Case, move: str, *, on: date, outcome: str = "", asks: bool = True
) -> Decision:
    """Say whether this person may make this move: casework's rule, then the kind's own.

    Without `asks` the kind is not asked: its own page for the move says what is missing.
    """
    kind = kinds.get(case.kind)
    decision = can_work(actor, case)
    target = kind.workflow.after(case.state, move)
    is_closing = case.is_open and target not in kind.open_states
    is_reopening = not case.is_open and target in kind.open_states
    if (is_closing or is_reopening) and not actor.is_program:
        verb = "close" if is_closing else "reopen"
        decision = decision & because(
            actor.may("cases.close"), f"Your role does not {verb} cases. Ask your team manager."
        )
    if decision and asks:
        return kind.can_move(actor, case, move, outcome=outcome, on=on)
    return decision


def can_reopen(actor: Actor, case: Case) -> Decision:
    """Say whether this person may open a closed case again, as a referral is decided."""
    is_second = Case.objects.filter(child=case.child_id, kind=case.kind, closed_on=None)
    return (
        can_work(actor, case)
        & because(not case.is_open, "This case is open already.")
        & because(
            kinds.can_reopen(case.kind), "Cases of this kind are not opened again: open a new one."
        )
        & because(
            actor.is_program or actor.may("cases.close"),
            "Your role does not reopen cases. Ask your team manager.",
        )
        & because(not is_second.exists(), "The child has an open case of this kind.")
    )


def moves(actor: Actor, case: Case, *, on: date) -> list[tuple[Move, Decision]]:
    """Return every move from the case's state, each with whether this person may make it."""
    kind = kinds.get(case.kind)
    return [
        (move, can_move(actor, case, move.name, on=on, asks=move.name not in kind.doors))
        for move in kind.workflow.moves_from(case.state)
    ]


def can_allocate(actor: Actor, case: Case, *, owner: int | None = None) -> Decision:
    """Say whether this person may give the case to a key worker.

    Those who allocate may give any case; a caseworker may take one of their team's that has none.
    """
    if actor.is_program or actor.may("cases.allocate"):
        return because(case.is_open, CLOSED)
    takes = owner is not None and owner == actor.pk and case.owner_id is None
    return can_work_open(actor, case) & because(
        takes, "Only a manager or coordinator can give a case to somebody else."
    )


def can_take(actor: Actor, case: Case) -> Decision:
    """Say whether this person may become the key worker."""
    return can_allocate(actor, case, owner=actor.pk)


def can_hold(owner: int, team: int | None, *, on: date) -> Decision:
    """Say whether somebody is in the team that has the case."""
    if team is None:
        return YES
    return because(
        is_member(owner, team, on=on),
        "The key worker must be a member of the team. Choose the team they are in.",
    )


def can_work_some(actor: Actor) -> Decision:
    """Say whether this person works on cases at all."""
    return because(actor.may("cases.work"), "Only caseworkers work on cases.")


def can_see_every_case(actor: Actor) -> Decision:
    """Say whether this person sees the cases of every team."""
    return because(
        actor.may("cases.see_all"), "Your role sees the cases of your own team and no other."
    )


def can_see_who_looked(actor: Actor) -> Decision:
    """Say whether this person sees who has looked at a child's record."""
    return because(actor.may("journal.read"), "Only those who review access see who has looked.")


def can_oversee(actor: Actor) -> Decision:
    """Say whether this person sees caseloads and reassigns work."""
    return because(
        actor.may("cases.allocate") or actor.may("cases.see_all"),
        "Only those who manage or oversee casework can see other people's caseloads.",
    )


def can_see_unfollowed(actor: Actor) -> Decision:
    """Say whether this person sees the children who miss education and have no case."""
    return because(
        actor.may("children.find"), "Only those who know of every child in the area see this list."
    )


def can_look_into(actor: Actor) -> Decision:
    """Say whether this person may take a child who has no case, or set one aside for a while."""
    return can_see_unfollowed(actor) & because(
        actor.may("cases.work"), "Only caseworkers look into a child who has no case."
    )


def can_reassign(actor: Actor) -> Decision:
    """Say whether this person may move many cases at once."""
    return because(actor.may("cases.allocate"), "Only a manager or coordinator can reassign cases.")


def can_export(actor: Actor) -> Decision:
    """Say whether this person may take chronologies away."""
    return because(
        actor.may("exports.children"), "Your role does not export chronologies. Ask a manager."
    )


def chronologies_of_roll(actor: Actor, school: Model) -> Link | None:
    """Return the link to the chronologies of a school's roll, for who may take them away."""
    if not can_export(actor):
        return None
    return Link("Chronologies of this list", f"{reverse('casework:cohort')}?school={school.pk}")


MOST_IN_A_LIST = 5_000  # cases in one file
MOST_CHRONOLOGIES = 200  # children in one file


def can_export_list(actor: Actor, *, count: int) -> Decision:
    """Say whether this person may take a list of so many cases away as one file."""
    return can_export(actor) & because(
        count <= MOST_IN_A_LIST,
        f"The list has {count:,} cases and one file holds {MOST_IN_A_LIST:,}. Narrow it by a "
        "filter, such as the key worker or the state, and take it in parts.",
    )


def can_export_chronologies(actor: Actor, *, count: int) -> Decision:
    """Say whether this person may take the chronologies of so many children as one file."""
    return can_export(actor) & because(
        count <= MOST_CHRONOLOGIES,
        f"The list has {count:,} children and one file holds {MOST_CHRONOLOGIES}. Narrow it by a "
        "filter, or tick those that you need.",
    )
