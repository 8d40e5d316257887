"""A search is asked for once, done by the program, and keeps nothing unless it ends well."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.linkage.actions import runs, sources, sources_loads
from onroll.office.linkage.models import Candidate, PopulationLoad, Run
from onroll.office.linkage.queries import runs as queries
from tests import actors
from tests.actors import TODAY
from tests.linkage.found import begun, done, lists, people
from tests.linkage.lists import csv_of, rows, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def carol() -> Actor:
    carol = actors.carol()
    lists(carol)
    return carol


def test_a_search_without_a_list_of_residents_says_what_to_send_in() -> None:
    with pytest.raises(Faulty, match="no list of children who are being educated"):
        runs.ask(as_at=TODAY, by=actors.carol(), on=TODAY)


def test_a_search_is_not_asked_for_as_at_a_day_to_come(carol: Actor) -> None:
    with pytest.raises(Faulty, match="today or in the past"):
        runs.ask(as_at=TODAY + timedelta(days=1), by=carol, on=TODAY)


@pytest.mark.parametrize("role", ["cme_officer", "administrator", "school_user"])
def test_whoever_loads_no_lists_asks_for_no_search(carol: Actor, role: str) -> None:
    with pytest.raises(Refused, match="does not run searches"):
        runs.ask(as_at=TODAY, by=actors.person("Sam", role), on=TODAY)


def test_a_second_search_waits_for_nobody_while_one_is_going(carol: Actor) -> None:
    runs.ask(as_at=TODAY, by=carol, on=TODAY)

    with pytest.raises(Refused, match="is going on"):
        runs.ask(as_at=TODAY, by=carol, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(as_at=TODAY)


def test_only_the_program_begins_a_search_and_only_once(carol: Actor) -> None:
    run = runs.ask(as_at=TODAY, by=carol, on=TODAY)

    with pytest.raises(Refused, match="Only the program"):
        runs.begin(run=run, sources=[], by=carol)
    runs.begin(run=run, sources=[], by=PROGRAM)
    with pytest.raises(Refused, match="does not wait"):
        runs.begin(run=run, sources=[], by=PROGRAM)


def test_a_search_that_ends_well_keeps_candidates_and_journals_counts_alone(carol: Actor) -> None:
    run = done(carol, people(7))

    event = Event.objects.get(verb="linkage.run_done")
    assert run.state == "done"
    assert run.counts["listed"] == Candidate.objects.count() == 7
    assert event.data["records"] == 55
    assert "son" not in json.dumps(event.data)


def test_what_is_kept_of_a_candidate_names_nobody_in_the_clear(carol: Actor) -> None:
    done(carol, people(1))

    (row,) = Candidate.objects.values()
    told = json.dumps({k: str(v) for k, v in row.items()})
    for secret in ("High Street", "Aminaa", "Archerson", "2012-01-01", "ZZ1 4AB"):
        assert secret not in told


def test_a_search_that_waits_is_stopped_at_once(carol: Actor) -> None:
    run = runs.ask(as_at=TODAY, by=carol, on=TODAY)

    stopped = runs.stop(run=run, by=carol, on=TODAY)

    assert stopped.state == "stopped"
    assert queries.next_waiting() is None


def test_a_search_that_works_stops_at_its_next_step_and_keeps_nothing(carol: Actor) -> None:
    run = begun(carol)
    assert runs.tell_progress(run, "Comparing records", 0.4)

    runs.stop(run=run, by=carol, on=TODAY)

    assert not runs.tell_progress(run, "Weighing", 0.8)
    with pytest.raises(Refused, match="was stopped"):
        runs.finish(run=run, found=people(3), records=9, model=None, machine={}, by=PROGRAM,
                    on=TODAY)  # fmt: skip
    assert runs.give_up(run=run, message="-", fault="stopped", by=PROGRAM).state == "stopped"
    assert not Candidate.objects.exists()


def test_a_search_whose_process_died_says_what_to_do(carol: Actor) -> None:
    run = begun(carol)

    assert runs.settle(by=PROGRAM) == 1

    run.refresh_from_db()
    assert run.state == "failed"
    assert "Search again" in run.message
    assert Event.objects.filter(verb="linkage.run_failed").count() == 1
    assert not Candidate.objects.exists()


def test_one_that_never_began_is_settled_by_whoever_began_it_alone(carol: Actor) -> None:
    run = runs.ask(as_at=TODAY, by=carol, on=TODAY)

    assert runs.settle(by=PROGRAM) == 0
    assert runs.settle(by=PROGRAM, begun=run.pk) == 1


def test_whoever_has_nothing_to_do_with_searches_finds_none(carol: Actor) -> None:
    run = done(carol, [])

    for actor in (actors.mallory(), actors.person("Ada", "administrator")):
        with pytest.raises(Unknown):
            queries.run_for(actor, run.pk)
    assert queries.run_for(actors.alice(), run.pk) == run
    assert queries.run_for(actors.bob(), run.pk) == run


def working(by: Actor) -> Run:
    """A search that works on the lists in use."""
    used = [
        {"key": one.key, "name": one.name, "load": one.load}
        for one in queries.lists_on(TODAY).usable
    ]
    return runs.begin(run=runs.ask(as_at=TODAY, by=by, on=TODAY), sources=used, by=PROGRAM)


def ended(run: Run) -> Run:
    return runs.finish(
        run=run, found=people(3), records=9, model=None, machine={}, by=PROGRAM, on=TODAY
    )


@pytest.mark.parametrize(
    ("act", "became"), [("undo", "taken back"), ("destroy", "destroyed"), ("retire", "retired")]
)
def test_a_search_keeps_nothing_of_a_list_that_went_while_it_ran(
    carol: Actor, act: str, became: str
) -> None:
    run = working(carol)
    load = PopulationLoad.objects.get(source__name="Autumn census")
    if act == "retire":
        sources.retire(source=load.source, by=carol, on=TODAY)
    else:
        getattr(sources_loads, act)(load=load, by=carol, on=TODAY)

    with pytest.raises(runs.TakenBack) as refused:
        ended(run)

    assert str(refused.value) == (
        f"The list Autumn census as at 5 March 2026 was {became} while the search ran. "
        "Search again."
    )
    assert not Candidate.objects.exists()
    run.refresh_from_db()
    assert run.state == "working"


def test_a_newer_list_that_comes_while_a_search_runs_voids_nothing(carol: Actor) -> None:
    run = working(carol)
    births = PopulationLoad.objects.get(source__name="Births").source
    sent(births, csv_of(rows(31)), carol)

    assert ended(run).state == "done"
