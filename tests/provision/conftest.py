"""The cast and a child, as for schools, and an education to judge."""

from datetime import date
from typing import Any

import pytest

from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.provision import actions
from onroll.office.provision.models import HomeEducation, Provision
from onroll.office.provision.queries import Education, Verdict
from tests.actors import TODAY
from tests.provision.judging import FEBRUARY, JANUARY, Judge
from tests.schools.conftest import (
    alice,
    amelia,
    authority,
    child_of,
    elm,
    mina,
    no_second_factor_is_asked_for,
    oak,
)

__all__ = [
    "alice",
    "amelia",
    "authority",
    "child_of",
    "elm",
    "mina",
    "no_second_factor_is_asked_for",
    "oak",
]


@pytest.fixture
def judge(alice: Actor) -> Judge:
    def made(education: Education, *verdicts: Verdict, on: date = FEBRUARY, **given: Any) -> Any:
        values = {"judged_by": "Ellen Varley", "by": alice, "on": TODAY, **given}
        return actions.judge(education=education, verdicts=verdicts, judged_on=on, **values)

    return made


@pytest.fixture
def at_home(amelia: Child, alice: Actor) -> HomeEducation:
    return actions.record_home_education(
        child=amelia, starts_on=JANUARY, suitability="suitable", by=alice
    )


@pytest.fixture
def tuition(amelia: Child, alice: Actor) -> Provision:
    return actions.record_provision(
        child=amelia, what="private_tuition", provider="Example Tutors", starts_on=JANUARY,
        by=alice,
    )  # fmt: skip
