"""Three judgements, each dated, and what they come to on a day."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from onroll.statute.reasons import Bearing
from onroll.statute.sources import Confidence
from onroll.statute.spans import Outcome
from onroll.statute.suitability import Aspect, Criterion, Finding, Judgement, suitability_on

MARCH, JUNE, SEPTEMBER = date(2026, 3, 5), date(2026, 6, 4), date(2026, 9, 3)
BEFORE = MARCH - timedelta(days=1)
NAMES = {"e": Criterion.EFFICIENT, "f": Criterion.FULL_TIME, "s": Criterion.SUITABLE}


def judged(said: str, on: date) -> Judgement:
    """A judgement written short: "e+" is efficient and met, "s-" suitable and not met."""
    return Judgement(criterion=NAMES[said[0]], judged_on=on, is_met=said[1] == "+", by="alice")


# What was judged in March, in June and in September, and what that comes to on each of those days.
CASES = [
    ("", "", "", "not_assessed not_assessed not_assessed"),
    ("e+ f+ s+", "", "", "suitable suitable suitable"),
    ("e- f- s-", "", "", "unsuitable unsuitable unsuitable"),
    ("e+ f+ s-", "", "", "unsuitable unsuitable unsuitable"),
    ("e+ f+ s-", "s+", "", "unsuitable suitable suitable"),
    ("e+ f+ s+", "f-", "", "suitable unsuitable unsuitable"),
    ("e+ f+ s+", "f-", "f+", "suitable unsuitable suitable"),
    ("e+", "f+", "s+", "not_assessed not_assessed suitable"),
    ("e+", "f+", "s-", "not_assessed not_assessed unsuitable"),
    ("e-", "", "", "unsuitable unsuitable unsuitable"),
    ("e-", "f+ s+", "", "unsuitable unsuitable unsuitable"),
    ("e-", "f+ s+", "e+", "unsuitable unsuitable suitable"),
    ("e-", "e+", "", "unsuitable not_assessed not_assessed"),
    ("f+ s+", "", "", "not_assessed not_assessed not_assessed"),
    ("", "", "e+ f+ s+", "not_assessed not_assessed suitable"),
    ("", "", "s-", "not_assessed not_assessed unsuitable"),
    ("e+ e- f+ s+", "", "", "unsuitable unsuitable unsuitable"),
    ("e- e+ f+ s+", "", "", "suitable suitable suitable"),
]


@pytest.mark.parametrize(("march", "june", "september", "outcomes"), CASES)
def test_the_latest_judgement_of_each_criterion_decides(
    march: str, june: str, september: str, outcomes: str
) -> None:
    judgements = [
        judged(one, on)
        for said, on in ((march, MARCH), (june, JUNE), (september, SEPTEMBER))
        for one in said.split()
    ]

    found = [suitability_on(judgements, on).outcome.value for on in (MARCH, JUNE, SEPTEMBER)]

    assert " ".join(found) == outcomes
    assert suitability_on(judgements, BEFORE).outcome is Outcome.NOT_ASSESSED


def test_the_order_in_which_judgements_are_given_does_not_matter_across_days() -> None:
    judgements = [judged("e+", MARCH), judged("f+", MARCH), judged("s-", MARCH), judged("s+", JUNE)]

    found = {suitability_on(order, JUNE).outcome for order in permutations(judgements)}

    assert found == {Outcome.SUITABLE}


def test_each_criterion_has_a_reason_and_those_that_decide_come_first() -> None:
    found = suitability_on([judged("e+", MARCH), judged("s-", JUNE)], JUNE)

    assert found.outcome is Outcome.UNSUITABLE
    assert [(r.criterion, r.bearing) for r in found.why] == [
        ("suitable", Bearing.DECIDES),
        ("efficient", Bearing.BESIDE),
        ("full_time", Bearing.BESIDE),
    ]
    assert found.missing == (Criterion.FULL_TIME,)
    assert [judgement.criterion for judgement in found.decided_by] == [
        Criterion.EFFICIENT,
        Criterion.SUITABLE,
    ]


def test_a_reason_says_who_judged_when_and_why_and_cites_the_acts() -> None:
    judgement = Judgement(
        criterion=Criterion.FULL_TIME,
        judged_on=MARCH,
        is_met=False,
        by="alice",
        reasons="About six hours a week.",
    )

    reason = suitability_on([judgement], MARCH).why[0]

    assert reason.says == (
        "Full-time: not met, judged on 5 March 2026 by alice: About six hours a week."
    )
    assert reason.cites == "Education Act 1996 s.7; s.436A"
    assert reason.confidence is Confidence.VERIFIED


def test_what_has_not_been_judged_decides_only_where_nothing_was_found_wanting() -> None:
    found = suitability_on([judged("e+", MARCH)], MARCH)

    assert found.outcome is Outcome.NOT_ASSESSED
    assert [(r.says, r.bearing, r.confidence) for r in found.why[:2]] == [
        ("Full-time: not judged by that day.", Bearing.DECIDES, Confidence.DERIVED),
        ("Suitable: not judged by that day.", Bearing.DECIDES, Confidence.DERIVED),
    ]
    assert found.why[2].bearing is Bearing.BESIDE


def test_all_three_decide_where_all_are_met() -> None:
    found = suitability_on([judged("e+", MARCH), judged("f+", MARCH), judged("s+", MARCH)], JUNE)

    assert {reason.bearing for reason in found.why} == {Bearing.DECIDES}
    assert found.on == JUNE


def suitable(*findings: tuple[Aspect, bool], is_met: bool) -> Judgement:
    return Judgement(
        criterion=Criterion.SUITABLE,
        judged_on=MARCH,
        is_met=is_met,
        by="alice",
        aspects=tuple(Finding(aspect, met) for aspect, met in findings),
    )


def test_the_aspects_that_were_found_wanting_are_named() -> None:
    judgement = suitable(
        (Aspect.AGE, True), (Aspect.APTITUDE, False), (Aspect.NEEDS, False), is_met=False
    )

    assert judgement.unmet == ("aptitude", "special educational needs")
    assert judgement.says == (
        "Suitable: not met (not suitable to aptitude and special educational needs), "
        "judged on 5 March 2026 by alice."
    )


def test_suitable_can_be_judged_not_met_on_part_of_the_aspects_alone() -> None:
    judgement = suitable((Aspect.AGE, True), is_met=False)

    assert judgement.unmet == ()
    assert suitable(*((aspect, True) for aspect in Aspect), is_met=True).is_met


@pytest.mark.parametrize(
    ("findings", "is_met", "says"),
    [
        ([(Aspect.ABILITY, False)], True, "Not suitable to ability, so the criterion is not met"),
        ([(aspect, True) for aspect in Aspect], False, "Suitable in every aspect"),
        ([(Aspect.AGE, True), (Aspect.AGE, True)], True, "An aspect is there twice"),
    ],
)
def test_a_judgement_that_contradicts_its_findings_is_refused(
    findings: list[tuple[Aspect, bool]], is_met: bool, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        suitable(*findings, is_met=is_met)


def test_only_the_third_criterion_has_aspects() -> None:
    with pytest.raises(ValueError, match="Full-time is judged whole"):
        Judgement(
            criterion=Criterion.FULL_TIME,
            judged_on=MARCH,
            is_met=True,
            by="alice",
            aspects=(Finding(Aspect.AGE, True),),
        )
