"""A search in a process of its own: as a server begins it, and however it ends."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from onroll.office.casework.models import Referral
from onroll.office.config import serving
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.locks import alone
from onroll.office.linkage.actions import answers, runs, sources_loads
from onroll.office.linkage.models import Answer, Candidate, PopulationLoad, Run
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import runs as searches
from tests import actors
from tests.database import Database
from tests.linkage.found import done, people
from tests.linkage.lists import a_source, child, csv_of
from tests.linkage.lists import rows as some_rows

HERE, TAUGHT = 400, 360


@pytest.fixture
def server(committed_db: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """What a server's process is told of the database, so that the search's process is told it."""
    monkeypatch.setenv("DATABASE_URL", committed_db.url)
    monkeypatch.setenv("ONROLL_DEMO", "1")
    return committed_db


def loaded(by: Actor, name: str, kind: str, listed: Sequence[tuple[str, ...]]) -> PopulationLoad:
    today = clock.today()
    source = a_source(by, name, kind)
    return sources_loads.send_in(
        source=source, filename="list.csv", content=csv_of(listed), as_at=today, by=by, on=today
    )


def lists(by: Actor, taught: int = TAUGHT) -> None:
    """Four hundred children who live here, of whom forty are on no roll; each differs."""
    here = [different(n) for n in range(HERE)]
    loaded(by, "GP register", "health", here)
    loaded(by, "Autumn census", "census", here[:taught])


def different(n: int) -> tuple[str, ...]:
    row = list(child(n))
    row[2] = f"{row[2]}{'bdfgklmnprst'[n % 12]}{'aeiou'[n // 12 % 5]}"
    row[3] = f"{'BCDFGHJKLMNPRSTVW'[n % 17]}{'aeiou'[n // 17 % 5]}{row[3].lower()}"
    row[6] = str(n + 1)
    return tuple(row)


def test_a_server_does_the_search_that_waits_in_a_process_of_its_own(server: Database) -> None:
    carol, today = actors.carol(), clock.today()
    lists(carol)
    run = runs.ask(as_at=today, by=carol, on=today)

    assert serving.search_next(threading.Event())

    run.refresh_from_db()
    assert (run.state, run.message) == ("done", "")
    assert run.counts["records"] == HERE + TAUGHT
    assert run.model is not None
    assert run.machine["memory_bytes"] > 0
    found = queries.shown_to(carol, {})
    lines = queries.lines_of(list(found), by=carol, on=today)
    missing = {f"{row[2]} {row[3]}" for row in (different(n) for n in range(TAUGHT, HERE))}
    assert missing <= {line.name for line in lines}
    assert not serving.search_next(threading.Event())


def test_lists_that_were_destroyed_meanwhile_are_missed_in_words_and_nothing_is_kept(
    server: Database,
) -> None:
    carol, today = actors.carol(), clock.today()
    lists(carol)
    run = runs.ask(as_at=today, by=carol, on=today)
    for load in PopulationLoad.objects.all():
        sources_loads.destroy(load=load, by=carol, on=today)

    serving.search_next(threading.Event())

    run.refresh_from_db()
    assert run.state == "failed"
    assert "Send in a list" in run.message
    assert "Nothing was kept" in run.message
    assert not Candidate.objects.exists()


def test_a_list_taken_back_while_the_process_works_voids_the_search(server: Database) -> None:
    carol, today = actors.carol(), clock.today()
    lists(carol)
    run = runs.ask(as_at=today, by=carol, on=today)
    begun = threading.Thread(target=_search_and_close)
    begun.start()
    waited = threading.Event()
    reads = Run.objects.filter(pk=run.pk, stage__in=["", "Reading the lists"])
    while reads.exists() and begun.is_alive():
        waited.wait(0.05)

    census = PopulationLoad.objects.get(source__name="Autumn census")
    sources_loads.undo(load=census, by=carol, on=today)
    begun.join()

    run.refresh_from_db()
    assert run.state == "failed"
    assert "was taken back while the search ran. Search again. Nothing was kept." in run.message
    assert not Candidate.objects.exists()
    assert Event.objects.get(verb="linkage.run_failed").data["fault"] == "list_taken_back"


def test_a_search_is_stopped_while_its_process_works(server: Database) -> None:
    carol, today = actors.carol(), clock.today()
    lists(carol)
    run = runs.ask(as_at=today, by=carol, on=today)
    begun = threading.Thread(target=_search_and_close)
    begun.start()
    stopped = threading.Event()
    while not Run.objects.filter(pk=run.pk).exclude(state="waiting").exists():
        stopped.wait(0.1)

    if Run.objects.filter(pk=run.pk, state="working").exists():
        runs.stop(run=run, by=carol, on=today)
    begun.join()

    run.refresh_from_db()
    assert run.state == "stopped"
    assert not Candidate.objects.exists()
    assert not searches.works()


def _search_and_close() -> None:
    serving.search_next(threading.Event())
    connections.close_all()


def test_two_officers_at_one_moment_open_one_referral(server: Database) -> None:
    carol, alice = actors.carol(), actors.alice()
    for name, kind in (("Births", "births"), ("Census", "census")):
        loaded(carol, name, kind, some_rows(30))
    done(carol, people(1), on=clock.today())
    (one,) = queries.shown_to(alice, {})
    together = threading.Barrier(2)

    def look(by: Actor) -> Answer:
        together.wait()
        try:
            return answers.look_into(candidate=one, why="", by=by, on=clock.today())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        made = list(both.map(look, [carol, alice]))

    assert made[0] == made[1]
    assert Referral.objects.count() == 1
    assert Event.objects.filter(verb="linkage.referred").count() == 1


def test_the_lock_of_a_process_that_lives_keeps_others_from_burying_its_search(
    server: Database,
) -> None:
    carol = actors.carol()
    for name, kind in (("Births", "births"), ("Census", "census")):
        loaded(carol, name, kind, some_rows(30))
    today = clock.today()
    run = runs.begin(run=runs.ask(as_at=today, by=carol, on=today), sources=[], by=PROGRAM)
    held, over = threading.Event(), threading.Event()

    def works() -> None:
        with alone(searches.LOCK) as is_alone:
            assert is_alone
            held.set()
            over.wait(20)
        connections.close_all()

    process = threading.Thread(target=works)
    process.start()
    held.wait(20)
    assert runs.settle(by=PROGRAM) == 0
    over.set()
    process.join()

    assert runs.settle(by=PROGRAM) == 1
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.asked_at <= clock.now() + timedelta(seconds=1)
