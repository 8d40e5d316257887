"""A team and a child with a case, for reports."""

import pytest
from django.http import HttpResponse

from onroll.office.accounts.models import Team
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from tests import actors


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(key="cme", name="Children missing education", kinds=["cme"])


@pytest.fixture
def manager(team: Team) -> Actor:
    return actors.person("Mona", "team_manager", team=team)


@pytest.fixture
def child(manager: Actor) -> Child:
    proof = find(text="Rowan Ashby", by=manager).proof
    return people.add_child(
        searched=proof,
        given_names="Rowan",
        family_name="Ashby",
        born_on=actors.TODAY.replace(year=2015),
        by=manager,
        on=actors.TODAY,
    )


def shown(answer: HttpResponse) -> str:
    """The text of a page, its lines run together."""
    return " ".join(answer.content.decode().split())
