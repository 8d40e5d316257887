"""An education is judged criterion by criterion, and a child stands by what was judged by then."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.office.casework.queries.children import standing
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.provision import actions, queries
from onroll.office.provision.models import HomeEducation, Judgement, Provision
from onroll.office.provision.queries import Verdict
from onroll.statute.reasons import Place
from tests.actors import TODAY
from tests.provision.judging import (
    A_DAY,
    EFFICIENT,
    FEBRUARY,
    FULL_TIME,
    JANUARY,
    SUITABLE,
    TOO_SHORT,
    Judge,
    places,
)


def test_before_the_first_judgement_what_was_recorded_stands(
    amelia: Child, at_home: HomeEducation, judge: Judge
) -> None:
    judge(at_home, TOO_SHORT)

    assert queries.spans(amelia.pk) == [
        {"what": "home_education", "from": JANUARY, "to": FEBRUARY - A_DAY,
         "suitability": "suitable"},
        {"what": "home_education", "from": FEBRUARY, "to": None, "suitability": "unsuitable"},
    ]  # fmt: skip
    assert places(amelia, FEBRUARY - A_DAY, FEBRUARY, TODAY) == [
        Place.HOME_EDUCATED, Place.MISSING_EDUCATION, Place.MISSING_EDUCATION,
    ]  # fmt: skip


def test_the_three_judged_on_three_days_are_not_assessed_until_the_last(
    amelia: Child, at_home: HomeEducation, judge: Judge
) -> None:
    judge(at_home, EFFICIENT, on=FEBRUARY)
    judge(at_home, FULL_TIME, on=FEBRUARY + A_DAY)
    judge(at_home, SUITABLE, on=FEBRUARY + 2 * A_DAY)

    cut = [(span["from"], span["to"], span["suitability"]) for span in queries.spans(amelia.pk)]

    assert cut == [
        (JANUARY, FEBRUARY - A_DAY, "suitable"),
        (FEBRUARY, FEBRUARY + A_DAY, "not_assessed"),
        (FEBRUARY + 2 * A_DAY, None, "suitable"),
    ]


def test_a_span_is_not_cut_where_the_answer_stays(
    amelia: Child, at_home: HomeEducation, judge: Judge
) -> None:
    judge(at_home, EFFICIENT, FULL_TIME, SUITABLE)
    judge(at_home, EFFICIENT, on=TODAY)

    assert [span["from"] for span in queries.spans(amelia.pk)] == [JANUARY]


def test_judged_on_its_first_day_an_education_is_never_as_it_was_recorded(
    amelia: Child, at_home: HomeEducation, judge: Judge
) -> None:
    judge(at_home, TOO_SHORT, on=JANUARY)

    [span] = queries.spans(amelia.pk)
    assert span["suitability"] == "unsuitable"


@pytest.mark.parametrize(
    ("verdicts", "suitable", "place"),
    [
        ((EFFICIENT, FULL_TIME, SUITABLE), True, Place.ALTERNATIVE_PROVISION),
        ((EFFICIENT, TOO_SHORT), False, Place.MISSING_EDUCATION),
        ((EFFICIENT, FULL_TIME), None, Place.MISSING_EDUCATION),
    ],
)
def test_provision_counts_only_once_all_three_are_met(
    amelia: Child, tuition: Provision, judge: Judge,
    verdicts: tuple[Verdict, ...], suitable: bool | None, place: Place,
) -> None:  # fmt: skip
    judge(tuition, *verdicts)

    assert queries.spans(amelia.pk)[-1]["suitable"] is suitable
    assert places(amelia, JANUARY, TODAY) == [Place.ALTERNATIVE_PROVISION, place]


def test_education_under_a_plan_counts_whatever_is_judged_of_it(
    amelia: Child, alice: Actor, judge: Judge
) -> None:
    eotas = actions.record_provision(child=amelia, what="eotas", starts_on=JANUARY, by=alice)

    judge(eotas, TOO_SHORT)

    assert all("suitable" not in span for span in queries.spans(amelia.pk))
    assert places(amelia, TODAY) == [Place.EOTAS]


def test_a_judgement_of_one_education_says_nothing_of_another(
    amelia: Child, at_home: HomeEducation, tuition: Provision, alice: Actor, judge: Judge
) -> None:
    other = actions.record_provision(
        child=amelia, what="private_tuition", provider="Other Tutors", starts_on=JANUARY, by=alice
    )

    judge(tuition, TOO_SHORT)

    found = [*queries.home_education_of(amelia.pk), *queries.provision_of(amelia.pk, on=TODAY)]
    answers = {stretch.fact: stretch.suitability for stretch in found}
    assert answers == {at_home: "suitable", other: "suitable", tuition: "unsuitable"}


def test_education_that_begins_again_is_not_judged_yet(
    amelia: Child, at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    judge(at_home, TOO_SHORT)
    actions.end(fact=at_home, on=date(2026, 2, 20), by=alice)

    again = actions.record_home_education(child=amelia, starts_on=date(2026, 3, 2), by=alice)

    assert queries.judgements_of(again, by=alice) == []
    assert places(amelia, date(2026, 2, 20), TODAY) == [
        Place.MISSING_EDUCATION, Place.HOME_EDUCATED,
    ]  # fmt: skip


def test_what_was_known_then_is_answered_without_what_was_judged_since(
    amelia: Child, alice: Actor
) -> None:
    known_at = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 3, 4)]
    HomeEducation.objects.create(
        child=amelia, starts_on=JANUARY, suitability="suitable", recorded_at=known_at[0]
    )
    wrong = Judgement.objects.create(
        child=amelia, what="home_education", criterion="full_time", is_met=False, judged_by="E. V.",
        reasons="Few hours", starts_on=FEBRUARY, ends_on=FEBRUARY, recorded_at=known_at[1],
        superseded_at=known_at[2],
    )  # fmt: skip
    Judgement.objects.create(
        child=amelia, what="home_education", criterion="full_time", is_met=True, judged_by="E. V.",
        starts_on=FEBRUARY, ends_on=FEBRUARY, recorded_at=wrong.superseded_at,
    )  # fmt: skip
    a_minute = timedelta(minutes=1)

    believed = [
        queries.spans(amelia.pk, known_at=at + a_minute)[-1]["suitability"] for at in known_at
    ]
    then = [standing(amelia, FEBRUARY, at + a_minute).place for at in known_at[:2]]

    assert believed == ["suitable", "unsuitable", "not_assessed"]
    assert queries.spans(amelia.pk)[-1]["suitability"] == "not_assessed"
    assert then == [Place.HOME_EDUCATED, Place.MISSING_EDUCATION]


def test_who_may_be_missing_for_a_judgement_is_left_to_the_law(
    child_of: Callable[..., Child], alice: Actor, judge: Judge
) -> None:
    wanting, fine, judged, plain = (child_of(name) for name in ("Ada", "Ben", "Cas", "Dot"))
    for child, verdicts in {wanting: (TOO_SHORT,), fine: (EFFICIENT,)}.items():
        judge(actions.record_home_education(child=child, starts_on=JANUARY, by=alice), *verdicts)
    for child in (judged, plain):
        actions.record_provision(
            child=child, what="section_19", provider="A", starts_on=JANUARY, by=alice
        )
    judge(queries.provision_of(judged.pk)[0].fact, EFFICIENT)

    kept = {pk for found in queries.educated_otherwise(TODAY) for pk in found.values_list(
        "child", flat=True)}  # fmt: skip

    assert kept == {fine.pk, plain.pk}
