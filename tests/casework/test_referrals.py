"""One route in for referrals: once, scored, explained, sealed where they must be."""

from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from onroll.office.accounts.models import Authority, LocalRules
from onroll.office.casework.actions.cases import open_case
from onroll.office.casework.actions.referrals import AlreadySent, receive, take_back
from onroll.office.casework.models import Referral, RiskFactor
from onroll.office.casework.policy.referrals import can_see_referrer
from onroll.office.casework.queries import lateness, risk
from onroll.office.casework.queries import referrals as queries
from onroll.office.casework.queries.answers import (
    EXPECTED,
    EnquiryTold,
    Form,
    Route,
    Source,
    completeness,
)
from onroll.office.casework.queries.told import sections
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.kernel.references import is_well_formed
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from tests import actors
from tests.casework.referral_answers import PUBLIC, TODAY, a_school, answers, refer


def _a_child(by, **more):
    told = {"given_names": "Noor", "family_name": "Ferreira", "born_on": date(2015, 6, 1)} | more
    proof = find(text=f"{told['given_names']} {told['family_name']}", by=by, on=TODAY).proof
    return people.add_child(searched=proof, by=by, on=TODAY, **told)


def _weights(referral):
    return {line["factor"]: line["weight"] for line in referral.risk_working}


def test_the_same_submission_with_the_same_answers_is_one_referral(db):
    submission = uuid4()

    first = refer(submission=submission)
    second = refer(submission=submission, on=TODAY + timedelta(days=1))

    assert second.pk == first.pk
    assert Referral.objects.count() == 1


def test_the_same_submission_with_other_answers_is_refused_and_changes_nothing(db):
    submission = uuid4()
    first = refer(submission=submission)

    with pytest.raises(AlreadySent, match="different answers") as refused:
        refer(submission=submission, given_names="Nora")

    assert refused.value.referral == first
    assert Referral.objects.get().given_names == "Noor"


def test_fifty_identical_posts_at_once_make_one_referral(committed_db):
    submission, told = uuid4(), answers()
    together, refs = Barrier(10), []

    def send():
        together.wait()
        for _ in range(5):
            made = receive(
                answers=told, submission=submission, route=Route.PUBLIC, by=PUBLIC, on=TODAY
            )
            refs.append(made.ref)
        connection.close()

    threads = [Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refs) == 50
    assert len(set(refs)) == 1
    assert Referral.objects.count() == 1
    assert Event.objects.filter(verb="referrals.received").count() == 1


def test_a_receipt_is_well_formed_and_holds_nothing_of_the_child(db):
    ref = refer().ref

    assert is_well_formed(ref)
    assert len(ref) >= 17
    assert "NOOR" not in ref


def test_the_journal_of_a_referral_names_nobody(db):
    refer()

    said = str(Event.objects.get(verb="referrals.received").data)
    assert "Noor" not in said
    assert "Ferreira" not in said
    assert "ZZ1" not in said


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"born_on": TODAY + timedelta(days=1)}, "born_on"),
        ({"born_on": date(1971, 1, 1)}, "born_on"),
        ({"last_attended_on": TODAY + timedelta(days=1)}, "last_attended_on"),
        ({"last_attended_on": date(2014, 1, 1)}, "last_attended_on"),
        ({"source": "martian"}, "source"),
        ({"deletion_ground": "z"}, "deletion_ground"),
        ({"factors": ("telepathy",)}, "factors"),
        ({"enquiries_made": (EnquiryTold("seance", "lead"),)}, "enquiries_made"),
    ],
)
def test_what_cannot_be_is_refused_by_field(db, said, field):
    with pytest.raises(Faulty) as faulty:
        refer(**said)

    assert field in dict(faulty.value.faults)
    assert not Referral.objects.exists()


def test_a_report_by_which_nobody_could_be_found_is_refused(db):
    nothing = dict.fromkeys(("given_names", "family_name", "address", "postcode"), "")

    with pytest.raises(Faulty, match="one thing by which we can find the child"):
        refer(**nothing, carers=())


def test_a_school_alone_is_enough_to_find_a_child_by(db):
    nothing = dict.fromkeys(("given_names", "family_name", "address", "postcode"), "")

    assert refer(**nothing, carers=(), school_told="Elm Primary").completeness < 40


def test_a_person_without_a_role_for_it_types_up_no_referral(db):
    dave = actors.dave()

    with pytest.raises(Refused, match="does not take referrals"):
        refer(by=dave, route=Route.STAFF)


def test_completeness_asks_the_public_for_less_than_a_school():
    from_school = completeness(answers())
    from_public = completeness(answers(source=Source.PUBLIC, school_told="Elm Primary"))

    assert "The unique pupil number (UPN)" in from_school.missing
    assert from_public.percent == 94
    assert from_public.missing == ("When anyone last saw the child",)


def test_everything_expected_makes_a_referral_complete():
    said = answers(
        form=Form.REFERRAL,
        upn="A999200114001",
        school_told="Elm Primary",
        last_attended_on=date(2026, 2, 13),
        child_seen_on=date(2026, 2, 13),
        aware_on=date(2026, 2, 24),
        enquiries_made=(EnquiryTold("home_visit", "no_answer"),),
        referrer_name="Sam Sender",
        referrer_email="sam@school.example",
    )

    assert completeness(said).percent == 100


def test_what_is_missing_comes_weightiest_first():
    told = answers(given_names="", upn="", address="", postcode="")
    weights = {item.ask: item.weight for item in EXPECTED}

    asked = [weights[ask] for ask in completeness(told).missing]

    assert asked == sorted(asked, reverse=True)
    assert asked[0] == 20


def _under_the_pack(key):
    Authority.objects.create(pk=1, name="Ashcombe", la_code="999", gss_code="E06099999")
    LocalRules.objects.create(pack=key, starts_on=date(2020, 9, 1))


def test_a_school_that_tells_after_the_authoritys_limit_is_late_by_so_many_days(db):
    _under_the_pack("leeds")

    late = refer(aware_on=TODAY - timedelta(days=30))
    in_time = refer(aware_on=TODAY - timedelta(days=28))

    assert late.days_late == 2
    assert in_time.days_late == 0


def test_the_public_and_an_authority_without_a_limit_are_never_late(db):
    without = refer(aware_on=TODAY - timedelta(days=90))
    _under_the_pack("leeds")
    public = refer(source=Source.PUBLIC, aware_on=TODAY - timedelta(days=90))

    assert without.days_late is None
    assert public.days_late is None


def test_lateness_is_counted_by_school(db):
    _under_the_pack("leeds")
    school, alice = a_school(), actors.alice()
    refer(school_id=school.pk, aware_on=TODAY - timedelta(days=35))
    refer(school_id=school.pk, aware_on=TODAY - timedelta(days=2), given_names="Mina")

    (row,) = lateness.by_school(alice, TODAY - timedelta(days=10), TODAY)

    assert (row.school, row.given, row.late, row.most_days_late) == (school.name, 2, 1, 7)


def test_the_score_says_which_factors_which_weights_and_because_of_what(db):
    referral = refer(
        factors=("da", "health"),
        last_attended_on=TODAY - timedelta(days=30),
        born_on=date(2019, 1, 1),
    )

    assert _weights(referral) == {"da": 8, "health": 3, "no_contact_28": 4, "aged_under_8": 3}
    assert referral.risk_score == 18
    because = {line["factor"]: line["because"] for line in referral.risk_working}
    assert because["da"] == "The referrer ticked it."
    assert because["no_contact_28"] == "Last seen on 3 February 2026."
    assert because["aged_under_8"] == "7 years old on 5 March 2026."


def test_a_changed_weight_changes_new_scores_and_the_version_of_the_rule(db):
    before = refer(factors=("da",))
    RiskFactor.objects.filter(key="da").update(weight=11)

    after = refer(factors=("da",), given_names="Mina", postcode="")

    assert _weights(after)["da"] == 11
    assert after.risk_rule != before.risk_rule
    before.refresh_from_db()
    assert _weights(before)["da"] == 8


def test_a_factor_out_of_force_counts_no_more(db):
    RiskFactor.objects.filter(key="behaviour").update(ends_on=TODAY - timedelta(days=1))

    assert "behaviour" not in {factor.key for factor in risk.asked_on(TODAY)}


def test_no_address_and_no_destination_means_that_nobody_knows_where_the_child_is(db):
    nowhere = refer(address="", postcode="")
    somewhere = refer(address="", postcode="", destination="Grandmother’s", given_names="Mina")

    assert "whereabouts_unknown" in _weights(nowhere)
    assert "whereabouts_unknown" not in _weights(somewhere)


def test_what_is_on_the_record_of_the_child_who_matches_counts(db):
    alice = actors.alice()
    child = _a_child(alice)
    people.record_flag(child=child, flag="ehcp", starts_on=date(2025, 1, 1), by=alice, on=TODAY)

    referral = refer()

    assert _weights(referral)["ehcp"] == 4
    assert referral.child is None


def test_another_child_of_the_name_does_not_lend_its_flags(db):
    alice = actors.alice()
    child = _a_child(alice, born_on=date(2012, 1, 1))
    people.record_flag(child=child, flag="ehcp", starts_on=date(2025, 1, 1), by=alice, on=TODAY)

    assert "ehcp" not in _weights(refer())


def test_a_brother_or_sister_referred_of_late_counts(db):
    refer(given_names="Mina")

    assert "sibling_missing" in _weights(refer())


def _with_a_sister_who_has_a_case(alice):
    child = _a_child(alice)
    sister = _a_child(alice, given_names="Lena", born_on=date(2017, 1, 1))
    mother = people.record_carer(child=child, family_name="Ferreira", kind="mother",
                                 starts_on=date(2015, 6, 1), by=alice, on=TODAY)  # fmt: skip
    people.record_relationship(child=sister, carer=mother.carer, kind="mother",
                               starts_on=date(2017, 1, 1), by=alice, on=TODAY)  # fmt: skip
    open_case(kind="cme", child=sister, by=PROGRAM, on=TODAY)
    return sister


def test_a_sister_with_an_open_case_counts(db):
    _with_a_sister_who_has_a_case(actors.alice())

    assert "sibling_missing" in _weights(refer())


def test_a_sealed_sister_shows_in_no_count(db):
    sister = _with_a_sister_who_has_a_case(actors.alice())
    people.seal(child=sister, reason="Court order", by=actors.erin(), on=TODAY)

    assert "sibling_missing" not in _weights(refer())


def test_significant_harm_comes_first_whatever_the_score(db):
    alice = actors.alice()
    high = refer(factors=("cpp", "da", "cin", "harm", "unsafe", "exploitation", "health"))
    harm = refer(significant_harm=True, given_names="Mina", family_name="Oduya")

    listed = [row.referral for row in queries.queue(alice, TODAY, {}).object_list]

    assert high.risk_score > harm.risk_score
    assert listed == [harm, high]


def test_the_queue_goes_by_score_and_then_by_age(db):
    alice = actors.alice()
    newer = refer(factors=("health",), given_names="A", postcode="")
    older = refer(factors=("health",), given_names="B", postcode="", on=TODAY - timedelta(days=3))
    higher = refer(factors=("harm",), given_names="C", postcode="")

    listed = [row.referral for row in queries.queue(alice, TODAY, {}).object_list]

    assert listed == [higher, older, newer]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"source": "public"}, {"Pia"}),
        ({"form": "leaver"}, {"Lea"}),
        ({"age": "8_to_10"}, {"Noor", "Pia"}),
        ({"age": "unknown"}, {"Lea"}),
        ({"school": "elm"}, {"Noor"}),
        ({"harm": True}, {"Pia"}),
        ({"late": True}, {"Noor"}),
    ],
)
def test_the_queue_is_filtered(db, asked, expected):
    _under_the_pack("leeds")
    alice = actors.alice()
    refer(school_told="Elm Primary", aware_on=TODAY - timedelta(days=40))
    refer(given_names="Pia", source=Source.PUBLIC, significant_harm=True)
    refer(given_names="Lea", form=Form.LEAVER, born_on=None)

    listed = queries.queue(alice, TODAY, asked).object_list

    assert {row.referral.given_names for row in listed} == expected


def test_a_fuller_entry_stands_for_the_thin_one_and_keeps_its_danger(db):
    alice = actors.alice()
    thin = refer(by=alice, route=Route.STAFF, significant_harm=True, harm_detail="Shouting")

    fuller = refer(by=alice, route=Route.STAFF, completes=thin, upn="A999200114001")

    carol = actors.carol()
    assert [row.referral for row in queries.queue(carol, TODAY, {}).object_list] == [fuller]
    assert risk.is_urgent(fuller)
    assert "earlier entry" in fuller.risk_working[0]["because"]
    thin.refresh_from_db()
    assert thin.upn == ""


def _sealed_child(dave, alice):
    home = {"line_1": "4 Elm Row", "postcode": "ZZ1 4AB", "starts_on": date(2025, 1, 1)}
    child = _a_child(alice, address=home)
    people.seal(child=child, reason="A threat", by=dave, on=TODAY)
    return child


def test_a_probable_match_to_a_sealed_child_seals_the_referral_and_tells_nobody(db):
    alice, dave = actors.alice(), actors.dave()
    _sealed_child(dave, alice)

    referral = refer()

    assert referral.is_sealed
    assert is_well_formed(referral.ref)
    with pytest.raises(Unknown):
        queries.referral_for(alice, referral.ref)
    assert queries.counts(alice).all == 0
    assert not queries.queue(alice, TODAY, {}).object_list
    assert queries.referral_for(actors.carol(), referral.ref) == referral


def test_sealing_a_child_hides_what_was_told_of_it_before(db):
    alice, dave = actors.alice(), actors.dave()
    told, other = refer(), refer(given_names="Mina", born_on=date(2012, 1, 1), postcode="ZZ9 9ZZ")

    _sealed_child(dave, alice)

    assert Referral.objects.get(pk=told.pk).is_sealed
    assert not Referral.objects.get(pk=other.pk).is_sealed


def test_a_sealed_child_lends_nothing_to_the_score_of_a_referral(db):
    alice, dave = actors.alice(), actors.dave()
    child = _sealed_child(dave, alice)
    people.record_flag(
        child=Child.objects.get(pk=child.pk), flag="ehcp", starts_on=date(2025, 1, 1),
        by=actors.carol(), on=TODAY,
    )  # fmt: skip

    assert "ehcp" not in _weights(refer())


def test_referrals_are_taken_back_only_while_nobody_has_worked_on_them(db):
    carol = actors.carol()
    untouched, touched = refer(), refer(given_names="Mina")
    Referral.objects.filter(pk=touched.pk).update(version=2)

    with pytest.raises(Refused, match="worked on since"):
        take_back(referrals=[untouched, touched], by=carol)
    with pytest.raises(Refused, match="apply files"):
        take_back(referrals=[untouched], by=actors.alice())
    assert take_back(referrals=[untouched], by=carol) == 1

    assert list(Referral.objects.all()) == [touched]


def test_who_asked_not_to_be_named_is_named_only_to_those_who_may(db):
    referral = refer(referrer_name="Petra Neighbour", withhold_referrer=True, source=Source.PUBLIC)

    def said(actor):
        may = can_see_referrer(actor, referral)
        return str(sections(referral, may_see_referrer=may, on=TODAY))

    assert "Petra" not in said(actors.alice())
    assert "Petra" in said(actors.carol())


def test_nobody_but_the_program_says_that_the_program_noticed_a_child(db):
    for somebody in (PUBLIC, actors.alice()):
        with pytest.raises(Refused, match="program itself"):
            refer(by=somebody, route=Route.PROGRAM)

    assert refer(by=PROGRAM, route=Route.PROGRAM).route == Route.PROGRAM
