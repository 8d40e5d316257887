"""The ledger of enquiries: what is asked, by when, what came, and what was put right."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.casework.models import Case
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.kind import CME
from onroll.office.cme.models import Enquiry
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from tests.casework.conftest import TODAY

Sign = Callable[[Actor], Client]


@pytest.fixture
def asked(case: Case, alice: Actor) -> Enquiry:
    return actions.ask(
        case=case, template=queries.template_for("receiving_school_abroad"), by=alice,
        on=date(2026, 2, 9),
    )  # fmt: skip


@pytest.fixture
def answered(asked: Enquiry, alice: Actor) -> Enquiry:
    return actions.answer(
        enquiry=asked, result="located", strength="independent", country="Poland",
        account="The school in Gdansk has the child.", by=alice, on=date(2026, 2, 16),
    )  # fmt: skip


def test_an_enquiry_takes_its_lawful_basis_and_the_day_of_its_answer_from_the_template(
    case: Case, alice: Actor
) -> None:
    template = queries.template_for("home_visit")

    made = actions.ask(case=case, template=template, by=alice, on=TODAY)

    assert template.lawful_basis
    assert made.lawful_basis == template.lawful_basis
    assert made.asked_of == template.asked_of
    assert made.expected_by == TODAY + timedelta(days=template.days_to_answer)
    assert (made.asked_by_id, made.result, made.answered_on) == (alice.pk, "", None)


def test_what_is_given_stands_before_what_the_template_says(case: Case, alice: Actor) -> None:
    made = actions.ask(
        case=case, template=queries.template_for("home_visit"), by=alice, on=TODAY,
        asked_of="The grandmother", lawful_basis="Consent", expected_by=TODAY,
    )  # fmt: skip

    assert (made.asked_of, made.lawful_basis, made.expected_by) == (
        "The grandmother", "Consent", TODAY,
    )  # fmt: skip


def test_an_answer_is_not_expected_before_the_question(case: Case, alice: Actor) -> None:
    with pytest.raises(Faulty, match="before the enquiry is made"):
        actions.ask(
            case=case, template=queries.template_for("home_visit"), by=alice, on=TODAY,
            expected_by=TODAY - timedelta(days=1),
        )  # fmt: skip


def test_an_answer_says_what_came_how_strong_it_is_and_who_wrote_it_down(
    answered: Enquiry, alice: Actor
) -> None:
    assert (answered.result, answered.strength) == ("located", "independent")
    assert (answered.answered_on, answered.answered_by_id) == (date(2026, 2, 16), alice.pk)
    assert not policy._left_country(answered.case, queries.record_of(answered.case), TODAY)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"result": ""}, "Choose what the enquiry brought"),
        ({"result": "located"}, "how strong"),
        ({"result": "not_known", "on": date(2026, 2, 8)}, "before the enquiry was made"),
    ],
)
def test_an_impossible_answer_is_refused(
    given: dict[str, object], says: str, asked: Enquiry, alice: Actor
) -> None:
    with pytest.raises(Faulty, match=says):
        actions.answer(enquiry=asked, by=alice, **{"on": TODAY, **given})  # type: ignore[arg-type]


def test_an_answer_is_never_overwritten(answered: Enquiry, alice: Actor) -> None:
    with pytest.raises(Faulty, match="Correct it"):
        actions.answer(enquiry=answered, result="refused", account="No", by=alice, on=TODAY)

    answered.refresh_from_db()
    assert (answered.result, answered.account) == ("located", "The school in Gdansk has the child.")


def test_a_colleagues_answer_meanwhile_is_shown_beside_ones_own(
    asked: Enquiry, answered: Enquiry, alice: Actor
) -> None:
    with pytest.raises(Stale) as stale:
        actions.answer(enquiry=asked, result="refused", account="No", by=alice, on=TODAY, version=1)

    assert ("Result", "Child located", "Would not say") in stale.value.compared


def test_a_correction_stands_beside_the_answer_and_counts_in_its_place(
    answered: Enquiry, alice: Actor
) -> None:
    case = answered.case

    correction = actions.correct(
        enquiry=answered, result="not_known", account="It was another child.", by=alice, on=TODAY
    )

    answered.refresh_from_db()
    assert answered.account == "The school in Gdansk has the child."
    assert correction.corrects_id == answered.pk
    assert queries.enquiries(case) == [answered, correction]
    assert queries.what_stands(queries.enquiries(case)) == [correction]
    assert not queries.located(case).exists()
    assert policy._left_country(case, queries.record_of(case), TODAY)
    assert Event.objects.filter(verb="cme.corrected", data__corrects=answered.pk).exists()
    told = [entry.title for entry in CME.entries(case, alice)]
    assert sum(title.startswith("Enquiry:") for title in told) == 1
    assert "Correction of an answer: Not known to them" in told


def test_a_corrected_answer_is_not_the_evidence_of_a_conclusion(
    answered: Enquiry, alice: Actor
) -> None:
    actions.correct(
        enquiry=answered, result="lead", strength="hearsay", account="A cousin said it.",
        by=alice, on=TODAY,
    )  # fmt: skip

    with pytest.raises(Faulty, match="corrected"):
        actions.conclude(
            case=answered.case, conclusion="abroad", strength="confirmed", country="Poland",
            evidence="", enquiry=answered, by=alice, on=TODAY,
        )  # fmt: skip


def test_a_correction_is_corrected_and_never_the_same_answer_twice(
    answered: Enquiry, alice: Actor
) -> None:
    first = actions.correct(
        enquiry=answered, result="not_known", account="Another child", by=alice, on=TODAY
    )
    with pytest.raises(Stale):
        actions.correct(enquiry=answered, result="refused", account="No", by=alice, on=TODAY)

    second = actions.correct(enquiry=first, result="refused", account="No", by=alice, on=TODAY)

    assert queries.enquiries(answered.case) == [answered, first, second]


def test_what_is_not_answered_cannot_be_corrected(asked: Enquiry, alice: Actor) -> None:
    with pytest.raises(Faulty, match="not answered yet"):
        actions.correct(enquiry=asked, result="refused", account="No", by=alice, on=TODAY)


def test_a_correction_says_what_was_wrong(answered: Enquiry, alice: Actor) -> None:
    with pytest.raises(Faulty, match="what was wrong"):
        actions.correct(enquiry=answered, result="refused", by=alice, on=TODAY)


def test_an_enquiry_waiting_past_its_day_is_overdue_in_the_work(
    asked: Enquiry, alice: Actor, as_: Sign
) -> None:
    assert asked.expected_by is not None
    after = asked.expected_by + timedelta(days=1)

    (item,) = [i for i in CME.work(Case.objects.all(), after) if i.section == "waiting"]

    assert (item.case, item.due_on) == (asked.case, asked.expected_by)
    assert item.due_on < after
    ledger = as_(alice).get(reverse("cme:enquiries", args=[asked.case.ref])).content.decode()
    assert "Overdue" in ledger


def test_an_enquiry_waits_no_more_once_it_is_answered(answered: Enquiry) -> None:
    assert not [i for i in CME.work(Case.objects.all(), TODAY) if i.section == "waiting"]


def test_an_enquiry_that_the_school_made_is_not_the_authoritys_first_action(
    case: Case, alice: Actor
) -> None:
    template = queries.template_for("siblings_schools")
    made = actions.ask(case=case, template=template, made_by_school=True, by=alice, on=TODAY)

    assert made.made_by_school
    assert queries.told_of_many([case])[case.pk].first_asked_on is None
    assert template not in queries.not_yet_made(case)
    (entry,) = [e for e in CME.entries(case, alice) if e.title.startswith("Enquiry:")]
    assert entry.by == "the school"


def test_alice_corrects_an_answer_on_the_ledger_and_sees_both(
    answered: Enquiry, alice: Actor, as_: Sign
) -> None:
    client = as_(alice)
    case = answered.case
    at = reverse("cme:correct", args=[case.ref, answered.pk])
    assert client.get(reverse("cme:answer", args=[case.ref, answered.pk])).url == at
    assert b"The school in Gdansk" in client.get(at).content

    sent = client.post(
        at,
        {
            "on_day": 16, "on_month": 2, "on_year": 2026, "result": "not_known",
            "strength": "none", "account": "It was another child.",
        },
    )  # fmt: skip

    assert sent.status_code == 302
    ledger = client.get(reverse("cme:enquiries", args=[case.ref])).content.decode()
    for said in ("The school in Gdansk has the child.", "It was another child.",
                 "Correction of the answer above", "Corrected below"):  # fmt: skip
        assert said in ledger, said
    assert at not in ledger


@pytest.mark.parametrize("who", ["bob", "mallory"])
def test_nobody_else_sees_the_ledger_or_writes_in_it(
    who: str, answered: Enquiry, as_: Sign, request: pytest.FixtureRequest
) -> None:
    client = as_(request.getfixturevalue(who))
    case = answered.case
    of_one = [case.ref, answered.pk]

    for name, args in (("enquiries", [case.ref]), ("ask", [case.ref]), ("answer", of_one),
                       ("correct", of_one), ("joint_enquiry", [case.ref]),
                       ("whereabouts", [case.ref])):  # fmt: skip
        at = reverse(f"cme:{name}", args=args)
        assert client.get(at).status_code in (403, 404), name
        assert client.post(at, {"account": "No"}).status_code in (403, 404, 405), name
    assert Enquiry.objects.count() == 1


def test_bob_may_not_correct(answered: Enquiry, bob: Actor) -> None:
    with pytest.raises(Refused):
        actions.correct(enquiry=answered, result="refused", account="No", by=bob, on=TODAY)
