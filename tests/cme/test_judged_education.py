"""What was judged of an education decides whether, and from which day, a case may end with it."""

from datetime import date

import pytest

from onroll.office.casework.actions import oversight
from onroll.office.casework.models import Case
from onroll.office.cme import actions, queries
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.provision import actions as provision
from onroll.office.provision.queries import Education, Verdict
from onroll.statute.suitability import Criterion
from tests.actors import TODAY

BEGAN = date(2026, 2, 16)
ALL_MET = {criterion: True for criterion in Criterion}
TOO_SHORT = {Criterion.FULL_TIME: False}


@pytest.fixture
def considered(case: Case, alice: Actor) -> Case:
    oversight.consider(case=case, conclusion="no_concern", because="Seen", by=alice, on=TODAY)
    return Case.objects.select_related("child").get(pk=case.pk)


def _judge(education: Education, on: date, found: dict[Criterion, bool], by: Actor) -> None:
    verdicts = [
        Verdict(criterion=criterion, is_met=is_met, reasons="" if is_met else "Two mornings")
        for criterion, is_met in found.items()
    ]
    provision.judge(
        education=education, verdicts=verdicts, judged_on=on, judged_by="Ann Lee", by=by, on=TODAY
    )


def test_home_education_judged_unsuitable_ends_no_case_whatever_was_recorded(
    considered: Case, alice: Actor
) -> None:
    taught = provision.record_home_education(
        child=considered.child, starts_on=BEGAN, suitability="suitable", by=alice
    )
    _judge(taught, date(2026, 2, 20), TOO_SHORT, alice)

    with pytest.raises(Faulty, match="judged unsuitable"):
        actions.close(
            case=considered, outcome="home_educated", by=alice, on=TODAY, accepted_on=TODAY
        )


def test_home_education_judged_suitable_later_ends_it_from_that_day(
    considered: Case, alice: Actor
) -> None:
    taught = provision.record_home_education(
        child=considered.child, starts_on=BEGAN, suitability="unsuitable", by=alice
    )
    _judge(taught, date(2026, 2, 25), ALL_MET, alice)

    actions.close(case=considered, outcome="home_educated", by=alice, on=TODAY, accepted_on=TODAY)

    (episode,) = queries.episodes_of(considered)
    assert episode.ends_on == date(2026, 2, 24)


@pytest.mark.parametrize("found", [TOO_SHORT, {Criterion.EFFICIENT: True}])
def test_provision_ends_a_case_only_once_all_three_are_met(
    considered: Case, alice: Actor, found: dict[Criterion, bool]
) -> None:
    placed = provision.record_provision(
        child=considered.child, what="alternative_provision", provider="The Mill",
        starts_on=BEGAN, by=alice,
    )  # fmt: skip
    _judge(placed, date(2026, 2, 20), found, alice)

    with pytest.raises(Faulty, match="not judged suitable"):
        actions.close(case=considered, outcome="alternative_provision", by=alice, on=TODAY)
    _judge(placed, date(2026, 2, 25), ALL_MET, alice)
    actions.close(case=considered, outcome="alternative_provision", by=alice, on=TODAY)

    (episode,) = queries.episodes_of(considered)
    assert episode.ends_on == date(2026, 2, 24)
