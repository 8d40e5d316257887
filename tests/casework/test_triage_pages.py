"""The queue, a referral's page and typing one up, as alice, bob and mallory find them."""

import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from onroll.office.accounts.models import Team
from onroll.office.casework.models import Allocation, Case, Consideration, Referral
from onroll.office.casework.queries.answers import Route
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from tests import actors
from tests.casework.referral_answers import TODAY, a_school, refer

QUEUE = "/triage/"


@pytest.fixture(autouse=True)
def _one_factor(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False


def _page(response) -> str:
    return unescape(response.content.decode())


def _url(referral) -> str:
    return reverse("casework:referral", args=[referral.ref])


def _hidden(response, name) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return unescape(found[1]) if found else ""


def _decision(page, **chosen) -> dict[str, object]:
    return {
        "version": _hidden(page, "version"),
        "seen": _hidden(page, "seen"),
        "conclusion": "no_concern",
        "because": "Looked at social care’s system.",
        "reason": "A double of another.",
        "decision": "none",
        **chosen,
    }


def _child(by) -> Child:
    proof = find(text="Noor Ferreira", by=by, on=TODAY).proof
    return people.add_child(
        searched=proof, given_names="Noor", family_name="Ferreira", born_on=date(2015, 6, 1),
        by=by, on=TODAY,
    )  # fmt: skip


def test_alice_sees_the_queue_with_scores_reasons_and_matches(db):
    alice = actors.alice()
    _child(alice)
    refer(factors=("harm", "health"))

    page = _page(actors.signed_in(alice).get(QUEUE))

    assert "Noor Ferreira" in page
    assert "Harm or neglect +8" in page
    assert "1 possible match" in page


def test_bob_is_refused_the_queue_and_mallory_too(db):
    for actor in (actors.bob(), actors.mallory()):
        refused = actors.signed_in(actor).get(QUEUE)

        assert refused.status_code == 403
        assert "does not decide on referrals" in _page(refused)


@pytest.mark.parametrize("name", ["casework:referral", "casework:referral_complete"])
def test_bob_and_mallory_find_no_referral(db, name):
    referral = refer()
    for actor in (actors.bob(), actors.mallory()):
        assert actors.signed_in(actor).get(reverse(name, args=[referral.ref])).status_code == 404


def test_a_queue_with_nothing_in_it_says_so(db):
    client = actors.signed_in(actors.alice())

    assert "No referral waits." in _page(client.get(QUEUE))
    refer()
    assert "No referral fits these filters." in _page(client.get(QUEUE, {"source": "police"}))


def test_a_referral_is_shown_as_given_with_its_working_and_journalled(db):
    alice = actors.alice()
    child = _child(alice)
    referral = refer(factors=("da",), significant_harm=True, harm_detail="Threats")

    page = _page(actors.signed_in(alice).get(_url(referral)))

    told = ("4 Elm Row", "Ines Ferreira", "Threats", "Domestic abuse", "The referrer ticked it.")
    for said in told:
        assert said in page
    assert referral.risk_rule in page
    look = Event.objects.filter(verb="children.viewed").latest("pk")
    assert look.children == [child.pk]


def test_a_decision_is_made_on_the_page(db):
    alice = actors.alice()
    client, referral = actors.signed_in(alice), refer()
    opened = client.get(_url(referral))

    done = client.post(_url(referral), _decision(opened))

    assert done.url == QUEUE
    assert Referral.objects.get().state == "no_action"
    assert "No further action" in _page(client.get(_url(referral)))


def test_a_decision_without_safeguarding_is_shown_back_with_what_is_missing(db):
    client, referral = actors.signed_in(actors.alice()), refer()
    opened = client.get(_url(referral))

    shown = client.post(_url(referral), _decision(opened, conclusion="", because=""))

    assert "There is a problem" in _page(shown)
    assert Referral.objects.get().state == "new"
    assert not Consideration.objects.exists()


def test_the_second_of_two_who_decide_sees_both_versions(db):
    referral = refer()
    alice, carol = actors.signed_in(actors.alice()), actors.signed_in(actors.carol())
    hers = carol.get(_url(referral))
    alice.post(_url(referral), _decision(alice.get(_url(referral))))

    late = carol.post(
        _url(referral),
        _decision(hers, decision="elsewhere", to_kind="agency", to="Housing", reason="Theirs."),
    )

    assert late.status_code == 409
    assert "No further action" in _page(late)
    assert "Refer elsewhere" in _page(late)


def test_a_place_is_recorded_for_a_child_added_from_the_referral(db):
    school, alice = a_school(), actors.alice()
    client, referral = actors.signed_in(alice), refer(form="admission", school_id=school.pk)
    opened = client.get(_url(referral))

    client.post(
        _url(referral),
        _decision(opened, decision="place", placed_child="new", school=school.name,
                  starts_on="2026-03-02"),
    )  # fmt: skip

    assert Referral.objects.get().state == "recorded"
    assert Child.objects.get().enrolments.get().school == school


def test_nobody_adds_a_child_while_a_match_has_appeared_unseen(db):
    school, alice = a_school(), actors.alice()
    client, referral = actors.signed_in(alice), refer(form="admission", school_id=school.pk)
    opened = client.get(_url(referral))
    _child(alice)

    shown = client.post(
        _url(referral),
        _decision(opened, decision="place", placed_child="new", school=school.name,
                  starts_on="2026-03-02"),
    )  # fmt: skip

    assert "The list of possible matches has changed" in _page(shown)
    assert Child.objects.count() == 1


def test_staff_type_up_a_call_once_however_often_they_press(db):
    client = actors.signed_in(actors.alice())
    opened = client.get("/referrals/add/")
    typed = {"submission": _hidden(opened, "submission"), "source": "health", "postcode": "ZZ1 1AA"}

    first, second = client.post("/referrals/add/", typed), client.post("/referrals/add/", typed)

    referral = Referral.objects.get()
    for sent in (first, second):
        assert sent.url.startswith("/referrals/taken/")
        own = reverse("casework:referral_given", args=[referral.ref])
        assert own in _page(client.get(sent.url))
    assert (referral.route, referral.source) == ("staff", "health")


def test_an_urgent_call_is_logged_with_almost_nothing_and_completed_beside(db):
    alice = actors.alice()
    client = actors.signed_in(alice)
    client.post(
        "/referrals/urgent/",
        {"submission": str(uuid4()), "harm_detail": "Shouting", "source": "public",
         "address": "Elm Row"},
    )  # fmt: skip
    thin = Referral.objects.get()
    assert thin.significant_harm
    complete = reverse("casework:referral_complete", args=[thin.ref])
    opened = client.get(complete)
    assert "Elm Row" in _page(opened)

    client.post(
        complete,
        {"submission": _hidden(opened, "submission"), "source": "public", "address": "2 Elm Row",
         "family_name": "Oduya", "significant_harm": "yes", "harm_detail": "Shouting"},
    )  # fmt: skip

    fuller = Referral.objects.get(family_name="Oduya")
    assert fuller.completes == thin
    thin.refresh_from_db()
    assert thin.address == "Elm Row"


def test_a_school_sees_what_became_of_its_own_referral_and_no_working(db):
    school = a_school()
    sam = actors.person("Sam", "school_user", school=school.pk)
    client = actors.signed_in(sam)
    mine = refer(by=sam, route=Route.STAFF, school_id=school.pk, factors=("da",))
    other = refer(given_names="Mina")

    page = _page(client.get(_url(mine)))

    assert "4 Elm Row" in page
    assert "Domestic abuse" not in page
    assert "The unique pupil number (UPN)" in page
    assert client.get(_url(other)).status_code == 404
    assert "Noor Ferreira" in _page(client.get("/referrals/"))


def test_a_page_of_the_queue_costs_the_same_however_many_wait(db, django_assert_max_num_queries):
    client = actors.signed_in(actors.alice())
    for i in range(25):
        refer(given_names=f"Child {i}", upn="")

    with django_assert_max_num_queries(17):
        client.get(QUEUE)


def test_lateness_by_school_is_shown(db):
    school = a_school()
    refer(school_id=school.pk, on=clock.today(), aware_on=clock.today())

    page = _page(actors.signed_in(actors.alice()).get("/triage/by-school/"))

    assert school.name in page


def test_the_queue_journals_the_child_from_whose_record_a_factor_comes(db):
    alice = actors.alice()
    child = _child(alice)
    people.record_flag(child=child, flag="ehcp", starts_on=date(2025, 1, 1), by=alice, on=TODAY)
    refer(given_names="Mina", born_on=date(2014, 1, 1), postcode="ZZ9 9ZZ", factors=("da",))
    client = actors.signed_in(alice)
    client.get(QUEUE)
    assert not Event.objects.filter(verb="children.viewed").exists()
    refer()

    client.get(QUEUE)

    assert Event.objects.get(verb="children.viewed").children == [child.pk]


def _typed_up(client, how="add", **told) -> tuple[Referral, dict[str, str]]:
    """One typed up, with every page that whoever typed it can open of it, made alike."""
    sent = client.post(
        f"/referrals/{how}/", {"submission": str(uuid4()), "source": "health", **told}
    )
    ref = Referral.objects.latest("pk").ref
    pages = {"receipt": sent.url} | {
        name: reverse(f"casework:{name}", args=[ref])
        for name in ("referral_given", "referral", "referral_complete")
    }
    opened = {name: client.get(at) for name, at in pages.items()}
    assert {page.status_code for page in opened.values()} == {200}
    listed = _page(client.get("/referrals/"))
    opened_says = {name: _alike(_page(page), ref, told) for name, page in opened.items()}
    return Referral.objects.get(ref=ref), opened_says | {
        "row": _alike(
            next(row for row in re.findall(r"<tr>.*?</tr>", listed) if ref in row), ref, told
        )
    }


def _alike(page: str, ref: str, told) -> str:
    grouped = " ".join(ref[i : i + 4] for i in range(0, len(ref), 4))
    for mark in (ref, grouped, told["given_names"]):
        page = page.replace(mark, "…")
    return re.sub(r'(nonce|csrfmiddlewaretoken|submission)(=|" value=)"[^"]+"', "", page)


NOOR = {"family_name": "Ferreira", "born_on_day": "1", "born_on_month": "6", "born_on_year": "2015"}


def test_typing_up_a_referral_of_a_sealed_child_shows_its_taker_what_any_other_does(db):
    alice, taker = actors.alice(), actors.person("Toby", "attendance_officer")
    people.seal(child=_child(alice), reason="A threat", by=actors.dave(), on=TODAY)
    client = actors.signed_in(taker)

    sealed, of_sealed = _typed_up(client, given_names="Noor", **NOOR)
    other, of_other = _typed_up(client, given_names="Zebedee", **NOOR)

    assert (sealed.is_sealed, other.is_sealed) == (True, False)
    assert of_sealed == of_other


def test_a_triager_reads_their_own_sealed_entry_as_given_and_others_read_nothing(db):
    alice = actors.alice()
    people.seal(child=_child(alice), reason="A threat", by=actors.dave(), on=TODAY)
    own, foreign = refer(by=alice, route=Route.STAFF), refer()
    client = actors.signed_in(alice)

    def given(who, referral) -> int:
        at = reverse("casework:referral_given", args=[referral.ref])
        return actors.signed_in(who).get(at).status_code

    assert "Noor" not in _page(client.get(QUEUE))
    assert "Noor Ferreira" in _page(client.get("/referrals/"))
    assert (given(alice, own), given(alice, foreign), given(actors.bob(), own)) == (200, 404, 404)
    assert given(actors.person("Tess", "team_manager"), own) == 404


def test_who_gave_a_referral_is_told_that_it_was_decided_and_not_how(db):
    toby = actors.person("Toby", "attendance_officer")
    mine = refer(by=toby, route=Route.STAFF)
    alice = actors.signed_in(actors.alice())
    alice.post(_url(mine), _decision(alice.get(_url(mine))))

    page = _page(actors.signed_in(toby).get(_url(mine)))

    assert "Decided" in page
    assert "No further action" not in page
    assert "A double of another." not in page


def test_a_new_case_is_led_from_its_first_day_by_whom_the_coordinator_chose(db):
    team = Team.objects.create(key="cme-test", name="Missing education", kinds=["cme"])
    alice, carol = actors.alice(team=team), actors.carol(team=team)
    referral = refer()
    client = actors.signed_in(carol)
    chosen = {
        "decision": "accept", "accepted_child": "new", "kind": "cme", "team": str(team.pk),
        "owner": str(alice.pk), "reason": "",
    }  # fmt: skip

    client.post(_url(referral), _decision(client.get(_url(referral)), **chosen))

    case = Case.objects.get(referrals=referral)
    assert case.owner_id == alice.pk
    assert Allocation.objects.on(clock.today()).get(case=case).owner_id == alice.pk


def test_an_officer_may_take_a_new_case_and_give_it_to_nobody_else(db):
    team = Team.objects.create(key="cme-test", name="Missing education", kinds=["cme"])
    alice = actors.alice(team=team)
    actors.carol(team=team)
    page = _page(actors.signed_in(alice).get(_url(refer())))

    assert "I take it" in page
    assert ">Carol<" not in page


def test_what_was_decided_is_found_again_by_its_state(db):
    carol = actors.carol()
    referral = refer()
    client = actors.signed_in(carol)
    client.post(_url(referral), _decision(client.get(_url(referral))))
    referral.refresh_from_db()
    assert referral.state == "no_action"

    waiting = _page(client.get(QUEUE))
    decided = _page(client.get(QUEUE, {"state": "no_action"}))

    assert referral.ref not in waiting
    assert referral.ref in decided
    assert "No further action" in decided
