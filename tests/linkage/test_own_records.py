"""What the office knows of who is educated stands beside the lists; what is answered teaches."""

from datetime import timedelta

import pytest

from onroll.office.kernel.actor import Actor
from onroll.office.linkage.actions import answers
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import runs as searches
from onroll.office.linkage.queries.own_records import own_records
from onroll.office.people.actions import seal
from onroll.office.people.models import Child
from onroll.office.provision import actions as provision
from tests import actors
from tests.actors import TODAY
from tests.linkage.found import done, lists, person
from tests.provision.conftest import amelia, authority, child_of, elm, oak
from tests.provision.conftest import no_second_factor_is_asked_for as no_second_factor

__all__ = ["amelia", "authority", "child_of", "elm", "no_second_factor", "oak"]

pytestmark = pytest.mark.django_db
A_MONTH_AGO = TODAY - timedelta(days=30)


@pytest.fixture
def alice() -> Actor:
    return actors.alice()


def at_home(child: Child, by: Actor, suitability: str = "not_assessed") -> None:
    provision.record_home_education(
        child=child, starts_on=A_MONTH_AGO, suitability=suitability, by=by
    )


def test_a_child_educated_at_home_is_on_the_office_s_own_list(amelia: Child, alice: Actor) -> None:
    assert own_records(TODAY) is None

    at_home(amelia, alice)

    own = own_records(TODAY)
    assert own is not None
    assert own.is_education
    assert own.table["record_id"].to_pylist() == [amelia.ref]
    assert own.table["family_name"].to_pylist() == [amelia.family_name]


def test_unsuitable_education_hides_nobody(amelia: Child, alice: Actor) -> None:
    at_home(amelia, alice, suitability="unsuitable")

    assert own_records(TODAY) is None


def test_a_sealed_child_is_on_no_list(amelia: Child, alice: Actor) -> None:
    at_home(amelia, alice)

    seal(child=amelia, reason="A court order.", by=actors.dave(), on=TODAY)

    assert own_records(TODAY) is None


def test_answers_shift_how_sure_the_next_search_is(alice: Actor) -> None:
    carol = actors.carol()
    lists(carol)
    done(carol, [person(n, probability=0.9) for n in range(12)])
    before = searches.model_to_begin_from()

    answers.not_missing(
        candidates=list(queries.shown_to(carol, {})),
        reason="on_a_roll",
        note="The schools told us",
        by=carol,
        on=TODAY,
    )

    after = searches.model_to_begin_from()
    assert before is not None
    assert after is not None
    assert before["shift"] == 0.0
    assert isinstance(after["shift"], float)
    assert after["shift"] < -1
