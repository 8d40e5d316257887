"""Decisions on referrals: each of them, none without safeguarding, and never two at once."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from onroll.office.casework import kinds
from onroll.office.casework.actions import triage
from onroll.office.casework.actions.triage import Safeguarding
from onroll.office.casework.models import Case, Consideration, Referral
from onroll.office.casework.queries import triage as queries
from onroll.office.casework.queries.answers import Form, Route
from onroll.office.journal.models import Event
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find, proof_for
from onroll.office.schools.models import Enrolment
from onroll.statute.workflow import Move, Workflow
from tests import actors
from tests.casework.referral_answers import SAFE, TODAY, a_school, refer

TRIAL = kinds.Kind(
    key="trial",
    title="Trial",
    workflow=Workflow(
        start="new",
        states={"new": "New", "closed": "Closed"},
        moves=(Move("close", "Close", ("new",), "closed"),),
    ),
    outcomes={"done": "Done"},
    open_states=frozenset({"new"}),
)


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of case for these tests alone."""
    monkeypatch.setitem(kinds._kinds, "trial", TRIAL)


def _child(by, **more) -> Child:
    told = {"given_names": "Noor", "family_name": "Ferreira", "born_on": date(2015, 6, 1)} | more
    proof = find(text=f"{told['given_names']} {told['family_name']}", by=by, on=TODAY).proof
    return people.add_child(searched=proof, by=by, on=TODAY, **told)


def _decided(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def _decision(name, referral, by, *, version=None, safeguarding=SAFE):
    """Make one of the decisions, all of them with what they need."""
    shared = {
        "referral": referral,
        "version": referral.version if version is None else version,
        "safeguarding": safeguarding,
        "by": by,
        "on": TODAY,
    }
    match name:
        case "accept":
            return triage.accept(**shared, child=_child(actors.alice()), kind="trial")
        case "add":
            case = Case.objects.first() or _open_case(actors.alice())
            return triage.add_to_case(**shared, case=case)
        case "school":
            return triage.return_to_school(**shared, reason="He is on your roll and attends.")
        case "elsewhere":
            return triage.refer_elsewhere(
                **shared, to_kind="authority", to="Brackley", reason="They have moved there."
            )
        case "more":
            return triage.ask_for_more(**shared, reason="Rang and asked for a date of birth.")
        case "place":
            return triage.record_place(
                **shared, child=_child(actors.alice()), school=a_school(), starts_on=TODAY
            )
        case _:
            return triage.no_action(**shared, reason="Educated at home, on the register.")


def _open_case(by) -> Case:
    return triage.cases.open_case(kind="trial", child=_child(by), by=by, on=TODAY)


DECISIONS = {
    "accept": "accepted",
    "add": "added",
    "school": "returned",
    "elsewhere": "elsewhere",
    "more": "asked",
    "place": "recorded",
    "none": "no_action",
}


@pytest.mark.parametrize(("name", "state"), DECISIONS.items())
def test_each_decision_is_recorded_with_its_safeguarding_and_its_event(db, name, state):
    alice = actors.alice()
    referral = refer(school_told="Elm Primary")

    _decision(name, referral, alice)

    decided = _decided(referral)
    assert (decided.state, decided.decided_by_id, decided.decided_on) == (state, alice.pk, TODAY)
    assert decided.version == 2
    considered = Consideration.objects.get(referral=referral)
    assert (considered.conclusion, considered.by_id) == ("no_concern", alice.pk)
    assert Event.objects.filter(verb="referrals.safeguarding_considered").count() == 1
    assert Event.objects.filter(subject=f"casework.Referral:{referral.pk}").count() == 3


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize("thought", [Safeguarding("", "Looked."), Safeguarding("no_concern", " ")])
def test_no_decision_is_made_without_a_consideration_of_safeguarding(db, name, thought):
    referral = refer(school_told="Elm Primary")

    with pytest.raises(Faulty):
        _decision(name, referral, actors.alice(), safeguarding=thought)

    assert _decided(referral).state == "new"
    assert not Consideration.objects.exists()
    assert not Case.objects.filter(referrals__isnull=False).exists()


@pytest.mark.parametrize("name", DECISIONS)
def test_a_person_who_does_not_triage_decides_nothing_and_leaves_no_trace(db, name):
    referral = refer(school_told="Elm Primary")
    bob = actors.bob()

    with pytest.raises(Refused, match="does not decide on referrals"):
        _decision(name, referral, bob)

    assert _decided(referral).state == "new"
    assert not Event.objects.filter(actor=bob.pk).exists()


@pytest.mark.parametrize("name", DECISIONS)
def test_the_second_to_decide_finds_it_changed_and_sees_both_decisions(db, name):
    referral = refer(school_told="Elm Primary")
    triage.no_action(
        referral=referral, version=1, safeguarding=SAFE, reason="A double.",
        by=actors.carol(), on=TODAY,
    )  # fmt: skip

    with pytest.raises(Stale) as stale:
        _decision(name, referral, actors.alice())

    label, theirs, yours = stale.value.compared[0]
    assert (label, theirs) == ("Decision", "No further action")
    assert yours
    assert ("Decided by", "Carol", "Alice") in stale.value.compared
    assert _decided(referral).state == "no_action"


def test_two_who_accept_at_the_same_moment_open_one_case(committed_db):
    alice, carol = actors.alice(), actors.carol()
    child, referral = _child(alice), refer()
    together, results = Barrier(2), []

    def accept(by):
        together.wait()
        try:
            results.append(
                triage.accept(
                    referral=referral, version=1, child=child, kind="trial", safeguarding=SAFE,
                    by=by, on=TODAY,
                ).ref
            )  # fmt: skip
        except Stale:
            results.append("stale")
        connection.close()

    threads = [Thread(target=accept, args=[by]) for by in (alice, carol)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results.count("stale") == 1
    assert Case.objects.count() == 1
    assert Consideration.objects.count() == 1


def test_accepting_adds_a_child_from_what_was_told(db):
    alice = actors.alice()
    referral = refer(address="4 Elm Row, Ashcombe", upn="A999200114001")
    proof = proof_for(
        given_names="Noor", family_name="Ferreira", born_on=referral.born_on, by=alice,
        upn=referral.upn,
    )  # fmt: skip

    case = triage.accept(
        referral=referral, version=1, child=None, searched=proof, kind="trial",
        safeguarding=SAFE, by=alice, on=TODAY,
    )  # fmt: skip

    child = case.child
    assert (child.given_names, child.family_name) == ("Noor", "Ferreira")
    home = child.addresses.get()
    assert (home.line_1, home.town, home.postcode) == ("4 Elm Row", "Ashcombe", "ZZ1 4AB")
    assert _decided(referral).child == child


def test_nobody_is_added_without_having_searched(db):
    referral = refer()

    with pytest.raises(Refused):
        triage.accept(
            referral=referral, version=1, child=None, searched="", kind="trial",
            safeguarding=SAFE, by=actors.alice(), on=TODAY,
        )  # fmt: skip

    assert not Child.objects.exists()
    assert _decided(referral).state == "new"


def test_an_accepted_referral_of_harm_opens_an_urgent_case(db):
    referral = refer(significant_harm=True)

    assert _decision("accept", referral, actors.alice()).is_urgent


def test_deciding_on_a_fuller_entry_decides_on_the_thin_one_too(db):
    alice = actors.alice()
    thin = refer(by=alice, route=Route.STAFF, address="")
    fuller = refer(by=alice, route=Route.STAFF, completes=thin)

    case = _decision("accept", fuller, actors.carol())

    assert {_decided(thin).state, _decided(fuller).state} == {"accepted"}
    assert _decided(thin).case == case


def test_what_was_asked_about_can_still_be_decided(db):
    alice = actors.alice()
    referral = refer()
    _decision("more", referral, alice)

    _decision("none", _decided(referral), alice)

    assert _decided(referral).state == "no_action"
    assert Consideration.objects.count() == 2


def test_a_leavers_next_school_is_expected_until_it_confirms_the_start(db):
    referral = refer(form=Form.LEAVER, destination="Elm Primary School")

    _decision("place", referral, actors.alice())

    enrolment = Enrolment.objects.as_known().get()
    assert enrolment.is_expected
    assert not Case.objects.exists()


def test_an_admission_whose_day_has_come_is_on_the_roll(db):
    referral = refer(form=Form.ADMISSION, source="independent_school", starts_on=TODAY)

    _decision("place", referral, actors.alice())

    assert not Enrolment.objects.as_known().get().is_expected


@pytest.mark.parametrize(
    ("said", "suggests"),
    [
        ({"significant_harm": True, "form": Form.ADMISSION}, "accept"),
        ({"form": Form.ADMISSION}, "place"),
        ({"form": Form.LEAVER, "destination": "Oak School"}, "place"),
        ({"form": Form.LEAVER, "destination": "Brackley", "departure": "area"}, "elsewhere"),
        ({"form": Form.LEAVER}, "accept"),
        ({"on_roll_now": "yes"}, "school"),
        ({"given_names": "", "family_name": "", "born_on": None, "carers": ()}, "more"),
        ({}, "accept"),
    ],
)
def test_a_decision_is_suggested_with_its_reason(db, said, suggests):
    suggestion = queries.suggestion(refer(**said), [])

    assert suggestion.decision == suggests
    assert suggestion.because


def test_an_open_case_of_the_likeliest_child_is_suggested(db):
    alice = actors.carol()
    case = _open_case(alice)
    referral = refer()

    listed = queries.candidates(referral, alice, TODAY)

    assert [c.child for c in listed] == [case.child]
    assert queries.suggestion(referral, listed).decision == "add"


def test_matches_are_shown_with_why_and_side_by_side(db):
    alice = actors.alice()
    _child(alice, given_names="Nour")

    (candidate,) = queries.candidates(refer(), alice, TODAY)

    assert candidate.why
    lines = {line.label: line for line in candidate.compared}
    assert lines["Given names"].differs
    assert lines["Date of birth"].agrees


def test_the_letter_that_asks_for_more_names_the_receipt_and_not_the_child(db):
    referral = refer()

    text = queries.asking_text(referral, authority="Ashcombe")

    assert "The unique pupil number (UPN)" in text
    assert referral.ref[:4] in text
    assert "Noor" not in text
    assert "Ferreira" not in text
