"""The table of risk factors: the authority changes it, the past keeps what it was scored by."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.casework.actions import factors, oversight, triage
from onroll.office.casework.models import Case, Referral, RiskFactor
from onroll.office.casework.queries import risk
from onroll.office.casework.queries.factors import concern_kinds, table_on, versions
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from tests import actors
from tests.casework.referral_answers import SAFE, TODAY, refer

TOMORROW = TODAY + timedelta(days=1)


def factor(key: str) -> RiskFactor:
    return versions(key)[0]


def weight_of(referral: Referral, key: str) -> int | None:
    referral.refresh_from_db()
    return {line["factor"]: line["weight"] for line in referral.risk_working}.get(key)


def test_a_changed_weight_counts_from_its_day_and_the_day_before_keeps_the_old_rule(
    carol: Actor,
) -> None:
    before = table_on(TODAY)

    factors.change_factor(factor=factor("da"), weight=11, by=carol, on=TOMORROW)

    def weight(found: object) -> int:
        return {f.key: f.weight for f in found.factors}["da"]  # type: ignore[attr-defined]

    assert (weight(table_on(TODAY)), weight(table_on(TOMORROW))) == (8, 11)
    assert table_on(TODAY).rule == before.rule != table_on(TOMORROW).rule
    assert next((v.weight, v.starts_on) for v in versions("da")) == (11, TOMORROW)


def test_waiting_referrals_are_scored_anew_and_a_decided_one_keeps_its_rule(
    carol: Actor, alice: Actor
) -> None:
    waiting = refer(factors=("da",))
    decided = refer(factors=("da",), given_names="Mina", postcode="")
    triage.no_action(
        referral=decided, reason="Is in school.", safeguarding=SAFE, version=decided.version,
        by=alice, on=TODAY,
    )  # fmt: skip
    old = waiting.risk_rule

    factors.change_factor(factor=factor("da"), weight=30, by=carol, on=TODAY)

    assert (weight_of(waiting, "da"), weight_of(decided, "da")) == (30, 8)
    assert waiting.risk_rule != old == decided.risk_rule
    assert waiting.risk_rule == risk.rule_version(risk.factors_on(TODAY))
    rescored = Event.objects.get(verb="referrals.rescored")
    assert rescored.data["after"] == rescored.data["before"] + 22
    assert rescored.subject == f"casework.Referral:{waiting.pk}"
    changed = Event.objects.get(verb="risk.factor_changed").data
    assert (changed["weight_before"], changed["weight"]) == (8, 30)
    assert changed["rule"] == waiting.risk_rule


def test_a_new_factor_is_asked_on_forms_and_one_taken_out_counts_no_more_until_restored(
    carol: Actor,
) -> None:
    added = factors.add_factor(
        title="Lives on a boat", weight=2, is_concern=True, by=carol, on=TODAY
    )
    assert added in risk.asked_on(TODAY)
    assert added in concern_kinds(TODAY)
    waiting = refer(factors=(added.key, "health"))
    assert weight_of(waiting, "lives_on_a_boat") == 2

    factors.retire_factor(factor=factor("health"), by=carol, on=TOMORROW)
    assert "health" not in {f.key for f in risk.asked_on(TOMORROW)}
    assert "health" in {f.key for f in risk.asked_on(TODAY)}
    assert weight_of(waiting, "health") is None
    assert [f.key for f in table_on(TOMORROW).retired] == ["health"]

    factors.restore_factor(factor=factor("health"), by=carol, on=TOMORROW)
    assert weight_of(waiting, "health") == 3
    assert table_on(TOMORROW).retired == []


def test_significant_harm_cannot_be_taken_out_nor_stand_anywhere_but_first(carol: Actor) -> None:
    with pytest.raises(Refused, match="always stands first"):
        factors.retire_factor(factor=factor("significant_harm"), by=carol, on=TODAY)

    factors.change_factor(
        factor=factor("significant_harm"), weight=25, is_harm=False, by=carol, on=TODAY
    )

    assert factor("significant_harm").is_harm


def test_whoever_changes_what_a_colleague_has_changed_is_told_so(carol: Actor) -> None:
    seen = factor("da")
    factors.change_factor(factor=seen, weight=9, by=carol, on=TODAY)

    with pytest.raises(Stale):
        factors.change_factor(factor=seen, weight=12, by=carol, on=TODAY)

    assert factor("da").weight == 9


def test_an_officer_sees_the_table_and_only_those_who_give_out_work_change_it(
    alice: Actor, db: None
) -> None:
    for nobody in (alice, actors.person("Ada", "administrator")):
        with pytest.raises(Refused):
            factors.change_factor(factor=factor("da"), weight=9, by=nobody, on=TODAY)


@pytest.mark.parametrize("given", [{"weight": 100}, {"weight": -1}, {"title": " "}, {"weight": 8}])
def test_a_weight_out_of_range_no_title_and_no_change_are_refused(
    carol: Actor, given: dict[str, object]
) -> None:
    with pytest.raises(Faulty):
        factors.change_factor(factor=factor("da"), by=carol, on=TODAY, **given)


def test_a_concern_is_raised_under_kinds_of_concern_alone(case: Case, alice: Actor) -> None:
    offered = {kind.key for kind in concern_kinds(TODAY)}

    assert "fgm" in offered
    assert not offered & {"aged_under_8", "underachievement", "whereabouts_unknown", "cla"}
    with pytest.raises(Faulty, match="Under 8 years old"):
        oversight.concern(
            case=case, factor=factor("aged_under_8"), account="Small", by=alice, on=TODAY
        )


def test_a_concern_keeps_the_words_under_which_it_was_raised(
    case: Case, alice: Actor, carol: Actor
) -> None:
    raised = oversight.concern(
        case=case, factor=factor("unsafe"), account="Told of", by=alice, on=TODAY
    )

    factors.change_factor(factor=factor("unsafe"), title="Not safe", by=carol, on=TOMORROW)

    raised.refresh_from_db()
    assert str(raised.factor) == "In an unsafe situation"


def test_the_screens_change_a_weight_and_show_its_past(
    as_: Callable[[Actor], Client], carol: Actor, alice: Actor
) -> None:
    client = as_(carol)
    table = client.get(reverse("casework:risk_factors")).content.decode()
    assert "Domestic abuse" in table
    url = reverse("casework:risk_factor", args=["da"])
    sent = {
        "title": "Domestic abuse", "weight": "14", "applies_when": "At home", "is_harm": "no",
        "is_restricted": "yes", "is_concern": "yes", "version": factor("da").pk,
    }  # fmt: skip

    answer = client.post(url, sent)

    assert answer.status_code == 302
    past = client.get(url).content.decode()
    assert ">14<" in past
    assert ">8<" in past
    earlier = client.get(reverse("casework:risk_factors"), {"on": "1 March 2026"}).content.decode()
    assert "As the table was on 1 March 2026" in earlier
    assert as_(alice).get(url).status_code == 200
    assert as_(alice).post(url, sent).status_code == 403
    assert client.post(url, sent).status_code == 409


def test_the_explanation_of_a_score_leads_to_the_table(
    as_: Callable[[Actor], Client], alice: Actor
) -> None:
    waiting = refer(on=clock.today(), factors=("da",))

    page = as_(alice).get(reverse("casework:referral", args=[waiting.ref])).content.decode()

    assert reverse("casework:risk_factors") in page
