"""Judging an education: what is refused, what is kept, corrected, withdrawn, told and hidden."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onroll.office.casework.queries.chronology import chronology
from onroll.office.journal.models import Event
from onroll.office.journal.verbs import told
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale, Unknown
from onroll.office.kernel.facts import TransactionNow
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.provision import actions, queries
from onroll.office.provision.models import HomeEducation, Judgement, Provision
from onroll.office.provision.queries import Verdict
from onroll.statute.reasons import Place
from onroll.statute.suitability import Aspect, Criterion
from tests import actors
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


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"on": JANUARY - A_DAY}, "judged_on", "began on 5 January 2026"),
        ({"on": TODAY + A_DAY}, "judged_on", "today or in the past"),
        ({"judged_by": ""}, "judged_by", "who judged it"),
    ],
)
def test_a_judgement_is_of_a_day_of_the_education_and_of_somebody(
    at_home: HomeEducation, judge: Judge, given: Mapping[str, Any], field: str, says: str
) -> None:
    with pytest.raises(Faulty, match=says) as refused:
        judge(at_home, EFFICIENT, **given)

    assert [name for name, _ in refused.value.faults] == [field]
    assert not Judgement.objects.exists()


def test_what_has_ended_is_judged_on_a_day_before_its_end(
    at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    ended = actions.end(fact=at_home, on=FEBRUARY, by=alice)

    with pytest.raises(Faulty, match="ended on 10 February 2026"):
        judge(ended, EFFICIENT, on=FEBRUARY + A_DAY)
    judge(ended, EFFICIENT, on=FEBRUARY)


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (Verdict(criterion=Criterion.EFFICIENT, is_met=False, reasons=" "), "write why"),
        (
            Verdict(criterion=Criterion.SUITABLE, is_met=True, aspects={Aspect.AGE: False}),
            "Not met for age",
        ),
        (
            Verdict(
                criterion=Criterion.SUITABLE, is_met=False, reasons="x",
                aspects=dict.fromkeys(Aspect, True),
            ),
            "Met for every aspect",
        ),
        (
            Verdict(criterion=Criterion.EFFICIENT, is_met=True, aspects={Aspect.AGE: True}),
            "judged by aspects",
        ),
    ],
)  # fmt: skip
def test_a_verdict_that_cannot_be_is_refused(
    at_home: HomeEducation, judge: Judge, verdict: Verdict, says: str
) -> None:
    with pytest.raises(Faulty, match=says):
        judge(at_home, verdict)

    assert not Judgement.objects.exists()


def test_nothing_judged_is_refused(at_home: HomeEducation, judge: Judge) -> None:
    with pytest.raises(Faulty, match="at least one of the three"):
        judge(at_home)


def test_one_criterion_is_judged_once_a_day(at_home: HomeEducation, judge: Judge) -> None:
    judge(at_home, EFFICIENT, FULL_TIME)

    with pytest.raises(Faulty, match="Full-time was judged on 10 February 2026 already"):
        judge(at_home, TOO_SHORT)
    judge(at_home, TOO_SHORT, on=FEBRUARY + A_DAY)

    assert Judgement.objects.count() == 3


IS_WRONG = {
    "a_judgement_is_of_one_day": {"ends_on": None},
    "only_suitable_is_judged_by_aspects": {"is_suited_to_age": True},
    "what_is_met_is_wanting_in_no_aspect": {"criterion": "suitable", "is_suited_to_age": False},
    "what_is_suited_in_every_aspect_is_met": {
        "criterion": "suitable", "is_met": False, "reasons": "x",
        **{f"is_suited_to_{aspect}": True for aspect in Aspect},
    },
    "what_is_not_met_has_reasons": {"is_met": False},
}  # fmt: skip


@pytest.mark.parametrize("constraint", IS_WRONG)
def test_the_database_holds_what_must_be_true_of_a_judgement(
    amelia: Child, constraint: str
) -> None:
    values = {"what": "home_education", "criterion": "efficient", "is_met": True,
              "judged_by": "E. V.", "starts_on": FEBRUARY, "ends_on": FEBRUARY}  # fmt: skip

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Judgement.objects.create(child=amelia, **values | IS_WRONG[constraint])
    Judgement.objects.create(child=amelia, **values)


def test_aspects_are_kept_as_found_wanting_and_not_looked_at(
    at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    verdict = Verdict(
        criterion=Criterion.SUITABLE, is_met=False, reasons="No help with reading",
        aspects={Aspect.AGE: True, Aspect.NEEDS: False},
    )  # fmt: skip

    [row] = judge(at_home, verdict, evidence="Visit of 9 February")

    found = [getattr(row, f"is_suited_to_{aspect}") for aspect in Aspect]
    assert found == [True, None, None, False]
    said = queries.shown(queries.judgements_of(at_home, by=alice)[0])
    assert said.aspects == "Suited to age; not suited to special educational needs"
    assert said.why == (
        "No help with reading. Suited to age; not suited to special educational needs. "
        "Rests on: Visit of 9 February."
    )
    assert said.recorded_by == "Alice"


def test_a_correction_replaces_a_judgement_and_keeps_what_was_believed(
    amelia: Child, at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    [row] = judge(at_home, TOO_SHORT)
    given: dict[str, Any] = {"judged_by": "Ellen Varley", "by": alice, "on": TODAY}

    with pytest.raises(Faulty, match="began on 5 January"):
        actions.correct_judgement(
            judgement=row, verdict=FULL_TIME, judged_on=JANUARY - A_DAY, **given
        )
    corrected = actions.correct_judgement(
        judgement=row, verdict=FULL_TIME, judged_on=FEBRUARY + A_DAY, **given
    )
    with pytest.raises(Stale):
        actions.correct_judgement(judgement=row, verdict=TOO_SHORT, judged_on=FEBRUARY, **given)

    assert (corrected.is_met, corrected.reasons) == (True, "")
    assert corrected.judged_on == FEBRUARY + A_DAY
    assert Judgement.objects.count() == 2
    assert [span["suitability"] for span in queries.spans(amelia.pk)] == [
        "suitable", "not_assessed",
    ]  # fmt: skip
    event = Event.objects.filter(verb="provision.judgement_corrected").get()
    assert told(event.verb, event.data) == (
        "corrected what was judged of home education: full time (is met, judged on, reasons)"
    )


def test_a_correction_to_a_day_on_which_it_was_judged_is_told_in_plain_words(
    at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    judge(at_home, FULL_TIME, on=JANUARY)
    [row] = judge(at_home, TOO_SHORT)

    with pytest.raises(Faulty, match="judged on that day already"):
        actions.correct_judgement(
            judgement=row, verdict=TOO_SHORT, judged_on=JANUARY, judged_by="E. V.", by=alice,
            on=TODAY,
        )  # fmt: skip


def test_a_judgement_withdrawn_leaves_the_one_before_it(
    amelia: Child, at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    judge(at_home, EFFICIENT, FULL_TIME, SUITABLE)
    [row] = judge(at_home, TOO_SHORT, on=TODAY)

    actions.withdraw_judgement(judgement=row, by=alice)

    assert places(amelia, TODAY) == [Place.HOME_EDUCATED]
    assert Judgement.objects.count() == 4


def test_judgements_follow_an_education_whose_provider_is_corrected(
    amelia: Child, tuition: Provision, alice: Actor, judge: Judge
) -> None:
    judge(tuition, TOO_SHORT)

    corrected = actions.correct(fact=tuition, provider="Example Tutors Ltd", by=alice)

    [row] = queries.judgements_of(corrected, by=alice)
    assert row.provider == "Example Tutors Ltd"
    assert queries.spans(amelia.pk)[-1]["suitable"] is False


def test_an_education_keeps_the_days_on_which_it_was_judged(
    at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    judge(at_home, EFFICIENT)

    with pytest.raises(Faulty, match="judged before that, on 10 February 2026"):
        actions.correct(fact=at_home, starts_on=FEBRUARY + A_DAY, by=alice)
    with pytest.raises(Faulty, match="judged after that, on 10 February 2026") as refused:
        actions.end(fact=at_home, on=FEBRUARY - A_DAY, by=alice)

    assert [field for field, _ in refused.value.faults] == ["on"]
    actions.correct(fact=at_home, starts_on=FEBRUARY, by=alice)


def test_an_education_withdrawn_takes_its_judgements_with_it(
    amelia: Child, at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    judge(at_home, EFFICIENT, TOO_SHORT)

    actions.withdraw(fact=at_home, by=alice)

    assert not Judgement.objects.as_known().exists()
    assert Event.objects.filter(verb="provision.judgement_withdrawn").count() == 2


def test_what_a_load_made_is_not_taken_back_once_it_is_judged(
    amelia: Child, alice: Actor, judge: Judge
) -> None:
    rows = [{"child_id": amelia.pk, "starts_on": JANUARY, "recorded_at": TransactionNow()}]
    made = {"provision.HomeEducation": actions.load(HomeEducation, rows, by=PROGRAM)}
    [row] = judge(HomeEducation.objects.get(), EFFICIENT)

    with pytest.raises(Refused, match="was judged since"):
        actions.unload(made=made, by=PROGRAM)
    actions.withdraw_judgement(judgement=row, by=alice)
    actions.unload(made=made, by=PROGRAM)

    assert not HomeEducation.objects.exists()


def test_an_act_of_judging_leaves_one_event_without_a_word_of_the_reasons(
    at_home: HomeEducation, judge: Judge
) -> None:
    judge(at_home, EFFICIENT, TOO_SHORT)

    event = Event.objects.filter(verb="provision.judged").get()
    assert event.children == [at_home.child_id]
    assert told(event.verb, event.data) == (
        "judged home education on 10 February 2026: efficient, full time"
    )
    assert "hour" not in str(event.data)


def test_the_chronology_has_an_entry_for_each_judgement(
    amelia: Child, at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    judge(at_home, EFFICIENT, TOO_SHORT)

    entries = [e for e in chronology(amelia, by=alice) if e.title.startswith("Education judged")]

    assert [(e.on, e.title, e.by) for e in entries] == [
        (FEBRUARY, "Education judged: efficient, met", "Ellen Varley"),
        (FEBRUARY, "Education judged: full-time, not met", "Ellen Varley"),
    ]
    assert entries[1].detail == "Home education. An hour on two days of the week."


def test_a_sealed_childs_judgements_are_read_by_the_cleared_alone_and_count_for_the_law(
    amelia: Child, at_home: HomeEducation, alice: Actor, judge: Judge
) -> None:
    [row] = judge(at_home, EFFICIENT)
    carol = actors.carol()
    people.seal(child=amelia, reason="Refuge", by=actors.dave(), on=TODAY)
    [sealed] = queries.judgements_of(at_home, by=carol)

    judge(at_home, TOO_SHORT, on=TODAY, by=carol)

    assert not Judgement.objects.exists()
    assert sealed.pk == row.pk
    assert queries.judgements_of(at_home, by=alice) == []
    assert places(amelia, TODAY) == [Place.MISSING_EDUCATION]
    assert not any("judged" in e.title for e in chronology(amelia, by=alice))
    with pytest.raises(Unknown):
        queries.judgement_for(alice, row.pk)
    with pytest.raises(Faulty, match="already"):
        judge(at_home, TOO_SHORT, on=TODAY, by=carol)


def test_who_may_not_change_records_may_not_judge(at_home: HomeEducation, judge: Judge) -> None:
    [row] = judge(at_home, EFFICIENT)
    for stranger in (actors.bob(), actors.dave()):
        with pytest.raises(Refused):
            judge(at_home, FULL_TIME, by=stranger)
        with pytest.raises(Refused):
            actions.withdraw_judgement(judgement=row, by=stranger)
