"""Answering for whom a search found: remembered, in bulk, taken back, looked into once."""

import re
from datetime import date, timedelta

import pytest

from onroll.office.casework.actions import triage
from onroll.office.casework.models import Referral
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.linkage.actions import answers, candidates
from onroll.office.linkage.models import Answer, Candidate
from onroll.office.linkage.queries import candidates as queries
from onroll.office.people.actions import add_child
from onroll.office.people.queries import find
from tests import actors
from tests.actors import TODAY
from tests.linkage.found import done, lists, people, person, record

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=20)


@pytest.fixture
def carol() -> Actor:
    carol = actors.carol()
    lists(carol)
    return carol


@pytest.fixture
def alice() -> Actor:
    return actors.alice()


def waiting(actor: Actor) -> list[Candidate]:
    return list(queries.shown_to(actor, {}))


def not_missing(
    by: Actor, found: list[Candidate], reason: str = "independent", note: str = ""
) -> str:
    return str(answers.not_missing(candidates=found, reason=reason, note=note, by=by, on=TODAY))


def accepted(referral: Referral, by: Actor) -> None:
    """Triage takes a referral into a case of a child who is added for it."""
    proof = find(text=f"{referral.given_names} {referral.family_name}", by=by, on=TODAY).proof
    triage.accept(
        referral=referral, version=1, child=None, searched=proof, by=by, on=TODAY,
        safeguarding=triage.Safeguarding("no_concern", "Nothing is known that worries."),
    )  # fmt: skip


def test_whoever_is_answered_for_waits_no_longer_and_is_not_asked_about_again(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(3))
    not_missing(alice, waiting(alice)[:1])

    run = done(carol, people(3), on=LATER)

    assert len(waiting(alice)) == 2
    assert (run.counts["listed"], run.counts["remembered"]) == (2, 1)


def test_a_person_is_known_again_without_the_number_of_the_list(carol: Actor, alice: Actor) -> None:
    done(carol, [person(1)])
    not_missing(alice, waiting(alice))

    done(carol, [person(1, key="births", id="B77")], on=LATER)

    assert waiting(alice) == []


def test_two_children_of_one_name_and_day_at_two_addresses_are_two(
    carol: Actor, alice: Actor
) -> None:
    done(carol, [person(1)])
    not_missing(alice, waiting(alice), "died")

    done(carol, [person(1, id="G900", house="77", postcode="ZZ9 9AA")], on=LATER)

    assert len(waiting(alice)) == 1


def test_a_list_whose_rows_are_numbered_anew_hides_nobody(carol: Actor, alice: Actor) -> None:
    done(carol, [person(1, id="1")])
    not_missing(alice, waiting(alice), "died")

    done(carol, [person(2, id="1")], on=LATER)

    assert len(waiting(alice)) == 1


@pytest.mark.parametrize(
    ("reason", "is_asked_again"),
    [("moved_away", True), ("independent", True), ("died", False), ("known", False)],
)
def test_a_new_address_asks_again_where_the_reason_hangs_on_it(
    carol: Actor, alice: Actor, reason: str, is_asked_again: bool
) -> None:
    done(carol, [person(1)])
    not_missing(alice, waiting(alice), reason)

    done(carol, [person(1, house="9", street="New Road", postcode="ZZ5 5ZZ")], on=LATER)

    found = waiting(alice)
    assert bool(found) is is_asked_again
    assert all(one.before is not None for one in found)


def test_whoever_waits_keeps_their_reference_and_the_day_of_first_being_listed(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(1))
    (before,) = waiting(alice)

    done(carol, people(1), on=LATER)

    (after,) = waiting(alice)
    assert (after.ref, after.listed_on) == (before.ref, TODAY)
    assert after.pk != before.pk


def test_forty_are_answered_for_at_once_and_taken_back_in_one(carol: Actor, alice: Actor) -> None:
    done(carol, people(40, cause="independent_or_cross_border"))
    batch = not_missing(alice, waiting(alice))
    assert waiting(alice) == []

    answers.take_back(answers=queries.batch_for(alice, batch), by=alice, on=TODAY)

    assert len(waiting(alice)) == 40
    assert Answer.objects.filter(superseded_by=alice.pk).count() == 40
    assert [e.data["count"] for e in Event.objects.filter(verb="linkage.not_missing")] == [40]
    assert [e.data["count"] for e in Event.objects.filter(verb="linkage.answers_taken_back")] == [
        40
    ]


def test_nothing_is_recorded_where_a_colleague_answered_for_one_of_them_first(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(5))
    ticked = waiting(alice)
    not_missing(carol, ticked[:1], "moved_away")

    with pytest.raises(Stale):
        not_missing(alice, ticked)

    assert Answer.objects.count() == 1


def test_another_reason_has_to_be_written_down(carol: Actor, alice: Actor) -> None:
    done(carol, people(1))

    with pytest.raises(Faulty, match="Write down the reason"):
        not_missing(alice, waiting(alice), "other", " ")
    with pytest.raises(Faulty, match="Choose why"):
        not_missing(alice, waiting(alice), "gossip")


def test_looking_into_it_opens_a_referral_with_all_that_is_known(
    carol: Actor, alice: Actor
) -> None:
    done(carol, [person(3, record(3, key="births", source="Births", given_name="Danab"))])
    (one,) = waiting(alice)

    answer = answers.look_into(candidate=one, why="A neighbour asked.", by=alice, on=TODAY)

    told = Referral.objects.get()
    assert answer.referral == told
    assert (told.given_names, told.family_name) == ("Danaa", "Dudekson")
    assert told.born_on == date(2012, 4, 21)
    assert (told.address, told.postcode) == ("4 High Street", "ZZ4 4AB")
    assert "no list of who is being educated" in told.reason
    assert told.concerns == "A neighbour asked."
    assert told.taken_by_id == alice.pk
    assert waiting(alice) == []


def test_a_referral_is_made_once_whoever_asks_second(carol: Actor, alice: Actor) -> None:
    done(carol, people(1))
    (one,) = waiting(alice)
    first = answers.look_into(candidate=one, why="", by=alice, on=TODAY)

    second = answers.look_into(candidate=one, why="Me too", by=carol, on=TODAY)

    assert second == first
    assert Referral.objects.count() == 1


def test_a_referral_hands_over_numbers_the_nearest_entry_and_the_standing_of_the_known_child(
    carol: Actor, alice: Actor
) -> None:
    proof = find(text="Ada Dudekson", by=alice, on=TODAY).proof
    known = add_child(
        searched=proof, given_names="Ada", family_name="Dudekson", born_on=date(2012, 4, 21),
        by=alice, on=TODAY,
    )  # fmt: skip
    near = record(4, source="Census", given_name="Adam", upn="Z999200122440")
    loud = record(3, source="Births", given_name="Ada", family_name="DUDEKSON")
    done(carol, [person(3, loud, nearest=near, given_name="Ada", nhs_number="9993259802")])
    (one,) = waiting(alice)

    answers.look_into(candidate=one, why="", by=alice, on=TODAY)

    referral = Referral.objects.get()
    assert (referral.family_name, referral.also_known_as) == ("Dudekson", "")
    told = referral.reason
    assert "GP register (as at 1 February 2026): Ada Dudekson, born 21 April 2012" in told
    assert "NHS number 9993259802" in told
    assert "(20% that it is this child)" in told
    assert "Census (as at 1 February 2026): Adam" in told
    assert "UPN Z999200122440" in told
    assert f"reference {known.ref}, standing on 5 March 2026: Missing education." in told
    assert not re.search(r"\d{4}-\d\d", told)


def test_a_referral_that_was_a_mistake_is_taken_back_while_nobody_has_worked_on_it(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(1))
    (one,) = waiting(alice)
    answer = answers.look_into(candidate=one, why="", by=alice, on=TODAY)
    assert answer.referral is not None
    ref = answer.referral.ref

    answers.take_back(answers=[answer], by=alice, on=TODAY)

    assert not Referral.objects.exists()
    assert waiting(alice) == [one]
    answer.refresh_from_db()
    assert (answer.referral, answer.superseded_by_id) == (None, alice.pk)
    assert Event.objects.get(verb="referrals.withdrawn").data == {"ref": ref}
    assert Event.objects.get(verb="linkage.answers_taken_back").data["reason"] == "look_into"
    assert answers.look_into(candidate=one, why="", by=alice, on=TODAY).referral is not None


def test_a_referral_is_taken_back_by_nobody_else_and_by_nobody_once_it_was_worked_on(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(1))
    answer = answers.look_into(candidate=waiting(alice)[0], why="", by=alice, on=TODAY)

    with pytest.raises(Refused, match="Whoever made the referral"):
        answers.take_back(answers=[answer], by=carol, on=TODAY)

    Referral.objects.update(version=2)
    answer = Answer.objects.get()
    with pytest.raises(Refused, match="worked on"):
        answers.take_back(answers=[answer], by=alice, on=TODAY)
    assert Referral.objects.count() == 1


def test_whoever_is_referred_is_not_listed_again_while_triage_has_not_decided(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(1))
    answers.look_into(candidate=waiting(alice)[0], why="", by=alice, on=TODAY)

    done(carol, people(1), on=LATER)

    assert waiting(alice) == []


def test_a_known_child_with_an_open_case_is_not_offered(carol: Actor, alice: Actor) -> None:
    done(carol, people(1))
    referral = answers.look_into(candidate=waiting(alice)[0], why="", by=alice, on=TODAY).referral
    assert referral is not None
    accepted(referral, carol)
    # A list that has the child elsewhere, by another number: nothing but the child is the same.
    run = done(carol, [person(0, id="X1", house="5", postcode="ZZ8 8AA")], on=LATER)

    assert waiting(alice) == []
    assert (run.counts["followed"], run.counts["listed"]) == (1, 0)


def test_records_are_forgotten_once_the_days_to_take_back_have_passed(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(2))
    batch = not_missing(alice, waiting(alice)[:1])
    from_now = TODAY + timedelta(days=candidates.DAYS_TO_TAKE_BACK)

    assert candidates.forget_answered(by=PROGRAM, on=from_now) == 0
    assert candidates.forget_answered(by=PROGRAM, on=from_now + timedelta(days=1)) == 1
    assert len(queries.batch_for(alice, batch)) == 1
    assert Candidate.objects.filter(evidence=None).count() == 1


def test_a_wrong_answer_is_taken_back_after_its_records_are_forgotten(
    carol: Actor, alice: Actor
) -> None:
    done(carol, people(1))
    batch = not_missing(alice, waiting(alice))
    candidates.forget_answered(by=PROGRAM, on=TODAY + timedelta(days=60))

    answers.take_back(answers=queries.batch_for(alice, batch), by=alice, on=TODAY)
    done(carol, people(1), on=LATER)

    assert len(waiting(alice)) == 1


@pytest.mark.parametrize("role", ["analyst", "administrator", "school_user", "strategic_lead"])
def test_whoever_does_not_clear_sees_nobody_and_answers_for_nobody(carol: Actor, role: str) -> None:
    done(carol, people(2))
    somebody = actors.person("Sam", role)

    assert not queries.shown_to(somebody, {}).exists()
    with pytest.raises(Refused, match="does not answer"):
        not_missing(somebody, waiting(carol))
