"""The clocks of many cases are read in as many questions as those of one, and are the same."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.office.accounts.models import Team
from onroll.office.casework.actions import cases
from onroll.office.casework.models import Case
from onroll.office.casework.queries.clocks import clocks, clocks_of_many, facts_of, facts_of_many
from onroll.office.cme import actions, queries
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.schools import actions as schools
from onroll.office.schools.models import School
from tests import actors

TODAY = actors.TODAY
OPENED = date(2026, 2, 2)
Add = Callable[..., Child]


@pytest.fixture
def many(
    add: Add, case: Case, school: School, alice: Actor, manager: Actor, team: Team
) -> Sequence[Case]:
    """Four cases, each with something else that its clocks read."""
    asked, away, applied = (
        cases.open_case(kind="cme", child=add(*name), team=team.pk, by=alice, on=OPENED)
        for name in (("Ben", "Osei"), ("Chen", "Li"), ("Dora", "May"))
    )
    template = queries.template_for("siblings_schools")
    for on in (date(2026, 2, 9), date(2026, 2, 6)):
        actions.ask(case=asked, template=template, by=alice, on=on)
    actions.ask(case=away, template=template, made_by_school=True, by=alice, on=OPENED)
    actions.record_absence(case=away, absent_from=date(2026, 1, 5), by=alice)
    for on in (date(2025, 9, 1), date(2026, 2, 10)):
        made = schools.record_application(
            child=applied.child, school=school, applied_on=on, by=manager
        )
        schools.tell_outcome(application=made, outcome="refused", on=on, by=manager)
    return [case, asked, away, applied]


def test_each_of_many_cases_has_the_facts_that_it_has_by_itself(many: Sequence[Case]) -> None:
    found = facts_of_many(many)

    assert found == {case.pk: facts_of(case) for case in many}
    nothing, asked, away, applied = (found[case.pk] for case in many)
    assert nothing["case.first_action_on"] is None
    assert asked["case.first_action_on"] == date(2026, 2, 6)
    assert away["case.first_action_on"] is None
    assert away["absence.supposed_from"] == [date(2026, 1, 5)]
    assert applied["in_year.applied_on"] == [date(2026, 2, 10)]
    assert applied["in_year.outcome_on"] == [date(2026, 2, 10)]


def test_each_of_many_cases_has_the_clocks_that_it_has_by_itself(many: Sequence[Case]) -> None:
    assert clocks_of_many(many, TODAY) == {case.pk: clocks(case, TODAY) for case in many}


def test_a_sealed_childs_application_is_counted(many: Sequence[Case]) -> None:
    sealed = many[-1]
    people.seal(child=sealed.child, reason="Refuge", by=actors.dave(), on=TODAY)

    assert facts_of(sealed)["in_year.applied_on"] == [date(2026, 2, 10)]


def test_many_cases_are_read_in_as_many_questions_as_one(many: Sequence[Case]) -> None:
    with CaptureQueriesContext(connection) as one:
        clocks_of_many(many[-1:], TODAY)

    with CaptureQueriesContext(connection) as all_of_them:
        clocks_of_many(many, TODAY)

    assert len(all_of_them) == len(one)
