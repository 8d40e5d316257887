"""Two people join the same two records crosswise, at once: one of them is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.db import connection

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import actions, queries
from onroll.office.people.models import Child, SameChild
from onroll.office.people.queries import identity
from tests import actors
from tests.actors import TODAY
from tests.database import Database

BORN = date(2014, 2, 2)
TIMES = 8


def _two(n: int) -> tuple[Child, Child]:
    one, other = (
        Child.objects.create(
            ref=f"RACE{n}{letter}", given_names="Ben", family_name="Osei", born_on=BORN
        )
        for letter in "AB"
    )
    return one, other


def _tried(act: str, child: Child, other: Child, by: Actor, start: Barrier) -> str:
    try:
        start.wait(timeout=30)
        if act == "seal":
            actions.seal(child=child, reason="Fled", by=by, on=TODAY)
        else:
            actions.join(
                child=child, other=other, starts_on=BORN, why="One passport", by=by, on=TODAY
            )
    except Faulty as faulty:
        return str(faulty)
    finally:
        connection.close()
    return ""


def test_of_two_who_join_crosswise_at_once_one_is_told(committed_db: Database) -> None:
    alice, nadia = actors.alice(), actors.person("Nadia", "team_manager")
    for n in range(TIMES):
        one, other = _two(n)
        start = Barrier(2)

        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(_tried, "join", one, other, alice, start)
            second = pool.submit(_tried, "join", other, one, nadia, start)
            said = sorted([first.result(), second.result()])

        assert said[0] == ""
        assert "joined already" in said[1]
        assert SameChild.objects.as_known().filter(child__in=[one, other]).count() == 1


def test_a_seal_and_a_join_at_once_leave_both_records_sealed_or_no_join(
    committed_db: Database,
) -> None:
    carol, dave = actors.carol(), actors.dave()
    for n in range(TIMES):
        one, other = _two(n)
        start = Barrier(2)

        with ThreadPoolExecutor(2) as pool:
            sealing = pool.submit(_tried, "seal", one, other, dave, start)
            joining = pool.submit(_joined_or_refused, one, other, carol, start)
            assert sealing.result() == ""
            is_joined = joining.result()

        assert queries.is_sealed(one.pk)
        assert queries.is_sealed(other.pk) == is_joined
        assert (identity.head_of(other.pk) == one.pk) == is_joined


def _joined_or_refused(child: Child, other: Child, by: Actor, start: Barrier) -> bool:
    try:
        return _tried("join", child, other, by, start) == ""
    except PermissionError:  # the seal came first: now it takes two people
        return False
