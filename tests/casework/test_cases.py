"""A case from opening to closing: states, turns of key workers, who holds it, races."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from onroll.office.accounts.models import Authority, LocalRules, Team
from onroll.office.casework import kinds
from onroll.office.casework.actions import cases, deadlines, oversight, work
from onroll.office.casework.models import Allocation, Case, CaseState, Deadline, Responsibility
from onroll.office.casework.queries.chronology import chronology
from onroll.office.casework.queries.history import history
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.people import actions as people
from onroll.office.people.models import Access, Child
from onroll.office.schools.models import School
from onroll.statute.workflow import IllegalMove
from tests import actors
from tests.casework.conftest import TODAY

OPENED = date(2026, 2, 2)


@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.key)
def test_every_kind_is_whole_and_every_state_can_be_reached(kind: kinds.Kind) -> None:
    workflow = kind.workflow

    assert not workflow.unreachable()
    assert kind.open_states < set(workflow.states)
    assert workflow.start in kind.open_states
    assert kind.outcomes
    assert set(kind.doors) <= {move.name for move in workflow.moves}
    assert not kind.stages or {s for stage in kind.stages.values() for s in stage} == set(
        workflow.states
    )


def test_opening_records_state_turn_and_holder_and_lets_worker_and_team_know(
    case: Case, alice: Actor, team: Team
) -> None:
    holders = set(
        Access.objects.on(OPENED)
        .filter(child=case.child, because="case")
        .values_list("holder_kind", "holder")
    )

    assert CaseState.objects.on(OPENED).get(case=case).state == "identified"
    assert Allocation.objects.on(OPENED).get(case=case).owner_id == alice.pk
    assert Responsibility.objects.on(OPENED).get(case=case).body == "authority"
    assert holders == {("person", alice.pk), ("team", team.pk)}
    assert Event.objects.filter(verb="cases.opened", children=[case.child_id]).count() == 1


def test_a_child_has_one_open_case_of_a_kind(case: Case, alice: Actor) -> None:
    with pytest.raises(Faulty, match=case.ref):
        cases.open_case(kind="cme", child=case.child, by=alice, on=TODAY)


def test_a_move_follows_the_workflow_and_leaves_history_and_event(case: Case, alice: Actor) -> None:
    moved = cases.move(case=case, move="trace", by=alice, on=TODAY, version=1)

    states = CaseState.objects.as_known().filter(case=case).order_by("starts_on")
    assert moved.state == "tracing"
    assert moved.version == 2
    assert [(s.state, s.starts_on, s.ends_on) for s in states] == [
        ("identified", OPENED, date(2026, 3, 4)),
        ("tracing", TODAY, None),
    ]
    assert Event.objects.get(verb="cases.moved").data["state"] == "tracing"


def test_two_moves_in_a_day_keep_the_last(case: Case, alice: Actor) -> None:
    moved = cases.move(case=case, move="trace", by=alice, on=OPENED)

    assert CaseState.objects.as_known().get(case=case).state == moved.state == "tracing"


def test_the_history_and_the_chronology_tell_every_change_of_a_day_and_who_made_it(
    case: Case, alice: Actor, carol: Actor, team: Team
) -> None:
    cases.move(case=case, move="trace", by=alice, on=OPENED)
    for owner in (carol.pk, alice.pk):
        case.refresh_from_db()
        cases.allocate(case=case, owner=owner, team=team.pk, by=carol, on=TODAY)

    told = history(case)
    entries = {entry.title: entry.by for entry in chronology(case.child, by=alice)}

    assert [(turn.what, turn.ends_on) for turn in told["States"]] == [
        ("Tracing whereabouts", None),
        ("Identified", OPENED),
    ]
    of_team = "Children missing education"
    assert [(t.what, t.starts_on, t.ends_on, t.by) for t in told["Key worker and team"]] == [
        (f"Alice, {of_team}", TODAY, None, "Carol"),
        (f"Carol, {of_team}", TODAY, TODAY, "Carol"),
        (f"Alice, {of_team}", OPENED, date(2026, 3, 4), "Alice"),
    ]
    assert entries["Missing education case: Identified"] == "Alice"
    assert entries["Case with Carol"] == "Carol"


def test_a_move_that_the_workflow_does_not_know_is_illegal(case: Case, alice: Actor) -> None:
    with pytest.raises(IllegalMove):
        cases.move(case=case, move="fall_through", by=alice, on=TODAY)


def test_an_old_version_is_stale_and_says_what_changed(case: Case, alice: Actor) -> None:
    cases.move(case=case, move="trace", by=alice, on=TODAY)
    fresh = Case.objects.get(pk=case.pk)

    with pytest.raises(Stale) as stale:
        cases.move(case=fresh, move="trace", by=alice, on=TODAY, version=1)

    assert stale.value.compared[0][:2] == ("State", "Tracing whereabouts")


def test_a_stranger_to_the_team_may_not_move_it_and_leaves_no_trace(case: Case) -> None:
    other = actors.person("Oscar", "cme_officer")

    with pytest.raises(Refused):
        cases.move(case=case, move="trace", by=other, on=TODAY)

    assert Case.objects.get(pk=case.pk).version == 1
    assert not Event.objects.filter(verb="cases.moved").exists()


def test_a_new_turn_ends_the_old_ones_reason_to_know(
    case: Case, manager: Actor, carol: Actor, alice: Actor
) -> None:
    cases.allocate(case=case, owner=carol.pk, by=manager, on=TODAY, why="Leave")

    open_people = Access.objects.as_known().filter(
        child=case.child, holder_kind="person", ends_on=None
    )
    assert list(open_people.values_list("holder", flat=True)) == [carol.pk]
    assert Allocation.objects.on(TODAY).get(case=case).owner_id == carol.pk
    assert Allocation.objects.on(OPENED).get(case=case).owner_id == alice.pk


def test_a_case_may_come_back_to_somebody_on_the_same_day(
    case: Case, manager: Actor, carol: Actor, alice: Actor
) -> None:
    given = cases.allocate(case=case, owner=carol.pk, by=manager, on=TODAY)
    back = cases.allocate(case=given, owner=alice.pk, by=manager, on=TODAY)

    assert back.owner_id == alice.pk


def test_an_officer_may_take_a_case_but_not_give_it(
    amelia: Child, alice: Actor, carol: Actor, team: Team
) -> None:
    case = cases.open_case(kind="cme", child=amelia, team=team.pk, by=alice, on=TODAY)

    with pytest.raises(Refused, match="manager"):
        cases.allocate(case=case, owner=carol.pk, by=alice, on=TODAY)
    assert cases.allocate(case=case, owner=alice.pk, by=alice, on=TODAY).owner_id == alice.pk


def test_a_transfer_keeps_one_case_and_one_history(case: Case, manager: Actor) -> None:
    other = Team.objects.create(key="attendance", name="School attendance service")

    moved = cases.transfer(case=case, team=other.pk, by=manager, on=TODAY, why="Now at school")

    turns = Allocation.objects.as_known().filter(case=case).order_by("starts_on")
    assert moved.pk == case.pk
    assert [t.team_id for t in turns] == [case.team_id, other.pk]


def test_bulk_reassignment_is_all_or_nothing(
    case: Case, add: Callable[..., Child], alice: Actor, manager: Actor, team: Team
) -> None:
    leaver = actors.person("Lena", "cme_officer", team=team)
    stranger = actors.person("Sam", "cme_officer")
    second = cases.open_case(
        kind="cme", child=add("Ben", "Osei"), owner=leaver.pk, team=team.pk, by=alice, on=OPENED
    )

    with pytest.raises(Refused):
        cases.reassign(cases=[case, second], owner=stranger.pk, by=manager, on=TODAY, why="")
    given = cases.reassign(cases=[case, second], owner=alice.pk, by=manager, on=TODAY, why="Left")

    assert given == 1
    assert set(Case.objects.values_list("owner", flat=True)) == {alice.pk}


def test_a_return_to_the_school_says_which_school_and_why(
    case: Case, alice: Actor, school: School
) -> None:
    with pytest.raises(Faulty, match="school"):
        cases.hand_to(case=case, body="school", by=alice, on=TODAY, why="On roll")

    held = cases.hand_to(case=case, body="school", school=school, by=alice, on=TODAY, why="On roll")

    assert held.name == school.name
    assert Responsibility.objects.on(OPENED).get(case=case).body == "authority"


def test_a_task_without_a_case_is_set_for_oneself_or_by_who_allocates(
    alice: Actor, bob: Actor, manager: Actor
) -> None:
    own = work.task(what="Read the guidance", due_on=TODAY, by=alice, on=TODAY)
    given = work.task(what="Tidy", due_on=TODAY, by=manager, on=TODAY, owner=alice.pk)

    assert own.owner_id == given.owner_id == alice.pk
    with pytest.raises(Refused, match="somebody else"):
        work.task(what="Tidy", due_on=TODAY, by=alice, on=TODAY, owner=manager.pk)
    with pytest.raises(Refused, match="caseworkers"):
        work.task(what="Tidy", due_on=TODAY, by=bob, on=TODAY)


def test_only_the_program_rebuilds_every_clock_and_says_so(case: Case, manager: Actor) -> None:
    Deadline.objects.create(case=case, duty="no_such_duty", started_on=OPENED)

    with pytest.raises(Refused):
        deadlines.rebuild_all(by=manager, on=TODAY)
    assert deadlines.rebuild_all(by=PROGRAM, on=TODAY) == 1
    assert Event.objects.get(verb="cases.all_deadlines_rebuilt").data["count"] == 1


def test_a_rebuild_of_the_deadlines_reproduces_the_cache(
    amelia: Child, alice: Actor, team: Team
) -> None:
    Authority.objects.update_or_create(
        pk=1,
        defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"},
    )
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))
    case = cases.open_case(kind="cme", child=amelia, team=team.pk, by=alice, on=OPENED)
    work.contact(
        case=case, by=alice, on=TODAY, channel="telephone", with_whom="carer", result="spoke",
        account="Rang the mother.",
    )  # fmt: skip
    cached = list(Deadline.objects.order_by("duty").values("duty", *deadlines.VALUES))

    assert {row["duty"] for row in cached} == {"ASHCOMBE_ACKNOWLEDGE", "ASHCOMBE_FIRST_ACTION"}
    assert [row["duty"] for row in cached if row["stopped_on"]] == ["ASHCOMBE_FIRST_ACTION"]
    assert not deadlines.rebuild(case)
    Deadline.objects.all().delete()
    assert deadlines.rebuild(case)
    assert list(Deadline.objects.order_by("duty").values("duty", *deadlines.VALUES)) == cached


def test_a_correction_stands_beside_the_note_and_changes_nothing(case: Case, alice: Actor) -> None:
    first = work.note(case=case, text="Moved in May", by=alice, on=TODAY)

    later = work.note(case=case, text="It was June", by=alice, on=TODAY, corrects=first)

    first.refresh_from_db()
    assert first.text == "Moved in May"
    assert later.corrects_id == first.pk


def test_a_task_is_finished_once(case: Case, alice: Actor) -> None:
    task = work.task(case=case, what="Ring the school", due_on=TODAY, by=alice, on=TODAY)

    work.finish_task(task=task, by=alice, on=TODAY)

    with pytest.raises(Stale):
        work.finish_task(task=task, by=alice, on=TODAY)


def test_nobody_audits_their_own_case_and_a_seed_draws_the_same(
    case: Case, manager: Actor, alice: Actor
) -> None:
    drawn = oversight.draw_sample(kind="cme", size=3, seed=7, by=manager, on=TODAY)

    assert [s.case_id for s in drawn] == [case.pk]
    done = oversight.audit(
        sample=drawn[0], answers={"timely": "yes"}, judgement="good", by=manager, on=TODAY
    )
    assert done.audited_by_id == manager.pk
    with pytest.raises(Refused):
        oversight.draw_sample(kind="cme", size=1, seed=7, by=alice, on=TODAY)


def test_of_two_moves_at_once_one_is_stale(committed_db: object) -> None:
    team = Team.objects.create(key="cme", name="CME", kinds=["cme"])
    alice = actors.alice(team=team)
    child = Child.objects.create(
        ref="AAAA", given_names="Amelia", family_name="Khan", born_on=date(2015, 4, 3)
    )
    case = cases.open_case(kind="cme", child=child, owner=alice.pk, by=alice, on=OPENED)
    ready, results = Barrier(2), []

    def act() -> None:
        mine = Case.objects.select_related("child").get(pk=case.pk)
        ready.wait()
        try:
            cases.move(case=mine, move="trace", by=alice, on=TODAY, version=1)
            results.append("moved")
        except Stale:
            results.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["moved", "stale"]


def test_a_case_is_as_sealed_as_its_child(case: Case, carol: Actor, alice: Actor) -> None:
    people.seal(child=case.child, reason="Refuge", by=actors.dave(), on=TODAY)

    assert Case.objects.get(pk=case.pk).is_sealed
    assert not Case.objects.visible_to(alice).exists()
    assert Case.objects.visible_to(carol).exists()
