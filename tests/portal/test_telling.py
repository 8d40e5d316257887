"""The public form, as somebody without an account, a cookie or JavaScript sends it."""

import re
from datetime import timedelta
from html import unescape
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.models import Appointment, Authority, Body, Delivery, Team
from onroll.office.casework.models import Referral
from onroll.office.kernel import clock
from onroll.office.portal import policy
from onroll.office.portal.forms import Carried, begun, carried
from onroll.office.portal.views import RECEIPT_SALT
from tests.casework.referral_answers import a_school

CHILD, URGENT = "/tell-us/child/", "/tell-us/child/urgent/"
SAID = {
    "given_names": "Kit",
    "family_name": "Marlowe-Test",
    "age_told": "about 9",
    "address": "The house with the green door, Elm Row",
    "reason": "Out on the street all day since January",
    "source": "public",
}


@pytest.fixture
def authority(db: None) -> Authority:
    """The authority, with the numbers that the public needs."""
    return _authority()


def _authority() -> Authority:
    made = Authority.objects.create(
        pk=1, name="Ashcombe", la_code="999", gss_code="E06099999", telephone="01632 960000",
        harm_telephone="01632 960001", harm_telephone_out_of_hours="01632 960002",
    )  # fmt: skip
    Appointment.objects.create(
        office="cme_named_person", name="Robin Named", telephone="01632 960003",
        starts_on=clock.today() - timedelta(days=100),
    )  # fmt: skip
    return made


@pytest.fixture
def visitor() -> Client:
    """A browser that checks what a real one would: no cookie, no script."""
    return Client(enforce_csrf_checks=True)


def _state(response) -> str:
    found = re.search(r'name="state" value="([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])


def _page(response) -> str:
    return unescape(response.content.decode())


def _checked(visitor, url=CHILD, **said):
    opened = visitor.get(url)
    return visitor.post(url, {**SAID, **said, "state": _state(opened), "step": "check"})


def _send(visitor, check, url=CHILD, **more):
    return visitor.post(url, {"state": _state(check), "step": "send", **more})


def _received(visitor, url=CHILD, **said):
    sent = _send(visitor, _checked(visitor, url, **said), url)
    assert sent.status_code == 302
    return visitor.get(sent.url)


def test_the_first_page_says_who_does_the_work_and_who_is_responsible(
    visitor: Client, authority: Authority
) -> None:
    assert "stays responsible" not in visitor.get("/tell-us/").content.decode()

    team = Team.objects.create(key="cme", name="Missing education", kinds=["cme"])
    Delivery.objects.create(
        team=team, body=Body.objects.create(name="Northfield Learning", nature="commissioned"),
        starts_on=clock.today() - timedelta(days=10),
    )  # fmt: skip

    page = visitor.get("/tell-us/").content.decode()
    assert "Northfield Learning does this work for Ashcombe, which stays responsible" in page


def test_a_neighbour_tells_us_and_gets_a_receipt(authority, visitor):
    start = visitor.get("/tell-us/")
    assert "01632 960001" in _page(start)
    onward = visitor.post("/tell-us/", {"danger": "no"})
    assert onward.url == CHILD
    check = _checked(visitor)
    assert "green door" in _page(check)
    assert not Referral.objects.exists()

    received = visitor.get(_send(visitor, check).url)

    referral = Referral.objects.get()
    assert " ".join(re.findall(".{1,4}", referral.ref)) in _page(received)
    assert (referral.route, referral.source) == ("public", "public")
    assert referral.address == SAID["address"]
    assert "Robin Named" in _page(received)
    assert not visitor.cookies


def test_a_receipt_page_reveals_nothing_of_what_was_told(authority, visitor):
    said = _page(_received(visitor))

    for told in ("Kit", "Marlowe", "green door", "street"):
        assert told not in said


def test_no_address_of_a_page_holds_what_was_typed(authority, visitor):
    check = _checked(visitor)
    sent = _send(visitor, check)

    assert check.request["PATH_INFO"] == CHILD
    assert check.request["QUERY_STRING"] == ""
    token = sent.url.rstrip("/").rsplit("/", 1)[1]
    assert signing.loads(token, salt=RECEIPT_SALT) == Referral.objects.get().ref


def test_danger_says_at_once_whom_to_telephone_and_lets_them_go_on(authority, visitor):
    onward = visitor.post("/tell-us/", {"danger": "yes"})
    assert onward.url == "/tell-us/danger/"

    danger = _page(visitor.get(onward.url))

    assert "ring 999" in danger
    assert "01632 960001" in danger
    assert "01632 960002" in danger
    assert URGENT in danger
    _received(visitor, URGENT, harm_detail="Bruises")
    referral = Referral.objects.get()
    assert referral.significant_harm
    assert referral.harm_detail == "Bruises"


def test_a_form_that_is_sent_again_gives_the_same_receipt(authority, visitor):
    check = _checked(visitor)

    first, second = _send(visitor, check), _send(visitor, check)

    assert _page(visitor.get(first.url)) == _page(visitor.get(second.url))
    assert Referral.objects.count() == 1


def test_a_form_that_is_changed_after_it_was_sent_says_what_was_not_received(authority, visitor):
    check = _checked(visitor)
    _send(visitor, check)
    again = visitor.post(CHILD, {**SAID, "age_told": "11", "state": _state(check), "step": "check"})

    refused = _send(visitor, again)

    assert refused.status_code == 409
    assert "has <strong>not</strong> been received" in _page(refused)
    assert Referral.objects.get().age_told == "about 9"


def test_fifty_posts_at_once_show_one_receipt(committed_db):
    _authority()
    check = _checked(Client())
    together, seen = Barrier(10), []

    def send():
        browser = Client()
        together.wait()
        for _ in range(5):
            sent = _send(browser, check)
            # Many from one address may be slowed down, which is no receipt.
            if sent.status_code == 302:
                seen.append(browser.get(sent.url).content)
        connection.close()

    threads = [Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(seen)) == 1
    assert Referral.objects.count() == 1


def test_every_receipt_that_was_shown_is_of_something_committed(committed_db):
    _authority()
    received = _received(Client())
    connections.close_all()

    shown = re.search(r"<strong>([0-9A-Z ]{17,})</strong>", _page(received))

    assert shown
    assert Referral.objects.filter(ref=shown[1].replace(" ", "")).count() == 1


def test_nothing_is_asked_but_one_thing_to_find_the_child_by(authority, visitor):
    nothing = dict.fromkeys(SAID, "")

    refused = _checked(visitor, **nothing)
    taken = _checked(visitor, **nothing | {"address": "The caravan behind the mill"})

    assert "Tell us one thing by which we can find the child" in _page(refused)
    assert "Check what you have written" in _page(taken)


def test_what_was_typed_can_be_changed_before_it_is_sent(authority, visitor):
    check = _checked(visitor)

    back = visitor.post(CHILD, {"state": _state(check), "step": "change"})

    assert 'value="Marlowe-Test"' in _page(back)
    assert "There is a problem" not in _page(back)
    assert carried(_state(back)).submission == carried(_state(check)).submission


def test_a_state_that_was_tampered_with_is_not_believed(authority, visitor):
    sent = visitor.post(CHILD, {"state": _state(_checked(visitor)) + "x", "step": "send"})

    assert sent.status_code == 200
    assert not Referral.objects.exists()


def test_a_machine_is_slowed_down_and_never_dropped(authority, visitor):
    check = _checked(visitor)

    slowed = _send(visitor, check, website="https://spam.example")

    assert slowed.status_code == 429
    assert "Not sent yet" in _page(slowed)
    assert "01632 960001" in _page(slowed)
    too_soon = _send(visitor, slowed)
    assert too_soon.status_code == 429
    assert not Referral.objects.exists()
    held = carried(_state(too_soon))
    waited = Carried(held.submission, held.typed, clock.now() - policy.SLOWED_FOR).signed()
    passed = visitor.post(CHILD, {"state": waited, "step": "send", "website": "again"})
    assert passed.status_code == 302
    assert Referral.objects.count() == 1


def test_many_from_one_place_are_slowed_down_and_others_are_not(authority, visitor):
    for _ in range(policy.MOST_IN_A_WHILE):
        assert _send(visitor, _checked(visitor)).status_code == 302

    assert _send(visitor, _checked(visitor)).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert _send(elsewhere, _checked(elsewhere)).status_code == 302


def test_a_receipt_that_was_made_up_or_has_grown_old_shows_nothing(authority, visitor, monkeypatch):
    made_up = visitor.get(reverse("portal:received", args=["ABCD:1:x"]))
    token = _send(visitor, _checked(visitor)).url
    monkeypatch.setattr("onroll.office.portal.views.RECEIPT_SHOWN_FOR", -1)

    old = visitor.get(token)

    assert made_up.status_code == 404
    assert Referral.objects.get().ref[:4] not in _page(old)
    assert "was received" in _page(old)


def test_a_receipt_looks_the_same_for_a_sealed_child(authority, visitor, monkeypatch):
    open_page = _page(_received(visitor))
    Referral.objects.update(is_sealed=True)
    sealed_page = _page(_received(visitor, given_names="Ash"))

    def without_receipt(page):
        return re.sub(r"<strong>[0-9A-Z ]{17,}</strong>", "", page)

    assert without_receipt(open_page) == without_receipt(sealed_page)


@pytest.mark.parametrize("url", [CHILD, URGENT, "/tell-us/", "/tell-us/professional/leaver/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_with_the_database_gone_it_says_that_nothing_was_received(
    committed_db, visitor, url, method
):
    before = dict(connections["default"].settings_dict)
    connections.close_all()
    state = begun().signed()
    connections["default"].settings_dict.update(PORT="1", HOST="127.0.0.1")
    try:
        gone = getattr(visitor, method)(url, {**SAID, "state": state, "step": "send"})
    finally:
        connections.close_all()
        connections["default"].settings_dict.update(before)

    assert gone.status_code == 503
    assert "Not received" in _page(gone)
    assert "999" in _page(gone) or settings.ONROLL_URGENT_PHONE_TEXT in _page(gone)
    assert not Referral.objects.exists()


FULL = {
    "source": "school",
    "given_names": "Wren",
    "family_name": "Halloran",
    "born_on_day": "4",
    "born_on_month": "May",
    "born_on_year": "2014",
    "upn": "A999200114001",
    "address": "9 Mill Lane",
    "postcode": "zz14ab",
    "last_attended_on": "2026-02-13",
    "departure": "temporary",
    "return_expected_on": "2026-02-23",
    "destination": "Said to be with an aunt",
    "concerns": "Quiet and withdrawn",
    "factors": ["health", "da"],
    "enquiry_home_visit": "no_answer",
    "enquiry_first_day_contact": "nothing",
    "person_1_name": "Orla Halloran",
    "person_1_relationship": "Mother",
    "person_1_telephone": "01632 960222",
    "person_3_name": "Bea Halloran",
    "person_3_relationship": "Other relative",
    "referrer_name": "Sam Sender",
    "referrer_email": "sam@school.example",
    "aware_on": "2026-02-24",
    "child_seen_on": "2026-02-14",
}


def test_a_school_refers_with_everything_it_knows(authority, visitor):
    url = "/tell-us/professional/referral/"
    onward = visitor.post("/tell-us/professional/", {"danger": "no", "kind": "referral"})
    assert onward.url == url
    opened = visitor.get(url)

    check = visitor.post(url, {**FULL, "state": _state(opened), "step": "check"})
    assert "Orla Halloran" in _page(check)
    visitor.get(_send(visitor, check, url).url)

    referral = Referral.objects.get()
    assert (referral.route, referral.form) == ("professional", "referral")
    assert referral.postcode == "ZZ1 4AB"
    assert referral.factors == ["da", "health"]
    assert {e["enquiry"]: e["result"] for e in referral.enquiries_made} == {
        "home_visit": "no_answer",
        "first_day_contact": "nothing",
    }
    assert [p["name"] for p in referral.carers] == ["Orla Halloran", "Bea Halloran"]
    assert referral.completeness > 90


@pytest.mark.parametrize("kind", ["leaver", "referral", "admission", "general"])
def test_each_form_of_the_professionals_opens_and_can_be_sent(authority, visitor, kind):
    url = f"/tell-us/professional/{kind}/"
    opened = visitor.get(url)
    check = visitor.post(url, {**FULL, "state": _state(opened), "step": "check"})

    sent = _send(visitor, check, url)

    assert sent.status_code == 302
    assert Referral.objects.get().form == kind


def test_a_professional_who_says_danger_is_told_whom_to_ring_first(authority, visitor):
    onward = visitor.post("/tell-us/professional/", {"danger": "yes", "kind": "leaver"})

    page = _page(visitor.get(onward.url))

    assert "safeguarding lead" in page
    assert "/tell-us/professional/leaver/urgent/" in page


def test_a_school_that_may_be_several_is_asked_about_and_matched(authority, visitor):
    a_school("Elm Primary School")
    right = a_school("Elm Infant School", urn=900002, estab="2002")

    asked = _checked(visitor, school="elm")
    assert "Which school is it?" in _page(asked)
    check = visitor.post(
        CHILD,
        {**SAID, "school": "elm", "school_choice": str(right.pk), "state": _state(asked),
         "step": "check"},
    )  # fmt: skip
    assert "Elm Infant School" in _page(check)
    _send(visitor, check)

    assert Referral.objects.get().school == right


def test_a_form_that_does_not_exist_is_not_found(authority, visitor):
    assert visitor.get("/tell-us/professional/potato/").status_code == 404


def test_a_school_that_no_database_can_hold_is_refused_in_words(authority, visitor):
    check = _checked(visitor, school="Oak\0Academy")

    assert check.status_code == 200
    assert "Null characters are not allowed" in _page(check)
