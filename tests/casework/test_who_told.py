"""Who told a referral, who may read, complete and decide on it, and what nobody learns by it."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.models import RoleHolding
from onroll.office.casework.actions import triage
from onroll.office.casework.models import Referral
from onroll.office.casework.queries import referrals as queries
from onroll.office.casework.queries.answers import Route, Source
from onroll.office.casework.queries.lateness import by_school
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Refused
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from onroll.office.schools.models import School
from tests import actors
from tests.casework.referral_answers import SAFE, TODAY, a_school, refer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("screens")]

ADAEZE = {"given_names": "Adaeze", "family_name": "Warsame", "born_on": date(2017, 4, 30)}
CONTROL = {"given_names": "Bodil", "family_name": "Ostergaard", "born_on": date(2016, 1, 9)}
PAGES = ("casework:referral", "casework:referral_given", "casework:referral_complete")


@pytest.fixture
def elm() -> School:
    return a_school()


@pytest.fixture
def head(elm: School) -> Actor:
    """A school's own person."""
    return actors.person("Hettie", "school_user", school=elm.pk)


@pytest.fixture
def adaeze() -> Child:
    """A child whose whereabouts are sealed."""
    alice = actors.alice()
    proof = find(text="Adaeze Warsame", by=alice, on=TODAY).proof
    child = people.add_child(searched=proof, by=alice, on=TODAY, **ADAEZE)
    people.seal(child=child, reason="A refuge", by=actors.dave(), on=TODAY)
    return child


def _of_police(elm: School) -> Referral:
    return refer(
        source=Source.POLICE, school_id=elm.pk, concerns="Worried about the head of the school",
        referrer_name="PC Jones", referrer_telephone="01632 960999",
    )  # fmt: skip


def _statuses(client: Client, referral: Referral) -> list[int]:
    return [client.get(reverse(name, args=[referral.ref])).status_code for name in PAGES]


def _listed(actor: Actor) -> set[Referral]:
    return {row.referral for row in queries.queue(actor, TODAY, {}).object_list}


def test_a_school_reads_nothing_that_others_told_of_its_pupil(elm: School, head: Actor) -> None:
    others = [
        _of_police(elm),
        refer(source=Source.PUBLIC, route=Route.PUBLIC, school_id=elm.pk),
        # The professionals' form asks nobody who they are: "school" there proves nothing.
        refer(source=Source.SCHOOL, school_id=elm.pk),
    ]
    client = actors.signed_in(head)

    assert [_statuses(client, referral) for referral in others] == [[404, 404, 404]] * 3
    assert queries.given_by(head) == []
    assert "Jones" not in client.get(reverse("casework:referrals_mine")).content.decode()


def test_a_school_reads_and_completes_what_its_own_people_told(elm: School, head: Actor) -> None:
    colleague = actors.person("Cole", "school_user", school=elm.pk)
    told = refer(by=colleague, route=Route.STAFF, school_id=elm.pk)

    assert told.told_by_id == elm.pk
    assert queries.given_by(head) == [told]
    assert _statuses(actors.signed_in(head), told) == [200, 200, 200]


def test_a_school_of_several_tells_for_the_one_that_it_names(elm: School, head: Actor) -> None:
    oak = a_school("Oak", urn=900077, estab="2077")
    RoleHolding.objects.create(
        user=actors.user_of(head), role="school_user", school=oak, starts_on=actors.SINCE
    )
    both = actors.person("Hettie")

    assert refer(by=both, route=Route.STAFF, school_id=oak.pk).told_by_id == oak.pk
    assert refer(by=both, route=Route.STAFF, upn="X").told_by_id in {elm.pk, oak.pk}
    assert not Referral.objects.visible_to(actors.mallory()).exists()


def test_only_who_told_it_or_who_decides_completes_a_referral(elm: School, head: Actor) -> None:
    police = _of_police(elm)

    with pytest.raises(Refused, match="Whoever told of this completes it"):
        refer(by=head, route=Route.STAFF, completes=police, school_id=elm.pk)

    assert _listed(actors.carol()) == {police}
    by_carol = refer(by=actors.carol(), route=Route.STAFF, completes=police)
    assert _listed(actors.carol()) == {by_carol}


def test_a_school_that_completes_its_own_hides_and_decides_nothing_of_others(
    elm: School, head: Actor
) -> None:
    carol = actors.carol()
    thin = refer(by=head, route=Route.STAFF, school_id=elm.pk)
    of_authority = refer(
        by=carol, route=Route.STAFF, completes=thin, concerns="The police told us more."
    )

    fuller = refer(by=head, route=Route.STAFF, completes=thin, school_id=elm.pk)
    assert _listed(carol) == {of_authority, fuller}
    triage.no_action(
        referral=fuller, version=1, safeguarding=SAFE, reason="All is well", by=carol, on=TODAY
    )

    assert Referral.objects.get(pk=of_authority.pk).state == "new"
    assert _listed(carol) == {of_authority}


@pytest.mark.usefixtures("adaeze")
def test_nobody_uncleared_learns_of_a_sealed_child_by_telling_of_one(elm: School) -> None:
    alice = actors.alice()
    before = queries.counts(alice)

    asked = []
    for told in (ADAEZE, CONTROL):
        for route in (Route.STAFF, Route.FILE):
            referral = refer(by=alice, route=route, school_id=elm.pk, **told)
            client = actors.signed_in(alice)
            page = client.get(reverse("casework:referral", args=[referral.ref])).content.decode()
            asked.append(
                (
                    _statuses(client, referral),
                    referral in _listed(alice),
                    queries.counts(alice) == before,
                    "Decide" in page,
                    [row.given for row in by_school(alice, TODAY, TODAY)],
                )
            )

    assert asked == [([200, 200, 200], False, True, False, [])] * 4
    assert len(_listed(actors.carol())) == 4


@pytest.mark.usefixtures("adaeze")
def test_nobody_uncleared_learns_of_a_sealed_child_by_completing_what_another_told() -> None:
    alice = actors.alice()
    seen = []
    for told in (ADAEZE, CONTROL):
        thin = refer(given_names="", family_name="", born_on=None, address="Elm Row", carers=())
        assert thin in _listed(alice)
        refer(by=alice, route=Route.STAFF, completes=thin, **told)
        client = actors.signed_in(alice)
        seen.append((_statuses(client, thin), thin in _listed(alice), len(_listed(alice))))

    assert seen == [([200, 200, 200], False, 0)] * 2


def test_whoever_told_a_referral_does_not_decide_on_it_unless_cleared() -> None:
    alice, bea, carol = actors.alice(), actors.person("Bea", "cme_officer"), actors.carol()
    of_alice, of_carol = (refer(by=by, route=Route.STAFF) for by in (alice, carol))
    asks = {"safeguarding": SAFE, "reason": "Looked, nothing more", "on": TODAY, "version": 1}

    with pytest.raises(Refused, match="You told of this yourself"):
        triage.no_action(referral=of_alice, by=alice, **asks)
    triage.no_action(referral=of_alice, by=bea, **asks)
    triage.no_action(referral=of_carol, by=carol, **asks)

    assert set(Referral.objects.values_list("state", flat=True)) == {"no_action"}


@pytest.mark.usefixtures("adaeze")
def test_one_entry_of_a_sealed_child_seals_the_whole_line() -> None:
    carol = actors.carol()
    first = refer(given_names="", family_name="", born_on=None, address="Elm Row", carers=())
    second = refer(by=carol, route=Route.STAFF, completes=first, given_names="A", born_on=None)
    refer(by=carol, route=Route.STAFF, completes=second, **ADAEZE)

    assert set(Referral.objects.values_list("is_sealed", flat=True)) == {True}
    assert actors.signed_in(actors.alice()).get(
        reverse("casework:referral", args=[first.ref])
    ).status_code == 404  # fmt: skip


def test_the_page_of_a_receipt_is_shown_only_to_who_recorded_it() -> None:
    alice = actors.alice()
    client = actors.signed_in(alice)
    sent = client.post(
        reverse("casework:referral_urgent"),
        {"submission": str(uuid4()), "harm_detail": "Shouting", "source": "public",
         "address": "Elm Row"},
    )  # fmt: skip

    assert client.get(sent.url).status_code == 200
    assert actors.signed_in(actors.carol()).get(sent.url).status_code == 404
    assert client.get(reverse("casework:referral_taken", args=["ANYTHING"])).status_code == 404
