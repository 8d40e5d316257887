"""A list that came before tells whom it had not then, and that is all that is read of it."""

from datetime import timedelta

import pytest

from onroll.matching.find import Found
from onroll.office.kernel.actor import Actor
from onroll.office.linkage import jobs
from onroll.office.linkage.actions import runs
from onroll.office.linkage.models import PopulationLoad
from onroll.office.linkage.queries.newcomers import newcomers
from onroll.office.linkage.queries.sources import current_lists
from tests import actors
from tests.actors import TODAY
from tests.linkage.lists import HEADER, a_source, csv_of, rows, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
BEFORE = TODAY - timedelta(days=60)


@pytest.fixture
def carol() -> Actor:
    return actors.carol()


def came(carol: Actor, first: int, second: int, *, has_ids: bool = True) -> PopulationLoad:
    """The second list of a source, with some more rows than the first."""
    source = a_source(carol, "GP register", "health", brake_share=50)
    cut = 0 if has_ids else 1
    for n, as_at in ((first, BEFORE), (second, TODAY)):
        listed = [row[cut:] for row in rows(n)]
        load = sent(source, csv_of(listed, HEADER[cut:]), carol, as_at=as_at, filename=f"{n}.csv")
    return load


def newly_on(load: PopulationLoad) -> frozenset[str] | None:
    (one,) = current_lists(TODAY)
    assert one.load == load.pk
    return newcomers(load.pk, one.rows())


def test_whoever_the_load_before_had_not_came_since(carol: Actor) -> None:
    assert newly_on(came(carol, 40, 42)) == {"R40", "R41"}


def test_of_a_list_without_numbers_names_and_upns_tell_who_came(carol: Actor) -> None:
    found = newly_on(came(carol, 40, 42, has_ids=False))

    assert found is not None
    assert len(found) == 2


def test_a_first_list_tells_of_nobody_when_they_came(carol: Actor) -> None:
    source = a_source(carol, "GP register", "health")

    assert newly_on(sent(source, csv_of(rows(40)), carol)) is None


def test_a_load_that_was_taken_back_tells_nothing(carol: Actor) -> None:
    load = came(carol, 40, 42)
    PopulationLoad.objects.exclude(pk=load.pk).update(hashes=None)

    assert newly_on(load) is None


def test_a_search_is_told_who_came_since_each_list_last_came(
    carol: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(carol, 40, 42)
    sent(a_source(carol, "Autumn census", "census"), csv_of(rows(30)), carol)
    told = {}

    def search(sources: object, **_: object) -> Found:
        told.update({one.name: one.newcomers for one in sources})
        raise MemoryError

    monkeypatch.setattr(jobs, "find_missing", search)
    jobs.search(runs.ask(as_at=TODAY, by=carol, on=TODAY).pk, on=TODAY)

    assert told == {"GP register": {"R40", "R41"}, "Autumn census": None}
